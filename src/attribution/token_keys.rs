//! What features tell of a token: two numbers, made once for each.

use super::reading::Word;
use crate::language::{Token, TokenKind, hash};

/// A token as features see it.
#[derive(Clone, Copy, Debug)]
pub(super) struct TokenKeys {
    /// The word, or the shape of a name, number or mark.
    pub(super) word: u32,
    /// What kind of word it is.
    pub(super) class: u32,
    /// What it speaks of, as a verb and as a noun; for a word of a closed class, its kind.
    pub(super) sense: u32,
}

impl TokenKeys {
    /// Those of what stands beyond the passage.
    pub(super) const BEYOND: Self = Self { word: 2, class: 1, sense: 1 };

    /// Those of `token`, which is `word`.
    pub(super) fn of(word: &Word<'_>, token: &Token) -> Self {
        Self { word: word_key(word, token), class: class_key(word, token), sense: sense_key(word, token) }
    }
}

fn word_key(word: &Word<'_>, token: &Token) -> u32 {
    let text = word.text;
    match token.kind {
        TokenKind::Number => 3,
        TokenKind::Word if token.capital && token.class.is_empty() && word.verb.is_none() => {
            if text.len() > 1 && text.bytes().all(|byte| !byte.is_ascii_lowercase()) { 4 } else { 5 }
        }
        TokenKind::Word => word.hash.unwrap_or(6),
        _ => hash(text).unwrap_or(6),
    }
}

fn class_key(word: &Word<'_>, token: &Token) -> u32 {
    let text = word.text;
    if token.kind == TokenKind::Mark || token.kind == TokenKind::Stop {
        return combine(2, u32::from(text.bytes().next().unwrap_or(0)));
    }
    let ending = if token.capital {
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
    let verb = word.verb.map_or(0, |verb| verb.form as u32 + 1);
    combine(combine(token.kind as u32, u32::from(token.class.bits())), ending * 8 + verb)
}

fn sense_key(word: &Word<'_>, token: &Token) -> u32 {
    if token.kind != TokenKind::Word {
        return combine(token.kind as u32, 1);
    }
    if !token.class.is_empty() {
        return combine(2, u32::from(token.class.bits()));
    }
    if token.capital {
        return 3;
    }
    let verb = word.verb.map_or(0, |verb| u32::from(verb.lemma.sense()) + 1);
    combine(combine(4, verb), u32::from(word.noun))
}

/// `hash` with `value`.
pub(super) fn combine(hash: u32, value: u32) -> u32 {
    (hash.rotate_left(5) ^ value).wrapping_mul(0x9e37_79b1)
}
