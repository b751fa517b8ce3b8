//! Positions of many offsets, one after another.

use memchr::memchr2_iter;
use ropey::Rope;
use tower_lsp::ls_types as lsp;

use super::to_proto;
use crate::text::{Encoding, TextRange, TextSize};

/// Positions of ascending offsets, found by counting from one to the next where they are near one
/// another: looking each up in the rope costs most of a microsecond, and there may be tens of
/// thousands.
pub(super) struct Walk<'a> {
    text: &'a str,
    rope: &'a Rope,
    encoding: Encoding,
    here: Place,
}

#[derive(Clone, Copy, Default)]
struct Place {
    byte: usize,
    line: u32,
    column: u32,
}

/// From this many bytes on a look into the rope is faster than counting.
const FAR: usize = 1 << 12;

impl<'a> Walk<'a> {
    pub(super) fn new(text: &'a str, rope: &'a Rope, encoding: Encoding) -> Self {
        Self { text, rope, encoding, here: Place::default() }
    }

    /// Goes to `offset`.
    pub(super) fn to(&mut self, offset: TextSize) -> lsp::Position {
        self.here = self.place(self.here, offset);
        self.here.position()
    }

    /// Goes to the start of `range`.
    pub(super) fn range(&mut self, range: TextRange) -> lsp::Range {
        let start = self.to(range.start());
        lsp::Range { start, end: self.place(self.here, range.end()).position() }
    }

    /// The place of `range`, wherever it lies; the walk stays where it is.
    pub(super) fn aside(&self, range: TextRange) -> lsp::Range {
        to_proto::range(self.rope, range, self.encoding)
    }

    /// Goes to the beginning of the text.
    pub(super) fn restart(&mut self) {
        self.here = Place::default();
    }

    fn place(&self, from: Place, offset: TextSize) -> Place {
        self.forward(from, offset).unwrap_or_else(|| {
            let lsp::Position { line, character } = to_proto::position(self.rope, offset, self.encoding);
            Place { byte: offset.into(), line, column: character }
        })
    }

    /// The place of `offset`; none when it lies before `from`, far from it or inside a character.
    fn forward(&self, from: Place, offset: TextSize) -> Option<Place> {
        let byte = usize::from(offset);
        let between = self.text.get(from.byte..byte).filter(|between| between.len() < FAR)?;
        let bytes = self.text.as_bytes();
        let (mut line, mut column, mut start) = (from.line, from.column, 0);
        for at in memchr2_iter(b'\n', b'\r', between.as_bytes()) {
            // A carriage return before a line feed is no break of its own.
            if between.as_bytes()[at] == b'\n' || bytes.get(from.byte + at + 1) != Some(&b'\n') {
                line += 1;
                column = 0;
                start = at + 1;
            }
        }
        column += units(&between[start..], self.encoding);
        Some(Place { byte, line, column })
    }
}

impl Place {
    fn position(self) -> lsp::Position {
        lsp::Position { line: self.line, character: self.column }
    }
}

/// How long `text` is as a client counts.
pub(super) fn units(text: &str, encoding: Encoding) -> u32 {
    let count = match encoding {
        Encoding::Utf8 => text.len(),
        _ if text.is_ascii() => text.len(),
        Encoding::Utf16 => text.chars().map(char::len_utf16).sum(),
        Encoding::Utf32 => text.chars().count(),
    };
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_walk_finds_what_the_rope_finds() {
        let text = "é𝄞a\r\n\r\nsecond\rth𝄞ird\n\u{2028}x\r";
        let rope = Rope::from_str(text);
        let places: Vec<u32> = (0..=text.len())
            .filter(|at| text.is_char_boundary(*at))
            .filter_map(|at| at.try_into().ok())
            .collect();
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            let mut walk = Walk::new(text, &rope, encoding);
            for pair in places.windows(2) {
                let bytes = TextRange::new(pair[0].into(), pair[1].into());
                assert_eq!(
                    walk.range(bytes),
                    to_proto::range(&rope, bytes, encoding),
                    "{encoding:?} {bytes:?}"
                );
            }
            let back = TextRange::new(0.into(), 2.into());
            assert_eq!(walk.range(back), to_proto::range(&rope, back, encoding), "a step back");
        }
    }
}
