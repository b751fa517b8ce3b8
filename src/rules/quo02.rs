//! QUO02: a word in quotation marks that is nobody's.

use std::sync::LazyLock;

use super::phrases::Phrases;
use super::{Check, Family, RUNNING_TEXT, Report, Rule, RuleContext, Severity};
use crate::language::TokenKind;

pub(super) static RULE: Rule = Rule {
    code: "QUO02",
    name: "scare-quote",
    severity: Severity::Hint,
    family: Family::Quotation,
    rank: 3,
    in_news: true,
    kinds: RUNNING_TEXT,
    page: include_str!("QUO02.md"),
    check: Check::Piece(check),
};

static NAMING: LazyLock<Phrases<'static>> = LazyLock::new(|| Phrases::read(include_str!("quo02-naming.txt")));
/// More words are a quotation, with a speaker or without (QUO01).
const MOST_WORDS: usize = 3;

fn check(context: &RuleContext<'_>, report: &mut Report<'_>) {
    let tokens = context.passage.tokens();
    for quotation in
        context.passage.quotations().iter().filter(|quotation| quotation.closed && quotation.depth == 0)
    {
        let inside = tokens.inside(quotation.inner);
        let lower =
            inside.clone().all(|at| tokens.list[at].kind == TokenKind::Word && !tokens.list[at].capital);
        let sentence = context.passage.sentence_at(quotation.range.start());
        let attribute = context.passage.prose()[..quotation.range.start().into()].ends_with('=');
        if attribute
            || inside.is_empty()
            || inside.len() > MOST_WORDS
            || !lower
            || context.is_sourced(sentence)
        {
            continue;
        }
        let before = inside.start.saturating_sub(8)..inside.start;
        if NAMING.any(tokens, before) {
            continue;
        }
        let words = &context.passage.prose()[quotation.inner];
        report.add(
            quotation.range,
            format!("Whose word is '{words}'? Name who uses it, or take the marks away."),
        );
    }
}
