//! The vocabularies of a claim's `stance`, `voice` and `act`, and a source's `anon` and `basis`,
//! with their crosswalks to the standards.
//!
//! The values stand in `vocabulary.toml` beside this file, the reporting words that make a stance likely in
//! `cues.txt`.

mod cue;

use std::sync::LazyLock;

use serde::Deserialize;

pub use cue::{from_cue, voice_from_cue};

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
    fn every_key_of_the_format_has_its_values() {
        let counts: Vec<(&str, usize)> = ["stance", "voice", "act", "anon", "basis"]
            .map(|key| (key, vocabulary(key).map_or(0, |vocabulary| vocabulary.values.len())))
            .to_vec();
        assert_eq!(counts, [("stance", 5), ("voice", 8), ("act", 17), ("anon", 5), ("basis", 4)]);
    }
}
