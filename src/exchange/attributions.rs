//! The row of `export --format attributions`: one article as a line of JSON.

use serde::{Deserialize, Serialize};

use crate::article::{Header, Markup, blocks};
use crate::attribution::{Link, SourceKind, State, attribute};
use crate::language::Passage;
use crate::text::{TextRange, TextSize};

/// One article with its attributions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// The path it was read from, as given.
    pub path: String,
    /// Its attributions in text order.
    pub attributions: Vec<Row>,
}

/// One attribution. A span is its first and the one after its last Unicode code point, counted from 0
/// at the start of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Who is cited; empty where nobody is.
    pub source: Vec<Span>,
    /// The reporting words.
    pub cue: Vec<Span>,
    /// What is said.
    pub content: Vec<Span>,
    /// The actor the source is, where it is known.
    pub actor: Option<String>,
    /// What kind of source it is.
    pub kind: Kind,
}

/// First and past-the-end code point.
pub type Span = [usize; 2];

/// [`SourceKind`] as it is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the variants are those of SourceKind")]
pub enum Kind {
    Person,
    Organisation,
    Document,
    Outlet,
    Role,
    Group,
    Unnamed,
    Pronoun,
    #[default]
    None,
}

impl From<SourceKind> for Kind {
    fn from(kind: SourceKind) -> Self {
        match kind {
            SourceKind::Person => Self::Person,
            SourceKind::Organisation => Self::Organisation,
            SourceKind::Document => Self::Document,
            SourceKind::Outlet => Self::Outlet,
            SourceKind::Role => Self::Role,
            SourceKind::Group => Self::Group,
            SourceKind::Unnamed => Self::Unnamed,
            SourceKind::Pronoun => Self::Pronoun,
            SourceKind::None => Self::None,
        }
    }
}

/// The attributions of the article `text`, read from `path`.
///
/// A quotation that goes on with the words of a speaker of an earlier block is a further piece of
/// that attribution.
pub fn article(path: &str, text: &str) -> Article {
    let header = Header::parse(text);
    let mut points = CodePoints { text, byte: 0, point: 0 };
    let mut rows: Vec<Row> = Vec::new();
    let mut state = State::default();
    for block in blocks(text, usize::from(header.range.end())) {
        let markup = Markup::parse(&text[block.range]);
        let found = attribute(&Passage::read(markup.prose.text()), &state);
        for attribution in &found.attributions {
            let mut spans = |ranges: &[TextRange]| -> Vec<Span> {
                let source = ranges.iter().map(|range| markup.prose.to_source(*range) + block.range.start());
                source.map(|range| points.span(range)).collect()
            };
            let content = spans(&attribution.content);
            if attribution.link == Link::Neighbour
                && attribution.source.is_empty()
                && let Some(last) = rows.last_mut()
            {
                last.content.extend(content);
                continue;
            }
            rows.push(Row {
                source: spans(&attribution.source),
                cue: spans(&attribution.cue),
                content,
                actor: None,
                kind: attribution.kind.into(),
            });
        }
        state = found.outgoing;
    }
    Article { path: path.to_owned(), attributions: rows }
}

/// Bytes to code points, cheap for offsets near the one asked for before.
struct CodePoints<'a> {
    text: &'a str,
    byte: usize,
    point: usize,
}

impl CodePoints<'_> {
    fn span(&mut self, range: TextRange) -> Span {
        [self.at(range.start()), self.at(range.end())]
    }

    fn at(&mut self, offset: TextSize) -> usize {
        let byte = usize::from(offset).min(self.text.len());
        let between = self.text.get(self.byte.min(byte)..self.byte.max(byte)).unwrap_or_default();
        let count = between.chars().count();
        self.point = if byte >= self.byte { self.point + count } else { self.point.saturating_sub(count) };
        self.byte = byte;
        self.point
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str, spans: &[Span]) -> Vec<String> {
        spans.iter().map(|[start, end]| text.chars().skip(*start).take(end - start).collect()).collect()
    }

    #[test]
    fn spans_are_code_points_of_the_file_with_its_header_and_markup() {
        let text = "---\ndate: 2026-03-01\n---\nIn the café, [Zoë]{.actor} said it is closed.\n";
        let rows = article("a.txt", text).attributions;
        assert_eq!(rows.len(), 1);
        assert_eq!(words(text, &rows[0].source), ["Zoë"]);
        assert_eq!(words(text, &rows[0].cue), ["said"]);
    }

    #[test]
    fn a_quotation_in_the_next_paragraph_is_a_piece_of_the_same_row() {
        let text =
            "“We lost the vote,” the minister said on Monday. “We know why.\n\n“And we will try again.”\n";
        let rows = article("a.txt", text).attributions;
        assert_eq!(rows.len(), 1);
        assert_eq!(
            words(text, &rows[0].content),
            ["“We lost the vote,”", "“We know why", "“And we will try again.”"]
        );
    }

    #[test]
    fn the_row_is_the_documented_json() {
        let json =
            serde_json::to_value(article("a.txt", "The vote was lost on Monday, officials said.")).unwrap();
        assert_eq!(
            json,
            serde_json::json!({"path": "a.txt", "attributions": [{
                "source": [[29, 38]], "cue": [[39, 43]], "content": [[0, 27]], "actor": null, "kind": "unnamed",
            }]})
        );
    }
}
