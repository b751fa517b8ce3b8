//! `onrecord fmt`: canonical markup.

use std::cell::LazyCell;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::{fix, write};
use crate::article::format;
use crate::text::{Places, apply_edits};
use crate::workspace::ReadError;

/// Write the markup of articles in canonical form: in each span's braces the id, the classes and the keys by their
/// names, one space between them, quotation marks only where a value needs them.
///
/// No word changes, and what is broken stays as it is and is named. Files are written in place; "-" is standard input,
/// and its article is printed. The exit code is 1 when --check finds an article that is written otherwise, 2 when
/// something could not be read or written.
#[derive(Args)]
pub struct Arguments {
    /// Files and folders; a folder is searched for articles, "-" is standard input. None, this folder.
    paths: Vec<PathBuf>,
    /// Change nothing and name the articles that are written otherwise.
    #[arg(long)]
    check: bool,
    /// Change nothing and show what would change, as a unified diff.
    #[arg(long)]
    diff: bool,
}

/// Why an article could not be put into canonical form.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Read(#[from] ReadError),
    #[error("could not be written: {0}")]
    Write(#[from] io::Error),
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> ExitCode {
    let (files, mut failed) = super::inputs(&arguments.paths);
    let mut changed = 0;
    for path in &files {
        match arguments.one(path) {
            Ok(change) => changed += usize::from(change),
            Err(Failure::Write(error)) if super::is_broken_pipe(&error) => break,
            Err(error) => {
                super::complain(path, error);
                failed = true;
            }
        }
    }
    super::exit_code(failed, arguments.check && changed > 0)
}

impl Arguments {
    /// Puts the article at `path` into canonical form or tells what that would be; whether that differs.
    fn one(&self, path: &Path) -> Result<bool, Failure> {
        let source = super::source(path)?;
        let formatted = format(&source.text);
        let places = LazyCell::new(|| Places::new(&source.text));
        for fault in &formatted.broken {
            let place = super::place(path, &places, fault.range);
            anstream::eprintln!("{place}: left as it is: {}", fault.message);
        }
        let after = apply_edits(&source.text, &formatted.edits);
        let changes = after != source.text;
        if self.diff {
            io::stdout().write_all(fix::diff(path, &source.text, &after).as_bytes())?;
        } else if self.check {
            if changes {
                anstream::eprintln!("{}: would be written anew.", path.display());
            }
        } else if path == Path::new("-") {
            io::stdout().write_all(&source.encoding.encode(&after))?;
        } else if changes {
            write::replace(path, &source.encoding.encode(&after))?;
            let spans = super::counted(formatted.edits.len(), "span");
            anstream::eprintln!("{}: {spans} written anew.", path.display());
        }
        Ok(changes)
    }
}
