//! Nouns and adjectives that report: "X's claim that …", "sure that …".

use std::ops::Range;

use super::{Draft, Engine, sure};
use crate::attribution::cue;
use crate::attribution::features::{self, Anchor};
use crate::attribution::judge::Question;
use crate::attribution::{Link, content, source};
use crate::language::WordClass;

impl Engine<'_> {
    /// "X's claim that …", "support for …", "is confident that …"
    pub(super) fn nominal(&self, at: usize, sentence: &Range<usize>) -> Option<Draft> {
        let reading = &self.reading;
        let listed = cue::nominal(reading, at);
        let adjective = listed.or_else(|| cue::nominal_form(reading, at))?;
        let link_word = at + 1;
        let with_link = !reading.is_any(link_word, &["that", "to", "whether"]);
        let limit = self.free_until(link_word, sentence.end);
        let log_odds = self.judge.log_odds(Question::Nominal(at), sure(listed.is_some()), |features| {
            let marks = u32::from(adjective) * 2 + u32::from(listed.is_some());
            let beside = self.circumstance(at, sentence);
            features::nominal(features, reading, at, marks, sentence, limit, beside);
        });
        if log_odds <= self.judge.least() {
            return None;
        }
        let content =
            content::noun_or_clause(reading, if with_link { link_word + 1 } else { link_word }, limit);
        if reading.trimmed(content.clone()).is_empty() {
            return None;
        }
        let mut start = at;
        let first = self.bound(sentence, at);
        let mut source = 0..0;
        if adjective {
            while start > first
                && (reading.is_adverb(start - 1)
                    || reading
                        .class(start - 1)
                        .intersects(WordClass::BE | WordClass::HAVE | WordClass::MODAL)
                    || reading.is_any(start - 1, &["more", "less", "very", "so", "too"]))
            {
                start -= 1;
            }
            source = source::before(reading, first, start);
        } else {
            let owner = (first..at).rev().take(4).find(|at| {
                reading.is_possessive(*at)
                    || reading.is_any(*at, &["his", "her", "their", "its", "my", "our"])
            });
            if let Some(owner) = owner {
                start = owner + 1;
                source = if reading.is_possessive(owner) {
                    source::owner(reading, first, owner)..owner + 1
                } else {
                    owner..owner + 1
                };
            } else if let Some(verb) = cue::light_verb(reading, first, at) {
                start = cue::group_start(reading, verb, first);
                source = source::before(reading, first, start);
                if source.is_empty() {
                    source = self.main_subject(sentence, start);
                }
            }
        }
        let cue = start..if with_link { link_word + 1 } else { at + 1 };
        let anchor = Anchor::nominal(reading, at, adjective, cue.clone());
        let content = vec![content];
        let source = self.source(&anchor, source, &content, first, sentence);
        if source.is_empty() && adjective {
            return None;
        }
        Some(Draft { source, cue, content, link: Link::Nominal, log_odds })
    }
}
