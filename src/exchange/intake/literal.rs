//! Text in which nothing is markup.

use crate::article::{Markup, blocks};
use crate::exchange::annotations::APART;
use crate::exchange::strip;

/// An empty header, after which a body begins.
const HEAD: &str = "---\n---\n";

/// `text` so that it is read as it stands: a backslash before what would end a span. For the few texts that no
/// backslash saves (one that itself has backslashes before brackets, or comments) an empty comment stands
/// between two characters.
pub(super) fn literal(text: &str) -> String {
    if !text.contains("]{") && !text.contains("<!--") {
        return text.to_owned();
    }
    let body = |text: &str| -> Option<String> {
        let article = format!("{HEAD}{text}");
        strip(&article).strip_prefix(HEAD).map(str::to_owned)
    };
    let mut out = String::with_capacity(text.len() + 16);
    let mut done = 0;
    for block in blocks(text, 0) {
        let (start, end) = (usize::from(block.range.start()), usize::from(block.range.end()));
        out.push_str(&text[done..start]);
        out.push_str(&escaped(&text[start..end]));
        done = end;
    }
    out.push_str(&text[done..]);
    // Backslashes make lines longer, and with that other lines may be one paragraph.
    if body(&out).as_deref() == Some(text) { out } else { apart(text) }
}

/// The block `text` with backslashes, or with comments where they do not do.
fn escaped(text: &str) -> String {
    let markup = Markup::parse(text);
    if markup.is_plain() {
        return text.to_owned();
    }
    let ends = markup.spans.iter().map(|span| usize::from(span.content.end()));
    let strays = markup.faults.iter().map(|fault| usize::from(fault.range.start()));
    let mut places: Vec<usize> = ends.chain(strays).filter(|at| text[*at..].starts_with("]{")).collect();
    places.sort_unstable();
    places.dedup();
    let mut out = String::with_capacity(text.len() + places.len());
    let mut done = 0;
    for at in places {
        out.push_str(&text[done..at]);
        out.push('\\');
        done = at;
    }
    out.push_str(&text[done..]);
    let read = Markup::parse(&out);
    let holds = read.spans.is_empty() && read.comments.is_empty() && read.faults.is_empty();
    if holds && read.prose.text() == text { out } else { apart(text) }
}

fn apart(text: &str) -> String {
    text.replace("<!--", &format!("<!{APART}--")).replace("]{", &format!("]{APART}{{"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_would_be_markup_is_escaped() {
        for (text, written) in [
            ("[sic] and {x}, a[0]", "[sic] and {x}, a[0]"),
            ("[He]{.actor} left.", "[He\\]{.actor} left."),
            ("a <!-- note --> b", "a <!<!---->-- note --> b"),
            ("[a\\]{.x}", "[a\\]<!---->{.x}"),
        ] {
            assert_eq!(literal(text), written);
            assert_eq!(strip(&format!("---\n---\n{written}")), format!("---\n---\n{text}"));
        }
    }
}
