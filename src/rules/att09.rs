//! ATT09: "studies show", and no study is named.

use std::sync::LazyLock;

use super::phrases::Phrases;
use super::{Check, Family, RUNNING_TEXT, Report, Rule, RuleContext, Severity};

pub(super) static RULE: Rule = Rule {
    code: "ATT09",
    name: "unnamed-study",
    severity: Severity::Warning,
    family: Family::Claim,
    rank: 5,
    in_news: true,
    kinds: RUNNING_TEXT,
    page: include_str!("ATT09.md"),
    check: Check::Piece(check),
};

static STUDIES: LazyLock<Phrases<'static>> =
    LazyLock::new(|| Phrases::read(include_str!("att09-phrases.txt")));
fn check(context: &RuleContext<'_>, report: &mut Report<'_>) {
    for range in STUDIES.unquoted(context, RULE.code) {
        let words = &context.passage.prose()[range];
        report.add(range, format!("'{words}': which, by whom, and of when? Name the study, or link to it."));
    }
}
