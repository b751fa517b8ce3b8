//! Editor features as pure functions: an analysis and an offset in, plain data out.
//!
//! Offsets and ranges are bytes of the article. Nothing here knows an editor or a protocol.

mod actor;
mod alternative;
mod attributes;
mod claims;
mod completion;
mod config_file;
mod definition;
mod draft;
mod fix;
mod folding;
mod hints;
mod hover;
mod keys;
mod lenses;
mod links;
mod mark;
mod occurrences;
mod registry;
mod selection;
mod semantic_tokens;
mod span_ids;
mod spans;
mod speakers;
mod symbols;

use crate::analysis::{AnalysedBlock, Analysis};
use crate::text::TextRange;

pub use alternative::{Settlement, settlements};
pub use completion::{Completion, CompletionKind, TRIGGERS, actor_documentation, completion, is_in_markup};
pub use config_file::{config_completion, config_hover};
pub use definition::definition;
pub use draft::{Drafts, accept_drafts, draft, remove_drafts};
pub use fix::{Fixed, Made, Restless, Which, fix, line_edits};
pub use folding::{Fold, FoldKind, folds};
pub use hints::{Hint, HintKind, HintKinds, hints};
pub use hover::{Hover, hover, hover_as_before, hover_in_folder};
pub use lenses::{Lens, lenses};
pub use links::{Link, links};
pub use mark::{MARKS, mark};
pub use occurrences::{
    ActorAt, Occurrence, OccurrenceKind, actor_at, actor_id_places_beside, id_occurrences, occurrences,
};
pub use registry::{registry_completion, registry_definition, registry_hover};
pub use selection::selections;
pub use semantic_tokens::{SemanticToken, TokenKind, by_line, flat, semantic_tokens};
pub use span_ids::{SpanIdPlace, linked_ids, span_id_at, span_id_places, span_id_places_beside};
pub use speakers::{Said, Speaker, speakers};
pub use symbols::{Symbol, SymbolKind, symbols};

/// The block that holds `range`.
fn block_of(analysis: &Analysis, range: TextRange) -> Option<&AnalysedBlock> {
    let blocks = analysis.blocks();
    let index = blocks.partition_point(|block| block.range.end() < range.start());
    blocks.get(index).filter(|block| block.range.contains_range(range))
}

/// The words at `range` of the article, without markup; `range` lies in one block.
fn prose(analysis: &Analysis, range: TextRange) -> String {
    let Some(block) = block_of(analysis, range) else { return String::new() };
    let prose = &block.markup.prose;
    let start = prose.from_source(range.start() - block.range.start());
    let end = prose.from_source(range.end() - block.range.start());
    prose.text().get(usize::from(start)..usize::from(end)).unwrap_or("").to_owned()
}

/// `text` with the characters that mean something in Markdown made literal, line breaks as spaces.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, char) in text.char_indices() {
        let block = at == 0 && matches!(char, '#' | '-' | '+' | '=' | '|' | '!');
        match char {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '~' => out.extend(['\\', char]),
            '\n' | '\r' => out.push(' '),
            _ if block => out.extend(['\\', char]),
            _ => out.push(char),
        }
    }
    out
}

/// The first `most` characters of `text`, cut at a word, with an ellipsis when some are left out.
pub(crate) fn shorten(text: &str, most: usize) -> String {
    let Some((cut, _)) = text.char_indices().nth(most) else { return text.to_owned() };
    let word = text[..cut].rfind(' ').filter(|at| *at > 0).unwrap_or(cut);
    format!("{}…", text[..word].trim_end())
}
