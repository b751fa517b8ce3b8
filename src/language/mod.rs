//! English: tokens, sentences and what kind of word a word is.
//!
//! The word lists are plain text files beside this code (`lexicon/`), one entry a line.

mod lexicon;
mod passage;
mod sentence;
mod token;

pub use lexicon::WordClass;
pub(crate) use lexicon::entries;
pub use passage::Passage;
pub use sentence::sentences;
pub use token::{Token, TokenKind, Tokens, tokenize};
