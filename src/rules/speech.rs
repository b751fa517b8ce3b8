//! Verbs of speech, which several rules look for: verbs of reporting, by their base form. What shows that a
//! name is somebody's ("married", "died", "hopes") is another list, of forms, with the names' other words.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::language::word_set::word_set;

/// By their base form.
pub(super) static SPEECH: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| word_set(include_str!("speech-verbs.txt")));
