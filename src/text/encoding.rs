//! How an editor counts, and the way from its positions to bytes and back.

use ropey::Rope;

use super::{TextSize, size};

/// The unit in which a client counts columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units, the protocol's default.
    #[default]
    Utf16,
    /// Unicode code points.
    Utf32,
}

/// A place as an editor names it: line from 0, column from 0 in units of an [`Encoding`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 0.
    pub line: u32,
    /// Column, from 0, in units of the encoding in force.
    pub column: u32,
}

/// A position that lies on no line of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line} is not in a text of {lines} lines")]
pub struct OutOfRange {
    /// The line asked for, from 0.
    pub line: u32,
    /// How many lines there are.
    pub lines: usize,
}

impl Encoding {
    /// The byte offset of `position` in `rope`.
    ///
    /// A column past the end of its line means the line's end, before its line break, as LSP
    /// asks; a column inside a character means the character's start.
    ///
    /// # Errors
    /// [`OutOfRange`] when the line does not exist.
    pub fn offset(self, rope: &Rope, position: Position) -> Result<TextSize, OutOfRange> {
        let line = position.line as usize;
        if line >= rope.len_lines() {
            return Err(OutOfRange { line: position.line, lines: rope.len_lines() });
        }
        let start = rope.line_to_char(line);
        let content = line_len(rope, line);
        let column = position.column as usize;
        let char = match self {
            Self::Utf32 => start + column.min(content),
            Self::Utf16 => {
                let first = rope.char_to_utf16_cu(start);
                let last = rope.char_to_utf16_cu(start + content);
                rope.utf16_cu_to_char((first + column).min(last))
            }
            Self::Utf8 => {
                let first = rope.char_to_byte(start);
                let last = rope.char_to_byte(start + content);
                rope.byte_to_char((first + column).min(last))
            }
        };
        Ok(size(rope.char_to_byte(char)))
    }

    /// The position of the byte `offset`, which is cut to the text's length.
    pub fn position(self, rope: &Rope, offset: TextSize) -> Position {
        let byte = usize::from(offset).min(rope.len_bytes());
        let char = rope.byte_to_char(byte);
        let line = rope.char_to_line(char);
        let start = rope.line_to_char(line);
        let column = match self {
            Self::Utf32 => char - start,
            Self::Utf16 => rope.char_to_utf16_cu(char) - rope.char_to_utf16_cu(start),
            Self::Utf8 => byte - rope.char_to_byte(start),
        };
        let unit = |n| u32::try_from(n).unwrap_or(u32::MAX);
        Position { line: unit(line), column: unit(column) }
    }
}

/// Characters on `line` without its line break (`\n`, `\r\n` or a lone `\r`).
fn line_len(rope: &Rope, line: usize) -> usize {
    let slice = rope.line(line);
    let mut len = slice.len_chars();
    if len > 0 && slice.char(len - 1) == '\n' {
        len -= 1;
    }
    if len > 0 && slice.char(len - 1) == '\r' {
        len -= 1;
    }
    len
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "é𝄞a\r\nsecond\rthird\n";

    #[test]
    fn columns_count_in_the_unit_of_the_encoding() {
        let rope = Rope::from_str(TEXT);
        for (encoding, column) in [(Encoding::Utf8, 6), (Encoding::Utf16, 3), (Encoding::Utf32, 2)] {
            let at = Position { line: 0, column };
            assert_eq!(encoding.offset(&rope, at), Ok(TextSize::new(6)), "{encoding:?}");
            assert_eq!(encoding.position(&rope, TextSize::new(6)), at, "{encoding:?}");
        }
    }

    #[test]
    fn a_column_past_the_line_is_its_end_before_the_break() {
        let rope = Rope::from_str(TEXT);
        let at = Position { line: 0, column: 99 };
        assert_eq!(Encoding::Utf16.offset(&rope, at), Ok(TextSize::new(7)));
    }

    #[test]
    fn a_lone_carriage_return_ends_a_line() {
        let rope = Rope::from_str(TEXT);
        assert_eq!(Encoding::Utf16.position(&rope, TextSize::new(16)), Position { line: 2, column: 0 });
    }

    #[test]
    fn a_line_that_is_not_there_is_an_error() {
        let rope = Rope::from_str(TEXT);
        let at = Position { line: 9, column: 0 };
        assert_eq!(Encoding::Utf8.offset(&rope, at), Err(OutOfRange { line: 9, lines: 4 }));
    }
}
