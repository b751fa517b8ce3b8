//! Actors from elsewhere: Wikidata, CSV, PETRARCH dictionaries, tables of the Discourse Network Analyzer.

mod petrarch;
mod table;
mod wikidata;

use std::borrow::Cow;

use rustc_hash::{FxHashMap, FxHashSet};

use super::corpus::{DnaEntity, dna_entities};
use crate::actors::{Actor, ActorKind, Alias, Reference, slug};
use crate::article::Date;

/// A form actors come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegistryFormat {
    /// Entities of Wikidata as JSON: `Special:EntityData`, an array, or one entity.
    Wikidata,
    /// A table with a head line; the columns are named as the keys of `actors.toml`.
    Csv,
    /// A dictionary of actors as PETRARCH and TABARI read it, dates included.
    Petrarch,
    /// The attributes of entities as the Discourse Network Analyzer exports them.
    Dna,
}

/// Something in a file that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{line}: {message}")]
pub struct ImportError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong there and what would be right.
    pub message: String,
}

impl ImportError {
    pub(super) fn new(line: usize, message: impl Into<String>) -> Self {
        Self { line, message: message.into() }
    }
}

/// The actors in `text`, in its order. Ids are made of kind and name where the form has none; two that
/// would be the same are told apart by a number.
///
/// # Errors
/// [`ImportError`] at the first line that cannot be read.
pub fn read_actors(format: RegistryFormat, text: &str) -> Result<Vec<Actor>, ImportError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut actors = match format {
        RegistryFormat::Wikidata => wikidata::read(text)?,
        RegistryFormat::Csv => table::read(text)?,
        RegistryFormat::Petrarch => petrarch::read(text)?,
        RegistryFormat::Dna => table::read_entities(text)?,
    };
    tell_apart(&mut actors);
    Ok(actors)
}

/// The actors of a database of the Discourse Network Analyzer 2.0 or 3.0: its persons and organizations with the attributes
/// `Type`, `Alias` and `Notes`. Ids are made as by [`read_actors`].
///
/// # Errors
/// [`ImportError`] where the file is no such database.
pub fn read_dna_actors(file: &[u8]) -> Result<Vec<Actor>, ImportError> {
    let entities = dna_entities(file).map_err(|error| ImportError::new(1, error.to_string()))?;
    let actor = |entity: &DnaEntity| {
        let person = entity.variable == "person";
        let usual = if person { ActorKind::Person } else { ActorKind::Organisation };
        table::entity(&entity.name, usual, |name| {
            let found = entity.attributes.iter().find(|(of, _)| of.eq_ignore_ascii_case(name));
            found.map(|(_, value)| value.as_str())
        })
    };
    let mut actors: Vec<Actor> = entities.iter().map(actor).collect();
    tell_apart(&mut actors);
    Ok(actors)
}

/// Numbers the ids that several of `actors` have.
fn tell_apart(actors: &mut [Actor]) {
    let mut taken: FxHashSet<String> = FxHashSet::default();
    // The number each id was last told apart by, so that a thousand of one name are not counted through each time.
    let mut numbers: FxHashMap<String, usize> = FxHashMap::default();
    for actor in actors {
        let id = actor.id.to_string();
        if taken.insert(id.clone()) {
            continue;
        }
        let number = numbers.entry(id.clone()).or_insert(1);
        // Another name may have made that id by itself.
        let free = loop {
            *number += 1;
            let numbered = format!("{id}-{number}");
            if taken.insert(numbered.clone()) {
                break numbered;
            }
        };
        actor.id = Cow::Owned(free);
    }
}

/// An actor of whom only name and kind are known.
fn named(name: &str, kind: ActorKind) -> Actor {
    let id = format!("{}/{}", kind.as_str(), slug(name));
    Actor::new(Cow::Owned(id), Cow::Owned(name.to_owned()), kind)
}

fn alias(text: &str) -> Alias {
    Alias { text: Cow::Owned(text.to_owned()), reference: Reference::Name }
}

/// A day written `YYYY-MM-DD`.
fn day(text: &str) -> Option<Date> {
    (text.len() == 10).then(|| text.parse().ok()).flatten()
}
