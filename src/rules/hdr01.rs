//! HDR01: a header that cannot be read, a day that has not come, or a language that is not read.

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
    if !context.header.is_english() {
        let words = "so the rules that read English words are silent";
        let (range, message) = match (&context.header.language, context.header.foreign) {
            (Some(language), _) => {
                (language.range, format!("This article is in '{}', {words}.", language.text))
            }
            (None, word) => (
                word.unwrap_or_default(),
                format!(
                    "This does not read as English, {words}. If it is, write 'language: en' into the header."
                ),
            ),
        };
        report.add(range, message).severity = Severity::Hint;
    }
    let (Some((date, range)), Some(today)) = (context.header.date, context.today) else { return };
    if date > today {
        let message = format!("{date} has not come yet: today is {today}. Is the year right?");
        report.add(range, message).severity = Severity::Warning;
    }
}
