//! Verb forms, as far as their shape and short lists tell.

use std::cell::RefCell;
use std::sync::LazyLock;

use bitflags::bitflags;
use rustc_hash::FxHashMap;

use super::lexicon::{entries, with_lower_case};
use super::memo::Memo;

bitflags! {
    /// What a word can be as a form of a verb. A form may be several.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub struct FiniteForm: u8 {
        /// Past, and no participle: "took".
        const PAST = 1;
        /// Past or past participle: "told", "defended".
        const PAST_OR_PARTICIPLE = 1 << 1;
        /// Third person: "says".
        const THIRD = 1 << 2;
    }
}

impl FiniteForm {
    /// Forms that can stand without an auxiliary, as predicates do.
    pub const FINITE: Self = Self::all();
}

const LISTS: &[(&str, FiniteForm)] = &[
    (include_str!("lexicon/past-forms.txt"), FiniteForm::PAST),
    (include_str!("lexicon/past-or-participles.txt"), FiniteForm::PAST_OR_PARTICIPLE),
    (include_str!("lexicon/third-person.txt"), FiniteForm::THIRD),
    (include_str!("lexicon/no-participles.txt"), FiniteForm::empty()),
];

static FORMS: LazyLock<FxHashMap<&'static str, FiniteForm>> =
    LazyLock::new(|| LISTS.iter().flat_map(|(list, form)| entries(list).map(|word| (word, *form))).collect());

/// What `word` can be. A regular past is known by its "-ed"; of the third person only listed forms
/// are, since most words in "-s" are plural nouns.
pub fn finite_form(word: &str) -> FiniteForm {
    thread_local! {
        static MEMO: RefCell<Memo<FiniteForm>> = const { Memo::new() };
    }
    let listed = |lower: &str| {
        let regular = lower.len() > 4 && lower.ends_with("ed") && !lower.ends_with("eed");
        let shape = if regular { FiniteForm::PAST_OR_PARTICIPLE } else { FiniteForm::empty() };
        FORMS.get(lower).copied().unwrap_or(shape)
    };
    Memo::of(&MEMO, word, |word| with_lower_case(word, listed).unwrap_or(FiniteForm::empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shape_and_lists_tell_forms() {
        assert_eq!(finite_form("took"), FiniteForm::PAST);
        assert_eq!(finite_form("Defended"), FiniteForm::PAST_OR_PARTICIPLE);
        assert_eq!(finite_form("says"), FiniteForm::THIRD);
        for word in ["minister", "hundred", "proceed", "talks"] {
            assert_eq!(finite_form(word), FiniteForm::empty(), "{word}");
        }
    }
}
