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

/// What a configuration may say, as plain data.
pub mod settings;

/// Text to article: header, blocks with their kind, markup, quotations. Lossless, never fails.
pub mod article;

/// English: tokens, sentences, word classes and the lexicons behind them.
pub mod language;

/// Who can speak or be spoken of: the gazetteer, mentions, roles by date.
pub mod actors;

/// Source, cue and content of what is said, and how far a source carries.
pub mod attribution;

/// The vocabularies of stance, voice and act, and their crosswalks to the standards.
pub mod stance;

/// The rules: one file each, its page and examples beside it; the registry of their codes.
pub mod rules;

/// All of the above on one article, passage by passage, keeping what did not change.
pub mod analysis;

/// Editor features as pure functions of an analysis and an offset.
pub mod ide;

/// Folders and files: which of them are articles.
pub mod workspace;

/// The language server: the only module that knows LSP, tokio and JSON-RPC.
pub mod server;
