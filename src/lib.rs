//! Onrecord puts every claim in a news article on the record: who said it, how well they are
//! sourced, where they stand.
//!
//! The library reads an article, plain or annotated, and answers an editor's or an archive's
//! questions about it. Offsets are bytes into UTF-8 text throughout; only [`server`] knows how an
//! editor counts, and only [`cli`] how a terminal looks.
//!
//! A module uses only those above it here; `server` and `cli` do not know each other.

/// Positions, ranges and edits on a rope.
pub mod text;

/// Text to article: header, blocks with their kind, markup, quotations. Lossless, never fails.
pub mod article;

/// English: tokens, sentences, word classes and the lexicons behind them.
pub mod language;

/// Who can speak or be spoken of: the gazetteer, mentions, roles by date.
pub mod actors;

/// Source, cue and content of what is said, and how far a source carries.
pub mod attribution;

/// Export and import: what an article holds, in the forms other tools read.
pub mod exchange;
