//! Word lists as sets.

use rustc_hash::FxHashSet;

use super::lexicon::entries;
use super::token::Tokens;

/// The entries of a word list: one a line, `#` begins a comment.
pub(crate) fn word_set(list: &'static str) -> FxHashSet<&'static str> {
    entries(list).collect()
}

/// The first letters and lengths that the words of a list have: a quick no for most other words, which
/// spares looking them up.
pub(crate) struct WordShapes([u32; 256]);

impl WordShapes {
    /// The shapes of `words`.
    pub(crate) fn of<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        let mut shapes = [0; 256];
        for word in words {
            if let Some(first) = word.bytes().next() {
                shapes[usize::from(first.to_ascii_lowercase())] |= bit(word.len());
            }
        }
        Self(shapes)
    }

    /// False only where the list has no such word, whatever its capitals.
    #[inline]
    pub(crate) fn may_have(&self, word: &str) -> bool {
        word.bytes().next().is_some_and(|first| self.has(first, word.len()))
    }

    /// The same of token `at`, without reading more of it than its first letter; false past the end.
    #[inline]
    pub(crate) fn may_have_token(&self, tokens: Tokens<'_>, at: usize) -> bool {
        tokens.list.get(at).is_some_and(|token| {
            let first = tokens.prose.as_bytes().get(usize::from(token.range.start()));
            first.is_some_and(|first| self.has(*first, token.range.len().into()))
        })
    }

    fn has(&self, first: u8, length: usize) -> bool {
        self.0[usize::from(first.to_ascii_lowercase())] & bit(length) != 0
    }
}

/// A bit for a word of `length` bytes; long words share the last.
fn bit(length: usize) -> u32 {
    1 << length.min(31)
}
