//! SRC04: a judgement without a name.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::phrases::Phrases;
use super::{Check, Family, RUNNING_TEXT, Report, Rule, RuleContext, Severity};
use crate::attribution::SourceKind;
use crate::language::word_set::word_set;
use crate::text::TextRange;

pub(super) static RULE: Rule = Rule {
    code: "SRC04",
    name: "anonymous-opinion",
    severity: Severity::Warning,
    family: Family::Sourcing,
    rank: 3,
    in_news: true,
    kinds: RUNNING_TEXT,
    page: include_str!("SRC04.md"),
    check: Check::Piece(check),
};

static HEADS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| word_set(include_str!("src02-heads.txt")));
static JUDGEMENTS: LazyLock<Phrases<'static>> =
    LazyLock::new(|| Phrases::read(include_str!("src04-judgements.txt")));
/// The subject of a judgement stands within so many tokens before it.
const SUBJECT: usize = 6;

fn check(context: &RuleContext<'_>, report: &mut Report<'_>) {
    let tokens = context.passage.tokens();
    for attribution in
        context.attributions.iter().filter(|attribution| attribution.kind == SourceKind::Unnamed)
    {
        let named = |source: &TextRange| {
            tokens.inside(*source).any(|at| HEADS.contains(tokens.text(at).to_ascii_lowercase().as_str()))
        };
        let Some(source) = attribution.source.first().filter(|source| named(source)) else { continue };
        let judgement = attribution.content.iter().find_map(|content| {
            let inside = tokens.inside(*content);
            // "Almost certainly" tells how likely something is, which is information.
            let likely = |at: usize| at > 0 && tokens.is(at - 1, "almost");
            // Who speaks of themselves runs nobody down: "we would seem arrogant".
            let own = |at: usize| {
                (at.saturating_sub(SUBJECT)..at).any(|at| ["I", "we", "We"].contains(&tokens.text(at)))
            };
            inside
                .clone()
                .filter(|at| !likely(*at) && !own(*at))
                .find_map(|at| Some((at, JUDGEMENTS.at(tokens, at)?)))
        });
        let Some((at, length)) = judgement.filter(|_| !context.passage.is_quoted(*source)) else { continue };
        let prose = context.passage.prose();
        let message = format!(
            "'{}' judges ('{}') without a name. Use such a source for facts, and let somebody named judge.",
            &prose[*source],
            &prose[tokens.span(at, at + length - 1)]
        );
        report.add(*source, message);
    }
}
