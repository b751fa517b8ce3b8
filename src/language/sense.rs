//! What words speak of: communication, cognition, persons, acts …
//!
//! The classes are those of `WordNet`'s lexicographer files (Fellbaum, *An Electronic Lexical
//! Database*, 1998), which tell words alike that a small corpus has not seen side by side.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::lexicon::entries;

/// A class of words; 0 is none.
pub(crate) type Sense = u8;

/// The words of a list by their classes.
struct Senses {
    words: FxHashMap<&'static str, Sense>,
    /// The names of the classes in their order, the first that of class 1.
    classes: Vec<&'static str>,
}

impl Senses {
    /// Reads a list: on each line a class with words of it.
    fn read(text: &'static str) -> Self {
        let mut words = FxHashMap::default();
        let mut classes: Vec<&'static str> = Vec::new();
        for entry in entries(text) {
            let mut parts = entry.split(' ');
            let class = parts.next().unwrap_or_default();
            if classes.last() != Some(&class) {
                classes.push(class);
            }
            let sense = Sense::try_from(classes.len()).unwrap_or(Sense::MAX);
            words.extend(parts.map(|word| (word, sense)));
        }
        Self { words, classes }
    }

    /// The class of `word`.
    fn of(&self, word: &str) -> Option<Sense> {
        self.words.get(word).copied()
    }
}

/// Of verbs, by their base forms.
static VERBS: LazyLock<Senses> = LazyLock::new(|| Senses::read(include_str!("lexicon/verb-senses.txt")));

static NOUNS: LazyLock<Senses> = LazyLock::new(|| Senses::read(include_str!("lexicon/noun-senses.txt")));

/// The class of the verb with the base form `base`.
pub(super) fn verb_sense(base: &str) -> Sense {
    VERBS.of(base).unwrap_or(0)
}

/// The class of the noun `lower`, which is in lower case, in the singular or a regular plural; 0 for none.
pub(super) fn listed_noun(lower: &str) -> Sense {
    let nouns = &*NOUNS;
    if let Some(sense) = nouns.of(lower) {
        return sense;
    }
    let Some(stem) = lower.strip_suffix('s').filter(|stem| stem.len() > 2) else { return 0 };
    if let Some(sense) = nouns.of(stem) {
        return sense;
    }
    let Some(stem) = stem.strip_suffix('e') else { return 0 };
    if let Some(sense) = nouns.of(stem) {
        return sense;
    }
    stem.strip_suffix('i').and_then(|stem| nouns.of(&format!("{stem}y"))).unwrap_or(0)
}

/// The class of nouns with the name `name`, such as "group" or "location"; 0 for none.
pub(crate) fn noun_class(name: &str) -> Sense {
    let at = NOUNS.classes.iter().position(|class| *class == name);
    at.and_then(|at| Sense::try_from(at + 1).ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::super::word_form::noun_sense;
    use super::*;

    #[test]
    fn a_plural_has_the_class_of_its_singular() {
        for (one, many) in [("claim", "claims"), ("speech", "speeches"), ("city", "Cities")] {
            assert_eq!(noun_sense(one), noun_sense(many), "{many}");
        }
        assert_ne!(noun_sense("claim"), 0);
        assert_eq!(noun_sense("zzs"), 0);
    }

    #[test]
    fn words_of_one_class_are_alike() {
        assert_eq!(noun_sense("senator"), noun_sense("voter"));
        assert_ne!(noun_sense("senator"), noun_sense("table"));
        assert_eq!(verb_sense("announce"), verb_sense("declare"));
    }
}
