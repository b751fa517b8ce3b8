//! English: tokens, sentences and what kind of word a word is.
//!
//! The word lists are plain text files beside this code (`lexicon/`), one entry a line.

mod lexicon;
mod passage;
mod sentence;
mod token;
mod verb;
pub(crate) mod word_set;

pub use lexicon::WordClass;
pub(crate) use lexicon::entries as lexicon_entries;
pub use passage::Passage;
pub use sentence::sentences;
pub use token::{Token, TokenKind, Tokens, tokenize};
pub use verb::{VerbForm, verb_form};
