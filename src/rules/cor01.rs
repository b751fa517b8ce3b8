//! COR01: a correction without its day.

use std::sync::LazyLock;

use super::BlockKind;
use super::phrases::Phrases;
use super::{Check, Family, Report, Rule, RuleContext, Severity};
use crate::language::{TokenKind, WordClass};

pub(super) static RULE: Rule = Rule {
    code: "COR01",
    name: "undated-correction",
    severity: Severity::Information,
    family: Family::Format,
    rank: 1,
    in_news: true,
    kinds: &[BlockKind::Correction],
    page: include_str!("COR01.md"),
    check: Check::Piece(check),
};

/// Words that tell of a correction.
static CORRECTING: LazyLock<Phrases<'static>> =
    LazyLock::new(|| Phrases::read(include_str!("cor01-words.txt")));

fn check(context: &RuleContext<'_>, report: &mut Report<'_>) {
    let tokens = context.passage.tokens();
    let dated = tokens.list.iter().any(|token| {
        token.kind == TokenKind::Number || token.capital && token.class.contains(WordClass::TIME)
    });
    // "Correction appended" points to the note, which stands elsewhere.
    let points = tokens.len() <= 4 && (0..tokens.len()).any(|at| tokens.is(at, "appended"));
    // An editor's note may be about something else.
    if dated || points || tokens.is_empty() || !CORRECTING.any(tokens, 0..tokens.len()) {
        return;
    }
    let message =
        "This note does not say when the article was corrected. Add the day, and what stood there before.";
    report.add(tokens.span(0, 0), message);
}
