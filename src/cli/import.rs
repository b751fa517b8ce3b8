//! `onrecord import`: articles from elsewhere.

use std::fs;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use ignore::WalkBuilder;
use rustc_hash::FxHashMap;

use crate::exchange::{Columns, Intake, IntakeFormat, take_in};

/// Make articles of pages, agencies' formats, documents and tables: a file each, with what they say of
/// headline, byline, day and outlet as front matter.
#[derive(Args)]
pub struct Arguments {
    /// What the files are.
    #[arg(long, value_enum)]
    format: ImportFormat,
    /// Files and folders; "-" is standard input.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// The folder the articles are written to; made where it is not there.
    #[arg(long, value_name = "DIR")]
    output_dir: PathBuf,
    /// Write over files that are there.
    #[arg(long)]
    force: bool,
    /// Which column or key is what, separated by commas: text=Body,date=Published; also title, outlet,
    /// byline, url, language and id. Without it the usual names count.
    #[arg(long, value_delimiter = ',', value_name = "FIELD=COLUMN")]
    columns: Vec<String>,
}

/// A format as it is typed.
#[derive(Clone, Copy, ValueEnum)]
enum ImportFormat {
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
}

impl From<ImportFormat> for IntakeFormat {
    fn from(format: ImportFormat) -> Self {
        match format {
            ImportFormat::Html => Self::Html,
            ImportFormat::Ninjs => Self::Ninjs,
            ImportFormat::Nitf => Self::Nitf,
            ImportFormat::NewsmlG2 => Self::NewsmlG2,
            ImportFormat::Docx => Self::Docx,
            ImportFormat::Csv => Self::Csv,
            ImportFormat::Jsonl => Self::Jsonl,
        }
    }
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> ExitCode {
    let columns = match Columns::read(arguments.columns.iter().map(String::as_str)) {
        Ok(columns) => columns,
        Err(error) => {
            anstream::eprintln!("error: --columns: {error}");
            return super::exit_code(true, false);
        }
    };
    if let Err(error) = fs::create_dir_all(&arguments.output_dir) {
        super::complain(&arguments.output_dir, error);
        return super::exit_code(true, false);
    }
    let format = IntakeFormat::from(arguments.format);
    let mut folder = Folder::new(arguments);
    for path in files(&arguments.paths, format, &mut folder.failed) {
        let mut input: Box<dyn BufRead> = if path == Path::new("-") {
            Box::new(BufReader::new(io::stdin()))
        } else {
            match fs::File::open(&path) {
                Ok(file) => Box::new(BufReader::new(file)),
                Err(error) => {
                    folder.complain(&path, error);
                    continue;
                }
            }
        };
        take_in(format, &mut input, &columns, &mut |article| match article {
            Ok(article) => folder.take(&path, &article),
            Err(error) => folder.complain(&path, error),
        });
    }
    let articles = if folder.written == 1 { "article" } else { "articles" };
    anstream::eprintln!("{} {articles} written to {}.", folder.written, arguments.output_dir.display());
    super::exit_code(folder.failed, false)
}

/// The files among `paths`, and those of the format in its folders.
fn files(paths: &[PathBuf], format: IntakeFormat, failed: &mut bool) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for path in paths {
        if !path.is_dir() {
            out.push(path.clone());
            continue;
        }
        let before = out.len();
        let walk = WalkBuilder::new(path).sort_by_file_path(Path::cmp).require_git(false).build();
        let is_one = |file: &PathBuf| {
            let extension = file.extension().map(|end| end.to_string_lossy().to_ascii_lowercase());
            extension.is_some_and(|end| format.extensions().contains(&end.as_str())) && file.is_file()
        };
        out.extend(walk.flatten().map(ignore::DirEntry::into_path).filter(is_one));
        if out.len() == before {
            let ends = format.extensions().join(" or .");
            super::complain(path, format!("no file in this folder ends in .{ends}"));
            *failed = true;
        }
    }
    out
}

/// Where articles are written.
struct Folder<'a> {
    arguments: &'a Arguments,
    /// How many articles wanted each name.
    names: FxHashMap<String, usize>,
    written: usize,
    failed: bool,
}

impl<'a> Folder<'a> {
    fn new(arguments: &'a Arguments) -> Self {
        Self { arguments, names: FxHashMap::default(), written: 0, failed: false }
    }

    fn complain(&mut self, path: &Path, error: impl std::fmt::Display) {
        super::complain(path, error);
        self.failed = true;
    }

    /// Writes `article`, which was read from the file at `from`.
    fn take(&mut self, from: &Path, article: &Intake) {
        let place = article.place.map_or_else(String::new, |place| format!(":{place}"));
        for doubt in &article.doubts {
            anstream::eprintln!("warning: {}{place}: {doubt}", from.display());
        }
        let path = self.arguments.output_dir.join(self.name(&article.name(&super::stem(from))));
        match self.write(&path, article.article().as_bytes()) {
            Ok(()) => self.written += 1,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                let source = format!("{}{place}", from.display());
                self.complain(
                    &path,
                    format!("is there already, so that {source} was not written: --force writes over it"),
                );
            }
            Err(error) => self.complain(&path, error),
        }
    }

    /// The file for an article that wants to be called `name`: with a number where another one is.
    fn name(&mut self, name: &str) -> String {
        let mut taken = name.to_owned();
        while let Some(times) = self.names.get_mut(&taken) {
            *times += 1;
            taken = format!("{taken}-{times}");
        }
        self.names.insert(taken.clone(), 1);
        format!("{taken}.article")
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        if self.arguments.force {
            return super::write::replace(path, bytes);
        }
        // Whether it is there is asked and answered at once.
        let mut file = fs::File::create_new(path)?;
        io::Write::write_all(&mut file, bytes)
    }
}
