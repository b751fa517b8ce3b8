//! ATT01: a statement worth a source that has none.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::{Check, Family, RUNNING_TEXT, Report, Rule, RuleContext, Severity};
use crate::language::{TokenKind, Tokens, WordClass, entries};
use crate::text::TextRange;

pub(super) static RULE: Rule = Rule {
    code: "ATT01",
    name: "unattributed-claim",
    severity: Severity::Warning,
    family: Family::Claim,
    rank: 5,
    in_news: true,
    kinds: RUNNING_TEXT,
    page: include_str!("ATT01.md"),
    check: Check::Piece(check),
};

/// The weight at which a sentence is reported.
const ENOUGH: i32 = 2;

/// Shorter sentences, in words, are not weighed: "That will change."
const WORDS: usize = 7;

/// Why a statement is worth a source.
struct Signal {
    reason: &'static str,
    weight: i32,
    /// The words after the first.
    rest: Vec<&'static str>,
}

/// The signals by their first word, in lower case.
static SIGNALS: LazyLock<FxHashMap<&'static str, Vec<Signal>>> = LazyLock::new(|| {
    let mut map: FxHashMap<&str, Vec<Signal>> = FxHashMap::default();
    for entry in entries(include_str!("att01-signals.txt")) {
        let mut words = entry.split(' ');
        let (Some(reason), Some(weight), Some(first)) = (words.next(), words.next(), words.next()) else {
            continue;
        };
        let Ok(weight) = weight.parse() else { continue };
        map.entry(first).or_default().push(Signal { reason, weight, rest: words.collect() });
    }
    map
});

fn check(context: &RuleContext<'_>, report: &mut Report<'_>) {
    let tokens = context.passage.tokens();
    for (index, sentence) in context.passage.sentences().iter().enumerate() {
        let last = tokens.text(sentence.end - 1);
        if sentence.len() < WORDS || last.contains('?') || context.is_sourced(index) {
            continue;
        }
        // The newsroom speaks of itself, or to the reader.
        if sentence.clone().any(|at| ["we", "i", "you", "our"].iter().any(|word| tokens.is(at, word))) {
            continue;
        }
        let worth = weigh(context, sentence.clone());
        let Some((words, _)) = worth.strongest.filter(|_| worth.weight >= ENOUGH) else { continue };
        let message = format!(
            "No one is on record for this: '{}'. Name the source, or mark it as your own reporting.",
            &context.passage.prose()[words]
        );
        report.add(words, message).reasons = worth.reasons.into_iter().map(str::to_owned).collect();
    }
}

/// What a sentence's signals come to.
#[derive(Default)]
struct Worth {
    weight: i32,
    /// The words of the signal that weighs most, and its weight.
    strongest: Option<(TextRange, i32)>,
    /// The reasons that add weight, each once.
    reasons: Vec<&'static str>,
}

/// Weighs the sentence; each reason counts once, with the signal that weighs most.
fn weigh(context: &RuleContext<'_>, sentence: std::ops::Range<usize>) -> Worth {
    let tokens = context.passage.tokens();
    let mut by_reason: Vec<(&'static str, i32)> = Vec::new();
    let mut out = Worth::default();
    for at in sentence.clone() {
        let Some((signal, len)) = signal(tokens, at, sentence.end) else { continue };
        let words = phrase(tokens, at, at + len, &sentence);
        if context.passage.is_quoted(words) {
            continue;
        }
        match by_reason.iter_mut().find(|(reason, _)| *reason == signal.reason) {
            Some((_, weight)) if weight.abs() >= signal.weight.abs() => {}
            Some((_, weight)) => *weight = signal.weight,
            None => by_reason.push((signal.reason, signal.weight)),
        }
        if signal.weight > out.strongest.map_or(0, |(_, weight)| weight) {
            out.strongest = Some((words, signal.weight));
        }
    }
    out.weight = by_reason.iter().map(|(_, weight)| weight).sum();
    out.reasons = by_reason.into_iter().filter(|(_, weight)| *weight > 0).map(|(reason, _)| reason).collect();
    out
}

/// The signal that begins at token `at`, the longest where several do, and its length in tokens.
fn signal(tokens: Tokens<'_>, at: usize, end: usize) -> Option<(&'static Signal, usize)> {
    let word = tokens.text(at);
    let list = SIGNALS.get(word).or_else(|| {
        // Only a word at a sentence's head has a capital that says nothing.
        let token = tokens.list.get(at)?;
        token.capital.then(|| SIGNALS.get(word.to_ascii_lowercase().as_str()))?
    })?;
    list.iter()
        .filter(|signal| at + signal.rest.len() < end)
        .filter(|signal| signal.rest.iter().enumerate().all(|(index, word)| tokens.is(at + 1 + index, word)))
        .map(|signal| (signal, 1 + signal.rest.len()))
        .max_by_key(|(_, len)| *len)
}

/// The words of the signal at tokens `from..to` with those that belong to them: a determiner and
/// adjectives before, a noun and its "of" after.
fn phrase(tokens: Tokens<'_>, from: usize, to: usize, sentence: &std::ops::Range<usize>) -> TextRange {
    let mut first = from;
    let modifier = |at: usize| {
        let class = tokens.class(at);
        class.contains(WordClass::DETERMINER) || (tokens.list[at].kind == TokenKind::Number)
    };
    if first > sentence.start && modifier(first - 1) {
        first -= 1;
    }
    let mut last = to - 1;
    let stop = |at: usize| {
        let class = tokens.class(at);
        let of = tokens.is(at, "of");
        let breaks =
            WordClass::AUXILIARY | WordClass::SUBORDINATOR | WordClass::COORDINATOR | WordClass::PRONOUN;
        !matches!(tokens.list[at].kind, TokenKind::Word | TokenKind::Number)
            || class.intersects(breaks)
            || (class.contains(WordClass::PREPOSITION) && !of)
    };
    while last + 1 < sentence.end && last + 1 < to + 3 && !stop(last + 1) {
        last += 1;
    }
    // A phrase does not end in its preposition or article.
    while last >= to && tokens.class(last).intersects(WordClass::PREPOSITION | WordClass::DETERMINER) {
        last -= 1;
    }
    tokens.span(first, last)
}
