//! The files beside articles that hold what has no place in them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{Fence, ReadError, read};
use crate::article::Sidecar;

/// What the name of such a file ends in.
pub const SIDECAR_ENDING: &str = ".article.json";

/// A file of annotations beside an article: its name, without its folder, and what it says.
pub type NamedSidecar = (Arc<str>, Arc<Sidecar>);

/// Where the file beside the article at `path` is, whether there is one or not: `NAME.article.json`.
pub fn sidecar_path(path: &Path) -> PathBuf {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".json");
    PathBuf::from(beside)
}

/// What stands beside the article at `path`; none where there is no such file. Only the extension `.article` has one.
///
/// # Errors
/// Where the file is there and cannot be read.
pub fn read_sidecar(path: &Path) -> Result<Option<NamedSidecar>, ReadError> {
    let beside = sidecar_path(path);
    let Some(name) = beside.file_name().and_then(|name| name.to_str()) else { return Ok(None) };
    // A pipe would be waited for.
    if !name.ends_with(SIDECAR_ENDING) || !beside.is_file() {
        return Ok(None);
    }
    let source = read(&beside)?;
    Ok(Some((name.into(), Arc::new(Sidecar::read(&source.text)))))
}

/// What stands beside many articles, each file read once.
#[derive(Debug, Default)]
pub struct Sidecars {
    /// What each path holds; none where there is no such file.
    files: FxHashMap<PathBuf, Option<NamedSidecar>>,
    /// Texts that count in place of what is on disk: those open in an editor.
    open: FxHashMap<PathBuf, NamedSidecar>,
    fence: Fence,
}

impl Sidecars {
    /// What stands beside the article at `path`; a file that cannot be read counts as not there.
    pub fn of(&mut self, path: &Path) -> Option<NamedSidecar> {
        let beside = sidecar_path(path);
        if let Some(open) = self.open.get(&beside) {
            return Some(open.clone());
        }
        if let Some(known) = self.files.get(&beside) {
            return known.clone();
        }
        let is_read = !self.fence.shuts_out(&beside);
        let read = is_read.then(|| read_sidecar(path).ok().flatten()).flatten();
        self.files.insert(beside, read.clone());
        read
    }

    /// From now on a link that leads out of `fence` is not followed.
    pub fn stay_in(&mut self, fence: Fence) {
        self.fence = fence;
        self.files.clear();
    }

    /// Takes `text` for the file at `path`, one beside an article, in place of what is on disk; `None` ends that.
    pub fn put(&mut self, path: &Path, text: Option<&str>) {
        self.forget(path);
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        match text {
            Some(text) => {
                self.open.insert(path.to_owned(), (name.into(), Arc::new(Sidecar::read(text))));
            }
            None => {
                self.open.remove(path);
            }
        }
    }

    /// Forgets what was read from `path`: it may have changed on disk.
    pub fn forget(&mut self, path: &Path) {
        self.files.remove(path);
    }
}
