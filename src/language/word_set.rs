//! Word lists as sets.

use rustc_hash::FxHashSet;

use super::lexicon::entries;

/// The entries of a word list: one a line, `#` begins a comment.
pub(crate) fn word_set(list: &'static str) -> FxHashSet<&'static str> {
    entries(list).collect()
}
