//! Text in which nothing is markup.

use crate::exchange::Annotations;

/// An empty header, after which a body begins.
const HEAD: &str = "---\n---\n";

/// `text` so that it is read as it stands: as an article without annotations is written.
pub(super) fn literal(text: &str) -> String {
    if !text.contains("]{") && !text.contains("<!--") {
        return text.to_owned();
    }
    let written = Annotations::of_text("", format!("{HEAD}{text}")).write().article;
    written.strip_prefix(HEAD).unwrap_or(&written).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::strip;

    #[test]
    fn only_what_would_be_markup_is_escaped() {
        for (text, written) in [
            ("[sic] and {x}, a[0]", "[sic] and {x}, a[0]"),
            ("[He]{.actor} left.", "[He\\]{.actor} left."),
            ("a <!-- note --> b", "a <!<!---->-- note --> b"),
            ("[a\\]{.x}", "[a\\<!---->\\]{.x}"),
        ] {
            assert_eq!(literal(text), written);
            assert_eq!(strip(&format!("---\n---\n{written}")), format!("---\n---\n{text}"));
        }
    }
}
