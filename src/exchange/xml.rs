//! Text in XML.

/// Whether XML 1.0 has no place for `char`.
pub(super) fn is_foreign(char: char) -> bool {
    char.is_control() && !matches!(char, '\t' | '\n' | '\r' | '\u{7f}'..='\u{9f}')
        || matches!(char, '\u{fffe}' | '\u{ffff}')
}

/// `text` as the value of an attribute: white space but spaces would be made spaces when it is read.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            '\n' => out += "&#10;",
            '\r' => out += "&#13;",
            '\t' => out += "&#9;",
            char if is_foreign(char) => out.push(' '),
            char => out.push(char),
        }
    }
    out
}
