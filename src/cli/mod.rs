//! The command line: one file a command. Results go to standard output, all else to standard error.

pub mod actors;
pub mod agreement;
pub mod annotate;
pub mod check;
pub mod completions;
pub mod config;
pub mod evaluate;
pub mod export;
pub mod figures;
mod fingerprint;
mod fix;
pub mod fmt;
pub mod import;
mod lines;
pub mod man;
pub mod merge;
mod output;
mod pairs;
pub mod rule;
mod setups;
pub mod strip;
pub mod train;
mod write;

use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use rustc_hash::FxHashSet;

use crate::article::Sidecar;
use crate::attribution::Model;
use crate::exchange::{Annotations, ImportError};
use crate::text::{Places, TextRange};
use crate::workspace::{ReadError, Source, decode, discover, read, read_sidecar, sidecar_path};

/// The exit code of a command that could not do all it was asked.
const COULD_NOT: u8 = 2;

/// Why what is made of an article has no place of its own.
const SAME_NAME: &str = "two articles have this name; export or import their folders one by one";

/// Reads `path`; `-` is standard input.
fn source(path: &Path) -> Result<Source, ReadError> {
    if path != Path::new("-") {
        return read(path);
    }
    let mut bytes = Vec::new();
    io::stdin().read_to_end(&mut bytes)?;
    decode(bytes)
}

/// The name of the file at `path` without its extension.
fn stem(path: &Path) -> String {
    path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned())
}

/// The option that names a model.
#[derive(clap::Args)]
struct ModelArgument {
    /// The file of a model made by "onrecord train"; without it what onrecord.toml says, or the built-in.
    #[arg(long, value_name = "MODEL")]
    model: Option<PathBuf>,
}

impl ModelArgument {
    /// The model it names; complains and gives none where there is no such model.
    fn read(&self) -> Result<Option<Model>, ()> {
        let Some(path) = &self.model else { return Ok(None) };
        let model = std::fs::read(path).map_err(|error| error.to_string());
        let model = model.and_then(|file| Model::read(file.into()).map_err(|error| error.to_string()));
        model.map(Some).map_err(|error| complain(path, error))
    }
}

/// The option that says how sure the engine has to be.
#[derive(clap::Args)]
struct ConfidenceArgument {
    /// Leave out attributions that are less likely than this, from 0 to 1.
    #[arg(long, value_name = "SHARE", default_value_t = Model::BALANCED, value_parser = share)]
    confidence: f32,
}

fn share(text: &str) -> Result<f32, String> {
    let share = text.parse().ok().filter(|share| (0.0..=1.0).contains(share));
    share.ok_or_else(|| "a number from 0 to 1 belongs here".to_owned())
}

/// Says on standard error what is wrong with `path`.
fn complain(path: &Path, error: impl std::fmt::Display) {
    anstream::eprintln!("error: {}: {error}", path.display());
}

/// The annotations of `text`, the article at `path`, and those of the file beside it, `NAME.article.json`; complains
/// of what is wrong with that, and warns of what is not in the text any more.
fn annotations(path: &Path, text: &str) -> Result<Annotations, ()> {
    let mut annotations = Annotations::read(&stem(path), text);
    let beside = sidecar_path(path);
    if let Some((_, sidecar)) = read_sidecar(path).map_err(|error| complain(&beside, error))? {
        let added = add_sidecar(&mut annotations, &beside, &sidecar);
        added.map_err(|error| anstream::eprintln!("error: {}:{error}", beside.display()))?;
    }
    Ok(annotations)
}

/// Puts what the file `beside`, which is `sidecar`, says into `annotations`; warns of what is not in the text any more.
fn add_sidecar(annotations: &mut Annotations, beside: &Path, sidecar: &Sidecar) -> Result<(), ImportError> {
    for lost in annotations.add_sidecar(sidecar)? {
        anstream::eprintln!("warning: {}: {lost}", beside.display());
    }
    Ok(())
}

/// The folder files are written to, each once.
struct Folder {
    path: PathBuf,
    force: bool,
    written: FxHashSet<String>,
}

impl Folder {
    /// The folder at `path`, or where the command runs; with `force`, what is there is written over.
    fn new(path: Option<PathBuf>, force: bool) -> Self {
        Self { path: path.unwrap_or_default(), force, written: FxHashSet::default() }
    }

    /// Writes the file `name`, and complains where that cannot be.
    fn write(&mut self, name: &str, bytes: &[u8]) -> Result<(), ()> {
        let path = self.path.join(name);
        if !self.written.insert(name.to_owned()) {
            complain(&path, SAME_NAME);
            return Err(());
        }
        spare(&path, self.force)?;
        std::fs::create_dir_all(path.parent().unwrap_or(Path::new("")))
            .and_then(|()| write::replace(&path, bytes))
            .map_err(|error| complain(&path, error))
    }
}

/// Complains where a file is at `path`, unless `force` says to write over it. What is written to a pipe or a device
/// takes nothing from it.
fn spare(path: &Path, force: bool) -> Result<(), ()> {
    if path.is_file() && !force {
        complain(path, "the file is there already; --force writes over it");
        return Err(());
    }
    Ok(())
}

/// Complains where a file is at `path` that has something in it and is none of those a command writes: `is_own` knows
/// them, `kind` says what they are. Complains as well where there is no folder for it: what takes long is not to end so.
fn spare_foreign(path: &Path, kind: &str, is_own: impl Fn(Vec<u8>) -> bool) -> Result<(), ()> {
    write::has_folder(path).map_err(|error| complain(path, error))?;
    if !path.is_file() {
        return Ok(());
    }
    let there = std::fs::read(path).map_err(|error| complain(path, error))?;
    if there.is_empty() || is_own(there) {
        return Ok(());
    }
    complain(
        path,
        format_args!("the file is there already and is no {kind}; delete it or name another file"),
    );
    Err(())
}

/// Whether both paths lead to one file that is there.
fn is_same_file(a: &Path, b: &Path) -> bool {
    std::fs::canonicalize(a).is_ok_and(|a| std::fs::canonicalize(b).is_ok_and(|b| a == b))
}

/// The files of `paths`: those named and the articles of folders, and "-", standard input, where it is alone; complains
/// of paths that cannot be looked at, and whether there were any.
fn inputs(paths: &[PathBuf]) -> (Vec<PathBuf>, bool) {
    if paths == [PathBuf::from("-")] {
        return (paths.to_vec(), false);
    }
    let found = discover(&or_here(paths));
    for (path, error) in &found.errors {
        complain(path, error);
    }
    (found.files, !found.errors.is_empty())
}

/// The place of `range` as messages name it: path, line and column from 1.
fn place(path: &Path, places: &Places<'_>, range: TextRange) -> String {
    let place = places.at(range.start());
    format!("{}:{}:{}", path.display(), place.line, place.column)
}

/// The code to end with: 2 when something could not be done, 1 when something was found, else 0.
fn exit_code(failed: bool, found: bool) -> ExitCode {
    ExitCode::from(if failed { COULD_NOT } else { u8::from(found) })
}

/// So many of a thing: "1 article", "2 articles".
fn counted(count: usize, thing: &str) -> String {
    format!("{count} {thing}{}", if count == 1 { "" } else { "s" })
}

/// Where an article stands whose settings `path` asks for: a folder, also the one the command runs in (""), stands for
/// the articles in it.
fn article_at(path: &Path) -> PathBuf {
    if path == Path::new("") || path.is_dir() { path.join("-") } else { path.to_owned() }
}

/// `paths`, or the folder the command runs in.
fn or_here(paths: &[PathBuf]) -> Vec<PathBuf> {
    if paths.is_empty() { vec![PathBuf::from(".")] } else { paths.to_vec() }
}

/// Whether an error of standard output only means that nobody reads any more.
fn is_broken_pipe(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::BrokenPipe
}

/// Prints `bytes`; the code to end with.
fn print(bytes: &[u8]) -> ExitCode {
    match io::stdout().write_all(bytes) {
        Err(error) if !is_broken_pipe(&error) => {
            complain(Path::new("-"), error);
            exit_code(true, false)
        }
        _ => ExitCode::SUCCESS,
    }
}
