//! A block's text without its markup, and the way back to the source.

use std::sync::Arc;

use crate::text::{TextRange, TextSize, size};

/// The words of a block with markup and comments taken out, and where each byte came from.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Prose {
    text: Arc<str>,
    cuts: Vec<Cut>,
}

/// A stretch of the source that is not prose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Cut {
    /// Where in the prose it was taken out.
    at: TextSize,
    /// What was taken out, in bytes of the block's source.
    removed: TextRange,
}

impl Prose {
    /// The prose of `source` without the stretches in `removed`, which are in order and apart.
    pub(super) fn without(source: &str, removed: &[TextRange]) -> Self {
        if removed.is_empty() {
            return Self { text: source.into(), cuts: Vec::new() };
        }
        let mut text = String::with_capacity(source.len());
        let mut cuts = Vec::with_capacity(removed.len());
        let mut done = 0;
        for stretch in removed {
            text.push_str(&source[done..usize::from(stretch.start())]);
            cuts.push(Cut { at: size(text.len()), removed: *stretch });
            done = usize::from(stretch.end());
        }
        text.push_str(&source[done..]);
        Self { text: text.into(), cuts }
    }

    /// The words.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The words, to be kept by several.
    pub fn shared(&self) -> Arc<str> {
        Arc::clone(&self.text)
    }

    /// The stretches of the source that are not prose, in order, in bytes of the block.
    pub fn removed(&self) -> impl Iterator<Item = TextRange> + '_ {
        self.cuts.iter().map(|cut| cut.removed)
    }

    /// `prose`, a range of this text, in bytes of the block's source: as tight as can be, so markup
    /// at either end is left outside. An empty range stands before the markup at its place.
    pub fn to_source(&self, prose: TextRange) -> TextRange {
        if self.cuts.is_empty() {
            return prose;
        }
        let end = prose.end() + self.removed_before(prose.end(), false);
        if prose.is_empty() {
            return TextRange::empty(end);
        }
        let start = prose.start() + self.removed_before(prose.start(), true);
        TextRange::new(start, end.max(start))
    }

    /// The place in the prose of the byte `offset` of the block's source; inside markup, the place
    /// the markup was taken from.
    pub fn from_source(&self, offset: TextSize) -> TextSize {
        let passed = self.cuts.partition_point(|cut| cut.removed.start() < offset);
        let Some(cut) = passed.checked_sub(1).map(|last| self.cuts[last]) else { return offset };
        if offset <= cut.removed.end() { cut.at } else { cut.at + (offset - cut.removed.end()) }
    }

    /// How many bytes were taken out before `at`, and with `here` also at it.
    fn removed_before(&self, at: TextSize, here: bool) -> TextSize {
        let passed = self.cuts.partition_point(|cut| if here { cut.at <= at } else { cut.at < at });
        passed.checked_sub(1).map_or(size(0), |last| self.cuts[last].removed.end() - self.cuts[last].at)
    }

    /// The source again, with the stretches of `source` that were taken out put back.
    #[cfg(test)]
    pub(super) fn restore(&self, source: &str) -> String {
        let mut out = String::new();
        let mut done = 0;
        for cut in &self.cuts {
            out.push_str(&self.text[done..usize::from(cut.at)]);
            out.push_str(&source[cut.removed]);
            done = usize::from(cut.at);
        }
        out.push_str(&self.text[done..]);
        out
    }
}
