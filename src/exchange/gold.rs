//! Articles whose attributions people marked: what an engine is scored on.
//!
//! They come from an article annotated in Onrecord's own format, or from a line of a corpus, and go
//! out as such a line.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::{AnnotatedSpan, Annotations};
use crate::article::SpanClass;
use crate::attribution::Attribution;
use crate::text::{Places, TextRange, range};

/// An article with the attributions people marked in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoldArticle {
    /// Its name, unique in its corpus.
    pub doc_id: String,
    /// Its text without markup.
    pub text: String,
    /// Who said what, in the order of the source.
    pub attributions: Vec<GoldAttribution>,
}

/// One attribution; each part has its pieces in text order, in bytes of the article's text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GoldAttribution {
    /// Who is cited; empty where nobody is.
    pub source: Vec<TextRange>,
    /// The reporting words.
    pub cue: Vec<TextRange>,
    /// What is said.
    pub content: Vec<TextRange>,
}

/// A [`GoldArticle`] as a line of a corpus has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoldRow {
    /// Its name.
    pub doc_id: String,
    /// The file it was read from.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub path: Option<String>,
    /// Its text without markup.
    pub text: String,
    /// Who said what.
    pub attributions: Vec<GoldSpans>,
}

/// One attribution; each piece is `[start, end)` in code points of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoldSpans {
    /// Who is cited.
    pub source: Vec<[usize; 2]>,
    /// The reporting words.
    pub cue: Vec<[usize; 2]>,
    /// What is said.
    pub content: Vec<[usize; 2]>,
}

/// Why a line of a corpus could not be read.
#[derive(Debug, thiserror::Error)]
pub enum GoldError {
    /// It is no JSON object with `doc_id`, `text` and `attributions`.
    #[error("{0}")]
    Json(#[from] serde_json::Error),
    /// A piece lies outside the text, or ends before it begins.
    #[error("[{start}, {end}) is no piece of '{doc_id}', which has {length} code points")]
    OutOfRange {
        /// The article.
        doc_id: String,
        /// Where the piece is said to begin.
        start: usize,
        /// Where the piece is said to end.
        end: usize,
        /// How long the article is.
        length: usize,
    },
}

impl GoldArticle {
    /// The attributions marked in `annotated`, an article in Onrecord's format.
    ///
    /// Each claim or quotation is one, with its further pieces, the cues that name it and the spans
    /// its `by` names. One of which the text has neither a cue nor a source is left out: that is a
    /// reading of where somebody stands, not of who said what. Drafts and alternatives count for
    /// nothing: no person decided for them.
    pub fn marked(doc_id: &str, annotated: &str) -> Self {
        Self::of(&Annotations::read(doc_id, annotated))
    }

    /// The attributions among `annotations`: see [`Self::marked`].
    pub fn of(annotations: &Annotations) -> Self {
        let spans: Vec<&AnnotatedSpan> = annotations.spans.iter().filter(|span| span.is_settled()).collect();
        let mut named: FxHashMap<&str, TextRange> = FxHashMap::default();
        let mut cues: FxHashMap<&str, Vec<TextRange>> = FxHashMap::default();
        let mut further: FxHashMap<&str, Vec<TextRange>> = FxHashMap::default();
        for span in &spans {
            if let Some(id) = &span.id {
                named.entry(id).or_insert(span.range);
            }
            if span.class() == Some(SpanClass::Cue) {
                span.values("for").for_each(|id| cues.entry(id).or_default().push(span.range));
            }
            span.values("part-of").for_each(|id| further.entry(id).or_default().push(span.range));
        }
        let of = |map: &FxHashMap<&str, Vec<TextRange>>, span: &AnnotatedSpan| {
            span.id.as_ref().and_then(|id| map.get(id.as_str()).cloned()).unwrap_or_default()
        };
        let text = annotations.text.as_str();
        let mut attributions: Vec<GoldAttribution> = spans
            .iter()
            .filter(|span| matches!(span.class(), Some(SpanClass::Claim | SpanClass::Quote)))
            .filter(|span| span.value("part-of").is_none())
            .map(|span| {
                let source: Vec<TextRange> =
                    span.values("by").filter_map(|id| named.get(id).copied()).collect();
                let cue = of(&cues, span);
                let mut pieces = of(&further, span);
                pieces.push(span.range);
                let holes: Vec<TextRange> = source.iter().chain(&cue).copied().collect();
                let content = pieces.into_iter().flat_map(|piece| around(text, piece, &holes));
                GoldAttribution { source, cue, content: content.collect() }
            })
            .filter(|found| !(found.source.is_empty() && found.cue.is_empty()))
            .collect();
        for found in &mut attributions {
            found.parts_mut().into_iter().for_each(|part| part.sort_by_key(|piece| piece.start()));
        }
        attributions.sort_by_key(GoldAttribution::start);
        Self { doc_id: annotations.name.clone(), text: text.to_owned(), attributions }
    }

    /// Reads a line of a corpus.
    ///
    /// # Errors
    /// Where it is not the documented JSON, or a piece lies outside the text.
    pub fn from_line(line: &str) -> Result<Self, GoldError> {
        let row: GoldRow = serde_json::from_str(line)?;
        let mut bytes: Vec<usize> = row.text.char_indices().map(|(at, _)| at).collect();
        bytes.push(row.text.len());
        let part = |pieces: &[[usize; 2]]| -> Result<Vec<TextRange>, GoldError> {
            let place = |[start, end]: &[usize; 2]| match (bytes.get(*start), bytes.get(*end)) {
                (Some(from), Some(to)) if from <= to => Ok(range(*from, *to)),
                _ => Err(GoldError::OutOfRange {
                    doc_id: row.doc_id.clone(),
                    start: *start,
                    end: *end,
                    length: bytes.len() - 1,
                }),
            };
            pieces.iter().map(place).collect()
        };
        let attributions = row
            .attributions
            .iter()
            .map(|spans| {
                let (source, cue) = (part(&spans.source)?, part(&spans.cue)?);
                Ok(GoldAttribution { source, cue, content: part(&spans.content)? })
            })
            .collect::<Result<_, GoldError>>()?;
        Ok(Self { doc_id: row.doc_id, text: row.text, attributions })
    }

    /// The article as a line of a corpus has it.
    pub fn row(&self) -> GoldRow {
        let places = Places::new(&self.text);
        let points = |part: &[TextRange]| -> Vec<[usize; 2]> {
            part.iter().map(|piece| [piece.start(), piece.end()].map(|at| places.at(at).offset)).collect()
        };
        let attributions = self
            .attributions
            .iter()
            .map(|found| GoldSpans {
                source: points(&found.source),
                cue: points(&found.cue),
                content: points(&found.content),
            })
            .collect();
        GoldRow { doc_id: self.doc_id.clone(), path: None, text: self.text.clone(), attributions }
    }
}

impl GoldAttribution {
    /// Source, cue and content.
    pub fn parts(&self) -> [&[TextRange]; 3] {
        [&self.source, &self.cue, &self.content]
    }

    fn parts_mut(&mut self) -> [&mut Vec<TextRange>; 3] {
        [&mut self.source, &mut self.cue, &mut self.content]
    }

    /// Where its first piece begins.
    fn start(&self) -> usize {
        self.parts().into_iter().flatten().map(|piece| piece.start().into()).min().unwrap_or(0)
    }
}

impl From<&Attribution> for GoldAttribution {
    fn from(found: &Attribution) -> Self {
        Self { source: found.source.clone(), cue: found.cue.clone(), content: found.content.clone() }
    }
}

/// What of `piece` lies outside `holes`, without the white space and commas that set a hole off.
fn around(text: &str, piece: TextRange, holes: &[TextRange]) -> Vec<TextRange> {
    let mut inside: Vec<TextRange> =
        holes.iter().copied().filter(|hole| piece.contains_range(*hole) && *hole != piece).collect();
    if inside.is_empty() {
        return vec![piece];
    }
    inside.sort_by_key(|hole| hole.start());
    let mut from = piece.start();
    let mut out = Vec::new();
    for (start, end) in
        inside.iter().map(|hole| (hole.start(), hole.end())).chain([(piece.end(), piece.end())])
    {
        let stretch = TextRange::new(from, start.max(from));
        let sets_off = |char: char| char.is_whitespace() || char == ',';
        let words = text[stretch].trim_matches(sets_off);
        let lead = text[stretch].len() - text[stretch].trim_start_matches(sets_off).len();
        if words.contains(char::is_alphanumeric) {
            let first = usize::from(stretch.start()) + lead;
            out.push(range(first, first + words.len()));
        }
        from = from.max(end);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each attribution as `source | cue | content`, pieces joined with ` … `.
    fn read(annotated: &str) -> Vec<String> {
        let gold = GoldArticle::marked("a", annotated);
        let words =
            |part: &[TextRange]| part.iter().map(|piece| &gold.text[*piece]).collect::<Vec<_>>().join(" … ");
        gold.attributions.iter().map(|found| found.parts().map(words).join(" | ")).collect()
    }

    #[test]
    fn pieces_cues_and_sources_are_gathered_over_paragraphs() {
        assert_eq!(
            read(
                "[‘We lost,’]{#c1 .claim by=lee} [Ms Lee]{#lee .source} [said]{.cue for=c1}. [‘We know why.]{.claim part-of=c1}\n\n[‘And we will try again.’]{.claim part-of=c1}\n"
            ),
            ["Ms Lee | said | ‘We lost,’ … ‘We know why. … ‘And we will try again.’"]
        );
    }

    #[test]
    fn a_source_and_cue_inside_the_claim_are_no_part_of_it() {
        assert_eq!(
            read("[The bill, [Ms Lee]{#lee .source} [said]{.cue for=c1}, is dead]{#c1 .claim by=lee}."),
            ["Ms Lee | said | The bill … is dead"]
        );
    }

    #[test]
    fn a_claim_in_a_claim_is_an_attribution_of_its_own() {
        assert_eq!(
            read(
                "[Lee]{#lee .source} [said]{.cue for=c1} [[voters]{#them .source} [feared]{.cue for=c2} [a rise]{#c2 .claim by=them}]{#c1 .claim by=lee}."
            ),
            ["Lee | said | voters feared a rise", "voters | feared | a rise"]
        );
    }

    #[test]
    fn nobody_is_a_source_and_a_stance_without_words_no_attribution() {
        assert_eq!(
            read(
                "[A vote]{#c1 .claim by=none} [is expected]{.cue for=c1}, and [the ban]{.claim by=usa stance=oppose} fell."
            ),
            [" | is expected | A vote"]
        );
    }

    #[test]
    fn a_draft_is_no_persons_mark() {
        assert_eq!(
            read("[Lee]{#s .source .draft} [said]{.cue .draft for=c} [it failed]{#c .claim .draft by=s}."),
            [] as [&str; 0]
        );
    }

    #[test]
    fn a_line_reads_back_as_the_article_it_was_written_from() {
        let gold = GoldArticle::marked(
            "a",
            "---\ndate: 2026-03-01\n---\nCafé: [Zoë]{#z .source} [said]{.cue for=c} [“non”]{#c .claim by=z}.",
        );
        let line = serde_json::to_string(&gold.row()).unwrap();
        assert!(line.contains(r#""source":[[31,34]]"#), "{line}");
        assert_eq!(GoldArticle::from_line(&line).unwrap(), gold);
    }

    #[test]
    fn a_piece_outside_the_text_is_refused() {
        let line = r#"{"doc_id":"a","text":"né","attributions":[{"source":[[0,3]],"cue":[],"content":[]}]}"#;
        let error = GoldArticle::from_line(line).unwrap_err().to_string();
        assert_eq!(error, "[0, 3) is no piece of 'a', which has 2 code points");
    }
}
