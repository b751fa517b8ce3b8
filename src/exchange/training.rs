//! Marked articles as the passages a model is trained on.

use std::sync::Arc;

use super::gold::{GoldArticle, GoldAttribution};
use crate::analysis::{Analysis, Setup};
use crate::attribution::{Marked, MarkedPassage, Model};
use crate::text::{TextRange, TextSize};

/// The passages of `article`, each with the pieces of what was marked that lie in it.
pub fn marked_passages(article: &GoldArticle) -> Vec<MarkedPassage> {
    // By rules, so that what is learned does not hang on the model that was there before.
    let setup = Setup { model: Model::rules(), ..Setup::default() };
    let analysis = Analysis::new(Arc::from(article.text.as_str()), Arc::new(setup));
    let mut out = Vec::new();
    for block in analysis.blocks() {
        for piece in &block.pieces {
            let length = TextSize::of(piece.passage.prose());
            let place = |offset: TextSize| {
                let inside = offset.checked_sub(block.range.start()).unwrap_or_default();
                let prose = block.markup.prose.from_source(inside);
                prose.checked_sub(piece.start).unwrap_or_default().min(length)
            };
            let here = |list: &[TextRange]| -> Vec<TextRange> {
                let ranges =
                    list.iter().map(|range| TextRange::new(place(range.start()), place(range.end())));
                ranges.filter(|range| !range.is_empty()).collect()
            };
            let marked = |found: &GoldAttribution| {
                let [source, cue, content] = found.parts().map(here);
                Marked { source, cue, content }
            };
            out.push(MarkedPassage {
                passage: piece.passage.clone(),
                incoming: piece.incoming.clone(),
                marked: article.attributions.iter().map(marked).collect(),
            });
        }
    }
    out
}
