//! English: tokens, sentences and what kind of word a word is.
//!
//! The word lists are plain text files beside this code (`lexicon/`), one entry a line.

mod finite;
mod lexicon;
mod passage;
mod sentence;
mod token;

pub(crate) use finite::word_set;
pub use finite::{Finite, finite};
pub use lexicon::WordClass;
pub(crate) use lexicon::entries as lexicon_entries;
pub use passage::Passage;
pub use sentence::sentences;
pub use token::{Token, TokenKind, Tokens, tokenize};
