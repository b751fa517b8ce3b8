//! HDR01: a header that cannot be read, or a day that has not come.

use super::{ALL_KINDS, ArticleContext, Check, Family, Report, Rule, Severity};

pub(super) static RULE: Rule = Rule {
    code: "HDR01",
    name: "header",
    severity: Severity::Error,
    family: Family::Format,
    rank: 0,
    in_news: true,
    kinds: ALL_KINDS,
    page: include_str!("HDR01.md"),
    check: Check::Article(check),
};

fn check(context: &ArticleContext<'_>, report: &mut Report<'_>) {
    for fault in &context.header.faults {
        report.fault(fault, 0.into());
    }
    let (Some((date, range)), Some(today)) = (context.header.date, context.today) else { return };
    if date > today {
        let message = format!("{date} has not come yet: today is {today}. Is the year right?");
        report.add(range, message).severity = Severity::Warning;
    }
}
