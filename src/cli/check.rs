//! `onrecord check`: what an article's sourcing lacks.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::fix;
use super::lines::{self, Article};
use super::output::{Checked, Format, Printer, Statistics};
use super::setups::{Asked, SetupError, Setups, with_sidecar};
use crate::analysis::{Analysis, Setup};
use crate::article::Header;
use crate::attribution::Model;
use crate::ide::{self, Made, Restless, Which};
use crate::rules::{self, Accepted, Finding, Rule, Severity};
use crate::settings::{Profile, Settings};
use crate::workspace::{
    Baseline, BaselineError, Baselines, Config, ConfigKey, Configs, FileEncoding, NewBaseline, ReadError,
    Source,
};

/// Files that are checked before their results are printed; bounds memory on large archives.
const BATCH: usize = 512;

/// With fewer files than these nobody waits long enough to read a progress bar.
const MANY: u64 = 100;

/// Report claims nobody is on record for, thin sourcing and holes in the text.
#[derive(Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option as it is typed")]
pub struct Arguments {
    /// Files and folders; a folder is searched for articles, "-" is standard input.
    paths: Vec<PathBuf>,
    /// How results are printed: full, or articles with --stdin-jsonl.
    #[arg(long, value_enum)]
    output_format: Option<Format>,
    /// Read an article a line from standard input, as JSON: {"path": …, "text": …}; print its result, a line,
    /// as soon as it is there. Settings are those of the folder the command runs in.
    #[arg(long, conflicts_with_all = [
        "paths", "statistics", "fix", "diff", "unsafe_fixes", "baseline", "stdin_filename",
    ])]
    stdin_jsonl: bool,
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
    /// The least severity that is printed, counted, fixed and written to a baseline; --fail-on judges all.
    #[arg(long, value_enum, default_value_t = Level::Information, value_name = "LEVEL")]
    severity: Level,
    /// The least severity that makes the command end with 1, printed or not: warning; none with --stdin-jsonl.
    #[arg(long, value_enum, value_name = "LEVEL")]
    fail_on: Option<Level>,
    /// Print how often each rule spoke instead of what it found.
    #[arg(long)]
    statistics: bool,
    /// Make the fixes that keep the meaning, in the files; of standard input, print what becomes of it.
    #[arg(long)]
    fix: bool,
    /// Print what the fixes would change, as a unified diff, and change nothing.
    #[arg(long, conflicts_with_all = ["fix", "statistics", "write_baseline"])]
    diff: bool,
    /// Make fixes too that change wording and that a person ought to look at.
    #[arg(long)]
    unsafe_fixes: bool,
    /// Report only what this file does not know; without it what onrecord.toml names.
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write what is found to the baseline instead of reporting it; what it knows of other articles, of rules that
    /// do not speak now and of findings below --severity stays. A file that is no baseline is not written over.
    #[arg(long, conflicts_with_all = ["fix", "statistics"])]
    write_baseline: bool,
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
    if arguments.stdin_jsonl && !matches!(arguments.format(), Format::Articles | Format::Jsonl) {
        anstream::eprintln!("error: with --stdin-jsonl the output format is 'articles' or 'jsonl'");
        return super::exit_code(true, false);
    }
    let Ok(model) = arguments.model.read() else { return super::exit_code(true, false) };
    let done = if arguments.stdin_jsonl { check_lines(arguments, model) } else { check(arguments, model) };
    match done {
        Ok((failed, found)) => super::exit_code(failed, found),
        Err(error) if super::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            anstream::eprintln!("error: {error}");
            super::exit_code(true, false)
        }
    }
}

/// Checks the articles of standard input, a line each; tells the same as [`check`].
fn check_lines(arguments: &Arguments, model: Option<Model>) -> io::Result<(bool, bool)> {
    let Some(mut outcome) = Outcome::new(arguments) else { return Ok((true, false)) };
    let Some(mut setups) = CheckSetups::new(arguments, model) else { return Ok((true, false)) };
    // A configuration that cannot be used is said once, not with every article.
    if let Err(error) = setups.of(Path::new("-")) {
        anstream::eprintln!("error: {error}");
        return Ok((true, false));
    }
    let mut failed = setups.setups.failed;
    let setups = Mutex::new(setups);
    let job = Job::of(arguments);
    let work = |article: Article| {
        let setup = setups.lock().unwrap_or_else(PoisonError::into_inner).of(&article.path);
        let setup = setup.map(|setup| article.setup(setup));
        let source = Source { text: article.text, encoding: FileEncoding::Utf8 };
        let done = setup.and_then(|setup| job.check(&article.path, source, &setup));
        (article.path, done)
    };
    lines::each(work, |results| {
        for result in results {
            match result {
                Ok((path, done)) => outcome.take(&path, done)?,
                Err(bad) => {
                    failed = true;
                    outcome.printer.raw(&bad.row())?;
                }
            }
        }
        outcome.printer.flush()
    })?;
    outcome.failed |= failed;
    outcome.end()
}

fn is_known(prefix: &str) -> bool {
    !prefix.is_empty() && rules::all().iter().any(|rule| rule.code.starts_with(prefix))
}

/// Checks all articles; whether something could not be done, and whether something was found that makes
/// the command fail.
fn check(arguments: &Arguments, model: Option<Model>) -> io::Result<(bool, bool)> {
    let Some(mut outcome) = Outcome::new(arguments) else { return Ok((true, false)) };
    let Some(mut setups) = CheckSetups::new(arguments, model) else { return Ok((true, false)) };
    let (files, unread) = super::inputs(&arguments.paths);
    outcome.failed = unread;
    if arguments.reports() {
        outcome.printer.begin()?;
    }
    let job = Job::of(arguments);
    let progress = progress(files.len() as u64);
    for batch in files.chunks(BATCH) {
        let setups: Vec<_> = batch.iter().map(|path| setups.of(path)).collect();
        let results: Vec<_> = batch
            .par_iter()
            .zip(setups)
            .map(|(path, setup)| {
                let result = setup.and_then(|setup| {
                    let source = super::source(path)?;
                    job.check(path, source, &setup)
                });
                progress.inc(1);
                result
            })
            .collect();
        progress.suspend(|| {
            batch.iter().zip(results).try_for_each(|(path, result)| outcome.take(path, result))
        })?;
    }
    progress.finish_and_clear();
    outcome.failed |= setups.setups.failed;
    outcome.end()
}

/// A bar on a terminal's standard error for `files` files; none is drawn elsewhere or for few.
fn progress(files: u64) -> ProgressBar {
    if files < MANY {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(files);
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} articles, {eta} to go") {
        bar.set_style(style);
    }
    bar
}

/// What is said of the articles, one after the other, and how it ends.
struct Outcome<'a> {
    arguments: &'a Arguments,
    printer: Printer<Box<dyn Write>>,
    statistics: Statistics,
    /// Where it will be written, and what.
    new_baseline: Option<(PathBuf, NewBaseline)>,
    /// Configurations that were complained about.
    misconfigured: FxHashSet<String>,
    failed: bool,
    found: bool,
    /// Findings that make the command fail and are not printed.
    unprinted: usize,
    fixes: usize,
    /// Articles that have such fixes.
    fixed: usize,
}

impl<'a> Outcome<'a> {
    /// Reads the baseline that is to be written; none after a complaint when there is no such file to write.
    fn new(arguments: &'a Arguments) -> Option<Self> {
        let new_baseline = if arguments.write_baseline {
            let path = arguments.baseline_to_write()?;
            let new = NewBaseline::new(&path).map_err(|error| super::complain(&path, error)).ok()?;
            Some((path, new))
        } else {
            None
        };
        // The fixed text of standard input goes to standard output, so all else goes elsewhere.
        let out: Box<dyn Write> = if arguments.fix && arguments.paths == [PathBuf::from("-")] {
            Box::new(anstream::stderr())
        } else {
            Box::new(io::BufWriter::new(anstream::stdout()))
        };
        Some(Self {
            arguments,
            printer: Printer::new(arguments.format(), out),
            statistics: Statistics::default(),
            new_baseline,
            misconfigured: FxHashSet::default(),
            failed: false,
            found: false,
            unprinted: 0,
            fixes: 0,
            fixed: 0,
        })
    }

    /// Takes what came of the article at `path`.
    fn take(&mut self, path: &Path, result: Result<Done, Failure>) -> io::Result<()> {
        let done = match result {
            Ok(done) => done,
            Err(failure) => {
                self.failed = true;
                match failure {
                    // Once, however many articles it holds for.
                    Failure::Setup(_) | Failure::Baseline { .. } => {
                        if self.misconfigured.insert(failure.to_string()) {
                            anstream::eprintln!("error: {failure}");
                        }
                    }
                    other => super::complain(path, other),
                }
                return Ok(());
            }
        };
        let mut checked = done.checked;
        if let Some(name) = self.arguments.stdin_filename.as_deref().filter(|_| path == Path::new("-")) {
            name.clone_into(&mut checked.path);
        }
        self.fixes += done.made.len();
        self.fixed += usize::from(!done.made.is_empty());
        if self.arguments.diff {
            self.found |= !done.made.is_empty();
            return self.printer.raw(fix::diff(&checked.path, &done.before, &checked.text).as_bytes());
        }
        for made in &done.made {
            let (path, place, code) = (checked.path.display(), made.place, made.rule.code);
            anstream::eprintln!("fixed: {path}:{}:{}: {code} {}", place.line, place.column, made.title);
        }
        if self.arguments.fix && path == Path::new("-") {
            io::stdout().write_all(&done.encoding.encode(&checked.text))?;
        }
        if let Some((_, new)) = &mut self.new_baseline {
            let (settings, least) = (&done.setup.settings, Severity::from(self.arguments.severity));
            let is_sought = |rule: &Rule| {
                rule.speaks(settings, &Header::default()) && rule.severity_under(settings) >= least
            };
            new.add(&checked.path, &checked.text, &checked.findings, is_sought);
            return Ok(());
        }
        if let Some(fail_on) = self.arguments.fails_on() {
            let unprinted = done.unprinted.iter().filter(|severity| **severity >= fail_on).count();
            self.unprinted += unprinted;
            self.found |= unprinted > 0 || checked.findings.iter().any(|finding| finding.severity >= fail_on);
        }
        if self.arguments.statistics {
            self.statistics.add(&checked.findings);
            return Ok(());
        }
        self.printer.print(&checked)
    }

    /// Says what stands after all articles; whether something could not be done, and whether the command
    /// fails for what was found.
    fn end(mut self) -> io::Result<(bool, bool)> {
        if self.arguments.statistics {
            let mut out = io::BufWriter::new(io::stdout());
            self.statistics.print(&mut out, self.arguments.format())?;
            out.flush()?;
        }
        if let Some((path, new)) = self.new_baseline.take() {
            let written = new.content().and_then(|(content, count)| {
                super::write::replace(&path, content.as_bytes())?;
                Ok(count)
            });
            match written {
                Ok(count) => anstream::eprintln!("{}: {count} known from now on.", path.display()),
                Err(error) => {
                    super::complain(&path, error);
                    self.failed = true;
                }
            }
        }
        let fixed = super::counted(self.fixed, "article");
        if self.arguments.diff {
            anstream::eprintln!("{} would be fixed in {fixed}.", self.fixes);
        } else if self.arguments.fix {
            anstream::eprintln!("{} fixed in {fixed}.", self.fixes);
        }
        if self.unprinted > 0 {
            anstream::eprintln!("{} below --severity, of the level of --fail-on.", self.unprinted);
        }
        if self.arguments.reports() {
            self.printer.end(!self.failed)?.flush()?;
        } else {
            self.printer.into_inner().flush()?;
        }
        Ok((self.failed, self.found))
    }
}

impl Arguments {
    /// How results are printed.
    fn format(&self) -> Format {
        self.output_format.unwrap_or(if self.stdin_jsonl { Format::Articles } else { Format::Full })
    }

    /// The least severity that makes the command fail. With lines it is none unless one is named, since
    /// what pipes articles through a command takes its failure for a fault.
    fn fails_on(&self) -> Option<Severity> {
        let usual = (!self.stdin_jsonl).then_some(Level::Warning);
        self.fail_on.or(usual).map(Severity::from)
    }

    /// Whether the findings are what is printed.
    fn reports(&self) -> bool {
        !(self.statistics || self.diff || self.write_baseline)
    }

    /// The file that `--write-baseline` writes: that of `--baseline`, or what the configuration of the first
    /// path names. None after a complaint.
    fn baseline_to_write(&self) -> Option<PathBuf> {
        if let Some(path) = &self.baseline {
            return Some(path.clone());
        }
        let first = self.stdin_filename.clone().or_else(|| self.paths.first().cloned()).unwrap_or_default();
        let first = super::article_at(&first);
        let config = if self.no_config { Ok(None) } else { Configs::default().of(&first) };
        match config {
            Ok(config) => {
                let named = config.as_ref().and_then(|config| config.baseline()).map(Path::to_owned);
                if named.is_none() {
                    let key = ConfigKey::Baseline.name();
                    anstream::eprintln!(
                        "error: no file to write: name one with --baseline or with '{key}' in onrecord.toml"
                    );
                }
                named
            }
            Err(error) => {
                anstream::eprintln!("error: {error}");
                None
            }
        }
    }
}

/// Why an article was not checked.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Setup(#[from] SetupError),
    #[error("{}: {error}", path.display())]
    Baseline { path: PathBuf, error: BaselineError },
    #[error(transparent)]
    Read(#[from] ReadError),
    #[error(transparent)]
    Restless(#[from] Restless),
    #[error("could not be written: {0}")]
    Write(io::Error),
}

/// The setups of the articles that are checked: with the findings that somebody accepted.
struct CheckSetups<'a> {
    arguments: &'a Arguments,
    setups: Setups<'a>,
    /// The baseline the command names.
    baseline: Option<Baseline>,
    baselines: Baselines,
    /// The baselines of which it was asked whether they are there.
    looked_for: FxHashSet<PathBuf>,
}

impl<'a> CheckSetups<'a> {
    /// Reads the baseline the command names; none after a complaint when it cannot be used.
    fn new(arguments: &'a Arguments, model: Option<Model>) -> Option<Self> {
        let named = arguments.baseline.as_deref().filter(|_| !arguments.write_baseline);
        let read = |path| Baseline::read(path).map_err(|error| super::complain(path, error)).ok();
        let baseline = match named {
            Some(path) => Some(read(path)?),
            None => None,
        };
        let settings = |settings: Settings| {
            let mut settings = settings.with(&arguments.select, &arguments.ignore);
            if let Some(profile) = arguments.profile {
                settings.profile = profile.into();
            }
            settings
        };
        let setups = Setups::new(Asked {
            model,
            settings: Box::new(settings),
            configured: !arguments.no_config,
            today: Some(Setup::latest_day()),
            ..Asked::default()
        });
        Some(Self {
            arguments,
            setups,
            baseline,
            baselines: Baselines::default(),
            looked_for: FxHashSet::default(),
        })
    }

    /// The setup for `path`: what its `onrecord.toml` says, then what the command's options say.
    fn of(&mut self, path: &Path) -> Result<Arc<Setup>, Failure> {
        let place = match &self.arguments.stdin_filename {
            Some(name) if path == Path::new("-") => name,
            _ => path,
        };
        // Lines come from anywhere, so that their names need be no places on this machine.
        let beside = if self.arguments.stdin_jsonl { Path::new("-") } else { place };
        let config = self.setups.config(beside).map_err(SetupError::from)?;
        let setup = self.setups.shared(place, beside, config.as_deref());
        let setup = with_sidecar(setup, beside)?;
        Ok(match self.accepted(place, config.as_deref())? {
            Some(accepted) => Arc::new(Setup { accepted: Some(accepted), ..Setup::clone(&setup) }),
            None => setup,
        })
    }

    /// What is accepted in the article at `place`.
    fn accepted(&mut self, place: &Path, config: Option<&Config>) -> Result<Option<Arc<Accepted>>, Failure> {
        if self.arguments.write_baseline {
            return Ok(None);
        }
        if let Some(baseline) = &self.baseline {
            return Ok(baseline.of(place));
        }
        let Some((config, path)) = config.and_then(|config| Some((config, config.baseline()?))) else {
            return Ok(None);
        };
        // Once, however many articles it holds for.
        if self.looked_for.insert(path.to_owned())
            && let Some(missing) = config.missing_baseline()
        {
            anstream::eprintln!("warning: {missing}");
        }
        let named = |error| Failure::Baseline { path: path.to_owned(), error };
        Ok(self.baselines.at(path).map_err(named)?.of(place))
    }
}

/// An article that was checked and perhaps fixed.
struct Done {
    /// As it is now, with the findings that count.
    checked: Checked,
    /// How much the other findings weigh.
    unprinted: Vec<Severity>,
    /// What it was checked with.
    setup: Arc<Setup>,
    /// The text before its fixes.
    before: Arc<str>,
    encoding: FileEncoding,
    made: Vec<Made>,
}

/// What is done to each article.
struct Job {
    /// The least severity that counts.
    least: Severity,
    /// The fixes that are made, if any are.
    which: Option<Which>,
    /// Whether the fixed text is written into the file.
    writes: bool,
}

impl Job {
    fn of(arguments: &Arguments) -> Self {
        let which = if arguments.unsafe_fixes { Which::Suggested } else { Which::Safe };
        Self {
            least: arguments.severity.into(),
            which: (arguments.fix || arguments.diff).then_some(which),
            writes: arguments.fix,
        }
    }

    fn check(&self, path: &Path, source: Source, setup: &Arc<Setup>) -> Result<Done, Failure> {
        let Source { text, encoding } = source;
        let before: Arc<str> = text.into();
        let counts = |finding: &Finding| finding.severity >= self.least;
        let (analysis, made) = match self.which {
            None => (Analysis::new(Arc::clone(&before), Arc::clone(setup)), Vec::new()),
            Some(which) => {
                let fixed = ide::fix(&before, setup, which, counts)?;
                (fixed.analysis, fixed.made)
            }
        };
        let text = Arc::clone(analysis.text());
        if self.writes && text != before && path != Path::new("-") {
            super::write::replace(path, &encoding.encode(&text)).map_err(Failure::Write)?;
        }
        let (findings, others): (Vec<&Finding>, Vec<_>) =
            analysis.findings().iter().partition(|finding| counts(finding));
        let findings = findings.into_iter().cloned().collect();
        let unprinted = others.into_iter().map(|finding| finding.severity).collect();
        let checked = Checked { path: path.to_owned(), text, findings };
        Ok(Done { checked, unprinted, setup: Arc::clone(setup), before, encoding, made })
    }
}
