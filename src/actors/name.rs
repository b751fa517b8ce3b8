//! Names in running text: runs of capitalised words, cut by titles, lists and shape.

mod kind;
mod thing;

use std::cell::OnceCell;
use std::ops::Range;
use std::sync::LazyLock;

use super::actor::{ActorKind, Reference, Sex};
use super::lexicon::{self, NameWord, name_word};
use super::mention::{Candidate, Certainty, Form, Mention};
use super::registry::{Found, Registry};
use crate::language::word_set::WordShapes;
use crate::language::{
    FiniteForm, Passage, Token, TokenKind, Tokens, WordClass, finite_form, noun_class, noun_sense, verb,
};
use crate::text::{TextRange, TextSize};

/// The mentions of `passage` in text order.
pub(super) fn find(passage: &Passage, registry: &Registry) -> Vec<Mention> {
    let tokens = passage.tokens();
    let word = |token: &Token| match token.kind {
        TokenKind::Word | TokenKind::Number => name_word(&tokens.prose[token.range]),
        TokenKind::Quote | TokenKind::Stop | TokenKind::Mark => NameWord::empty(),
    };
    let words = tokens.list.iter().map(word).collect();
    let longest = vec![OnceCell::new(); tokens.len()];
    let mut finder =
        Finder { passage, tokens, words, registry, longest, headline: false, title_end: 0, out: Vec::new() };
    for sentence in passage.sentences() {
        finder.sentence(sentence.clone());
    }
    finder.out
}

/// What may have a capital before "I", as a sentence's first word.
const LINKS: WordClass = WordClass::COORDINATOR
    .union(WordClass::SUBORDINATOR)
    .union(WordClass::ADVERB)
    .union(WordClass::PREPOSITION)
    .union(WordClass::DETERMINER)
    .union(WordClass::AUXILIARY)
    .union(WordClass::PRONOUN);

/// Pronouns that only a man, and only a woman, is meant by.
const MALE: [&str; 4] = ["he", "him", "his", "himself"];
const FEMALE: [&str; 4] = ["she", "her", "hers", "herself"];

/// The shapes of the pronouns that stand for a person.
static PRONOUNS: LazyLock<WordShapes> =
    LazyLock::new(|| WordShapes::of(MALE.into_iter().chain(FEMALE).chain(["who", "I"])));

/// How many mentions back from "who" the one it goes on about is looked for.
const RELATIVE_MENTIONS: usize = 4;

/// How many tokens may stand between the two.
const RELATIVE_REACH: usize = 16;

struct Finder<'a> {
    passage: &'a Passage,
    tokens: Tokens<'a>,
    /// What each token can be in or beside a name.
    words: Vec<NameWord>,
    registry: &'a Registry,
    /// The longest name of the registry that begins at each token; they are asked for many times over.
    longest: Vec<OnceCell<Option<Found<'a>>>>,
    /// The sentence has a capital on nearly every word, so that a capital tells nothing.
    headline: bool,
    /// Where a title in quotation marks ends; before that nothing but a known person is named.
    title_end: usize,
    out: Vec<Mention>,
}

/// What a stretch of tokens names.
#[derive(Clone, Copy)]
struct Reading {
    kind: Option<ActorKind>,
    certainty: Certainty,
    sex: Option<Sex>,
}

impl Reading {
    const fn of(kind: ActorKind, certainty: Certainty) -> Self {
        Self { kind: Some(kind), certainty, sex: None }
    }
}

impl<'a> Finder<'a> {
    fn sentence(&mut self, sentence: Range<usize>) {
        self.headline = self.is_headline(sentence.clone());
        let mut at = sentence.start;
        let mut initial = true;
        while at < sentence.end {
            let token = self.tokens.list[at];
            // An acronym in brackets was read with the name before it.
            if self.out.last().is_some_and(|last| last.range.end() > token.range.start()) {
                at += 1;
                initial = false;
                continue;
            }
            let next = match token.kind {
                TokenKind::Word => self.word(at, sentence.clone(), initial),
                TokenKind::Number => match self.registered(at, sentence.end).map(|found| found.len) {
                    Some(len) => {
                        self.emit_registered(at, at + len, None);
                        at + len
                    }
                    None => self.ordinal(at, sentence.end),
                },
                TokenKind::Quote => {
                    self.title_end = self.quoted_title(at, sentence.end).unwrap_or(self.title_end);
                    at + 1
                }
                _ => at + 1,
            };
            initial = match token.kind {
                TokenKind::Quote => initial || self.opens_quotation(at),
                TokenKind::Stop => true,
                TokenKind::Mark => initial || matches!(self.tokens.text(at), ":" | "•"),
                TokenKind::Word | TokenKind::Number => false,
            };
            at = next.max(at + 1);
        }
    }

    /// Whether nearly every word that could do without has a capital; every one where a full stop
    /// ends the sentence.
    fn is_headline(&self, sentence: Range<usize>) -> bool {
        let small = WordClass::PREPOSITION
            .union(WordClass::DETERMINER)
            .union(WordClass::COORDINATOR)
            .union(WordClass::SUBORDINATOR);
        let (mut plain, mut capitals) = (0, 0);
        for index in sentence.start + 1..sentence.end {
            let token = self.tokens.list[index];
            if token.kind == TokenKind::Word
                && !token.class.intersects(small)
                && usize::from(token.range.len()) > 2
            {
                capitals += usize::from(token.capital);
                plain += usize::from(!token.capital);
            }
        }
        let stopped = self.tokens.text(sentence.end.saturating_sub(1)) == ".";
        if stopped { capitals >= 4 && plain == 0 } else { capitals >= 3 && capitals >= plain * 4 }
    }

    /// Reads the body that the ordinal at `at` begins, "the 3rd Battalion"; the index after what was read.
    fn ordinal(&mut self, at: usize, end: usize) -> usize {
        let text = self.tokens.text(at);
        let ordinal = ["st", "nd", "rd", "th"].iter().any(|ending| text.ends_with(ending));
        if !ordinal || self.headline || !self.is_namely(at + 1, end) {
            return at + 1;
        }
        let close = self.run(at + 1, end);
        if !self.lexical(close - 1).contains(NameWord::ORGANISATION) {
            return at + 1;
        }
        self.push(at, close, Form::Name, Reading::of(ActorKind::Organisation, Certainty::Sure), None);
        close
    }

    fn opens_quotation(&self, at: usize) -> bool {
        let text = self.tokens.text(at);
        matches!(text, "“" | "‘")
            || (matches!(text, "\"" | "'")
                && self.gap(at + 1).is_empty()
                && (at == 0 || !self.gap(at).is_empty()))
    }

    /// The white space before token `at`.
    fn gap(&self, at: usize) -> &'a str {
        let (Some(token), Some(before)) = (self.tokens.list.get(at), at.checked_sub(1)) else { return "" };
        &self.tokens.prose
            [usize::from(self.tokens.list[before].range.end())..usize::from(token.range.start())]
    }

    /// The longest name of the registry that begins at token `at` and ends before token `end`.
    fn registered(&self, at: usize, end: usize) -> Option<Found<'a>> {
        let look = |end| self.registry.longest(self.tokens, at, end);
        let longest = (*self.longest.get(at)?.get_or_init(|| look(self.tokens.len())))?;
        if at + longest.len <= end { Some(longest) } else { look(end) }
    }

    fn lexical(&self, at: usize) -> NameWord {
        self.words.get(at).copied().unwrap_or(NameWord::empty())
    }

    /// Reads the word at `at`; the index after what was read.
    fn word(&mut self, at: usize, sentence: Range<usize>, initial: bool) -> usize {
        let token = self.tokens.list[at];
        if !token.capital {
            return self.lower(at, sentence.end);
        }
        if self.is_party_tag(at) {
            return at + 1;
        }
        if let Some(end) = self.article_name(at, sentence.end) {
            return end;
        }
        if !self.is_namely(at, sentence.end) {
            if self.hyphenated(at) {
                return at + 1;
            }
            if token.class.contains(WordClass::DETERMINER) {
                return self.role(at, sentence.end).unwrap_or(at + 1);
            }
            return self.pronoun(at).unwrap_or(at + 1);
        }
        let end = self.run(at, sentence.end);
        let tagged = at > 0 && matches!(self.tokens.text(at - 1), "#" | "@") && self.gap(at).is_empty();
        let money = end == at + 1 && matches!(self.tokens.text(end), "$" | "€" | "£");
        if !tagged && !money {
            let limit = sentence.end;
            self.cut(at, end, sentence, initial);
            let plain = |at: usize| at >= limit || !self.is_namely(at, limit);
            if end < limit && plain(end) && plain(end + 1) {
                self.officer(end..end + 1);
            }
        }
        end
    }

    /// Whether the word at `at` is a lawmaker's party and state: "(R-Fla.)", ", I-Vt.,".
    fn is_party_tag(&self, at: usize) -> bool {
        let text = self.tokens.text(at);
        let set_off = at > 0 && matches!(self.tokens.text(at - 1), "(" | ",");
        let mut parts = text.splitn(2, ['-', '–']);
        set_off
            && matches!(parts.next(), Some("R" | "D" | "I" | "L"))
            && parts.next().is_some_and(|state| state.starts_with(|char: char| char.is_ascii_uppercase()))
    }

    /// Reads a word in lower case: a pronoun, "the president", a name that begins so ("al-Qaeda").
    fn lower(&mut self, at: usize, end: usize) -> usize {
        let text = self.tokens.text(at);
        if text.eq_ignore_ascii_case("the")
            && let Some(next) = self.article_name(at, end)
        {
            return next;
        }
        if (text.starts_with("al") || text.starts_with('d') || text.starts_with('e'))
            && let Some(found) = self.registered(at, end)
        {
            let next = at + found.len;
            self.emit_registered(at, next, None);
            return next;
        }
        let hyphen = text.bytes().any(|byte| byte == b'-' || !byte.is_ascii());
        // "al-Ikhbariya": a particle written on.
        if hyphen
            && let Some((particle, rest)) = text.split_once('-')
            && matches!(particle, "al" | "el" | "ul" | "bin" | "as" | "ash")
            && rest.starts_with(char::is_uppercase)
        {
            let next = self.run(at, end);
            self.name(at, next, end, None, false);
            return next;
        }
        if hyphen && self.hyphenated(at) {
            return at + 1;
        }
        if self.tokens.class(at).contains(WordClass::DETERMINER) {
            return self.role(at, end).unwrap_or(at + 1);
        }
        self.pronoun(at).unwrap_or(at + 1)
    }

    /// A name that needs its article ("the West", "The Guardian"); the article is no part of it.
    fn article_name(&mut self, at: usize, end: usize) -> Option<usize> {
        if !self.tokens.is(at, "the") || !self.tokens.list.get(at + 1)?.capital {
            return None;
        }
        let found = self.registered(at, end)?;
        let next = at + found.len;
        // "The Nation State": more follows, it is another name.
        if found.len < 2 || self.run(at + 1, end) > next {
            return None;
        }
        // "the Australian population" names no newspaper.
        let speaks = self.lexical(next).contains(NameWord::SPEECH) || self.tokens.is(next, "newspaper");
        let masthead =
            self.tokens.list[at].capital && at > 0 && self.tokens.list[at - 1].kind == TokenKind::Word;
        if self.kind_of(&found) == Some(ActorKind::Outlet) && !speaks && !masthead {
            return None;
        }
        self.emit_registered(at, next, None);
        Some(next)
    }

    /// Whether "I" at token `at` is who writes, not who is quoted and no numeral: "World War I".
    fn is_writer(&self, at: usize) -> bool {
        let acts = |at: usize| {
            let class = self.tokens.class(at);
            class.intersects(WordClass::AUXILIARY | WordClass::ADVERB) || verb(self.tokens.text(at)).is_some()
        };
        let name =
            |before: usize| self.tokens.list[before].capital && !self.tokens.class(before).intersects(LINKS);
        self.tokens.text(at) == "I"
            && acts(at + 1)
            && !at.checked_sub(1).is_some_and(name)
            && !self.passage.is_quoted(self.tokens.list[at].range)
    }

    fn pronoun(&mut self, at: usize) -> Option<usize> {
        if !PRONOUNS.may_have_token(self.tokens, at) {
            return None;
        }
        let text = self.tokens.text(at);
        if self.is_writer(at) {
            let reading = Reading::of(ActorKind::Person, Certainty::Sure);
            self.push(at, at + 1, Form::Writer, reading, None);
            return Some(at + 1);
        }
        let is = |words: &[&str]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
        let mut stands_for = None;
        let sex = if is(&MALE) {
            Some(Sex::Male)
        } else if is(&FEMALE) {
            Some(Sex::Female)
        } else if is(&["who"]) {
            stands_for = Some(self.related(at)?);
            None
        } else {
            return None;
        };
        let reading = Reading { kind: Some(ActorKind::Person), certainty: Certainty::Sure, sex };
        self.push(at, at + 1, Form::Pronoun, reading, None);
        if let Some(last) = self.out.last_mut() {
            last.stands_for = stands_for;
        }
        Some(at + 1)
    }

    /// The person that "who" at token `at` goes on about, as an index: "Ann Lee, who", "Ann Lee of Oslo, who", "Ann Lee, a
    /// nurse who".
    fn related(&self, at: usize) -> Option<usize> {
        // "Ann Lee, who came and who stayed".
        if at > 0 && self.tokens.class(at - 1).contains(WordClass::COORDINATOR) {
            let last =
                self.out.iter().rev().take(RELATIVE_MENTIONS).find(|last| last.stands_for.is_some())?;
            let stands_for = last.stands_for.filter(|_| last.form == Form::Pronoun);
            return stands_for.filter(|_| at - self.tokens.inside(last.range).end <= 2 * RELATIVE_REACH);
        }
        let person =
            |mention: &Mention| mention.kind == Some(ActorKind::Person) && mention.form == Form::Name;
        let last = self.out.len().saturating_sub(RELATIVE_MENTIONS);
        let found = (last..self.out.len()).rev().filter(|index| person(&self.out[*index])).find(|index| {
            // "a former Lee aide who": a person who tells which aide.
            let after = self.tokens.inside(self.out[*index].range).end;
            after >= at || self.tokens.list[after].kind != TokenKind::Word || self.tokens.text(after) == "of"
        })?;
        self.relates(&self.out[found], at).then_some(found)
    }

    /// Whether "who" at token `at` goes on about `name`.
    fn relates(&self, name: &Mention, at: usize) -> bool {
        let first = self.tokens.inside(name.range).end;
        // "an adviser to Lee, who": the adviser.
        let open = self.tokens.inside(name.title.unwrap_or(name.range)).start;
        if open > 1 && matches!(self.tokens.text(open - 1), "to" | "for") && self.is_person_noun(open - 2) {
            return false;
        }
        // What stands between the name and "who", without the comma before it.
        let end = if at > first && self.tokens.text(at - 1) == "," { at - 1 } else { at };
        if first >= at {
            // "It was Ann Lee who".
            let before = self.tokens.inside(name.title.unwrap_or(name.range)).start.checked_sub(1);
            return before.is_some_and(|before| self.tokens.class(before).contains(WordClass::BE));
        }
        if first >= end {
            return true;
        }
        let opens = match self.tokens.text(first) {
            "," => {
                let next = first + 1;
                let article = ["a", "an", "the", "now", "then"].iter().any(|word| self.tokens.is(next, word));
                article
                    || self.is_party_tag(next)
                    || self.lexical(next).intersects(NameWord::TITLE.union(NameWord::MODIFIER))
                    || self.tokens.list[next].kind == TokenKind::Number
            }
            "(" | "of" => true,
            _ => false,
        };
        let joins = |index: usize| self.tokens.class(index).contains(WordClass::COORDINATOR);
        let acts = WordClass::AUXILIARY.union(WordClass::BE).union(WordClass::HAVE).union(WordClass::MODAL);
        let breaks = |index: usize| {
            let (token, text) = (self.tokens.list[index], self.tokens.text(index));
            matches!(token.kind, TokenKind::Stop | TokenKind::Quote)
                || token.class.intersects(acts)
                || self.lexical(index).contains(NameWord::SPEECH)
                || matches!(text, ";" | "who" | "which" | "that" | "whose")
                || joins(index) && (self.tokens.text(index - 1) == "," || self.tokens.text(first) == "of")
        };
        // "a nurse who", not "one of the nurses who".
        let several = self.lexical(end - 1).contains(NameWord::PEOPLE)
            || self.tokens.text(end - 1).ends_with('s') && !self.tokens.list[end - 1].capital;
        opens && end - first <= RELATIVE_REACH && !several && !(first..end).any(breaks)
    }

    /// Whether the word at `at`, in lower case, tells what somebody is.
    fn is_person_noun(&self, at: usize) -> bool {
        let text = self.tokens.text(at);
        !self.tokens.list[at].capital
            && (self.lexical(at).contains(NameWord::TITLE) || noun_sense(text) == noun_class("person"))
    }

    /// "the president", "The foreign minister", where no name follows.
    fn role(&mut self, at: usize, end: usize) -> Option<usize> {
        if !self.tokens.is(at, "the") {
            return self.pronoun(at);
        }
        let mut last = at + 1;
        while last < end
            && (self.lexical(last).contains(NameWord::MODIFIER) || self.tokens.text(last) == "GOP")
        {
            last += 1;
        }
        if !self.lexical(last).contains(NameWord::TITLE) {
            last -= 1;
        }
        // "the secretary of state".
        let of_office = self.lexical(last).contains(NameWord::TITLE)
            && self.tokens.text(last + 1) == "of"
            && last + 2 < end
            && self.lexical(last + 2).contains(NameWord::MODIFIER)
            && !self.tokens.list[last + 2].capital;
        let close = if of_office { last + 2 } else { last };
        let follows = self.tokens.list.get(close + 1);
        let plain = |token: &Token| !token.capital && !matches!(self.tokens.text(close + 1), "of" | "for");
        if last <= at || !self.lexical(last).contains(NameWord::TITLE) || !follows.is_none_or(plain) {
            return self.description(at, end);
        }
        let reading = Reading {
            kind: Some(ActorKind::Person),
            certainty: Certainty::Likely,
            sex: lexicon::title_sex(self.tokens.text(last)),
        };
        self.push(at, close + 1, Form::Role, reading, None);
        Some(close + 1)
    }

    /// "the company", "the ministry", where the noun ends its phrase.
    fn description(&mut self, at: usize, end: usize) -> Option<usize> {
        let noun = at + 1;
        if noun >= end {
            return None;
        }
        let (kind, _) = lexicon::description(self.tokens.text(noun))?;
        let next = self.tokens.text(noun + 1);
        let class = self.tokens.class(noun + 1);
        let small = WordClass::PREPOSITION.union(WordClass::COORDINATOR).union(WordClass::SUBORDINATOR);
        let verbs = WordClass::AUXILIARY.union(WordClass::BE).union(WordClass::HAVE).union(WordClass::MODAL);
        let ends = noun + 1 >= end
            || self.tokens.list[noun + 1].kind != TokenKind::Word
            || matches!(next, "'s" | "’s" | "also" | "to")
            || !finite_form(next).is_empty()
            || next.ends_with('s') && self.tokens.class(noun + 2).contains(WordClass::DETERMINER)
            || class.intersects(verbs)
            || class.intersects(small) && !matches!(next, "of" | "for" | "where" | "that" | "which");
        if !ends {
            return None;
        }
        self.push(at, noun + 1, Form::Role, Reading::of(kind, Certainty::Likely), None);
        Some(noun + 1)
    }

    /// Whether the word at `at` can be part of a name.
    fn is_namely(&self, at: usize, end: usize) -> bool {
        let Some(token) = self.tokens.list.get(at) else { return false };
        if token.kind != TokenKind::Word || !token.capital {
            return false;
        }
        let text = self.tokens.text(at);
        if self.is_compound(at) || self.is_stance(text) {
            return false;
        }
        if self.is_shouted(at)
            && (self.registered(at, end).is_none()
                || token.class.intersects(WordClass::BE.union(WordClass::OPENER)))
        {
            return false;
        }
        if token.class.intersects(WordClass::OPENER.union(WordClass::NEGATION))
            && (text.len() > 2 && !text.bytes().all(|byte| byte.is_ascii_uppercase())
                || self.headline
                || text.len() < 2)
        {
            return false;
        }
        if token.class.intersects(WordClass::OPENER)
            && text.len() == 2
            && self.registered(at, end).is_none()
            && !self.ends_person(at)
        {
            return false;
        }
        if self.lexical(at).contains(NameWord::CALENDAR) && self.registered(at, end).is_none() {
            return false;
        }
        // "Lee Says", "Rivers Are Rising": words of a title.
        if text.bytes().any(|byte| byte.is_ascii_lowercase())
            && (token.class.intersects(WordClass::AUXILIARY.union(WordClass::BE).union(WordClass::HAVE))
                || self.tells(at))
            && lexicon::given_name(text).is_none()
            && !lexicon::is_surname(text)
            && self.registered(at, end).is_none()
        {
            return false;
        }
        !self.headline
            || !lexicon::is_common(text)
            || lexicon::given_name(text).is_some()
            || self.registered(at, end).is_some()
            || self.registry.with_surname(text).next().is_some() && !self.has_head(at + 1, at + 2)
    }

    /// Whether the small word at `at` is a surname, by its capital after a given name where the words go on in lower
    /// case: "James To of".
    fn ends_person(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        let next = self.tokens.list.get(at + 1);
        !self.headline
            && self.tokens.list[before].capital
            && self.gap(at) == " "
            && lexicon::given_name(self.tokens.text(before)).is_some()
            && next.is_none_or(|next| next.kind == TokenKind::Word && !next.capital)
    }

    /// Whether the word at `at` is an everyday word in capitals beside another: "SEVERAL HURT as".
    fn is_shouted(&self, at: usize) -> bool {
        let capitals =
            |text: &str, least| text.len() >= least && text.bytes().all(|byte| byte.is_ascii_uppercase());
        let beside = |at: usize| {
            let text = self.tokens.text(at);
            capitals(text, 4) || capitals(text, 2) && lexicon::is_common(text)
        };
        let text = self.tokens.text(at);
        capitals(text, 2)
            && lexicon::is_common(text)
            && (at.checked_sub(1).is_some_and(beside) || beside(at + 1))
            && lexicon::given_name(text).is_none()
            && !lexicon::is_surname(text)
            && !self.lexical(at).contains(NameWord::PLACE_OPENER)
    }

    /// Whether the word at `at` is a verb of speech that is no noun and stands after a name's word.
    fn tells(&self, at: usize) -> bool {
        let text = self.tokens.text(at);
        at > 0
            && self.tokens.list[at - 1].capital
            && self.lexical(at).contains(NameWord::SPEECH)
            && finite_form(text).intersects(FiniteForm::FINITE)
            && !self.lexical(at).intersects(NameWord::ORGANISATION.union(NameWord::OUTLET))
    }

    /// The end of the run of name words that begins at `at`.
    fn run(&self, at: usize, end: usize) -> usize {
        let mut next = at;
        // Whether a word before "of", "for" or "and" lets the name go on over it.
        let mut head = NameWord::empty();
        loop {
            let len = self.registered(next, end).map_or(1, |found| found.len);
            for index in next..(next + len).min(end) {
                head |= self.lexical(index);
            }
            next = (next + len).min(end);
            if next >= end || self.gap(next).contains(['\n', '\r']) {
                return next;
            }
            if self.is_namely(next, end) {
                continue;
            }
            match self.joined(at, next, end, head) {
                Some(after) => next = after,
                None => return next,
            }
        }
    }

    /// Where a run of name words goes on after the connecting words at `at`.
    fn joined(&self, start: usize, at: usize, end: usize, head: NameWord) -> Option<usize> {
        let text = self.tokens.text(at);
        let capital = |index: usize| self.is_namely(index, end);
        let after = at + 1;
        let headed = head.intersects(NameWord::ORGANISATION.union(NameWord::PLACE).union(NameWord::TITLE));
        match text {
            // "the Times of Malta", "Harbour Journal of Medicine", but not "News of Lee".
            "of" if self.lexical(at - 1).contains(NameWord::OUTLET)
                && (start + 1 < at
                    || start.checked_sub(1).is_some_and(|the| self.tokens.text(the) == "the")) =>
            {
                let the = usize::from(self.tokens.is(after, "the"));
                capital(after + the).then_some(after + the)
            }
            "of" | "for" | "on" | "in" if headed => {
                let the = usize::from(self.tokens.is(after, "the"));
                let titled = head.contains(NameWord::TITLE)
                    && !head.intersects(NameWord::ORGANISATION.union(NameWord::PLACE));
                let allowed = match text {
                    "of" => true,
                    "for" => self.lexical(at - 1).contains(NameWord::ORGANISATION) && !titled,
                    "on" => {
                        let body = self.lexical(at - 1).contains(NameWord::ORGANISATION) && !titled;
                        body && the == 0 && !is_designation(self.tokens.text(after))
                    }
                    _ => false,
                };
                // "President of Pakistan", but not "the mayor of London" as one name.
                (allowed && capital(after + the)).then_some(after + the)
            }
            // "Physicians for Reform", "Daughters of the Revolution": those of a kind make a body.
            "for" if start + 1 == at && self.is_cause(start) => capital(after).then_some(after),
            "of" | "for" | "against" | "without" if start + 1 == at && self.are_persons(start) => {
                let the = usize::from(self.tokens.is(after, "the"));
                capital(after + the).then_some(after + the)
            }
            // "Photo: Lee & Berg" are two.
            "&" => (capital(after) && !self.is_credited(start)).then_some(after),
            "and" if headed && self.is_list_in_name(start, at, end) => Some(after),
            "and" if start + 1 < at && self.is_house(at - 1) && self.is_second_house(after, end) => {
                Some(after)
            }
            "and" if !headed && self.is_two_part_name(start, at, end) => Some(after),
            "'s" | "’s" if self.tokens.prose.len() > 2 => {
                let owner = self.tokens.text(at - 1);
                let known = ["People", "Women", "Men", "Children", "Peoples", "Veterans"].contains(&owner)
                    || at >= 2 && matches!(self.tokens.text(at - 2), "St" | "St." | "Saint")
                    || self.is_office_of(start, at);
                (known && capital(after)).then_some(after)
            }
            // A particle: "Ursula von der Leyen", "Osama bin Laden".
            _ if self.lexical(at).contains(NameWord::PARTICLE) && !self.tokens.list[at].capital => {
                let mut last = after;
                while last < end
                    && self.lexical(last).contains(NameWord::PARTICLE)
                    && !self.tokens.list[last].capital
                {
                    last += 1;
                }
                let person = start < at && !self.lexical(at - 1).contains(NameWord::TITLE) || text.len() > 2;
                (person && last < end && capital(last)).then_some(last)
            }
            _ if text.starts_with("al-") || text.starts_with("el-") => {
                text[3..].starts_with(char::is_uppercase).then_some(at)
            }
            _ => None,
        }
    }

    /// Whether the word at `at` is what a body stands for, before "for" and a country: "Democracy for America". Where a
    /// sentence begins, a comma after it has to tell that it is one.
    fn is_cause(&self, at: usize) -> bool {
        let text = self.tokens.text(at);
        let country = self.registered(at + 2, at + 3).is_some_and(|found| {
            self.kind_of(&found) == Some(ActorKind::Country)
                && found.actors().all(|(_, reference)| reference == Reference::Name)
        });
        let inside = at > 0 && self.tokens.list[at - 1].kind == TokenKind::Word;
        let told = self.tokens.text(at + 3) == ","
            && ["a", "an", "the", "which"].iter().any(|word| self.tokens.text(at + 4) == *word);
        country && !self.headline && lexicon::is_english(text) && (inside || told)
    }

    /// Whether "'s" at `at` stands inside a body's name: "Kent County Sheriff's Office".
    fn is_office_of(&self, start: usize, at: usize) -> bool {
        let named = start + 1 < at || start.checked_sub(1).is_some_and(|the| self.tokens.is(the, "the"));
        named
            && self.lexical(at - 1).contains(NameWord::TITLE)
            && lexicon::given_name(self.tokens.text(at - 1)).is_none()
            && !self.is_after_courtesy(at - 1, start)
            && self.lexical(at + 1).contains(NameWord::ORGANISATION)
    }

    /// Whether the word at `at` inside a sentence tells of persons of a kind, in no list: "Physicians".
    fn are_persons(&self, at: usize) -> bool {
        let text = self.tokens.text(at);
        let inside = at > 0 && self.tokens.list[at - 1].kind == TokenKind::Word;
        inside
            && !self.headline
            && text.ends_with('s')
            && lexicon::is_common(text)
            && self.lexical(at).is_empty()
            && !lexicon::is_surname(text)
            && noun_sense(text) == noun_class("person")
    }

    /// Whether "and" at `at` stands inside a name: "Department of Health and Human Services".
    fn is_list_in_name(&self, start: usize, at: usize, end: usize) -> bool {
        if !self.is_namely(at + 1, end) {
            return false;
        }
        let of = (start..at).rev().find(|index| matches!(self.tokens.text(*index), "of" | "for" | "on"));
        let Some(of) = of else { return false };
        let listed = self.lexical(at + 1).contains(NameWord::TITLE)
            || lexicon::given_name(self.tokens.text(at + 1)).is_some();
        let plain = |index: usize| {
            lexicon::is_english(self.tokens.text(index)) && self.registered(index, end).is_none()
        };
        !listed && plain(at + 1) && (of + 1..at).all(plain)
    }

    /// Whether the word at `at` ends the name of a house that people visit.
    fn is_house(&self, at: usize) -> bool {
        const HOUSES: [&str; 12] = [
            "museum",
            "library",
            "gallery",
            "archive",
            "archives",
            "garden",
            "gardens",
            "zoo",
            "theatre",
            "theater",
            "aquarium",
            "arboretum",
        ];
        HOUSES.iter().any(|house| self.tokens.is(at, house))
    }

    /// Whether the words from `at` are the second half of such a house's name, no name themselves: "Harbour Museum and
    /// Art Gallery".
    fn is_second_house(&self, at: usize, end: usize) -> bool {
        (at..end.min(at + 3)).take_while(|index| self.is_namely(*index, end)).find_map(|index| {
            let plain = lexicon::is_common(self.tokens.text(index)) && self.registered(index, end).is_none();
            if plain { self.is_house(index).then_some(true) } else { Some(false) }
        }) == Some(true)
    }

    /// Whether "and" at `at` joins the plain words before it to a name that ends in a body's word:
    /// "Food and Drug Administration".
    fn is_two_part_name(&self, start: usize, at: usize, end: usize) -> bool {
        let plain = |index: usize| {
            lexicon::is_common(self.tokens.text(index))
                && lexicon::given_name(self.tokens.text(index)).is_none()
                && self.registered(index, end).is_none()
        };
        // A country before it is part of the name: "U.S. Food and Drug Administration".
        let first = start + usize::from(at > start + 1 && !plain(start));
        if !self.is_namely(at + 1, end) || self.headline || !(first..at).all(plain) || !plain(at + 1) {
            return false;
        }
        let heads = NameWord::ORGANISATION.union(NameWord::PLACE);
        (at + 2..end.min(at + 5))
            .take_while(|index| self.is_namely(*index, end))
            .any(|index| self.lexical(index).intersects(heads) || self.tokens.text(index) == "System")
    }

    /// Cuts the run of name words `start..end` into names and titles.
    fn cut(&mut self, start: usize, end: usize, sentence: Range<usize>, initial: bool) {
        let mut start = start;
        if initial && !self.headline {
            let first = start;
            start = self.after_opener(start, end);
            if start >= end {
                // "Fields left": a surname where the article has that person.
                if end - first == 1 && self.is_subject(end) {
                    let reading = Reading::of(ActorKind::Person, Certainty::Doubtful);
                    self.push(first, end, Form::Name, reading, None);
                }
                return;
            }
        }
        if let Some(title) = self.title(start, end) {
            // "Former Florida Gov. Ann Lee": the first word belongs to the title.
            let first = start + usize::from(start + 1 < title.start && self.is_time_of_office(start));
            if first < title.start {
                self.cut_names(first, title.start, sentence.clone(), None, false);
            }
            self.inner_names(title.clone());
            if title.end < end {
                let range = self.tokens.span(title.start, title.end - 1);
                self.cut_names(title.end, end, sentence, Some(range), false);
            } else {
                self.bare_title(title);
            }
            return;
        }
        let doubtful = initial
            && end - start == 1
            && lexicon::is_english_or_made_of_it(self.tokens.text(start))
            && !is_acronym(self.tokens.text(start))
            && self.registered(start, end).is_none();
        self.cut_names(start, end, sentence, None, doubtful);
    }

    /// Whether the words before `end` can be a subject or an owner by the word there: "Fields left", "Fields, though,".
    fn is_subject(&self, end: usize) -> bool {
        let verbs = WordClass::AUXILIARY.union(WordClass::BE).union(WordClass::HAVE).union(WordClass::MODAL);
        let next = self.tokens.text(end);
        matches!(next, "," | "'s" | "’s")
            || self.tokens.class(end).intersects(verbs)
            || !finite_form(next).is_empty() && !self.tokens.list[end].capital
    }

    /// Whether the word at `at` tells when an office is held: "former", "then".
    fn is_time_of_office(&self, at: usize) -> bool {
        ["former", "then", "acting", "interim", "incoming", "outgoing", "presumptive", "incumbent", "ex"]
            .iter()
            .any(|word| self.tokens.is(at, word))
    }

    /// The first word of a name after a word that has its capital from the sentence alone.
    fn after_opener(&self, start: usize, end: usize) -> usize {
        let text = self.tokens.text(start);
        let word = self.lexical(start);
        if self.registered(start, end).is_some_and(|found| found.len > 1 || !self.is_plain_word(start)) {
            return start;
        }
        if !lexicon::is_common(text)
            || is_acronym(text)
            || word.intersects(NameWord::TITLE.union(NameWord::PEOPLE))
        {
            return start;
        }
        let rest = end - start - 1;
        if rest == 0 {
            // "Brown said": a surname that is a word; the article must bear it out.
            let known = lexicon::is_surname(text)
                || lexicon::given_name(text).is_some()
                || self.lexical(end).contains(NameWord::SPEECH)
                || self.registry.with_surname(text).next().is_some();
            return if known { start } else { end };
        }
        let next = start + 1;
        if lexicon::given_name(text).is_some() && !self.lexical(next).contains(NameWord::TITLE) {
            return start;
        }
        let second = self.tokens.text(next);
        if rest == 1 && lexicon::is_name_too(text) && lexicon::given_name(second).is_none() {
            let surname = lexicon::is_surname(second) || !lexicon::is_english(second);
            if surname && self.registered(next, end).is_none() {
                return start;
            }
        }
        let names = lexicon::given_name(self.tokens.text(next)).is_some()
            || self.lexical(next).contains(NameWord::PEOPLE)
            || self.registered(next, end).is_some();
        let heads = NameWord::ORGANISATION.union(NameWord::PLACE).union(NameWord::OUTLET);
        if (next..end).any(|index| self.lexical(index).intersects(heads) || self.tokens.text(index) == "of") {
            return start;
        }
        // "Environment Canada officials said": what follows tells of a body.
        let body = lexicon::noun_kind(self.tokens.text(end), false) == Some(ActorKind::Organisation);
        let adjective = self
            .registered(next, end)
            .is_some_and(|found| found.actors().all(|(_, reference)| reference == Reference::Adjective));
        if rest == 1 && body && !adjective && !word.intersects(NameWord::MODIFIER.union(NameWord::ADJECTIVE))
        {
            return start;
        }
        if word.contains(NameWord::MODIFIER)
            && (next..end).any(|index| self.lexical(index).contains(NameWord::TITLE))
        {
            return start;
        }
        if names || rest == 1 && !word.intersects(NameWord::PLACE_OPENER) { next } else { start }
    }

    /// Whether a registered word is an everyday word as well ("Time", "Fortune").
    fn is_plain_word(&self, at: usize) -> bool {
        let text = self.tokens.text(at);
        lexicon::is_common(text)
            && self.registered(at, at + 1).is_some_and(|found| {
                found.actors().all(|(actor, _)| {
                    self.registry.get(actor).is_some_and(|actor| actor.kind == ActorKind::Outlet)
                })
            })
    }

    /// The title inside the run `start..end`: "Foreign Minister", "Secretary of State".
    fn title(&self, start: usize, end: usize) -> Option<Range<usize>> {
        let whole = self.registered(start, end);
        if whole.is_some_and(|found| found.len == end - start) {
            return None;
        }
        let last = (start..end).rev().find(|index| {
            let before_name = *index + 1 < end;
            self.lexical(*index).contains(NameWord::TITLE)
                && (before_name || !self.headline && !self.is_after_courtesy(*index, start))
                && !self.is_inside_registered(*index, start, end)
                && !(before_name && matches!(self.tokens.text(*index + 1), "'s" | "’s"))
        })?;
        let mut close = last + 1;
        if close < end && matches!(self.tokens.text(close), "of" | "for") {
            let the = usize::from(self.tokens.is(close + 1, "the"));
            let of = close + 1 + the;
            if let Some(close_of_body) = self.body(of, end) {
                close = close_of_body;
            } else if let Some(found) = self.registered(of, end) {
                close = of + found.len;
            } else {
                close = of;
                while close < end
                    && self.lexical(close).intersects(NameWord::MODIFIER.union(NameWord::ORGANISATION))
                {
                    close += 1;
                }
                if close == of {
                    // "CEO of the Refugee Council Ann Lee": up to the body's last word.
                    let head = (of..end).find(|index| self.lexical(*index).contains(NameWord::ORGANISATION));
                    close = head.filter(|_| the == 1).map_or(end, |head| head + 1);
                }
            }
        }
        let heads = NameWord::ORGANISATION.union(NameWord::PLACE).union(NameWord::OUTLET);
        let abbreviated = self.tokens.text(last).ends_with('.');
        if close < end
            && !abbreviated
            && self.lexical(end - 1).intersects(heads)
            && end - close <= 2
            && lexicon::given_name(self.tokens.text(close)).is_none()
        {
            return None;
        }
        let mut open = last;
        while open > start
            && self.lexical(open - 1).intersects(NameWord::TITLE.union(NameWord::MODIFIER))
            && !self.is_inside_registered(open - 1, start, end)
        {
            open -= 1;
        }
        // "Jack Straw, Foreign Secretary" has the title after; "Martin Lord" is a name with one inside.
        if close >= end && open > start && lexicon::given_name(self.tokens.text(open - 1)).is_some() {
            return None;
        }
        Some(open..close)
    }

    /// Where a body's name ends that begins at `at` with a name of the registry: "US Institute of Peace".
    fn body(&self, at: usize, end: usize) -> Option<usize> {
        let first = at + self.registered(at, end)?.len;
        let given = |index: usize| lexicon::given_name(self.tokens.text(index)).is_some();
        let head = (first..end)
            .take_while(|index| self.tokens.list[*index].capital && !given(*index))
            .find(|index| self.lexical(*index).contains(NameWord::ORGANISATION))?;
        let goes_on = head + 1 < end && !self.tokens.list[head + 1].capital;
        Some(if goes_on { end } else { head + 1 })
    }

    /// "Mr." before the word at `at`, which makes it a name: "Mr. King".
    fn is_after_courtesy(&self, at: usize, start: usize) -> bool {
        let before = at.checked_sub(1).filter(|before| *before >= start);
        before.is_some_and(|before| {
            ["mr", "mr.", "mrs", "mrs.", "ms", "ms.", "miss", "dr", "dr.", "prof.", "sen.", "rep."]
                .iter()
                .any(|word| self.tokens.is(before, word))
        })
    }

    /// Whether token `at` is a part of a longer name of the registry in `start..end`.
    fn is_inside_registered(&self, at: usize, start: usize, end: usize) -> bool {
        (start.max(at.saturating_sub(5))..=at).any(|from| {
            self.registered(from, end).is_some_and(|found| found.len > 1 && from + found.len > at)
        })
    }

    /// The names inside a title: "President of [Pakistan]".
    fn inner_names(&mut self, title: Range<usize>) {
        let mut at = title.start;
        while at < title.end {
            let first = at + usize::from(self.tokens.is(at, "the"));
            let after_of = at > title.start && self.tokens.text(at - 1) == "of";
            if after_of && self.body(first, title.end) == Some(title.end) {
                let reading = Reading::of(ActorKind::Organisation, Certainty::Sure);
                self.push(first, title.end, Form::Name, reading, None);
                return;
            }
            match self.registered(at, title.end) {
                Some(found)
                    if self.tokens.text(at.wrapping_sub(1)) == "of"
                        || self.tokens.is(at.wrapping_sub(1), "the") =>
                {
                    let len = found.len;
                    self.emit_registered(at, at + len, None);
                    at += len;
                }
                // "CEO of the Refugee Council": a body in no list.
                _ if at > title.start
                    && self.tokens.is(at - 1, "the")
                    && self.lexical(title.end - 1).contains(NameWord::ORGANISATION) =>
                {
                    let reading = Reading::of(ActorKind::Organisation, Certainty::Sure);
                    self.push(at, title.end, Form::Name, reading, None);
                    return;
                }
                _ => at += 1,
            }
        }
    }

    /// A title with no name after it: "the Prime Minister".
    fn bare_title(&mut self, title: Range<usize>) {
        let the = title.start.checked_sub(1).filter(|before| self.tokens.is(*before, "the"));
        let Some(the) = the else { return self.officer(title) };
        let reading = Reading {
            kind: Some(ActorKind::Person),
            certainty: Certainty::Likely,
            sex: lexicon::title_sex(self.tokens.text(title.end - 1)),
        };
        self.push(the, title.end, Form::Role, reading, None);
    }

    /// A title right after a body's name, which is one person's there: "the Harbour Party chair", "Party President" in a
    /// headline.
    fn officer(&mut self, title: Range<usize>) {
        let Some(last) = self.out.last().map(|last| (self.tokens.inside(last.range), last.kind)) else {
            return;
        };
        let (name, kind) = last;
        let the = name.start.checked_sub(1);
        let one = the.is_none_or(|the| {
            self.tokens.is(the, "the")
                || matches!(self.tokens.list[the].kind, TokenKind::Stop | TokenKind::Quote)
        });
        let body = matches!(kind, Some(ActorKind::Organisation | ActorKind::Outlet));
        if one
            && body
            && name.end == title.start
            && lexicon::is_single_office(self.tokens.text(title.end - 1))
        {
            let reading = Reading {
                kind: Some(ActorKind::Person),
                certainty: Certainty::Likely,
                sex: lexicon::title_sex(self.tokens.text(title.end - 1)),
            };
            self.push(title.start, title.end, Form::Role, reading, None);
        }
    }

    /// Cuts `start..end`, a run without a title inside, into names.
    fn cut_names(
        &mut self,
        start: usize,
        end: usize,
        sentence: Range<usize>,
        title: Option<TextRange>,
        doubtful: bool,
    ) {
        let mut at = start;
        let mut title = title;
        while at < end {
            let close = self.name_end(at, end);
            self.name(at, close, sentence.end, title.take(), doubtful);
            at = close;
            // A particle or connecting word that was left over begins no name.
            while at < end && !self.tokens.list[at].capital && !self.tokens.text(at).contains('-') {
                at += 1;
            }
        }
    }

    /// The end of the first name in the run `at..end`.
    fn name_end(&self, at: usize, end: usize) -> usize {
        let heads = NameWord::ORGANISATION.union(NameWord::PLACE).union(NameWord::OUTLET);
        let head_after = |from: usize| (from..end).any(|index| self.lexical(index).intersects(heads));
        if let Some(found) = self.registered(at, end) {
            let close = at + found.len;
            if close >= end {
                return end;
            }
            let kind = self.kind_of(&found);
            let rest = end - close;
            if found.len == 1
                && lexicon::given_name(self.tokens.text(at)).is_some()
                && !head_after(close)
                && kind != Some(ActorKind::Person)
            {
                return self.before_person(at, end);
            }
            if kind == Some(ActorKind::Person) {
                return close;
            }
            if head_after(close) {
                return self.after_head(close, end);
            }
            let given = lexicon::given_name(self.tokens.text(close)).is_some();
            let next_registered = self.registered(close, end).is_some();
            let adjective = found.actors().all(|(_, reference)| reference == Reference::Adjective);
            let plural = self.tokens.text(end - 1).ends_with('s');
            let connects = !self.tokens.list[close].capital;
            return match kind {
                Some(ActorKind::Country) if !adjective => close,
                _ if given || next_registered || connects => close,
                Some(ActorKind::Place) if rest == 1 || plural => end,
                Some(_) if adjective && rest == 1 => end,
                _ => close,
            };
        }
        if self.lexical(at).intersects(NameWord::ADJECTIVE.union(NameWord::PEOPLE))
            && at + 1 < end
            && !head_after(at + 1)
        {
            return at + 1;
        }
        // "Crooked Ann Lee": an everyday word before a whole name is no part of it.
        if at + 2 < end
            && lexicon::is_common(self.tokens.text(at))
            && lexicon::given_name(self.tokens.text(at)).is_none()
            && lexicon::given_name(self.tokens.text(at + 1)).is_some()
            && self.tokens.list[at + 1].capital
            && !head_after(at)
        {
            return at + 1;
        }
        self.before_person(at, self.after_head(at, end))
    }

    /// Where an organisation's name ends when a person's follows at once.
    fn after_head(&self, at: usize, end: usize) -> usize {
        for index in at..end.saturating_sub(2) {
            let given = lexicon::given_name(self.tokens.text(index + 1)).is_some();
            if self.lexical(index).intersects(NameWord::ORGANISATION.union(NameWord::OUTLET)) && given {
                return index + 1;
            }
        }
        end
    }

    /// Where a person known in full begins inside `at..end`, past its first word; else `end`.
    fn before_person(&self, at: usize, end: usize) -> usize {
        for index in at + 1..end {
            if let Some(found) = self.registered(index, end)
                && found.len > 1
                && self.kind_of(&found) == Some(ActorKind::Person)
            {
                return index;
            }
        }
        let acronym = self.tokens.text(at);
        if is_acronym(acronym) && at + 2 < end && lexicon::given_name(self.tokens.text(at + 1)).is_some() {
            return at + 1;
        }
        end
    }

    fn kind_of(&self, found: &Found<'_>) -> Option<ActorKind> {
        found.actors().next().and_then(|(actor, _)| self.registry.get(actor)).map(|actor| actor.kind)
    }

    /// Emits the name `start..end`.
    fn name(
        &mut self,
        start: usize,
        end: usize,
        sentence_end: usize,
        title: Option<TextRange>,
        doubtful: bool,
    ) {
        let (mut start, mut end) = (start, end);
        // Connecting words and titles at either end are no part of it.
        while end > start && !self.tokens.list[end - 1].capital && !self.tokens.text(end - 1).contains('-') {
            end -= 1;
        }
        while start < end && !self.tokens.list[start].capital && !self.tokens.text(start).contains('-') {
            start += 1;
        }
        if start >= end {
            return;
        }
        if end - start > 1 && self.is_time_of_office(start) {
            return self.name(start + 1, end, sentence_end, title, doubtful);
        }
        // "the Lee Campaign" is Lee, as "the Lee campaign" is.
        if end - start == 2
            && self.tokens.is(end - 1, "campaign")
            && self.registry.with_surname(self.tokens.text(start)).next().is_some()
        {
            return self.name(start, end - 1, sentence_end, title, doubtful);
        }
        if self.is_party_to_case(start, end) {
            // A body stays one elsewhere.
            if !self.has_head(start, end) {
                self.thing(start, end);
            }
            return;
        }
        if title.is_none() && self.is_before_subtitle(start, end) {
            return;
        }
        let registered = self.registered(start, end).is_some_and(|found| found.len == end - start);
        if registered {
            if doubtful && self.is_plain_word(start) {
                return;
            }
            let title = title.or_else(|| self.title_before(start));
            self.emit_registered(start, end, title);
            self.acronym(end, sentence_end);
            return;
        }
        if end - start == 1 && self.hyphenated(start) {
            return;
        }
        // "Foreign Affairs minister": words of a title are no name.
        if title.is_none()
            && (end - start > 1 || doubtful || self.common_name(start).is_none())
            && (start..end).all(|index| {
                self.lexical(index).intersects(NameWord::TITLE.union(NameWord::MODIFIER))
                    && !self.has_head(index, index + 1)
            })
        {
            self.officer(start..end);
            return;
        }
        let word = self.lexical(start);
        if end - start == 1 && title.is_none() && self.is_lone_word(start) {
            return;
        }
        // "House Democrats", "American Jews": people, not a body.
        if end - start > 1 && self.lexical(end - 1).contains(NameWord::PEOPLE) && title.is_none() {
            self.push(start, end, Form::People, Reading::of(ActorKind::Group, Certainty::Sure), None);
            return;
        }
        if end - start == 1 {
            if word.contains(NameWord::PEOPLE) {
                self.push(start, end, Form::People, Reading::of(ActorKind::Group, Certainty::Sure), None);
                return;
            }
            if title.is_none()
                && !doubtful
                && let Some(kind) = self.common_name(start)
            {
                self.push(start, end, Form::Name, Reading::of(kind, Certainty::Likely), None);
                return;
            }
            if word.intersects(NameWord::ADJECTIVE.union(NameWord::TITLE).union(NameWord::MODIFIER))
                && title.is_none()
            {
                return;
            }
            if self.tokens.text(start).chars().filter(|char| char.is_alphabetic()).count() < 2 {
                return;
            }
        }
        let Some(end) = self.end_of_actor(start, end, title.is_some()) else { return };
        let title = title.or_else(|| self.title_before(start));
        let doubtful = doubtful || title.is_none() && end - start == 1 && self.is_doubtful(start, doubtful);
        let reading = self.read(start, end, sentence_end, title, doubtful);
        if self.is_of_title(start, end, reading) {
            return;
        }
        let form =
            if is_acronym(self.tokens.text(start)) && end - start == 1 { Form::Acronym } else { Form::Name };
        self.push(start, end, form, reading, title);
        self.acronym(end, sentence_end);
    }

    /// Whether the lone word at `at`, which may begin its sentence, is an everyday one that need not be a name.
    fn is_doubtful(&self, at: usize, initial: bool) -> bool {
        let text = self.tokens.text(at);
        let given = lexicon::given_name(text).is_some();
        let body = self.lexical(at).intersects(NameWord::ORGANISATION.union(NameWord::OUTLET))
            && at > 0
            && self.tokens.is(at - 1, "the");
        let plain = !self.is_told_name(at)
            && (lexicon::is_english(text) || self.is_made_up(text))
            && !is_acronym(text)
            && (initial || self.registry.with_surname(text).next().is_none())
            && !body;
        // "Brown Wins": a surname that is a word; the article must bear it out.
        let shouted = self.headline && lexicon::is_common(text);
        !given && (plain || shouted)
    }

    /// What the everyday word at `at` names by its capital after "the": "the Senate" a body, "the North" a place, as
    /// its class tells.
    fn common_name(&self, at: usize) -> Option<ActorKind> {
        let word = self.lexical(at);
        let text = self.tokens.text(at);
        let previous = at.checked_sub(1).filter(|_| self.gap(at) == " ")?;
        let after_the = self.tokens.is(previous, "the");
        // "a Senate seat" needs no article.
        let chamber = word.contains(NameWord::ORGANISATION.union(NameWord::MODIFIER))
            && self.tokens.list[previous].kind == TokenKind::Word
            && !self.tokens.list[previous].capital
            && self.tokens.list.get(at + 1).is_none_or(|next| !next.capital);
        if !chamber && !after_the || self.headline || !lexicon::is_common(text) || is_acronym(text) {
            return None;
        }
        // "Voice of the People", "Meet the Press": a part of what is called so.
        let before = (0..previous).rev().find(|index| self.tokens.text(*index) != "of");
        let inside = before.is_some_and(|before| {
            self.tokens.list[before].capital && !self.lexical(before).contains(NameWord::CALENDAR)
        });
        let other = NameWord::PEOPLE
            .union(NameWord::ADJECTIVE)
            .union(NameWord::NOT_ACTOR)
            .union(NameWord::LONE)
            .union(NameWord::OUTLET)
            .union(NameWord::TITLE);
        if inside
            || self.tokens.text(at + 1) == "of"
            || word.intersects(other)
            || lexicon::given_name(text).is_some()
            || lexicon::is_surname(text)
        {
            return None;
        }
        let sense = noun_sense(text);
        // "the Owls", "the Pioneers": a team.
        let team = text.ends_with('s')
            && self.tokens.text(previous) == "the"
            && ["person", "animal"].iter().any(|class| sense == noun_class(class));
        if word.contains(NameWord::ORGANISATION) || sense == noun_class("group") || team {
            Some(ActorKind::Organisation)
        } else {
            (sense == noun_class("location")).then_some(ActorKind::Place)
        }
    }

    /// Whether what stands beside the everyday word at `at`, in no headline and not where a sentence begins, tells that it
    /// is a name: "…", Stone said", "an Owls striker".
    fn is_told_name(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).filter(|_| !self.headline) else { return false };
        let (previous, next) = (self.tokens.list[before].kind, self.tokens.text(at + 1));
        let quoted = self.tokens.text(before) == ","
            && before > 0
            && self.tokens.list[before - 1].kind == TokenKind::Quote
            || previous == TokenKind::Quote
                && before > 0
                && matches!(self.tokens.text(before - 1), "," | "?" | "!");
        let speaks = self.lexical(at + 1).contains(NameWord::SPEECH) && !finite_form(next).is_empty();
        let team =
            previous == TokenKind::Word && lexicon::noun_kind(next, false) == Some(ActorKind::Organisation);
        quoted && speaks || team && self.tokens.text(at).ends_with('s')
    }

    /// Whether the word at `at` names nobody when it stands alone: initials of a thing, the name of a doctrine, the
    /// first half of a day's name ("Super Tuesday").
    fn is_lone_word(&self, at: usize) -> bool {
        let text = self.tokens.text(at);
        let day = self.lexical(at + 1).contains(NameWord::CALENDAR)
            && self.tokens.list.get(at + 1).is_some_and(|next| next.capital)
            && self.gap(at + 1) == " "
            && lexicon::is_common(text)
            && lexicon::given_name(text).is_none();
        let numeral = text.len() > 1 && text.bytes().all(|byte| b"IVX".contains(&byte));
        self.lexical(at).contains(NameWord::LONE)
            || day
            || numeral
            || lexicon::is_doctrine(text)
            || self.is_honour(at)
    }

    /// Whether the initials at `at` stand behind a person's name: "Ann Lee, SC,".
    fn is_honour(&self, at: usize) -> bool {
        is_acronym(self.tokens.text(at))
            && matches!(self.tokens.text(at + 1), "," | ".")
            && at.checked_sub(1).is_some_and(|before| self.tokens.text(before) == ",")
            && self.related(at).is_some()
    }

    fn has_head(&self, start: usize, end: usize) -> bool {
        (start..end).any(|index| {
            self.lexical(index)
                .intersects(NameWord::ORGANISATION.union(NameWord::PLACE).union(NameWord::OUTLET))
        })
    }

    /// The title in lower case right before token `at`: "musician Ann Lee".
    fn title_before(&self, at: usize) -> Option<TextRange> {
        let last = at.checked_sub(1)?;
        let ends = |index: usize| self.lexical(index).contains(NameWord::TITLE);
        if !ends(last) || self.gap(at).contains(['\n', '\r']) {
            return None;
        }
        let mut first = last;
        while let Some(before) = first.checked_sub(1)
            && self.lexical(before).intersects(NameWord::TITLE.union(NameWord::MODIFIER))
            && self.tokens.list[before].kind == TokenKind::Word
        {
            first = before;
        }
        Some(self.tokens.span(first, last))
    }

    /// The acronym in brackets after a name that ends before token `end`.
    fn acronym(&mut self, end: usize, limit: usize) {
        let bracketed = end + 2 < limit && self.tokens.text(end) == "(" && self.tokens.text(end + 2) == ")";
        if !bracketed || self.out.is_empty() || !is_acronym(self.tokens.text(end + 1)) {
            return;
        }
        let name = self.out.len() - 1;
        let initials = initials(&self.tokens.prose[self.out[name].range]);
        let acronym: String = self.tokens.text(end + 1).chars().filter(|char| char.is_uppercase()).collect();
        if initials.len() > 1
            && (initials.contains(&acronym)
                || acronym.contains(&initials)
                || same_letters(&initials, &acronym))
            && self.free(end + 1, end + 2).is_some()
        {
            let reading =
                Reading { kind: self.out[name].kind, certainty: self.out[name].certainty, sex: None };
            self.push(end + 1, end + 2, Form::Acronym, reading, None);
            let candidates = self.out[name].candidates.clone();
            if let Some(last) = self.out.last_mut() {
                last.stands_for = Some(name);
                last.candidates = candidates;
            }
        }
    }

    /// The countries in "Russia-Ukraine", "US-led", "pro-Beijing"; whether there were any.
    fn hyphenated(&mut self, at: usize) -> bool {
        let text = self.tokens.text(at);
        if !text.contains(['-', '‑']) {
            return false;
        }
        // "African-American" is an adjective of its own.
        if self.lexical(at).intersects(NameWord::ADJECTIVE.union(NameWord::PEOPLE)) {
            return false;
        }
        let mut start = self.tokens.list[at].range.start();
        let before = self.out.len();
        let stance = ["pro", "anti", "never"]
            .iter()
            .any(|word| text.split('-').next().is_some_and(|first| first.eq_ignore_ascii_case(word)));
        for part in text.split(['-', '‑']) {
            let len = TextSize::of(part);
            let candidates: Vec<Candidate> = self
                .registry
                .named(part)
                .into_iter()
                .map(|(actor, reference)| Candidate { actor, reference })
                .collect();
            let kind = candidates
                .first()
                .and_then(|candidate| self.registry.get(candidate.actor))
                .map(|actor| actor.kind)
                .filter(|kind| {
                    matches!(kind, ActorKind::Country | ActorKind::Place | ActorKind::Organisation)
                });
            // "Lee-backed", "anti-Lee": a person's surname, if the article has that person.
            let person = kind.is_none()
                && candidates.is_empty()
                && part.starts_with(char::is_uppercase)
                && part.len() > 2
                && !lexicon::is_english(part)
                && name_word(part).is_empty()
                && (self.is_compound(at) || stance);
            // "the Ann Lee-led council".
            let goes_on = self.out.last_mut().filter(|last| {
                let given = last.kind == Some(ActorKind::Person) && last.form == Form::Name;
                given && last.range.end() + TextSize::of(' ') == start && last.candidates.is_empty()
            });
            if person && let Some(last) = goes_on {
                last.range = TextRange::new(last.range.start(), start + len);
            } else if person {
                self.out.push(Mention {
                    range: TextRange::at(start, len),
                    kind: Some(ActorKind::Person),
                    certainty: Certainty::Doubtful,
                    form: Form::Name,
                    title: None,
                    said: None,
                    candidates: Vec::new(),
                    sex: None,
                    stands_for: None,
                });
            }
            if kind.is_some() && part.starts_with(char::is_uppercase) {
                // "pro-Beijing" tells of a stance, it does not name.
                let compound = text.starts_with(char::is_lowercase) || self.is_stance(text);
                let form = if compound { Form::Adjective } else { form_of(&candidates) };
                self.out.push(Mention {
                    range: TextRange::at(start, len),
                    kind,
                    certainty: Certainty::Sure,
                    form,
                    title: None,
                    said: None,
                    candidates,
                    sex: None,
                    stands_for: None,
                });
            }
            start += len + TextSize::of('-');
            if text.contains('‑') {
                break;
            }
        }
        self.out.len() > before
    }

    /// Whether the word tells a stance to somebody of the registry: "pro-Beijing", "Anti-American".
    fn is_stance(&self, text: &str) -> bool {
        let Some((prefix, rest)) = text.split_once(['-', '‑']) else { return false };
        let stance = ["pro", "anti", "non", "ex"].iter().any(|word| prefix.eq_ignore_ascii_case(word));
        stance && rest.starts_with(char::is_uppercase) && !self.registry.named(rest).is_empty()
    }

    /// Whether the word at `at` is no name but made with one: "T-shirt", "Prize-winning".
    fn is_compound(&self, at: usize) -> bool {
        let Some((_, last)) = self.tokens.text(at).rsplit_once('-') else { return false };
        last.starts_with(char::is_lowercase)
            && last.len() > 2
            && lexicon::is_english_or_made_of_it(last)
            && !self.is_syllable(at, last)
    }

    /// Whether `last` is rather a syllable of a name than an English word: "Kwok-hung" after "Leung".
    fn is_syllable(&self, at: usize, last: &str) -> bool {
        let first = self.tokens.text(at).split('-').next().unwrap_or("");
        let after_name = at > 0 && self.tokens.list[at - 1].capital && self.gap(at) == " ";
        let english =
            matches!(last, "led" | "era" | "like" | "run" | "made" | "born" | "held" | "free" | "wide");
        after_name && last.len() <= 4 && first.len() <= 5 && !english
    }

    /// Emits the registered name `start..end`.
    fn emit_registered(&mut self, start: usize, end: usize, title: Option<TextRange>) {
        let Some(found) = self.registered(start, end) else { return };
        let candidates: Vec<Candidate> =
            found.actors().map(|(actor, reference)| Candidate { actor, reference }).collect();
        let kinds = candidates.iter().filter_map(|candidate| self.registry.get(candidate.actor));
        let first = kinds.clone().next();
        let person = first.filter(|actor| actor.kind == ActorKind::Person);
        let form = form_of(&candidates);
        let kind = match form {
            Form::People => Some(ActorKind::Group),
            _ if candidates.iter().all(|candidate| candidate.reference == Reference::Capital) => {
                Some(ActorKind::Place)
            }
            _ => first.map(|actor| actor.kind),
        };
        let reading = Reading { kind, certainty: Certainty::Sure, sex: person.and_then(|actor| actor.sex) };
        let first = if self.tokens.is(start, "the") && end > start + 1 { start + 1 } else { start };
        if self.free(first, end).is_none() {
            return;
        }
        self.push(first, end, form, reading, title);
        if let Some(last) = self.out.last_mut() {
            last.candidates = candidates;
        }
    }

    /// The first of the tokens `start..end` that no mention holds yet. An office reaches back to its
    /// article, which may be the last word of a name: "University of The".
    fn free(&self, start: usize, end: usize) -> Option<usize> {
        let read = self.out.last().map_or(TextSize::new(0), |last| last.range.end());
        (start..end).find(|at| self.tokens.list[*at].range.start() >= read)
    }

    /// Adds the mention `start..end`, without the tokens that a mention before it holds; none when
    /// it holds them all.
    fn push(&mut self, start: usize, end: usize, form: Form, reading: Reading, title: Option<TextRange>) {
        let said = if form == Form::Name && reading.kind != Some(ActorKind::Country) {
            self.said(end)
        } else {
            None
        };
        let Some(first) = self.free(start, end) else { return };
        // "a Dane" is one of them and names nobody.
        let form = if form == Form::People && self.is_one(start, end) { Form::Adjective } else { form };
        self.out.push(Mention {
            range: self.tokens.span(first, end - 1),
            kind: reading.kind,
            certainty: reading.certainty,
            form,
            title,
            said,
            candidates: Vec::new(),
            sex: reading.sex,
            stands_for: None,
        });
    }

    /// Whether the people's name `start..end` tells of one of them: "a Dane", "every Rohingya", "Stoicist".
    fn is_one(&self, start: usize, end: usize) -> bool {
        const ONE: [&str; 6] = ["a", "an", "one", "every", "each", "another"];
        let last = self.tokens.text(end - 1);
        let counted = (start.saturating_sub(2)..start).any(|index| {
            let between = index + 1 == start || !self.tokens.class(index + 1).contains(WordClass::DETERMINER);
            between
                && self.tokens.list[index + 1].kind == TokenKind::Word
                && ONE.iter().any(|one| self.tokens.is(index, one))
        });
        !last.ends_with('s') && (counted || ["ist", "er", "crat"].iter().any(|ending| last.ends_with(ending)))
    }

    /// The words set between commas after a name that begin with an article or an office: what the
    /// text says of it.
    fn said(&self, end: usize) -> Option<TextRange> {
        if self.tokens.text(end) != "," {
            return None;
        }
        let first = end + 1;
        let opens = ["a", "an", "the"].iter().any(|article| self.tokens.text(first) == *article)
            || self.lexical(first).contains(NameWord::TITLE) && !self.tokens.list[first].capital;
        if !opens {
            return None;
        }
        let mut titled = false;
        for index in first..(first + 16).min(self.tokens.len()) {
            titled |= index < first + 7 && self.lexical(index).contains(NameWord::TITLE);
            let text = self.tokens.text(index);
            let stop = self.tokens.list[index].kind == TokenKind::Stop;
            if stop || matches!(text, "," | ";" | ")") {
                return (titled && index > first).then(|| self.tokens.span(first, index - 1));
            }
        }
        None
    }
}

fn form_of(candidates: &[Candidate]) -> Form {
    // A word that is both, as "Thai", is an adjective until its place says otherwise.
    let has = |reference| candidates.iter().any(|candidate| candidate.reference == reference);
    if has(Reference::Name) || has(Reference::Capital) || has(Reference::Former) {
        Form::Name
    } else if has(Reference::Acronym) {
        Form::Acronym
    } else if has(Reference::Adjective) {
        Form::Adjective
    } else {
        Form::People
    }
}

/// Whether `text` is written in capitals like "UNGA", "G20" or "PML-N".
pub(super) fn is_acronym(text: &str) -> bool {
    let letters = text.bytes().filter(u8::is_ascii_uppercase).count();
    let numeral = text.bytes().all(|byte| b"IVXLC".contains(&byte));
    !numeral
        && (letters <= 3 || !lexicon::is_common(text))
        && (2..=7).contains(&letters)
        && text.len() <= 10
        && text.bytes().all(|byte| {
            byte.is_ascii_uppercase() || byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'&')
        })
}

/// Whether `text` is capitals and then digits, as machines, flights and versions are called: "STS-31", "IE6".
fn is_designation(text: &str) -> bool {
    let digits = text.trim_start_matches(|char: char| char.is_ascii_uppercase());
    let digits = digits.strip_prefix('-').unwrap_or(digits);
    digits.len() < text.len()
        && digits.starts_with(|char: char| char.is_ascii_digit())
        && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether `text` is an initial: "J.", "J.K."
fn is_initial(text: &str) -> bool {
    text.ends_with('.') && text.split('.').all(|part| part.chars().count() <= 1)
}

/// Whether both have the same letters in whatever order, as those of a name in two languages: "NATO", "OTAN".
fn same_letters(one: &str, other: &str) -> bool {
    let sorted = |text: &str| {
        let mut letters: Vec<char> = text.chars().collect();
        letters.sort_unstable();
        letters
    };
    one.len() > 2 && sorted(one) == sorted(other)
}

/// The first letters of a name's capitalised words.
pub(super) fn initials(name: &str) -> String {
    name.split([' ', '-', '\u{a0}'])
        .filter_map(|word| word.chars().next())
        .filter(|char| char.is_uppercase())
        .collect()
}
