//! Word lists as sets.

use rustc_hash::FxHashSet;

use super::lexicon::entries;

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
                shapes[usize::from(first.to_ascii_lowercase())] |= length(word);
            }
        }
        Self(shapes)
    }

    /// False only where the list has no such word, whatever its capitals.
    #[inline]
    pub(crate) fn may_have(&self, word: &str) -> bool {
        let first = word.bytes().next();
        first.is_some_and(|first| self.0[usize::from(first.to_ascii_lowercase())] & length(word) != 0)
    }
}

/// A bit for the length of `word`; long words share the last.
fn length(word: &str) -> u32 {
    1 << word.len().min(31)
}
