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
    let mut places = Places::new(analysis.text());
    let mut rows = Vec::new();
    for (index, block) in analysis.blocks().iter().enumerate() {
        for (at, piece) in block.pieces.iter().enumerate() {
            for attribution in &piece.attributions {
                let mut ranges = |list: &[TextRange]| {
                    list.iter()
                        .map(|range| points(&mut places, analysis.to_article(index, at, *range)))
                        .collect()
                };
                rows.push(AttributionRow {
                    source: ranges(&attribution.source),
                    cue: ranges(&attribution.cue),
                    content: ranges(&attribution.content),
                    kind: attribution.kind.name(),
                });
            }
        }
    }
    AttributionsRow { path: path.to_owned(), attributions: rows }
}

/// `range` in code points; counting goes on from its block, so it costs little.
fn points(places: &mut Places<'_>, range: TextRange) -> [usize; 2] {
    [places.at(range.start()).offset, places.clone().at(range.end()).offset]
}
