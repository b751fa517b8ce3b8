//! Editor features as pure functions: an analysis and an offset in, plain data out.
//!
//! Offsets and ranges are bytes of the article. Nothing here knows an editor or a protocol.

mod completion;
mod definition;
mod hover;
mod symbols;

pub use completion::{Completion, CompletionKind, TRIGGERS, completion};
pub use definition::definition;
pub use hover::{Hover, hover};
pub use symbols::{Symbol, SymbolKind, symbols};
