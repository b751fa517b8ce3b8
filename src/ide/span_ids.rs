//! The ids of an article's own spans and where they are named.

use super::claims::span_with_id;
use crate::analysis::Analysis;
use crate::article::{SidecarWord, sidecar_words};
use crate::text::{TextRange, TextSize, size};

/// The keys whose values can name spans.
const KEYS: [&str; 4] = ["by", "for", "part-of", "on"];

/// A place where the id of a span stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpanIdPlace {
    /// The id.
    pub id: String,
    /// Where it stands, in bytes of the article, without `#`.
    pub range: TextRange,
    /// Whether it is where the span is given its id, or else a place that names it.
    pub given: bool,
}

/// The place at `offset` where a span is given its id or is named by it.
pub fn span_id_at(analysis: &Analysis, offset: TextSize) -> Option<SpanIdPlace> {
    let place = analysis.blocks().iter().find(|block| block.range.contains_inclusive(offset))?;
    let mut here = places_in(analysis, place.range);
    here.find(|found| {
        let sign = size(usize::from(found.given));
        found.range.contains_inclusive(offset) || found.range.start().checked_sub(sign) == Some(offset)
    })
    .filter(|found| found.given || span_with_id(analysis, &found.id).is_some())
}

/// All places where the span id `id` stands, in text order.
pub fn span_id_places(analysis: &Analysis, id: &str) -> Vec<SpanIdPlace> {
    let all = TextRange::up_to(size(analysis.text().len()));
    let mut out: Vec<SpanIdPlace> = places_in(analysis, all).filter(|found| found.id == id).collect();
    out.sort_by_key(|found| found.range.start());
    out
}

/// The places where the span id `id` stands in `json`, the file beside the article.
pub fn span_id_places_beside(analysis: &Analysis, json: &str, id: &str) -> Vec<SpanIdPlace> {
    let words = sidecar_words(json).into_iter().filter(|word| word.text == id);
    let place = |word: SidecarWord| {
        let given = word.key == "id";
        (given || KEYS.contains(&word.key.as_str()) && is_span(analysis, &word.key, id))
            .then_some(SpanIdPlace { id: word.text, range: word.range, given })
    };
    words.filter_map(place).collect()
}

/// Whether `id` as a value of `key` can be a span's: what stances are about has ids of its own.
fn is_span(analysis: &Analysis, key: &str, id: &str) -> bool {
    key != "on" || !analysis.header().on.iter().any(|(topic, _)| topic.text == id)
}

/// The places to edit together with the one at `offset`: where a span is given the id and where it is named. None where
/// there is but one, or where two spans have the id and it is not told which of them is named.
pub fn linked_ids(analysis: &Analysis, offset: TextSize) -> Option<Vec<TextRange>> {
    let places = span_id_places(analysis, &span_id_at(analysis, offset)?.id);
    let given = places.iter().filter(|place| place.given).count();
    (given == 1 && places.len() > 1).then(|| places.into_iter().map(|place| place.range).collect())
}

/// The places in the blocks that touch `within` where an id stands that is a span's or could be.
fn places_in(analysis: &Analysis, within: TextRange) -> impl Iterator<Item = SpanIdPlace> + '_ {
    let text = analysis.text();
    let blocks = analysis.blocks().iter().filter(move |block| block.range.intersect(within).is_some());
    let spans =
        blocks.flat_map(|block| block.markup.spans.iter().map(move |span| (span, block.range.start())));
    spans.flat_map(move |(span, start)| {
        let given = span.id.iter().map(|id| (id.text.as_str(), id.range, true));
        let named = KEYS.into_iter().flat_map(move |key| span.values(key).map(move |value| (key, value)));
        let named = named.filter(move |(key, (id, _))| is_span(analysis, key, id));
        let all = given.chain(named.map(|(_, (id, range))| (id, range, false)));
        // A value with escapes does not stand as it reads.
        all.filter_map(move |(id, range, given)| {
            let range = range + start;
            let here = text.get(range.start().into()..range.end().into())?;
            (here == id).then(|| SpanIdPlace { id: id.to_owned(), range, given })
        })
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn analysis(text: &str) -> Analysis {
        Analysis::new(Arc::from(text), Arc::default())
    }

    /// The article with `^` under each place edited together with the one at `at`.
    fn drawn(text: &str, at: &str) -> Option<String> {
        let offset = size(text.find(at).unwrap() + at.len());
        let places = linked_ids(&analysis(text), offset)?;
        let line = (0..text.len())
            .map(|byte| if places.iter().any(|place| place.contains(size(byte))) { '^' } else { ' ' });
        Some(line.collect::<String>().trim_end().to_owned())
    }

    #[test]
    fn an_id_and_its_uses_are_edited_together() {
        let text = "[A]{#lee .source} [said]{.cue for=c1} [x]{#c1 .claim by=\"lee none\"}, [y]{.claim part-of=c1}, [z]{.claim by=lee}.";
        let ids = "     ^^^                                                 ^^^                                               ^^^";
        let claims =
            "                                  ^^       ^^                                           ^^";
        for at in ["{#", "{#le", "by=\"", "by=lee"] {
            assert_eq!(drawn(text, at).as_deref(), Some(ids), "{at}");
        }
        for at in ["{#c1", "for=c", "part-of="] {
            assert_eq!(drawn(text, at).as_deref(), Some(claims), "{at}");
        }
    }

    #[test]
    fn nothing_is_linked_where_there_is_one_place_or_two_spans_with_the_id() {
        assert_eq!(drawn("[A]{#lee .source} left.", "#le"), None);
        assert_eq!(drawn("[A]{#a .source} [B]{#a .source} [x]{.claim by=a}", "by="), None);
        assert_eq!(drawn("[A]{#a .source} [x]{.claim by=actor:a}", "#"), None);
        assert_eq!(drawn("---\non:\n  a: A vote\n---\n[A]{#a .source} [x]{.claim on=a}", "#"), None);
        assert_eq!(drawn("[x]{.claim by=usa}", "by="), None);
    }
}
