//! English: tokens, sentences and what kind of word a word is.
//!
//! The word lists are plain text files beside this code (`lexicon/`), one entry a line.

mod finite;
mod foreign;
mod lexicon;
mod manner;
pub(crate) mod memo;
mod passage;
mod relative_date;
mod sense;
mod sentence;
mod token;
mod verb;
mod word_form;
pub(crate) mod word_set;

pub use finite::{FiniteForm, finite_form};
pub use foreign::{beginning, first_foreign_word};
pub use lexicon::WordClass;
pub(crate) use lexicon::{entries, with_lower_case};
pub use manner::manner;
pub use passage::Passage;
pub use relative_date::{RelativeDate, relative_date};
pub(crate) use sense::{Sense, noun_class};
pub use sentence::sentences;
pub use token::{Token, TokenKind, Tokens, tokenize};
pub use verb::{Lemma, Verb, VerbForm};
pub use word_form::verb;
pub(crate) use word_form::{WordForm, classes, hash, letter, noun_sense};
