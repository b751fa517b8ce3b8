//! Where what is said after a cue begins and ends.

use std::ops::Range;

use super::{Engine, may_end_before_phrase, sure};
use crate::attribution::content;
use crate::attribution::cue::Cue;
use crate::attribution::features::{self, Anchor};
use crate::attribution::judge::Question;

impl Engine<'_> {
    /// What is said after `cue`, up to `limit`: where it ends, the judge decides at each comma,
    /// coordinator and the like.
    pub(super) fn content(&self, cue: &Cue, limit: usize) -> Range<usize> {
        let reading = &self.reading;
        let start = self.content_start(cue, limit);
        let ruled = content::end(reading, cue, start, limit);
        if ruled > limit || start >= limit || reading.quote_from(start).is_some() {
            return start..ruled;
        }
        let mut at = start + 1;
        while at < limit {
            if let Some(quote) = reading.quote_from(at) {
                at = quote.end.max(at + 1);
                continue;
            }
            let open = at == ruled || content::may_end(reading, at);
            if open
                && self.judge.log_odds(Question::End(start, at), sure(at == ruled), |features| {
                    features::end(features, reading, cue, start, at, ruled, limit);
                }) > 0.0
            {
                return start..at;
            }
            at += 1;
        }
        start..at.max(limit)
    }

    /// Where what is said after `cue` begins.
    pub(super) fn content_start(&self, cue: &Cue, limit: usize) -> usize {
        let reading = &self.reading;
        let ruled = content::start(reading, cue, limit);
        let anchor = Anchor::of(cue);
        let others = || {
            let places = cue.group.end..limit.min(cue.group.end + 12);
            let near = places.take_while(|at| !reading.is_stop(*at) && *at <= ruled + 8);
            let opens =
                |at: usize| at == cue.group.end || may_end_before_phrase(reading, at.saturating_sub(1), at);
            near.filter(|at| *at != ruled && !reading.is_mark(*at) && opens(*at)).collect()
        };
        self.judge.choose(
            ruled,
            others,
            |start| Question::Start(cue.head, *start),
            |features, start| features::start(features, reading, &anchor, *start, ruled, limit),
        )
    }
}
