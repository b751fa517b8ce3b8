//! What is wrong in markup, comments or a header.

use crate::text::{TextEdit, TextRange};

/// Something that could not be read as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where, in bytes of the block's source (in a header: of the article).
    pub range: TextRange,
    /// What it concerns.
    pub kind: FaultKind,
    /// What is wrong and what would be right, a sentence or two.
    pub message: String,
    /// An edit that mends it, where there is one, in the same bytes as `range`.
    pub fix: Option<TextEdit>,
}

/// What a fault concerns, and so which rule reports it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// A span or its attributes.
    Markup,
    /// The header.
    Header,
    /// A suppression comment.
    Comment,
}
