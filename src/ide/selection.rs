//! What a selection grows to, step by step.

use super::attributes::{Part, braces};
use super::claims::claims;
use super::folding::sections;
use crate::analysis::Analysis;
use crate::text::{TextRange, TextSize, size};

/// The stretches around `offset`, each inside the next: the word, the name, source or reporting words,
/// what is said and all of the attribution, the sentence, the quotation, the marked span, the
/// paragraph, the section, the article. Steps that are not there are left out.
pub fn selections(analysis: &Analysis, offset: TextSize) -> Vec<TextRange> {
    let text = analysis.text();
    // Inside a character counts as before it.
    let offset = size(boundary(text, offset.into()));
    let mut around = vec![TextRange::up_to(size(text.len()))];
    around.extend(sections(analysis));
    around.push(analysis.header().range);
    if let Some(found) = braces(text, offset) {
        match found.at {
            Part::Item { range } | Part::Key { range } | Part::Value { range, .. } => around.push(range),
        }
    }
    if let Some(place) = analysis.place(offset) {
        let block = &analysis.blocks()[place.block];
        around.push(block.range);
        for span in &block.markup.spans {
            let start = block.range.start();
            around.extend([span.content + start, span.range + start, span.attributes + start]);
        }
        for claim in claims(analysis, place.block) {
            around.extend(claim.pieces());
            around.push(claim.range());
        }
        let piece = analysis.piece(place);
        let passage = &piece.passage;
        let (tokens, sentence) = (passage.tokens(), passage.sentence_at(place.offset));
        let words = passage.sentences().get(sentence).cloned().unwrap_or_default();
        let mut inner: Vec<TextRange> = words.map(|token| tokens.span(token, token)).collect();
        inner.extend(piece.mentions.iter().flat_map(|mention| {
            let titled = mention.title.map(|title| title.cover(mention.range));
            [Some(mention.range), titled].into_iter().flatten()
        }));
        inner.extend(passage.sentence_ranges().nth(sentence));
        inner.extend(passage.quotations().iter().flat_map(|quotation| [quotation.inner, quotation.range]));
        inner.retain(|range| range.contains_inclusive(place.offset));
        around.extend(inner.into_iter().map(|range| analysis.to_article(place.block, place.piece, range)));
    }
    around.retain(|range| range.contains_inclusive(offset) && !range.is_empty());
    around.sort_by_key(|range| range.len());
    let mut out: Vec<TextRange> = Vec::new();
    for range in around {
        if out.last().is_none_or(|last| range.contains_range(*last) && range != *last) {
            out.push(range);
        }
    }
    out
}

/// The beginning of the character that holds the byte `at`, or the end of the text.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn a_selection_grows_from_the_word_to_the_article() {
        let text = "It rained.\n\nThe deficit would fall, the mayor Maria Keller said. It rained.\n";
        let analysis = Analysis::new(Arc::from(text), Arc::default());
        let offset = size(text.find("Keller").unwrap() + 2);
        let steps: Vec<&str> =
            selections(&analysis, offset).into_iter().map(|range| text[range].trim_end()).collect();
        assert_eq!(
            steps,
            [
                "Keller",
                "Maria Keller",
                "mayor Maria Keller",
                "the mayor Maria Keller",
                "The deficit would fall, the mayor Maria Keller said",
                "The deficit would fall, the mayor Maria Keller said.",
                "The deficit would fall, the mayor Maria Keller said. It rained.",
                text.trim_end(),
                text.trim_end(),
            ]
        );
    }

    #[test]
    fn no_offset_is_too_odd() {
        let text = "Zoë “left”, [é]{.own why=“ö”}.\n";
        let analysis = Analysis::new(Arc::from(text), Arc::default());
        for offset in 0..=text.len() + 2 {
            assert!(!selections(&analysis, size(offset)).is_empty(), "{offset}");
        }
    }

    #[test]
    fn in_markup_it_grows_from_the_value_to_the_span() {
        let text = "[It closed]{.claim by=s1}";
        let analysis = Analysis::new(Arc::from(text), Arc::default());
        let steps: Vec<&str> =
            selections(&analysis, size(text.len() - 2)).into_iter().map(|range| &text[range]).collect();
        assert_eq!(steps, ["s1", "{.claim by=s1}", text]);
    }
}
