//! `onrecord stats` and `onrecord report`: figures over many articles, as tables and as a page.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, ValueEnum};
use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::setups::{Asked, Setups};
use crate::analysis::Analysis;
use crate::attribution::Model;
use crate::exchange::{ArticleClaims, Cell, Statistics, Table, is_report, report};

/// Rows of a table on a terminal.
const ROWS: usize = 20;

/// Characters of a cell on a terminal.
const WIDTH: usize = 40;

/// Figures over articles: who makes claims, how well sources are named, who stands where.
#[derive(Args)]
pub struct Stats {
    /// Files and folders; a folder is searched for articles, "-" is standard input.
    paths: Vec<PathBuf>,
    /// How the figures are printed.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    output_format: Format,
    /// Only these tables: summary, sources, actors, stances, network, time, stance-time, outlets.
    #[arg(long = "table", value_delimiter = ',', value_name = "TABLE")]
    tables: Vec<String>,
    #[command(flatten)]
    model: super::ModelArgument,
    #[command(flatten)]
    least: super::ConfidenceArgument,
}

/// Write the figures over articles as one HTML page with pictures, which needs no network.
#[derive(Args)]
pub struct Report {
    /// Files and folders; a folder is searched for articles.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// The page; "-" is standard output. A file that is there is written over where it is a report.
    #[arg(short, long, value_name = "FILE", default_value = "report.html")]
    output: PathBuf,
    #[command(flatten)]
    model: super::ModelArgument,
    #[command(flatten)]
    least: super::ConfidenceArgument,
}

/// A form of the figures.
#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// Tables for people; long ones are cut.
    Table,
    /// Everything: articles, claims, and tables whose numbers name their claims by index.
    Json,
    /// A line a number: table, row, column, value, and the places it comes from.
    Csv,
    /// The discourse network as .graphml: actors and issues, and where actors stand on issues and to each other.
    Graphml,
}

/// Runs `onrecord stats`.
pub fn stats(arguments: &Stats) -> ExitCode {
    let Ok(model) = arguments.model.read() else { return super::exit_code(true, false) };
    let (files, unread) = super::inputs(&arguments.paths);
    let (figures, failed) = figures(&files, model, arguments.least.confidence);
    let failed = failed || unread;
    let mut tables = figures.tables();
    let is_known = |name: &&String| tables.iter().any(|table| table.name == name.as_str());
    if let Some(unknown) = arguments.tables.iter().find(|name| !is_known(name)) {
        let names: Vec<&str> = tables.iter().map(|table| table.name).collect();
        anstream::eprintln!("error: there is no table '{unknown}', but {}", names.join(", "));
        return super::exit_code(true, false);
    }
    if !arguments.tables.is_empty() {
        tables.retain(|table| arguments.tables.iter().any(|name| name == table.name));
    }
    let printed = match arguments.output_format {
        Format::Table => print_tables(&tables, io::stdout().is_terminal()),
        Format::Json => print_json(&figures, &tables),
        Format::Csv => print_csv(&figures, &tables),
        Format::Graphml => io::stdout().write_all(figures.to_graphml().as_bytes()),
    };
    match printed {
        Err(error) if !super::is_broken_pipe(&error) => {
            anstream::eprintln!("error: standard output: {error}");
            super::exit_code(true, false)
        }
        _ => super::exit_code(failed, false),
    }
}

/// Runs `onrecord report`.
pub fn write_report(arguments: &Report) -> ExitCode {
    let Ok(model) = arguments.model.read() else { return super::exit_code(true, false) };
    let (files, unread) = super::inputs(&arguments.paths);
    if arguments.output != Path::new("-") && spare(&arguments.output, &files).is_err() {
        return super::exit_code(true, false);
    }
    let (figures, failed) = figures(&files, model, arguments.least.confidence);
    let failed = failed || unread;
    if figures.articles.is_empty() {
        anstream::eprintln!("error: there is no article to report on");
        return super::exit_code(true, false);
    }
    let folder = match arguments.paths.as_slice() {
        [only] if only.is_dir() => Some(only.as_path()),
        _ => None,
    };
    let page = report(&figures, folder);
    if arguments.output == Path::new("-") {
        let code = super::print(page.as_bytes());
        return if failed { super::exit_code(true, false) } else { code };
    }
    if let Err(error) = super::write::replace(&arguments.output, page.as_bytes()) {
        super::complain(&arguments.output, error);
        return super::exit_code(true, false);
    }
    anstream::eprintln!(
        "{}: {} in {}.",
        arguments.output.display(),
        super::counted(figures.claims.len(), "claim"),
        super::counted(figures.articles.len(), "article")
    );
    super::exit_code(failed, false)
}

/// Complains where the page would be written over a file that is no report, or over one of the `articles`.
fn spare(page: &Path, articles: &[PathBuf]) -> Result<(), ()> {
    if articles.iter().any(|article| super::is_same_file(article, page)) {
        super::complain(page, "this is one of the articles that are reported on; name another file");
        return Err(());
    }
    super::spare_foreign(page, "report", |file| is_report(&file))
}

/// The figures over the articles `files`; whether something could not be read.
fn figures(files: &[PathBuf], model: Option<Model>, least: f32) -> (Statistics, bool) {
    let settings = Box::new(ArticleClaims::settings);
    let mut setups = Setups::new(Asked { model, least: Some(least), settings, ..Asked::default() });
    let with_setup: Vec<_> = files.iter().map(|path| (path, setups.of(path))).collect();
    let read: Vec<Result<ArticleClaims, String>> = with_setup
        .into_par_iter()
        .map(|(path, setup)| {
            let setup = setup.map_err(|error| error.to_string())?;
            let text = super::source(path).map_err(|error| format!("{}: {error}", path.display()))?.text;
            let analysis = Analysis::new(text.into(), Arc::clone(&setup));
            Ok(ArticleClaims::new(&path.display().to_string(), &analysis, &setup.registry))
        })
        .collect();
    let mut failed = setups.failed;
    let mut said: FxHashSet<String> = FxHashSet::default();
    let mut articles = Vec::with_capacity(read.len());
    for result in read {
        match result {
            Ok(article) => articles.push(article),
            Err(error) => {
                failed = true;
                // A broken configuration once, however many articles it holds for.
                if said.insert(error.clone()) {
                    anstream::eprintln!("error: {error}");
                }
            }
        }
    }
    (Statistics::new(articles), failed)
}

/// Prints the tables with their columns in line; long ones are cut when a person reads them.
fn print_tables(tables: &[Table], is_cut: bool) -> io::Result<()> {
    let mut out = io::BufWriter::new(anstream::stdout());
    for (at, table) in tables.iter().filter(|table| !table.rows.is_empty()).enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{} ({})", table.title, table.name)?;
        let shown = if is_cut { table.rows.len().min(ROWS) } else { table.rows.len() };
        let mut lines: Vec<Vec<(String, bool)>> =
            vec![table.columns.iter().map(|head| (printable(&head.label), false)).collect()];
        for row in &table.rows[..shown] {
            let cell = |cell: &Cell| match cell {
                Cell::Text(text) => (printable(&crate::ide::shorten(text, WIDTH)), false),
                Cell::Number(..) => (cell.to_string(), true),
            };
            lines.push(row.iter().map(cell).collect());
        }
        let width = |column: usize| {
            lines.iter().filter_map(|line| line.get(column)).map(|(text, _)| text.chars().count()).max()
        };
        let widths: Vec<usize> = (0..table.columns.len()).map(|column| width(column).unwrap_or(0)).collect();
        let numbers = lines.get(1).cloned().unwrap_or_default();
        for line in &lines {
            let cells = line.iter().zip(&widths).zip(&numbers).map(|(((text, _), width), (_, is_number))| {
                if *is_number { format!("{text:>width$}") } else { format!("{text:<width$}") }
            });
            writeln!(out, "  {}", cells.collect::<Vec<_>>().join("  ").trim_end())?;
        }
        if shown < table.rows.len() {
            let more = table.rows.len() - shown;
            writeln!(out, "  and {more} more; --output-format csv or json has all")?;
        }
    }
    out.flush()
}

/// `text` without what would do something to a terminal.
pub(super) fn printable(text: &str) -> String {
    text.chars().map(|char| if char.is_control() { ' ' } else { char }).collect()
}

fn print_json(figures: &Statistics, tables: &[Table]) -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    serde_json::to_writer(&mut out, &figures.to_json(tables))?;
    writeln!(out)?;
    out.flush()
}

/// A line a number: in this form tables of different columns fit into one file.
fn print_csv(figures: &Statistics, tables: &[Table]) -> io::Result<()> {
    let mut out = csv::Writer::from_writer(io::stdout().lock());
    out.write_record(["table", "row", "column", "value", "places"])?;
    for table in tables {
        for row in &table.rows {
            let words = row.iter().filter_map(|cell| match cell {
                Cell::Text(text) => Some(text.as_str()),
                Cell::Number(..) => None,
            });
            let name = words.collect::<Vec<_>>().join(" | ");
            for (column, cell) in table.columns.iter().zip(row) {
                let Cell::Number(value, claims) = cell else { continue };
                let places = claims.iter().filter_map(|number| figures.claim(*number));
                let places = places.map(|(article, claim)| format!("{}:{}", article.path, claim.line));
                let places = places.collect::<Vec<_>>().join("; ");
                out.write_record([table.name, &name, &column.name, &value.to_string(), &places])?;
            }
        }
    }
    out.flush()
}
