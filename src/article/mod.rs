//! Text to article: header, blocks with their kind, markup and quotations.
//!
//! Reading never fails and loses nothing: header, blocks and the white space between them are the
//! text, byte for byte, and a block's prose with its markup put back is the block. What is wrong
//! is a [`Fault`] at its place beside what could be read.

mod block;
mod canonical;
mod comment;
mod fault;
mod format;
mod header;
mod markup;
mod prose;
mod quotation;
mod sidecar;
mod strip;
mod yaml;

pub use block::{Block, BlockKind, FIRST_BLOCKS, block_kind, block_ranges, blocks, runs};
pub use canonical::attributes;
pub use comment::{Comment, Directive};
pub use fault::{Fault, FaultKind};
pub use format::{Formatted, format};
pub use header::{Date, DeclaredActor, DeclaredSource, Genre, Header, HeaderForm, Manner};
pub use markup::{
    ALTERNATIVE, ALTERNATIVE_KEYS, DRAFT, Key, Markup, NOBODY, PENDING, Span, SpanClass, Word,
    begins_attributes, is_pending, words_at,
};
pub use prose::Prose;
pub use quotation::{Quotation, QuotationMark, quotations, stands_for_apostrophe};
pub use sidecar::{
    ANNOTATION_PREFIX, LostAnnotation, Quote, Sidecar, SidecarWord, Target, WebAnnotation, sidecar_words,
};
pub use strip::strip;
pub(crate) use strip::{Stripped, StrippedBlock, stripped};
