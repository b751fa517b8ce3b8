//! All that the word lists know of a word form, looked up at once.

use std::cell::RefCell;

use super::lexicon::{WordClass, is_listed_business, listed_classes, with_lower_case};
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
    /// Whether it is of markets, results and trade.
    pub(crate) is_business: bool,
    /// That of [`hash`].
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
                is_business: is_listed_business(lower),
                hash: hash(lower),
            });
            known.unwrap_or(Self {
                class: WordClass::empty(),
                verb: None,
                noun: 0,
                is_business: false,
                hash: None,
            })
        })
    }
}

/// The classes of `word`, by its lower-case form.
pub(crate) fn classes(word: &str) -> WordClass {
    WordForm::of(word).class
}

/// The verb `word` is a form of, whatever its capitals, whether or not it is one in its sentence.
pub fn verb(word: &str) -> Option<Verb> {
    WordForm::of(word).verb
}

/// The class of the noun `word`, in the singular or a regular plural, whatever its capitals; 0 for none.
pub(crate) fn noun_sense(word: &str) -> Sense {
    WordForm::of(word).noun
}

/// FNV-1a of the lower-case form (ASCII) of `word`; none for one of more than 24 bytes.
pub(crate) fn hash(word: &str) -> Option<u32> {
    with_lower_case(word, |lower| lower.bytes().fold(0x811c_9dc5, letter))
}

/// `hash`, an FNV-1a, with one letter more.
pub(crate) fn letter(hash: u32, byte: u8) -> u32 {
    (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
}
