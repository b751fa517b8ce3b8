//! Articles from elsewhere.

use std::fs;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use rustc_hash::FxHashMap;

use super::Arguments;
use crate::cli::{complain, counted, exit_code, stem, write};
use crate::exchange::{Columns, Intake, IntakeFormat, take_in};

/// Imports files of `format`.
pub(super) fn import(arguments: &Arguments, format: IntakeFormat) -> ExitCode {
    let columns = match Columns::read(arguments.columns.iter().map(String::as_str)) {
        Ok(columns) => columns,
        Err(error) => {
            anstream::eprintln!("error: --columns: {error}");
            return exit_code(true, false);
        }
    };
    let mut desk = Desk::new(arguments);
    for path in arguments.files(format.extensions(), &mut desk.failed) {
        let mut input: Box<dyn BufRead> = if path == Path::new("-") {
            Box::new(BufReader::new(io::stdin()))
        } else {
            match fs::File::open(&path) {
                Ok(file) => Box::new(BufReader::new(file)),
                Err(error) => {
                    desk.complain(&path, error);
                    continue;
                }
            }
        };
        take_in(format, &mut input, &columns, &mut |article| match article {
            Ok(article) => desk.take(&path, &article),
            Err(error) => desk.complain(&path, error),
        });
    }
    let articles = counted(desk.written, "article");
    let place = arguments.output_dir.as_ref().map(|folder| format!(" to {}", folder.display()));
    anstream::eprintln!("{articles} written{}.", place.unwrap_or_default());
    exit_code(desk.failed, false)
}

/// Where articles are taken in.
struct Desk<'a> {
    arguments: &'a Arguments,
    /// How many articles wanted each path.
    names: FxHashMap<PathBuf, usize>,
    written: usize,
    failed: bool,
}

impl<'a> Desk<'a> {
    fn new(arguments: &'a Arguments) -> Self {
        Self { arguments, names: FxHashMap::default(), written: 0, failed: false }
    }

    fn complain(&mut self, path: &Path, error: impl std::fmt::Display) {
        complain(path, error);
        self.failed = true;
    }

    /// Writes `article`, which was read from the file at `from`.
    fn take(&mut self, from: &Path, article: &Intake) {
        let place = article.place.map_or_else(String::new, |place| format!(":{place}"));
        for doubt in &article.doubts {
            anstream::eprintln!("warning: {}{place}: {doubt}", from.display());
        }
        let path = self.path(&self.arguments.folder(from).join(article.name(&stem(from))));
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

    /// The file for an article that wants to be at `wanted`: with a number where another one is.
    fn path(&mut self, wanted: &Path) -> PathBuf {
        let mut taken = wanted.as_os_str().to_owned();
        while let Some(times) = self.names.get_mut(Path::new(&taken)) {
            *times += 1;
            taken.push(format!("-{times}"));
        }
        self.names.insert(taken.clone().into(), 1);
        taken.push(".article");
        taken.into()
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        fs::create_dir_all(path.parent().unwrap_or(Path::new("")))?;
        if self.arguments.force {
            return write::replace(path, bytes);
        }
        // Whether it is there is asked and answered at once.
        let mut file = fs::File::create_new(path)?;
        // Half an article is none.
        io::Write::write_all(&mut file, bytes).inspect_err(|_| drop(fs::remove_file(path)))
    }
}
