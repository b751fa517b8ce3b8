//! SRC10: a second source without a name, for a confirmation.

use std::sync::LazyLock;

use super::phrases::Phrases;
use super::{Check, Family, RUNNING_TEXT, Report, Rule, RuleContext, Severity};

pub(super) static RULE: Rule = Rule {
    code: "SRC10",
    name: "anonymous-confirmation",
    severity: Severity::Warning,
    family: Family::Sourcing,
    rank: 0,
    in_news: true,
    kinds: RUNNING_TEXT,
    page: include_str!("SRC10.md"),
    check: Check::Piece(check),
};

static PHRASES: LazyLock<Phrases<'static>> =
    LazyLock::new(|| Phrases::read(include_str!("src10-phrases.txt")));
fn check(context: &RuleContext<'_>, report: &mut Report<'_>) {
    for range in PHRASES.unquoted(context, RULE.code) {
        let words = &context.passage.prose()[range];
        let message = format!(
            "'{words}' is not named, so nobody can tell that it is another. Say what it is and how it knows, or drop the confirmation."
        );
        report.add(range, message);
    }
}
