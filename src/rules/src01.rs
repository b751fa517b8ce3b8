//! SRC01: "sources said", a source of which nothing is told.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::anonymity::AnonymousSource;
use super::{Check, Family, RUNNING_TEXT, Report, Rule, RuleContext, Severity};
use crate::language::word_set::word_set;
use crate::language::{Tokens, WordClass};

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
    let (passage, tokens) = (context.passage, context.passage.tokens());
    let (first, head) = (*source.words.start(), *source.words.end());
    let sentence = passage.sentence_at(tokens.list[first].range.start());
    if is_named_before(tokens, passage.sentences()[sentence].start, first) {
        return true;
    }
    let one =
        first == head || ["one", "another", "a", "other", "some"].iter().any(|word| tokens.is(first, word));
    let plural = format!("{}s", tokens.text(head).trim_end_matches('s').to_ascii_lowercase());
    let described = |text: &str| {
        let text = text.to_ascii_lowercase();
        let mut words = text.split_whitespace();
        words.next_back() == Some(&plural) && words.any(|word| !BARE.contains(word))
    };
    let here = context.attributions.iter().flat_map(|other| &other.source).filter(|range| {
        let cited = passage.sentence_at(range.start());
        cited < sentence && cited + SENTENCES >= sentence
    });
    let heard =
        context.incoming.speaker.as_ref().filter(|_| usize::from(context.incoming.distance) < SENTENCES);
    one && (here.into_iter().any(|range| described(&passage.prose()[*range]))
        || heard.is_some_and(|speaker| described(&speaker.text)))
}

/// Whether a name stands right before the noun at token `first`, of which alone the source was made: "Fed sources", but not
/// "in Oslo sources".
fn is_named_before(tokens: Tokens<'_>, start: usize, first: usize) -> bool {
    let name = first.checked_sub(1).filter(|at| *at >= start).filter(|at| {
        let token = tokens.list[*at];
        token.capital && token.class.is_empty()
    });
    name.is_some_and(|name| name == start || !tokens.class(name - 1).contains(WordClass::PREPOSITION))
}

/// Those who were cited so many sentences before can still be meant.
const SENTENCES: usize = 2;
