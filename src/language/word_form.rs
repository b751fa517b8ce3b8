//! All that the word lists know of a word form, looked up at once.

use std::cell::RefCell;

use super::lexicon::{WordClass, listed_classes, with_lower_case};
use super::memo::Memo;
use super::sense::{Sense, listed_noun};
use super::verb::{Verb, listed_verb};

/// What the lists know of a word, whatever its capitals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct WordForm {
    /// The word classes it can have.
    pub(crate) class: WordClass,
    /// The verb it can be.
    pub(crate) verb: Option<Verb>,
    /// What it speaks of as a noun; 0 for nothing known.
    pub(crate) noun: Sense,
    /// FNV-1a of its lower-case form (ASCII); none for a word of more than 24 bytes.
    pub(crate) hash: Option<u32>,
}

impl WordForm {
    /// That of `word`.
    #[inline]
    pub(crate) fn of(word: &str) -> Self {
        thread_local! {
            static MEMO: RefCell<Memo<WordForm>> = const { Memo::new() };
        }
        Memo::of(&MEMO, word, |word| {
            let known = with_lower_case(word, |lower| Self {
                class: listed_classes(lower),
                verb: listed_verb(lower),
                noun: listed_noun(lower),
                hash: Some(lower.bytes().fold(0x811c_9dc5, letter)),
            });
            known.unwrap_or(Self { class: WordClass::empty(), verb: None, noun: 0, hash: None })
        })
    }
}

/// `hash`, an FNV-1a, with one letter more.
pub(crate) fn letter(hash: u32, byte: u8) -> u32 {
    (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
}
