//! ATT03: "reportedly", an adverb that stands for a source nobody names.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::{Check, Family, RUNNING_TEXT, Report, Rule, RuleContext, Severity};
use crate::attribution::SourceKind;
use crate::language::word_set::word_set;
use crate::text::TextRange;

pub(super) static RULE: Rule = Rule {
    code: "ATT03",
    name: "agentless-adverb",
    severity: Severity::Warning,
    family: Family::Claim,
    rank: 2,
    in_news: true,
    kinds: RUNNING_TEXT,
    page: include_str!("ATT03.md"),
    check: Check::Piece(check),
};

static ADVERBS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| word_set(include_str!("att03-adverbs.txt")));
static SEEMING: LazyLock<FxHashSet<&str>> = LazyLock::new(|| word_set(include_str!("att03-seeming.txt")));
static COURT: LazyLock<FxHashSet<&str>> = LazyLock::new(|| word_set(include_str!("att03-court.txt")));

fn check(context: &RuleContext<'_>, report: &mut Report<'_>) {
    let tokens = context.passage.tokens();
    for at in 0..tokens.len() {
        let text = tokens.text(at);
        let built_in = text.ends_with("ly") && {
            let lower = text.to_ascii_lowercase();
            let asked = context.asks_widely() || !SEEMING.contains(lower.as_str());
            ADVERBS.contains(lower.as_str()) && asked
        };
        if !context.settings.is_listed(RULE.code, text, built_in) {
            continue;
        }
        let range = tokens.list[at].range;
        let sentence = context.passage.sentence_at(range.start());
        let charge = tokens.is(at, "allegedly") && is_court_copy(context, sentence);
        let told = !context.asks_widely() && is_beside_a_report(context, sentence);
        if charge || told || context.passage.is_quoted(range) || is_sourced(context, sentence, range) {
            continue;
        }
        report.add(
            range,
            format!(
                "'{text}' says that somebody says so, and not who. Name the source, or say how you know it."
            ),
        );
    }
}

/// Whether the words at `adverb` are somebody's. A source elsewhere in the sentence does not count: in
/// "she reportedly agreed" the adverb hides who reports that she did.
fn is_sourced(context: &RuleContext<'_>, sentence: usize, adverb: TextRange) -> bool {
    let extent = context.sentence(sentence);
    let mut cited = context
        .attributions
        .iter()
        .filter(|attribution| !attribution.source.is_empty())
        .filter(|attribution| attribution.pieces().any(|piece| piece.intersect(extent).is_some()))
        .peekable();
    if cited.peek().is_none() {
        return context.is_sourced(sentence);
    }
    cited.any(|attribution| attribution.content.iter().any(|content| content.contains_range(adverb)))
}

/// Whether a sentence next to this one rests on another newsroom or a document, whose report "reportedly" then is.
fn is_beside_a_report(context: &RuleContext<'_>, sentence: usize) -> bool {
    let reports = |kind: SourceKind| matches!(kind, SourceKind::Outlet | SourceKind::Document);
    let before = &context.incoming;
    let told_before = sentence == 0
        && before.distance <= 1
        && before.speaker.as_ref().is_some_and(|speaker| reports(speaker.kind));
    told_before
        || context.attributions.iter().filter(|attribution| reports(attribution.kind)).any(|attribution| {
            let mut source = attribution.source.iter();
            source.any(|source| context.passage.sentence_at(source.start()).abs_diff(sentence) == 1)
        })
}

/// Whether police, prosecutors or a court are named in the sentence or one next to it.
fn is_court_copy(context: &RuleContext<'_>, sentence: usize) -> bool {
    let sentences = context.passage.sentences();
    let tokens = context.passage.tokens();
    let first = sentences[sentence.saturating_sub(1)].start;
    let last = sentences.get(sentence + 1).unwrap_or(&sentences[sentence]);
    (first..last.end).any(|at| COURT.contains(tokens.text(at).to_ascii_lowercase().as_str()))
}
