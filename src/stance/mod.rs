//! The vocabularies of a claim's `stance`, `voice` and `act`, and a source's `anon` and `basis`,
//! with their crosswalks to the standards.
//!
//! The values stand in `vocabulary.toml` beside this file, the reporting words that make a stance likely in
//! `cues.txt`.

mod cue;

use std::borrow::Cow;
use std::sync::LazyLock;

use serde::Deserialize;

pub use cue::{from_cue, names_value, voice_from_cue};

use crate::settings::{Settings, VocabularyValue};

/// One value a key can have.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Value {
    /// As it is written.
    pub name: String,
    /// As people call it, where that is not its name.
    #[serde(default)]
    pub label: Option<String>,
    /// What it means, a sentence.
    pub definition: String,
    /// Words that typically carry it.
    #[serde(default)]
    pub example: Option<String>,
    /// What it is called elsewhere: the standard and its name there.
    #[serde(default)]
    pub crosswalk: Vec<(String, String)>,
}

/// The side of an issue that a stance takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// For it.
    For,
    /// Against it.
    Against,
}

/// The standard whose mapping of a stance tells its side, and what it calls the two.
const SIDES: (&str, [(&str, Side); 2]) =
    ("DNA", [("agreement=1", Side::For), ("agreement=0", Side::Against)]);

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

/// The vocabulary of `key`, if it has one, with what `settings` do to it.
pub fn vocabulary_in(settings: &Settings, key: &str) -> Option<Cow<'static, Vocabulary>> {
    let mut out = Cow::Borrowed(vocabulary(key)?);
    for change in settings.vocabularies.iter().filter(|change| change.key == key) {
        let values = &mut out.to_mut().values;
        if change.replace {
            values.clear();
        }
        for value in change.values.iter().map(Value::from) {
            match values.iter_mut().find(|known| known.name == value.name) {
                Some(known) => *known = value,
                None => values.push(value),
            }
        }
    }
    Some(out)
}

/// The keys that have a vocabulary.
pub fn vocabulary_keys() -> Vec<&'static str> {
    VOCABULARIES.iter().map(|vocabulary| vocabulary.key.as_str()).collect()
}

/// The stances of `settings`, each with the side it takes, in the order they are offered; of two with one name the first
/// counts. Without settings they are the built-in ones.
pub fn stance_sides(settings: &[Settings]) -> Vec<(String, Option<Side>)> {
    let mut out: Vec<(String, Option<Side>)> = Vec::new();
    let of_each = settings.iter().filter_map(|settings| vocabulary_in(settings, "stance"));
    let built_in = vocabulary("stance").filter(|_| settings.is_empty()).map(Cow::Borrowed);
    for vocabulary in of_each.chain(built_in) {
        for value in &vocabulary.values {
            if !out.iter().any(|(known, _)| *known == value.name) {
                out.push((value.name.clone(), value.side()));
            }
        }
    }
    out
}

impl From<&VocabularyValue> for Value {
    fn from(value: &VocabularyValue) -> Self {
        Self {
            name: value.name.clone(),
            label: value.label.clone(),
            definition: value.definition.clone(),
            example: (!value.examples.is_empty()).then(|| value.examples.join(", ")),
            crosswalk: value.mappings.clone(),
        }
    }
}

impl Value {
    /// The side this value of `stance` takes: by its mapping to the Discourse Network Analyzer, and by its name where it
    /// is one of the built-in ones.
    pub fn side(&self) -> Option<Side> {
        let (standard, sides) = SIDES;
        let mapped = |value: &Self| {
            let (_, name) = value.crosswalk.iter().find(|(of, _)| of == standard)?;
            sides.into_iter().find(|(known, _)| known == name).map(|(_, side)| side)
        };
        mapped(self).or_else(|| vocabulary("stance")?.value(&self.name).and_then(mapped))
    }
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
    fn settings_extend_a_vocabulary_or_put_another_in_its_place() {
        use crate::settings::VocabularyChange;
        let wary = VocabularyValue { name: "wary".to_owned(), ..VocabularyValue::default() };
        let change =
            |replace| VocabularyChange { key: "stance".to_owned(), replace, values: vec![wary.clone()] };
        let names = |changes: Vec<VocabularyChange>| {
            let settings = Settings { vocabularies: changes, ..Settings::default() };
            let vocabulary = vocabulary_in(&settings, "stance").unwrap().into_owned();
            vocabulary.values.into_iter().map(|value| value.name).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(names(vec![change(false), change(false)]), "support oppose neutral mixed unrelated wary");
        assert_eq!(names(vec![change(true)]), "wary");
    }

    #[test]
    fn a_stance_takes_the_side_it_is_mapped_to_or_that_of_its_name() {
        let value = |name: &str, dna: Option<&str>| Value {
            crosswalk: dna.iter().map(|dna| ("DNA".to_owned(), (*dna).to_owned())).collect(),
            ..Value::from(&VocabularyValue { name: name.to_owned(), ..VocabularyValue::default() })
        };
        for (name, dna, side) in [
            ("pro", Some("agreement=1"), Some(Side::For)),
            ("contra", Some("agreement=0"), Some(Side::Against)),
            ("wary", Some("a third category"), None),
            ("wary", None, None),
            ("oppose", None, Some(Side::Against)),
        ] {
            assert_eq!(value(name, dna).side(), side, "{name} {dna:?}");
        }
        let built_in = vocabulary("stance").unwrap().values.iter().map(Value::side).collect::<Vec<_>>();
        assert_eq!(built_in, [Some(Side::For), Some(Side::Against), None, None, None]);
    }

    #[test]
    fn every_key_of_the_format_has_its_values() {
        let counts: Vec<(&str, usize)> = ["stance", "voice", "act", "anon", "basis"]
            .map(|key| (key, vocabulary(key).map_or(0, |vocabulary| vocabulary.values.len())))
            .to_vec();
        assert_eq!(counts, [("stance", 5), ("voice", 8), ("act", 17), ("anon", 5), ("basis", 4)]);
    }
}
