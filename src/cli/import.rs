//! `onrecord import`: annotations made elsewhere, as spans of articles.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use ignore::WalkBuilder;

use crate::exchange::{Imported, ToolFormat};

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
}

impl From<Format> for ToolFormat {
    fn from(format: Format) -> Self {
        match format {
            Format::Brat => Self::Brat,
            Format::Webannotation => Self::WebAnnotation,
            Format::CasJson => Self::CasJson,
            Format::CasXmi => Self::CasXmi,
            Format::WebannoTsv => Self::WebannoTsv,
        }
    }
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> ExitCode {
    let format = ToolFormat::from(arguments.format);
    let mut failed = false;
    let mut folders: Vec<(PathBuf, super::Folder)> = Vec::new();
    for path in files(&arguments.paths, format.extension(), &mut failed) {
        let Ok(imported) = import(&path, format) else {
            failed = true;
            continue;
        };
        let folder = arguments.output_dir.clone();
        let folder = folder.or_else(|| path.parent().map(Path::to_owned)).unwrap_or_default();
        let out = match folders.iter().position(|(known, _)| *known == folder) {
            Some(at) => &mut folders[at].1,
            None => {
                let out = super::Folder::new(Some(folder.clone()), arguments.force);
                folders.push((folder, out));
                let last = folders.len() - 1;
                &mut folders[last].1
            }
        };
        failed |= write(&path, &imported, out).is_err();
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

/// Reads one file; complains where it cannot.
fn import(path: &Path, format: ToolFormat) -> Result<Imported, ()> {
    let text = super::source(path).map_err(|error| super::complain(path, error))?.text;
    let beside = |name: &str| {
        let path = match name.strip_prefix('.') {
            Some(extension) => path.with_extension(extension),
            None => path.with_file_name(name),
        };
        super::source(&path).map(|source| source.text).map_err(|error| format!("{}: {error}", path.display()))
    };
    format
        .import(&super::stem(path), &text, &beside)
        .map_err(|error| anstream::eprintln!("error: {}:{error}", path.display()))
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
