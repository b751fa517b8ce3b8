//! Forms that can be a sentence's verb, as far as their shape and short lists tell.

use std::sync::LazyLock;

use bitflags::bitflags;
use rustc_hash::{FxHashMap, FxHashSet};

use super::lexicon::entries;

bitflags! {
    /// What a word can be as a form of a verb.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub struct Finite: u8 {
        /// Past, and no participle: "took".
        const PAST = 1;
        /// Past or past participle: "told", "defended".
        const PAST_OR_PARTICIPLE = 1 << 1;
        /// Third person: "says".
        const THIRD = 1 << 2;
    }
}

const LISTS: &[(&str, Finite)] = &[
    (include_str!("lexicon/past-forms.txt"), Finite::PAST),
    (include_str!("lexicon/past-or-participles.txt"), Finite::PAST_OR_PARTICIPLE),
    (include_str!("lexicon/third-person.txt"), Finite::THIRD),
    (include_str!("lexicon/no-participles.txt"), Finite::empty()),
];

static FORMS: LazyLock<FxHashMap<&'static str, Finite>> =
    LazyLock::new(|| LISTS.iter().flat_map(|(list, form)| entries(list).map(|word| (word, *form))).collect());

/// What `word`, in small letters, can be; nothing for a word that begins with a capital. A regular
/// past is known by its "-ed"; of the third person only listed forms are, since most words in "-s"
/// are plural nouns.
pub fn finite(word: &str) -> Finite {
    if let Some(form) = FORMS.get(word) {
        return *form;
    }
    let regular = word.len() > 4
        && word.ends_with("ed")
        && !word.ends_with("eed")
        && word.starts_with(|char: char| char.is_ascii_lowercase());
    if regular { Finite::PAST_OR_PARTICIPLE } else { Finite::empty() }
}

/// The entries of a word list as a set.
pub(crate) fn word_set(list: &'static str) -> FxHashSet<&'static str> {
    entries(list).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shape_and_lists_tell_forms() {
        assert_eq!(finite("took"), Finite::PAST);
        assert_eq!(finite("defended"), Finite::PAST_OR_PARTICIPLE);
        assert_eq!(finite("says"), Finite::THIRD);
        for word in ["minister", "hundred", "proceed", "talks", "Said"] {
            assert_eq!(finite(word), Finite::empty(), "{word}");
        }
    }
}
