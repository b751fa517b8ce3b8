//! Attributions as JSON lines, in the shape the corpora have: offsets are code points into the file.

use serde::Serialize;

use crate::analysis::Analysis;
use crate::text::{Places, TextRange};

/// The attributions of one article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AttributionsRow {
    /// The article's path.
    pub path: String,
    /// Who said what.
    pub attributions: Vec<AttributionRow>,
}

/// One attribution; each piece is `[start, end)` in code points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AttributionRow {
    /// Who is cited.
    pub source: Vec<[usize; 2]>,
    /// The reporting words.
    pub cue: Vec<[usize; 2]>,
    /// What is said.
    pub content: Vec<[usize; 2]>,
    /// The id of the actor the source is, null where the article does not tell.
    pub actor: Option<String>,
    /// What kind of source it is.
    pub kind: &'static str,
}

/// The row of the article at `path`.
pub fn attributions(path: &str, analysis: &Analysis) -> AttributionsRow {
    let places = Places::new(analysis.text());
    let points = |list: &[TextRange]| -> Vec<[usize; 2]> {
        list.iter().map(|range| [places.at(range.start()).offset, places.at(range.end()).offset]).collect()
    };
    let attributions = analysis
        .attributions()
        .iter()
        .map(|attribution| AttributionRow {
            source: points(&attribution.source),
            cue: points(&attribution.cue),
            content: points(&attribution.content),
            actor: attribution
                .source
                .iter()
                .find_map(|range| analysis.member_in(*range))
                .map(|member| analysis.cast().members()[member].id(analysis.registry())),
            kind: attribution.kind.name(),
        })
        .collect();
    AttributionsRow { path: path.to_owned(), attributions }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn row(text: &str) -> AttributionsRow {
        attributions("a.txt", &Analysis::new(Arc::from(text), Arc::default()))
    }

    fn words(text: &str, spans: &[[usize; 2]]) -> Vec<String> {
        spans.iter().map(|[start, end]| text.chars().skip(*start).take(end - start).collect()).collect()
    }

    #[test]
    fn spans_are_code_points_of_the_file_with_its_header_and_markup() {
        let text = "---\ndate: 2026-03-01\n---\nIn the café, [Zoë]{.actor} said it is closed.\n";
        let rows = row(text).attributions;
        assert_eq!(rows.len(), 1);
        assert_eq!(words(text, &rows[0].source), ["Zoë"]);
        assert_eq!(words(text, &rows[0].cue), ["said"]);
    }

    #[test]
    fn a_quotation_in_the_next_paragraph_is_a_piece_of_the_same_row() {
        let text =
            "“We lost the vote,” the minister said on Monday. “We know why.\n\n“And we will try again.”\n";
        let rows = row(text).attributions;
        assert_eq!(rows.len(), 1);
        assert_eq!(
            words(text, &rows[0].content),
            ["“We lost the vote,”", "“We know why", "“And we will try again.”"]
        );
    }

    #[test]
    fn the_row_is_the_documented_json() {
        let json = serde_json::to_value(row("The vote was lost on Monday, officials said.")).unwrap();
        assert_eq!(
            json,
            serde_json::json!({"path": "a.txt", "attributions": [{
                "source": [[29, 38]], "cue": [[39, 43]], "content": [[0, 27]], "actor": null, "kind": "unnamed",
            }]})
        );
    }
}
