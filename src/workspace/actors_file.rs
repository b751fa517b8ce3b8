//! `actors.toml`: the actors of a folder and of the folders inside it.
//!
//! Each table is an actor, its name the id:
//!
//! ```toml
//! [shehbaz-sharif]
//! name = "Shehbaz Sharif"
//! aliases = ["Sharif", { text = "PM Sharif", as = "name" }]
//! kind = "person"
//! note = "President of PML-N."
//! sex = "male"
//! country = "pak"
//! links = { wikidata = "Q982832" }
//! [[shehbaz-sharif.roles]]
//! title = "Prime Minister"
//! of = "pakistan"
//! from = 2022-04-11
//! to = 2023-08-14
//! ```
//!
//! An entry with the id of a built-in actor adds to it: what it leaves out stays as it is built in.

use std::borrow::Cow;
use std::cell::LazyCell;
use std::ops::Range;

use rustc_hash::FxHashMap;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::actors::{Actor, ActorKind, Alias, Reference, Registry, Role, Sex};
use crate::article::Date;
use crate::settings::Severity;
use crate::text::{Places, TextRange, range};

/// The name of the file.
pub const ACTORS_FILE: &str = "actors.toml";

/// The keys of an actor.
pub const ACTOR_KEYS: [&str; 8] = ["name", "aliases", "kind", "note", "sex", "country", "links", "roles"];

/// The keys of a role.
pub const ROLE_KEYS: [&str; 4] = ["title", "of", "from", "to"];

/// The ways an alias can refer, as they are written.
const REFERENCES: [(&str, Reference); 6] = [
    ("name", Reference::Name),
    ("acronym", Reference::Acronym),
    ("adjective", Reference::Adjective),
    ("people", Reference::People),
    ("capital", Reference::Capital),
    ("former", Reference::Former),
];

/// A registry file, read. Whatever could not be read is among its faults, and the rest holds.
#[derive(Clone, Debug, Default)]
pub struct ActorsFile {
    /// The actors in the order of the file.
    pub entries: Vec<ActorEntry>,
    /// What is wrong, in text order.
    pub faults: Vec<RegistryFault>,
}

/// An actor of a registry file. Ranges are bytes of the file.
#[derive(Clone, Debug)]
pub struct ActorEntry {
    /// The actor.
    pub actor: Actor,
    /// Where its id stands.
    pub id: TextRange,
    /// Where each id under `of` and `country` stands, without its quotation marks.
    pub refers: Vec<TextRange>,
    /// Names and aliases, each with its place.
    names: Vec<(String, TextRange)>,
}

/// Something wrong in a registry file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegistryFault {
    /// The words it is about, in bytes of the file.
    pub range: TextRange,
    /// An error where something could not be read, a warning where it contradicts itself.
    pub severity: Severity,
    /// What is wrong and what would be right.
    pub message: String,
}

impl ActorsFile {
    /// Reads `text`. Never fails: what is wrong is among the faults.
    pub fn parse(text: &str) -> Self {
        let (table, errors) = DeTable::parse_recoverable(text);
        let mut reader = Reader { text, faults: Vec::new() };
        let is_repeated = |error: &toml::de::Error| error.message().starts_with("duplicate key");
        let spans = errors.iter().filter(|error| is_repeated(error)).filter_map(toml::de::Error::span);
        let mut repeated: Vec<Range<usize>> = spans.filter_map(|key| table_under(text, &key)).collect();
        repeated.sort_unstable_by_key(|table| table.start);
        // Where the tables end that begin no later than each of them.
        let reach = |farthest: &mut usize, table: &Range<usize>| {
            *farthest = table.end.max(*farthest);
            Some(*farthest)
        };
        let ends: Vec<usize> = repeated.iter().scan(0, reach).collect();
        // The parser would mix what stands under an id with what stands under it further up.
        let first = (!repeated.is_empty()).then(|| without(text, &repeated));
        let table = first.as_ref().map_or(table, |text| DeTable::parse_recoverable(text).0);
        for error in errors {
            let span = error.span().unwrap_or(0..0);
            let word = text.get(span.clone()).unwrap_or("");
            if is_repeated(&error) {
                // Of a whole table that is there twice, it is told at its id alone.
                let header = line_start(text, span.start);
                let before = repeated.partition_point(|table| table.start < header);
                let inside = before.checked_sub(1).is_some_and(|last| ends[last] > span.start);
                if !inside {
                    reader.error(
                        &span,
                        format!("'{word}' is given twice; the first counts. Rename one of them."),
                    );
                }
            } else {
                reader.error(&span, format!("This is no TOML: {}", error.message()));
            }
        }
        let mut entries: Vec<ActorEntry> = Vec::new();
        for (id, value) in table.get_ref() {
            if let Some(table) = value.get_ref().as_table() {
                entries.push(reader.entry(id.get_ref(), id.span(), table));
            } else {
                reader.error(
                    &id.span(),
                    format!("An actor is a table: write [{}] on a line of its own.", id.get_ref()),
                );
            }
        }
        entries.sort_by_key(|entry| entry.id.start());
        for entry in &entries {
            reader.roles_that_overlap(entry);
        }
        reader.shared_names(&entries);
        let mut faults = reader.faults;
        faults.sort_by_key(|fault| fault.range.start());
        Self { entries, faults }
    }

    /// The entry with the id `id`.
    pub fn entry(&self, id: &str) -> Option<&ActorEntry> {
        self.entries.iter().find(|entry| entry.actor.id == id)
    }
}

/// Where the line begins that `at` is in.
fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1)
}

/// The lines of the table whose header is `[key]`, up to the header of another; none where `key` is no header.
fn table_under(text: &str, key: &Range<usize>) -> Option<Range<usize>> {
    let start = line_start(text, key.start);
    let lines = text.get(start..)?;
    if text.get(start..key.start)?.trim() != "[" {
        return None;
    }
    let inner = format!("{}.", text.get(key.clone())?);
    let mut end = start;
    for (at, line) in lines.split_inclusive('\n').enumerate() {
        let line_of_header = line.trim_start().strip_prefix('[').map(|rest| rest.trim_start_matches('['));
        if at > 0 && line_of_header.is_some_and(|rest| !rest.trim_start().starts_with(&inner)) {
            break;
        }
        end += line.len();
    }
    Some(start..end)
}

/// `text` with white space in the place of `parts`.
fn without(text: &str, parts: &[Range<usize>]) -> String {
    let mut out = text.to_owned();
    for part in parts {
        out.replace_range(part.clone(), &" ".repeat(part.len()));
    }
    out
}

/// What reads a file and gathers what is wrong with it.
struct Reader<'a> {
    text: &'a str,
    faults: Vec<RegistryFault>,
}

type Value<'a> = Spanned<DeValue<'a>>;

impl Reader<'_> {
    fn fault(&mut self, span: &Range<usize>, severity: Severity, message: String) {
        let range = range(span.start, span.end);
        self.faults.push(RegistryFault { range, severity, message });
    }

    fn error(&mut self, span: &Range<usize>, message: String) {
        self.fault(span, Severity::Error, message);
    }

    /// `word`, which is none of `known`, with the nearest of them.
    fn unknown(&mut self, span: &Range<usize>, what: &str, word: &str, known: &[&str]) {
        let distance = |name: &&str| strsim::osa_distance(name, word);
        let near = known.iter().copied().min_by_key(distance).filter(|name| distance(name) <= 2);
        let hint = match near {
            Some(near) => format!("Did you mean '{near}'?"),
            None => format!("There are {}.", known.join(", ")),
        };
        self.error(span, format!("'{word}' is no {what}. {hint}"));
    }

    fn entry(&mut self, id: &str, span: Range<usize>, table: &DeTable<'_>) -> ActorEntry {
        let built_in = Registry::built_in();
        let known = built_in.find(id).and_then(|actor| built_in.get(actor));
        let mut actor = known.cloned().unwrap_or_else(|| unnamed(id));
        let (mut names, mut refers) = (Vec::new(), Vec::new());
        if !is_id(id) {
            self.error(
                &span,
                format!("'{id}' is no id: letters, digits, '-', '_', '.' and '/' make one. Its name goes under 'name'."),
            );
        }
        let mut named = known.is_some();
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "name" => {
                    if let Some(name) = self.words(value) {
                        names.push((name.clone(), range(value.span().start, value.span().end)));
                        actor.name = Cow::Owned(name);
                        named = true;
                    }
                }
                "aliases" => {
                    for (alias, place) in self.aliases(value) {
                        names.push((alias.text.to_string(), place));
                        actor.aliases.push(alias);
                    }
                }
                "kind" => {
                    let kinds = ActorKind::ALL.map(ActorKind::as_str);
                    if let Some(kind) = self
                        .one_of(value, "kind of actor", &kinds)
                        .and_then(|kind| ActorKind::from_name(&kind))
                    {
                        actor.kind = kind;
                    }
                }
                "note" => actor.note = self.words(value).map_or(Cow::Borrowed(""), Cow::Owned),
                "sex" => {
                    actor.sex = self
                        .one_of(value, "sex", &["female", "male"])
                        .map(|sex| if sex == "female" { Sex::Female } else { Sex::Male });
                }
                "country" => {
                    actor.country = self.words(value).map(Cow::Owned);
                    refers.push(inside(value));
                }
                "links" => actor.links = self.links(value),
                "roles" => actor.roles = self.roles(value, &mut refers),
                other => self.unknown(&key.span(), "key of an actor", other, &ACTOR_KEYS),
            }
        }
        if !named {
            self.error(&span, format!("[{id}] has no name. Write 'name = \"…\"' under it."));
        }
        ActorEntry { actor, id: range(span.start, span.end), refers, names }
    }

    fn words(&mut self, value: &Value<'_>) -> Option<String> {
        match value.get_ref().as_str().map(str::trim) {
            Some(text) if !text.is_empty() => Some(text.to_owned()),
            Some(_) => {
                self.error(&value.span(), "This is empty: write the words or leave the key out.".to_owned());
                None
            }
            None => {
                self.error(&value.span(), "Words in quotation marks belong here.".to_owned());
                None
            }
        }
    }

    fn one_of(&mut self, value: &Value<'_>, what: &str, known: &[&str]) -> Option<String> {
        let word = self.words(value)?;
        if known.contains(&word.as_str()) {
            return Some(word);
        }
        self.unknown(&value.span(), what, &word, known);
        None
    }

    fn aliases(&mut self, value: &Value<'_>) -> Vec<(Alias, TextRange)> {
        let Some(items) = value.get_ref().as_array() else {
            self.error(&value.span(), "A list belongs here: [\"one\", \"two\"].".to_owned());
            return Vec::new();
        };
        let mut out = Vec::new();
        for item in items {
            let place = range(item.span().start, item.span().end);
            let Some(table) = item.get_ref().as_table() else {
                let name = self.words(item).map(Cow::Owned);
                out.extend(name.map(|text| (Alias { text, reference: Reference::Name }, place)));
                continue;
            };
            let (mut text, mut reference) = (None, Reference::Name);
            for (key, value) in table {
                match key.get_ref().as_ref() {
                    "text" => text = self.words(value),
                    "as" => {
                        let word = self.one_of(value, "way to refer", &REFERENCES.map(|(name, _)| name));
                        let found = word.and_then(|word| REFERENCES.iter().find(|(name, _)| *name == word));
                        reference = found.map_or(reference, |(_, found)| *found);
                    }
                    other => self.unknown(&key.span(), "key of an alias", other, &["text", "as"]),
                }
            }
            match text {
                Some(text) => out.push((Alias { text: Cow::Owned(text), reference }, place)),
                None => self.error(&item.span(), "This alias has no 'text'.".to_owned()),
            }
        }
        out
    }

    fn links(&mut self, value: &Value<'_>) -> Vec<(Cow<'static, str>, Cow<'static, str>)> {
        let Some(table) = value.get_ref().as_table() else {
            self.error(
                &value.span(),
                "Write links as { wikidata = \"Q…\", website = \"https://…\" }.".to_owned(),
            );
            return Vec::new();
        };
        let mut out = Vec::new();
        for (to, address) in table {
            let words = self.words(address);
            out.extend(words.map(|address| (Cow::Owned(to.get_ref().to_string()), Cow::Owned(address))));
        }
        out
    }

    fn roles(&mut self, value: &Value<'_>, refers: &mut Vec<TextRange>) -> Vec<Role> {
        let Some(items) = value.get_ref().as_array() else {
            self.error(&value.span(), "Write each role as [[id.roles]] with a 'title'.".to_owned());
            return Vec::new();
        };
        let mut out = Vec::new();
        for item in items {
            let Some(table) = item.get_ref().as_table() else {
                self.error(&item.span(), "Write each role as [[id.roles]] with a 'title'.".to_owned());
                continue;
            };
            let mut title = None;
            let mut role = Role { title: Cow::Borrowed(""), of: None, from: None, to: None };
            let mut end = item.span();
            for (key, value) in table {
                match key.get_ref().as_ref() {
                    "title" => title = self.words(value),
                    "of" => {
                        role.of = self.words(value).map(Cow::Owned);
                        refers.push(inside(value));
                    }
                    "from" => role.from = self.day(value),
                    "to" => {
                        role.to = self.day(value);
                        end = value.span();
                    }
                    other => self.unknown(&key.span(), "key of a role", other, &ROLE_KEYS),
                }
            }
            if let (Some(from), Some(to)) = (role.from, role.to)
                && to < from
            {
                self.fault(
                    &end,
                    Severity::Error,
                    format!("This role ends on {to}, before it begins on {from}; it counts as never held."),
                );
            }
            match title {
                Some(title) => {
                    role.title = Cow::Owned(title);
                    out.push(role);
                }
                None => self.error(&item.span(), "This role has no 'title'.".to_owned()),
            }
        }
        out
    }

    /// A day: a date of TOML, or the same in quotation marks.
    fn day(&mut self, value: &Value<'_>) -> Option<Date> {
        let written = match value.get_ref() {
            DeValue::Datetime(day) => day.to_string(),
            DeValue::String(day) => day.to_string(),
            _ => String::new(),
        };
        let day = Some(&written).filter(|text| text.len() == 10).and_then(|text| text.parse().ok());
        if day.is_none() {
            let shown = self.text.get(value.span()).unwrap_or("");
            let message =
                format!("{shown} is no day of the calendar. Write year, month and day: 2022-04-11.");
            self.error(&value.span(), message);
        }
        day
    }

    /// Two times of one office that overlap.
    fn roles_that_overlap(&mut self, entry: &ActorEntry) {
        let roles = &entry.actor.roles;
        for (at, one) in roles.iter().enumerate() {
            for other in &roles[at + 1..] {
                let same = one.title.eq_ignore_ascii_case(&other.title) && one.of == other.of;
                let begins = one.from.max(other.from);
                let ends = [one.to, other.to].into_iter().flatten().min();
                let apart = ends.is_some_and(|ends| begins.is_some_and(|begins| ends <= begins));
                if same && !apart {
                    let span = usize::from(entry.id.start())..usize::from(entry.id.end());
                    let since = begins.map_or_else(String::new, |day| format!(" from {day}"));
                    self.fault(
                        &span,
                        Severity::Warning,
                        format!(
                            "'{}' is held twice at once{since}. End the first before the second begins.",
                            one.title
                        ),
                    );
                }
            }
        }
    }

    /// Names that two actors of the file have.
    fn shared_names(&mut self, entries: &[ActorEntry]) {
        let mut known: FxHashMap<&str, &ActorEntry> = FxHashMap::default();
        let places = LazyCell::new(|| Places::new(self.text));
        for entry in entries {
            for (name, place) in &entry.names {
                let first = *known.entry(name.as_str()).or_insert(entry);
                if first.actor.id != entry.actor.id {
                    let line = places.at(first.id.start()).line;
                    let message = format!(
                        "'{name}' also names [{}] in line {line}. An article that says no more than this leaves it open.",
                        first.actor.id
                    );
                    self.faults.push(RegistryFault { range: *place, severity: Severity::Warning, message });
                }
            }
        }
    }
}

/// The range of a string without its quotation marks.
fn inside(value: &Value<'_>) -> TextRange {
    let span = value.span();
    range(span.start + 1, span.end.saturating_sub(1))
}

/// An actor of whom nothing is known yet.
fn unnamed(id: &str) -> Actor {
    let kind = id.split('/').next().and_then(ActorKind::from_name).unwrap_or(ActorKind::Person);
    Actor::new(Cow::Owned(id.to_owned()), Cow::Owned(id.to_owned()), kind)
}

/// Where actors' ids stand in the registry `text`: in the heads of tables, and under `of` and `country` where
/// they name an entry of this file or the id asked for; with `id` only that one. Heads in quotation marks come
/// with them, values without. In text order, each with its id.
pub fn id_places(text: &str, id: Option<&str>) -> Vec<(String, TextRange)> {
    let mut out = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let head = line.trim_start();
        if head.starts_with('[') {
            let inside = head.trim_start_matches('[').trim_start();
            let at = start + (line.len() - inside.len());
            let word = match inside.chars().next() {
                Some(mark @ ('"' | '\'')) => {
                    inside[1..].find(mark).map(|end| (&inside[..end + 2], &inside[1..=end]))
                }
                _ => inside.find(['.', ']']).map(|end| (inside[..end].trim_end(), inside[..end].trim_end())),
            };
            if let Some((written, word)) = word {
                out.push((word.to_owned(), range(at, at + written.len())));
            }
        }
        start += line.len();
    }
    let entries: Vec<TextRange> =
        ActorsFile::parse(text).entries.into_iter().flat_map(|entry| entry.refers).collect();
    let named =
        |place: &TextRange| text.get(Range::<usize>::from(*place)).map(|word| (word.to_owned(), *place));
    out.extend(entries.iter().filter_map(named));
    out.retain(|(word, _)| id.is_none_or(|id| word == id));
    out.sort_by_key(|(_, place)| place.start());
    out
}

/// `id` as the head of a table.
pub fn registry_key(id: &str) -> String {
    key(id)
}

/// Whether `text` can be an actor's id: it has to stand in an attribute of a span without quotation marks.
pub fn is_id(text: &str) -> bool {
    !text.is_empty()
        && text.chars().all(|char| char.is_alphanumeric() || matches!(char, '-' | '_' | '.' | '/' | ':'))
}

/// `actor` as an entry of a registry file, ending in a line break.
pub fn to_toml(actor: &Actor) -> String {
    let key = key(&actor.id);
    let mut out = format!("[{key}]\nname = {}\n", quoted(&actor.name));
    if !actor.aliases.is_empty() {
        let aliases: Vec<String> = actor.aliases.iter().map(alias).collect();
        out += &format!("aliases = [{}]\n", aliases.join(", "));
    }
    out += &format!("kind = {}\n", quoted(actor.kind.as_str()));
    if !actor.note.is_empty() {
        out += &format!("note = {}\n", quoted(&actor.note));
    }
    if let Some(sex) = actor.sex {
        out += &format!("sex = {}\n", if sex == Sex::Female { "\"female\"" } else { "\"male\"" });
    }
    if let Some(country) = &actor.country {
        out += &format!("country = {}\n", quoted(country));
    }
    if !actor.links.is_empty() {
        let links: Vec<String> = actor
            .links
            .iter()
            .map(|(to, address)| format!("{} = {}", self::key(to), quoted(address)))
            .collect();
        out += &format!("links = {{ {} }}\n", links.join(", "));
    }
    for role in &actor.roles {
        out += &format!("[[{key}.roles]]\ntitle = {}\n", quoted(&role.title));
        if let Some(of) = &role.of {
            out += &format!("of = {}\n", quoted(of));
        }
        for (name, day) in [("from", role.from), ("to", role.to)] {
            if let Some(day) = day {
                out += &format!("{name} = {day}\n");
            }
        }
    }
    out
}

fn alias(alias: &Alias) -> String {
    let name = REFERENCES.iter().find(|(_, reference)| *reference == alias.reference);
    match name {
        Some((name, reference)) if *reference != Reference::Name => {
            format!("{{ text = {}, as = {} }}", quoted(&alias.text), quoted(name))
        }
        _ => quoted(&alias.text),
    }
}

/// `text` as a key of TOML.
fn key(text: &str) -> String {
    let bare = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    if bare && !text.is_empty() { text.to_owned() } else { quoted(text) }
}

/// `text` as a string of TOML.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words each fault is about, with its message.
    fn faults(text: &str) -> Vec<(&str, String)> {
        ActorsFile::parse(text).faults.into_iter().map(|fault| (&text[fault.range], fault.message)).collect()
    }

    #[test]
    fn an_entry_is_read_whole_and_written_as_it_was() {
        let text = "[lee]\nname = \"Ann Lee\"\naliases = [\"Lee\", { text = \"AL\", as = \"acronym\" }]\nkind = \"person\"\nnote = \"A senator.\"\nsex = \"female\"\ncountry = \"usa\"\nlinks = { wikidata = \"Q1\" }\n[[lee.roles]]\ntitle = \"Mayor\"\nof = \"Rome\"\nfrom = 2020-01-01\nto = 2021-01-01\n";
        let file = ActorsFile::parse(text);
        assert_eq!(file.faults, []);
        assert_eq!(to_toml(&file.entries[0].actor), text);
        assert_eq!(&text[file.entries[0].id], "lee");
    }

    #[test]
    fn what_is_wrong_is_said_at_its_place_and_the_rest_holds() {
        for (text, place, right) in [
            ("[a]\nnam = \"Ann Lee\"", "nam", "'name'"),
            ("[a]\nname = \"Ann Lee\"\nkind = \"persn\"", "\"persn\"", "'person'"),
            ("[a]\nname = 5", "5", "quotation marks"),
            ("[a]\nname = \"A\"\n[[a.roles]]\ntitle = \"Mayor\"\nfrom = 2022-13-40\n", "", "2022-04-11"),
            ("[a]\nname = \"A\"\n[[a.roles]]\ntitle = \"Mayor\"\nfrom = \"May\"\n", "\"May\"", "2022-04-11"),
            ("[a]\nkind = \"person\"", "a", "name = "),
            ("a = 1", "a", "[a]"),
        ] {
            let found = faults(text);
            assert!(
                found.iter().any(|(words, message)| (place.is_empty() || *words == place)
                    && (message.contains(right) || place.is_empty())),
                "{text}: {found:?}"
            );
        }
        let file = ActorsFile::parse("[a]\nname = \"Ann Lee\"\nkind = \"persn\"\n[b]\nname = \"Bo Ek\"\n");
        assert_eq!(file.entries.len(), 2);
    }

    #[test]
    fn duplicates_shared_aliases_and_impossible_roles_are_told() {
        let twice = "[a]\nname = \"Ann Lee\"\n[a]\nname = \"Bo Ek\"\n";
        let found = faults(twice);
        assert!(found.iter().any(|(_, message)| message.contains("twice")), "{found:?}");
        assert_eq!(ActorsFile::parse(twice).entries.len(), 1);
        let mixed = format!(
            "# Café\n{twice}kind = \"place\"\n[[a.roles]]\ntitle = \"Mayor\"\n[b]\nname = \"Di Ray\"\n"
        );
        let file = ActorsFile::parse(&mixed);
        let [first, other] = file.entries.as_slice() else { panic!("{file:?}") };
        assert_eq!((&*first.actor.name, first.actor.kind), ("Ann Lee", ActorKind::Person));
        assert_eq!((first.actor.roles.len(), first.id.start(), &*other.actor.name), (0, 9.into(), "Di Ray"));
        assert_eq!(file.faults.len(), 1, "{:?}", file.faults);

        let shared =
            "[a]\nname = \"Ann Lee\"\naliases = [\"Lee\"]\n[b]\nname = \"Bo Lee\"\naliases = [\"Lee\"]\n";
        assert_eq!(faults(shared).len(), 1);
        assert!(faults(shared)[0].1.contains("[a] in line 1"), "{:?}", faults(shared));

        let roles = |one: &str, two: &str| {
            format!(
                "[a]\nname = \"A B\"\n[[a.roles]]\ntitle = \"Mayor\"\n{one}\n[[a.roles]]\ntitle = \"Mayor\"\n{two}\n"
            )
        };
        let overlap = roles("from = 2020-01-01", "from = 2021-01-01");
        assert!(faults(&overlap)[0].1.contains("twice at once from 2021-01-01"), "{:?}", faults(&overlap));
        let apart = roles("from = 2020-01-01\nto = 2021-01-01", "from = 2021-01-01");
        assert_eq!(faults(&apart), []);
        let ended = roles("from = 2020-01-01\nto = 2019-01-01", "from = 2021-01-01");
        assert!(faults(&ended)[0].1.contains("before it begins"), "{:?}", faults(&ended));
    }

    #[test]
    fn an_entry_with_a_built_in_id_adds_to_it() {
        let file = ActorsFile::parse("[usa]\naliases = [\"Uncle Sam\"]\n");
        assert_eq!(file.faults, []);
        let actor = &file.entries[0].actor;
        assert_eq!((&*actor.name, actor.kind), ("United States", ActorKind::Country));
    }
}
