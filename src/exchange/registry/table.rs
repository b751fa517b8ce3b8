//! Tables with a head line.

use std::borrow::Cow;
use std::rc::Rc;

use csv::{Reader, StringRecord};
use rustc_hash::FxHashMap;

use super::{ImportError, alias, day, named};
use crate::actors::{Actor, ActorKind, Alias, Role, Sex};

/// The columns of a registry; `name` has to be there. Values of a list are parted by `;`. Rows with one id
/// are one actor with several roles.
const COLUMNS: [&str; 13] = [
    "id", "name", "aliases", "kind", "note", "sex", "country", "title", "of", "from", "to", "wikidata",
    "website",
];

/// The column of names in a table of entities. Those of the study's own variables are left out.
const ENTITY_NAME: &str = "value";

/// A row whose fields go by the names of their columns.
struct Row {
    columns: Rc<[String]>,
    record: StringRecord,
    line: usize,
}

impl Row {
    fn get(&self, column: &str) -> Option<&str> {
        let at = self.columns.iter().position(|name| name == column)?;
        self.record.get(at).map(str::trim).filter(|value| !value.is_empty())
    }

    fn words(&self, column: &str) -> Option<Cow<'static, str>> {
        self.get(column).map(|text| Cow::Owned(text.to_owned()))
    }

    fn day(&self, column: &str) -> Result<Option<crate::article::Date>, ImportError> {
        let Some(text) = self.get(column) else { return Ok(None) };
        let found = day(text);
        found.map(Some).ok_or_else(|| {
            ImportError::new(self.line, format!("'{text}' under '{column}' is no day: write 2022-04-11."))
        })
    }
}

/// A table: the names of its columns in lower case, and its rows, each with its line.
struct Table {
    columns: Vec<String>,
    records: Vec<(StringRecord, usize)>,
}

impl Table {
    fn rows(self) -> impl Iterator<Item = Row> {
        let columns: Rc<[String]> = self.columns.into();
        let row = move |(record, line)| Row { columns: Rc::clone(&columns), record, line };
        self.records.into_iter().map(row)
    }
}

/// The table `text`, which has the column `needed`, and where `known` are given no others than those.
fn table(text: &str, needed: &str, known: Option<&[&str]>) -> Result<Table, ImportError> {
    let head = text.lines().next().unwrap_or("");
    let delimiter =
        [b',', b';', b'\t'].into_iter().max_by_key(|mark| head.bytes().filter(|byte| byte == mark).count());
    let mut reader: Reader<&[u8]> =
        csv::ReaderBuilder::new().delimiter(delimiter.unwrap_or(b',')).from_reader(text.as_bytes());
    let fault = |error: csv::Error| {
        let line = error.position().map_or(1, |place| usize::try_from(place.line()).unwrap_or(1));
        ImportError::new(line, format!("This is no row of the table: {error}"))
    };
    let columns: Vec<String> =
        reader.headers().map_err(fault)?.iter().map(|name| name.trim().to_lowercase()).collect();
    if !columns.iter().any(|name| name == needed) {
        let wanted = known.map_or_else(|| needed.to_owned(), |known| known.join(","));
        return Err(ImportError::new(
            1,
            format!("No column is called '{needed}'. The head line is: {wanted}"),
        ));
    }
    let unknown = known.and_then(|known| columns.iter().find(|name| !known.contains(&name.as_str())));
    if let (Some(unknown), Some(known)) = (unknown, known) {
        return Err(ImportError::new(
            1,
            format!("'{unknown}' is no column here; there are {}.", known.join(", ")),
        ));
    }
    let mut records = Vec::new();
    for record in reader.records() {
        let record = record.map_err(fault)?;
        let line = record.position().map_or(1, |place| usize::try_from(place.line()).unwrap_or(1));
        records.push((record, line));
    }
    Ok(Table { columns, records })
}

/// The kind written `text`, American spelling and names of kinds of firms included.
fn kind(text: &str) -> Option<ActorKind> {
    let lower = text.to_lowercase();
    ActorKind::from_name(&lower).or(match lower.as_str() {
        "organization" => Some(ActorKind::Organisation),
        "individual" => Some(ActorKind::Person),
        _ => None,
    })
}

/// A registry as a table.
pub(super) fn read(text: &str) -> Result<Vec<Actor>, ImportError> {
    let mut out: Vec<Actor> = Vec::new();
    // Where the first of each id stands.
    let mut places = FxHashMap::default();
    for row in table(text, "name", Some(&COLUMNS))?.rows() {
        let line = row.line;
        let Some(name) = row.get("name") else {
            return Err(ImportError::new(line, "This row has no name."));
        };
        let of_kind = match row.get("kind") {
            Some(written) => kind(written).ok_or_else(|| {
                let kinds = ActorKind::ALL.map(ActorKind::as_str).join(", ");
                ImportError::new(line, format!("'{written}' is no kind of actor. There are {kinds}."))
            })?,
            None => ActorKind::Person,
        };
        let mut actor = named(name, of_kind);
        if let Some(id) = row.words("id") {
            actor.id = id;
        }
        actor.aliases = row.get("aliases").map(aliases).unwrap_or_default();
        actor.note = row.words("note").unwrap_or_default();
        actor.country = row.words("country");
        actor.sex = match row.get("sex") {
            Some("female" | "f" | "F") => Some(Sex::Female),
            Some("male" | "m" | "M") => Some(Sex::Male),
            Some(other) => {
                return Err(ImportError::new(
                    line,
                    format!("'{other}' under 'sex' is neither 'female' nor 'male'."),
                ));
            }
            None => None,
        };
        for to in ["wikidata", "website"] {
            actor.links.extend(row.words(to).map(|address| (Cow::Borrowed(to), address)));
        }
        let (from, to) = (row.day("from")?, row.day("to")?);
        if let Some(title) = row.words("title") {
            actor.roles.push(Role { title, of: row.words("of"), from, to });
        }
        let known = row.get("id").and_then(|_| places.get(&actor.id)).and_then(|at: &usize| out.get_mut(*at));
        if let Some(known) = known {
            known.roles.append(&mut actor.roles);
        } else {
            places.entry(actor.id.clone()).or_insert(out.len());
            out.push(actor);
        }
    }
    Ok(out)
}

/// The aliases in `list`, parted by ";".
fn aliases(list: &str) -> Vec<Alias> {
    list.split(';').map(str::trim).filter(|text| !text.is_empty()).map(alias).collect()
}

/// The entities of a study with the Discourse Network Analyzer.
pub(super) fn read_entities(text: &str) -> Result<Vec<Actor>, ImportError> {
    let rows = table(text, ENTITY_NAME, None)?.rows();
    let actor = |row: Row| {
        let name = row.get(ENTITY_NAME)?;
        Some(entity(name, ActorKind::Organisation, |attribute| row.get(attribute)))
    };
    Ok(rows.filter_map(actor).collect())
}

/// The entity `name` of such a study with its attributes `type`, `alias` and `notes`; without a type it is a `usual`.
pub(super) fn entity<'a>(
    name: &str,
    usual: ActorKind,
    attribute: impl Fn(&'static str) -> Option<&'a str>,
) -> Actor {
    let mut actor = named(name, attribute("type").and_then(kind).unwrap_or(usual));
    actor.aliases = attribute("alias").map(aliases).unwrap_or_default();
    actor.note = Cow::Owned(attribute("notes").unwrap_or_default().to_owned());
    actor
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_with_one_id_are_one_actor() {
        let text = "id,name,aliases,kind,title,of,from,to\nlee,Ann Lee,Lee;A. Lee,person,Mayor,Rome,2020-01-01,2021-01-01\nlee,Ann Lee,,person,Senator,ita,2021-01-01,\n";
        let actors = read(text).unwrap();
        assert_eq!(actors.len(), 1);
        assert_eq!(actors[0].aliases.len(), 2);
        assert_eq!(actors[0].roles[1].title, "Senator");
    }

    #[test]
    fn a_bad_value_is_named_with_its_line() {
        let error = read("name,kind\nAnn Lee,person\nBo Ek,persn\n").unwrap_err();
        assert_eq!(error.line, 3);
        assert!(error.message.contains("persn"), "{error}");
        assert_eq!(read("name,from\nAnn Lee,May\n").unwrap_err().line, 2);
        assert_eq!(read("nome\nAnn Lee\n").unwrap_err().line, 1);
    }

    #[test]
    fn entities_keep_name_type_alias_and_notes() {
        let actors = read_entities(
            "ID;value;color;type;alias;notes\n1;Green League;#00FF00;organization;GL;A lobby.\n",
        )
        .unwrap();
        assert_eq!((&*actors[0].name, actors[0].kind), ("Green League", ActorKind::Organisation));
        assert_eq!((&*actors[0].aliases[0].text, &*actors[0].note), ("GL", "A lobby."));
    }
}
