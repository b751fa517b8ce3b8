//! SRC02: "diplomatic sources said", a source described by its field alone.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::anonymity::AnonymousSource;
use super::{Check, Family, RUNNING_TEXT, Report, Rule, RuleContext, Severity};
use crate::language::Tokens;
use crate::language::word_set::word_set;

pub(super) static RULE: Rule = Rule {
    code: "SRC02",
    name: "anonymous-thin",
    severity: Severity::Warning,
    family: Family::Sourcing,
    rank: 2,
    kinds: RUNNING_TEXT,
    page: include_str!("SRC02.md"),
    check: Check::Piece(check),
};

static HEADS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| word_set(include_str!("src02-heads.txt")));
static BARE: LazyLock<FxHashSet<&str>> = LazyLock::new(|| word_set(include_str!("src01-bare.txt")));
static PLACES: LazyLock<FxHashSet<&str>> = LazyLock::new(|| word_set(include_str!("src02-places.txt")));
/// Said of a source's wish to stay unnamed.
static REASONS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| word_set(include_str!("src02-reasons.txt")));

fn check(context: &RuleContext<'_>, report: &mut Report<'_>) {
    let tokens = context.passage.tokens();
    for source in AnonymousSource::all(context, &HEADS) {
        let range = source.range(tokens);
        let sentence = &context.passage.sentences()[context.passage.sentence_at(range.start())];
        let reason =
            sentence.clone().any(|at| REASONS.contains(tokens.text(at).to_ascii_lowercase().as_str()));
        let bare_source = tokens.text(*source.words.end()).to_ascii_lowercase().starts_with("source")
            && source.modifiers(tokens).all(|word| BARE.contains(word.to_ascii_lowercase().as_str()));
        if source.is_specified || reason || bare_source || names_a_body(tokens, &source) {
            continue;
        }
        let message = format!(
            "'{}' tells the field and no more. Say how many they are, how they know this and why they are not named.",
            &context.passage.prose()[range]
        );
        report.add(range, message);
    }
}

/// Whether a word before the noun names whom the source works for ("Foreign Office sources", "her
/// aides"), more than a country does.
fn names_a_body(tokens: Tokens<'_>, source: &AnonymousSource) -> bool {
    let first = *source.words.start();
    (first..*source.words.end()).any(|at| {
        let text = tokens.text(at);
        let possessive = ["'s", "’s", "'", "’", "his", "her", "its", "their"].contains(&text);
        let nationality = ["ian", "ean", "ese", "ish", "can", "man"].iter().any(|end| text.ends_with(end));
        let named = tokens.list[at].capital && at > first && !nationality && !PLACES.contains(text)
            || at == first
                && tokens.list.get(at + 1).is_some_and(|next| next.capital)
                && tokens.list[at].capital
            || at == first
                && tokens.list[at].capital
                && text.len() > 1
                && (is_acronym(text) || at > 0 && !begins_sentence(tokens, at))
                && !nationality
                && !PLACES.contains(text);
        possessive || named
    })
}

fn is_acronym(text: &str) -> bool {
    text.chars().filter(|char| char.is_uppercase()).count() > 1
}

/// Whether the token before `at` ends a sentence or opens a quotation, so that a capital means
/// nothing.
fn begins_sentence(tokens: Tokens<'_>, at: usize) -> bool {
    matches!(tokens.text(at - 1), "." | "!" | "?" | "…" | "“" | "\"" | "”")
}
