//! Quotations: with a tag after them, going on after one, and those that stand alone.

use std::ops::Range;

use super::tag::ends_here;
use super::{Draft, Engine, THRESHOLD, begins_phrase, is_finite, tenths};
use crate::attribution::cue::{self, Form};
use crate::attribution::features::Anchor;
use crate::attribution::reading::Reading;
use crate::attribution::{Link, State, source};
use crate::language::WordClass;

/// What a quotation before it adds to a verb's score.
const AFTER_QUOTATION: i32 = 20;

impl Engine<'_> {
    pub(super) fn quotations(&mut self) {
        for index in 0..self.reading.quotes.len() {
            let quote = self.reading.quotes[index].clone();
            if !is_speech(&self.reading, &quote) || self.is_taken(quote.start) {
                continue;
            }
            if let Some(draft) = self.tag_after(&quote) {
                self.take(draft);
            } else {
                self.continue_quotation(&quote);
            }
        }
    }

    /// "…," she said. / "…," said Ann Lee.
    pub(super) fn tag_after(&self, quote: &Range<usize>) -> Option<Draft> {
        let reading = &self.reading;
        let sentence = reading.sentence_of(quote.end - 1);
        let mut at = quote.end;
        if reading.is_comma(at) {
            at += 1;
        } else if reading.text(quote.end.checked_sub(2)?) == "." {
            return None;
        }
        let content = vec![self.with_lead(quote, &sentence)];
        // "Why?" Lee asked: the mark may seem to have ended the sentence.
        let apart = at >= sentence.end;
        let sentence = if apart && matches!(reading.text(quote.end - 2), "?" | "!") && at < reading.len() {
            reading.sentence_of(at)
        } else {
            sentence
        };
        if at >= sentence.end {
            return None;
        }
        let next_quote = reading.quotes.get(reading.quotes.partition_point(|next| next.start < at));
        let next_quote = next_quote.map(|next| next.start);
        let limit = sentence.end.min(next_quote.unwrap_or(sentence.end));
        let mut verb = at;
        while reading.is_adverb(verb) && verb < limit {
            verb += 1;
        }
        if let Some(cue) = cue::verb_cue(reading, verb, &(at..sentence.end))
            && matches!(cue.form, Form::Past | Form::Present)
            && cue.score + AFTER_QUOTATION > THRESHOLD
            && begins_phrase(reading, verb + 1)
        {
            let source = source::following(reading, verb + 1, limit);
            let log_odds = self.tag_log_odds(&cue, tenths(cue.score + AFTER_QUOTATION), &sentence, at);
            if !source.is_empty() && log_odds > self.judge.least() {
                let mut anchor = Anchor::of(&cue);
                anchor.group = cue.group.start..verb + 1;
                let source = self.source(&anchor, source, &content, at, &(at..limit));
                return Some(Draft { source, cue: anchor.group, content, link: Link::CueAfter, log_odds });
            }
        }
        if reading.is(at, "according") && reading.is(at + 1, "to") {
            let source = source::following(reading, at + 2, limit);
            return Some(Draft {
                source,
                cue: at..at + 2,
                content,
                link: Link::AccordingTo,
                log_odds: tenths(40),
            });
        }
        for verb in at..limit.min(at + 30) {
            let Some(cue) = cue::verb_cue(reading, verb, &(at..sentence.end)) else { continue };
            let bare = cue.form == Form::Base && !reading.is_finite(verb);
            if !is_finite(&cue) || bare || cue.group.start <= at || cue.score + AFTER_QUOTATION <= THRESHOLD {
                continue;
            }
            let source = source::before(reading, at, cue.group.start);
            let gap = (at..source.start)
                .all(|at| reading.is_adverb(at) || reading.class(at).contains(WordClass::COORDINATOR));
            if apart && !ends_here(reading, &cue, &sentence) {
                break;
            }
            if source.is_empty() || !gap {
                if reading.is_finite(verb) {
                    break;
                }
                continue;
            }
            let log_odds = self.tag_log_odds(&cue, tenths(cue.score + AFTER_QUOTATION), &sentence, at);
            if log_odds <= self.judge.least() {
                continue;
            }
            let source = self.source(&Anchor::of(&cue), source, &content, at, &(at..limit));
            return Some(Draft { source, cue: cue.group.clone(), content, link: Link::CueAfter, log_odds });
        }
        None
    }

    /// The quotation with the words of its sentence before it: "The plan is 'dead,' he said."
    pub(super) fn with_lead(&self, quote: &Range<usize>, sentence: &Range<usize>) -> Range<usize> {
        let reading = &self.reading;
        if quote.start <= sentence.start {
            return quote.clone();
        }
        let lead = sentence.start..quote.start;
        if lead.clone().any(|at| self.is_taken(at)) || reading.text(quote.start - 1) == ":" {
            return quote.clone();
        }
        let comma = reading.is_comma(quote.start - 1);
        if comma && lead.clone().all(|at| !reading.is_finite(at)) {
            quote.clone()
        } else {
            sentence.start..quote.end
        }
    }

    /// "…," he said. "…": the second quotation belongs to the tag before it.
    pub(super) fn continue_quotation(&mut self, quote: &Range<usize>) {
        let Some(last) = self.drafts.last() else { return };
        let extent = last.extent();
        let reading = &self.reading;
        if last.link == Link::AccordingTo || extent.end > quote.start {
            return;
        }
        let here = reading.sentence_of(quote.start);
        let there = reading.sentence_of(extent.end.saturating_sub(1));
        let begins = quote.start == here.start;
        let same = here == there || begins && here.start == there.end;
        let between = extent.end..quote.start;
        let verbs = between
            .clone()
            .any(|at| cue::verb_cue(reading, at, &here).is_some_and(|cue| cue.score > THRESHOLD));
        let opens = begins || matches!(reading.text(quote.start - 1), "," | ":");
        if same && opens && (begins || !verbs) && between.len() < 25 {
            let piece = quote.clone();
            for index in piece.clone() {
                self.taken[index] = true;
            }
            if let Some(last) = self.drafts.last_mut() {
                if here == there && last.link == Link::CueAfter {
                    last.link = Link::CueInside;
                }
                last.content.push(piece);
            }
        }
    }

    /// "Lee wrote to the mayor: '…'", "Ann Lee: '…'"
    pub(super) fn after_colon(&self, quote: Range<usize>, sentence: &Range<usize>) -> Draft {
        let reading = &self.reading;
        let colon = quote.start - 1;
        let first = self.bound(sentence, colon);
        let verb = (first..colon)
            .filter(|at| !reading.is_quoted(*at))
            .filter_map(|at| cue::verb_cue(reading, at, sentence))
            .filter(|cue| is_finite(cue) && cue.score + AFTER_QUOTATION > THRESHOLD)
            .max_by_key(|cue| cue.score);
        let subject = |end: usize| {
            let near = source::before(reading, first, end);
            if near.is_empty() { self.main_subject(sentence, end) } else { near }
        };
        match verb {
            Some(cue) => Draft {
                source: subject(cue.group.start),
                cue: cue.group.clone(),
                content: vec![quote],
                link: Link::CueBefore,
                log_odds: tenths(cue.score),
            },
            None => Draft {
                source: if reading.is_capital(colon - 1) {
                    subject(colon)
                } else {
                    self.main_subject(sentence, colon)
                },
                cue: colon..quote.start,
                content: vec![quote],
                link: Link::Colon,
                log_odds: tenths(0),
            },
        }
    }

    pub(super) fn neighbours(&mut self, incoming: &State) {
        for index in 0..self.reading.quotes.len() {
            let quote = self.reading.quotes[index].clone();
            let reading = &self.reading;
            if self.is_taken(quote.start) || quote.len() < 6 || !is_speech(reading, &quote) {
                continue;
            }
            let sentence = reading.sentence_of(quote.start);
            if quote.start > sentence.start + 1 && reading.text(quote.start - 1) == ":" {
                let draft = self.after_colon(quote, &sentence);
                self.take(draft);
                continue;
            }
            if quote.start != sentence.start && !reading.is_any(quote.start - 1, &[":", ","]) {
                continue;
            }
            let last = self.drafts.iter().rposition(|draft| draft.extent().start < quote.start);
            let near = last.filter(|last| {
                let end = self.drafts[*last].extent().end.saturating_sub(1);
                let there = reading.sentence_of(end);
                there.end + 1 >= sentence.start && !self.drafts[*last].source.is_empty()
            });
            for index in quote.clone() {
                self.taken[index] = true;
            }
            if let Some(last) = near {
                self.drafts[last].content.push(quote);
            } else if incoming.speaker.is_some() && (incoming.quoting || sentence.start == 0) {
                self.drafts.push(Draft {
                    source: 0..0,
                    cue: quote.start..quote.start,
                    content: vec![quote],
                    link: Link::Neighbour,
                    log_odds: tenths(0),
                });
            }
        }
    }
}

/// Whether `quote` is a saying rather than a title or a single phrase.
pub(super) fn is_speech(reading: &Reading<'_>, quote: &Range<usize>) -> bool {
    let Some(last) = quote.end.checked_sub(2).filter(|last| *last > quote.start) else { return false };
    let words = quote.clone().filter(|at| reading.is_word(*at)).count();
    let ends = reading.is_stop(last)
        || reading.is_comma(last)
        || reading.is_dash(last)
        || !reading.is_quote(quote.end - 1);
    let comma_after = reading.is_comma(quote.end);
    words >= 1 && ends || words >= 4 && comma_after || words >= 6
}
