//! TMP01: "next week", a day that will not be known later.

use jiff::Span;

use super::{Check, Family, RUNNING_TEXT, Report, Rule, RuleContext, Severity};
use crate::article::Date;
use crate::language::Tokens;

pub(super) static RULE: Rule = Rule {
    code: "TMP01",
    name: "relative-date",
    severity: Severity::Hint,
    family: Family::Time,
    rank: 0,
    in_news: false,
    kinds: RUNNING_TEXT,
    page: include_str!("TMP01.md"),
    check: Check::Piece(check),
};

fn check(context: &RuleContext<'_>, report: &mut Report<'_>) {
    let Some(day) = context.header.day() else { return };
    let tokens = context.passage.tokens();
    for at in 0..tokens.len() {
        let Some((length, meant)) = relative(tokens, at, day) else { continue };
        let range = tokens.span(at, at + length - 1);
        if context.passage.is_quoted(range) {
            continue;
        }
        let words = &context.passage.prose()[range];
        report.add(range, format!("'{words}' is {meant}. Readers of the archive cannot tell: give the day."));
    }
}

/// What the words at token `at` mean for an article of `day`, and how many tokens they are.
fn relative(tokens: Tokens<'_>, at: usize, day: Date) -> Option<(usize, String)> {
    let days = |count: i64| day.checked_add(Span::new().days(count)).ok();
    if let Some(shift) = DAYS.iter().position(|word| tokens.is(at, word)) {
        let date = days(i64::try_from(shift).ok()? - 1)?;
        return Some((1, date.to_string()));
    }
    let shift = ["last", "this", "next"].iter().position(|word| tokens.is(at, word))?;
    let shift = i64::try_from(shift).ok()? - 1;
    let (from, to) = if tokens.is(at + 1, "week") {
        let monday = days(shift * 7 - i64::from(day.weekday().to_monday_zero_offset()))?;
        (monday, monday.checked_add(Span::new().days(6)).ok()?)
    } else if tokens.is(at + 1, "month") {
        let within = day.checked_add(Span::new().months(shift)).ok()?;
        (within.first_of_month(), within.last_of_month())
    } else if tokens.is(at + 1, "year") {
        let within = day.checked_add(Span::new().years(shift)).ok()?;
        return Some((2, within.year().to_string()));
    } else {
        return None;
    };
    Some((2, format!("{from} to {to}")))
}

/// Words for a day beside the article's, from the one before it on.
const DAYS: [&str; 3] = ["yesterday", "today", "tomorrow"];
