//! Positions, ranges and edits.
//!
//! Inside Onrecord an offset is a count of bytes ([`TextSize`]) and a range two of them
//! ([`TextRange`]). Editors count lines and UTF-8, UTF-16 or UTF-32 units; [`Encoding`] converts
//! at the border.

mod edit;
mod encoding;
mod place;

pub use edit::{TextEdit, apply_edits};
pub use encoding::{Encoding, OutOfRange, Position};
pub use place::{Place, Places};
pub use text_size::{TextLen, TextRange, TextSize};

/// The range from `start` to `end`, in bytes.
///
/// Offsets above 4 GiB saturate; files are refused long before (see `workspace`).
pub fn range(start: usize, end: usize) -> TextRange {
    let start = size(start);
    TextRange::new(start, size(end).max(start))
}

/// `offset` bytes as a [`TextSize`].
pub fn size(offset: usize) -> TextSize {
    TextSize::new(u32::try_from(offset).unwrap_or(u32::MAX))
}
