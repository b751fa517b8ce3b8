//! From the protocol's data to ours.

use std::ops::Range;

use ropey::Rope;
use tower_lsp::ls_types as lsp;

use crate::text::{Encoding, OutOfRange, Position, TextRange, TextSize};

/// An edit that does not fit the text it is meant for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Misfit {
    /// It names a line that is not there.
    #[error(transparent)]
    OutOfRange(#[from] OutOfRange),
    /// It ends before it starts.
    #[error("the edit's range ends before it starts")]
    Reversed,
}

/// The characters of `rope` that an edit of `range` replaces.
///
/// # Errors
/// [`Misfit`] when a line is not there or the range ends before it starts.
pub(super) fn edited(rope: &Rope, range: lsp::Range, encoding: Encoding) -> Result<Range<usize>, Misfit> {
    let char = |position| -> Result<usize, OutOfRange> {
        Ok(rope.byte_to_char(usize::from(offset(rope, position, encoding)?)))
    };
    let (start, end) = (char(range.start)?, char(range.end)?);
    if end < start { Err(Misfit::Reversed) } else { Ok(start..end) }
}

/// The byte of `rope` at `position`; a column past its line's end is the line's end.
///
/// # Errors
/// [`OutOfRange`] when the line is not there.
pub(super) fn offset(
    rope: &Rope,
    position: lsp::Position,
    encoding: Encoding,
) -> Result<TextSize, OutOfRange> {
    encoding.offset(rope, Position { line: position.line, column: position.character })
}

/// The bytes of `rope` in `range`, cut to the text.
pub(super) fn range(rope: &Rope, range: lsp::Range, encoding: Encoding) -> TextRange {
    let end = TextSize::new(u32::try_from(rope.len_bytes()).unwrap_or(u32::MAX));
    let at = |position| offset(rope, position, encoding).unwrap_or(end);
    let start = at(range.start);
    TextRange::new(start, at(range.end).max(start))
}
