//! A passage with what each of its words can be.

use std::ops::Range;

use super::token_keys::TokenKeys;
use crate::language::{Passage, Sense, Token, TokenKind, Tokens, Verb, VerbForm, WordClass, WordForm};
use crate::text::TextRange;

/// The tokens of a passage, each with its verb and whether it is quoted.
pub(super) struct Reading<'a> {
    pub(super) passage: &'a Passage,
    pub(super) tokens: Tokens<'a>,
    words: Vec<Word<'a>>,
    keys: Vec<TokenKeys>,
    /// What stands before each token, and before the end.
    counts: Vec<Counts>,
    /// The outer quotations as ranges of tokens, their marks with them.
    pub(super) quotes: Vec<Range<usize>>,
}

#[derive(Clone, Copy, Default)]
pub(super) struct Word<'a> {
    pub(super) text: &'a str,
    pub(super) verb: Option<Verb>,
    /// What it speaks of as a noun, if it has no class of its own.
    pub(super) noun: Sense,
    /// Between the marks of an outer quotation.
    quoted: bool,
    /// It is, or may well be, a finite verb.
    finite: bool,
    /// It is a comma.
    comma: bool,
    /// That of [`WordForm::hash`], for a word.
    pub(super) hash: Option<u32>,
}

impl<'a> Word<'a> {
    /// What the word lists tell of `text`, which `token` is.
    fn of(text: &'a str, token: &Token) -> Self {
        if token.kind != TokenKind::Word {
            return Self { text, comma: text == ",", ..Self::default() };
        }
        let not_verb = WordClass::PREPOSITION
            | WordClass::DETERMINER
            | WordClass::BE
            | WordClass::HAVE
            | WordClass::MODAL
            | WordClass::ADVERB;
        let form = WordForm::of(text);
        Self {
            text,
            verb: form.verb.filter(|_| !token.class.intersects(not_verb)),
            noun: if token.class.is_empty() && !token.capital { form.noun } else { 0 },
            hash: form.hash,
            ..Self::default()
        }
    }
}

/// How many of the tokens before a place are of a kind.
#[derive(Clone, Copy, Default)]
struct Counts {
    finite: u32,
    commas: u32,
    quotes: u32,
}

/// Determiners that can stand for a noun: "another said".
const STANDING_ALONE: &[&str] = &[
    "that", "this", "those", "these", "all", "some", "many", "both", "another", "each", "several", "few",
    "most", "neither", "either",
];

impl<'a> Reading<'a> {
    pub(super) fn of(passage: &'a Passage) -> Self {
        let tokens = passage.tokens();
        let mut words: Vec<Word<'_>> =
            tokens.list.iter().map(|token| Word::of(&tokens.prose[token.range], token)).collect();
        let mut quotes = Vec::new();
        for quotation in passage.quotations().iter().filter(|quotation| quotation.depth == 0) {
            for index in tokens.inside(quotation.inner) {
                words[index].quoted = true;
            }
            let range = tokens.inside(quotation.range);
            if !range.is_empty() {
                quotes.push(range);
            }
        }
        let mut reading = Self { passage, tokens, words, keys: Vec::new(), counts: Vec::new(), quotes };
        reading.keep_capitals_names();
        for index in 0..reading.len() {
            reading.words[index].finite = reading.can_be_finite(index);
        }
        reading.counts = reading.counted();
        reading.keys =
            reading.words.iter().zip(tokens.list).map(|(word, token)| TokenKeys::of(word, token)).collect();
        reading
    }

    /// A capital inside a sentence makes a name of a verb, except in a headline.
    fn keep_capitals_names(&mut self) {
        for sentence in self.passage.sentences() {
            let title = self.is_title_case(sentence.clone());
            let mut first = true;
            for index in sentence.clone() {
                let token = self.tokens.list[index];
                if token.kind != TokenKind::Word {
                    first |= token.kind == TokenKind::Quote;
                    continue;
                }
                if token.capital && !title && !first {
                    self.words[index].verb = None;
                }
                first = false;
            }
        }
    }

    /// Whether most longer words of the sentence begin with a capital.
    pub(super) fn is_title_case(&self, sentence: Range<usize>) -> bool {
        let (mut capitals, mut others) = (0_u32, 0_u32);
        for index in sentence {
            let token = self.tokens.list[index];
            if token.kind == TokenKind::Word && u32::from(token.range.len()) > 3 {
                *if token.capital { &mut capitals } else { &mut others } += 1;
            }
        }
        capitals >= 3 && others * 4 <= capitals
    }

    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    pub(super) fn text(&self, index: usize) -> &'a str {
        self.words.get(index).map_or("", |word| word.text)
    }

    #[inline]
    pub(super) fn is(&self, index: usize, word: &str) -> bool {
        self.text(index).eq_ignore_ascii_case(word)
    }

    #[inline]
    pub(super) fn is_any(&self, index: usize, words: &[&str]) -> bool {
        let text = self.text(index);
        words.iter().any(|word| text.eq_ignore_ascii_case(word))
    }

    pub(super) fn class(&self, index: usize) -> WordClass {
        self.tokens.class(index)
    }

    pub(super) fn kind(&self, index: usize) -> Option<TokenKind> {
        self.tokens.list.get(index).map(|token| token.kind)
    }

    /// The token at `index` as features see it.
    pub(super) fn keys(&self, index: usize) -> TokenKeys {
        self.keys.get(index).copied().unwrap_or(TokenKeys::BEYOND)
    }

    pub(super) fn is_comma(&self, index: usize) -> bool {
        self.words.get(index).is_some_and(|word| word.comma)
    }

    pub(super) fn is_mark(&self, index: usize) -> bool {
        self.kind(index).is_some_and(|kind| matches!(kind, TokenKind::Mark | TokenKind::Stop))
    }

    pub(super) fn is_quote(&self, index: usize) -> bool {
        self.kind(index) == Some(TokenKind::Quote)
    }

    pub(super) fn is_dash(&self, index: usize) -> bool {
        self.is_mark(index) && matches!(self.text(index), "—" | "–" | "―" | "--" | "-")
    }

    /// Whether a full stop or its like stands at `index` and not inside a word or before a bracket.
    pub(super) fn is_stop(&self, index: usize) -> bool {
        self.kind(index) == Some(TokenKind::Stop)
            && !self.tokens.list.get(index + 1).is_some_and(|next| {
                next.kind == TokenKind::Word && next.range.start() == self.tokens.list[index].range.end()
                    || self.text(index + 1) == ")"
            })
    }

    pub(super) fn is_word(&self, index: usize) -> bool {
        self.kind(index) == Some(TokenKind::Word)
    }

    pub(super) fn is_capital(&self, index: usize) -> bool {
        self.tokens.list.get(index).is_some_and(|token| token.capital)
    }

    pub(super) fn is_possessive(&self, index: usize) -> bool {
        matches!(self.text(index), "'s" | "’s")
    }

    pub(super) fn verb(&self, index: usize) -> Option<Verb> {
        self.words.get(index).and_then(|word| word.verb)
    }

    pub(super) fn is_quoted(&self, index: usize) -> bool {
        self.words.get(index).is_some_and(|word| word.quoted)
    }

    /// Whether the word at `index` is, or may well be, a finite verb.
    pub(super) fn is_finite(&self, index: usize) -> bool {
        self.words.get(index).is_some_and(|word| word.finite)
    }

    fn can_be_finite(&self, index: usize) -> bool {
        let class = self.class(index);
        if class.intersects(WordClass::BE | WordClass::HAVE | WordClass::MODAL) {
            return !self.is_any(index, &["be", "been", "being", "having"]) && !self.is_possessive(index);
        }
        match self.verb(index) {
            Some(verb) => match verb.form {
                VerbForm::Past | VerbForm::Third => !self.follows_article(index),
                // "sources close to the board": no verb.
                VerbForm::Base if self.is(index, "close") && self.is(index + 1, "to") => false,
                VerbForm::Base => index > 0 && self.is_plural_subject(index - 1),
                VerbForm::Participle | VerbForm::Gerund => false,
            },
            None => {
                self.is_word(index)
                    && !self.is_capital(index)
                    && self.text(index).len() > 4
                    && self.text(index).ends_with("ed")
                    && !self.follows_article(index)
            }
        }
    }

    /// Whether a determiner, possessive, preposition or adjective-like word before makes a noun of it.
    pub(super) fn follows_article(&self, index: usize) -> bool {
        let Some(before) = index.checked_sub(1) else { return false };
        self.class(before).intersects(WordClass::DETERMINER | WordClass::PREPOSITION)
            && !self.class(before).contains(WordClass::SUBJECT)
            && !self.is_any(before, STANDING_ALONE)
            || self.is_possessive(before)
    }

    /// Whether the word at `index` can be the subject of a bare verb after it: "they", "voters".
    fn is_plural_subject(&self, index: usize) -> bool {
        self.class(index).contains(WordClass::SUBJECT)
            || self.is_any(index, &["women", "men", "people", "children", "police"])
            || self.is_word(index)
                && self.text(index).len() > 4
                && self.text(index).ends_with('s')
                && !self.text(index).ends_with("ss")
                && self.class(index).is_empty()
                && !self.is_capital(index + 1)
                && (self.verb(index).is_none() || self.follows_article(index))
    }

    fn counted(&self) -> Vec<Counts> {
        let mut counts = Vec::with_capacity(self.len() + 1);
        let mut before = Counts::default();
        for (word, token) in self.words.iter().zip(self.tokens.list) {
            counts.push(before);
            before.finite += u32::from(word.finite);
            before.commas += u32::from(word.comma);
            before.quotes += u32::from(token.kind == TokenKind::Quote);
        }
        counts.push(before);
        counts
    }

    /// What `of` counts in `within`.
    fn count(&self, within: &Range<usize>, of: impl Fn(Counts) -> u32) -> u32 {
        let before = |index: usize| self.counts.get(index.min(self.len())).map_or(0, |counts| of(*counts));
        before(within.end).saturating_sub(before(within.start))
    }

    /// How many finite verbs there are in `within`.
    pub(super) fn finite_count(&self, within: &Range<usize>) -> u32 {
        self.count(within, |counts| counts.finite)
    }

    /// How many commas there are in `within`.
    pub(super) fn comma_count(&self, within: &Range<usize>) -> u32 {
        self.count(within, |counts| counts.commas)
    }

    /// Whether there is a quotation mark in `within`.
    pub(super) fn has_quote(&self, within: &Range<usize>) -> bool {
        self.count(within, |counts| counts.quotes) > 0
    }

    /// Whether there is a finite verb in `within`.
    pub(super) fn has_finite(&self, within: Range<usize>) -> bool {
        self.finite_count(&within) > 0
    }

    pub(super) fn is_subject(&self, index: usize) -> bool {
        self.class(index).contains(WordClass::SUBJECT)
    }

    pub(super) fn is_adverb(&self, index: usize) -> bool {
        self.class(index).contains(WordClass::ADVERB)
    }

    /// The quotation that begins at or right after token `index`.
    pub(super) fn quote_from(&self, index: usize) -> Option<&Range<usize>> {
        self.quotes
            .get(self.quotes.partition_point(|quote| quote.start < index))
            .filter(|quote| quote.start == index)
    }

    /// The quotation that holds token `index`, its marks included.
    pub(super) fn quote_around(&self, index: usize) -> Option<&Range<usize>> {
        let passed = self.quotes.partition_point(|quote| quote.start <= index);
        self.quotes.get(passed.checked_sub(1)?).filter(|quote| quote.contains(&index))
    }

    /// The sentence that holds token `index`.
    pub(super) fn sentence_of(&self, index: usize) -> Range<usize> {
        let sentences = self.passage.sentences();
        let passed = sentences.partition_point(|sentence| sentence.start <= index);
        passed.checked_sub(1).and_then(|at| sentences.get(at)).cloned().unwrap_or(0..0)
    }

    /// `tokens` without commas and other marks at its ends; quotation marks, brackets and the stop
    /// of a quotation stay. Empty ranges stay empty.
    pub(super) fn trimmed(&self, tokens: Range<usize>) -> Range<usize> {
        let loose = |index: usize| {
            self.kind(index).is_none()
                || (self.is_mark(index)
                    && !matches!(self.text(index), "$" | "£" | "€" | "#" | "@" | "(" | ")" | "%" | "[" | "]"))
        };
        let Range { mut start, mut end } = tokens;
        while start < end && loose(start) {
            start += 1;
        }
        while start < end && loose(end - 1) {
            end -= 1;
        }
        start..end
    }

    /// The bytes of `tokens`; nothing for none.
    pub(super) fn bytes(&self, tokens: &Range<usize>) -> Option<TextRange> {
        (tokens.start < tokens.end && tokens.end <= self.len())
            .then(|| self.tokens.span(tokens.start, tokens.end - 1))
    }
}
