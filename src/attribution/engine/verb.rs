//! Verbs with what is said after them.

use std::ops::Range;

use super::{Draft, Engine, THRESHOLD, tenths};
use crate::attribution::cue::{self, After, Cue, Form};
use crate::attribution::features::{self, Anchor};
use crate::attribution::judge::{Judge, Question};
use crate::attribution::reading::Reading;
use crate::attribution::{Link, source};
use crate::language::{VerbForm, WordClass};

impl Engine<'_> {
    pub(super) fn verb(&self, head: usize, sentence: &Range<usize>) -> Option<Draft> {
        let reading = &self.reading;
        let cue = cue::verb_cue(reading, head, sentence)?;
        // "the expected vote"
        if cue.form == Form::Noun || cue.form == Form::Past && reading.follows_article(head) {
            return None;
        }
        let first = self.bound(sentence, cue.group.start);
        if self.belongs_to_subject(&cue, first, sentence.end) {
            return None;
        }
        let log_odds = self.judge.log_odds(Question::Verb(head), tenths(cue.score - THRESHOLD), |features| {
            let limit = self.free_until(cue.group.end, sentence.end);
            let beside = self.circumstance(head, sentence);
            features::verb(features, reading, &cue, sentence, first, limit, beside);
        });
        if log_odds <= self.judge.least() {
            return None;
        }
        let cue = self.with_particle(cue, sentence);
        let cue = self.with_noun(self.with_infinitive(cue, sentence), sentence);
        let cue = self.with_extent(cue, first, sentence);
        let (mut source, mut pieces) = (0..0, Vec::new());
        let base = cue.lemma.text();
        let subject = || {
            let near = source::before(reading, first, cue.group.start);
            if near.is_empty() { self.main_subject(sentence, cue.group.start) } else { near }
        };
        let limit = self.free_until(cue.group.end, fronted_end(reading, head, sentence));
        let raising = is_raising(&cue);
        let by = agent(reading, cue.group.end, limit);
        let reduced = cue.form == Form::Past && by == Some(cue.group.end);
        match cue.form {
            _ if reduced => {
                let mut end = cue.group.start;
                if end > first && reading.is_comma(end - 1) {
                    end -= 1;
                }
                pieces.push(source::before(reading, first, end));
                source = source::following(reading, cue.group.end + 1, limit);
            }
            Form::Passive => {
                let asked =
                    matches!(base, "ask" | "tell" | "remind" | "inform" | "warn" | "press" | "question");
                if !asked && !is_expletive(reading, &cue) {
                    pieces.push(subject());
                }
                if let Some(by) = by {
                    source = source::following(reading, by + 1, limit);
                    if by > cue.group.end {
                        pieces.push(cue.group.end..by);
                    }
                } else if !matches!(cue.after, After::Mark | After::End) {
                    pieces.push(self.content(&cue, limit));
                }
            }
            _ if raising => {
                if !is_expletive(reading, &cue) {
                    pieces.push(subject());
                }
                pieces.push(self.content(&cue, limit));
            }
            _ if is_fronted(reading, head, sentence) && limit < sentence.end => {
                if cue.form == Form::Gerund {
                    source = following_subject(reading, limit + 1, sentence.end);
                }
                pieces.push(self.content(&cue, limit));
            }
            Form::Gerund if modifies_noun(reading, &cue, sentence) => {
                source = source::before(reading, first, cue.group.start);
                pieces.push(self.content(&cue, limit));
            }
            Form::Gerund | Form::Infinitive => {
                source = self.main_subject(sentence, cue.group.start);
                pieces.push(self.content(&cue, limit));
            }
            _ => {
                source = subject();
                // "an event that she says led him there": the relative pronoun is part of what is said.
                if let Some(relative) =
                    source.start.checked_sub(1).filter(|at| *at > sentence.start && *at >= first)
                    && reading.is_any(relative, &["that", "which", "whom", "what"])
                    && reading.verb(relative - 1).is_none()
                    && !self.is_taken(relative)
                    && !source.is_empty()
                {
                    pieces.push(relative..relative + 1);
                }
                pieces.push(self.content(&cue, limit));
            }
        }
        let pieces: Vec<_> =
            pieces.into_iter().filter(|piece| !reading.trimmed(piece.clone()).is_empty()).collect();
        if pieces.is_empty() {
            return None;
        }
        let source = self.source(&Anchor::of(&cue), source, &pieces, first, sentence);
        Some(Draft { source, cue: cue.group.clone(), content: pieces, link: Link::CueBefore, log_odds })
    }

    /// Whether `cue` only tells who the subject of a verb after it is, which reports: "unions who |oppose| the plan
    /// said …". One attribution does not lie in the source of another, and what is said there is the news.
    fn belongs_to_subject(&self, cue: &Cue, first: usize, end: usize) -> bool {
        let reading = &self.reading;
        let Some(who) = cue.group.start.checked_sub(1).filter(|who| *who > first) else { return false };
        // In training it is what people marked that tells.
        if matches!(self.judge, Judge::Teacher(_))
            || !reading.is_any(who, &["who", "which"])
            || !reading.is_word(who - 1)
            || reading.has_finite(first..who)
        {
            return false;
        }
        let joins = WordClass::COORDINATOR | WordClass::SUBORDINATOR | WordClass::WH;
        let closes = |at: &usize| {
            reading.is_mark(*at) || reading.is_quote(*at) || reading.class(*at).intersects(joins)
        };
        let clause = (cue.group.end..end).take_while(|at| !closes(at));
        let mut verbs = clause.filter(|at| reading.is_finite(*at) && !reading.is_finite(at - 1));
        // "who believe the data |is| wrong said": what such a verb reports has one of its own.
        let main = verbs.nth(usize::from(cue::takes_clause(cue.lemma)));
        main.and_then(|main| cue::verb_cue(reading, main, &(first..end))).is_some_and(|main| {
            cue::takes_clause(main.lemma) && matches!(main.form, Form::Past | Form::Present | Form::Base)
        })
    }
}

/// Whether the gerund follows a noun of its own: "a couple claiming allegiance".
pub(super) fn modifies_noun(reading: &Reading<'_>, cue: &Cue, sentence: &Range<usize>) -> bool {
    let Some(before) = cue.group.start.checked_sub(1).filter(|at| *at >= sentence.start) else {
        return false;
    };
    reading.is_word(before)
        && !reading.is_finite(before)
        && !reading.class(before).intersects(
            WordClass::PREPOSITION | WordClass::COORDINATOR | WordClass::SUBORDINATOR | WordClass::DETERMINER,
        )
        && !reading.class(before).contains(WordClass::TIME)
}

/// Whether the subject of `cue` is the empty "it" of "it is believed that".
pub(super) fn is_expletive(reading: &Reading<'_>, cue: &Cue) -> bool {
    cue.group.start.checked_sub(1).is_some_and(|at| reading.is(at, "it"))
        && (cue.group.end..reading.len().min(cue.group.end + 4)).any(|at| reading.is(at, "that"))
}

/// The subject of the clause that begins at `start`.
pub(super) fn following_subject(reading: &Reading<'_>, start: usize, end: usize) -> Range<usize> {
    let verb = (start + 1..end.min(start + 12)).find(|at| reading.is_finite(*at));
    verb.map_or(start..start, |verb| source::before(reading, start, verb))
}

/// Whether the verb at `head` is a participle that opens the sentence: "Asked about the dam, he …".
pub(super) fn is_fronted(reading: &Reading<'_>, head: usize, sentence: &Range<usize>) -> bool {
    head == sentence.start
        && reading
            .verb(head)
            .is_some_and(|verb| matches!(verb.form, VerbForm::Gerund | VerbForm::Past | VerbForm::Participle))
}

/// Where the clause of the verb at `head` ends: at the comma, when it is a subordinate clause that
/// opens the sentence ("While she backs the bill, he …"), else with the sentence.
pub(super) fn fronted_end(reading: &Reading<'_>, head: usize, sentence: &Range<usize>) -> usize {
    let mut first = sentence.start;
    while reading.class(first).contains(WordClass::COORDINATOR) || reading.is_quote(first) {
        first += 1;
    }
    let opens = reading.class(first).contains(WordClass::SUBORDINATOR)
        && !reading.class(first).contains(WordClass::DETERMINER)
        || is_fronted(reading, head, sentence);
    if !opens || (first..head).any(|at| reading.is_comma(at)) {
        return sentence.end;
    }
    (head..sentence.end)
        .find(|at| {
            let comma = reading.is_comma(*at) && !reading.is_quoted(*at);
            let after = at + 1;
            comma
                && (reading.is_capital(after)
                    || reading.class(after).intersects(WordClass::SUBJECT | WordClass::DETERMINER))
                && !reading.is_any(after, &["who", "which", "whose", "that"])
        })
        .unwrap_or(sentence.end)
}

/// Whether the subject belongs to what is said: "he seems to have left".
pub(super) fn is_raising(cue: &Cue) -> bool {
    matches!(cue.lemma.text(), "seem" | "appear")
        && matches!(cue.after, After::To | After::Noun | After::Preposition | After::As | After::Gerund)
}

/// The "by" after a passive that ends at token `end`, before `limit`.
pub(super) fn agent(reading: &Reading<'_>, end: usize, limit: usize) -> Option<usize> {
    (end..limit.min(end + 8))
        .find(|at| reading.is(*at, "by") || reading.is_mark(*at) || reading.is(*at, "to"))
        .filter(|at| reading.is(*at, "by"))
}
