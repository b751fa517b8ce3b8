//! `onrecord import`: articles from elsewhere, and annotations made elsewhere as spans of articles.

mod annotations;
mod articles;
mod corpus;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use ignore::WalkBuilder;

use crate::exchange::{CorpusFormat, IntakeFormat, ToolFormat};

/// Make articles of pages, agencies' formats, documents and tables, with what they say of headline, byline, day
/// and outlet as front matter; or of the files of an annotation tool.
///
/// What an article cannot hold is said; spans that cross others go to NAME.article.json.
#[derive(Args)]
pub struct Arguments {
    /// Files, and folders to search for files of the format.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// What the files are.
    #[arg(long, value_enum)]
    format: Format,
    /// Where the articles are written, made where it is not there; without it, beside each file.
    #[arg(short, long, value_name = "DIR")]
    output_dir: Option<PathBuf>,
    /// Write over articles that are there.
    #[arg(long)]
    force: bool,
    /// Of a table or JSON lines which column or key is what, separated by commas: text=Body,date=Published; also
    /// title, outlet, byline, url, language and id. Without it the usual names count.
    #[arg(long, value_delimiter = ',', value_name = "FIELD=COLUMN")]
    columns: Vec<String>,
}

/// A format as it is typed.
#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// Pages of web sites.
    Html,
    /// The IPTC's JSON for news, versions 1 to 3.
    Ninjs,
    /// The IPTC's News Industry Text Format.
    Nitf,
    /// The IPTC's NewsML-G2.
    #[value(name = "newsml-g2")]
    NewsmlG2,
    /// Documents of word processors.
    Docx,
    /// Tables with a head line, an article a row.
    Csv,
    /// JSON lines, an article a line.
    Jsonl,
    /// brat: .ann files, each with its text beside it as .txt.
    Brat,
    /// W3C Web Annotation: .json files, each with the text it names beside it.
    Webannotation,
    /// INCEpTION: UIMA's CAS as JSON, a .json file an article.
    CasJson,
    /// INCEpTION: UIMA's CAS as XMI, an .xmi file an article.
    CasXmi,
    /// INCEpTION and WebAnno: TSV 3, a .tsv file an article.
    WebannoTsv,
    /// TEI P5: .xml files.
    Tei,
    /// Claims, and reviews of claims, as schema.org has them: JSON-LD with the article's text, .jsonld files.
    ClaimReview,
    /// The tables "onrecord export --format tables" writes: articles.csv, with the other two beside it.
    Tables,
    /// The same tables as Parquet: articles.parquet, with the other two beside it.
    #[cfg(feature = "parquet")]
    Parquet,
    /// The Discourse Network Analyzer 2.0 and 3.0: .dna files, all documents of each.
    Dna,
    /// JSON lines of "onrecord export --format attributions", or of a corpus with its text.
    Attributions,
}

/// What a format holds.
#[derive(Clone, Copy)]
enum Kind {
    Articles(IntakeFormat),
    Annotations(ToolFormat),
    Corpus(CorpusFormat),
    Attributions,
}

impl Format {
    fn kind(self) -> Kind {
        match self {
            Self::Html => Kind::Articles(IntakeFormat::Html),
            Self::Ninjs => Kind::Articles(IntakeFormat::Ninjs),
            Self::Nitf => Kind::Articles(IntakeFormat::Nitf),
            Self::NewsmlG2 => Kind::Articles(IntakeFormat::NewsmlG2),
            Self::Docx => Kind::Articles(IntakeFormat::Docx),
            Self::Csv => Kind::Articles(IntakeFormat::Csv),
            Self::Jsonl => Kind::Articles(IntakeFormat::Jsonl),
            Self::Brat => Kind::Annotations(ToolFormat::Brat),
            Self::Webannotation => Kind::Annotations(ToolFormat::WebAnnotation),
            Self::CasJson => Kind::Annotations(ToolFormat::CasJson),
            Self::CasXmi => Kind::Annotations(ToolFormat::CasXmi),
            Self::WebannoTsv => Kind::Annotations(ToolFormat::WebannoTsv),
            Self::Tei => Kind::Annotations(ToolFormat::Tei),
            Self::ClaimReview => Kind::Annotations(ToolFormat::ClaimReview),
            Self::Tables => Kind::Corpus(CorpusFormat::Tables),
            #[cfg(feature = "parquet")]
            Self::Parquet => Kind::Corpus(CorpusFormat::Parquet),
            Self::Dna => Kind::Corpus(CorpusFormat::Dna),
            Self::Attributions => Kind::Attributions,
        }
    }
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> ExitCode {
    if !arguments.columns.is_empty() && !matches!(arguments.format, Format::Csv | Format::Jsonl) {
        anstream::eprintln!(
            "error: --columns is for --format csv and jsonl; the other formats say themselves what is what"
        );
        return super::exit_code(true, false);
    }
    match arguments.format.kind() {
        Kind::Articles(format) => articles::import(arguments, format),
        Kind::Annotations(tool) => annotations::import(arguments, Some(tool)),
        Kind::Corpus(format) => corpus::import(arguments, format),
        Kind::Attributions => annotations::import(arguments, None),
    }
}

impl Arguments {
    /// The files among the paths, and those in the folders that end in one of `extensions`; complains of folders
    /// with none.
    fn files(&self, extensions: &[&str], failed: &mut bool) -> Vec<PathBuf> {
        let mut out = Vec::new();
        for path in &self.paths {
            if !path.is_dir() {
                out.push(path.clone());
                continue;
            }
            let walk = WalkBuilder::new(path).sort_by_file_path(Path::cmp).require_git(false).build();
            let is_one = |file: &PathBuf| {
                let extension = file.extension().map(|end| end.to_string_lossy().to_ascii_lowercase());
                extension.is_some_and(|end| extensions.contains(&end.as_str())) && file.is_file()
            };
            let before = out.len();
            out.extend(walk.flatten().map(ignore::DirEntry::into_path).filter(is_one));
            if out.len() == before {
                super::complain(
                    path,
                    format!("no file in this folder ends in .{}", extensions.join(" or .")),
                );
                *failed = true;
            }
        }
        out
    }

    /// The folder for what the file at `path` holds.
    fn folder(&self, path: &Path) -> PathBuf {
        self.output_dir.clone().or_else(|| path.parent().map(Path::to_owned)).unwrap_or_default()
    }
}
