//! Canonical markup: every span's attributes in one order and one spelling.

use super::{Fault, FaultKind, Header, Markup, Span, attributes, blocks, runs};
use crate::text::{TextEdit, TextRange, TextSize, apply_edits};

/// What puts an article's markup into canonical form. All ranges are bytes of the article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Formatted {
    /// The edits, one for the braces of each span that is written otherwise, in text order.
    pub edits: Vec<TextEdit>,
    /// What is broken in the markup and stays as it is.
    pub broken: Vec<Fault>,
}

/// How `text` is written in canonical form: in the braces of each span first its id, then its classes as they come,
/// then its keys by their names, one space between two of them, quotation marks only where a value needs them.
///
/// Nothing else changes: words, comments, header and white space stay, and so does each span that is broken or holds
/// a comment. Every run of lines is read again, so what reading makes of the article stays the same too.
pub fn format(text: &str) -> Formatted {
    let mut out = Formatted::default();
    for run in runs(text, Header::parse(text).range.end().into()) {
        let source = &text[run];
        if !source.contains("]{") && !source.contains("<!--") {
            continue;
        }
        let mut edits = Vec::new();
        for block in blocks(source, 0) {
            let markup = Markup::parse(&source[block.range]);
            edits.extend(
                rewritten(&source[block.range], &markup).map(|edit| moved(edit, block.range.start())),
            );
            let broken = markup.faults.into_iter().filter(|fault| fault.kind == FaultKind::Markup);
            let start = run.start() + block.range.start();
            out.broken.extend(broken.map(|fault| Fault { range: fault.range + start, ..fault }));
        }
        // Whether lines are one paragraph can hang on where they break.
        if meaning(source) == meaning(&apply_edits(source, &edits)) {
            out.edits.extend(edits.into_iter().map(|edit| moved(edit, run.start())));
        }
    }
    out
}

fn moved(edit: TextEdit, by: TextSize) -> TextEdit {
    TextEdit { range: edit.range + by, ..edit }
}

/// The edits of the spans of a block that are whole and written otherwise.
fn rewritten(source: &str, markup: &Markup) -> impl Iterator<Item = TextEdit> {
    let touches = |a: TextRange, b: TextRange| a.intersect(b).is_some_and(|shared| !shared.is_empty());
    markup.spans.iter().filter_map(move |span| {
        let at = span.attributes;
        let whole = !markup.faults.iter().any(|fault| touches(fault.range, at))
            && !markup.comments.iter().any(|comment| touches(comment.range, at));
        let new_text = written(span);
        (whole && source[at] != new_text).then_some(TextEdit { range: at, new_text })
    })
}

/// The attributes of `span` in canonical form.
fn written(span: &Span) -> String {
    let classes: Vec<&str> = span.classes.iter().map(|class| class.text.as_str()).collect();
    let keys: Vec<(&str, &str)> =
        span.keys.iter().map(|key| (key.name.text.as_str(), key.value.text.as_str())).collect();
    attributes(span.id.as_ref().map(|id| id.text.as_str()), &classes, &keys)
}

/// What reading makes of a block: its words, where in them spans stand and what they say in canonical form, comments.
type Meaning = (String, Vec<(TextRange, String)>, Vec<String>);

fn meaning(source: &str) -> Vec<Meaning> {
    let of = |source: &str| {
        let markup = Markup::parse(source);
        let spans = markup.spans.iter().map(|span| (span.prose, written(span))).collect();
        let comments = markup.comments.iter().map(|comment| source[comment.range].to_owned()).collect();
        (markup.prose.text().to_owned(), spans, comments)
    };
    blocks(source, 0).into_iter().map(|block| of(&source[block.range])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn formatted(text: &str) -> String {
        apply_edits(text, &format(text).edits)
    }

    #[test]
    fn id_classes_keys_one_space_and_no_needless_quotation_marks() {
        assert_eq!(
            formatted("He [left]{ stance=\"support\"  .claim\tby=\"a b\" #c1 act=\"\" }."),
            "He [left]{#c1 .claim act= by=\"a b\" stance=support}."
        );
        assert_eq!(formatted("[x]{why=\"it's \\\"so\\\"\"  .own}"), "[x]{.own why=\"it's \\\"so\\\"\"}");
    }

    #[test]
    fn what_is_no_span_stays_to_the_byte() {
        let text = " date 2022-10-09  [sic]  {  .a }\r\n\r\n  \\[a]{  .claim } [b]{see p. 3} <!-- [c]{  .own } -->\t\n";
        assert_eq!(formatted(text), text);
        let header = "---\ntitle:   \"[x]{  .own }\"\n---\n";
        assert_eq!(formatted(header), header);
    }

    #[test]
    fn a_broken_span_stays_and_is_told_and_the_next_is_written_anew() {
        let text = "[a]{.own why=\"x  .y} [b]{ .own } c]{  .claim } [d]{  .own odd} [e]{ .own";
        let found = format(text);
        assert_eq!(apply_edits(text, &found.edits), text.replace("[b]{ .own }", "[b]{.own}"));
        let places: Vec<&str> = found.broken.iter().map(|fault| &text[fault.range]).collect();
        assert_eq!(places, ["\"x", "]{  .claim }", "odd", "{"], "{:?}", found.broken);
    }

    #[test]
    fn a_comment_in_braces_is_left_alone() {
        let text = "[a]{  .own why=\"<!-- b -->\"}";
        assert_eq!(formatted(text), text);
    }
}
