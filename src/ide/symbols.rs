//! The outline of an article.

use crate::analysis::Analysis;
use crate::text::TextRange;

/// An entry of the outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// Its name.
    pub name: String,
    /// A few words beside it.
    pub detail: String,
    /// What it is.
    pub kind: SymbolKind,
    /// All of it.
    pub range: TextRange,
    /// The part that names it, inside `range`.
    pub selection: TextRange,
    /// What belongs to it.
    pub children: Vec<Symbol>,
}

/// What an entry of the outline is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SymbolKind {
    /// Headline or subhead.
    Heading,
    /// Somebody who speaks.
    Speaker,
    /// A claim.
    Claim,
}

/// The outline: headings, speakers and their claims.
pub fn symbols(_analysis: &Analysis) -> Vec<Symbol> {
    Vec::new()
}
