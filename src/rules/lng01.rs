//! LNG01: a word that judges.

use std::sync::LazyLock;

use super::phrases::Phrases;
use super::{Check, Ending, Family, RUNNING_TEXT, Report, Rule, RuleContext, Severity};

pub(super) static RULE: Rule = Rule {
    code: "LNG01",
    name: "editorial-word",
    severity: Severity::Information,
    family: Family::Wording,
    rank: 3,
    in_news: true,
    kinds: RUNNING_TEXT,
    page: include_str!("LNG01.md"),
    check: Check::Piece(check),
};

static WORDS: LazyLock<Phrases<'static>> = LazyLock::new(|| Phrases::read(include_str!("lng01-words.txt")));
fn check(context: &RuleContext<'_>, report: &mut Report<'_>) {
    // What a colon announces is somebody's words, with marks or without.
    if context.before == Ending::Colon {
        return;
    }
    let tokens = context.passage.tokens();
    for range in WORDS.unquoted(context, RULE.code) {
        // "almost certainly" says how likely something is.
        let at = tokens.inside(range).start;
        if at > 0 && ["almost", "nearly"].iter().any(|word| tokens.is(at - 1, word)) {
            continue;
        }
        let words = &context.passage.prose()[range];
        report.add(
            range,
            format!("'{words}' is a judgement of the writer's. Leave it out, show it, or quote who says so."),
        );
    }
}
