//! What can stand at the cursor.

use crate::analysis::Analysis;
use crate::text::{TextEdit, TextSize};

/// The characters after which an editor should ask.
pub const TRIGGERS: &[&str] = &["{", "=", ".", "#", " ", "\""];

/// Something that can stand at the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// As the list shows it.
    pub label: String,
    /// A few words beside it.
    pub detail: String,
    /// Its documentation, Markdown.
    pub documentation: String,
    /// What it is.
    pub kind: CompletionKind,
    /// The edit that writes it.
    pub edit: TextEdit,
    /// The same with tab stops in LSP snippet syntax, for editors that have them.
    pub snippet: Option<String>,
}

/// What a completion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompletionKind {
    /// A span's class.
    Class,
    /// An attribute's key.
    Key,
    /// An attribute's value.
    Value,
    /// An actor's id.
    Actor,
    /// A span's id.
    Span,
    /// A rule's code.
    Code,
}

/// What can stand at `offset`, the most likely first.
pub fn completion(_analysis: &Analysis, _offset: TextSize) -> Vec<Completion> {
    Vec::new()
}
