//! ATT08: "fears", "wants": a mind read by the writer.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::{Check, Family, RUNNING_TEXT, Report, Rule, RuleContext, Severity};
use crate::attribution::{Attribution, SourceKind};
use crate::language::VerbForm;
use crate::language::word_set::word_set;

pub(super) static RULE: Rule = Rule {
    code: "ATT08",
    name: "mind-reading",
    severity: Severity::Information,
    family: Family::Claim,
    rank: 3,
    in_news: true,
    kinds: RUNNING_TEXT,
    page: include_str!("ATT08.md"),
    check: Check::Piece(check),
};

static MIND: LazyLock<FxHashSet<&str>> = LazyLock::new(|| word_set(include_str!("att08-verbs.txt")));
/// Whether `verb` is one for what goes on in a mind.
fn is_of_mind(context: &RuleContext<'_>, verb: &str) -> bool {
    context.settings.is_listed(RULE.code, verb, MIND.contains(verb))
}

fn check(context: &RuleContext<'_>, report: &mut Report<'_>) {
    let is_speech = |attribution: &Attribution| {
        !attribution.source.is_empty()
            && context.cue_verb(attribution).is_none_or(|(_, verb)| !is_of_mind(context, verb.lemma.text()))
    };
    // What somebody told of it in the same paragraph, or right before it, answers for it.
    if context.attributions.iter().any(is_speech)
        || context.incoming.distance <= 2 && context.incoming.speaker.is_some()
    {
        return;
    }
    let tokens = context.passage.tokens();
    for attribution in context.attributions {
        let told_of = !matches!(attribution.kind, SourceKind::None | SourceKind::Group | SourceKind::Unnamed);
        let Some((at, verb)) = context.cue_verb(attribution).filter(|_| told_of) else { continue };
        let present = matches!(verb.form, VerbForm::Third | VerbForm::Past);
        let range = tokens.list[at].range;
        let Some(source) =
            attribution.source.first().filter(|_| present && is_of_mind(context, verb.lemma.text()))
        else {
            continue;
        };
        let sentence = context.passage.sentence_at(range.start());
        let own = tokens.inside(context.sentence(sentence)).any(|at| {
            ["i", "we", "you", "if", "what", "unless", "would", "polls", "poll"]
                .iter()
                .any(|word| tokens.is(at, word))
        });
        // Who runs for an office or heads a body says in public what they want and hope for.
        let aims = matches!(verb.lemma.text(), "want" | "wish" | "hope");
        // "His fears about the dollar" are a noun.
        let noun = verb.lemma.text() == "fear"
            && verb.form == VerbForm::Third
            && ["about", "of", "over"].iter().any(|word| tokens.is(at + 1, word));
        if own
            || noun
            || !context.asks_widely() && (aims || context.hands_over(sentence))
            || context.passage.is_quoted(range)
            || context.carried.iter().any(|carried| carried.sentence == sentence)
        {
            continue;
        }
        let message = format!(
            "Nobody can see what '{}' '{}'. Say who told it, or what was said or done that shows it.",
            &context.passage.prose()[*source],
            tokens.text(at)
        );
        report.add(range, message);
    }
}
