//! Contents: how far what is said reaches.

use std::ops::Range;

use super::cue::{self, After, Cue, Form, addresses};
use super::reading::Reading;
use crate::language::{TokenKind, VerbForm, WordClass};

/// Verbs after which even what looks like a noun phrase is a clause.
const ALWAYS_CLAUSE: &[&str] = &["say", "add", "think", "believe"];

/// Where what is said after `cue` ends when it begins at `start`, not after `limit` unless a quotation
/// goes on.
pub(super) fn end(reading: &Reading<'_>, cue: &Cue, start: usize, limit: usize) -> usize {
    let clause = match cue.after {
        After::That | After::Wh => true,
        After::Quote => return quotation_and_rest(reading, start, limit).end,
        _ => {
            reading.is(start, "that")
                || cue.after == After::Noun && ALWAYS_CLAUSE.contains(&cue.lemma.text())
                || is_clause(reading, start, limit)
        }
    };
    if reading.is_quote(start) && reading.quote_from(start).is_some() {
        return quotation_and_rest(reading, start, limit).end;
    }
    let gerund = cue.form == Form::Gerund;
    if clause {
        return clause_end(reading, start, limit);
    }
    let end = phrase_end(reading, start, limit, gerund);
    if reading.is(start, "to") { end } else { without_time(reading, start, end) }
}

/// Whether a content may end before the word or mark at `at`.
pub(super) fn may_end(reading: &Reading<'_>, at: usize) -> bool {
    let joins = WordClass::COORDINATOR | WordClass::SUBORDINATOR;
    matches!(reading.text(at), "," | ";" | ":" | "(")
        || reading.is_dash(at)
        || reading.class(at).intersects(joins) && !reading.is(at, "that")
        || reading.class(at).contains(WordClass::PREPOSITION) && !reading.is_any(at, &["of", "to"])
        || cue::is_time(reading, at)
        || reading.is_finite(at) && !reading.is_finite(at - 1)
}

/// Where the phrase ends without the time that follows it: "the mayor | last week".
fn without_time(reading: &Reading<'_>, start: usize, end: usize) -> usize {
    let mut cut = end;
    while cut > start + 1 && (reading.is_stop(cut - 1) || cue::is_time(reading, cut - 1)) {
        cut -= 1;
    }
    if cut < end && !reading.is_stop(cut) { cut } else { end }
}

/// What a noun's or adjective's complement from `start` holds.
pub(super) fn noun_or_clause(reading: &Reading<'_>, start: usize, limit: usize) -> Range<usize> {
    if reading.is_any(start, &["that", "whether"]) {
        let end = clause_end(reading, start, limit);
        start..second_predicate(reading, start, end)
    } else {
        start..phrase_end(reading, start, limit, false)
    }
}

/// Where the noun's own clause goes on after the one that complements it: "the claim that the dam was
/// safe | did not hold".
fn second_predicate(reading: &Reading<'_>, start: usize, end: usize) -> usize {
    let mut finite = false;
    for at in start + 1..end {
        if is_predicate(reading, at) {
            let group = finite && !is_predicate(reading, at - 1) && !reading.is_adverb(at - 1);
            if group {
                return at;
            }
            finite = true;
        } else if reading
            .class(at)
            .intersects(WordClass::COORDINATOR | WordClass::SUBORDINATOR | WordClass::WH)
            || reading.is_subject(at)
            || reading.is_mark(at)
            || reading.is_quoted(at)
        {
            finite = false;
        }
    }
    end
}

/// Where the content begins: past the one spoken to, the time and the place.
pub(super) fn start(reading: &Reading<'_>, cue: &Cue, limit: usize) -> usize {
    let mut at = cue.group.end;
    while at < limit && matches!(reading.text(at), "," | ":") {
        at += 1;
    }
    // "noted repeatedly that"
    if reading.is_adverb(at) && (reading.is_any(at + 1, &["that", "to"]) || reading.is_quote(at + 1)) {
        at += 1;
    }
    let speaks = cue::takes_clause(cue.lemma);
    let has_addressee = addresses(cue.lemma) || cue.lemma.text() == "ask" && cue.after == After::Noun;
    let circumstance = speaks
        && (cue.after == After::Preposition && cue.group.end == cue.head + 1 || cue::is_time(reading, at));
    if !(has_addressee || circumstance) {
        return at;
    }
    let opens =
        |at: usize| reading.is_any(at, &["that", "whether", "how"]) || reading.quote_from(at).is_some();
    let ends = |at: usize| reading.is_stop(at) || matches!(reading.text(at), ";");
    // "told the “Evening Show” that": the show is spoken to.
    let that = (at..limit.min(at + 12)).find(|at| reading.is(*at, "that") && !reading.is_quoted(*at));
    if let Some(that) = that
        && reading.quote_from(at).is_none()
        && !(at..that).any(|at| reading.is_finite(at) || reading.is_mark(at))
    {
        return that;
    }
    if let Some(found) = (at..limit.min(at + 25)).take_while(|at| !ends(*at)).find(|at| opens(*at))
        && !reading.has_finite(at..found)
    {
        return found;
    }
    if has_addressee && matches!(cue.after, After::Noun) {
        // The one spoken to ends where a new phrase begins.
        let begin = at;
        at += 1;
        while at < limit {
            let class = reading.class(at);
            let fresh = class.intersects(WordClass::DETERMINER | WordClass::SUBJECT)
                || reading.is_any(at, &["to", "about", "of", "what", "where", "why", "if", "not"])
                || reading.is_capital(at)
                    && !reading.is_capital(at - 1)
                    && !reading.class(at - 1).contains(WordClass::PREPOSITION | WordClass::DETERMINER);
            let inside = reading.class(at - 1).intersects(WordClass::PREPOSITION | WordClass::DETERMINER)
                && at > begin + 1;
            if fresh && !inside || reading.is_comma(at) {
                break;
            }
            at += 1;
        }
        return if at < limit { at } else { begin };
    }
    // "said on Tuesday he would …"
    let begin = at;
    let mut verb_seen = at;
    while verb_seen < limit && !reading.is_finite(verb_seen) {
        verb_seen += 1;
    }
    if verb_seen < limit {
        let mut skip = at;
        while skip < verb_seen
            && (reading.class(skip).intersects(WordClass::TIME)
                || reading.is_any(skip, &["on", "last", "this", "in", "late", "early", ","])
                || reading.kind(skip) == Some(TokenKind::Number))
        {
            skip += 1;
        }
        if skip > begin && skip < verb_seen {
            return skip;
        }
        if cue.after == After::Preposition {
            let fresh = (begin + 2..verb_seen).find(|at| {
                reading.is_subject(*at)
                    || (reading.class(*at).contains(WordClass::DETERMINER)
                        || reading.is_capital(*at) && !reading.is_capital(*at - 1))
                        && !reading.class(*at - 1).intersects(WordClass::PREPOSITION | WordClass::DETERMINER)
            });
            return fresh.unwrap_or(begin);
        }
    }
    begin
}

/// A quotation from `start`, and the rest of its sentence where it goes on.
fn quotation_and_rest(reading: &Reading<'_>, start: usize, limit: usize) -> Range<usize> {
    let Some(quote) = reading.quote_from(start) else { return start..clause_end(reading, start, limit) };
    let inner_last = quote.end.saturating_sub(2);
    let stops = reading.is_stop(inner_last) || reading.is_comma(inner_last);
    let next = quote.end;
    let goes_on = !stops && next < limit && !reading.is_mark(next);
    if goes_on {
        start..phrase_end(reading, next, limit, false)
    } else {
        // A saying of several sentences reaches beyond this one.
        start..quote.end
    }
}

/// Whether a clause with a finite verb of its own begins at `start`.
fn is_clause(reading: &Reading<'_>, start: usize, limit: usize) -> bool {
    if reading.is_subject(start) || reading.is(start, "there") {
        return !reading.is_any(start, &["it", "you", "her"])
            || reading.is_finite(start + 1)
            || reading.is_finite(start + 2);
    }
    for at in start + 1..limit {
        if reading.is_stop(at) || matches!(reading.text(at), "," | ";" | ":") || reading.is_dash(at) {
            return false;
        }
        if reading.is_any(
            at,
            &[
                "who", "which", "that", "when", "while", "because", "after", "as", "where", "if", "and",
                "but", "or", "before",
            ],
        ) || reading.is_subject(at)
        {
            return false;
        }
        if reading.is_finite(at) && !reading.is_quoted(at) {
            return true;
        }
    }
    false
}

/// Where a clause that begins at `start` ends.
fn clause_end(reading: &Reading<'_>, start: usize, limit: usize) -> usize {
    let mut at = start + 1;
    while at < limit {
        if let Some(quote) = reading.quote_from(at) {
            at = quote.end.max(at + 1);
            if at > start + 1 && reading.is_comma(at - 2) && ends_before(reading, at, limit) {
                return at;
            }
            continue;
        }
        let text = reading.text(at);
        if text == ";" || text == "," && ends_before(reading, at + 1, limit) {
            return at;
        }
        if reading.is_any(at, &["and", "but"]) && is_coordinate_cue(reading, at, limit) {
            return at;
        }
        at += 1;
    }
    // A quotation that goes on past the sentence is said to its end.
    at.max(limit)
}

/// Whether a comma before `at` ends the content: a new cue, a relative or contrasting clause follows.
fn ends_before(reading: &Reading<'_>, at: usize, limit: usize) -> bool {
    if reading.is_any(at, &["but", "which", "while", "though", "although", "saying"]) {
        return true;
    }
    if reading.verb(at).is_some_and(|verb| verb.form == VerbForm::Gerund) {
        return cue::verb_cue(reading, at, &(at..limit)).is_some_and(|cue| cue.score > -10);
    }
    reading.is(at, "and") && is_coordinate_cue(reading, at, limit)
}

/// Whether the coordinator at `at` leads to another reporting verb of the same subject.
fn is_coordinate_cue(reading: &Reading<'_>, at: usize, limit: usize) -> bool {
    let mut next = at + 1;
    while reading.is_adverb(next) {
        next += 1;
    }
    if reading.is_any(next, &["he", "she", "they"]) {
        next += 1;
    }
    while reading.is_adverb(next) {
        next += 1;
    }
    next < limit
        && cue::verb_cue(reading, next, &(at..limit)).is_some_and(|cue| {
            cue.form == Form::Past
                && cue.score > 0
                && matches!(cue.after, After::That | After::Quote | After::Noun)
        })
}

/// Whether the comma at `comma` stands in a list: "murder, theft and fraud".
fn is_list(reading: &Reading<'_>, comma: usize) -> bool {
    let apart = WordClass::DETERMINER | WordClass::PREPOSITION | WordClass::SUBORDINATOR | WordClass::WH;
    let other = apart | WordClass::SUBJECT | WordClass::COORDINATOR | WordClass::ADVERB;
    !reading.class(comma + 1).intersects(other)
        && !reading.verb(comma + 1).is_some_and(|verb| verb.form == VerbForm::Gerund)
        && !reading.is_finite(comma + 1)
        && (comma + 2..comma + 6)
            .take_while(|at| {
                !reading.is_finite(*at) && !reading.class(*at).intersects(apart) && !reading.is_stop(*at)
            })
            .any(|at| reading.is_any(at, &["and", "or"]))
}

const CLAUSE_OPENERS: &[&str] =
    &["who", "which", "that", "what", "whom", "whose", "how", "where", "whether", "if", "there"];

/// Whether the word at `at` is the verb of a clause whose subject came before it.
fn is_predicate(reading: &Reading<'_>, at: usize) -> bool {
    if !reading.is_finite(at) || reading.is_quoted(at) {
        return false;
    }
    match reading.verb(at).map(|verb| verb.form) {
        // "those planned by", "calls": a participle or noun as likely as not.
        Some(VerbForm::Past) => {
            !reading.text(at).ends_with("ed") && !reading.class(at + 1).contains(WordClass::PREPOSITION)
        }
        Some(_) => false,
        None => !reading.text(at).ends_with("ed"),
    }
}

/// Where a noun phrase or infinitive that begins at `start` ends.
///
/// After a gerund, another one after "and" is its companion and no part of the phrase.
fn phrase_end(reading: &Reading<'_>, start: usize, limit: usize, gerund: bool) -> usize {
    let mut at = start + 1;
    let mut clause = reading.class(start).intersects(WordClass::WH);
    let infinitive = reading.is(start, "to");
    while at < limit {
        if let Some(quote) = reading.quote_from(at) {
            at = quote.end.max(at + 1);
            if matches!(reading.text(at - 2), ",") && !reading.is_quote(at) && !reading.is(at, "and") {
                return at;
            }
            continue;
        }
        let text = reading.text(at);
        clause |= reading.is_subject(at) || reading.is_any(at, CLAUSE_OPENERS);
        if !clause && is_predicate(reading, at) {
            while at > start + 1 && reading.is_adverb(at - 1) {
                at -= 1;
            }
            return at;
        }
        if reading.is(at, "and") {
            let mut next = at + 1;
            while reading.is_adverb(next) {
                next += 1;
            }
            let companion = gerund && reading.verb(next).is_some_and(|verb| verb.form == VerbForm::Gerund);
            if companion || !clause && !infinitive && reading.is_finite(next) {
                return at;
            }
        }
        if text == ";" || text == ":" || reading.is_dash(at) && text != "-" {
            return at;
        }
        if text == "," {
            let number = |at: usize| reading.kind(at) == Some(TokenKind::Number);
            let list = reading.is_capital(at + 1)
                || reading.is_any(at + 1, &["including", "or"])
                || number(at + 1) && number(at - 1)
                || is_list(reading, at);
            if !list {
                return at;
            }
        }
        if reading.is_any(at, &["because", "while", "when", "although", "though", "since", "but"])
            || !infinitive && reading.is_any(at, &["after", "before", "if"])
        {
            return at;
        }
        at += 1;
    }
    // A quotation that goes on past the sentence is said to its end.
    at.max(limit)
}
