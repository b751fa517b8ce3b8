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
            kind: attribution.kind.name(),
        })
        .collect();
    AttributionsRow { path: path.to_owned(), attributions }
}
