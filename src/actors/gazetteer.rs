//! The built-in gazetteer, read from the plain text files in `gazetteer/`.

use std::borrow::Cow;

use super::actor::{Actor, ActorKind, Alias, Reference, Role, Sex};
use crate::article::Date;

const COUNTRIES: &str = include_str!("gazetteer/countries.txt");
const BODIES: &str = include_str!("gazetteer/bodies.txt");
const COMPANIES: &str = include_str!("gazetteer/companies.txt");
const OUTLETS: &str = include_str!("gazetteer/outlets.txt");
const PLACES: &str = include_str!("gazetteer/places.txt");
const PERSONS: &str = include_str!("gazetteer/persons.txt");
const REFERENCES: &str = include_str!("gazetteer/references.txt");

/// The fields of one record.
type Fields = Vec<&'static str>;

/// All actors that are built in.
pub(super) fn actors() -> Vec<Actor> {
    let mut out = Vec::with_capacity(2048);
    out.extend(records(COUNTRIES).map(|fields| country(&fields)));
    out.extend(records(BODIES).map(|fields| body(&fields)));
    out.extend(records(COMPANIES).map(|fields| body(&fields)));
    out.extend(records(OUTLETS).map(|fields| outlet(&fields)));
    out.extend(records(PLACES).map(|fields| place(&fields)));
    persons(&mut out);
    out
}

/// Words that refer to an actor of another file: word, id, how.
pub(super) fn references() -> impl Iterator<Item = (&'static str, &'static str, Reference)> {
    records(REFERENCES).map(|fields| {
        let reference = match field(&fields, 2) {
            "adjective" => Reference::Adjective,
            "people" => Reference::People,
            "acronym" => Reference::Acronym,
            _ => Reference::Name,
        };
        (field(&fields, 0), field(&fields, 1), reference)
    })
}

/// The records of a file: one a line, fields parted by `|`, `#` begins a comment.
fn records(file: &'static str) -> impl Iterator<Item = Fields> {
    lines(file).map(split)
}

fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn split(line: &'static str) -> Fields {
    line.split('|').map(str::trim).collect()
}

fn field(fields: &Fields, index: usize) -> &'static str {
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

fn country(fields: &Fields) -> Actor {
    let columns = [
        (field(fields, 2), Reference::Name),
        (field(fields, 3), Reference::Adjective),
        (field(fields, 4), Reference::People),
        (field(fields, 5), Reference::Capital),
        (field(fields, 6), Reference::Former),
    ];
    actor(fields, ActorKind::Country, aliases(&columns))
}

fn body(fields: &Fields) -> Actor {
    let columns = [(field(fields, 2), Reference::Acronym), (field(fields, 3), Reference::Name)];
    let kind = field(fields, 0).split('/').next().and_then(ActorKind::from_name);
    Actor {
        note: Cow::Borrowed(field(fields, 4)),
        country: some(field(fields, 5)),
        ..actor(fields, kind.unwrap_or(ActorKind::Organisation), aliases(&columns))
    }
}

fn outlet(fields: &Fields) -> Actor {
    let columns = [(field(fields, 2), Reference::Acronym), (field(fields, 3), Reference::Name)];
    Actor { country: some(field(fields, 4)), ..actor(fields, ActorKind::Outlet, aliases(&columns)) }
}

fn place(fields: &Fields) -> Actor {
    Actor {
        country: some(field(fields, 3)),
        note: Cow::Borrowed(field(fields, 4)),
        ..actor(fields, ActorKind::Place, aliases(&[(field(fields, 2), Reference::Name)]))
    }
}

fn persons(out: &mut Vec<Actor>) {
    for line in lines(PERSONS) {
        let fields = split(line);
        if line.starts_with('\t') {
            if let Some(person) = out.last_mut() {
                person.roles.push(Role {
                    title: Cow::Borrowed(field(&fields, 0)),
                    of: some(field(&fields, 1)),
                    from: day(field(&fields, 2)),
                    to: day(field(&fields, 3)),
                });
            }
            continue;
        }
        let sex = match field(&fields, 2) {
            "f" => Some(Sex::Female),
            "m" => Some(Sex::Male),
            _ => None,
        };
        out.push(Actor {
            sex,
            note: Cow::Borrowed(field(&fields, 4)),
            ..actor(&fields, ActorKind::Person, aliases(&[(field(&fields, 3), Reference::Name)]))
        });
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
        for actor in actors() {
            assert!(seen.insert(actor.id.clone()), "twice: {}", actor.id);
            if actor.kind == ActorKind::Country {
                assert_eq!(actor.id.len(), 3, "{}", actor.id);
            } else {
                assert!(actor.id.starts_with(actor.kind.as_str()), "{}", actor.id);
            }
            assert!(!actor.name.is_empty(), "{}", actor.id);
        }
        for (word, id, _) in references() {
            assert!(seen.contains(id), "{word} refers to nobody: {id}");
        }
    }

    #[test]
    fn offices_name_what_is_known_and_end_after_they_begin() {
        let all = actors();
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
        for line in lines(PERSONS).filter(|line| line.starts_with('\t')) {
            for text in split(line).iter().skip(2).filter(|text| !text.is_empty()) {
                assert!(day(text).is_some(), "{line}");
            }
        }
    }
}
