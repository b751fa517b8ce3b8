//! `onrecord strip`: the clean text of an annotated article.

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use crate::article;

/// Print an article without its annotation; no other byte changes.
#[derive(Args)]
pub struct Arguments {
    /// The article; "-" is standard input.
    path: PathBuf,
    /// Write here instead of to standard output.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write over a file that is there.
    #[arg(long, requires = "output")]
    force: bool,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> ExitCode {
    let source = match super::source(&arguments.path) {
        Ok(source) => source,
        Err(error) => {
            super::complain(&arguments.path, error);
            return super::exit_code(true, false);
        }
    };
    if arguments.output.as_deref().is_some_and(|path| super::spare(path, arguments.force).is_err()) {
        return super::exit_code(true, false);
    }
    let bytes = source.encoding.encode(&article::strip(&source.text));
    let written = match &arguments.output {
        Some(path) => super::write::replace(path, &bytes),
        None => io::stdout().write_all(&bytes),
    };
    if let Err(error) = written
        && !super::is_broken_pipe(&error)
    {
        super::complain(arguments.output.as_deref().unwrap_or(&arguments.path), error);
        return super::exit_code(true, false);
    }
    ExitCode::SUCCESS
}
