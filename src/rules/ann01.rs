//! ANN01: markup that cannot mean what it says.

use super::{ALL_KINDS, ArticleContext, Check, Family, Report, Rule, Severity};

pub(super) static RULE: Rule = Rule {
    code: "ANN01",
    name: "bad-annotation",
    severity: Severity::Error,
    family: Family::Format,
    rank: 0,
    kinds: ALL_KINDS,
    page: include_str!("ANN01.md"),
    check: Check::Article(check),
};

fn check(context: &ArticleContext<'_>, report: &mut Report<'_>) {
    for (start, markup) in context.markups() {
        for fault in &markup.faults {
            report.fault(fault, start);
        }
    }
}
