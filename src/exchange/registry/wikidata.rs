//! Entities of Wikidata.
//!
//! Read are the English label, aliases and description, what it is (P31), sex (P21), country (P17, P27),
//! website (P856) and positions held (P39) with their beginning (P580), end (P582) and of what (P642). A
//! position or country is called by its label where its entity is in the same file, else by its Q-number.

use std::borrow::Cow;

use rustc_hash::FxHashMap;
use serde_json::Value;

use super::{ImportError, alias, named};
use crate::actors::{Actor, ActorKind, Role, Sex};
use crate::article::Date;

/// What some classes are. Source: the entities' own pages.
const CLASSES: &str = include_str!("wikidata-classes.txt");

/// Reads one entity, an array of entities, the answer of `Special:EntityData`, or one entity a line.
pub(super) fn read(text: &str) -> Result<Vec<Actor>, ImportError> {
    let entities = entities(text)?;
    let labels: FxHashMap<&str, &str> = entities
        .iter()
        .filter_map(|entity| Some((entity["id"].as_str()?, english(&entity["labels"])?)))
        .collect();
    let used: Vec<&Value> = entities.iter().filter(|entity| of_interest(entity)).collect();
    used.into_iter().map(|entity| actor(entity, &labels, text)).collect()
}

/// Positions and the like stand in a file only to give others their labels.
fn of_interest(entity: &Value) -> bool {
    let class = "Q4164871"; // position
    !values(entity, "P31").any(|value| value["id"] == class)
}

fn entities(text: &str) -> Result<Vec<Value>, ImportError> {
    let fault = |error: &serde_json::Error, before: usize| {
        ImportError::new(before + error.line().max(1), format!("This is no JSON: {error}"))
    };
    let mut out = Vec::new();
    match serde_json::from_str::<Value>(text) {
        Ok(Value::Array(list)) => out = list,
        Ok(mut one) => match one.get_mut("entities").map(Value::take) {
            Some(Value::Object(all)) => out.extend(all.into_iter().map(|(_, entity)| entity)),
            _ => out.push(one),
        },
        Err(whole) => {
            // One entity a line, as in the dumps.
            for (at, line) in text.lines().enumerate() {
                let line = line.trim().trim_end_matches(',');
                if line.is_empty() || line == "[" || line == "]" {
                    continue;
                }
                match serde_json::from_str(line) {
                    Ok(entity) => out.push(entity),
                    Err(_) if at == 0 => return Err(fault(&whole, 0)),
                    Err(error) => return Err(fault(&error, at)),
                }
            }
        }
    }
    if out.is_empty() {
        return Err(ImportError::new(1, "There is no entity in this file."));
    }
    Ok(out)
}

/// The English value of labels or descriptions.
fn english(values: &Value) -> Option<&str> {
    ["en", "en-gb", "mul"].iter().find_map(|language| values[language]["value"].as_str())
}

/// The statements of `property` that are not deprecated.
fn statements<'a>(entity: &'a Value, property: &str) -> impl Iterator<Item = &'a Value> {
    let list = entity["claims"][property].as_array();
    list.into_iter().flatten().filter(|statement| statement["rank"] != "deprecated")
}

/// The values of `property`.
fn values<'a>(entity: &'a Value, property: &str) -> impl Iterator<Item = &'a Value> {
    statements(entity, property).map(|statement| &statement["mainsnak"]["datavalue"]["value"])
}

fn actor(entity: &Value, labels: &FxHashMap<&str, &str>, text: &str) -> Result<Actor, ImportError> {
    let Some(id) = entity["id"].as_str() else {
        return Err(ImportError::new(1, "An entity without an 'id': is this a file of Wikidata?"));
    };
    let Some(name) = english(&entity["labels"]) else {
        let at = text.find(&format!("\"{id}\"")).unwrap_or(0);
        let line = 1 + text[..at].matches('\n').count();
        return Err(ImportError::new(line, format!("{id} has no English label.")));
    };
    let label = |id: &str| labels.get(id).map_or_else(|| id.to_owned(), |label| (*label).to_owned());
    let mut actor = named(name, kind(entity));
    let aliases =
        ["en", "en-gb"].iter().filter_map(|language| entity["aliases"][language].as_array()).flatten();
    for other in aliases.filter_map(|other| other["value"].as_str()).filter(|other| *other != name) {
        if !actor.aliases.iter().any(|known| known.text == other) {
            actor.aliases.push(alias(other));
        }
    }
    actor.note =
        english(&entity["descriptions"]).map_or(Cow::Borrowed(""), |note| Cow::Owned(note.to_owned()));
    actor.sex = values(entity, "P21").find_map(|value| match value["id"].as_str()? {
        "Q6581072" => Some(Sex::Female),
        "Q6581097" => Some(Sex::Male),
        _ => None,
    });
    let country = values(entity, "P27").chain(values(entity, "P17")).find_map(|value| value["id"].as_str());
    actor.country = country.filter(|_| actor.kind != ActorKind::Country).map(|id| Cow::Owned(label(id)));
    actor.links.push((Cow::Borrowed("wikidata"), Cow::Owned(id.to_owned())));
    let website = values(entity, "P856").find_map(Value::as_str);
    actor.links.extend(website.map(|address| (Cow::Borrowed("website"), Cow::Owned(address.to_owned()))));
    for held in statements(entity, "P39") {
        let Some(position) = held["mainsnak"]["datavalue"]["value"]["id"].as_str() else { continue };
        let qualifier = |property: &str| &held["qualifiers"][property][0]["datavalue"]["value"];
        actor.roles.push(Role {
            title: Cow::Owned(label(position)),
            of: qualifier("P642")["id"].as_str().map(|of| Cow::Owned(label(of))),
            from: day(qualifier("P580"), false),
            to: day(qualifier("P582"), true),
        });
    }
    Ok(actor)
}

fn kind(entity: &Value) -> ActorKind {
    let mut classes = values(entity, "P31").filter_map(|value| value["id"].as_str());
    let found = classes.find_map(|class| {
        let line = CLASSES.lines().find(|line| line.split(' ').next() == Some(class))?;
        ActorKind::from_name(line.split(' ').nth(1)?)
    });
    found.unwrap_or(ActorKind::Organisation)
}

/// The day of a time value; of a year or month the first day, or with `last` the last.
fn day(value: &Value, last: bool) -> Option<Date> {
    let time = value["time"].as_str()?.strip_prefix('+')?;
    let mut parts = time.get(..10)?.split('-');
    let year: i16 = parts.next()?.parse().ok()?;
    let month: i8 = parts.next()?.parse().ok()?;
    let day: i8 = parts.next()?.parse().ok()?;
    match value["precision"].as_u64() {
        Some(9) => Date::new(year, if last { 12 } else { 1 }, if last { 31 } else { 1 }).ok(),
        Some(10) => Date::new(year, month, 1).ok().map(|date| if last { date.last_of_month() } else { date }),
        Some(11) => Date::new(year, month, day).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const TEXT: &str = r#"{"entities": {
"Q1": {"id": "Q1", "labels": {"en": {"value": "Ann Lee"}}, "descriptions": {"en": {"value": "a senator"}},
  "aliases": {"en": [{"value": "A. Lee"}]},
  "claims": {"P31": [{"mainsnak": {"datavalue": {"value": {"id": "Q5"}}}}],
    "P21": [{"mainsnak": {"datavalue": {"value": {"id": "Q6581072"}}}}],
    "P39": [{"mainsnak": {"datavalue": {"value": {"id": "Q2"}}}, "qualifiers": {
      "P580": [{"datavalue": {"value": {"time": "+2020-02-00T00:00:00Z", "precision": 10}}}],
      "P582": [{"datavalue": {"value": {"time": "+2021-03-04T00:00:00Z", "precision": 11}}}]}}]}},
"Q2": {"id": "Q2", "labels": {"en": {"value": "mayor"}},
  "claims": {"P31": [{"mainsnak": {"datavalue": {"value": {"id": "Q4164871"}}}}]}}
}}"#;

    #[test]
    fn an_entity_is_read_with_the_labels_beside_it() {
        let actors = read(TEXT).unwrap();
        assert_eq!(actors.len(), 1);
        let lee = &actors[0];
        assert_eq!((&*lee.name, lee.kind, lee.sex), ("Ann Lee", ActorKind::Person, Some(Sex::Female)));
        assert_eq!((&*lee.roles[0].title, lee.roles[0].from), ("mayor", Some(date(2020, 2, 1))));
        assert_eq!(lee.roles[0].to, Some(date(2021, 3, 4)));
    }

    #[test]
    fn bad_files_are_errors_with_a_line() {
        assert_eq!(read("{\n\"id\": }").unwrap_err().line, 2);
        assert_eq!(read("{\n\n\"id\": \"Q7\"}").unwrap_err().line, 3);
        assert_eq!(read("[]").unwrap_err().line, 1);
    }
}
