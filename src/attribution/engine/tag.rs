//! Tags: a clause with source and cue after it or inside it, "…, she said".

use std::ops::Range;

use super::{Draft, Engine, begins_phrase, is_finite, tenths};
use crate::attribution::cue::{self, After, Cue, Form, addresses};
use crate::attribution::features::{self, Anchor};
use crate::attribution::judge::Question;
use crate::attribution::reading::Reading;
use crate::attribution::{Link, source};
use crate::language::{VerbForm, WordClass};

/// A verb of a tag is put to the judge above this, in tenths of log odds.
const LEAST_TAG: i32 = -5;
/// The rules take it for a cue above this.
const SURE_TAG: i32 = 5;
/// One with its subject after it, above this.
const LEAST_INVERTED: i32 = 10;

impl Engine<'_> {
    pub(super) fn tags(&mut self, sentence: &Range<usize>) {
        for at in sentence.clone().skip(3) {
            if self.is_taken(at) || self.reading.is_quoted(at) {
                continue;
            }
            if let Some(draft) = self.according_after(at, sentence).or_else(|| self.tag(at, sentence)) {
                self.take(draft);
                return;
            }
        }
    }

    /// "…, she said." / "…, said Ann Lee."
    pub(super) fn tag(&self, head: usize, sentence: &Range<usize>) -> Option<Draft> {
        let reading = &self.reading;
        let cue = cue::verb_cue(reading, head, sentence)?;
        if !is_finite(&cue) || cue::score_at_end(&cue) <= LEAST_TAG {
            return None;
        }
        let before = cue.group.start.checked_sub(1).filter(|before| *before > sentence.start)?;
        let inverted = reading.is_comma(before)
            && matches!(cue.form, Form::Past | Form::Present)
            && begins_phrase(reading, head + 1)
            && cue.after == After::Noun
            && cue::takes_clause(cue.lemma)
            && !addresses(cue.lemma)
            && cue::score_at_end(&cue) > LEAST_INVERTED
            && !has_main_verb(reading, head + 1, sentence.end);
        let (source, comma, link) = if inverted {
            (
                source::following(reading, head + 1, self.free_until(head + 1, sentence.end)),
                before,
                Link::CueAfter,
            )
        } else {
            let source = source::before(reading, sentence.start, cue.group.start);
            let mut comma = source.start.checked_sub(1)?;
            let open = reading.is(comma, "as");
            if open {
                comma = comma.checked_sub(1)?;
            }
            if !(reading.is_comma(comma) || open) || !ends_here(reading, &cue, sentence) {
                return None;
            }
            (source, if reading.is_comma(comma) { comma } else { comma + 1 }, Link::CueAfter)
        };
        if source.is_empty() || comma <= sentence.start {
            return None;
        }
        let start = self.clause_start(sentence, comma);
        let lead = start..comma;
        let tail = cue.group.end.max(source.end);
        // "The plan, she said, is dead": the clause may have its verb after the tag.
        let parted = !inverted
            && reading.is_comma(tail)
            && (!begins_adverbial(reading, start) || !reading.is_quote(tail + 1))
            && reading.has_finite(tail + 1..sentence.end)
            && (!reading.is_quote(tail + 1) || !reading.is_capital(tail + 2));
        if lead.is_empty()
            || begins_subordinate(reading, start) && !has_clause_after(reading, &lead)
            || !parted && (lead.len() < 3 || !has_main_verb(reading, lead.start, lead.end))
        {
            return None;
        }
        let mut content = vec![lead];
        let mut link = link;
        if !inverted && reading.is_comma(tail) && !reading.text(tail + 1).ends_with("ing") {
            let rest = tail + 1..self.free_until(tail + 1, sentence.end);
            if rest.len() > 3 && !reading.class(rest.start).intersects(WordClass::WH | WordClass::COORDINATOR)
            {
                content.push(rest);
                link = Link::CueInside;
            }
        }
        let log_odds =
            self.tag_log_odds(&cue, tenths(cue::score_at_end(&cue) - SURE_TAG), sentence, sentence.start);
        if log_odds <= self.judge.least() {
            return None;
        }
        let source = self.source(&Anchor::of(&cue), source, &content, sentence.start, sentence);
        Some(Draft { source, cue: cue.group.clone(), content, link, log_odds })
    }

    /// The log odds that `cue` is the cue of what stands before it.
    pub(super) fn tag_log_odds(&self, cue: &Cue, ruled: f32, sentence: &Range<usize>, first: usize) -> f32 {
        let reading = &self.reading;
        self.judge.log_odds(Question::Tag(cue.head), ruled, |features| {
            let limit = self.free_until(cue.group.end, sentence.end);
            let beside = self.circumstance(cue.head, sentence);
            features::verb(features, reading, cue, sentence, first, limit, beside);
        })
    }

    /// Where the words that a tag before `end` covers begin: after what is taken.
    pub(super) fn clause_start(&self, sentence: &Range<usize>, end: usize) -> usize {
        if let Some(taken) = (sentence.start..end).rev().find(|at| self.is_taken(*at)) {
            return taken + 1;
        }
        // A sentence that begins inside a quotation belongs to the words that lead up to it.
        match self.reading.quote_around(sentence.start) {
            Some(quote) if quote.start < sentence.start => {
                let lead = self.reading.sentence_of(quote.start);
                if lead.clone().any(|at| self.is_taken(at)) { quote.start } else { lead.start }
            }
            _ => sentence.start,
        }
    }
}

/// Whether nothing is said after the cue: its clause ends, or goes on with a time or place alone.
pub(super) fn ends_here(reading: &Reading<'_>, cue: &Cue, sentence: &Range<usize>) -> bool {
    match cue.after {
        After::End => true,
        After::Mark => {
            !(reading.text(cue.group.end) == ":"
                || reading.is_comma(cue.group.end) && reading.is(cue.group.end + 1, "that"))
        }
        After::Preposition | After::Noun => {
            let end = (cue.group.end..sentence.end)
                .find(|at| {
                    reading.is_stop(*at) || reading.is_dash(*at) || matches!(reading.text(*at), "," | ";")
                })
                .unwrap_or(sentence.end);
            let rest = cue.group.end..end;
            let told = matches!(cue.lemma.text(), "tell" | "ask" | "remind" | "write");
            rest.len() <= 12
                && !rest
                    .clone()
                    .any(|at| reading.is(at, "that") || reading.is_quote(at) || reading.is_finite(at))
                && (cue.after == After::Preposition
                    || told
                    || reading.class(cue.group.end).contains(WordClass::TIME))
        }
        _ => false,
    }
}

/// Whether there is a finite verb in `start..end` outside relative clauses. One without commas ends where a second
/// verb comes: "sailors who were injured | had been treated".
pub(super) fn has_main_verb(reading: &Reading<'_>, start: usize, end: usize) -> bool {
    let mut relative = false;
    let mut own = None;
    for at in start..end {
        if reading.is_any(at, &["who", "which", "whose"]) && at > start {
            (relative, own) = (true, None);
        } else if reading.is_finite(at) || reading.is_quoted(at) && reading.verb(at).is_some() {
            let joined = at.checked_sub(1).is_some_and(|before| {
                reading.class(before).intersects(
                    WordClass::COORDINATOR
                        | WordClass::ADVERB
                        | WordClass::AUXILIARY
                        | WordClass::PREPOSITION
                        | WordClass::DETERMINER,
                )
            });
            if !relative || own.is_some_and(|own| at > own + 1) && !joined {
                return true;
            }
            own = Some(at);
        } else if reading.is_comma(at) {
            relative = false;
        }
    }
    false
}

/// Whether a clause of its own stands after the subordinate one at the head of `lead`: "When the road opens, prices
/// will fall".
fn has_clause_after(reading: &Reading<'_>, lead: &Range<usize>) -> bool {
    let clause = |comma: usize| {
        let first = comma + 1;
        let goes_on = reading.class(first).intersects(WordClass::COORDINATOR | WordClass::WH)
            || reading.is_quote(first)
            || begins_subordinate(reading, first);
        !goes_on && has_main_verb(reading, first, lead.end)
    };
    lead.clone().filter(|at| reading.is_comma(*at) && !reading.is_quoted(*at)).any(clause)
}

pub(super) fn begins_adverbial(reading: &Reading<'_>, at: usize) -> bool {
    reading.class(at).intersects(WordClass::PREPOSITION | WordClass::SUBORDINATOR)
        && !reading.class(at).contains(WordClass::DETERMINER)
}

/// Whether a subordinate clause begins at `at`, which a tag after it would not cover: "When asked, he said".
pub(super) fn begins_subordinate(reading: &Reading<'_>, at: usize) -> bool {
    reading.class(at).contains(WordClass::SUBORDINATOR) && !reading.class(at).contains(WordClass::DETERMINER)
        || reading.verb(at).is_some_and(|verb| verb.form == VerbForm::Gerund) && {
            // "Purchasing managers had kept": a clause already.
            let end = (at..at + PARTICIPIAL).find(|at| reading.is_comma(*at) || reading.is_stop(*at));
            !has_main_verb(reading, at, end.unwrap_or(at + 1))
        }
}

/// The words at a sentence's head that a participle opens end within so many tokens.
const PARTICIPIAL: usize = 24;
