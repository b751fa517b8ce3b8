//! How other tools count: code points or UTF-16 units instead of bytes.

use crate::text::{TextRange, TextSize, range};

/// The way between bytes of a text and another unit.
pub(in crate::exchange) struct Offsets {
    /// The byte of each unit, and the text's length.
    bytes: Vec<usize>,
}

impl Offsets {
    /// Counts in code points.
    pub(in crate::exchange) fn code_points(text: &str) -> Self {
        Self::new(text, |_| 1)
    }

    /// Counts in UTF-16 units.
    pub(in crate::exchange) fn utf16(text: &str) -> Self {
        Self::new(text, char::len_utf16)
    }

    fn new(text: &str, units: impl Fn(char) -> usize) -> Self {
        let mut bytes = Vec::with_capacity(text.len() + 1);
        for (at, char) in text.char_indices() {
            bytes.extend(std::iter::repeat_n(at, units(char)));
        }
        bytes.push(text.len());
        Self { bytes }
    }

    /// How many units the text has.
    pub(in crate::exchange) fn count(&self) -> usize {
        self.bytes.len() - 1
    }

    /// The units before the byte `at`.
    pub(in crate::exchange) fn unit(&self, at: TextSize) -> usize {
        self.bytes.partition_point(|byte| *byte < usize::from(at))
    }

    /// `of` in units: begin and end.
    pub(in crate::exchange) fn units(&self, of: TextRange) -> [usize; 2] {
        [self.unit(of.start()), self.unit(of.end())]
    }

    /// The range from unit `start` to unit `end`; an error says what is wrong with them.
    pub(in crate::exchange) fn range(&self, start: usize, end: usize) -> Result<TextRange, String> {
        match (self.bytes.get(start), self.bytes.get(end)) {
            (Some(from), Some(to)) if from <= to => Ok(range(*from, *to)),
            (Some(_), Some(_)) => Err(format!("the span ends at {end}, before it begins at {start}")),
            _ => Err(format!(
                "the span {start} to {end} lies outside the text, which has {} characters",
                self.count()
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_unit_has_its_byte() {
        let text = "é😀a";
        assert_eq!(Offsets::code_points(text).units(range(2, 7)), [1, 3]);
        assert_eq!(Offsets::utf16(text).units(range(2, 7)), [1, 4]);
        assert_eq!(Offsets::utf16(text).range(3, 4), Ok(range(6, 7)));
        assert!(Offsets::code_points(text).range(2, 5).is_err());
    }
}
