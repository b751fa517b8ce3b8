//! The engine of rules and lexicons.
//!
//! A passage is read in passes, the surest first: words with a signature, quotations with their tags,
//! clauses with a tag after them, cues from left to right, captions with a credit, and quotations that
//! stand alone. What one pass has
//! taken the next leaves alone, so attributions do not overlap. What is attributed inside what
//! somebody said is looked for last, in each content by itself.

mod content_extent;
mod cue_extent;
mod frame;
mod inner;
mod nominal;
mod quotation;
mod signed;
mod source_choice;
mod tag;
mod verb;

use std::ops::Range;

use self::inner::DEEPEST;
use crate::attribution::cue::{Cue, Form};
use crate::attribution::features::Circumstance;
use crate::attribution::judge::{Judge, SURE};
use crate::attribution::reading::Reading;
use crate::attribution::{Attribution, Link, State, source};
use crate::language::WordClass;

/// A verb of a tag counts as a cue above this, in tenths of log odds.
const THRESHOLD: i32 = -3;

/// An attribution in the making, in token indices.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) source: Range<usize>,
    pub(super) cue: Range<usize>,
    pub(super) content: Vec<Range<usize>>,
    pub(super) link: Link,
    /// The natural logarithm of the odds that it is one.
    pub(super) log_odds: f32,
}

impl Draft {
    /// The tokens from its first to its last.
    pub(super) fn extent(&self) -> Range<usize> {
        let mut out = self.cue.clone();
        for range in self.content.iter().chain([&self.source]).filter(|range| !range.is_empty()) {
            if out.is_empty() {
                out = range.clone();
            }
            out = out.start.min(range.start)..out.end.max(range.end);
        }
        out
    }
}

pub(super) struct Engine<'a> {
    pub(super) reading: Reading<'a>,
    judge: Judge<'a>,
    taken: Vec<bool>,
    pub(super) drafts: Vec<Draft>,
}

impl<'a> Engine<'a> {
    pub(super) fn run(reading: Reading<'a>, incoming: &State, judge: Judge<'a>) -> Self {
        let taken = vec![false; reading.len()];
        let mut engine = Self { reading, judge, taken, drafts: Vec::new() };
        engine.signature();
        let credit = engine.credit();
        engine.quotations();
        for sentence in engine.reading.passage.sentences() {
            engine.tags(sentence);
        }
        for sentence in engine.reading.passage.sentences() {
            engine.cues(sentence);
        }
        if let Some(credit) = credit {
            engine.caption(credit);
        }
        engine.drafts.sort_by_key(|draft| draft.extent().start);
        engine.neighbours(incoming);
        engine.drafts.sort_by_key(|draft| draft.extent().start);
        engine
    }

    /// The drafts as attributions in bytes, with those inside them.
    pub(super) fn finish(&mut self) -> Vec<Attribution> {
        let drafts = std::mem::take(&mut self.drafts);
        let found = self.attributions(&drafts, DEEPEST);
        self.drafts = drafts;
        found
    }

    /// `drafts` as attributions in bytes, with those inside them `levels` deep.
    fn attributions(&mut self, drafts: &[Draft], levels: usize) -> Vec<Attribution> {
        let mut found = Vec::with_capacity(drafts.len());
        for draft in drafts {
            let inside = if levels > 0 { self.inside(&draft.content) } else { Vec::new() };
            let inner = self.attributions(&inside, levels.saturating_sub(1));
            found.push(Attribution { inner, ..self.attribution(draft) });
        }
        found
    }

    /// `draft` as an attribution in bytes.
    fn attribution(&self, draft: &Draft) -> Attribution {
        let reading = &self.reading;
        let bytes = |range: &Range<usize>| reading.bytes(&reading.trimmed(range.clone()));
        let source = source::closed(reading, reading.trimmed(draft.source.clone()), draft.cue.start);
        Attribution {
            source: reading.bytes(&source).into_iter().collect(),
            // A colon that is the cue is not trimmed off.
            cue: reading.bytes(&draft.cue).into_iter().collect(),
            content: draft.content.iter().filter_map(bytes).collect(),
            kind: source::kind(reading, &reading.trimmed(draft.source.clone())),
            link: draft.link,
            confidence: 1.0 / (1.0 + (-draft.log_odds).exp()),
            inner: Vec::new(),
        }
    }

    fn take(&mut self, draft: Draft) {
        for range in draft.content.iter().chain([&draft.cue, &draft.source]) {
            for index in range.clone() {
                if let Some(taken) = self.taken.get_mut(index) {
                    *taken = true;
                }
            }
        }
        self.drafts.push(draft);
    }

    fn is_taken(&self, index: usize) -> bool {
        self.taken.get(index).copied().unwrap_or(false)
    }

    /// The first token from `start` on, up to `end`, that belongs to an attribution already found.
    fn free_until(&self, start: usize, end: usize) -> usize {
        (start..end).find(|at| self.is_taken(*at)).unwrap_or(end)
    }

    fn cues(&mut self, sentence: &Range<usize>) {
        if let Some(draft) = self.colon(sentence) {
            self.take(draft);
        }
        let mut at = sentence.start;
        while at < sentence.end {
            if self.is_taken(at) || self.reading.is_quoted(at) {
                at += 1;
                continue;
            }
            let draft = self
                .according_before(at, sentence)
                .or_else(|| self.as_before(at, sentence))
                .or_else(|| self.in_poll(at, sentence))
                .or_else(|| self.verb(at, sentence))
                .or_else(|| self.nominal(at, sentence));
            if let Some(draft) = draft {
                self.take(draft);
            }
            at += 1;
        }
    }

    /// What is known beside the words at `at`.
    fn circumstance(&self, at: usize, sentence: &Range<usize>) -> Circumstance {
        let here = self.drafts.iter().filter(|draft| sentence.contains(&draft.cue.start)).count();
        let gap = (sentence.start..at).rev().take(7).take_while(|at| !self.is_taken(*at)).count();
        let since = match self.drafts.iter().map(|draft| draft.cue.start).filter(|cue| *cue < at).max() {
            Some(last) if last >= sentence.start => 0,
            Some(last) if self.reading.sentence_of(last).end == sentence.start => 1,
            Some(_) => 2,
            None => 3,
        };
        Circumstance {
            drafts: u32::try_from(here.min(3)).unwrap_or(3),
            gap: u32::try_from(gap).unwrap_or(7),
            taken_after: (at..sentence.end).any(|at| self.is_taken(at)),
            since,
        }
    }

    /// Where the search for a subject before `at` has to stop.
    fn bound(&self, sentence: &Range<usize>, at: usize) -> usize {
        (sentence.start..at).rev().find(|at| self.is_taken(*at)).map_or(sentence.start, |taken| taken + 1)
    }
}

/// What the rules hold of a plain yes or no, in log odds.
fn sure(yes: bool) -> f32 {
    if yes { SURE } else { -SURE }
}

/// Log odds from tenths of them.
fn tenths(score: i32) -> f32 {
    f32::from(i16::try_from(score.clamp(-100, 100)).unwrap_or(0)) / 10.0
}

fn is_finite(cue: &Cue) -> bool {
    matches!(
        cue.form,
        Form::Past | Form::Present | Form::Base | Form::Perfect | Form::Modal | Form::Progressive
    )
}

/// Whether a noun phrase can begin at `at`.
fn begins_phrase(reading: &Reading<'_>, at: usize) -> bool {
    let class = reading.class(at);
    reading.is_word(at)
        && !reading.is(at, "that")
        && (reading.is_capital(at)
            || class.intersects(WordClass::DETERMINER | WordClass::SUBJECT)
            || !class.intersects(
                WordClass::PREPOSITION
                    | WordClass::SUBORDINATOR
                    | WordClass::COORDINATOR
                    | WordClass::WH
                    | WordClass::TIME,
            ))
}

/// Whether a phrase can begin at `at`, after the word or mark at `before`.
fn may_end_before_phrase(reading: &Reading<'_>, before: usize, at: usize) -> bool {
    let opens = WordClass::DETERMINER
        | WordClass::SUBJECT
        | WordClass::PREPOSITION
        | WordClass::SUBORDINATOR
        | WordClass::WH
        | WordClass::PRONOUN;
    !reading.is_word(before)
        || !reading.class(before).is_empty()
        || reading.verb(before).is_some()
        || reading.class(at).intersects(opens)
        || reading.is_capital(at) && !reading.is_capital(before)
        || reading.kind(at) == Some(crate::language::TokenKind::Number)
        || reading.is_quote(at)
}
