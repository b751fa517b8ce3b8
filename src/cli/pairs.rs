//! The articles that two people annotated: two files, or two folders with files of the same names.

use std::path::{Path, PathBuf};

use rustc_hash::FxHashSet;

use super::{annotations, complain, source};
use crate::exchange::{Coding, CodingError, Comparison};
use crate::workspace::{FileEncoding, discover};

/// One article as two people annotated it.
pub(super) struct Pair {
    /// What the article is called: its path in both folders, or the first file's name.
    pub(super) name: PathBuf,
    pub(super) a: Annotated,
    pub(super) b: Annotated,
}

/// An article as one person annotated it.
pub(super) struct Annotated {
    pub(super) path: PathBuf,
    pub(super) encoding: FileEncoding,
    pub(super) coding: Coding,
}

impl Annotated {
    fn read(path: &Path) -> Result<Self, ()> {
        let source = source(path).map_err(|error| complain(path, error))?;
        let annotations = annotations(path, &source.text)?;
        let coding = Coding::new(annotations, source.text);
        if coding.drafts > 0 {
            let drafts = super::counted(coding.drafts, "draft");
            anstream::eprintln!("warning: {}: {drafts} that nobody accepted are left out", path.display());
        }
        Ok(Self { path: path.to_owned(), encoding: source.encoding, coding })
    }
}

impl Pair {
    /// Both annotations side by side; complains where they cannot be.
    pub(super) fn compare(&self) -> Result<Comparison<'_>, ()> {
        Comparison::new(&self.a.coding, &self.b.coding).map_err(|error| {
            let path = match &error {
                CodingError::Waiting { in_second: true, .. } => &self.b.path,
                _ => &self.a.path,
            };
            anstream::eprintln!(
                "error: {}:{error} ({} and {})",
                path.display(),
                self.a.path.display(),
                self.b.path.display()
            );
        })
    }
}

/// The articles that are in `a` and in `b`; whether something could not be read.
pub(super) fn pairs(a: &Path, b: &Path) -> (Vec<Pair>, bool) {
    let mut failed = false;
    let mut out = Vec::new();
    let named = match (a.is_dir(), b.is_dir()) {
        (true, true) => in_both(a, b, &mut failed),
        (false, false) => {
            let name = a.file_name().map(PathBuf::from).unwrap_or_default();
            vec![(name, a.to_owned(), b.to_owned())]
        }
        (is_folder, _) => {
            complain(if is_folder { b } else { a }, "two files or two folders are compared, not one of each");
            return (out, true);
        }
    };
    for (name, a, b) in named {
        // Both are read, so that what is wrong with either is told.
        match (Annotated::read(&a), Annotated::read(&b)) {
            (Ok(a), Ok(b)) => out.push(Pair { name, a, b }),
            _ => failed = true,
        }
    }
    (out, failed)
}

/// The paths in both folders; warns of those that only one has.
fn in_both(a: &Path, b: &Path, failed: &mut bool) -> Vec<(PathBuf, PathBuf, PathBuf)> {
    let [first, second] = [a, b].map(|folder| {
        let found = discover(&[folder.to_owned()]);
        for (path, error) in &found.errors {
            complain(path, error);
            *failed = true;
        }
        let inside = |file: &PathBuf| file.strip_prefix(folder).ok().map(Path::to_owned);
        found.files.iter().filter_map(inside).collect::<Vec<PathBuf>>()
    });
    let known = |list: &[PathBuf]| list.iter().cloned().collect::<FxHashSet<PathBuf>>();
    let (in_a, in_b) = (known(&first), known(&second));
    for (folder, list, others) in [(a, &first, &in_b), (b, &second, &in_a)] {
        for path in list.iter().filter(|path| !others.contains(*path)) {
            anstream::eprintln!(
                "warning: {}: the other folder has no such article",
                folder.join(path).display()
            );
        }
    }
    let both: Vec<PathBuf> = first.into_iter().filter(|path| in_b.contains(path)).collect();
    if both.is_empty() {
        anstream::eprintln!("error: {} and {} have no article of one name", a.display(), b.display());
        *failed = true;
    }
    both.into_iter().map(|name| (name.clone(), a.join(&name), b.join(&name))).collect()
}
