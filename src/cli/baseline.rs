//! Findings that were there before: a file of them, so that only new ones are reported.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::fingerprint::{Fingerprint, portable};
use super::output::Checked;

/// The form the file has; a program that does not know it says so.
const VERSION: u32 = 1;

/// Why a baseline cannot be used.
#[derive(Debug, thiserror::Error)]
pub(super) enum BaselineError {
    /// The file system said no.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// It is no baseline, or one that was damaged.
    #[error("this is no baseline: {0}; write it anew with --write-baseline")]
    Damaged(#[from] serde_json::Error),
    /// It was written by a newer program.
    #[error("a baseline of version {0}; this program reads version {VERSION}")]
    Version(u32),
}

/// The file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Content {
    version: u32,
    findings: Vec<Fingerprint>,
}

/// Known findings of many articles; the paths are relative to the file's folder.
pub(super) struct Baseline {
    folder: PathBuf,
    /// How many findings with the same fingerprint are known.
    known: FxHashMap<Fingerprint, usize>,
}

impl Baseline {
    /// Reads the file at `path`.
    ///
    /// # Errors
    /// See [`BaselineError`].
    pub(super) fn read(path: &Path) -> Result<Self, BaselineError> {
        let content: Content = serde_json::from_str(&fs::read_to_string(path)?)?;
        if content.version != VERSION {
            return Err(BaselineError::Version(content.version));
        }
        let mut known = FxHashMap::default();
        for print in content.findings {
            *known.entry(print).or_default() += 1;
        }
        Ok(Self { folder: folder(path), known })
    }

    /// Takes out of `checked` what is known; of several findings that look alike as many as are known.
    pub(super) fn hide_known(&mut self, checked: &mut Checked) {
        let path = relative(&checked.path, &self.folder);
        let text = &checked.text;
        checked.findings.retain(|finding| {
            match self.known.get_mut(&Fingerprint::of(path.clone(), text, finding)) {
                Some(left) if *left > 0 => {
                    *left -= 1;
                    false
                }
                _ => true,
            }
        });
    }
}

/// Collects findings for a new baseline.
pub(super) struct NewBaseline {
    path: PathBuf,
    folder: PathBuf,
    findings: Vec<Fingerprint>,
    /// The articles that were checked.
    checked: FxHashSet<String>,
    /// What the file that is there knows.
    before: Vec<Fingerprint>,
}

impl NewBaseline {
    /// One that will be written to `path`, whose present content is read.
    ///
    /// # Errors
    /// See [`BaselineError`]; it is none when there is no such file yet.
    pub(super) fn new(path: &Path) -> Result<Self, BaselineError> {
        let before = match Baseline::read(path) {
            Ok(old) => old.known.into_iter().flat_map(|(print, n)| std::iter::repeat_n(print, n)).collect(),
            Err(BaselineError::Io(error)) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            // A damaged one is what this is to replace.
            Err(BaselineError::Damaged(_)) => Vec::new(),
            Err(error) => return Err(error),
        };
        let (findings, checked) = (Vec::new(), FxHashSet::default());
        Ok(Self { path: path.to_owned(), folder: folder(path), findings, checked, before })
    }

    /// Adds what was found in an article.
    pub(super) fn add(&mut self, checked: &Checked) {
        let path = relative(&checked.path, &self.folder);
        let print = |finding| Fingerprint::of(path.clone(), &checked.text, finding);
        self.findings.extend(checked.findings.iter().map(print));
        self.checked.insert(path);
    }

    /// Writes the file, a line a finding; what it knew of articles that were not looked at now and are
    /// still there stays. How many findings it has.
    ///
    /// # Errors
    /// What the file system says.
    pub(super) fn write(mut self) -> Result<usize, BaselineError> {
        let kept = self
            .before
            .into_iter()
            .filter(|print| !self.checked.contains(&print.path) && self.folder.join(&print.path).exists());
        self.findings.extend(kept);
        self.findings.sort();
        let rows: Result<Vec<String>, _> = self.findings.iter().map(serde_json::to_string).collect();
        let rows = rows?.join(",\n");
        let text = format!("{{\"version\": {VERSION}, \"findings\": [\n{rows}\n]}}\n");
        super::write::replace(&self.path, text.as_bytes())?;
        Ok(self.findings.len())
    }
}

/// The folder of the file at `path`, from the root.
fn folder(path: &Path) -> PathBuf {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    from_root(folder)
}

fn from_root(path: &Path) -> PathBuf {
    fs::canonicalize(path).or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_owned())
}

/// `path` as seen from `folder`; from the root when it lies elsewhere.
fn relative(path: &Path, folder: &Path) -> String {
    let path = from_root(path);
    portable(path.strip_prefix(folder).unwrap_or(&path))
}
