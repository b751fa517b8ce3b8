//! SRC03: a name is withheld, and the reason too.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::anonymity::AnonymousSource;
use super::phrases::Phrases;
use super::{Check, Family, RUNNING_TEXT, Report, Rule, RuleContext, Severity};
use crate::language::word_set::word_set;

pub(super) static RULE: Rule = Rule {
    code: "SRC03",
    name: "anonymity-no-reason",
    severity: Severity::Information,
    family: Family::Sourcing,
    rank: 4,
    in_news: false,
    kinds: RUNNING_TEXT,
    page: include_str!("SRC03.md"),
    check: Check::Piece(check),
};

static HEADS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| word_set(include_str!("src02-heads.txt")));
static REASONS: LazyLock<Phrases<'static>> =
    LazyLock::new(|| Phrases::read(include_str!("src03-reasons.txt")));
fn check(context: &RuleContext<'_>, report: &mut Report<'_>) {
    let tokens = context.passage.tokens();
    if REASONS.any(tokens, 0..tokens.len()) {
        return;
    }
    if let Some(source) = AnonymousSource::all(context, &HEADS).first() {
        let range = source.range(tokens);
        let words = &context.passage.prose()[range];
        report.add(
            range,
            format!("Why is '{words}' not named? Say the reason, as far as it gives nobody away."),
        );
    }
}
