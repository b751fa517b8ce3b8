//! Findings that were there before, or that somebody accepted: a file of them, so that only others are
//! reported.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::portable;
use crate::rules::{Accepted, Finding, Fingerprint, Rule, find};
use crate::text::{TextEdit, range};

/// The form the file has; a program that does not know it says so.
const VERSION: u32 = 1;

/// The name of the file where nobody says otherwise.
pub const BASELINE_FILE: &str = "onrecord-baseline.json";

/// How the name of every file ends that a configuration names as a baseline: by it editors know one.
pub const BASELINE_ENDING: &str = "baseline.json";

/// Why a baseline cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BaselineError {
    /// The file system said no.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// It is no baseline, or one that was damaged.
    #[error(
        "this is no baseline: {0}; name another file, or delete it and write it anew with --write-baseline"
    )]
    Damaged(#[from] serde_json::Error),
    /// It was written by a newer program.
    #[error("a baseline of version {0}; this program reads version {VERSION}")]
    Version(u32),
}

impl BaselineError {
    /// The line it is about, from 1.
    pub fn line(&self) -> usize {
        match self {
            Self::Damaged(error) => error.line().max(1),
            Self::Io(_) | Self::Version(_) => 1,
        }
    }
}

/// The file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Content {
    version: u32,
    findings: Vec<Row>,
}

/// A finding in the file.
#[derive(PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Row {
    /// The article, with `/` between folders.
    path: String,
    #[serde(flatten)]
    print: Fingerprint,
}

/// Accepted findings of many articles; the paths are relative to the file's folder.
#[derive(Debug, Default)]
pub struct Baseline {
    folder: PathBuf,
    articles: FxHashMap<String, Arc<Accepted>>,
}

impl Baseline {
    /// Reads the file at `path`.
    ///
    /// # Errors
    /// See [`BaselineError`].
    pub fn read(path: &Path) -> Result<Self, BaselineError> {
        Self::parse(path, &std::fs::read_to_string(path)?)
    }

    /// The same of a file that need not be there: none accepts nothing.
    ///
    /// # Errors
    /// See [`BaselineError`].
    pub fn read_if_there(path: &Path) -> Result<Self, BaselineError> {
        match Self::read(path) {
            Err(BaselineError::Io(error)) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            read => read,
        }
    }

    /// Reads `text`, the content of the file at `path`; an empty one accepts nothing.
    ///
    /// # Errors
    /// See [`BaselineError`].
    pub fn parse(path: &Path, text: &str) -> Result<Self, BaselineError> {
        let folder = folder(path);
        if text.trim().is_empty() {
            return Ok(Self { folder, ..Self::default() });
        }
        let content: Content = serde_json::from_str(text)?;
        if content.version != VERSION {
            return Err(BaselineError::Version(content.version));
        }
        let mut articles: FxHashMap<String, Accepted> = FxHashMap::default();
        for row in content.findings {
            articles.entry(row.path).or_default().add(row.print);
        }
        let articles = articles.into_iter().map(|(path, accepted)| (path, Arc::new(accepted))).collect();
        Ok(Self { folder, articles })
    }

    /// What is accepted in the article at `path`, if anything is.
    pub fn of(&self, path: &Path) -> Option<Arc<Accepted>> {
        if self.articles.is_empty() {
            return None;
        }
        self.articles.get(&relative(path, &self.folder)).cloned()
    }

    /// What accepts `finding` of the article `text` at `article` as well in the baseline at `path`, whose
    /// content is `content`: an edit of that content.
    ///
    /// # Errors
    /// See [`BaselineError`]: a file that cannot be read is not written to.
    pub fn accept(
        path: &Path,
        content: &str,
        article: &Path,
        text: &str,
        finding: &Finding,
    ) -> Result<TextEdit, BaselineError> {
        let known = Self::parse(path, content)?;
        let row = Row { path: relative(article, &folder(path)), print: Fingerprint::of(text, finding) };
        let Some(start) = list(content) else {
            return Ok(TextEdit { range: range(0, content.len()), new_text: written(&[row])? });
        };
        let comma = if known.articles.is_empty() { "" } else { "," };
        let new_text = format!("\n{}{comma}", serde_json::to_string(&row)?);
        Ok(TextEdit { range: range(start, start), new_text })
    }
}

/// Where the list of findings begins in a baseline's `content`, after its bracket.
fn list(content: &str) -> Option<usize> {
    let key = "\"findings\"";
    content.match_indices(key).find_map(|(at, _)| {
        let after = content.get(at + key.len()..)?.trim_start().strip_prefix(':')?;
        Some(content.len() - after.trim_start().strip_prefix('[')?.len())
    })
}

/// The content of a file with `rows`, a line each.
fn written(rows: &[Row]) -> Result<String, serde_json::Error> {
    let rows: Result<Vec<String>, _> = rows.iter().map(serde_json::to_string).collect();
    Ok(format!("{{\"version\": {VERSION}, \"findings\": [\n{}\n]}}\n", rows?.join(",\n")))
}

/// Collects findings for a new baseline.
pub struct NewBaseline {
    folder: PathBuf,
    findings: Vec<Row>,
    /// The articles that were checked.
    checked: FxHashSet<String>,
    /// What the file that is there knows.
    before: Baseline,
}

impl NewBaseline {
    /// One for the file `path`, whose present content is read.
    ///
    /// # Errors
    /// See [`BaselineError`]: what is no baseline is not written over. It is none when there is no such file yet.
    pub fn new(path: &Path) -> Result<Self, BaselineError> {
        let before = Baseline::read_if_there(path)?;
        Ok(Self { folder: folder(path), findings: Vec::new(), checked: FxHashSet::default(), before })
    }

    /// Adds what was found in the article `text` at `path`. What was known of it stays where it was not looked for now,
    /// which `is_sought` tells of a rule.
    pub fn add(
        &mut self,
        path: &Path,
        text: &str,
        findings: &[Finding],
        is_sought: impl Fn(&'static Rule) -> bool,
    ) {
        let path = relative(path, &self.folder);
        let row = |print| Row { path: path.clone(), print };
        self.findings.extend(findings.iter().map(|finding| row(Fingerprint::of(text, finding))));
        if self.checked.insert(path.clone())
            && let Some(known) = self.before.articles.get(&path)
        {
            let is_kept = |print: &&Fingerprint| find(print.code()).is_some_and(|rule| !is_sought(rule));
            self.findings.extend(known.prints().filter(is_kept).cloned().map(row));
        }
    }

    /// The content of the file, a line a finding, and how many it has; what it knew of articles that were not
    /// looked at now and are still there stays.
    ///
    /// # Errors
    /// [`BaselineError::Damaged`] where a finding cannot be written.
    pub fn content(mut self) -> Result<(String, usize), BaselineError> {
        for (path, accepted) in &self.before.articles {
            if !self.checked.contains(path) && self.folder.join(path).exists() {
                let row = |print: &Fingerprint| Row { path: path.clone(), print: print.clone() };
                self.findings.extend(accepted.prints().map(row));
            }
        }
        self.findings.sort();
        Ok((written(&self.findings)?, self.findings.len()))
    }
}

/// The folder of the file at `path`, from the root.
fn folder(path: &Path) -> PathBuf {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    from_root(folder)
}

fn from_root(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_owned())
}

/// `path` as seen from `folder`; from the root when it lies elsewhere.
fn relative(path: &Path, folder: &Path) -> String {
    let path = from_root(path);
    portable(path.strip_prefix(folder).unwrap_or(&path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analysis;
    use crate::text::apply_edits;

    #[test]
    fn what_is_accepted_is_written_into_any_form_of_the_file_and_read_again() {
        let text = "The senate met.\n\nIt is believed that the minister left.\n\nIt is thought that she came back.\n";
        let found = Analysis::new(text.into(), Arc::default()).findings().to_vec();
        assert_eq!(found.len(), 2, "{found:?}");
        let (path, article) = (Path::new("/news/onrecord-baseline.json"), Path::new("/news/a.txt"));
        for begun in
            ["", "{\"version\":1,\"findings\":[]}", "{\n  \"findings\" : [\n  ],\n  \"version\": 1\n}\n"]
        {
            let mut content = begun.to_owned();
            for finding in &found {
                let edit = Baseline::accept(path, &content, article, text, finding).unwrap();
                content = apply_edits(&content, &[edit]);
            }
            let baseline = Baseline::parse(path, &content).unwrap();
            let mut accepted = Accepted::clone(&baseline.of(article).unwrap());
            assert!(found.iter().all(|finding| accepted.take(text, finding)), "{content}");
            assert!(!found.iter().any(|finding| accepted.take(text, finding)), "{content}");
            assert_eq!(baseline.of(Path::new("/news/b.txt")), None);
        }
        assert!(Baseline::accept(path, "[", article, text, &found[0]).is_err());
    }
}
