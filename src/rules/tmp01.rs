//! TMP01: "next week", a day that will not be known later.

use super::{Check, Family, RUNNING_TEXT, Report, Rule, RuleContext, Severity};
use crate::language::{Tokens, relative_date};

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
    for sentence in context.passage.sentences() {
        for at in sentence.clone() {
            if !is_vague(tokens, at) {
                continue;
            }
            let Some(meant) = relative_date(tokens, at, sentence.clone(), day) else { continue };
            let range = tokens.span(at, at + meant.len - 1);
            if context.passage.is_quoted(range) {
                continue;
            }
            let words = &context.passage.prose()[range];
            let told = format!("'{words}' is {meant}. Readers of the archive cannot tell: give the day.");
            report.add(range, told);
        }
    }
}

/// Whether the words at `at` say neither a weekday nor a month.
fn is_vague(tokens: Tokens<'_>, at: usize) -> bool {
    let is = |at: usize, words: &[&str]| words.iter().any(|word| tokens.is(at, word));
    is(at, &["yesterday", "today", "tomorrow"])
        || is(at, &["last", "this", "next"]) && is(at + 1, &["week", "month", "year"])
}
