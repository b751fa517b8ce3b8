//! Verbs: from a form to its base.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::lexicon::entries;
use super::sense::{Sense, verb_sense};

/// A verb by its base form, as an index into the list of verbs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Lemma(u16);

impl Lemma {
    /// The verb whose base form is `base`, if it is listed.
    pub fn of(base: &str) -> Option<Self> {
        listed_verb(base).filter(|verb| verb.form == VerbForm::Base).map(|verb| verb.lemma)
    }

    /// The base form.
    pub fn text(self) -> &'static str {
        VERBS.bases.get(usize::from(self.0)).copied().unwrap_or_default()
    }

    /// Its place in the list of verbs, below [`Lemma::count`].
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    /// What the verb speaks of.
    pub(crate) fn sense(self) -> Sense {
        VERBS.senses.get(usize::from(self.0)).copied().unwrap_or(0)
    }

    /// How many verbs are listed.
    pub fn count() -> usize {
        VERBS.bases.len()
    }
}

/// A form of a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum VerbForm {
    /// "say"; also "put" and other bases that are past forms too.
    Base,
    /// "says"
    Third,
    /// "said"; for most verbs the participle too.
    Past,
    /// "written", where it is not the past form.
    Participle,
    /// "saying"
    Gerund,
}

/// A word read as a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Verb {
    /// Which verb.
    pub lemma: Lemma,
    /// In which form.
    pub form: VerbForm,
}

const FORMS: [VerbForm; 5] =
    [VerbForm::Base, VerbForm::Third, VerbForm::Past, VerbForm::Participle, VerbForm::Gerund];

/// The verb with the form `lower`, which is in lower case.
pub(super) fn listed_verb(lower: &str) -> Option<Verb> {
    VERBS.forms.get(lower).copied()
}

#[derive(Default)]
struct Verbs {
    bases: Vec<&'static str>,
    senses: Vec<Sense>,
    forms: FxHashMap<String, Verb>,
}

static VERBS: LazyLock<Verbs> = LazyLock::new(|| {
    let mut verbs = Verbs::default();
    for entry in entries(include_str!("lexicon/verbs.txt")) {
        let Some(base) = entry.split(' ').next() else { continue };
        let lemma = Lemma(u16::try_from(verbs.bases.len()).unwrap_or(u16::MAX));
        verbs.bases.push(base);
        let forms: Vec<String> = entry.split(' ').map(str::to_owned).collect();
        let forms = if forms.len() == FORMS.len() { forms } else { inflect(base) };
        for (text, form) in forms.into_iter().zip(FORMS) {
            // A form of two verbs is taken for the one whose base it is, else for the first.
            let verb = Verb { lemma, form };
            if form == VerbForm::Base {
                verbs.forms.insert(text, verb);
            } else {
                verbs.forms.entry(text).or_insert(verb);
            }
        }
    }
    verbs.senses = verbs.bases.iter().map(|base| verb_sense(base)).collect();
    verbs
});

/// The five forms of a regular verb that doubles no consonant.
fn inflect(base: &str) -> Vec<String> {
    let before_last = base.chars().rev().nth(1);
    let vowel = |char: Option<char>| char.is_some_and(|char| "aeiou".contains(char));
    let stem = &base[..base.len() - base.chars().next_back().map_or(0, char::len_utf8)];
    let (third, past, gerund) = if base.ends_with('y') && !vowel(before_last) {
        (format!("{stem}ies"), format!("{stem}ied"), format!("{base}ing"))
    } else {
        let hissing = ["s", "x", "z", "ch", "sh", "o"].iter().any(|end| base.ends_with(end));
        let third = format!("{base}{}", if hissing { "es" } else { "s" });
        if base.ends_with("ee") || base.ends_with("oe") || base.ends_with("ye") {
            (third, format!("{base}d"), format!("{base}ing"))
        } else if base.ends_with("ie") {
            (third, format!("{base}d"), format!("{}ying", base.trim_end_matches("ie")))
        } else if base.ends_with('e') {
            (third, format!("{base}d"), format!("{stem}ing"))
        } else {
            (third, format!("{base}ed"), format!("{base}ing"))
        }
    };
    vec![base.to_owned(), third, past.clone(), past, gerund]
}

#[cfg(test)]
mod tests {
    use super::super::word_form::verb;
    use super::*;

    #[test]
    fn forms_lead_to_their_base() {
        let base = |word: &str| verb(word).map(|verb| (verb.lemma.text(), verb.form));
        assert_eq!(base("said"), Some(("say", VerbForm::Past)));
        assert_eq!(base("Denies"), Some(("deny", VerbForm::Third)));
        assert_eq!(base("admitted"), Some(("admit", VerbForm::Past)));
        assert_eq!(base("accusing"), Some(("accuse", VerbForm::Gerund)));
        assert_eq!(base("written"), Some(("write", VerbForm::Participle)));
        assert_eq!(base("table"), None);
    }
}
