//! `onrecord agreement`: how far two people who annotated the same articles agree.

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use serde_json::json;

use super::output::github;
use super::pairs::{Pair, pairs};
use super::{exit_code, is_broken_pipe};
use crate::exchange::{Agreement, Comparison, Disagreement, Figure};

/// Compare two people's annotations of the same articles: coefficients of agreement, and where they disagree.
///
/// Ends with 0 also where they disagree, unless --at-least is given.
#[derive(Args)]
pub struct Arguments {
    /// The first person's article, or a folder of them.
    a: PathBuf,
    /// The second person's article, or a folder with the same names in it.
    b: PathBuf,
    /// How the figures and disagreements are printed.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    output_format: Format,
    /// End with 1 where an alpha in the tables (alpha-u aside) is lower, or none is defined.
    #[arg(long, value_name = "ALPHA", allow_negative_numbers = true, value_parser = alpha)]
    at_least: Option<f64>,
}

/// A form of what was found.
#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// Tables, and a line each disagreement.
    Table,
    /// All of it.
    Json,
    /// A row each disagreement.
    Csv,
    /// Notices of a GitHub workflow, one each disagreement.
    Github,
}

fn alpha(text: &str) -> Result<f64, String> {
    let alpha = text.parse().ok().filter(|alpha| (-1.0..=1.0).contains(alpha));
    alpha.ok_or_else(|| "a number from -1 to 1 belongs here".to_owned())
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> ExitCode {
    let (pairs, mut failed) = pairs(&arguments.a, &arguments.b);
    let mut compared: Vec<&Pair> = Vec::new();
    let mut comparisons: Vec<Comparison<'_>> = Vec::new();
    for pair in &pairs {
        if let Ok(comparison) = pair.compare() {
            compared.push(pair);
            comparisons.push(comparison);
        } else {
            failed = true;
        }
    }
    if comparisons.is_empty() {
        return exit_code(true, false);
    }
    let agreement = Agreement::of(&comparisons);
    let printed = match arguments.output_format {
        Format::Table => print_tables(&agreement, &compared),
        Format::Json => print_json(&agreement, &compared),
        Format::Csv => print_csv(&agreement, &compared),
        Format::Github => print_github(&agreement, &compared),
    };
    if let Err(error) = printed
        && !is_broken_pipe(&error)
    {
        anstream::eprintln!("error: standard output: {error}");
        failed = true;
    }
    let is_low =
        arguments.at_least.is_some_and(|least| agreement.lowest_alpha().is_none_or(|alpha| alpha < least));
    exit_code(failed, is_low)
}

fn print_tables(agreement: &Agreement, compared: &[&Pair]) -> io::Result<()> {
    let mut out = io::BufWriter::new(anstream::stdout());
    let articles = super::counted(agreement.articles, "article");
    writeln!(out, "{articles}, {} tokens", agreement.tokens)?;
    if !agreement.classes.is_empty() {
        writeln!(out)?;
        writeln!(
            out,
            "class     A     B  alpha  95 %             kappa  alpha-u  exact F1  95 %             overlap F1  95 %"
        )?;
    }
    for class in &agreement.classes {
        let row = format!(
            "{:6} {:4}  {:4}  {}  {}  {}  {:>7}  {:>8}  {}  {:>10}  {}",
            class.class,
            class.a,
            class.b,
            value(class.alpha),
            interval(class.alpha),
            value(class.kappa),
            value(class.alpha_u),
            value(class.exact),
            interval(class.exact),
            value(class.overlap),
            interval(class.overlap),
        );
        writeln!(out, "{}", row.trim_end())?;
    }
    if !agreement.labels.is_empty() {
        writeln!(out)?;
        writeln!(out, "claims  paired   same  95 %             alpha  95 %             kappa")?;
    }
    for label in &agreement.labels {
        let row = format!(
            "{:6}  {:6}  {}  {}  {}  {}  {}",
            label.key,
            label.claims,
            value(label.same),
            interval(label.same),
            value(label.alpha),
            interval(label.alpha),
            value(label.kappa),
        );
        writeln!(out, "{}", row.trim_end())?;
    }
    if !agreement.disagreements.is_empty() {
        writeln!(out)?;
    }
    for one in &agreement.disagreements {
        let Some(pair) = compared.get(one.article) else { continue };
        writeln!(
            out,
            "{}:{}:{}: {}",
            pair.a.path.display(),
            one.place_a.line,
            one.place_a.column,
            super::figures::printable(&told(one))
        )?;
    }
    out.flush()
}

/// A disagreement in words.
fn told(one: &Disagreement) -> String {
    format!("{} “{}”: A {}; B {}", one.class, one.words, one.a, one.b)
}

/// Five characters: the value to three places.
fn value(figure: Figure) -> String {
    figure.value.map_or_else(|| format!("{:>5}", "-"), |value| format!("{value:>5.3}"))
}

/// Fifteen characters: the interval, or none.
fn interval(figure: Figure) -> String {
    figure.interval.map_or_else(
        || format!("{:15}", "-"),
        |[low, high]| format!("{:15}", format!("{low:.3} to {high:.3}")),
    )
}

fn print_json(agreement: &Agreement, compared: &[&Pair]) -> io::Result<()> {
    let mut all = serde_json::to_value(agreement)?;
    if let Some(rows) = all.get_mut("disagreements").and_then(|rows| rows.as_array_mut()) {
        for (row, one) in rows.iter_mut().zip(&agreement.disagreements) {
            if let (Some(pair), Some(row)) = (compared.get(one.article), row.as_object_mut()) {
                row.insert("path_a".to_owned(), json!(pair.a.path.display().to_string()));
                row.insert("path_b".to_owned(), json!(pair.b.path.display().to_string()));
            }
        }
    }
    let mut out = io::BufWriter::new(io::stdout().lock());
    serde_json::to_writer(&mut out, &all)?;
    writeln!(out)?;
    out.flush()
}

fn print_csv(agreement: &Agreement, compared: &[&Pair]) -> io::Result<()> {
    let mut out = csv::Writer::from_writer(io::stdout().lock());
    out.write_record(["a", "b", "class", "words", "says_a", "says_b"])?;
    for one in &agreement.disagreements {
        let Some(pair) = compared.get(one.article) else { continue };
        let place =
            |path: &PathBuf, at: crate::text::Place| format!("{}:{}:{}", path.display(), at.line, at.column);
        let (a, b) = (place(&pair.a.path, one.place_a), place(&pair.b.path, one.place_b));
        out.write_record([&a, &b, &one.class, &one.words, &one.a, &one.b])?;
    }
    out.flush()
}

fn print_github(agreement: &Agreement, compared: &[&Pair]) -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for one in &agreement.disagreements {
        let Some(pair) = compared.get(one.article) else { continue };
        let path = github::property(&pair.a.path.display().to_string());
        let (line, column) = (one.place_a.line, one.place_a.column);
        writeln!(
            out,
            "::notice file={path},line={line},col={column},title=Coders disagree::{}",
            github::data(&told(one))
        )?;
    }
    out.flush()
}
