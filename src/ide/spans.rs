//! Putting spans into an article's text, so that its words and all other spans stay what they are.

use std::collections::BTreeMap;

use crate::analysis::Analysis;
use crate::article::{Markup, blocks, runs};
use crate::text::{TextEdit, TextRange, TextSize, apply_edits, size};

/// A span to put around words of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NewSpan {
    /// What it is put around, in bytes of the article.
    pub(super) range: TextRange,
    /// Its attributes with their braces.
    pub(super) attributes: String,
}

/// `range`, in bytes of the block `block`'s source, moved so that a span around it crosses no span of the block:
/// spans whose words lie inside are taken in whole. None where it would cross one.
pub(super) fn settle(markup: &Markup, range: TextRange) -> Option<TextRange> {
    let prose = |range: TextRange| {
        let start = markup.prose.from_source(range.start());
        TextRange::new(start, markup.prose.from_source(range.end()).max(start))
    };
    let mut settled = range;
    // Each round takes in or leaves at least one span.
    for _ in 0..=markup.spans.len() {
        let crossed = markup.spans.iter().find(|span| {
            span.range.start() < settled.end()
                && settled.start() < span.range.end()
                && !settled.contains_range(span.range)
                && !span.content.contains_range(settled)
        });
        let Some(crossed) = crossed else { return Some(settled).filter(|settled| !settled.is_empty()) };
        if prose(settled).contains_range(crossed.prose) {
            settled = settled.cover(crossed.range);
        } else if crossed.prose.contains_range(prose(settled)) {
            settled = settled.intersect(crossed.content)?;
        } else {
            return None;
        }
    }
    None
}

/// Whether the two overlap and neither holds the other.
pub(super) fn crosses(a: TextRange, b: TextRange) -> bool {
    let shared = a.intersect(b).is_some_and(|shared| !shared.is_empty());
    shared && !a.contains_range(b) && !b.contains_range(a)
}

/// The edits that put `spans`, which lie apart or nest, into a text, and a backslash before each of `literal`. Of
/// spans with one range the first is the outermost.
pub(super) fn insertions(spans: &[NewSpan], literal: &[TextSize]) -> Vec<TextEdit> {
    let mut order: Vec<&NewSpan> = spans.iter().collect();
    order.sort_by_key(|span| (span.range.start(), std::cmp::Reverse(span.range.end())));
    // What is closed at a place, what is opened there, what makes the next character literal.
    let mut places: BTreeMap<TextSize, [String; 3]> = BTreeMap::new();
    for span in order.iter().rev() {
        let closing = &mut places.entry(span.range.end()).or_default()[0];
        closing.push(']');
        closing.push_str(&span.attributes);
    }
    for span in order {
        places.entry(span.range.start()).or_default()[1].push('[');
    }
    for at in literal {
        places.entry(*at).or_default()[2].push('\\');
    }
    let edit = |(at, parts): (TextSize, [String; 3])| TextEdit {
        range: TextRange::empty(at),
        new_text: parts.concat(),
    };
    places.into_iter().map(edit).collect()
}

/// The lines around the block `index` up to the blank ones: what decides where its paragraph ends.
pub(super) fn stretch(analysis: &Analysis, index: usize) -> TextRange {
    let block = analysis.blocks()[index].range;
    let runs = runs(analysis.text(), analysis.header().range.end().into());
    runs.into_iter().find(|run| run.contains_range(block)).unwrap_or(block)
}

/// A stretch of an article as it is read, and what it would be with more spans.
pub(super) struct Stretch<'a> {
    text: &'a str,
    start: TextSize,
    read: Reading,
}

impl<'a> Stretch<'a> {
    pub(super) fn new(article: &'a str, range: TextRange) -> Self {
        let text = &article[range];
        Self { text, start: range.start(), read: Reading::new(text) }
    }

    /// Whether `edits` (in bytes of the article) put exactly `spans` into the stretch: its words and its other spans
    /// are read as before.
    pub(super) fn takes(&self, edits: &[TextEdit], spans: &[NewSpan]) -> bool {
        let here = |edit: &TextEdit| TextEdit { range: edit.range - self.start, ..edit.clone() };
        let edits: Vec<TextEdit> = edits.iter().map(here).collect();
        let after = Reading::new(&apply_edits(self.text, &edits));
        let mut wanted = self.read.spans.clone();
        for span in spans {
            let Some(prose) = self.read.prose_of(span.range - self.start) else { return false };
            wanted.push((prose, span.attributes.clone()));
        }
        wanted.sort_by(order);
        after.prose == self.read.prose
            && after.spans == wanted
            && after.paragraphs().eq(self.read.paragraphs())
    }
}

fn order(a: &(TextRange, String), b: &(TextRange, String)) -> std::cmp::Ordering {
    let key = |span: &(TextRange, String)| (span.0.start(), span.0.end());
    key(a).cmp(&key(b)).then_with(|| a.1.cmp(&b.1))
}

/// Some lines as they are read.
struct Reading {
    /// The words alone.
    prose: String,
    /// The spans: where in `prose`, and their attributes as they are written.
    spans: Vec<(TextRange, String)>,
    /// The blocks: where they stand, where in `prose` they begin, what was read in them.
    blocks: Vec<(TextRange, TextSize, Markup)>,
}

impl Reading {
    fn new(text: &str) -> Self {
        let mut out =
            Self { prose: String::with_capacity(text.len()), spans: Vec::new(), blocks: Vec::new() };
        let mut done = 0;
        for block in blocks(text, 0) {
            let (start, end) = (usize::from(block.range.start()), usize::from(block.range.end()));
            out.prose.push_str(&text[done..start]);
            let place = size(out.prose.len());
            let markup = Markup::parse(&text[block.range]);
            out.prose.push_str(markup.prose.text());
            let attributes = |at: TextRange| text[at + block.range.start()].to_owned();
            out.spans
                .extend(markup.spans.iter().map(|span| (span.prose + place, attributes(span.attributes))));
            out.blocks.push((block.range, place, markup));
            done = end;
        }
        out.prose.push_str(&text[done..]);
        out.spans.sort_by(order);
        out
    }

    /// Where in the words each block begins, and how long it is.
    fn paragraphs(&self) -> impl Iterator<Item = (TextSize, usize)> {
        self.blocks.iter().map(|(_, place, markup)| (*place, markup.prose.text().len()))
    }

    /// `range`, in bytes of the text, in bytes of the words.
    fn prose_of(&self, range: TextRange) -> Option<TextRange> {
        let index = self.blocks.partition_point(|(block, ..)| block.end() < range.end());
        let (block, place, markup) =
            self.blocks.get(index).filter(|(block, ..)| block.contains_range(range))?;
        let at = |offset: TextSize| markup.prose.from_source(offset - block.start()) + *place;
        Some(TextRange::new(at(range.start()), at(range.end()).max(at(range.start()))))
    }
}
