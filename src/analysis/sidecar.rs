//! The annotations beside an article, as spans of its blocks.

use std::sync::Arc;

use super::AnalysedBlock;
use crate::article::{
    Block, Fault, FaultKind, Header, Key, Markup, Sidecar, Span, SpanClass, WebAnnotation, Word,
};
use crate::text::{TextRange, TextSize};

/// What stands beside an article, found again in it.
#[derive(Debug, Default)]
pub(super) struct Placed {
    /// By block; empty where nothing stands beside the article.
    spans: Vec<Vec<Span>>,
    /// What has no place, and what is wrong with the file. Ranges are bytes of the article.
    pub(super) faults: Vec<Fault>,
}

/// A block's words in the text without markup.
struct Words {
    /// Where they begin in that text.
    start: TextSize,
    markup: Arc<Markup>,
}

impl Placed {
    /// The annotations of the file called `name`, which is `sidecar`, in `text` with the blocks `blocks`. `known` says
    /// what was read in the block of an index, where that is known.
    pub(super) fn new(
        text: &str,
        header: &Header,
        blocks: &[Block],
        (name, sidecar): (&str, &Sidecar),
        known: impl Fn(usize) -> Option<Arc<Markup>>,
    ) -> Self {
        if let Some((line, fault)) = &sidecar.fault {
            let message = format!("{name}, line {line}: {fault}. Nothing in it counts until that is mended.");
            let range = blocks.first().map_or(header.range, |block| block.range);
            return Self { spans: Vec::new(), faults: vec![told(range, message)] };
        }
        let mut clean = String::with_capacity(text.len());
        let mut words = Vec::with_capacity(blocks.len());
        let mut done = TextSize::default();
        for (index, block) in blocks.iter().enumerate() {
            clean.push_str(&text[TextRange::new(done, block.range.start())]);
            let markup = known(index).unwrap_or_else(|| Arc::new(Markup::parse(&text[block.range])));
            words.push(Words { start: TextSize::of(clean.as_str()), markup });
            clean.push_str(words.last().map_or("", |words| words.markup.prose.text()));
            done = block.range.end();
        }
        clean.push_str(&text[usize::from(done)..]);
        let mut out = Self { spans: vec![Vec::new(); blocks.len()], faults: Vec::new() };
        for (annotation, place) in sidecar.annotations.iter().zip(sidecar.places(&clean)) {
            let (near, why) = match place {
                Ok(range) if out.add(annotation, range, &words) => continue,
                Ok(range) => (range, "marks no words of the article's body".to_owned()),
                Err(lost) => (lost.near, lost.why),
            };
            let message = format!(
                "{} in {name} {why}. Mark the words that it is about anew, or take it out of that file.",
                annotation.name
            );
            out.faults.push(told(in_article(near, &words, blocks), message));
        }
        out
    }

    /// The spans of the block `index`.
    pub(super) fn of(&self, index: usize) -> &[Span] {
        self.spans.get(index).map_or(&[], Vec::as_slice)
    }

    /// Whether the spans of the block `index` are those of `before`. Most blocks have none, then and now, which is told
    /// without a look at what was read in them.
    pub(super) fn is_as_before(&self, index: usize, before: &AnalysedBlock) -> bool {
        let spans = self.of(index);
        (spans.is_empty() && before.plain) || before.markup.beside == spans
    }

    /// Puts `annotation` into the blocks that `range`, bytes of the text without markup, touches; false where that
    /// is none. Over several blocks it is a span in each: a claim or quotation, and further pieces of it.
    fn add(&mut self, annotation: &WebAnnotation, range: TextRange, words: &[Words]) -> bool {
        let mut added = false;
        let first = words.partition_point(|words| words.end() < range.start());
        for (index, block) in words.iter().enumerate().skip(first) {
            if block.start > range.end() {
                break;
            }
            let Some(here) = range.intersect(TextRange::new(block.start, block.end())) else { continue };
            if here.is_empty() && !range.is_empty() {
                continue;
            }
            let here = here - block.start;
            let content = block.markup.prose.to_source(here);
            if !added {
                self.spans[index].push(span(annotation, here, content));
                added = true;
            } else if let Some(piece) = further(annotation) {
                self.spans[index].push(span(&piece, here, content));
            }
            if range.is_empty() {
                break;
            }
        }
        added
    }
}

impl Words {
    fn end(&self) -> TextSize {
        self.start + TextSize::of(self.markup.prose.text())
    }
}

/// `annotation` on the words at `prose`, which are `content` in the block's source.
fn span(annotation: &WebAnnotation, prose: TextRange, content: TextRange) -> Span {
    let word = |text: &String| Word { text: text.clone(), range: content };
    let key =
        |(name, value): &(String, String)| Key { name: word(name), value: word(value), escapes: Vec::new() };
    Span {
        range: content,
        content,
        prose,
        attributes: TextRange::empty(content.end()),
        id: annotation.id.as_ref().map(word),
        classes: annotation.classes.iter().map(word).collect(),
        keys: annotation.keys.iter().map(key).collect(),
        parent: None,
    }
}

/// What a further piece of `annotation` says; none of a claim or quotation without an id, which none can name.
fn further(annotation: &WebAnnotation) -> Option<WebAnnotation> {
    let class = annotation.classes.iter().find_map(|class| SpanClass::from_name(class));
    let keys = if matches!(class, Some(SpanClass::Claim | SpanClass::Quote)) {
        vec![("part-of".to_owned(), annotation.id.clone()?)]
    } else {
        annotation.keys.clone()
    };
    Some(WebAnnotation { id: None, classes: annotation.classes.clone(), keys, ..WebAnnotation::default() })
}

/// `range`, in bytes of the text without markup, in bytes of the article: as much of it as lies in one block.
fn in_article(range: TextRange, words: &[Words], blocks: &[Block]) -> TextRange {
    let index = words.partition_point(|words| words.end() < range.start()).min(words.len().saturating_sub(1));
    let (Some(block), Some(words)) = (blocks.get(index), words.get(index)) else { return range };
    let whole = TextRange::new(words.start, words.end());
    match range.intersect(whole) {
        Some(here) => words.markup.prose.to_source(here - words.start) + block.range.start(),
        None => block.range,
    }
}

fn told(range: TextRange, message: String) -> Fault {
    Fault { range, kind: FaultKind::Markup, message, fix: None }
}
