//! Verb forms, as far as their shape and short lists tell.

use std::sync::LazyLock;

use bitflags::bitflags;
use rustc_hash::FxHashMap;

use super::lexicon::{entries, lowered};

bitflags! {
    /// What a word can be as a form of a verb. A form may be several.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub struct VerbForm: u8 {
        /// Past, and no participle: "took".
        const PAST = 1;
        /// Past or past participle: "told", "defended".
        const PAST_OR_PARTICIPLE = 1 << 1;
        /// Third person: "says".
        const THIRD = 1 << 2;
    }
}

impl VerbForm {
    /// Forms that can stand without an auxiliary, as predicates do.
    pub const FINITE: Self = Self::all();
}

const LISTS: &[(&str, VerbForm)] = &[
    (include_str!("lexicon/past-forms.txt"), VerbForm::PAST),
    (include_str!("lexicon/past-or-participles.txt"), VerbForm::PAST_OR_PARTICIPLE),
    (include_str!("lexicon/third-person.txt"), VerbForm::THIRD),
    (include_str!("lexicon/no-participles.txt"), VerbForm::empty()),
];

static FORMS: LazyLock<FxHashMap<&'static str, VerbForm>> =
    LazyLock::new(|| LISTS.iter().flat_map(|(list, form)| entries(list).map(|word| (word, *form))).collect());

/// What `word` can be. A regular past is known by its "-ed"; of the third person only listed forms
/// are, since most words in "-s" are plural nouns.
pub fn verb_form(word: &str) -> VerbForm {
    let mut buffer = [0; 24];
    let Some(lower) = lowered(word, &mut buffer) else { return VerbForm::empty() };
    if let Some(form) = FORMS.get(lower) {
        return *form;
    }
    let regular = lower.len() > 4 && lower.ends_with("ed") && !lower.ends_with("eed");
    if regular { VerbForm::PAST_OR_PARTICIPLE } else { VerbForm::empty() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shape_and_lists_tell_forms() {
        assert_eq!(verb_form("took"), VerbForm::PAST);
        assert_eq!(verb_form("Defended"), VerbForm::PAST_OR_PARTICIPLE);
        assert_eq!(verb_form("says"), VerbForm::THIRD);
        for word in ["minister", "hundred", "proceed", "talks"] {
            assert_eq!(verb_form(word), VerbForm::empty(), "{word}");
        }
    }
}
