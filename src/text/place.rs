//! Places as a person or a script counts them.

use super::TextSize;

/// A place in a text, counted in Unicode code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Place {
    /// Line, from 1.
    pub line: usize,
    /// Column in code points, from 1.
    pub column: usize,
    /// Code points before it, from 0.
    pub offset: usize,
}

/// Counts places in a text; asking costs about as much wherever one asks.
#[derive(Clone, Debug)]
pub struct Places<'a> {
    text: &'a str,
    /// The byte at which each line begins.
    lines: Vec<usize>,
    /// Code points before each stretch of [`STRETCH`] bytes.
    counts: Vec<usize>,
}

/// Bytes that are counted anew for each place.
const STRETCH: usize = 512;

impl<'a> Places<'a> {
    /// Counts in `text`, whose lines end in `\n`, `\r\n` or a lone `\r`.
    pub fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let ends = memchr::memchr2_iter(b'\n', b'\r', bytes)
            .filter(|at| bytes[*at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'));
        let lines = std::iter::once(0).chain(ends.map(|at| at + 1)).collect();
        let mut count = 0;
        let counts = bytes
            .chunks(STRETCH)
            .map(|chunk| {
                let before = count;
                count += code_points(chunk);
                before
            })
            .collect();
        Self { text, lines, counts }
    }

    /// The place of the byte `offset`, which is cut to the text's length.
    pub fn at(&self, offset: TextSize) -> Place {
        let byte = usize::from(offset).min(self.text.len());
        let line = self.lines.partition_point(|start| *start <= byte);
        let start = self.lines[line - 1];
        let offset = self.before(byte);
        Place { line, column: offset - self.before(start) + 1, offset }
    }

    /// Code points before `byte`.
    fn before(&self, byte: usize) -> usize {
        let stretch = (byte / STRETCH).min(self.counts.len().saturating_sub(1));
        let counted = self.counts.get(stretch).copied().unwrap_or(0);
        counted + code_points(&self.text.as_bytes()[stretch * STRETCH..byte])
    }
}

/// Code points that begin in `bytes`.
fn code_points(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| (**byte & 0xC0) != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_from_one_in_code_points() {
        let text = "é𝄞a\r\nb\rc";
        let places = Places::new(text);
        assert_eq!(places.at(6.into()), Place { line: 1, column: 3, offset: 2 });
        assert_eq!(places.at(9.into()), Place { line: 2, column: 1, offset: 5 });
        assert_eq!(places.at(11.into()), Place { line: 3, column: 1, offset: 7 });
        assert_eq!(places.at(0.into()), Place { line: 1, column: 1, offset: 0 });
        assert_eq!(places.at(99.into()), Place { line: 3, column: 2, offset: 8 });
        assert_eq!(Places::new("").at(0.into()), Place { line: 1, column: 1, offset: 0 });
    }
}
