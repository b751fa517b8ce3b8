//! LNG01: a word that judges.

use std::sync::LazyLock;

use super::phrases::Phrases;
use super::{Check, Family, RUNNING_TEXT, Report, Rule, RuleContext, Severity};

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
    for range in WORDS.unquoted(context, RULE.code) {
        let words = &context.passage.prose()[range];
        report.add(
            range,
            format!("'{words}' is a judgement of the writer's. Leave it out, show it, or quote who says so."),
        );
    }
}
