//! Sources that carry over the sentences after them.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::engine::Engine;
use super::reading::Reading;
use super::{Attribution, Link, SourceKind, Speaker, State};
use crate::language::word_set::{WordShapes, word_set};
use crate::language::{Tokens, WordClass, with_lower_case};

/// A sentence that has no source of its own and goes on with one that has: "Diplomatic sources said
/// A. B."
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Carried {
    /// The sentence, as an index into the passage's sentences.
    pub sentence: usize,
    /// The attribution it goes on with, as an index into this passage's; `None` for one of a passage
    /// before.
    pub from: Option<usize>,
    /// How many sentences back the source was cited.
    pub distance: u8,
}

/// The carried sentences of the passage and what it hands on.
pub(super) fn carry(engine: &Engine<'_>, found: &[Attribution], incoming: &State) -> (Vec<Carried>, State) {
    let reading = &engine.reading;
    let mut carried = Vec::new();
    let mut state = incoming.clone();
    let mut from = None;
    let mut unbroken = incoming.carries;
    let mut next = 0;
    for (index, sentence) in reading.passage.sentences().iter().enumerate() {
        let mut cited = false;
        while let Some(draft) = engine.drafts.get(next).filter(|draft| draft.extent().start < sentence.end) {
            if !draft.source.is_empty() && draft.link != Link::Credit {
                cited = true;
                from = Some(next);
                state = cite(reading, found.get(next), draft, state);
            }
            next += 1;
        }
        let covered = engine.drafts.iter().any(|draft| {
            draft.content.iter().any(|piece| piece.start < sentence.end && sentence.start < piece.end)
        });
        if cited {
            unbroken = true;
            continue;
        }
        state.distance = state.distance.saturating_add(1).min(State::FAR);
        if covered {
            continue;
        }
        unbroken = unbroken && goes_on(reading, sentence.start, sentence.end);
        if unbroken && state.speaker.is_some() {
            carried.push(Carried { sentence: index, from, distance: state.distance });
        }
    }
    state.carries = unbroken && state.speaker.is_some();
    state.counted = state.counted || names_count(reading.tokens);
    state.quoting =
        reading.passage.quotations().iter().any(|quotation| quotation.depth == 0 && !quotation.closed);
    (carried, state)
}

/// What counts and measures.
static COUNTS: LazyLock<(FxHashSet<&str>, WordShapes)> = LazyLock::new(|| {
    let words = word_set(include_str!("lexicon/counts.txt"));
    let shapes = WordShapes::of(words.iter().copied());
    (words, shapes)
});

/// Whether the text names a poll, a report or figures, from which a number may come.
pub fn names_count(tokens: Tokens<'_>) -> bool {
    (0..tokens.len()).any(|at| is_count(tokens.text(at)))
}

/// Whether [`names_count`] may hold of `text`, by its words alone: markup, and words with a hyphen, may look as if.
pub fn may_name_count(text: &str) -> bool {
    text.split(|char: char| !char.is_ascii_alphabetic()).any(is_count)
}

fn is_count(word: &str) -> bool {
    let (words, shapes) = &*COUNTS;
    shapes.may_have(word) && with_lower_case(word, |lower| words.contains(lower)) == Some(true)
}

/// The state after a source was cited: a pronoun leaves the speaker it stands for.
fn cite(
    reading: &Reading<'_>,
    found: Option<&Attribution>,
    draft: &super::engine::Draft,
    before: State,
) -> State {
    let Some(found) = found else { return before };
    let source = reading.bytes(&reading.trimmed(draft.source.clone()));
    let speaker = match source {
        Some(range) if found.kind != SourceKind::Pronoun => {
            Some(Speaker { text: reading.tokens.prose[range].into(), kind: found.kind })
        }
        _ => before.speaker,
    };
    State { quoting: false, speaker, carries: true, distance: 0, counted: before.counted }
}

/// Whether a sentence goes on with what the one before said: it begins with a connective or a pronoun
/// and names no subject of its own.
fn goes_on(reading: &Reading<'_>, start: usize, end: usize) -> bool {
    let mut at = start;
    while at < end {
        let class = reading.class(at);
        let connective = class.contains(WordClass::COORDINATOR)
            || class.contains(WordClass::ADVERB)
            || reading.is_any(
                at,
                &["however", "moreover", "meanwhile", "instead", "still", "nevertheless", "also", "then"],
            );
        if !(connective || reading.is_mark(at)) {
            break;
        }
        at += 1;
    }
    reading.is_any(
        at,
        &["he", "she", "they", "it", "this", "these", "that", "those", "such", "its", "his", "her", "their"],
    )
}
