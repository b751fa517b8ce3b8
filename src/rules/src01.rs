//! SRC01: "sources said", a source of which nothing is told.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::anonymity::AnonymousSource;
use super::{Check, Family, RUNNING_TEXT, Report, Rule, RuleContext, Severity};
use crate::language::word_set::word_set;

pub(super) static RULE: Rule = Rule {
    code: "SRC01",
    name: "anonymous-bare",
    severity: Severity::Error,
    family: Family::Sourcing,
    rank: 1,
    in_news: true,
    kinds: RUNNING_TEXT,
    page: include_str!("SRC01.md"),
    check: Check::Piece(check),
};

static HEADS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| word_set(include_str!("src01-heads.txt")));
static BARE: LazyLock<FxHashSet<&str>> = LazyLock::new(|| word_set(include_str!("src01-bare.txt")));

fn check(context: &RuleContext<'_>, report: &mut Report<'_>) {
    let tokens = context.passage.tokens();
    for source in AnonymousSource::all(context, &HEADS) {
        let bare = source.modifiers(tokens).all(|word| BARE.contains(word.to_ascii_lowercase().as_str()));
        if bare && !source.is_specified {
            let range = source.range(tokens);
            let message = format!(
                "Nothing is told of '{}'. Name the source, or say what it is and how it knows.",
                &context.passage.prose()[range]
            );
            report.add(range, message);
        }
    }
}
