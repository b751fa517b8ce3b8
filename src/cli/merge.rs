//! `onrecord merge`: two people's annotations in one article, what they disagree on as alternatives.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::pairs::{Pair, pairs};
use super::{complain, exit_code, write};
use crate::exchange::{Merged, merge};

/// Put two people's annotations of one text into one article: what both marked stays, the rest waits as alternatives.
///
/// An alternative has the class .alternative and the key from; an editor offers to take A's, B's or both.
#[derive(Args)]
pub struct Arguments {
    /// The first person's article, or a folder of them.
    a: PathBuf,
    /// The second person's article, or a folder with the same names in it.
    b: PathBuf,
    /// The merged article, or a folder for the merged articles.
    #[arg(short, long, value_name = "C")]
    output: PathBuf,
    /// Write over files that are there.
    #[arg(long)]
    force: bool,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> ExitCode {
    let (pairs, mut failed) = pairs(&arguments.a, &arguments.b);
    let of_folders = arguments.a.is_dir();
    for pair in &pairs {
        let path = if of_folders { arguments.output.join(&pair.name) } else { arguments.output.clone() };
        failed |= one(pair, &path, arguments.force).is_err();
    }
    exit_code(failed, false)
}

/// Writes the article of `pair` to `path`, and what has no place in it beside it; says what waits.
fn one(pair: &Pair, path: &Path, force: bool) -> Result<(), ()> {
    let comparison = pair.compare()?;
    let merged = merge(&super::stem(path), &comparison).map_err(|error| complain(&pair.a.path, error))?;
    for input in [&pair.a.path, &pair.b.path] {
        if super::is_same_file(input, path) {
            complain(path, "this is one of the articles that are merged; name another file");
            return Err(());
        }
    }
    let beside = {
        let mut name = path.as_os_str().to_owned();
        name.push(".json");
        PathBuf::from(name)
    };
    let needs_beside = !merged.beside.is_empty();
    for file in [Some(path), needs_beside.then_some(beside.as_path())].into_iter().flatten() {
        super::spare(file, force)?;
    }
    let put = |path: &Path, bytes: &[u8]| {
        let folder = path.parent().unwrap_or(Path::new(""));
        let made = if folder.as_os_str().is_empty() { Ok(()) } else { std::fs::create_dir_all(folder) };
        made.and_then(|()| write::replace(path, bytes)).map_err(|error| complain(path, error))
    };
    put(path, &pair.a.encoding.encode(&merged.article))?;
    if needs_beside {
        put(&beside, merged.annotations.sidecar(&merged.beside).as_bytes())?;
    } else if force && beside.is_file() {
        std::fs::remove_file(&beside).map_err(|error| complain(&beside, error))?;
    }
    for left in &merged.beside {
        let words = merged.annotations.words(&left.span);
        anstream::eprintln!(
            "warning: {}: '{words}' stands in {}: {}",
            path.display(),
            beside.display(),
            left.why
        );
    }
    anstream::eprintln!("{}: {}", path.display(), told(&merged));
    Ok(())
}

/// What came of it, a sentence.
fn told(merged: &Merged) -> String {
    let agreed = super::counted(merged.agreed, "span");
    match merged.questions {
        0 => format!("{agreed} agreed, nothing to settle."),
        count => format!("{agreed} agreed, {} to settle.", super::counted(count, "disagreement")),
    }
}
