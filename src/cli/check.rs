//! `onrecord check`: what an article's sourcing lacks.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, ValueEnum};
use rayon::prelude::*;

use super::output::{Checked, Format, Printer};
use crate::actors::Registry;
use crate::analysis::{Analysis, Setup};
use crate::rules::{self, Finding, Severity};
use crate::settings::Settings;
use crate::workspace::discover;

/// Files that are checked before their results are printed; bounds memory on large archives.
const BATCH: usize = 512;

/// Report claims nobody is on record for, thin sourcing and holes in the text.
#[derive(Args)]
pub struct Arguments {
    /// Files and folders; a folder is searched for .article and .txt, "-" is standard input.
    paths: Vec<PathBuf>,
    /// How results are printed.
    #[arg(long, value_enum, default_value_t = Format::Full)]
    output_format: Format,
    /// Only these rules: codes or beginnings of codes, separated by commas.
    #[arg(long, value_delimiter = ',', value_name = "CODE")]
    select: Vec<String>,
    /// Not these rules.
    #[arg(long, value_delimiter = ',', value_name = "CODE")]
    ignore: Vec<String>,
    /// The least severity that is printed.
    #[arg(long, value_enum, default_value_t = Level::Information, value_name = "LEVEL")]
    severity: Level,
    /// The least severity that makes the command end with 1.
    #[arg(long, value_enum, default_value_t = Level::Warning, value_name = "LEVEL")]
    fail_on: Level,
    /// The name standard input goes by in the results.
    #[arg(long, value_name = "NAME")]
    stdin_filename: Option<PathBuf>,
}

/// A severity as it is typed.
#[derive(Clone, Copy, ValueEnum)]
enum Level {
    Error,
    Warning,
    Information,
    Hint,
}

impl From<Level> for Severity {
    fn from(level: Level) -> Self {
        match level {
            Level::Error => Self::Error,
            Level::Warning => Self::Warning,
            Level::Information => Self::Information,
            Level::Hint => Self::Hint,
        }
    }
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> ExitCode {
    let unknown = arguments.select.iter().chain(&arguments.ignore).find(|prefix| !is_known(prefix));
    if let Some(unknown) = unknown {
        anstream::eprintln!(
            "error: no rule's code begins with '{unknown}'; 'onrecord rule --all' lists them"
        );
        return super::exit_code(true, false);
    }
    match check(arguments) {
        Ok((failed, found)) => super::exit_code(failed, found),
        Err(error) if super::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            anstream::eprintln!("error: standard output: {error}");
            super::exit_code(true, false)
        }
    }
}

fn is_known(prefix: &str) -> bool {
    !prefix.is_empty() && rules::all().iter().any(|rule| rule.code.starts_with(prefix))
}

/// Checks all articles; whether some could not be read, and whether something was found that
/// makes the command fail.
fn check(arguments: &Arguments) -> io::Result<(bool, bool)> {
    let (files, errors) = inputs(&arguments.paths);
    for (path, error) in &errors {
        super::complain(path, error);
    }
    let setup = Arc::new(Setup {
        registry: Registry::built_in(),
        settings: Settings { select: arguments.select.clone(), ignore: arguments.ignore.clone() },
        today: Some(jiff::ZonedDateTime::now().date()),
        ..Setup::default()
    });
    let (least, fail_on) = (Severity::from(arguments.severity), Severity::from(arguments.fail_on));
    let mut failed = !errors.is_empty();
    let mut found = false;
    let mut printer = Printer::new(arguments.output_format, anstream::stdout().lock());
    printer.begin()?;
    for batch in files.chunks(BATCH) {
        let results: Vec<_> = batch.par_iter().map(|path| check_one(path, &setup, least)).collect();
        for (path, result) in batch.iter().zip(results) {
            match result {
                Ok(mut checked) => {
                    if let Some(name) = arguments.stdin_filename.as_deref().filter(|_| path == Path::new("-"))
                    {
                        name.clone_into(&mut checked.path);
                    }
                    found |= checked.findings.iter().any(|finding| finding.severity >= fail_on);
                    printer.print(&checked)?;
                }
                Err(error) => {
                    super::complain(path, error);
                    failed = true;
                }
            }
        }
    }
    printer.end(files.len())?.flush()?;
    Ok((failed, found))
}

/// The files to check and the paths that could not be looked at.
fn inputs(paths: &[PathBuf]) -> (Vec<PathBuf>, Vec<(PathBuf, String)>) {
    if paths == [PathBuf::from("-")] {
        return (paths.to_vec(), Vec::new());
    }
    let found = discover(&super::or_here(paths));
    (found.files, found.errors)
}

fn check_one(
    path: &Path,
    setup: &Arc<Setup>,
    least: Severity,
) -> Result<Checked, crate::workspace::ReadError> {
    let text: Arc<str> = super::source(path)?.text.into();
    let analysis = Analysis::new(Arc::clone(&text), Arc::clone(setup));
    let findings: Vec<Finding> =
        analysis.findings().iter().filter(|finding| finding.severity >= least).cloned().collect();
    Ok(Checked { path: path.to_owned(), text, findings })
}
