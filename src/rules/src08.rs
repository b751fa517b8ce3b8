//! SRC08: a silence, and nobody asked.

use std::sync::LazyLock;

use super::phrases::Phrases;
use super::{Check, Family, RUNNING_TEXT, Report, Rule, RuleContext, Severity};

pub(super) static RULE: Rule = Rule {
    code: "SRC08",
    name: "declined-unsourced",
    severity: Severity::Information,
    family: Family::Sourcing,
    rank: 5,
    in_news: true,
    kinds: RUNNING_TEXT,
    page: include_str!("SRC08.md"),
    check: Check::Piece(check),
};

static SILENCE: LazyLock<Phrases<'static>> =
    LazyLock::new(|| Phrases::read(include_str!("src08-silence.txt")));
static ASKED: LazyLock<Phrases<'static>> = LazyLock::new(|| Phrases::read(include_str!("src08-asked.txt")));
fn check(context: &RuleContext<'_>, report: &mut Report<'_>) {
    let tokens = context.passage.tokens();
    for range in SILENCE.unquoted(context, RULE.code) {
        let sentence = context.passage.sentence_at(range.start());
        let asked = ASKED.any(tokens, context.passage.sentences()[sentence].clone());
        // Who is silent is no source of the silence: "the ministry is tight-lipped about the talks".
        if asked || context.is_sourced_beside(sentence, range) {
            continue;
        }
        let words = &context.passage.prose()[range];
        report.add(range, format!("'{words}': who was asked, and when? Say so, or leave the silence out."));
    }
}
