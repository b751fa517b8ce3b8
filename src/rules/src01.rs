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
        if bare && !source.is_specified && (context.asks_widely() || !is_one_of_those(context, &source)) {
            let range = source.range(tokens);
            let message = format!(
                "Nothing is told of '{}'. Name the source, or say what it is and how it knows.",
                &context.passage.prose()[range]
            );
            report.add(range, message);
        }
    }
}

/// Whether the source is those, or one of those, who were cited right before and of whom more is told: "Central bank sources
/// said … One source said".
fn is_one_of_those(context: &RuleContext<'_>, source: &AnonymousSource) -> bool {
    let tokens = context.passage.tokens();
    let (first, head) = (*source.words.start(), *source.words.end());
    // "Fed sources" of which only the noun was marked as the source.
    let before = first.checked_sub(1).and_then(|before| tokens.list.get(before));
    if before.is_some_and(|before| before.capital && before.class.is_empty()) {
        return true;
    }
    let one = first == head || ["one", "another", "a", "other"].iter().any(|word| tokens.is(first, word));
    let plural = format!("{}s", tokens.text(head).trim_end_matches('s').to_ascii_lowercase());
    let described = |text: &str| {
        let text = text.to_ascii_lowercase();
        let mut words = text.split_whitespace();
        words.by_ref().any(|word| !BARE.contains(word) && word != plural) && text.ends_with(&plural)
    };
    let here = context.attributions.iter().flat_map(|other| &other.source);
    one && (here
        .filter(|range| tokens.inside(**range).end <= first)
        .any(|range| described(&context.passage.prose()[*range]))
        || context.incoming.speaker.as_ref().is_some_and(|speaker| described(&speaker.text)))
}
