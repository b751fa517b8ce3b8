//! The JSON schema of `onrecord.toml`, for editors that check TOML by schemas.
//!
//! Draft 7, the newest that Taplo reads. `x-taplo` is where Taplo finds what to say of each value.

use serde_json::{Map, Value, json};

use super::config_keys::{ConfigKey, ConfigValue, Engine, VocabularyKey, WordListKey};
use crate::rules::{self, WORD_LISTS, WordList};
use crate::settings::{Profile, Severity};
use crate::stance;

/// What anybody can write where a rule is named: each with what it stands for, families first.
pub fn rule_names() -> Vec<(&'static str, String)> {
    let mut families: Vec<&str> = rules::all().iter().filter_map(|rule| rule.code.get(..3)).collect();
    families.sort_unstable();
    families.dedup();
    let family = |family: &'static str| {
        let of: Vec<&str> =
            rules::all().iter().map(|rule| rule.code).filter(|code| code.starts_with(family)).collect();
        (family, format!("All of {}.", of.join(", ")))
    };
    let families = families.into_iter().map(family);
    families.chain(rules::all().iter().map(|rule| (rule.code, format!("{}.", rule.name)))).collect()
}

/// The schema, JSON with a line break at its end.
pub fn config_schema() -> String {
    let mut schema = table("onrecord.toml", "The settings of a folder and of the folders in it.", false);
    let more = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": "https://raw.githubusercontent.com/onrecord/onrecord/main/docs/onrecord.schema.json",
        "definitions": {
            "override": table("Override", ConfigKey::Override.about(), true),
            "profile": { "type": "string", "enum": Profile::ALL.map(Profile::name) },
            "rule": rule(),
            "severities": severities(),
            "words": word_lists(),
            "vocabularies": vocabularies(),
            "value": vocabulary_table(&VocabularyKey::OF_VALUE),
            "severity": { "type": "string", "enum": Severity::ALL.map(Severity::name) },
        },
    });
    if let (Value::Object(schema), Value::Object(more)) = (&mut schema, more) {
        schema.extend(more);
    }
    format!("{schema:#}\n")
}

/// A table with the keys of an override, or else those at the top of the file.
fn table(title: &str, about: &str, in_override: bool) -> Value {
    let keys = ConfigKey::all(in_override)
        .map(|key| (key.name().to_owned(), described(key.about(), value(key.value()))));
    let keys: Map<String, Value> = keys.collect();
    let mut table = json!({
        "title": title,
        "description": about,
        "type": "object",
        "properties": keys,
        "additionalProperties": false,
    });
    if in_override {
        table["required"] = json!([ConfigKey::Files.name()]);
    }
    table
}

/// What is written after a key.
fn value(value: ConfigValue) -> Value {
    match value {
        ConfigValue::Profile => reference("profile"),
        ConfigValue::Codes => json!({ "type": "array", "items": reference("rule") }),
        ConfigValue::Severities => reference("severities"),
        ConfigValue::Engine => json!({ "type": "string", "enum": Engine::ALL.map(Engine::name) }),
        ConfigValue::File => json!({ "type": "string" }),
        ConfigValue::WordLists => reference("words"),
        ConfigValue::Vocabularies => reference("vocabularies"),
        ConfigValue::Words => json!({ "type": "array", "items": { "type": "string" } }),
        ConfigValue::Patterns => json!({ "type": "array", "items": { "type": "string" }, "minItems": 1 }),
        ConfigValue::Overrides => json!({ "type": "array", "items": reference("override") }),
    }
}

/// `schema` with a description. Beside a reference draft 7 reads nothing else.
fn described(about: &str, schema: Value) -> Value {
    match schema {
        Value::Object(mut schema) if !schema.contains_key("$ref") => {
            schema.insert("description".to_owned(), about.into());
            Value::Object(schema)
        }
        other => json!({ "description": about, "allOf": [other] }),
    }
}

fn reference(definition: &str) -> Value {
    json!({ "$ref": format!("#/definitions/{definition}") })
}

/// A code or the beginning of one: families and codes to choose from, any other beginning by its pattern.
fn rule() -> Value {
    let (names, about): (Vec<&str>, Vec<String>) = rule_names().into_iter().unzip();
    json!({
        "description": "A rule's code or the beginning of one.",
        "type": "string",
        "anyOf": [
            { "enum": names, "x-taplo": { "docs": { "enumValues": about } } },
            { "pattern": beginnings() },
        ],
    })
}

fn severities() -> Value {
    let named = |(name, about): (&str, String)| (name.to_owned(), described(&about, reference("severity")));
    let names: Map<String, Value> = rule_names().into_iter().map(named).collect();
    json!({
        "type": "object",
        "properties": names,
        "patternProperties": { beginnings(): reference("severity") },
        "additionalProperties": false,
    })
}

/// What is done to word lists; what is taken out of one stands in it.
fn word_lists() -> Value {
    let keys = |list: &WordList| {
        let words: Vec<&str> = list.words().collect();
        WordListKey::ALL.map(|key| {
            let items = match key {
                WordListKey::Add => json!({ "type": "string" }),
                WordListKey::Remove => json!({ "enum": words }),
            };
            (key.name().to_owned(), json!({ "type": "array", "description": key.about(), "items": items }))
        })
    };
    let lists = WORD_LISTS.iter().map(|list| {
        let table = json!({
            "type": "object",
            "description": list.about,
            "properties": Map::from_iter(keys(list)),
            "additionalProperties": false,
        });
        (list.code.to_owned(), table)
    });
    json!({ "type": "object", "properties": lists.collect::<Map<_, _>>(), "additionalProperties": false })
}

/// What is done to vocabularies, by the key of annotation.
fn vocabularies() -> Value {
    let list = vocabulary_table(&VocabularyKey::OF_LIST);
    let lists = stance::vocabulary_keys().into_iter().map(|key| {
        let about = stance::vocabulary(key).map_or("", |vocabulary| vocabulary.definition.as_str());
        (key.to_owned(), described(about, list.clone()))
    });
    json!({ "type": "object", "properties": lists.collect::<Map<_, _>>(), "additionalProperties": false })
}

/// A table with `keys`.
fn vocabulary_table(keys: &[VocabularyKey]) -> Value {
    let schema = |key: VocabularyKey| match key {
        VocabularyKey::Replace => json!({ "type": "boolean" }),
        VocabularyKey::Values => json!({ "type": "object", "additionalProperties": reference("value") }),
        VocabularyKey::Label | VocabularyKey::Definition => json!({ "type": "string" }),
        VocabularyKey::Examples => json!({ "type": "array", "items": { "type": "string" } }),
        VocabularyKey::Mappings => json!({ "type": "object", "additionalProperties": { "type": "string" } }),
    };
    let properties = keys.iter().map(|key| (key.name().to_owned(), described(key.about(), schema(*key))));
    let properties: Map<String, Value> = properties.collect();
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}

/// A pattern of all beginnings of codes.
fn beginnings() -> String {
    let mut all: Vec<&str> = rules::all()
        .iter()
        .flat_map(|rule| (1..=rule.code.len()).filter_map(|end| rule.code.get(..end)))
        .collect();
    all.sort_unstable();
    all.dedup();
    format!("^({})$", all.join("|"))
}
