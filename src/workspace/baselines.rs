//! The baselines of many folders, each file read once.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::baseline::{Baseline, BaselineError};

/// The baselines that were read.
#[derive(Debug, Default)]
pub struct Baselines {
    files: FxHashMap<PathBuf, Arc<Baseline>>,
    /// Texts that count in place of what is on disk: those open in an editor.
    open: FxHashMap<PathBuf, Arc<str>>,
    /// What each file held when it could last be used.
    good: FxHashMap<PathBuf, Arc<Baseline>>,
}

impl Baselines {
    /// The baseline at `path`; one that accepts nothing where there is no such file.
    ///
    /// # Errors
    /// See [`BaselineError`].
    pub fn at(&mut self, path: &Path) -> Result<Arc<Baseline>, BaselineError> {
        if let Some(known) = self.files.get(path) {
            return Ok(Arc::clone(known));
        }
        let read = match self.open.get(path) {
            Some(text) => Baseline::parse(path, text),
            None => Baseline::read_if_there(path),
        };
        let read = Arc::new(read?);
        self.files.insert(path.to_owned(), Arc::clone(&read));
        self.good.insert(path.to_owned(), Arc::clone(&read));
        Ok(read)
    }

    /// The same for those who carry on: of a file that cannot be used what it said when it last could be,
    /// nothing when it never could.
    pub fn in_force(&mut self, path: &Path) -> Arc<Baseline> {
        let known = self.at(path).ok().or_else(|| self.good.get(path).cloned()).unwrap_or_default();
        // A file that cannot be used is not read for every article.
        self.files.entry(path.to_owned()).or_insert_with(|| Arc::clone(&known));
        known
    }

    /// Takes `text` for the baseline at `path` in place of what is on disk; `None` ends that.
    pub fn put(&mut self, path: &Path, text: Option<Arc<str>>) {
        self.forget(path);
        match text {
            Some(text) => self.open.insert(path.to_owned(), text),
            None => self.open.remove(path),
        };
    }

    /// Forgets what was read from `path`: it may have changed on disk.
    pub fn forget(&mut self, path: &Path) {
        self.files.remove(path);
    }
}
