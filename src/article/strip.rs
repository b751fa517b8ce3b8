//! The clean text of an annotated article.

use super::{Header, Markup, blocks};
use crate::text::{TextRange, TextSize, size};

/// An article without its markup, and the markup with where it was.
pub(crate) struct Stripped {
    /// The clean text.
    pub(crate) text: String,
    /// The blocks, in text order.
    pub(crate) blocks: Vec<StrippedBlock>,
}

impl Stripped {
    /// Where the byte `at` of the article with its markup is in the clean text.
    pub(crate) fn clean(&self, at: TextSize) -> TextSize {
        let next = self.blocks.partition_point(|block| block.source.start() <= at);
        let Some(block) = next.checked_sub(1).map(|last| &self.blocks[last]) else { return at };
        let in_block = block.markup.prose.from_source(at.min(block.source.end()) - block.source.start());
        block.place + in_block + at.checked_sub(block.source.end()).unwrap_or_default()
    }

    /// Where the first block's share of `range`, bytes of the clean text, stands in the article with its markup.
    pub(crate) fn annotated(&self, range: TextRange) -> TextRange {
        let next = self.blocks.partition_point(|block| block.place <= range.start());
        let Some(block) = next.checked_sub(1).map(|last| &self.blocks[last]) else { return range };
        let end = block.place + TextSize::of(block.markup.prose.text());
        let beyond = range.start().checked_sub(end).unwrap_or_default();
        if beyond > TextSize::default() {
            return TextRange::empty(block.source.end() + beyond);
        }
        let here = TextRange::new(range.start(), range.end().min(end)) - block.place;
        block.markup.prose.to_source(here) + block.source.start()
    }
}

/// A block whose markup was taken out.
pub(crate) struct StrippedBlock {
    /// Where it stands in the article, markup included.
    pub(crate) source: TextRange,
    /// The byte of the clean text at which its prose begins.
    pub(crate) place: TextSize,
    /// What was read in it.
    pub(crate) markup: Markup,
}

/// `text` without the markup and comments that were read in it; no other byte changes, and what
/// was not understood as markup stays.
pub fn strip(text: &str) -> String {
    stripped(text).text
}

/// [`strip`], keeping what was taken out.
pub(crate) fn stripped(text: &str) -> Stripped {
    let mut out = String::with_capacity(text.len());
    let mut read = Vec::new();
    let mut done = 0;
    for block in blocks(text, Header::parse(text).range.end().into()) {
        let (start, end) = (usize::from(block.range.start()), usize::from(block.range.end()));
        out.push_str(&text[done..start]);
        let markup = Markup::parse(&text[start..end]);
        let place = size(out.len());
        out.push_str(markup.prose.text());
        read.push(StrippedBlock { source: block.range, place, markup });
        done = end;
    }
    out.push_str(&text[done..]);
    Stripped { text: out, blocks: read }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_the_markup_goes() {
        let text = " date 2022-10-09 [US]{.actor ref=usa}\r\n\r\n  [sic] \\[a]{.claim} [b]{.own}\t\n";
        assert_eq!(strip(text), " date 2022-10-09 US\r\n\r\n  [sic] [a]{.claim} b\t\n");
    }

    proptest! {
        #[test]
        fn plain_text_stays_as_it_is(text in r"[a-zé \r\n.\[\]()“”'-]{0,80}") {
            prop_assert_eq!(strip(&text), text);
        }
    }
}
