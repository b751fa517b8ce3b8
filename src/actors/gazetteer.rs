//! The built-in gazetteer, plain text files in `gazetteer/`. What its names, ids and surnames lead to is
//! compiled when the program is built (`build.rs`); a record is read when it is first asked for.

use std::borrow::Cow;
use std::iter;

use super::actor::{Actor, ActorKind, Alias, Reference, Role, Sex};
use crate::article::Date;

const COUNTRIES: &str = include_str!("gazetteer/countries.txt");
const BODIES: &str = include_str!("gazetteer/bodies.txt");
const COMPANIES: &str = include_str!("gazetteer/companies.txt");
const OUTLETS: &str = include_str!("gazetteer/outlets.txt");
const PLACES: &str = include_str!("gazetteer/places.txt");
const PERSONS: &str = include_str!("gazetteer/persons.txt");

/// A record of one actor, not yet read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Record {
    text: &'static str,
    read: fn(&'static str) -> Actor,
}

impl Record {
    /// The actor it is the record of.
    pub(super) fn actor(self) -> Actor {
        (self.read)(self.text)
    }
}

/// The records of all actors that are built in. Their order is what the compiled index counts by.
pub(super) fn records() -> impl Iterator<Item = Record> {
    let of = |text, read| Record { text, read };
    let files = [
        of(COUNTRIES, country),
        of(BODIES, body),
        of(COMPANIES, body),
        of(OUTLETS, outlet),
        of(PLACES, place),
        of(PERSONS, person),
    ];
    files.into_iter().flat_map(|file| texts(file.text).map(move |text| Record { text, ..file }))
}

/// The texts of a file's records: a line each, with the indented ones under it; `#` begins a comment.
pub(super) fn texts(file: &'static str) -> impl Iterator<Item = &'static str> {
    let mut lines = file.split_inclusive('\n').peekable();
    let mut at = 0;
    iter::from_fn(move || {
        while let Some(line) = lines.next_if(|line| line.starts_with(['#', '\n', '\r'])) {
            at += line.len();
        }
        let start = at;
        at += lines.next()?.len();
        while let Some(line) = lines.next_if(|line| line.starts_with('\t')) {
            at += line.len();
        }
        file.get(start..at)
    })
}

/// The fields of one line.
pub(super) type Fields = Vec<&'static str>;

/// Cuts a line into its fields.
pub(super) fn split(line: &'static str) -> Fields {
    line.split('|').map(str::trim).collect()
}

/// The field at `index`, empty past the end.
pub(super) fn field(fields: &Fields, index: usize) -> &'static str {
    fields.get(index).copied().unwrap_or("")
}

/// The values of one field.
fn values(field: &'static str) -> impl Iterator<Item = &'static str> {
    field.split(';').map(str::trim).filter(|value| !value.is_empty())
}

fn aliases(columns: &[(&'static str, Reference)]) -> Vec<Alias> {
    columns
        .iter()
        .flat_map(|(column, reference)| {
            values(column).map(|text| Alias { text: Cow::Borrowed(text), reference: *reference })
        })
        .collect()
}

fn actor(fields: &Fields, kind: ActorKind, aliases: Vec<Alias>) -> Actor {
    let (id, name) = (field(fields, 0), field(fields, 1));
    Actor { aliases, ..Actor::new(Cow::Borrowed(id), Cow::Borrowed(name), kind) }
}

fn country(record: &'static str) -> Actor {
    let fields = &split(record);
    let columns = [
        (field(fields, 2), Reference::Name),
        (field(fields, 3), Reference::Adjective),
        (field(fields, 4), Reference::People),
        (field(fields, 5), Reference::Capital),
        (field(fields, 6), Reference::Former),
    ];
    actor(fields, ActorKind::Country, aliases(&columns))
}

fn body(record: &'static str) -> Actor {
    let fields = &split(record);
    let columns = [(field(fields, 2), Reference::Acronym), (field(fields, 3), Reference::Name)];
    let kind = field(fields, 0).split('/').next().and_then(ActorKind::from_name);
    Actor {
        note: Cow::Borrowed(field(fields, 4)),
        country: some(field(fields, 5)),
        ..actor(fields, kind.unwrap_or(ActorKind::Organisation), aliases(&columns))
    }
}

fn outlet(record: &'static str) -> Actor {
    let fields = &split(record);
    let columns = [(field(fields, 2), Reference::Acronym), (field(fields, 3), Reference::Name)];
    Actor { country: some(field(fields, 4)), ..actor(fields, ActorKind::Outlet, aliases(&columns)) }
}

fn place(record: &'static str) -> Actor {
    let fields = &split(record);
    Actor {
        country: some(field(fields, 3)),
        note: Cow::Borrowed(field(fields, 4)),
        ..actor(fields, ActorKind::Place, aliases(&[(field(fields, 2), Reference::Name)]))
    }
}

fn person(record: &'static str) -> Actor {
    let mut lines = record.lines();
    let fields = &split(lines.next().unwrap_or(""));
    let sex = match field(fields, 2) {
        "f" => Some(Sex::Female),
        "m" => Some(Sex::Male),
        _ => None,
    };
    Actor {
        sex,
        note: Cow::Borrowed(field(fields, 4)),
        roles: lines.map(role).collect(),
        ..actor(fields, ActorKind::Person, aliases(&[(field(fields, 3), Reference::Name)]))
    }
}

fn role(line: &'static str) -> Role {
    let fields = &split(line);
    Role {
        title: Cow::Borrowed(field(fields, 0)),
        of: some(field(fields, 1)),
        from: day(field(fields, 2)),
        to: day(field(fields, 3)),
    }
}

fn some(text: &'static str) -> Option<Cow<'static, str>> {
    (!text.is_empty()).then_some(Cow::Borrowed(text))
}

/// A day written `YYYY-MM-DD`.
fn day(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    let day = parts.next()?.parse().ok()?;
    Date::new(year, month, day).ok()
}

#[cfg(test)]
mod tests {
    use rustc_hash::FxHashSet;

    use super::*;

    #[test]
    fn ids_are_unique_and_of_their_kind() {
        let mut seen = FxHashSet::default();
        for actor in records().map(Record::actor) {
            assert!(seen.insert(actor.id.clone()), "twice: {}", actor.id);
            if actor.kind == ActorKind::Country {
                assert_eq!(actor.id.len(), 3, "{}", actor.id);
            } else {
                assert!(actor.id.starts_with(actor.kind.as_str()), "{}", actor.id);
            }
            assert!(!actor.name.is_empty(), "{}", actor.id);
        }
    }

    #[test]
    fn offices_name_what_is_known_and_end_after_they_begin() {
        let all: Vec<Actor> = records().map(Record::actor).collect();
        let ids: FxHashSet<&str> = all.iter().map(|actor| &*actor.id).collect();
        for actor in &all {
            if let Some(country) = &actor.country {
                assert!(ids.contains(&**country), "{}: {country}", actor.id);
            }
            for role in &actor.roles {
                assert!(role.of.as_deref().is_some_and(|of| ids.contains(of)), "{} {role:?}", actor.id);
                if let (Some(from), Some(to)) = (role.from, role.to) {
                    assert!(from < to, "{} {role:?}", actor.id);
                }
            }
        }
    }

    #[test]
    fn every_day_in_the_file_is_a_day() {
        for line in PERSONS.lines().filter(|line| line.starts_with('\t')) {
            for text in split(line).iter().skip(2).filter(|text| !text.is_empty()) {
                assert!(day(text).is_some(), "{line}");
            }
        }
    }

    #[test]
    fn no_office_stands_apart_from_its_holder() {
        let lines = PERSONS.lines().filter(|line| line.starts_with('\t')).count();
        assert_eq!(records().map(|record| record.actor().roles.len()).sum::<usize>(), lines);
    }
}
