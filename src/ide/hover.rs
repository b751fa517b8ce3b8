//! What is known of the words under the pointer.

use crate::analysis::Analysis;
use crate::text::{TextRange, TextSize};

/// What a hover shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// The words it is about.
    pub range: TextRange,
    /// Markdown; whatever comes from the article is escaped.
    pub markdown: String,
}

/// What is known at `offset`: of a name, a claim, a cue, a tag or a finding.
pub fn hover(_analysis: &Analysis, _offset: TextSize) -> Option<Hover> {
    None
}
