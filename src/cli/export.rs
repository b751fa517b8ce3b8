//! `onrecord export`: what was found, in other forms.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, ValueEnum};
use rayon::prelude::*;

use crate::analysis::Analysis;
use crate::exchange;
use crate::workspace::discover;

/// Articles that are exported before their rows are printed; bounds memory on large archives.
const BATCH: usize = 512;

/// Export who said what, or who is named, one JSON line an article.
#[derive(Args)]
pub struct Arguments {
    /// Files and folders; a folder is searched for .article and .txt, "-" is standard input.
    paths: Vec<PathBuf>,
    /// What is exported.
    #[arg(long, value_enum)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// Source, cue and content of each attribution.
    Attributions,
    /// Who is named, and who each name is.
    Mentions,
    /// The attributions a person marked, with the clean text; what "onrecord evaluate" reads.
    Annotations,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> ExitCode {
    match export(arguments) {
        Ok(failed) => super::exit_code(failed, false),
        Err(error) if super::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            anstream::eprintln!("error: standard output: {error}");
            super::exit_code(true, false)
        }
    }
}

/// Exports all articles; whether some could not be read.
fn export(arguments: &Arguments) -> io::Result<bool> {
    let found = discover(&super::or_here(&arguments.paths));
    for (path, error) in &found.errors {
        super::complain(path, error);
    }
    let mut failed = !found.errors.is_empty();
    let mut out = io::BufWriter::new(io::stdout().lock());
    for batch in found.files.chunks(BATCH) {
        let rows: Vec<_> = batch.par_iter().map(|path| row(path, arguments.format)).collect();
        for (path, row) in batch.iter().zip(rows) {
            match row {
                Ok(row) => writeln!(out, "{row}")?,
                Err(error) => {
                    super::complain(path, error);
                    failed = true;
                }
            }
        }
    }
    out.flush()?;
    Ok(failed)
}

fn row(path: &Path, format: Format) -> Result<String, Box<dyn std::error::Error + Send + Sync>> {
    let text = super::source(path)?.text;
    let name = path.display().to_string();
    let analysis = |text: String| Analysis::new(text.into(), Arc::default());
    Ok(match format {
        Format::Attributions => serde_json::to_string(&exchange::attributions(&name, &analysis(text)))?,
        Format::Mentions => serde_json::to_string(&exchange::mentions(&name, &analysis(text)))?,
        Format::Annotations => {
            let article = exchange::GoldArticle::marked(&super::stem(path), &text);
            serde_json::to_string(&exchange::GoldRow { path: Some(name), ..article.row() })?
        }
    })
}
