//! `onrecord export`: what was found, in other forms.

use std::error::Error;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, ValueEnum};
use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::lines::{self, Article};
use super::setups::{Asked, Setups};
use crate::analysis::{Analysis, Setup};
use crate::attribution::Model;
use crate::exchange::{self, AnnotatedSpan, Annotations, CorpusFormat, ToolFormat};
use crate::settings::Settings;

/// Articles that are exported before their rows are printed; bounds memory on large archives.
const BATCH: usize = 512;

/// Export who said what, or who is named, one JSON line an article; or the articles as files of an
/// annotation tool, or as tables or a database.
#[derive(Args)]
pub struct Arguments {
    /// Files and folders; a folder is searched for articles, "-" is standard input, for the formats that are lines.
    paths: Vec<PathBuf>,
    /// Read an article a line from standard input, as JSON: {"path": …, "text": …}; print its row as soon as
    /// it is there. Settings are those of the folder the command runs in.
    #[arg(long, conflicts_with = "paths")]
    stdin_jsonl: bool,
    /// What is exported.
    #[arg(long, value_enum)]
    format: Format,
    /// Where the files of an annotation tool are written; without it, the folder the command runs in.
    #[arg(short, long, value_name = "DIR")]
    output_dir: Option<PathBuf>,
    /// Write over files that are there.
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    model: super::ModelArgument,
    #[command(flatten)]
    least: super::ConfidenceArgument,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// Source, cue and content of each attribution.
    Attributions,
    /// Who is named, and who each name is.
    Mentions,
    /// The attributions a person marked, with the clean text; what "onrecord evaluate" reads.
    Annotations,
    /// brat: for each article a .txt and an .ann file, and an annotation.conf.
    Brat,
    /// W3C Web Annotation: for each article a .txt and a .json file.
    Webannotation,
    /// INCEpTION: UIMA's CAS as JSON, a .json file an article.
    CasJson,
    /// INCEpTION: UIMA's CAS as XMI, an .xmi file an article and a TypeSystem.xml.
    CasXmi,
    /// INCEpTION and WebAnno: TSV 3, a .tsv file an article.
    WebannoTsv,
    /// TEI P5: an .xml file an article.
    Tei,
    /// Claims as schema.org has them: JSON-LD, a .jsonld file an article.
    ClaimReview,
    /// Tables of all articles as CSV: articles.csv, spans.csv and links.csv.
    Tables,
    /// The same tables as Parquet.
    #[cfg(feature = "parquet")]
    Parquet,
    /// The Discourse Network Analyzer 3.0: all articles in one database, corpus.dna.
    Dna,
    /// The statements of the Discourse Network Analyzer as a table, statements.csv.
    DnaCsv,
}

/// Who reads the files that are written.
enum Files {
    /// A tool: files an article.
    Tool(ToolFormat),
    /// One for all articles.
    Corpus(CorpusFormat),
}

impl Format {
    /// The form of the files that are written; none where rows are printed.
    fn files(self) -> Option<Files> {
        Some(match self {
            Self::Attributions | Self::Mentions | Self::Annotations => return None,
            Self::Brat => Files::Tool(ToolFormat::Brat),
            Self::Webannotation => Files::Tool(ToolFormat::WebAnnotation),
            Self::CasJson => Files::Tool(ToolFormat::CasJson),
            Self::CasXmi => Files::Tool(ToolFormat::CasXmi),
            Self::WebannoTsv => Files::Tool(ToolFormat::WebannoTsv),
            Self::Tei => Files::Tool(ToolFormat::Tei),
            Self::ClaimReview => Files::Tool(ToolFormat::ClaimReview),
            Self::Tables => Files::Corpus(CorpusFormat::Tables),
            #[cfg(feature = "parquet")]
            Self::Parquet => Files::Corpus(CorpusFormat::Parquet),
            Self::Dna => Files::Corpus(CorpusFormat::Dna),
            Self::DnaCsv => Files::Corpus(CorpusFormat::DnaCsv),
        })
    }
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> ExitCode {
    if let Some(files) = arguments.format.files() {
        if arguments.stdin_jsonl {
            anstream::eprintln!(
                "error: --stdin-jsonl is for --format attributions, mentions and annotations, whose rows are lines; the other formats are files"
            );
            return super::exit_code(true, false);
        }
        return super::exit_code(export_files(arguments, &files).unwrap_or(true), false);
    }
    let Ok(model) = arguments.model.read() else { return super::exit_code(true, false) };
    let done = if arguments.stdin_jsonl { export_lines(arguments, model) } else { export(arguments, model) };
    match done {
        Ok(failed) => super::exit_code(failed, false),
        Err(error) if super::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            anstream::eprintln!("error: {error}");
            super::exit_code(true, false)
        }
    }
}

/// Exports all articles; whether some could not be read.
fn export(arguments: &Arguments, model: Option<Model>) -> io::Result<bool> {
    let (files, mut failed) = super::inputs(&arguments.paths);
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut setups = setups(arguments, model);
    for batch in files.chunks(BATCH) {
        let with_setup: Vec<_> = batch.iter().map(|path| setups.of(path)).collect();
        let rows: Vec<_> = batch
            .par_iter()
            .zip(with_setup)
            .map(|(path, setup)| {
                let (setup, text) = (setup?, super::source(path)?.text);
                row(path, text, arguments.format, &setup)
            })
            .collect();
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
    Ok(failed || setups.failed)
}

/// Exports the articles of standard input, a line each; whether some could not be read.
fn export_lines(arguments: &Arguments, model: Option<Model>) -> io::Result<bool> {
    let mut setups = setups(arguments, model);
    let setup = match setups.of(Path::new("-")) {
        Ok(setup) => setup,
        Err(error) => {
            anstream::eprintln!("error: {error}");
            return Ok(true);
        }
    };
    let mut failed = setups.failed;
    let mut out = io::BufWriter::new(io::stdout());
    let work = |article: Article| {
        let setup = article.setup(Arc::clone(&setup));
        row(&article.path, article.text, arguments.format, &setup)
    };
    lines::each(work, |rows| {
        for row in rows {
            match row {
                Ok(row) => writeln!(out, "{}", row.map_err(io::Error::other)?)?,
                Err(bad) => {
                    failed = true;
                    out.write_all(&bad.row())?;
                }
            }
        }
        out.flush()
    })?;
    Ok(failed)
}

/// Writes the files for all articles; whether something could not be done. Nothing is written, after a complaint, where
/// an input is not there or there is nothing to write.
fn export_files(arguments: &Arguments, files: &Files) -> Result<bool, ()> {
    if arguments.paths.iter().any(|path| path == Path::new("-")) {
        super::complain(
            Path::new("-"),
            "standard input has no name for its files; name an article, or --format attributions, mentions or annotations",
        );
        return Err(());
    }
    let (paths, unread) = super::inputs(&arguments.paths);
    if unread {
        return Err(());
    }
    let mut failed = false;
    let (mut articles, mut read) = (Vec::new(), Vec::new());
    let mut setups = setups(arguments, None);
    let mut settings: Vec<Settings> = Vec::new();
    for path in &paths {
        match setups.config(path) {
            Ok(config) => {
                let here = config.map(|config| config.settings(path)).unwrap_or_default();
                if !settings.contains(&here) {
                    settings.push(here);
                }
            }
            Err(error) => {
                super::complain(path, error);
                failed = true;
            }
        }
        match annotations(path) {
            Ok(annotations) => {
                articles.push(annotations);
                read.push(path);
            }
            Err(()) => failed = true,
        }
    }
    if articles.is_empty() {
        anstream::eprintln!("error: there is no article to export");
        return Err(());
    }
    let mut out = super::Folder::new(arguments.output_dir.clone(), arguments.force);
    match files {
        Files::Tool(tool) => {
            differ_in_name(&articles, &read)?;
            for (path, annotations) in read.iter().zip(&articles) {
                let exported = tool.export(annotations);
                for lost in exported.lost {
                    anstream::eprintln!("warning: {}: {lost}", path.display());
                }
                for (end, text) in exported.files {
                    failed |= out.write(&format!("{}{end}", annotations.name), text.as_bytes()).is_err();
                }
            }
            for (name, text) in tool.shared(&articles, &settings) {
                failed |= out.write(name, text.as_bytes()).is_err();
            }
        }
        Files::Corpus(corpus) => {
            if corpus.is_by_name() {
                differ_in_name(&articles, &read)?;
            }
            match corpus.export(&articles, &settings) {
                Ok(exported) => {
                    for lost in exported.lost {
                        anstream::eprintln!("warning: {lost}");
                    }
                    for file in exported.files {
                        failed |= out.write(file.name, &file.bytes).is_err();
                    }
                }
                Err(error) => {
                    anstream::eprintln!("error: {error}");
                    failed = true;
                }
            }
        }
    }
    Ok(failed)
}

/// Complains of each of `articles`, whose files are `paths`, that is called as one before it.
fn differ_in_name(articles: &[Annotations], paths: &[&PathBuf]) -> Result<(), ()> {
    let mut names = FxHashSet::default();
    let mut done = Ok(());
    for (article, path) in articles.iter().zip(paths) {
        if !names.insert(article.name.as_str()) {
            super::complain(path, super::SAME_NAME);
            done = Err(());
        }
    }
    done
}

/// The annotations of the article at `path` and of the file beside it, `NAME.article.json`, without
/// drafts and alternatives, which are nobody's yet; says how many there are.
fn annotations(path: &Path) -> Result<Annotations, ()> {
    let article = super::source(path).map_err(|error| super::complain(path, error))?.text;
    let mut annotations = super::annotations(path, &article)?;
    let all = annotations.spans.len();
    annotations.spans.retain(AnnotatedSpan::is_settled);
    let pending = all - annotations.spans.len();
    if pending > 0 {
        anstream::eprintln!(
            "warning: {}: {pending} drafts and alternatives stay behind; accept or settle them first",
            path.display()
        );
    }
    Ok(annotations)
}

/// What the articles are analysed with.
fn setups(arguments: &Arguments, model: Option<Model>) -> Setups<'static> {
    Setups::new(Asked { model, least: Some(arguments.least.confidence), ..Asked::default() })
}

/// The row of the article at `path`.
fn row(
    path: &Path,
    text: String,
    format: Format,
    setup: &Arc<Setup>,
) -> Result<String, Box<dyn Error + Send + Sync>> {
    let name = path.display().to_string();
    let analysis = |text: String| Analysis::new(text.into(), Arc::clone(setup));
    Ok(match format {
        Format::Attributions => serde_json::to_string(&exchange::attributions(&name, &analysis(text))),
        Format::Mentions => serde_json::to_string(&exchange::mentions(&name, &analysis(text))),
        _ => {
            let mut annotations = Annotations::read(&super::stem(path), &text);
            if let Some((file, sidecar)) = &setup.sidecar {
                let beside = path.with_file_name(&**file);
                let added = super::add_sidecar(&mut annotations, &beside, sidecar);
                added.map_err(|error| format!("{file}:{error}"))?;
            }
            let article = exchange::GoldArticle::of(&annotations);
            serde_json::to_string(&exchange::GoldRow { path: Some(name), ..article.row() })
        }
    }?)
}
