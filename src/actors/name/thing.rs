//! What is named and is no actor: ships, films, systems, cases in court, by what stands in the name or beside it.

use std::ops::Range;

use super::{Finder, Reading, is_acronym, is_designation};
use crate::actors::actor::ActorKind;
use crate::actors::lexicon::{self, NameWord, name_word};
use crate::actors::mention::{Certainty, Form};
use crate::language::{TokenKind, WordClass, noun_class, noun_sense};

/// How many tokens a title in quotation marks may have.
const TITLE_REACH: usize = 12;

impl Finder<'_> {
    /// Where the name `start..end` ends if it is an actor's: it may be one with a thing's after it. None for a thing, which
    /// is marked where it tells of other mentions. `titled` says that a title stands before it.
    pub(super) fn end_of_actor(&mut self, start: usize, end: usize, titled: bool) -> Option<usize> {
        let given = lexicon::given_name(self.tokens.text(start)).is_some();
        if !titled && self.is_told_thing(start, end, given) {
            if !self.namesake(start, end) {
                self.thing(start, end);
            }
            return None;
        }
        if !titled && self.is_thing(start, end, given) {
            self.namesake(start, end);
            return None;
        }
        let ends_otherwise = self.lexical(end - 1).contains(NameWord::NOT_ACTOR) && !titled;
        let begins_otherwise = end - start > 1
            && (start..end - 1).any(|index| self.lexical(index).contains(NameWord::NOT_ACTOR))
            && !self.has_head(start, end);
        if ends_otherwise && !(given && end - start == 2) || begins_otherwise && !given {
            // "the Ann Lee Lecture Prize" names Ann Lee as well.
            if end - start >= 3 && given && !self.has_head(start, start + 2) {
                return Some(start + 2);
            }
            if !self.namesake(start, end) && end - start > 1 {
                self.thing(start, end);
            }
            return None;
        }
        Some(end)
    }

    /// Whether the name `start..end` is words of a title in quotation marks that name nobody for sure; the whole title is
    /// marked as a thing.
    pub(super) fn is_of_title(&mut self, start: usize, end: usize, reading: Reading) -> bool {
        let known = match reading.kind {
            Some(ActorKind::Person) => Certainty::Likely,
            _ => Certainty::Sure,
        };
        let of_title = start < self.title_end && reading.certainty < known && !self.headline;
        // "Fox and Friends" says nothing of Fox.
        let whole = start > 0 && self.tokens.list[start - 1].kind == TokenKind::Quote;
        if of_title && whole && end + 1 >= self.title_end {
            self.thing(start, end);
        }
        of_title
    }

    /// The end of the title that the quotation mark at `at` opens: "The Ferry at Night".
    pub(super) fn quoted_title(&self, at: usize, end: usize) -> Option<usize> {
        let opens = matches!(self.tokens.text(at), "“" | "‘")
            || matches!(self.tokens.text(at), "\"" | "''" | "'") && (at == 0 || !self.gap(at).is_empty());
        if !opens || !self.gap(at + 1).is_empty() {
            return None;
        }
        let small = WordClass::PREPOSITION.union(WordClass::DETERMINER).union(WordClass::COORDINATOR);
        let mut capitals = 0;
        for index in at + 1..end.min(at + TITLE_REACH) {
            let token = self.tokens.list[index];
            match token.kind {
                TokenKind::Quote => return (capitals > 1).then_some(index),
                TokenKind::Stop => return None,
                TokenKind::Word if token.capital => {
                    capitals += usize::from(!token.class.contains(WordClass::DETERMINER));
                }
                TokenKind::Word if index == at + 1 || !token.class.intersects(small) => return None,
                _ => {}
            }
        }
        None
    }

    /// Marks `start..end` as the name of a thing.
    pub(super) fn thing(&mut self, start: usize, end: usize) {
        let reading = Reading { kind: None, certainty: Certainty::Thing, sex: None };
        self.push(start, end, Form::Name, reading, None);
    }

    /// Whether the name `start..end` is a party's to a case in court, "Roe v. Wade".
    pub(super) fn is_party_to_case(&self, start: usize, end: usize) -> bool {
        let versus = |index: usize| matches!(self.tokens.text(index), "v" | "v.");
        let after = start.checked_sub(1).is_some_and(|before| {
            versus(before) || self.tokens.text(before) == "." && before > 0 && versus(before - 1)
        });
        let next = end + 1 + usize::from(self.tokens.text(end + 1) == ".");
        after || versus(end) && self.tokens.list.get(next).is_some_and(|token| token.capital)
    }

    /// Adds the person whose surname the thing `start..end` bears, if the article has that person, "the Lee
    /// Polaroids"; whether its shape allows for one.
    pub(super) fn namesake(&mut self, start: usize, end: usize) -> bool {
        let text = self.tokens.text(start);
        let word = self.lexical(start);
        let surname = lexicon::is_surname(text) || !lexicon::is_english(text);
        let suits = end - start > 1 && surname && word.is_empty() && self.registered(start, end).is_none();
        if suits {
            let reading = Reading::of(ActorKind::Person, Certainty::Doubtful);
            self.push(start, start + 1, Form::Name, reading, None);
        }
        suits
    }

    /// Whether what stands before the name `start..end`, in no list, tells that it is a thing: "the film Night Ferry",
    /// "the robot \"Tin\"", "their ship, the Petrel,", "aboard the Petrel", or the words it is short for: "wound
    /// care units (WCU)".
    fn is_told_thing(&self, start: usize, end: usize, given: bool) -> bool {
        let Some(before) = start.checked_sub(1) else { return false };
        if self.is_short_for_small_words(start, end) {
            return true;
        }
        if self.has_head(start, end) || given && end - start > 1 {
            return false;
        }
        let noun = |index: usize| lexicon::is_thing_noun(self.tokens.text(index), true);
        let text = self.tokens.text(before);
        let surname = given || lexicon::is_surname(self.tokens.text(end - 1));
        match self.tokens.list[before].kind {
            TokenKind::Quote => before > 0 && self.gap(start).is_empty() && noun(before - 1),
            _ if noun(before) => true,
            // "journals including", "ships such as".
            _ if text == "including" || text == "as" && before > 1 && self.tokens.is(before - 1, "such") => {
                let several = before.checked_sub(if text == "as" { 2 } else { 1 });
                several.is_some_and(|several| {
                    let one = self.tokens.text(several).strip_suffix('s');
                    one.is_some_and(|one| lexicon::is_thing_noun(one, true))
                })
            }
            _ if text == "," => {
                let closed = matches!(self.tokens.text(end), "," | "." | ")");
                before > 0 && closed && !surname && noun(before - 1)
            }
            _ if self.tokens.is(before, "the") && before > 0 && !surname => {
                let aboard = self.tokens.is(before - 1, "aboard")
                    || self.tokens.is(before - 1, "board") && before > 1 && self.tokens.is(before - 2, "on");
                aboard && self.tokens.list.get(end).is_none_or(|next| next.kind != TokenKind::Word)
            }
            _ => false,
        }
    }

    /// Whether `start..end` are initials in brackets after words in lower case whose first letters they are, and which
    /// tell of no body.
    fn is_short_for_small_words(&self, start: usize, end: usize) -> bool {
        let text = self.tokens.text(start);
        let Some(open) = start.checked_sub(1).filter(|open| self.tokens.text(*open) == "(") else {
            return false;
        };
        let letters = text.strip_suffix('s').unwrap_or(text);
        if end - start != 1 || self.tokens.text(end) != ")" || letters.len() < 2 || letters.len() > open {
            return false;
        }
        let first = open - letters.len();
        let same = letters.bytes().zip(first..open).all(|(letter, index)| {
            let word = self.tokens.text(index);
            letter.is_ascii_uppercase() && word.bytes().next() == Some(letter.to_ascii_lowercase())
        });
        let last = self.tokens.text(open - 1);
        same && !name_word(last).contains(NameWord::ORGANISATION) && noun_sense(last) != noun_class("group")
    }

    /// Whether the name `start..end`, in no list, is a thing's by its shape or what stands after it: "STS-31",
    /// "Vostok 1", "Accident Reporting System".
    fn is_thing(&self, start: usize, end: usize, given: bool) -> bool {
        if end - start == 1 && is_designation(self.tokens.text(start)) {
            return true;
        }
        if end - start > 1
            && self.tokens.text(end - 1) == "System"
            && !lexicon::is_run_as_system(self.tokens.text(end - 2))
        {
            return true;
        }
        if self.has_head(start, end) || given && end - start > 1 {
            return false;
        }
        // "Launch Pad 39A", "Plan B".
        let common = |range: Range<usize>| {
            range
                .into_iter()
                .all(|index| lexicon::is_common(self.tokens.text(index)) && self.lexical(index).is_empty())
        };
        let lettered = end - start == 2 && self.tokens.text(end - 1).len() == 1 && common(start..end - 1);
        let placed = end - start > 1
            && self.gap(end) == " "
            && self.tokens.text(end).len() <= 4
            && self.tokens.text(end).starts_with(|char: char| char.is_ascii_digit())
            && self.tokens.text(end - 1) != "Local"
            && common(start..end);
        if lettered || placed {
            return true;
        }
        // "the New Year", "Executive Order": everyday words for what nobody is.
        let sense = if end - start > 1 { noun_sense(self.tokens.text(end - 1)) } else { 0 };
        let is_of = |class: &str| sense != 0 && sense == noun_class(class);
        if is_of("time") && !lexicon::is_surname(self.tokens.text(end - 1))
            || is_of("communication")
                && (start..end).all(|index| lexicon::is_english(self.tokens.text(index)))
        {
            return true;
        }
        let prize = self.tokens.text(end).split_once('-').is_some_and(|(first, _)| {
            first.starts_with(char::is_uppercase) && name_word(first).contains(NameWord::NOT_ACTOR)
        });
        if prize {
            return true;
        }
        let next = self.tokens.text(end);
        let numbered = end - start == 1
            && self.tokens.list.get(end).is_some_and(|token| token.kind == TokenKind::Number)
            && next.len() <= 2
            && self.gap(end) == " "
            && !self.is_station(start)
            && !matches!(self.tokens.text(end + 1), "-" | "–" | "—" | "," | ":")
            && self.tokens.list.get(end + 1).is_none_or(|token| !token.capital);
        !given && (numbered || lexicon::is_thing_noun(next, false))
    }

    /// Whether the initials at `at` are a broadcaster's, whose stations have numbers.
    fn is_station(&self, at: usize) -> bool {
        let text = self.tokens.text(at);
        is_acronym(text) && !self.registry.named(&format!("{text} News")).is_empty()
    }

    /// Whether the name `start..end` is the first part of a work's, told apart from the second by a colon in the middle of
    /// a sentence: "in Night Ferry: The Return".
    pub(super) fn is_before_subtitle(&self, start: usize, end: usize) -> bool {
        let capital = |index: usize| self.tokens.list.get(index).is_some_and(|token| token.capital);
        let small = |index: usize| {
            let token = self.tokens.list[index];
            token.kind == TokenKind::Word && !token.capital
        };
        self.tokens.text(end) == ":"
            && self.gap(end).is_empty()
            && !self.headline
            && start.checked_sub(1).is_some_and(small)
            && capital(end + 1)
            && capital(end + 2)
            && self.registered(start, end).is_none()
            && !self.lexical(end - 1).intersects(NameWord::PEOPLE.union(NameWord::TITLE))
            && lexicon::given_name(self.tokens.text(start)).is_none()
    }

    /// Whether `text` is everyday words with hyphens, and no outlet's: "Lifestyle-Religion", but not "Sun-Times".
    pub(super) fn is_made_up(&self, text: &str) -> bool {
        let names = |part: &str| name_word(part).intersects(NameWord::OUTLET.union(NameWord::ORGANISATION));
        text.contains('-')
            && lexicon::is_english_or_made_of_it(text)
            && !text.split('-').any(|part| names(part) || !self.registry.named(part).is_empty())
    }
}
