//! What features tell of a token: two numbers, made once for each.

use super::reading::Reading;
use crate::language::{TokenKind, hash};

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

    /// Those of the token at `at`, of which all else is known.
    pub(super) fn of(reading: &Reading<'_>, at: usize) -> Self {
        reading.kind(at).map_or(Self::BEYOND, |kind| Self {
            word: word(reading, at, kind),
            class: class(reading, at, kind),
            sense: sense(reading, at, kind),
        })
    }
}

fn word(reading: &Reading<'_>, at: usize, kind: TokenKind) -> u32 {
    let text = reading.text(at);
    match kind {
        TokenKind::Number => 3,
        TokenKind::Word
            if reading.is_capital(at) && reading.class(at).is_empty() && reading.verb(at).is_none() =>
        {
            if text.len() > 1 && text.bytes().all(|byte| !byte.is_ascii_lowercase()) { 4 } else { 5 }
        }
        TokenKind::Word => reading.hash(at).unwrap_or(6),
        _ => hash(text).unwrap_or(6),
    }
}

fn class(reading: &Reading<'_>, at: usize, kind: TokenKind) -> u32 {
    let text = reading.text(at);
    if kind == TokenKind::Mark || kind == TokenKind::Stop {
        return combine(2, u32::from(text.bytes().next().unwrap_or(0)));
    }
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
    combine(combine(kind as u32, u32::from(reading.class(at).bits())), ending * 8 + verb)
}

fn sense(reading: &Reading<'_>, at: usize, kind: TokenKind) -> u32 {
    if kind != TokenKind::Word {
        return combine(kind as u32, 1);
    }
    let class = reading.class(at);
    if !class.is_empty() {
        return combine(2, u32::from(class.bits()));
    }
    if reading.is_capital(at) {
        return 3;
    }
    let verb = reading.verb(at).map_or(0, |verb| u32::from(verb.lemma.sense()) + 1);
    combine(combine(4, verb), u32::from(reading.noun(at)))
}

/// `hash` with `value`.
pub(super) fn combine(hash: u32, value: u32) -> u32 {
    (hash.rotate_left(5) ^ value).wrapping_mul(0x9e37_79b1)
}
