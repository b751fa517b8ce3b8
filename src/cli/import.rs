//! `onrecord import`: annotations made elsewhere, as spans of articles.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use ignore::WalkBuilder;

use crate::exchange::{self, Imported, ToolFormat};

/// Make articles of the files of an annotation tool. What an article cannot hold is said; spans that
/// cross others go to NAME.article.json.
#[derive(Args)]
pub struct Arguments {
    /// Files, and folders to search for files of the format.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// What the files are.
    #[arg(long, value_enum)]
    format: Format,
    /// Where the articles are written; without it, beside each file.
    #[arg(short, long, value_name = "DIR")]
    output_dir: Option<PathBuf>,
    /// Write over articles that are there.
    #[arg(long)]
    force: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// brat: .ann files, each with its text beside it as .txt.
    Brat,
    /// W3C Web Annotation: .json files, each with the text it names beside it.
    Webannotation,
    /// INCEpTION: UIMA's CAS as JSON, a .json file an article.
    CasJson,
    /// INCEpTION: UIMA's CAS as XMI, an .xmi file an article.
    CasXmi,
    /// INCEpTION and WebAnno: TSV 3, a .tsv file an article.
    WebannoTsv,
    /// JSON lines of "onrecord export --format attributions", or of a corpus with its text.
    Attributions,
}

impl Format {
    /// The tool that the files are of.
    fn tool(self) -> Option<ToolFormat> {
        match self {
            Self::Brat => Some(ToolFormat::Brat),
            Self::Webannotation => Some(ToolFormat::WebAnnotation),
            Self::CasJson => Some(ToolFormat::CasJson),
            Self::CasXmi => Some(ToolFormat::CasXmi),
            Self::WebannoTsv => Some(ToolFormat::WebannoTsv),
            Self::Attributions => None,
        }
    }
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> ExitCode {
    let tool = arguments.format.tool();
    let mut failed = false;
    let mut folders: BTreeMap<PathBuf, super::Folder> = BTreeMap::new();
    for path in files(&arguments.paths, tool.map_or(".jsonl", ToolFormat::extension), &mut failed) {
        let folder = arguments.output_dir.clone();
        let folder = folder.or_else(|| path.parent().map(Path::to_owned)).unwrap_or_default();
        let out = folders
            .entry(folder.clone())
            .or_insert_with(|| super::Folder::new(Some(folder), arguments.force));
        let Ok(text) = super::source(&path).map_err(|error| super::complain(&path, error)) else {
            failed = true;
            continue;
        };
        let text = text.text;
        if let Some(tool) = tool {
            failed |= import(&path, &text, tool, out).is_err();
            continue;
        }
        let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        for (index, line) in lines {
            failed |= import_row(&path, index + 1, line, out).is_err();
        }
    }
    super::exit_code(failed, false)
}

/// The files among `paths` and those in its folders that end in `extension`.
fn files(paths: &[PathBuf], extension: &str, failed: &mut bool) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for path in paths {
        if !path.is_dir() {
            out.push(path.clone());
            continue;
        }
        let walk = WalkBuilder::new(path).sort_by_file_path(Path::cmp).require_git(false).build();
        let found = walk.flatten().map(ignore::DirEntry::into_path);
        let before = out.len();
        out.extend(found.filter(|file| file.to_string_lossy().ends_with(extension) && file.is_file()));
        if out.len() == before {
            super::complain(path, format!("there is no file that ends in '{extension}'"));
            *failed = true;
        }
    }
    out
}

/// Makes an article of one file; complains where it cannot.
fn import(path: &Path, text: &str, format: ToolFormat, out: &mut super::Folder) -> Result<(), ()> {
    let beside = |name: &str| match name.strip_prefix('.') {
        Some(extension) => other(&path.with_extension(extension)),
        None => other(&path.with_file_name(Path::new(name).file_name().unwrap_or_default())),
    };
    let imported = format
        .import(&super::stem(path), text, &beside)
        .map_err(|error| anstream::eprintln!("error: {}:{error}", path.display()))?;
    write(path, &imported, out)
}

/// Makes an article of one row of attributions.
fn import_row(path: &Path, number: usize, line: &str, out: &mut super::Folder) -> Result<(), ()> {
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
    super::source(path).map(|source| source.text).map_err(|error| format!("{}: {error}", path.display()))
}

/// Writes the article, and what has no place in it beside it.
fn write(path: &Path, imported: &Imported, out: &mut super::Folder) -> Result<(), ()> {
    for lost in &imported.lost {
        anstream::eprintln!("warning: {}: {lost}", path.display());
    }
    let name = &imported.annotations.name;
    let written = imported.annotations.write();
    out.write(&format!("{name}.article"), &written.article)?;
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
    out.write(&format!("{name}.article.json"), &imported.annotations.sidecar(&written.leftovers))
}
