//! The annotations of an article as plain data: what other tools' formats are made from and read into.
//!
//! [`Annotations::read`] takes them out of an article, [`Annotations::write`] puts them back as
//! canonical markup. Reading what was written gives the same annotations.

mod graph;
mod offsets;
mod speakers;
mod write;

use crate::article::{Header, Markup, Span, SpanClass, StrippedBlock, is_pending, stripped};
use crate::text::{TextRange, TextSize};

pub(super) use graph::{Graph, LINKS, Link, Node};
pub(super) use offsets::Offsets;
pub(super) use write::{APART, attributes};
pub use write::{Leftover, Misfit, Written};

/// An article's text and what is annotated in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Annotations {
    /// What the caller calls the article: a path or a file's name.
    pub name: String,
    /// The article's header, which is the beginning of `text`.
    pub header: Header,
    /// The article without markup, byte for byte what `onrecord strip` prints, header included.
    pub text: String,
    /// The spans, in order of their opening brackets: an outer one stands before those in it. An
    /// empty span at the end of another counts as inside.
    pub spans: Vec<AnnotatedSpan>,
    /// The comments with their marks (`<!-- … -->`), each with its place in `text`, in its order,
    /// line breaks in one being spaces.
    pub comments: Vec<(TextSize, String)>,
}

/// A span of an article, its attributes as they are written.
///
/// A further piece of a claim is a span of its own, with the key `part-of`; a hole has an empty range.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnnotatedSpan {
    /// Its id, without `#`.
    pub id: Option<String>,
    /// Its classes, without full stops.
    pub classes: Vec<String>,
    /// Where it stands, in bytes of the text without markup.
    pub range: TextRange,
    /// Its keys, each once, sorted by name; line breaks in a value are spaces.
    pub keys: Vec<(String, String)>,
}

impl Annotations {
    /// The annotations in `article`, a text with or without markup. Markup that was not understood
    /// is part of the text.
    pub fn read(name: &str, article: &str) -> Self {
        let clean = stripped(article);
        let mut spans = Vec::new();
        let mut comments = Vec::new();
        for StrippedBlock { source, place, markup } in &clean.blocks {
            spans.extend(markup.spans.iter().map(|span| AnnotatedSpan::of(span, *place)));
            let text = &article[*source];
            let in_attributes =
                |at: TextRange| markup.spans.iter().any(|span| span.attributes.contains_range(at));
            for comment in markup.comments.iter().filter(|comment| !in_attributes(comment.range)) {
                let words = &text[comment.range];
                if words != APART {
                    let at = *place + markup.prose.from_source(comment.range.start());
                    comments.push((at, one_line(words)));
                }
            }
        }
        let header = Header::parse(&clean.text);
        let mut out = Self { name: name.to_owned(), header, text: clean.text, spans, comments };
        out.sort();
        out
    }

    /// Annotations of a text that has none yet.
    pub fn of_text(name: &str, text: String) -> Self {
        Self { name: name.to_owned(), header: Header::parse(&text), text, ..Self::default() }
    }

    /// The byte of the text at which the header ends.
    pub fn body(&self) -> usize {
        self.header.range.end().into()
    }

    /// The first span with the id `id`.
    pub fn span(&self, id: &str) -> Option<&AnnotatedSpan> {
        self.spans.iter().find(|span| span.id.as_deref() == Some(id))
    }

    /// The spans that say they are further pieces of `span`, in text order.
    pub fn pieces<'a>(&'a self, span: &'a AnnotatedSpan) -> impl Iterator<Item = &'a AnnotatedSpan> {
        let id = span.id.as_deref();
        self.spans.iter().filter(move |piece| id.is_some() && piece.value("part-of") == id)
    }

    /// The words of `span`.
    pub fn words(&self, span: &AnnotatedSpan) -> &str {
        &self.text[span.range]
    }

    /// Puts the spans and comments in their order.
    pub fn sort(&mut self) {
        write::sort(&mut self.spans);
        self.comments.sort_by_key(|(at, _)| *at);
    }
}

impl AnnotatedSpan {
    /// `span` of a block whose prose begins at byte `place` of the clean text.
    fn of(span: &Span, place: TextSize) -> Self {
        let keys = span.keys.iter().map(|key| (key.name.text.clone(), one_line(&key.value.text)));
        let mut out = Self {
            id: span.id.as_ref().map(|id| id.text.clone()),
            classes: span.classes.iter().map(|class| class.text.clone()).collect(),
            range: span.prose + place,
            keys: keys.collect(),
        };
        out.keys.sort();
        out
    }

    /// The first class the format knows.
    pub fn class(&self) -> Option<SpanClass> {
        self.classes.iter().find_map(|class| SpanClass::from_name(class))
    }

    /// The value of `key`.
    pub fn value(&self, key: &str) -> Option<&str> {
        self.keys.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }

    /// The words of the value of `key`: the ids in `by` and `for`.
    pub fn values(&self, key: &str) -> impl Iterator<Item = &str> {
        self.value(key).unwrap_or_default().split_ascii_whitespace()
    }

    /// Whether it is annotation: neither a draft that nobody accepted nor one of two coders' readings between which
    /// nobody decided.
    pub fn is_settled(&self) -> bool {
        !self.classes.iter().any(|class| is_pending(class))
    }

    /// Gives `key` the value `value`, in place of one it has.
    pub fn set(&mut self, key: &str, value: &str) {
        let value = one_line(value);
        match self.keys.binary_search_by(|(name, _)| name.as_str().cmp(key)) {
            Ok(at) => self.keys[at].1 = value,
            Err(at) => self.keys.insert(at, (key.to_owned(), value)),
        }
    }
}

/// What `attributes` in braces say, as [`attributes`] writes them; none where they are something else.
pub(super) fn from_attributes(attributes: &str) -> Option<AnnotatedSpan> {
    let source = format!("[]{attributes}");
    let markup = Markup::parse(&source);
    let [span] = &markup.spans[..] else { return None };
    (usize::from(span.range.len()) == source.len() && markup.faults.is_empty())
        .then(|| AnnotatedSpan::of(span, TextSize::default()))
}

/// `value` with each line break and the white space around it made one space.
fn one_line(value: &str) -> String {
    if !value.contains(['\n', '\r']) {
        return value.to_owned();
    }
    let lines = value.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join(" ")
}

/// The annotated articles of the repository, each with its path.
#[cfg(test)]
pub(super) fn annotated_articles() -> Vec<(String, String)> {
    let top = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut out = Vec::new();
    for folder in ["examples", "tests/gold", "tests/exchange"] {
        for entry in std::fs::read_dir(top.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|end| end == "article") {
                let name = format!("{folder}/{}", path.file_name().unwrap().to_string_lossy());
                out.push((name, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    out.sort();
    assert!(out.len() > 10, "the articles were not found");
    out
}

/// Sends each annotated article of the repository out to a tool and in again by `round`, and wants it back as it was.
#[cfg(test)]
pub(super) fn articles_come_back(round: impl Fn(&Annotations) -> super::Imported) {
    for (path, article) in annotated_articles() {
        let before = Annotations::read(&path, &article);
        let after = round(&before);
        assert_eq!(after.annotations, before, "{path}");
        assert!(after.lost.is_empty(), "{path}: {:?}", after.lost);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_read_with_their_relations_as_written() {
        let article = "date 2026-03-01 [‘We lost,’]{#c1 .claim by=lee on=vote} [Ms Lee]{#lee .source} [said]{.cue for=c1}. [‘We know why.’]{.claim part-of=c1} []{.missing ref=fra}left.\n";
        let read = Annotations::read("a", article);
        assert_eq!(read.text, "date 2026-03-01 ‘We lost,’ Ms Lee said. ‘We know why.’ left.\n");
        assert_eq!(read.header.day().map(|day| day.to_string()).as_deref(), Some("2026-03-01"));
        let spans: Vec<String> = read
            .spans
            .iter()
            .map(|span| {
                let keys: Vec<String> =
                    span.keys.iter().map(|(key, value)| format!("{key}={value}")).collect();
                let id = span.id.as_deref().unwrap_or_default();
                format!("{id}|{}|{}|{}", span.classes.join(" "), read.words(span), keys.join(" "))
            })
            .collect();
        assert_eq!(
            spans,
            [
                "c1|claim|‘We lost,’|by=lee on=vote",
                "lee|source|Ms Lee|",
                "|cue|said|for=c1",
                "|claim|‘We know why.’|part-of=c1",
                "|missing||ref=fra",
            ]
        );
        assert_eq!(read.pieces(&read.spans[0]).count(), 1);
        assert_eq!(read.write().article, article);
    }

    #[test]
    fn the_articles_of_the_repository_are_written_as_they_are() {
        for (path, article) in annotated_articles() {
            let read = Annotations::read(&path, &article);
            assert!(!read.spans.is_empty(), "{path}");
            assert_eq!(read.text, crate::article::strip(&article), "{path}");
            let written = read.write();
            assert_eq!(written.leftovers, [], "{path}");
            assert_eq!(Annotations::read(&path, &written.article), read, "{path}");
            if path.starts_with("examples") {
                assert_eq!(written.article, article, "{path}");
            }
        }
    }
}
