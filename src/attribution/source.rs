//! Sources: where the noun phrase before or after a cue begins and ends, and what kind it is.

use std::cell::RefCell;
use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::SourceKind;
use super::reading::Reading;
use crate::language::memo::Memo;
use crate::language::{TokenKind, WordClass, entries, noun_class, noun_sense, with_lower_case};

/// The noun phrase that ends just before token `end`, not reaching before `first`; empty when there
/// is none.
pub(super) fn before(reading: &Reading<'_>, first: usize, end: usize) -> Range<usize> {
    let Some(last) = end.checked_sub(1).filter(|last| *last >= first) else { return end..end };
    if reading.is_comma(last) {
        return with_parenthesis(reading, first, end);
    }
    if reading.is_dash(last) {
        return between_dashes(reading, first, end);
    }
    if reading.is_any(last, &["and", "or", "but"]) {
        return end..end;
    }
    if is_boundary_mark(reading, last) {
        return end..end;
    }
    if reading.is_subject(last) || reading.is_any(last, &["which", "that"]) {
        return last..end;
    }
    let start = phrase_start(reading, first, end);
    strip(reading, start..end)
}

/// "X, a senator from Ohio, |": the phrase and what is set between commas after it.
fn with_parenthesis(reading: &Reading<'_>, first: usize, end: usize) -> Range<usize> {
    let mut close = end - 1;
    for _ in 0..4 {
        let Some(open) =
            (first..close).rev().take(40).find(|at| reading.is_comma(*at) || is_boundary_mark(reading, *at))
        else {
            return end..end;
        };
        if !reading.is_comma(open) || open == first {
            return end..end;
        }
        if close == open + 2 && reading.class(open + 1).intersects(WordClass::ADVERB | WordClass::OPENER) {
            return before(reading, first, open);
        }
        if is_afterthought(reading, open + 1) {
            let start = phrase_start(reading, first, open);
            let phrase = strip(reading, start..open);
            if phrase.is_empty() {
                return end..end;
            }
            if !begins_adverbial(reading, start) {
                // The phrase itself may be the afterthought of one before: "X, 53, a guard at Y,".
                let inner = phrase.start.checked_sub(1).filter(|at| *at > first && reading.is_comma(*at));
                let short = phrase.len() <= 2 && reading.kind(phrase.start) == Some(TokenKind::Number);
                if let Some(comma) = inner
                    && (short
                        || is_afterthought(reading, phrase.start) && !reading.is_any(phrase.start, &["the"]))
                    && reading.is_capital(comma - 1)
                {
                    let start = phrase_start(reading, first, comma);
                    let outer = strip(reading, start..comma);
                    if !outer.is_empty() && !begins_adverbial(reading, start) {
                        return outer.start..end;
                    }
                }
                return phrase.start..end;
            }
            return end..end;
        }
        close = open;
    }
    end..end
}

/// "X - who won Ohio - |": the phrase and what stands between dashes after it.
fn between_dashes(reading: &Reading<'_>, first: usize, end: usize) -> Range<usize> {
    let open = (first..end - 1).rev().take(40).find(|at| reading.is_dash(*at)).filter(|open| *open > first);
    let Some(open) = open else { return end..end };
    let phrase = before(reading, first, open);
    if phrase.is_empty() || phrase.end != open { end..end } else { phrase.start..end }
}

/// Whether what begins at `at`, after a comma, says more of the phrase before it.
fn is_afterthought(reading: &Reading<'_>, at: usize) -> bool {
    let class = reading.class(at);
    reading.kind(at) == Some(TokenKind::Number)
        || class.contains(WordClass::DETERMINER)
        || reading.is_any(
            at,
            &[
                "who",
                "whose",
                "which",
                "whom",
                "of",
                "like",
                "now",
                "then",
                "including",
                "along",
                "one",
                "himself",
                "herself",
                "formerly",
                "also",
            ],
        )
        || reading.is_word(at)
            && !class.intersects(
                WordClass::SUBJECT
                    | WordClass::PREPOSITION
                    | WordClass::COORDINATOR
                    | WordClass::SUBORDINATOR,
            )
            && !reading.is_finite(at)
}

fn begins_adverbial(reading: &Reading<'_>, at: usize) -> bool {
    reading.class(at).intersects(WordClass::PREPOSITION | WordClass::SUBORDINATOR) && !reading.is(at, "that")
}

fn is_boundary_mark(reading: &Reading<'_>, at: usize) -> bool {
    reading.is_stop(at)
        || reading.is_quote(at) && reading.quote_around(at).is_some()
        || reading.is_dash(at)
        || reading.is_mark(at) && matches!(reading.text(at), ";" | ":" | "•" | "*")
}

/// Where the noun phrase that ends before `end` begins.
fn phrase_start(reading: &Reading<'_>, first: usize, end: usize) -> usize {
    let mut at = end;
    while at > first {
        let before = at - 1;
        if is_boundary_mark(reading, before) {
            // A short quotation may be part of the phrase; a longer one is not.
            if reading.is_quote(before)
                && let Some(quote) = reading.quote_around(before)
                && quote.end == before + 1
                && quote.len() <= 6
                && quote.start >= first
            {
                at = quote.start;
                continue;
            }
            break;
        }
        if reading.is_comma(before) {
            // A list of names or adjectives goes on; anything else ends here.
            let list = reading.is_capital(before.saturating_sub(1))
                && (reading.is_capital(at) || reading.is(at, "and"))
                && (at..end).any(|at| reading.is(at, "and"))
                && (at..end)
                    .all(|at| reading.is_capital(at) || reading.is(at, "and") || reading.is_comma(at));
            if !list {
                break;
            }
        }
        let class = reading.class(before);
        if class.contains(WordClass::SUBORDINATOR)
            && !class.contains(WordClass::PREPOSITION)
            && !reading.is_any(before, &["that"])
            || reading.is_any(before, &["what", "whom", "how", "why", "whether", "where"])
            || reading.is_any(before, &["as", "after", "before", "since", "than"])
        {
            break;
        }
        if reading.is_any(before, &["that", "who", "which"]) {
            // "the man who won said": the relative clause is part of the phrase.
            if reading.has_finite(at..end)
                && before > first
                && !reading.is_mark(before - 1)
                && reading.verb(before - 1).is_none()
            {
                at = before;
                continue;
            }
            break;
        }
        if reading.is_any(before, &["and", "but", "or"]) {
            let left = (first..before)
                .rev()
                .take_while(|at| !is_boundary_mark(reading, *at) && !reading.is_comma(*at))
                .last();
            let clause = left.is_some_and(|left| reading.has_finite(left..before));
            if clause || before == first || reading.is_comma(before - 1) || reading.is(before, "but") {
                break;
            }
        }
        if at < end && reading.is_subject(before) {
            break;
        }
        // "(R-Ohio)", "(who won Ohio)": skipped as a whole.
        if reading.text(before) == ")"
            && let Some(open) = (first..before).rev().take(20).find(|at| reading.text(*at) == "(")
            && open > first
        {
            at = open;
            continue;
        }
        // Right before a verb there is no other one: "all 50 states | revealed".
        let noun = at == end && reading.verb(before).is_some();
        if !noun && reading.is_finite(before) {
            let participle = at < end
                && reading.class(at).intersects(WordClass::PREPOSITION | WordClass::TIME | WordClass::ADVERB)
                && (reading.text(before).ends_with("ed") || reading.text(before).ends_with("en"))
                && before > first
                && !reading
                    .class(before - 1)
                    .intersects(WordClass::SUBJECT | WordClass::BE | WordClass::HAVE);
            let relative = (first..before)
                .rev()
                .take(12)
                .take_while(|at| !is_boundary_mark(reading, *at) && !reading.is_comma(*at))
                .any(|at| reading.is_any(at, &["who", "which", "that"]) && at > first);
            if !(participle || relative) {
                break;
            }
        }
        at = before;
    }
    at
}

/// `phrase` without words before and after the noun phrase proper.
fn strip(reading: &Reading<'_>, phrase: Range<usize>) -> Range<usize> {
    let Range { mut start, mut end } = phrase;
    // "But", "Meanwhile", "In 2012".
    while start < end {
        let class = reading.class(start);
        if reading.is_mark(start) && !matches!(reading.text(start), "$" | "@" | "#")
            || class.intersects(WordClass::COORDINATOR | WordClass::ADVERB)
            || class.contains(WordClass::OPENER)
                && !class.intersects(
                    WordClass::DETERMINER
                        | WordClass::PRONOUN
                        | WordClass::PREPOSITION
                        | WordClass::SUBORDINATOR,
                )
            || class.contains(WordClass::SUBORDINATOR) && !class.contains(WordClass::DETERMINER)
        {
            start += 1;
            continue;
        }
        if class.contains(WordClass::PREPOSITION) {
            // Drops the adverbial up to the last time, number or lower-case word before a new phrase.
            let next = (start + 1..end).find(|at| {
                let fresh = reading.class(*at).intersects(WordClass::DETERMINER | WordClass::SUBJECT)
                    || reading.is_capital(*at) && !reading.class(*at).contains(WordClass::TIME);
                fresh
                    && *at > start + 1
                    && !reading.class(*at - 1).intersects(WordClass::PREPOSITION | WordClass::DETERMINER)
                    && (!reading.is_capital(*at - 1) || reading.class(*at - 1).contains(WordClass::TIME))
            });
            start = next.unwrap_or(end);
            continue;
        }
        break;
    }
    // "on Tuesday", "last week".
    while let Some(last) = end.checked_sub(1).filter(|last| *last > start) {
        let time = reading.class(last).contains(WordClass::TIME);
        if !(time || reading.is_mark(last) && reading.text(last) != ")") {
            break;
        }
        end = last;
        while end > start + 1
            && (reading.is_any(end - 1, &["on", "last", "this", "in", "late", "early", "next", "that"])
                || reading.kind(end - 1) == Some(TokenKind::Number))
            && time
        {
            end -= 1;
        }
    }
    if end - start == 1 && reading.class(start).intersects(WordClass::TIME) && !reading.is_capital(start) {
        return end..end;
    }
    start..end
}

/// Words that begin what the verb, not the noun phrase after it, goes on with.
const ADJUNCTS: &[&str] = &["as", "when", "while", "because", "during", "after", "before"];

/// The noun phrase that begins at `start` and ends by `limit`, with its afterthoughts: "said |Ann Lee,
/// a senator from Ohio|."
pub(super) fn following(reading: &Reading<'_>, start: usize, limit: usize) -> Range<usize> {
    if reading.is_subject(start) {
        return start..start + 1;
    }
    let mut at = start;
    let mut comma = false;
    while at < limit {
        let text = reading.text(at);
        if reading.is_stop(at)
            || reading.is_quote(at) && at > start
            || matches!(text, ";" | ":")
            || reading.is_dash(at)
        {
            break;
        }
        if text == "," {
            if !is_afterthought(reading, at + 1)
                || reading.is(at + 1, "who")
                || reading.text(at + 1).ends_with("ing")
            {
                break;
            }
            comma = true;
        } else if at > start && !comma {
            let next = reading.class(at + 1);
            let adjunct = reading.is_any(at, ADJUNCTS)
                || reading.is_capital(at - 1)
                    && (reading.is_any(at, &["to", "about"])
                        || reading.is(at, "on") && next.contains(WordClass::TIME)
                        || reading.is_any(at, &["in", "at"]) && next.contains(WordClass::DETERMINER));
            if adjunct || reading.class(at).contains(WordClass::TIME) {
                break;
            }
        } else if comma && reading.is_any(at, &["when", "while", "because", "as"]) {
            break;
        }
        at += 1;
    }
    // "last week", "on Friday" at the end.
    strip_end(reading, start..at)
}

/// Where the phrase `base` may end beyond its end, up to `limit`: before a mark or a preposition.
pub(super) fn further_ends(reading: &Reading<'_>, base: &Range<usize>, limit: usize) -> Vec<usize> {
    let mut ends = Vec::new();
    for at in base.end + 1..=limit.min(base.end + 40) {
        let stop = at == limit || reading.is_stop(at) || reading.is_quote(at);
        let open = reading.is_mark(at)
            || reading.is_dash(at)
            || reading.class(at).intersects(WordClass::PREPOSITION | WordClass::SUBORDINATOR);
        if stop || open {
            ends.push(at);
        }
        if stop || ends.len() == 8 {
            break;
        }
    }
    ends
}

/// Where a phrase that ends before `end` may begin: at `first` or after a mark or the start of a clause.
pub(super) fn opening_places(reading: &Reading<'_>, first: usize, end: usize) -> Vec<usize> {
    let opens = |before: usize| {
        matches!(reading.text(before), "," | ":" | ";")
            || reading.is_dash(before)
            || reading.is_any(before, &["that", "as", "and", "but", "if", "when", "while", "because", "with"])
    };
    let low = first.max(end.saturating_sub(30));
    let mut places: Vec<usize> = (low + 1..end).rev().filter(|at| opens(at - 1)).take(5).collect();
    if low == first && first < end {
        places.push(first);
    }
    places
}

/// `source` with the comma or dash that closes what it sets apart: "Ann Lee, a senator|,| said".
///
/// After the cue there is none: the mark ends the sentence's clause as well.
pub(super) fn closed(reading: &Reading<'_>, source: Range<usize>, cue: usize) -> Range<usize> {
    let end = source.end;
    let same =
        |at: usize| reading.text(at) == reading.text(end) && (reading.text(at) == "," || reading.is_dash(at));
    if end < cue && source.clone().skip(1).any(same) { source.start..end + 1 } else { source }
}

fn strip_end(reading: &Reading<'_>, phrase: Range<usize>) -> Range<usize> {
    let mut end = phrase.end;
    while end > phrase.start + 1
        && reading.is_any(end - 1, &["last", "on", "this", "late", "early", "earlier", ","])
    {
        end -= 1;
    }
    phrase.start..end
}

/// Where the owner before the possessive at `mark` begins: "the senator|'s plan".
pub(super) fn owner(reading: &Reading<'_>, first: usize, mark: usize) -> usize {
    let mut at = mark;
    while at > first && reading.is_word(at - 1) {
        let class = reading.class(at - 1);
        if class.contains(WordClass::DETERMINER) {
            return at - 1;
        }
        let outside = WordClass::PREPOSITION
            | WordClass::SUBORDINATOR
            | WordClass::COORDINATOR
            | WordClass::BE
            | WordClass::MODAL;
        if class.intersects(outside | WordClass::HAVE)
            || !reading.is_capital(at - 1) && reading.is_finite(at - 1)
        {
            break;
        }
        at -= 1;
    }
    at
}

/// What the noun phrase in `source` speaks of.
pub(super) fn kind(reading: &Reading<'_>, source: &Range<usize>) -> SourceKind {
    if source.is_empty() {
        return SourceKind::None;
    }
    let core = core(reading, source);
    let words = || core.clone().filter(|at| reading.is_word(*at) && !reading.is_possessive(*at));
    let Some(last) = words().next_back() else { return SourceKind::Group };
    let alone = words().next() == Some(last);
    if alone
        && reading
            .class(last)
            .intersects(WordClass::PRONOUN | WordClass::DETERMINER | WordClass::SUBJECT | WordClass::WH)
        && noun(reading.text(last)) != Some(SourceKind::Unnamed)
    {
        return SourceKind::Pronoun;
    }
    let name = reading.is_capital(last)
        && !(last == source.start && reading.class(last).contains(WordClass::OPENER));
    let listed = noun(reading.text(last));
    if let Some(kind) = listed
        && (!name || matches!(kind, SourceKind::Outlet | SourceKind::Organisation) || alone)
    {
        return kind;
    }
    // "a person familiar with", "some Republicans".
    if !name
        && let Some(first) = words().find(|at| noun(reading.text(*at)) == Some(SourceKind::Unnamed))
        && (!reading.is_capital(first) || first == source.start)
    {
        return SourceKind::Unnamed;
    }
    let text = reading.text(last);
    if text.len() >= 2 && text.len() <= 5 && text.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return SourceKind::Organisation;
    }
    let people = ["cans", "crats", "ans", "ists", "ives"].iter().any(|end| text.ends_with(end));
    if name && !people {
        return SourceKind::Person;
    }
    if text.ends_with('s') || people { SourceKind::Group } else { SourceKind::Role }
}

/// The head of the phrase: up to its first comma, preposition or relative pronoun.
fn core(reading: &Reading<'_>, source: &Range<usize>) -> Range<usize> {
    let end = (source.start + 1..source.end).find(|at| {
        matches!(reading.text(*at), "," | "(" | "—" | "–")
            || reading.class(*at).contains(WordClass::PREPOSITION)
            || reading.is_any(*at, &["who", "which", "that", "whose", "familiar", "close"])
    });
    source.start..end.unwrap_or(source.end)
}

static NOUNS: LazyLock<FxHashMap<String, SourceKind>> = LazyLock::new(|| {
    let lists = [
        (include_str!("lexicon/outlets.txt"), SourceKind::Outlet),
        (include_str!("lexicon/documents.txt"), SourceKind::Document),
        (include_str!("lexicon/unnamed.txt"), SourceKind::Unnamed),
        (include_str!("lexicon/roles.txt"), SourceKind::Role),
        (include_str!("lexicon/organisations.txt"), SourceKind::Organisation),
        (include_str!("lexicon/groups.txt"), SourceKind::Group),
    ];
    let mut nouns = FxHashMap::default();
    for (list, kind) in lists {
        for entry in entries(list) {
            nouns.entry(entry.to_ascii_lowercase()).or_insert(kind);
        }
    }
    nouns
});

/// Whether `word` before a colon names nobody: "Photo:", "Update:".
pub(super) fn is_label(word: &str) -> bool {
    with_lower_case(word, |lower| LABELS.contains(lower)).unwrap_or(false)
}

static LABELS: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| entries(include_str!("lexicon/labels.txt")).collect());

/// Whether `word` before a colon or "by" tells of a picture or film: "Image: Ann Lee".
pub(super) fn is_picture_label(word: &str) -> bool {
    with_lower_case(word, |lower| PICTURE_LABELS.contains(lower)).unwrap_or(false)
}

static PICTURE_LABELS: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| entries(include_str!("lexicon/picture-labels.txt")).collect());

/// Whether the word at `at` tells what somebody is: "administrator", "Senator".
pub(super) fn names_office(reading: &Reading<'_>, at: usize) -> bool {
    let word = reading.text(at);
    match noun(word) {
        Some(kind) => kind == SourceKind::Role,
        None => noun_sense(word) == noun_class("person"),
    }
}

fn noun(word: &str) -> Option<SourceKind> {
    thread_local! {
        static MEMO: RefCell<Memo<Option<SourceKind>>> = const { Memo::new() };
    }
    Memo::of(&MEMO, word, |word| with_lower_case(word, |lower| NOUNS.get(lower).copied()).flatten())
}
