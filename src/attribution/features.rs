//! Features: what the judge is told of a question, each a hash.
//!
//! A word stands for itself by its lower-case form; a name only by its shape. No feature holds more
//! than two words, and training drops those found in few articles.

use std::ops::Range;

use super::cue::{self, Cue};
use super::judge::Question;
use super::reading::Reading;
use super::source;
use crate::language::{TokenKind, WordClass, with_lower_case};

/// The features of one question.
pub(super) struct Features {
    question: u32,
    list: Vec<u32>,
}

impl Features {
    /// None yet.
    pub(super) fn of(question: Question) -> Self {
        let question = match question {
            Question::Verb(_) => 1,
            Question::Nominal(_) => 2,
            Question::End(..) => 3,
            Question::Extension(..) => 4,
        };
        let mut features = Self { question, list: Vec::with_capacity(80) };
        features.add(0, 0, 0);
        features
    }

    pub(super) fn list(&self) -> &[u32] {
        &self.list
    }

    /// Adds what `template` says with the values `a` and `b`.
    pub(super) fn add(&mut self, template: u32, a: u32, b: u32) {
        let hash = mix(mix(u64::from(self.question << 16 | template), a), b);
        self.list.push((hash >> 32) as u32);
    }

    /// The words and word classes around `at`, beyond what belongs to the question itself.
    fn window(&mut self, reading: &Reading<'_>, at: usize, first: u32) {
        let places = [3_usize, 2, 1].map(|back| at.checked_sub(back));
        let around = places.into_iter().chain((0..4).map(|on| Some(at + on)));
        let mut tags = [0; 7];
        for ((place, tag), template) in around.zip(&mut tags).zip(first..) {
            let place = place.unwrap_or(usize::MAX);
            *tag = class(reading, place);
            self.add(template, word(reading, place), 0);
            self.add(template + 10, *tag, 0);
        }
        let [_, before_last, before, here, after, after_next, _] = tags;
        self.add(first + 20, before, here);
        self.add(first + 21, here, after);
        self.add(first + 22, before_last, before);
        self.add(first + 23, after, after_next);
        self.add(first + 24, before, after);
    }
}

/// What the engine knows beside the words when it comes to a cue.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Circumstance {
    /// The attributions found in the sentence already.
    pub(super) drafts: u32,
    /// Tokens since what is taken, at most 7.
    pub(super) gap: u32,
    /// Whether the sentence goes on with what is taken.
    pub(super) taken_after: bool,
    /// The last attribution was found in this sentence (0), the one before (1) or further back.
    pub(super) since: u32,
}

/// Describes the verb of `cue`.
pub(super) fn verb(
    features: &mut Features,
    reading: &Reading<'_>,
    cue: &Cue,
    sentence: &Range<usize>,
    first: usize,
    limit: usize,
    beside: Circumstance,
) {
    let lemma = u32::try_from(cue.lemma.index()).unwrap_or(u32::MAX);
    let (form, after) = (cue.form as u32, cue.after as u32);
    let (start, end) = (cue.group.start, cue.group.end);
    features.window(reading, cue.head, 100);
    let subject = source::before(reading, first, start);
    let last = subject.end.checked_sub(1).filter(|_| !subject.is_empty());
    let kind = source::kind(reading, &reading.trimmed(subject.clone())) as u32;
    let subject_word = last.map_or(0, |last| word(reading, last));
    let opener = subject.start.checked_sub(1).filter(|at| *at >= sentence.start);
    let opener = opener.map_or(1, |opener| word(reading, opener));
    let score = bucket(cue.score, 4);
    let group = (start..cue.head).fold(1, |hash, at| combine(hash, word(reading, at)));
    let object = head_noun(reading, end, limit);
    let complement = complement(reading, end, limit);
    let before = start.checked_sub(1).filter(|at| *at >= sentence.start);
    let before_class = before.map_or(1, |at| class(reading, at));
    features.add(1, lemma, 0);
    features.add(2, lemma, after);
    features.add(3, lemma, form);
    features.add(4, lemma, complement);
    features.add(5, lemma, before_class);
    features.add(6, lemma, word(reading, end));
    features.add(7, lemma, before.map_or(1, |at| word(reading, at)));
    features.add(8, lemma, subject_word);
    features.add(9, lemma, kind);
    features.add(10, lemma, word(reading, object));
    features.add(11, form, after);
    features.add(12, form, before_class);
    features.add(13, form * 16 + after, complement);
    features.add(14, form * 16 + after, kind);
    features.add(15, score, 0);
    features.add(16, score, form * 16 + after);
    features.add(17, score, kind);
    features.add(18, kind, bucket_length(subject.len()));
    features.add(19, subject_word, form);
    features.add(20, subject_word, after);
    features.add(21, opener, form);
    features.add(22, opener, after);
    features.add(23, group, form);
    features.add(24, lemma, group);
    features.add(25, complement, kind);
    features.add(26, word(reading, object), after);
    features.add(27, class(reading, object), after);
    features.add(28, beside.drafts, form);
    features.add(29, beside.gap, form * 16 + after);
    features.add(30, u32::from(beside.taken_after), after);
    features.add(31, beside.since, score);
    features.add(32, bucket_length(cue.head - sentence.start), form);
    features.add(33, bucket_length(sentence.end - cue.head), after);
    features.add(34, bucket_length(sentence.len()), form);
    features.add(35, u32::from(cue::takes_clause(cue.lemma)), form * 16 + after);
    features.add(36, bucket_length(limit.saturating_sub(end)), after);
    features.add(37, subject.start.checked_sub(1).map_or(1, |at| class(reading, at)), form * 16 + after);
    features.add(38, u32::from(reading.is_title_case(sentence.clone())), form * 16 + after);
    features.add(39, lemma, opener);
    features.add(40, verbs_before(reading, sentence.start, start), form * 16 + after);
    features.add(41, class(reading, end), class(reading, end + 1));
    features.add(42, word(reading, end), word(reading, end + 1));
    features.add(43, lemma, class(reading, end + 1));
    let rival = |at: Option<usize>| at.and_then(|at| cue::verb_cue(reading, at, sentence));
    let next = rival((end..limit).find(|at| reading.verb(*at).is_some()));
    let last = rival((first..start).rev().find(|at| reading.verb(*at).is_some()));
    let its_score = |rival: &Option<Cue>| rival.as_ref().map_or(99, |rival| bucket(rival.score, 6));
    let its_form = |rival: &Option<Cue>| rival.as_ref().map_or(99, |rival| rival.form as u32);
    let its_lemma = |rival: &Option<Cue>| {
        rival.as_ref().map_or(u32::MAX, |rival| u32::try_from(rival.lemma.index()).unwrap_or(u32::MAX))
    };
    features.add(44, its_score(&next), score);
    features.add(45, its_score(&last), score);
    features.add(46, its_form(&next), form * 16 + after);
    features.add(47, its_form(&last), form * 16 + after);
    features.add(48, lemma, its_lemma(&next));
    features.add(49, lemma, its_lemma(&last));
}

/// Describes the noun or adjective at `at`; `marks` says what the rules take it for.
pub(super) fn nominal(
    features: &mut Features,
    reading: &Reading<'_>,
    at: usize,
    marks: u32,
    sentence: &Range<usize>,
    limit: usize,
    beside: Circumstance,
) {
    features.window(reading, at, 100);
    let own = word(reading, at);
    let link = word(reading, at + 1);
    let owner = (sentence.start..at).rev().take(4).find(|at| {
        reading.is_possessive(*at) || reading.is_any(*at, &["his", "her", "their", "its", "my", "our"])
    });
    let owned = u32::from(owner.is_some());
    let light = cue::light_verb(reading, sentence.start, at);
    let light = light.map_or(0, |light| word(reading, light));
    let complement = complement(reading, at + 2, limit);
    features.add(1, own, link);
    features.add(2, own, owned);
    features.add(3, own, light);
    features.add(4, own, marks);
    features.add(5, link, marks);
    features.add(6, link, owned);
    features.add(7, marks, owned);
    features.add(8, light, link);
    features.add(9, complement, marks);
    features.add(10, own, complement);
    features.add(11, suffix(reading, at), link);
    features.add(12, suffix(reading, at), owned);
    features.add(13, beside.drafts, marks);
    features.add(14, beside.gap, marks);
    features.add(15, u32::from(beside.taken_after), marks);
    features.add(16, own, at.checked_sub(1).map_or(1, |at| word(reading, at)));
    features.add(17, class(reading, at + 2), link);
    features.add(18, own, class(reading, at + 2));
    features.add(19, bucket_length(at - sentence.start), marks);
    features.add(20, owned, complement);
}

/// Describes the word at `at` as a part of `cue`; the rules say `ruled`.
pub(super) fn extension(
    features: &mut Features,
    reading: &Reading<'_>,
    cue: &Cue,
    at: usize,
    ruled: bool,
    limit: usize,
) {
    let lemma = u32::try_from(cue.lemma.index()).unwrap_or(u32::MAX);
    let (form, after) = (cue.form as u32, cue.after as u32);
    let ruled = u32::from(ruled);
    let own = word(reading, at);
    let next = at + 1;
    let complement = complement(reading, next, limit);
    features.add(1, lemma, own);
    features.add(2, own, ruled);
    features.add(3, own, form);
    features.add(4, own, class(reading, next));
    features.add(5, own, word(reading, next));
    features.add(6, own, complement);
    features.add(7, lemma, ruled);
    features.add(8, ruled, form * 16 + after);
    features.add(9, own, u32::from(cue::takes_clause(cue.lemma)));
    features.add(10, ruled, class(reading, next));
    features.add(11, lemma, class(reading, next));
    features.add(12, ruled, u32::try_from(at - cue.head).unwrap_or(9));
}

/// Describes the place `at` as the end of the content of `cue` that begins at `start`; the rules say
/// `ruled`.
pub(super) fn end(
    features: &mut Features,
    reading: &Reading<'_>,
    cue: &Cue,
    start: usize,
    at: usize,
    ruled: usize,
    limit: usize,
) {
    let lemma = u32::try_from(cue.lemma.index()).unwrap_or(u32::MAX);
    let (form, after) = (cue.form as u32, cue.after as u32);
    let says = match at.cmp(&ruled) {
        std::cmp::Ordering::Less => 0,
        std::cmp::Ordering::Equal => 1,
        std::cmp::Ordering::Greater => 2,
    };
    features.window(reading, at, 100);
    let mark = word(reading, at);
    let next = word(reading, at + 1);
    let begins = word(reading, start);
    let finite = u32::from(reading.has_finite(start..at)) * 2 + u32::from(reading.has_finite(at + 1..limit));
    let commas = |range: Range<usize>| {
        u32::try_from(range.filter(|at| reading.text(*at) == ",").count().min(3)).unwrap_or(3)
    };
    let length = bucket_length(at - start);
    let rest = bucket_length(limit.saturating_sub(at));
    let quotes = u32::from((start..at).any(|at| reading.is_quote(at))) * 2
        + u32::from((at..limit).any(|at| reading.is_quote(at)));
    let clause = u32::from(cue::takes_clause(cue.lemma));
    let next_verb = reading.verb(at + 1).map_or(0, |verb| verb.form as u32 + 1);
    let own_verb = (at + 1..limit).find_map(|at| reading.verb(at)).map_or(0, |verb| verb.form as u32 + 1);
    let cue_follows = cue::verb_cue(reading, at + 1, &(at..limit)).map_or(-100, |cue| cue.score);
    features.add(1, says, mark);
    features.add(2, says, next);
    features.add(3, says, finite);
    features.add(4, says * 256 + after * 16 + form, mark);
    features.add(5, says, length);
    features.add(6, says, rest);
    features.add(7, says, lemma);
    features.add(8, lemma, mark);
    features.add(9, mark, next);
    features.add(10, mark, finite * 4 + says);
    features.add(11, mark, commas(start..at) * 4 + commas(at + 1..limit));
    features.add(12, mark, quotes * 4 + says);
    features.add(13, begins, mark);
    features.add(14, begins, next);
    features.add(15, clause * 4 + says, mark);
    features.add(16, clause * 4 + says, next);
    features.add(17, after * 4 + says, next);
    features.add(18, mark, class(reading, at + 1));
    features.add(19, class(reading, at + 1), class(reading, at + 2));
    features.add(20, mark, next_verb * 8 + own_verb);
    features.add(21, bucket(cue_follows, 6), mark);
    features.add(22, mark, length * 16 + rest);
    features.add(23, next, word(reading, at + 2));
    features.add(24, after * 4 + says, finite * 16 + length);
    features.add(25, next, finite);
    features.add(26, lemma, next);
    features.add(27, at.checked_sub(1).map_or(0, |at| class(reading, at)), class(reading, at + 1));
    features.add(28, begins, after * 16 + form);
    let later = (at + 1..limit.min(at + 9)).find(|at| reading.verb(*at).is_some());
    let later = later.and_then(|later| cue::verb_cue(reading, later, &(at..limit)));
    features.add(29, later.map_or(99, |cue| bucket(cue.score, 6)), mark);
}

/// What a clause, phrase or quotation after a cue looks like, in a few bits.
fn complement(reading: &Reading<'_>, start: usize, limit: usize) -> u32 {
    let near = start..limit.min(start + 8);
    let that = near.clone().any(|at| reading.is(at, "that"));
    let to = near.clone().any(|at| reading.is(at, "to"));
    let quote = (start..limit).any(|at| reading.is_quote(at));
    let finite = near.clone().any(|at| reading.is_finite(at));
    let subject = reading.is_subject(start);
    let comma = near.clone().any(|at| reading.text(at) == ",");
    let name = reading.is_capital(start);
    [that, to, quote, finite, subject, comma, name].iter().fold(0, |bits, bit| bits * 2 + u32::from(*bit))
}

/// The last word of the noun phrase that begins at `start`, as far as word classes tell.
fn head_noun(reading: &Reading<'_>, start: usize, limit: usize) -> usize {
    let stop = WordClass::PREPOSITION | WordClass::SUBORDINATOR | WordClass::WH | WordClass::COORDINATOR;
    let end = (start..limit.min(start + 6))
        .find(|at| {
            !reading.is_word(*at)
                || *at > start && reading.class(*at).intersects(stop)
                || *at > start && reading.is_finite(*at)
        })
        .unwrap_or(limit.min(start + 6));
    end.checked_sub(1).filter(|at| *at >= start).unwrap_or(start)
}

fn verbs_before(reading: &Reading<'_>, start: usize, end: usize) -> u32 {
    u32::try_from((start..end).filter(|at| reading.is_finite(*at)).count().min(3)).unwrap_or(3)
}

/// The word at `at`, or the shape of a name, number or mark.
fn word(reading: &Reading<'_>, at: usize) -> u32 {
    let text = reading.text(at);
    match reading.kind(at) {
        None => 2,
        Some(TokenKind::Number) => 3,
        Some(TokenKind::Word)
            if reading.is_capital(at) && reading.class(at).is_empty() && reading.verb(at).is_none() =>
        {
            if text.len() > 1 && text.bytes().all(|byte| !byte.is_ascii_lowercase()) { 4 } else { 5 }
        }
        Some(_) => with_lower_case(text, |lower| lower.bytes().fold(0x811c_9dc5, letter)).unwrap_or(6),
    }
}

/// The last three letters of a word.
fn suffix(reading: &Reading<'_>, at: usize) -> u32 {
    let text = reading.text(at).as_bytes();
    text.iter().rev().take(3).fold(7, |hash, byte| letter(hash, *byte))
}

/// What kind of word stands at `at`.
fn class(reading: &Reading<'_>, at: usize) -> u32 {
    let Some(kind) = reading.kind(at) else { return 1 };
    if kind == TokenKind::Mark || kind == TokenKind::Stop {
        return combine(2, u32::from(reading.text(at).bytes().next().unwrap_or(0)));
    }
    let text = reading.text(at);
    let ending = if reading.is_capital(at) {
        1
    } else if text.ends_with("ing") {
        2
    } else if text.ends_with("ed") {
        3
    } else if text.ends_with("ly") {
        4
    } else if text.ends_with('s') {
        5
    } else {
        6
    };
    let verb = reading.verb(at).map_or(0, |verb| verb.form as u32 + 1);
    combine(combine(kind as u32, reading.class(at).bits()), ending * 8 + verb)
}

/// `value` in steps of `step`, cut at twelve either way.
fn bucket(value: i32, step: i32) -> u32 {
    u32::try_from((value / step).clamp(-12, 12) + 12).unwrap_or(0)
}

fn bucket_length(length: usize) -> u32 {
    match length {
        0..=4 => u32::try_from(length).unwrap_or(0),
        5..=6 => 5,
        7..=9 => 6,
        10..=14 => 7,
        15..=22 => 8,
        _ => 9,
    }
}

fn letter(hash: u32, byte: u8) -> u32 {
    (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
}

fn combine(hash: u32, value: u32) -> u32 {
    (hash.rotate_left(5) ^ value).wrapping_mul(0x9e37_79b1)
}

fn mix(hash: u64, value: u32) -> u64 {
    let out = (hash ^ u64::from(value)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    out ^ (out >> 31)
}
