//! Compiles the index of the built-in gazetteer and the large word lists, so that the program starts without reading
//! them. For the gazetteer's ids, surnames and names there is an automaton each, whose outputs are stretches of one table
//! of entries; for each list one, whose outputs are the letters that tell given names' sexes.

#![expect(clippy::expect_used, reason = "a gazetteer that cannot be compiled ends the build")]
#![allow(dead_code, missing_docs, reason = "the program uses the rest of these modules")]

use std::collections::BTreeMap;
use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

#[path = "src/actors/actor.rs"]
mod actor;
#[path = "src/actors/gazetteer.rs"]
mod gazetteer;
#[path = "src/actors/index_keys.rs"]
mod index_keys;

/// What the modules above know of the crate.
mod article {
    pub use jiff::civil::Date;
}

use actor::{Actor, ActorKind, Reference};
use index_keys::{indexed, indexed_word, surname};

/// The word lists that are compiled: sorted by bytes, comment lines at their heads.
const LISTS: [&str; 5] = ["cities", "common-words", "given-names", "rare-words", "surnames"];

/// What leads to whom, in the order of the gazetteer.
type Keys = BTreeMap<String, Vec<(u32, Reference)>>;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    for source in ["actor.rs", "gazetteer.rs", "gazetteer", "index_keys.rs"] {
        println!("cargo::rerun-if-changed=src/actors/{source}");
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo names the folder for what is built"));
    for list in LISTS {
        compile_list(list, &out);
    }
    let (mut ids, mut surnames, mut names) = (Keys::new(), Keys::new(), Keys::new());
    let actors: Vec<Actor> = gazetteer::records().map(gazetteer::Record::actor).collect();
    for (at, actor) in (0..).zip(&actors) {
        insert(&mut ids, &actor.id, at, Reference::Name);
        insert_name(&mut names, &actor.name, at, Reference::Name);
        for alias in &actor.aliases {
            insert_name(&mut names, &alias.text, at, alias.reference);
        }
        if actor.kind == ActorKind::Person {
            insert(&mut surnames, surname(&actor.name), at, Reference::Name);
        }
    }
    for record in gazetteer::texts(include_str!("src/actors/gazetteer/references.txt")) {
        let fields = gazetteer::split(record);
        let (word, id) = (gazetteer::field(&fields, 0), gazetteer::field(&fields, 1));
        let actor = ids
            .get(id)
            .unwrap_or_else(|| panic!("references.txt: '{word}' is for '{id}', whom no file has"))[0]
            .0;
        insert_name(&mut names, word, actor, reference(gazetteer::field(&fields, 2)));
    }
    let mut entries = Vec::new();
    for (keys, file) in [(&ids, "ids.fst"), (&surnames, "surnames.fst"), (&names, "names.fst")] {
        compile(keys, &mut entries, &out.join(file));
    }
    let mut table = format!(
        "/// Whom the keys of the automata lead to.\nstatic ENTRIES: [Entry; {}] = [\n",
        entries.len()
    );
    for (actor, reference) in entries {
        writeln!(table, "    ({actor}, Reference::{reference:?}),").expect("a text can be added to");
    }
    table.push_str("];\n");
    fs::write(out.join("entries.rs"), table).expect("the entries can be written");
}

/// How a word of `references.txt` refers to its actor.
fn reference(written: &str) -> Reference {
    match written {
        "adjective" => Reference::Adjective,
        "people" => Reference::People,
        "acronym" => Reference::Acronym,
        _ => Reference::Name,
    }
}

fn insert_name(names: &mut Keys, name: &str, actor: u32, reference: Reference) {
    let words: Vec<&str> = indexed(name).split_whitespace().map(indexed_word).collect();
    insert(names, &words.join(" "), actor, reference);
}

fn insert(keys: &mut Keys, key: &str, actor: u32, reference: Reference) {
    if key.is_empty() {
        return;
    }
    let known = keys.entry(key.to_owned()).or_default();
    if !known.iter().any(|(other, _)| *other == actor) {
        known.push((actor, reference));
    }
}

fn compile(keys: &Keys, entries: &mut Vec<(u32, Reference)>, file: &Path) {
    let stretches = keys.iter().map(|(key, found)| {
        let start = u64::try_from(entries.len()).expect("a table that memory holds");
        let count = u8::try_from(found.len()).expect("no name has more than 255 bearers");
        entries.extend(found);
        (key, start << 8 | u64::from(count))
    });
    write(stretches, file);
}

fn compile_list(list: &str, out: &Path) {
    let file = format!("src/actors/lexicon/{list}.txt");
    println!("cargo::rerun-if-changed={file}");
    let text = fs::read_to_string(file).expect("the list can be read");
    let words = text.lines().filter(|line| !line.starts_with('#')).map(|line| {
        // The letter of a sex stands after a given name.
        let (word, sex) = line.split_once(' ').filter(|_| list == "given-names").unwrap_or((line, ""));
        (word, sex.bytes().next().map_or(0, u64::from))
    });
    write(words, &out.join(format!("list-{list}.fst")));
}

fn write<K: AsRef<[u8]>>(outputs: impl Iterator<Item = (K, u64)>, file: &Path) {
    let map = fst::Map::from_iter(outputs).expect("the keys are sorted");
    fs::write(file, map.as_fst().as_bytes()).expect("the automaton can be written");
}
