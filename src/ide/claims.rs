//! The claims of an article, whether a person marked them or they were found.

use crate::analysis::{AnalysedBlock, Analysis};
use crate::article::{NOBODY, Span, SpanClass};
use crate::attribution::Attribution;
use crate::text::{TextRange, TextSize};

/// A claim with who makes it. Ranges are bytes of the article.
#[derive(Clone, Debug)]
pub(super) struct Claim<'a> {
    /// Who makes it, as the article words it.
    pub(super) sources: Vec<TextRange>,
    /// Ids in `by` that no span of the article has: actors' ids.
    pub(super) actors: Vec<&'a str>,
    /// The reporting words.
    pub(super) cues: Vec<TextRange>,
    /// What is claimed.
    pub(super) content: Vec<TextRange>,
    /// Where it comes from.
    pub(super) origin: Origin<'a>,
}

/// Where a claim comes from.
#[derive(Clone, Copy, Debug)]
pub(super) enum Origin<'a> {
    /// A `.claim` or `.quote` span.
    Marked(&'a Span),
    /// Attribution found it.
    Found(&'a Attribution),
}

impl Claim<'_> {
    /// All its pieces: source, cue and content.
    pub(super) fn pieces(&self) -> impl Iterator<Item = TextRange> + '_ {
        self.sources.iter().chain(&self.cues).chain(&self.content).copied()
    }

    /// From its first piece to its last.
    pub(super) fn range(&self) -> TextRange {
        self.pieces().reduce(TextRange::cover).unwrap_or_default()
    }
}

/// The claims of the block `index`, marked ones first. Where a person marked a claim, what was
/// found over the same words is left out.
pub(super) fn claims(analysis: &Analysis, index: usize) -> Vec<Claim<'_>> {
    claims_of(analysis, index, |found| if found.is_claim() { vec![found] } else { Vec::new() })
}

/// The same with those inside what was found, and captions with whose picture they stand below.
pub(super) fn claims_with_inner(analysis: &Analysis, index: usize) -> Vec<Claim<'_>> {
    claims_of(analysis, index, Attribution::with_inner)
}

fn claims_of<'a>(
    analysis: &'a Analysis,
    index: usize,
    levels: impl Fn(&'a Attribution) -> Vec<&'a Attribution>,
) -> Vec<Claim<'a>> {
    let block = &analysis.blocks()[index];
    let mut out: Vec<Claim<'a>> = block
        .markup
        .annotations()
        .filter(|span| is_claim(span))
        .map(|span| marked(analysis, block, span))
        .collect();
    let by_hand: Vec<TextRange> = out.iter().flat_map(|claim| claim.content.clone()).collect();
    for (at, piece) in block.pieces.iter().enumerate() {
        for attribution in piece.attributions.iter().flat_map(&levels) {
            let place = |list: &[TextRange]| -> Vec<TextRange> {
                list.iter().map(|range| analysis.to_article(index, at, *range)).collect()
            };
            let content = place(&attribution.content);
            let covered = |range: &TextRange| {
                by_hand.iter().any(|hand| hand.intersect(*range).is_some_and(|both| !both.is_empty()))
            };
            if !content.iter().any(covered) {
                out.push(Claim {
                    sources: place(&attribution.source),
                    actors: Vec::new(),
                    cues: place(&attribution.cue),
                    content,
                    origin: Origin::Found(attribution),
                });
            }
        }
    }
    out
}

fn is_claim(span: &Span) -> bool {
    matches!(span.class(), Some(SpanClass::Claim | SpanClass::Quote))
}

fn marked<'a>(analysis: &'a Analysis, block: &'a AnalysedBlock, span: &'a Span) -> Claim<'a> {
    let mut sources = Vec::new();
    let mut actors = Vec::new();
    for (id, _) in span.values("by") {
        match span_with_id(analysis, id) {
            Some((block, span)) => sources.push(span.content + block.range.start()),
            None if id == NOBODY => {}
            None => actors.push(id),
        }
    }
    let own = span.id.as_ref().map(|id| id.text.as_str());
    let cues = block
        .markup
        .annotations()
        .filter(|cue| cue.class() == Some(SpanClass::Cue) && cue.values("for").any(|(id, _)| Some(id) == own))
        .map(|cue| cue.content + block.range.start())
        .collect();
    Claim {
        sources,
        actors,
        cues,
        content: vec![span.content + block.range.start()],
        origin: Origin::Marked(span),
    }
}

/// The words before the braces that open at the byte `open` of the article: those of their span. Of braces that are
/// not closed yet, which make no span, the last of them.
pub(super) fn words_before(analysis: &Analysis, open: TextSize) -> Option<TextRange> {
    let block = analysis.blocks().iter().find(|block| block.range.contains_inclusive(open))?;
    let opens = |span: &&Span| span.attributes.start() + block.range.start() == open;
    if let Some(span) = block.markup.spans.iter().find(opens) {
        return Some(span.content + block.range.start());
    }
    let bracket = open.checked_sub(TextSize::of(']'))?;
    let last = analysis.text().get(..usize::from(bracket))?.chars().next_back()?;
    Some(TextRange::new(bracket - TextSize::of(last), bracket))
}

/// The reporting words of the claim whose braces open at the byte `open`: those marked as its cue, else those of the
/// attribution found over most of it. Ranges are bytes of the article.
pub(super) fn cue_of(analysis: &Analysis, open: TextSize) -> Option<Vec<TextRange>> {
    let (index, block) =
        analysis.blocks().iter().enumerate().find(|(_, block)| block.range.contains_inclusive(open))?;
    let opens = |span: &&Span| span.attributes.start() + block.range.start() == open;
    if let Some(span) = block.markup.spans.iter().find(opens) {
        let cues = marked(analysis, block, span).cues;
        if !cues.is_empty() {
            return Some(cues);
        }
    }
    let claim = words_before(analysis, open)?;
    let mut best: Option<(TextSize, usize, &Attribution)> = None;
    for (at, piece) in block.pieces.iter().enumerate() {
        for attribution in piece.attributions.iter().filter(|attribution| !attribution.cue.is_empty()) {
            let content = attribution.content.iter().map(|range| analysis.to_article(index, at, *range));
            let shared =
                content.filter_map(|range| range.intersect(claim)).map(TextRange::len).sum::<TextSize>();
            if shared > best.map_or(TextSize::default(), |(most, ..)| most) {
                best = Some((shared, at, attribution));
            }
        }
    }
    let (_, at, attribution) = best?;
    Some(attribution.cue.iter().map(|range| analysis.to_article(index, at, *range)).collect())
}

/// The span with the id `id`, and its block.
pub(super) fn span_with_id<'a>(analysis: &'a Analysis, id: &str) -> Option<(&'a AnalysedBlock, &'a Span)> {
    analysis.blocks().iter().find_map(|block| {
        let span =
            block.markup.annotations().find(|span| span.id.as_ref().is_some_and(|word| word.text == id))?;
        Some((block, span))
    })
}
