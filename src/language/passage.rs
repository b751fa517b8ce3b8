//! A stretch of prose, read once for all who look at it.

use std::ops::Range;
use std::sync::Arc;

use super::{Token, Tokens, sentences, tokenize};
use crate::article::{Quotation, quotations};
use crate::text::{TextRange, TextSize};

/// A block's prose, or a part of a very long one, with its tokens, sentences and quotations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    prose: Arc<str>,
    tokens: Box<[Token]>,
    sentences: Box<[Range<usize>]>,
    quotations: Box<[Quotation]>,
    unopened: Box<[TextRange]>,
}

impl Passage {
    /// Reads `prose`.
    pub fn read(prose: impl Into<Arc<str>>) -> Self {
        let prose = prose.into();
        // Passages live long, and an article of 10 MB has two million tokens: nothing has room to grow.
        let tokens = tokenize(&prose).into_boxed_slice();
        let sentences = sentences(Tokens { prose: &prose, list: &tokens }).into();
        let (quotations, unopened) = quotations(&prose);
        Self { prose, tokens, sentences, quotations: quotations.into(), unopened: unopened.into() }
    }

    /// The words.
    pub fn prose(&self) -> &str {
        &self.prose
    }

    /// The tokens with the prose they were cut from.
    pub fn tokens(&self) -> Tokens<'_> {
        Tokens { prose: &self.prose, list: &self.tokens }
    }

    /// The sentences as ranges of token indices, without gaps between them.
    pub fn sentences(&self) -> &[Range<usize>] {
        &self.sentences
    }

    /// The sentences as ranges of bytes of the prose.
    pub fn sentence_ranges(&self) -> impl ExactSizeIterator<Item = TextRange> + '_ {
        self.sentences.iter().map(|sentence| self.tokens().span(sentence.start, sentence.end - 1))
    }

    /// The index of the sentence that holds the byte `offset`, or the one before it.
    pub fn sentence_at(&self, offset: TextSize) -> usize {
        let after =
            self.sentences.partition_point(|sentence| self.tokens[sentence.start].range.start() <= offset);
        after.saturating_sub(1)
    }

    /// The quotations in order of their opening marks.
    pub fn quotations(&self) -> &[Quotation] {
        &self.quotations
    }

    /// The double quotation marks that close and have nothing to close.
    pub fn unopened(&self) -> &[TextRange] {
        &self.unopened
    }

    /// Whether `range` overlaps words between quotation marks.
    pub fn is_quoted(&self, range: TextRange) -> bool {
        self.quotations
            .iter()
            .take_while(|quotation| quotation.range.start() < range.end())
            .any(|quotation| quotation.inner.start() < range.end() && range.start() < quotation.inner.end())
    }
}
