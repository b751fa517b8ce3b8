//! `onrecord actors`: the registry.

use std::borrow::Cow;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::builder::PossibleValue;
use clap::{Args, Subcommand, ValueEnum};
use ignore::WalkBuilder;

use crate::actors::{Actor, ActorKind, Alias, Reference, Role, slug};
use crate::article::Date;
use crate::exchange::{RegistryFormat, read_actors, read_dna_actors};
use crate::settings::Severity;
use crate::text::{Places, range};
use crate::workspace::{ACTORS_FILE, ActorsFile, KnownActors, Registries, is_id, to_toml};

/// Look up, check, extend and import the registry of actors (actors.toml).
#[derive(Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Who a name can mean here: in actors.toml of this folder and those above, and built in.
    Find {
        /// A name, a part of one, or an id.
        name: String,
    },
    /// Report what is wrong in registry files.
    Check {
        /// Registry files, and folders to search for actors.toml.
        paths: Vec<PathBuf>,
    },
    /// Write a new actor into actors.toml.
    Add(New),
    /// Print the actors of a file from elsewhere as entries of actors.toml.
    Import {
        /// What the file is.
        #[arg(long, value_enum)]
        format: Format,
        /// The file; "-" is standard input.
        file: PathBuf,
    },
}

#[derive(Args)]
struct New {
    /// The name.
    name: String,
    /// The id; made of the name when it is not given.
    #[arg(long)]
    id: Option<String>,
    /// What it is.
    #[arg(long, value_enum, default_value_t = ActorKind::Person)]
    kind: ActorKind,
    /// Another name; may be given several times.
    #[arg(long = "alias", value_name = "NAME")]
    aliases: Vec<String>,
    /// A sentence about it.
    #[arg(long, default_value = "")]
    note: String,
    /// An office it held.
    #[arg(long)]
    title: Option<String>,
    /// Of what the office is: an id or words.
    #[arg(long, requires = "title")]
    of: Option<String>,
    /// The first day of the office.
    #[arg(long, requires = "title", value_name = "YYYY-MM-DD")]
    from: Option<Date>,
    /// The last day of the office.
    #[arg(long, requires = "title", value_name = "YYYY-MM-DD")]
    to: Option<Date>,
    /// Its item in Wikidata.
    #[arg(long, value_name = "Q…", value_parser = item)]
    wikidata: Option<String>,
    /// The registry to write to; the nearest from here upwards, or a new one here, when it is not given.
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
}

/// An item of Wikidata as it is typed.
fn item(text: &str) -> Result<String, String> {
    let number =
        text.strip_prefix('Q').filter(|number| number.starts_with(|first| matches!(first, '1'..='9')));
    if number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit())) {
        Ok(text.to_owned())
    } else {
        Err("an item of Wikidata is a Q and its number, as in Q42".to_owned())
    }
}

impl ValueEnum for ActorKind {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.as_str()))
    }
}

/// A form as it is typed.
#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// Wikidata's entities as JSON.
    Wikidata,
    /// A table: id, name, aliases (parted by ";"), kind, note, sex, country, title, of, from, to, wikidata, website.
    Csv,
    /// A dictionary of actors for PETRARCH or TABARI.
    Petrarch,
    /// The Discourse Network Analyzer's attributes of entities as CSV, or its database (.dna).
    Dna,
}

impl From<Format> for RegistryFormat {
    fn from(format: Format) -> Self {
        match format {
            Format::Wikidata => Self::Wikidata,
            Format::Csv => Self::Csv,
            Format::Petrarch => Self::Petrarch,
            Format::Dna => Self::Dna,
        }
    }
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> ExitCode {
    let done = match &arguments.command {
        Command::Find { name } => find(name),
        Command::Check { paths } => check(&super::or_here(paths)),
        Command::Add(new) => add(new),
        Command::Import { format, file } => import((*format).into(), file),
    };
    match done {
        Ok(code) => code,
        Err(error) if super::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            anstream::eprintln!("error: {error}");
            super::exit_code(true, false)
        }
    }
}

/// The actors known in the folder the command runs in.
fn known_here() -> std::sync::Arc<KnownActors> {
    Registries::default().of(Path::new(ACTORS_FILE))
}

fn find(name: &str) -> io::Result<ExitCode> {
    let known = known_here();
    let lower = name.to_lowercase();
    let whole: Vec<_> = known.registry.named(name).into_iter().map(|(actor, _)| actor).collect();
    let mut out = io::stdout().lock();
    let mut found = false;
    let mut shown = rustc_hash::FxHashSet::default();
    for at in known.registry.all() {
        let Some(actor) = known.registry.get(at) else { continue };
        let fits = whole.contains(&at)
            || actor.id.contains(&lower)
            || actor.name.to_lowercase().contains(&lower)
            || actor.aliases.iter().any(|alias| alias.text.to_lowercase().contains(&lower));
        if fits && shown.insert(actor.id.clone()) {
            found = true;
            print(&mut out, &known, actor)?;
        }
    }
    if !found {
        anstream::eprintln!("Nobody is called '{name}'. 'onrecord actors add' writes a new actor.");
    }
    Ok(super::exit_code(false, !found))
}

/// One actor: id, name, kind, offices, and where the entry stands.
fn print(out: &mut impl Write, known: &KnownActors, actor: &Actor) -> io::Result<()> {
    let place = known.entry(&actor.id).map_or_else(
        || "built in".to_owned(),
        |(file, entry)| super::place(&file.path, &Places::new(&file.text), entry.id),
    );
    writeln!(out, "{}  {} ({})  {place}", actor.id, actor.name, actor.kind.as_str())?;
    for role in &actor.roles {
        let of = role.of.as_deref().map_or_else(String::new, |of| format!(" of {of}"));
        let day = |day: Option<Date>| day.map_or_else(|| "…".to_owned(), |day| day.to_string());
        writeln!(out, "    {}{of}, {} to {}", role.title, day(role.from), day(role.to))?;
    }
    Ok(())
}

fn check(paths: &[PathBuf]) -> io::Result<ExitCode> {
    let mut out = io::stdout().lock();
    let (mut failed, mut found) = (false, false);
    for path in registries(paths) {
        let text = match super::source(&path) {
            Ok(source) => source.text,
            Err(error) => {
                super::complain(&path, error);
                failed = true;
                continue;
            }
        };
        let places = Places::new(&text);
        for fault in ActorsFile::parse(&text).faults {
            let place = super::place(&path, &places, fault.range);
            writeln!(out, "{place}: {}: {}", fault.severity.name(), fault.message)?;
            found = true;
        }
    }
    Ok(super::exit_code(failed, found))
}

/// The registry files among `paths` and in its folders.
fn registries(paths: &[PathBuf]) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for path in paths {
        if !path.is_dir() {
            out.push(path.clone());
            continue;
        }
        let walk = WalkBuilder::new(path).sort_by_file_path(Path::cmp).require_git(false).build();
        let files = walk.flatten().map(ignore::DirEntry::into_path);
        out.extend(files.filter(|file| file.file_name().is_some_and(|name| name == ACTORS_FILE)));
    }
    out
}

fn add(new: &New) -> io::Result<ExitCode> {
    let refuse = |message: String| Err(io::Error::other(message));
    let known = known_here();
    let id = new.id.clone().unwrap_or_else(|| slug(&new.name));
    if !is_id(&id) {
        return refuse(format!(
            "'{id}' is no id: letters, digits, '-', '_', '.' and '/' make one. Give one with --id."
        ));
    }
    let path = new.file.clone().or_else(|| known.nearest().map(Path::to_owned));
    let path = path.unwrap_or_else(|| PathBuf::from(ACTORS_FILE));
    let before = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(error) => return refuse(format!("{}: {error}", path.display())),
    };
    if let Some(entry) = ActorsFile::parse(&before).entry(&id) {
        return refuse(format!(
            "{}: [{id}] is there already.",
            super::place(&path, &Places::new(&before), entry.id)
        ));
    }
    let actor = actor(new, id);
    let gap = if before.is_empty() || before.ends_with("\n\n") {
        ""
    } else if before.ends_with('\n') {
        "\n"
    } else {
        "\n\n"
    };
    let text = format!("{before}{gap}{}", to_toml(&actor));
    let written = range(before.len(), text.len());
    let faults = ActorsFile::parse(&text).faults;
    let of_entry = |fault: &&crate::workspace::RegistryFault| written.contains_range(fault.range);
    if let Some(fault) = faults.iter().filter(of_entry).find(|fault| fault.severity == Severity::Error) {
        return refuse(fault.message.clone());
    }
    super::write::replace(&path, text.as_bytes())
        .map_err(|error| io::Error::other(format!("{}: {error}", path.display())))?;
    let places = Places::new(&text);
    for fault in faults.iter().filter(of_entry) {
        anstream::eprintln!("warning: {}: {}", super::place(&path, &places, fault.range), fault.message);
    }
    anstream::println!("{}: [{}] {}", path.display(), actor.id, actor.name);
    Ok(ExitCode::SUCCESS)
}

/// The actor that options describe.
fn actor(new: &New, id: String) -> Actor {
    let alias = |text: &String| Alias { text: Cow::Owned(text.clone()), reference: Reference::Name };
    let role = new.title.as_ref().map(|title| Role {
        title: Cow::Owned(title.clone()),
        of: new.of.clone().map(Cow::Owned),
        from: new.from,
        to: new.to,
    });
    Actor {
        id: Cow::Owned(id),
        name: Cow::Owned(new.name.clone()),
        aliases: new.aliases.iter().map(alias).collect(),
        kind: new.kind,
        note: Cow::Owned(new.note.clone()),
        sex: None,
        country: None,
        roles: role.into_iter().collect(),
        links: new.wikidata.iter().map(|id| (Cow::Borrowed("wikidata"), Cow::Owned(id.clone()))).collect(),
    }
}

/// How a database file begins.
const DATABASE: &[u8] = b"SQLite format 3\0";

fn import(format: RegistryFormat, file: &Path) -> io::Result<ExitCode> {
    let database = (format == RegistryFormat::Dna)
        .then(|| std::fs::read(file).ok())
        .flatten()
        .filter(|bytes| bytes.starts_with(DATABASE));
    let read = if let Some(bytes) = database {
        read_dna_actors(&bytes)
    } else {
        match super::source(file) {
            Ok(source) => read_actors(format, &source.text),
            Err(error) => {
                super::complain(file, error);
                return Ok(super::exit_code(true, false));
            }
        }
    };
    let actors = match read {
        Ok(actors) => actors,
        Err(error) => {
            anstream::eprintln!("error: {}:{error}", file.display());
            return Ok(super::exit_code(true, false));
        }
    };
    let entries: Vec<String> = actors.iter().map(to_toml).collect();
    io::stdout().lock().write_all(entries.join("\n").as_bytes())?;
    Ok(ExitCode::SUCCESS)
}
