//! Annotations made elsewhere, as spans of articles.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::Arguments;
use crate::cli::{Folder, complain, exit_code, source, stem};
use crate::exchange::{self, Imported, ToolFormat};

/// Imports the files of `tool`; without one, rows of attributions.
pub(super) fn import(arguments: &Arguments, tool: Option<ToolFormat>) -> ExitCode {
    let mut failed = false;
    let mut folders: BTreeMap<PathBuf, Folder> = BTreeMap::new();
    let extension = tool.map_or("jsonl", ToolFormat::extension);
    for path in arguments.files(&[extension], &mut failed) {
        let folder = arguments.folder(&path);
        let out = folders.entry(folder.clone()).or_insert_with(|| Folder::new(Some(folder), arguments.force));
        let Ok(text) = source(&path).map_err(|error| complain(&path, error)) else {
            failed = true;
            continue;
        };
        let text = text.text;
        if let Some(tool) = tool {
            failed |= import_file(&path, &text, tool, out).is_err();
            continue;
        }
        let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        for (index, line) in lines {
            failed |= import_row(&path, index + 1, line, out).is_err();
        }
    }
    exit_code(failed, false)
}

/// Makes an article of one file; complains where it cannot.
fn import_file(path: &Path, text: &str, format: ToolFormat, out: &mut Folder) -> Result<(), ()> {
    let beside = |name: &str| match name.strip_prefix('.') {
        Some(extension) => other(&path.with_extension(extension)),
        None => other(&path.with_file_name(Path::new(name).file_name().unwrap_or_default())),
    };
    let imported = format
        .import(&stem(path), text, &beside)
        .map_err(|error| anstream::eprintln!("error: {}:{error}", path.display()))?;
    write(path, &imported, out)
}

/// Makes an article of one row of attributions.
fn import_row(path: &Path, number: usize, line: &str, out: &mut Folder) -> Result<(), ()> {
    let file = |name: &str| {
        // A path is of the folder the export ran in, or of the one its file is in.
        let near = path.parent().unwrap_or(Path::new("")).join(name);
        other(if Path::new(name).exists() { Path::new(name) } else { &near })
    };
    let imported = exchange::read_attributions(line, &file)
        .map_err(|error| anstream::eprintln!("error: {}:{number}: {error}", path.display()))?;
    write(path, &imported, out)
}

/// The text of another file that one names.
fn other(path: &Path) -> Result<String, String> {
    source(path).map(|source| source.text).map_err(|error| format!("{}: {error}", path.display()))
}

/// Writes the article, and what has no place in it beside it.
pub(super) fn write(path: &Path, imported: &Imported, out: &mut Folder) -> Result<(), ()> {
    for lost in &imported.lost {
        anstream::eprintln!("warning: {}: {lost}", path.display());
    }
    let name = &imported.annotations.name;
    let written = imported.annotations.write();
    out.write(&format!("{name}.article"), written.article.as_bytes())?;
    if written.leftovers.is_empty() {
        return Ok(());
    }
    for left in &written.leftovers {
        let words = imported.annotations.words(&left.span);
        anstream::eprintln!(
            "warning: {}: '{words}' stands in {name}.article.json: {}",
            path.display(),
            left.why
        );
    }
    out.write(&format!("{name}.article.json"), imported.annotations.sidecar(&written.leftovers).as_bytes())
}
