//! `onrecord annotate`: drafts of an article's annotation, for a person to correct.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::setups::{Asked, SetupError, Setups};
use super::{fix, write};
use crate::analysis::Analysis;
use crate::article::SpanClass;
use crate::ide;
use crate::text::apply_edits;
use crate::workspace::ReadError;

/// Draft the annotation of articles, for a person to correct: actors, sources, cues and claims as spans with the class
/// .draft.
///
/// What is annotated stays as it is. Without --write or --diff the annotated article is printed and no file changes.
#[derive(Args)]
pub struct Arguments {
    /// Files and folders; a folder is searched for articles, "-" is standard input.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Write the articles in place instead of printing one.
    #[arg(long)]
    write: bool,
    /// Show what would change.
    #[arg(long, conflicts_with = "write")]
    diff: bool,
    /// Take all drafts out again; what was accepted stays, and the text is as it was.
    #[arg(long)]
    remove: bool,
    #[command(flatten)]
    model: super::ModelArgument,
}

/// What came of an article.
enum Change {
    Drafted(Vec<(SpanClass, usize)>),
    /// How many drafts went.
    Removed(usize),
}

/// Why an article could not be annotated.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Read(#[from] ReadError),
    #[error("could not be written: {0}")]
    Write(io::Error),
    #[error(transparent)]
    Setup(#[from] SetupError),
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> ExitCode {
    let Ok(model) = arguments.model.read() else { return super::exit_code(true, false) };
    let (files, unread) = super::inputs(&arguments.paths);
    if files.len() > 1 && !arguments.write && !arguments.diff {
        anstream::eprintln!(
            "error: these are {} articles; name one to print it, or add --write to change them, --diff to see how",
            files.len()
        );
        return super::exit_code(true, false);
    }
    let mut setups = Setups::new(Asked { model, ..Asked::default() });
    let mut failed = unread;
    for path in &files {
        match annotate(arguments, path, &mut setups) {
            Ok(change) => anstream::eprintln!("{}: {}", path.display(), told(&change, arguments)),
            Err(Failure::Write(error)) if super::is_broken_pipe(&error) => return ExitCode::SUCCESS,
            Err(error) => {
                super::complain(path, error);
                failed = true;
            }
        }
    }
    super::exit_code(failed || setups.failed, false)
}

fn annotate(arguments: &Arguments, path: &Path, setups: &mut Setups<'_>) -> Result<Change, Failure> {
    let source = super::source(path)?;
    let analysis = Analysis::new(source.text.as_str().into(), setups.of(path)?);
    let (edits, change) = if arguments.remove {
        let edits = ide::remove_drafts(&analysis);
        let count = edits.len() / 2;
        (edits, Change::Removed(count))
    } else {
        let drafts = ide::draft(&analysis);
        (drafts.edits, Change::Drafted(drafts.counts))
    };
    let text = apply_edits(&source.text, &edits);
    let written = if arguments.diff {
        io::stdout().write_all(fix::diff(path, &source.text, &text).as_bytes())
    } else if !arguments.write || path == Path::new("-") {
        io::stdout().write_all(&source.encoding.encode(&text))
    } else if text == source.text {
        Ok(())
    } else {
        write::replace(path, &source.encoding.encode(&text))
    };
    written.map_err(Failure::Write)?;
    Ok(change)
}

/// What happened, a sentence.
fn told(change: &Change, arguments: &Arguments) -> String {
    let happened = match change {
        Change::Drafted(counts) if counts.is_empty() => return "nothing to draft.".to_owned(),
        Change::Removed(0) => return "no drafts in it.".to_owned(),
        Change::Drafted(counts) => {
            let counts: Vec<String> =
                counts.iter().map(|(class, count)| super::counted(*count, class.name())).collect();
            format!("{} drafted", counts.join(", "))
        }
        Change::Removed(count) => format!("{} removed", super::counted(*count, "draft")),
    };
    let file = if arguments.write { "" } else { "; the file is as it was" };
    format!("{happened}{file}.")
}
