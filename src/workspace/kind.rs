//! Which texts are articles when an editor shows them.

use crate::article::{Header, HeaderForm};

/// Whether the file with `extension` (without its dot) that begins with `head` is an article.
///
/// `.article` always is. Any other text is one when its first non-blank line is the wire header
/// `date YYYY-MM-DD`, or its front matter holds `date` and one of `outlet`, `byline`, `sources`. A
/// date that is no day counts: the mistake is what the person has to be told. `head` need be no
/// longer than the header. What an editor calls the language is not asked here: for plain text it
/// decides nothing, and a client that says `article` has decided.
pub fn is_article(extension: Option<&str>, head: &str) -> bool {
    if extension.is_some_and(|extension| extension.eq_ignore_ascii_case("article")) {
        return true;
    }
    let header = Header::parse(head.strip_prefix('\u{feff}').unwrap_or(head));
    match header.form {
        Some(HeaderForm::Wire) => head.split_whitespace().nth(1).is_some_and(has_shape_of_date),
        Some(HeaderForm::FrontMatter) => {
            let dated = header.date.is_some() || head.lines().skip(1).any(|line| line.starts_with("date:"));
            let published = header.outlet.is_some() || header.byline.is_some() || !header.sources.is_empty();
            dated && published
        }
        None => false,
    }
}

/// Whether `word` is written `YYYY-MM-DD`, a day of the calendar or not.
fn has_shape_of_date(word: &str) -> bool {
    word.len() == 10
        && word.bytes().enumerate().all(
            |(at, byte)| {
                if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() }
            },
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_extension_article_decides() {
        assert!(is_article(Some("article"), "anything"));
        assert!(!is_article(Some("txt"), "anything"));
        assert!(!is_article(None, ""));
    }

    #[test]
    fn plain_text_with_a_wire_header_is_an_article() {
        assert!(is_article(Some("txt"), " date 2022-10-09 The senate met."));
        assert!(is_article(Some("txt"), "\r\n\r\ndate 2022-13-45 The senate met."));
        assert!(!is_article(Some("txt"), "date 5 apples"));
        assert!(!is_article(Some("txt"), "The date 2022-10-09 was a Sunday."));
    }

    #[test]
    fn front_matter_needs_a_date_and_who_published() {
        assert!(is_article(Some("md"), "---\ndate: 2022-10-09\noutlet: Tribune\n---\nText"));
        assert!(is_article(Some("md"), "---\ndate: 2022-19-09\nbyline: A. Lee\n---\nText"));
        assert!(is_article(Some("md"), "---\ndate: 2022-10-09\nsources:\n  a: A. Lee\n---\nText"));
        assert!(!is_article(Some("md"), "---\ndate: 2022-10-09\ntitle: My holidays\n---\nText"));
        assert!(!is_article(Some("md"), "---\noutlet: Tribune\n---\nText"));
    }
}
