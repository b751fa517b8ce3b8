//! Which words around a verb belong to its cue.

use std::ops::Range;

use super::{Engine, sure};
use crate::attribution::cue::{self, After, Cue};
use crate::attribution::features::{self, Anchor};
use crate::attribution::judge::Question;
use crate::language::WordClass;

/// The rules take a verb after "to" for a part of the cue before it above this.
const INFINITIVE: i32 = -5;

impl Engine<'_> {
    /// `cue` from and to where the judge sees its first and last word.
    pub(super) fn with_extent(&self, mut cue: Cue, first: usize, sentence: &Range<usize>) -> Cue {
        let reading = &self.reading;
        let closed = |at: usize| reading.is_mark(at) || reading.is_quote(at) || self.is_taken(at);
        let anchor = Anchor::of(&cue);
        let ruled = cue.group.end;
        let further = || {
            let ends = cue.head + 1..=sentence.end.min(cue.head + 8);
            let open = ends.take_while(|end| *end == cue.head + 1 || !closed(end - 1));
            open.filter(|end| *end != ruled).collect()
        };
        let end = self.judge.choose(
            ruled,
            further,
            |end| Question::CueEnd(cue.head, *end),
            |features, end| features::cue_end(features, reading, &anchor, *end, ruled, sentence.end),
        );
        if end != ruled {
            cue.group.end = end;
            cue.after = cue::after(reading, end - 1, sentence.end);
        }
        let ruled = cue.group.start;
        let further = || {
            let starts = (first.max(ruled.saturating_sub(5))..=cue.head).rev();
            let open = starts.take_while(|start| *start == cue.head || !closed(*start));
            open.filter(|start| *start != ruled).collect()
        };
        cue.group.start = self.judge.choose(
            ruled,
            further,
            |start| Question::CueStart(cue.head, *start),
            |features, start| features::cue_start(features, reading, &anchor, *start, ruled, first),
        );
        cue
    }

    /// "called for", "pointed out": the particle or preposition belongs to the cue if the judge says so.
    pub(super) fn with_particle(&self, mut cue: Cue, sentence: &Range<usize>) -> Cue {
        let reading = &self.reading;
        let mut next = cue.head + 1;
        while next < sentence.end && reading.is_adverb(next) {
            next += 1;
        }
        if next < sentence.end
            && cue.group.end <= next + 1
            && reading.class(next).contains(WordClass::PREPOSITION)
            && !self.is_taken(next)
        {
            let ruled = cue.group.end == next + 1;
            let goes_on = self.judge.log_odds(Question::Extension(cue.head, next), sure(ruled), |features| {
                features::extension(features, reading, &cue, next, ruled, sentence.end);
            }) > 0.0;
            cue.group.end = if goes_on { next + 1 } else { cue.head + 1 };
        }
        cue
    }

    /// "continued to say": the two verbs are one cue, and what is said is what the second takes.
    pub(super) fn with_infinitive(&self, cue: Cue, sentence: &Range<usize>) -> Cue {
        let reading = &self.reading;
        let to = if reading.is(cue.group.end - 1, "to") { cue.group.end } else { cue.group.end + 1 };
        if !reading.is(to - 1, "to")
            || self.is_taken(to)
            || !matches!(cue.after, After::To | After::Preposition)
        {
            return cue;
        }
        match cue::verb_cue(reading, to, sentence) {
            Some(next)
                if self.judge.log_odds(
                    Question::Extension(cue.head, to),
                    sure(next.score > INFINITIVE),
                    |features| {
                        features::extension(
                            features,
                            reading,
                            &cue,
                            to,
                            next.score > INFINITIVE,
                            sentence.end,
                        );
                    },
                ) > 0.0 =>
            {
                Cue { group: cue.group.start..next.group.end, form: cue.form, score: cue.score, ..next }
            }
            _ => cue,
        }
    }

    /// "expressed concern that": the noun is part of the cue.
    pub(super) fn with_noun(&self, mut cue: Cue, sentence: &Range<usize>) -> Cue {
        let reading = &self.reading;
        if cue.after != After::Noun {
            return cue;
        }
        let noun = (cue.head + 1..sentence.end.min(cue.head + 5)).find(|at| {
            reading.class(at + 1).intersects(WordClass::PREPOSITION)
                || reading.is(at + 1, "that")
                || reading.is_mark(*at)
        });
        let Some(noun) = noun.filter(|at| !reading.is_mark(*at) && !reading.is_capital(*at)) else {
            return cue;
        };
        if cue::light_verb(reading, cue.head, noun) == Some(cue.head)
            && (cue::nominal(reading, noun) == Some(false) || matches!(cue.lemma.text(), "express" | "voice"))
        {
            let link = reading.is_any(noun + 1, &["that", "to", "whether"]);
            cue.group.end = if link { noun + 1 } else { noun + 2 };
        }
        cue
    }
}
