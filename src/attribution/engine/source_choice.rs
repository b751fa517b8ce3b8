//! Who is cited: the likeliest of the phrases around a cue.

use std::ops::Range;

use super::{Engine, may_end_before_phrase};
use crate::attribution::features::{self, Anchor};
use crate::attribution::judge::Question;
use crate::attribution::{Link, source};
use crate::language::WordClass;

impl Engine<'_> {
    /// Who is cited: the likeliest of the phrases around the cue of `anchor`, where the rules say
    /// `ruled`; none that touches `pieces`.
    pub(super) fn source(
        &self,
        anchor: &Anchor,
        ruled: Range<usize>,
        pieces: &[Range<usize>],
        first: usize,
        sentence: &Range<usize>,
    ) -> Range<usize> {
        let ruled = self.reading.trimmed(ruled);
        let (choice, _) = self.judge.choose(
            (ruled.clone(), 0),
            || self.other_sources(anchor, &ruled, pieces, first, sentence),
            |(option, _)| Question::Source(anchor.head, option.start, option.end),
            |features, (option, origin)| {
                features::source_option(features, &self.reading, anchor, option, *origin, &ruled, sentence);
            },
        );
        choice
    }

    /// The phrases beside `ruled` that may be the source, each with the number of where it was found.
    fn other_sources(
        &self,
        anchor: &Anchor,
        ruled: &Range<usize>,
        pieces: &[Range<usize>],
        first: usize,
        sentence: &Range<usize>,
    ) -> Vec<(Range<usize>, u32)> {
        let reading = &self.reading;
        let start = anchor.group.start;
        let mut options: Vec<(Range<usize>, u32)> = Vec::new();
        let mut add = |option: Range<usize>, origin: u32| {
            let option = reading.trimmed(option);
            let clash = pieces
                .iter()
                .chain([&anchor.group])
                .any(|piece| piece.start < option.end && option.start < piece.end);
            let known = option == *ruled || options.iter().any(|(known, _)| *known == option);
            if !option.is_empty() && !clash && !known {
                options.push((option, origin));
            }
        };
        let near = source::before(reading, first, start);
        add(near.clone(), 1);
        add(self.main_subject(sentence, start), 2);
        for draft in self.drafts.iter().rev().take(2).filter(|draft| sentence.contains(&draft.cue.start)) {
            add(draft.source.clone(), 3);
        }
        for base in [ruled, &near] {
            if base.is_empty() {
                continue;
            }
            let low = if base.start >= first { first.max(base.start.saturating_sub(8)) } else { base.start };
            for at in (low..base.end.min(base.start + 8)).rev() {
                let before = at.checked_sub(1).filter(|before| *before >= sentence.start);
                let fresh = before.is_none_or(|before| may_end_before_phrase(reading, before, at));
                if fresh {
                    add(at..base.end, 4);
                }
            }
            if base.start >= anchor.group.end {
                for end in source::further_ends(reading, base, self.free_until(base.end, sentence.end)) {
                    add(base.start..end, 11);
                }
            }
            if let Some(comma) = base.clone().find(|at| reading.is_comma(*at)) {
                add(base.start..comma, 5);
            }
            if let Some(dash) = base.clone().find(|at| reading.is_dash(*at) || reading.text(*at) == "(") {
                add(base.start..dash, 5);
            }
            if let Some(of) =
                base.clone().skip(1).find(|at| reading.class(*at).contains(WordClass::PREPOSITION))
            {
                add(base.start..of, 6);
            }
        }
        // "Lee, writing for the council, |", "Lee, for instance, |"
        let commas = (first + 1..start).rev().take(40).filter(|at| reading.is_comma(*at));
        for comma in commas.take(4) {
            let outer = source::before(reading, first, comma);
            if !outer.is_empty() {
                add(outer.start..start, 9);
                add(outer, 10);
            }
        }
        // The subjects of the verbs before, the nearest first.
        let finite = (sentence.start + 1..start).rev().filter(|at| reading.is_finite(*at));
        for verb in finite.take(3) {
            let begin = (sentence.start + 1..verb).rev().find(|at| !reading.is_adverb(*at));
            add(source::before(reading, sentence.start, begin.map_or(verb, |at| at + 1)), 12);
        }
        // All that stands before the cue, up to a mark or the start of its clause.
        for at in source::opening_places(reading, first, start) {
            add(at..start, 13);
        }
        let by = (anchor.group.end..sentence.end.min(anchor.group.end + 12)).find(|at| reading.is(*at, "by"));
        if let Some(by) = by {
            add(source::following(reading, by + 1, self.free_until(by + 1, sentence.end)), 7);
        }
        if !ruled.is_empty() {
            options.push((start..start, 8));
        }
        options
    }

    /// The subject of the sentence's main clause, for a verb at `at` without one of its own: the
    /// source of the attribution before it, or the subject of the finite verb before it.
    pub(super) fn main_subject(&self, sentence: &Range<usize>, at: usize) -> Range<usize> {
        let before = self
            .drafts
            .iter()
            .filter(|draft| {
                !draft.source.is_empty()
                    && draft.link != Link::Nominal
                    && sentence.contains(&draft.source.start)
                    && draft.cue.start < at
            })
            .max_by_key(|draft| draft.cue.start);
        if let Some(draft) = before {
            return draft.source.clone();
        }
        let reading = &self.reading;
        for verb in (sentence.start + 1)..at {
            if reading.is_finite(verb)
                && !reading.is_quoted(verb)
                && !(reading.verb(verb).is_some() && reading.is_finite(verb + 1))
            {
                let mut begin = verb;
                while begin > sentence.start && reading.is_adverb(begin - 1) {
                    begin -= 1;
                }
                let found = source::before(reading, sentence.start, begin);
                let relative = found.len() == 1 && reading.is_any(found.start, &["who", "which", "that"]);
                if !found.is_empty() && !relative {
                    return found;
                }
            }
        }
        at..at
    }
}
