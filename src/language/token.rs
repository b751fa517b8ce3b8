//! Tokens: words, numbers and marks with their place in the prose.

use super::lexicon::{self, WordClass};
use super::word_form::WordForm;
use crate::text::{TextRange, range};

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Letters, with inner hyphens, apostrophes and the full stops of "U.S."; also "n't" and "'s".
    Word,
    /// Digits with inner separators, an ordinal's ending, a decade's "s".
    Number,
    /// A quotation mark, `"`, `“`, `”`, `‘`, `''`, or a `'` or `’` that is not part of a word.
    Quote,
    /// One of `.`, `!`, `?` and `…` (a run of them is one token).
    Stop,
    /// Any other mark: comma, colon, dash, bracket, currency sign …
    Mark,
}

/// A word, number or mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands, in bytes of the prose.
    pub range: TextRange,
    /// What it is made of.
    pub kind: TokenKind,
    /// The word classes the lexicons give it, by its lower-case form.
    pub class: WordClass,
    /// It begins with a capital letter.
    pub capital: bool,
}

/// The tokens of a prose together with the prose, so that a token can be read.
#[derive(Clone, Copy, Debug)]
pub struct Tokens<'a> {
    /// The text the tokens were cut from.
    pub prose: &'a str,
    /// The tokens in text order.
    pub list: &'a [Token],
}

impl<'a> Tokens<'a> {
    /// The text of token `index`, empty past the end.
    pub fn text(&self, index: usize) -> &'a str {
        self.list.get(index).map_or("", |token| &self.prose[token.range])
    }

    /// The word classes of token `index`, none past the end.
    pub fn class(&self, index: usize) -> WordClass {
        self.list.get(index).map_or(WordClass::empty(), |token| token.class)
    }

    /// Whether token `index` is `word`, whatever its capitals (ASCII).
    #[inline]
    pub fn is(&self, index: usize, word: &str) -> bool {
        // Asked of nearly every token, many times over: most differ in their length.
        self.list.get(index).is_some_and(|token| {
            usize::from(token.range.len()) == word.len()
                && self.prose.as_bytes()[std::ops::Range::<usize>::from(token.range)]
                    .eq_ignore_ascii_case(word.as_bytes())
        })
    }

    /// How many tokens there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are no tokens.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The range from the start of token `first` to the end of token `last`, in bytes.
    ///
    /// # Panics
    /// When either index is past the end.
    pub fn span(&self, first: usize, last: usize) -> TextRange {
        self.list[first].range.cover(self.list[last].range)
    }

    /// The indices of the tokens that lie wholly inside `within`.
    pub fn inside(&self, within: TextRange) -> std::ops::Range<usize> {
        let first = self.list.partition_point(|token| token.range.start() < within.start());
        let last = self.list.partition_point(|token| token.range.end() <= within.end());
        first..last.max(first)
    }
}

/// Cuts `prose` into tokens. Every character that is not white space belongs to exactly one.
///
/// Contractions are cut as treebanks cut them: "doesn't" is "does" and "n't", "Pakistan's" is
/// "Pakistan" and "'s".
pub fn tokenize(prose: &str) -> Vec<Token> {
    let mut out = Vec::with_capacity(prose.len() / 5);
    let mut cursor = Cursor { prose, at: 0 };
    while let Some(first) = cursor.peek() {
        if first == ' ' || first.is_whitespace() {
            cursor.bump(first);
            continue;
        }
        let start = cursor.at;
        let kind = cursor.take(first);
        let cut =
            if kind == TokenKind::Word { contraction(&prose[start..cursor.at]).unwrap_or(0) } else { 0 };
        let end = cursor.at - cut;
        if start < end {
            push(prose, start, end, kind, &mut out);
        }
        if cut > 0 {
            push(prose, end, cursor.at, kind, &mut out);
        }
    }
    out
}

fn push(prose: &str, start: usize, end: usize, kind: TokenKind, out: &mut Vec<Token>) {
    let text = &prose[start..end];
    let (class, capital) = match text.as_bytes() {
        _ if kind != TokenKind::Word => (WordClass::empty(), false),
        [first, ..] if first.is_ascii() => (WordForm::of(text).class, first.is_ascii_uppercase()),
        _ => (WordForm::of(text).class, text.starts_with(char::is_uppercase)),
    };
    out.push(Token { range: range(start, end), kind, class, capital });
}

/// The bytes of the contraction or possessive at the end of `word`.
fn contraction(word: &str) -> Option<usize> {
    if word.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        // As most words are.
        return None;
    }
    let at = word.rfind(['\'', '’'])?;
    let mark = if word[at..].starts_with('’') { '’'.len_utf8() } else { 1 };
    let tail = &word[at + mark..];
    if tail.eq_ignore_ascii_case("t") && word[..at].ends_with(['n', 'N']) {
        return Some(word.len() - at + 1);
    }
    ["s", "re", "ve", "ll", "d", "m"]
        .iter()
        .any(|end| tail.eq_ignore_ascii_case(end))
        .then_some(word.len() - at)
}

struct Cursor<'a> {
    prose: &'a str,
    at: usize,
}

impl Cursor<'_> {
    fn peek(&self) -> Option<char> {
        match self.prose.as_bytes().get(self.at) {
            Some(byte) if byte.is_ascii() => Some(char::from(*byte)),
            Some(_) => self.prose[self.at..].chars().next(),
            None => None,
        }
    }

    fn bump(&mut self, char: char) {
        self.at += char.len_utf8();
    }

    fn after(&self, char: char) -> Option<char> {
        self.prose[self.at + char.len_utf8()..].chars().next()
    }

    /// Takes one token that begins with `first`.
    fn take(&mut self, first: char) -> TokenKind {
        if first.is_ascii_digit() {
            return self.number();
        }
        if is_letter(first) {
            return self.word();
        }
        match first {
            '\'' | '’' if self.after(first).is_some_and(|next| next.is_ascii_digit()) => {
                self.bump(first);
                self.number()
            }
            '"' | '“' | '”' | '‘' | '\'' | '’' | '„' | '«' | '»' => {
                self.bump(first);
                if first == '\'' && self.peek() == Some('\'') {
                    self.at += 1;
                }
                TokenKind::Quote
            }
            '.' | '!' | '?' | '…' => {
                while let Some(next @ ('.' | '!' | '?' | '…')) = self.peek() {
                    self.bump(next);
                }
                TokenKind::Stop
            }
            '-' => {
                while self.peek() == Some('-') {
                    self.at += 1;
                }
                TokenKind::Mark
            }
            _ => {
                self.bump(first);
                TokenKind::Mark
            }
        }
    }

    fn number(&mut self) -> TokenKind {
        while let Some(char) = self.peek() {
            let joins = matches!(char, ',' | '.' | ':' | '/')
                && self.after(char).is_some_and(|next| next.is_ascii_digit());
            if !(char.is_ascii_digit() || joins) {
                break;
            }
            self.bump(char);
        }
        // An ordinal's or a decade's ending, or a unit written on: "4th", "1990s", "10pm", "5-year-old".
        while let Some(char) = self.peek() {
            let joins = char == '-' && self.after(char).is_some_and(is_letter);
            if !(is_letter(char) || joins) {
                break;
            }
            self.bump(char);
        }
        TokenKind::Number
    }

    fn word(&mut self) -> TokenKind {
        let start = self.at;
        loop {
            // Most of a word is plain letters.
            let rest = &self.prose.as_bytes()[self.at..];
            self.at += rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
            let Some(char) = self.peek() else { break };
            let inside = is_letter(char) || char.is_ascii_digit();
            let joins = matches!(char, '-' | '\'' | '’' | '&' | '‑')
                && self.after(char).is_some_and(|next| is_letter(next) || next.is_ascii_digit());
            if !(inside || joins || (char == '.' && self.is_abbreviated(start))) {
                break;
            }
            self.bump(char);
        }
        TokenKind::Word
    }

    /// Whether the full stop at the cursor belongs to the word that began at `start`: the dots of
    /// "U.S." and "a.m.", an initial's, a listed abbreviation's.
    fn is_abbreviated(&self, start: usize) -> bool {
        let word = &self.prose[start..self.at];
        let last = word.rsplit(['.', '-']).next().unwrap_or(word);
        let mut letters = last.chars();
        let single = letters.next().is_some_and(is_letter) && letters.next().is_none();
        if single && (word.contains('.') || self.after('.').is_some_and(is_letter)) {
            return true;
        }
        let initial = single && word.chars().all(char::is_uppercase) && word != "I";
        initial || lexicon::is_abbreviation(word)
    }
}

fn is_letter(char: char) -> bool {
    if char.is_ascii() {
        char.is_ascii_alphabetic()
    } else {
        char.is_alphabetic() || matches!(char, '\u{300}'..='\u{36f}')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(prose: &str) -> Vec<&str> {
        tokenize(prose).iter().map(|token| &prose[token.range]).collect()
    }

    #[test]
    fn contractions_and_possessives_are_cut_off() {
        assert_eq!(
            texts("It doesn't change Pakistan's stance, they’ve said."),
            ["It", "does", "n't", "change", "Pakistan", "'s", "stance", ",", "they", "’ve", "said", "."]
        );
    }

    #[test]
    fn abbreviations_keep_their_full_stops() {
        assert_eq!(
            texts("U.S. Sen. J. Smith (D-N.C.) left at 5 p.m. for D.C."),
            ["U.S.", "Sen.", "J.", "Smith", "(", "D-N.C.", ")", "left", "at", "5", "p.m.", "for", "D.C."]
        );
    }

    #[test]
    fn numbers_keep_separators_and_endings() {
        assert_eq!(
            texts("$5.5 million, 1,200 in the 1990s, the '90s and 24%."),
            [
                "$", "5.5", "million", ",", "1,200", "in", "the", "1990s", ",", "the", "'90s", "and", "24",
                "%", "."
            ]
        );
    }

    #[test]
    fn hyphens_stay_inside_words_and_dashes_do_not() {
        assert_eq!(
            texts("Russia-Ukraine conflict -- back-to-back—visits"),
            ["Russia-Ukraine", "conflict", "--", "back-to-back", "—", "visits"]
        );
    }

    #[test]
    fn a_possessive_after_s_is_a_quote_mark_of_its_own() {
        assert_eq!(texts("the senators' vote"), ["the", "senators", "'", "vote"]);
    }
}
