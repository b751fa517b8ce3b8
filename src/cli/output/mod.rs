//! The forms in which findings are printed.

mod concise;
mod full;
pub(super) mod github;
mod gitlab;
mod json;
mod junit;
mod sarif;
mod statistics;

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;

use clap::ValueEnum;

pub(super) use self::statistics::Statistics;
use crate::rules::Finding;

/// An article that was checked.
pub(super) struct Checked {
    pub(super) path: PathBuf,
    pub(super) text: Arc<str>,
    /// In text order; ranges are bytes of `text`.
    pub(super) findings: Vec<Finding>,
}

/// How findings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// With the words underlined, for people.
    Full,
    /// A line each.
    Concise,
    /// One JSON array.
    Json,
    /// One JSON object a line.
    Jsonl,
    /// One JSON object an article, with all its findings.
    Articles,
    /// Annotations of a GitHub workflow.
    Github,
    /// GitLab's code quality report.
    Gitlab,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// The XML of `JUnit`, for lists of test results.
    Junit,
}

/// Prints articles as they are checked.
pub(super) struct Printer<W> {
    format: Format,
    out: W,
    /// Findings printed so far.
    printed: usize,
    /// Articles that were read, with or without findings.
    checked: usize,
}

impl<W: Write> Printer<W> {
    pub(super) fn new(format: Format, out: W) -> Self {
        Self { format, out, printed: 0, checked: 0 }
    }

    /// Prints what stands before all findings.
    pub(super) fn begin(&mut self) -> io::Result<()> {
        match self.format {
            Format::Json | Format::Gitlab => self.out.write_all(b"["),
            Format::Sarif => sarif::begin(&mut self.out),
            Format::Junit => junit::begin(&mut self.out),
            Format::Full | Format::Concise | Format::Jsonl | Format::Articles | Format::Github => Ok(()),
        }
    }

    /// Prints the findings of one article.
    pub(super) fn print(&mut self, checked: &Checked) -> io::Result<()> {
        match self.format {
            Format::Full => full::print(&mut self.out, checked)?,
            Format::Concise => concise::print(&mut self.out, checked)?,
            Format::Json => json::print(&mut self.out, checked, self.printed == 0)?,
            Format::Jsonl => json::lines(&mut self.out, checked)?,
            Format::Articles => json::article(&mut self.out, checked)?,
            Format::Github => github::print(&mut self.out, checked)?,
            Format::Gitlab => gitlab::print(&mut self.out, checked, self.printed == 0)?,
            Format::Sarif => sarif::print(&mut self.out, checked, self.printed == 0)?,
            Format::Junit => junit::print(&mut self.out, checked)?,
        }
        self.printed += checked.findings.len();
        self.checked += 1;
        Ok(())
    }

    /// Prints `bytes` as they are.
    pub(super) fn raw(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.out.write_all(bytes)
    }

    /// Hands on what was printed so far.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// Where it prints, with nothing more said.
    pub(super) fn into_inner(self) -> W {
        self.out
    }

    /// Prints what stands after all findings. Where not everything was checked (`complete`), nothing is
    /// said of how much was found, since people would take it for the whole.
    pub(super) fn end(mut self, complete: bool) -> io::Result<W> {
        let (count, checked) = (self.printed, super::counted(self.checked, "article"));
        match self.format {
            Format::Full if !complete => {}
            Format::Full if count == 0 => writeln!(self.out, "Nothing found in {checked}.")?,
            Format::Full => writeln!(self.out, "{count} found in {checked}.")?,
            Format::Concise | Format::Jsonl | Format::Articles | Format::Github => {}
            Format::Json | Format::Gitlab if count == 0 => self.out.write_all(b"]\n")?,
            Format::Json | Format::Gitlab => self.out.write_all(b"\n]\n")?,
            Format::Sarif => sarif::end(&mut self.out, complete)?,
            Format::Junit => junit::end(&mut self.out)?,
        }
        Ok(self.out)
    }
}
