//! `onrecord check`: what an article's sourcing lacks.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, ValueEnum};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::output::{Checked, Format, Printer};
use crate::analysis::{Analysis, Setup};
use crate::article::Date;
use crate::attribution::Model;
use crate::rules::{self, Finding, Severity};
use crate::settings::{Profile, Settings};
use crate::workspace::{ConfigError, Configs, KnownActors, ReadError, Registries, discover};

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
    /// Which rules speak; without it what onrecord.toml says, or news.
    #[arg(long, value_enum, value_name = "PROFILE")]
    profile: Option<Desk>,
    /// Do not look for an onrecord.toml.
    #[arg(long)]
    no_config: bool,
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
    #[command(flatten)]
    model: super::ModelArgument,
    /// The name standard input goes by in the results.
    #[arg(long, value_name = "NAME")]
    stdin_filename: Option<PathBuf>,
}

/// A profile as it is typed.
#[derive(Clone, Copy, ValueEnum)]
enum Desk {
    /// A newsroom's copy.
    News,
    /// Every rule, and claims are asked for sooner.
    Strict,
    /// Analytic reports: each judgement needs a source.
    Intelligence,
    /// The format alone.
    Research,
}

impl From<Desk> for Profile {
    fn from(desk: Desk) -> Self {
        match desk {
            Desk::News => Self::News,
            Desk::Strict => Self::Strict,
            Desk::Intelligence => Self::Intelligence,
            Desk::Research => Self::Research,
        }
    }
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
    let Ok(model) = arguments.model.read() else { return super::exit_code(true, false) };
    match check(arguments, model) {
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
fn check(arguments: &Arguments, model: Option<Model>) -> io::Result<(bool, bool)> {
    let (files, errors) = inputs(&arguments.paths);
    for (path, error) in &errors {
        super::complain(path, error);
    }
    let mut setups = Setups::new(arguments, model);
    let (least, fail_on) = (Severity::from(arguments.severity), Severity::from(arguments.fail_on));
    let mut failed = !errors.is_empty();
    let mut found = false;
    let mut printer = Printer::new(arguments.output_format, anstream::stdout().lock());
    printer.begin()?;
    for batch in files.chunks(BATCH) {
        let each: Vec<_> = batch.iter().map(|path| setups.of(path)).collect();
        let results: Vec<_> =
            batch.par_iter().zip(each).map(|(path, setup)| check_one(path, &setup?, least)).collect();
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
    printer.end()?.flush()?;
    Ok((failed || setups.failed, found))
}

/// Why an article was not checked.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Read(#[from] ReadError),
}

/// The setups of many files: one for all that have the same settings.
struct Setups<'a> {
    arguments: &'a Arguments,
    configs: Configs,
    /// The model the command names.
    model: Option<Model>,
    registries: Registries,
    /// By the registry and the configuration that hold, and what they come to.
    known: FxHashMap<(Option<PathBuf>, Option<PathBuf>, Settings), Arc<Setup>>,
    today: Date,
    /// Whether something in a registry could not be read.
    failed: bool,
}

impl<'a> Setups<'a> {
    fn new(arguments: &'a Arguments, model: Option<Model>) -> Self {
        let today = jiff::ZonedDateTime::now().date();
        Self {
            arguments,
            configs: Configs::default(),
            model,
            registries: Registries::default(),
            known: FxHashMap::default(),
            today,
            failed: false,
        }
    }

    /// The setup for `path`: what its `onrecord.toml` says, then what the command's options say.
    fn of(&mut self, path: &Path) -> Result<Arc<Setup>, ConfigError> {
        let place = match &self.arguments.stdin_filename {
            Some(name) if path == Path::new("-") => name,
            _ => path,
        };
        let config = if self.arguments.no_config { None } else { self.configs.of(place)? };
        let settings = config.as_ref().map(|config| config.settings(place)).unwrap_or_default();
        let mut settings = settings.with(&self.arguments.select, &self.arguments.ignore);
        if let Some(profile) = self.arguments.profile {
            settings.profile = profile.into();
        }
        let today = Some(self.today);
        let actors = self.registries.of(place);
        let from = config.as_ref().map(|config| config.path().to_owned());
        let key = (actors.nearest().map(Path::to_owned), from, settings);
        if let Some(setup) = self.known.get(&key) {
            return Ok(Arc::clone(setup));
        }
        self.failed |= complain_of(&actors);
        let (registry, settings) = (actors.registry.clone(), key.2.clone());
        let model = self.model.clone().or_else(|| config.map(|config| config.model().clone()));
        let model = model.unwrap_or_default();
        let setup = Arc::new(Setup { registry, settings, today, model });
        self.known.insert(key, Arc::clone(&setup));
        Ok(setup)
    }
}

/// Says what could not be read in registry files; whether there was anything.
fn complain_of(actors: &KnownActors) -> bool {
    let mut failed = false;
    for file in &actors.files {
        let faults = &file.content.faults;
        for fault in faults.iter().filter(|fault| fault.severity == Severity::Error) {
            anstream::eprintln!(
                "error: {}: {}",
                super::place(&file.path, &file.text, fault.range),
                fault.message
            );
            failed = true;
        }
    }
    failed
}

/// The files to check and the paths that could not be looked at.
fn inputs(paths: &[PathBuf]) -> (Vec<PathBuf>, Vec<(PathBuf, String)>) {
    if paths == [PathBuf::from("-")] {
        return (paths.to_vec(), Vec::new());
    }
    let found = discover(&super::or_here(paths));
    (found.files, found.errors)
}

fn check_one(path: &Path, setup: &Arc<Setup>, least: Severity) -> Result<Checked, Failure> {
    let text: Arc<str> = super::source(path)?.text.into();
    let analysis = Analysis::new(Arc::clone(&text), Arc::clone(setup));
    let findings: Vec<Finding> =
        analysis.findings().iter().filter(|finding| finding.severity >= least).cloned().collect();
    Ok(Checked { path: path.to_owned(), text, findings })
}
