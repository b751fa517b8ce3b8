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

/// Counts places in a text; cheap when asked for them in text order.
#[derive(Clone, Debug)]
pub struct Places<'a> {
    text: &'a str,
    byte: usize,
    place: Place,
}

const START: Place = Place { line: 1, column: 1, offset: 0 };

impl<'a> Places<'a> {
    /// Counts in `text`.
    pub fn new(text: &'a str) -> Self {
        Self { text, byte: 0, place: START }
    }

    /// The place of the byte `offset`, which is cut to the text's length.
    pub fn at(&mut self, offset: TextSize) -> Place {
        let target = usize::from(offset).min(self.text.len());
        if target < self.byte {
            *self = Self::new(self.text);
        }
        let mut chars = self.text[self.byte..].chars().peekable();
        while self.byte < target {
            let Some(char) = chars.next() else { break };
            self.byte += char.len_utf8();
            self.place.offset += 1;
            let breaks = char == '\n' || char == '\r' && chars.peek() != Some(&'\n');
            if breaks {
                self.place.line += 1;
                self.place.column = 1;
            } else {
                self.place.column += 1;
            }
        }
        self.place
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_from_one_in_code_points() {
        let text = "é𝄞a\r\nb\rc";
        let mut places = Places::new(text);
        assert_eq!(places.at(6.into()), Place { line: 1, column: 3, offset: 2 });
        assert_eq!(places.at(9.into()), Place { line: 2, column: 1, offset: 5 });
        assert_eq!(places.at(11.into()), Place { line: 3, column: 1, offset: 7 });
        assert_eq!(places.at(0.into()), START);
    }
}
