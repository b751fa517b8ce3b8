//! The vocabularies of a claim's `stance`, `voice` and `act`, and a source's `anon` and `basis`,
//! with their crosswalks to the standards.
//!
//! The values stand in `vocabulary.toml` beside this file.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::language::verb;

/// One value a key can have.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Value {
    /// As it is written.
    pub name: String,
    /// What it means, a sentence.
    pub definition: String,
    /// Words that typically carry it.
    #[serde(default)]
    pub example: Option<String>,
    /// What it is called elsewhere: the standard and its name there.
    #[serde(default)]
    pub crosswalk: Vec<(String, String)>,
}

/// The values of one key.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Vocabulary {
    /// The key: `stance`, `voice`, `act`, `anon` or `basis`.
    pub key: String,
    /// What the key says, a sentence.
    pub definition: String,
    /// Its values, in the order they are offered.
    pub values: Vec<Value>,
}

#[derive(Deserialize)]
struct File {
    vocabulary: Vec<Vocabulary>,
}

static VOCABULARIES: LazyLock<Vec<Vocabulary>> = LazyLock::new(|| {
    // The file is compiled in and read by a test, so it is never broken at run time.
    toml::from_str::<File>(include_str!("vocabulary.toml")).map(|file| file.vocabulary).unwrap_or_default()
});

/// The vocabulary of `key`, if it has one.
pub fn vocabulary(key: &str) -> Option<&'static Vocabulary> {
    VOCABULARIES.iter().find(|vocabulary| vocabulary.key == key)
}

static CUES: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    include_str!("cues.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(' '))
        .collect()
});

/// The stance that reporting words carry ("condemned" oppose, "backs" support), a value of the
/// vocabulary of `stance`; `None` where they carry none or a negation leaves it open.
pub fn of_cue(cue: &str) -> Option<&'static str> {
    let mut out = None;
    for word in cue.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’') {
        let word = word.to_lowercase();
        if matches!(word.as_str(), "not" | "never" | "refused" | "declined")
            || word.ends_with("n't")
            || word.ends_with("n’t")
        {
            return None;
        }
        let base = verb(&word).map(|verb| verb.lemma.text());
        let found = CUES.get(word.as_str()).or_else(|| base.and_then(|base| CUES.get(base)));
        // "voted against", "argues against": the preposition decides.
        if out.is_none() || word == "against" {
            out = found.copied().or(out);
        }
    }
    out
}

impl Vocabulary {
    /// The value written `name`.
    pub fn value(&self, name: &str) -> Option<&Value> {
        self.values.iter().find(|value| value.name == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cue_has_its_stance() {
        let cues = ["condemned", "has backed", "denied", "said", "did not endorse", "voted against"];
        let expected = [Some("oppose"), Some("support"), Some("oppose"), None, None, Some("oppose")];
        assert_eq!(cues.map(of_cue), expected);
        let known = vocabulary("stance").unwrap();
        assert!(CUES.values().all(|stance| known.value(stance).is_some()));
    }

    #[test]
    fn every_key_of_the_format_has_its_values() {
        let counts: Vec<(&str, usize)> = ["stance", "voice", "act", "anon", "basis"]
            .map(|key| (key, vocabulary(key).map_or(0, |vocabulary| vocabulary.values.len())))
            .to_vec();
        assert_eq!(counts, [("stance", 5), ("voice", 8), ("act", 17), ("anon", 5), ("basis", 4)]);
    }
}
