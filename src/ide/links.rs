//! Web addresses in a text.

use memchr::memmem;

use crate::text::{TextRange, range};

/// A web address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The words that are the link, in bytes of the text.
    pub range: TextRange,
    /// Where it leads: `http` or `https`.
    pub target: String,
}

/// The `http` and `https` addresses in `text`, and the keys of Wikidata's entries in `data`, the part
/// of it that is data: `wikidata = "Q1045"`. In text order.
pub fn links(text: &str, data: TextRange) -> Vec<Link> {
    let mut out = Vec::new();
    let mut from = 0;
    while let Some(at) = memmem::find(&text.as_bytes()[from..], b"http").map(|at| from + at) {
        let end = address_end(text, at);
        let is_word = text[..at].chars().next_back().is_none_or(|before| !before.is_alphanumeric());
        if is_word && end > at {
            out.push(Link { range: range(at, end), target: text[at..end].to_owned() });
        }
        from = end.max(at + "http".len());
    }
    let first = usize::from(data.start());
    let data = &text[data];
    for at in memmem::find_iter(data.as_bytes(), b"wikidata") {
        let rest = data[at + "wikidata".len()..].trim_start_matches([' ', '\t', '"', '\'']);
        let Some(rest) = rest.strip_prefix(['=', ':']) else { continue };
        let value = rest.trim_start_matches([' ', '\t', '"', '\'']);
        let digits = value.bytes().skip(1).take_while(u8::is_ascii_digit).count();
        if value.starts_with('Q') && digits > 0 {
            let start = first + data.len() - value.len();
            let key = &value[..=digits];
            let target = format!("https://www.wikidata.org/wiki/{key}");
            out.push(Link { range: range(start, start + key.len()), target });
        }
    }
    out.sort_by_key(|link| link.range.start());
    out
}

/// Where the address that begins at `at` ends; `at` when none does. A mark of punctuation at its end,
/// or a closing bracket that opens nowhere in it, is the text's.
fn address_end(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let Some(host) = rest.strip_prefix("https://").or_else(|| rest.strip_prefix("http://")) else {
        return at;
    };
    let ends = |char: char| char.is_whitespace() || char.is_control() || "<>\"“”{}[]|\\^`".contains(char);
    let stop = rest.find(ends).unwrap_or(rest.len());
    let mut url = &rest[..stop];
    loop {
        let shorter = match url.chars().next_back() {
            Some('.' | ',' | ';' | ':' | '!' | '?' | '\'' | '’' | '*' | '_') => true,
            Some(')') => url.matches('(').count() < url.matches(')').count(),
            _ => false,
        };
        if !shorter {
            break;
        }
        url = &url[..url.len() - url.chars().next_back().map_or(1, char::len_utf8)];
    }
    if url.len() > rest.len() - host.len() { at + url.len() } else { at }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        links(text, range(0, text.len())).into_iter().map(|link| link.target).collect()
    }

    #[test]
    fn addresses_end_where_a_reader_says_they_do() {
        assert_eq!(
            found(
                "See https://a.org/x_(y), (http://b.org/z). [c](https://c.org) ftp://d.org http:// xhttp://e.org"
            ),
            ["https://a.org/x_(y)", "http://b.org/z", "https://c.org"]
        );
    }

    #[test]
    fn wikidata_keys_lead_to_their_pages() {
        assert_eq!(
            found("links = { wikidata = \"Q42\", website = \"https://w.org\" }"),
            ["https://www.wikidata.org/wiki/Q42", "https://w.org"]
        );
        assert!(links("wikidata: Q5", range(0, 0)).is_empty());
    }
}
