//! The diagnostics of files that are not open: articles, registries and configurations as they are on disk.
//!
//! A client that can pull asks for them by `workspace/diagnostic`; to another they are pushed when its
//! settings ask for it. Kept is only by what id a client may know them: they are found again when they are
//! wanted.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use rayon::prelude::*;
use ropey::Rope;
use rustc_hash::{FxHashMap, FxHashSet};
use tokio::sync::watch;
use tower_lsp::ls_types::Uri;

use super::capabilities::Support;
use super::knowledge::{FolderFile, Knowledge, path};
use super::publication::{faults, publication, result_id};
use super::rendering::Rendering;
use super::session::Session;
use super::to_proto;
use super::transport::to_json;
use crate::analysis::Analysis;
use crate::text::range;
use crate::workspace::{ACTORS_FILE, CONFIG_FILE, ConfigError, read};

/// Files that are looked at between two reports to the client.
const BATCH: usize = 64;

/// What is known of the diagnostics of files that are not open.
#[derive(Debug, Default)]
pub(super) struct Closed {
    known: Mutex<Known>,
    /// Counts what may have changed any of them.
    changes: watch::Sender<u64>,
}

#[derive(Debug, Default)]
struct Known {
    /// The result id of each file's diagnostics as long as nothing they depend on has changed.
    ids: FxHashMap<PathBuf, String>,
    /// Files of which the client was told, as documents it closed, that nothing is found in them.
    withdrawn: Vec<PathBuf>,
    /// What the client's settings say of them: whether they are wanted.
    wanted: Option<bool>,
}

/// The diagnostics of one file.
#[derive(Debug)]
pub(super) struct Report {
    pub(super) path: PathBuf,
    pub(super) uri: Uri,
    /// Names them by what they are; none when the file is gone.
    pub(super) id: Option<String>,
    /// JSON objects with commas between them.
    pub(super) items: Bytes,
}

impl Closed {
    /// Counts what may have changed any of the diagnostics.
    pub(super) fn changes(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    /// The files at `paths` may have changed.
    pub(super) fn forget<'a>(&self, paths: impl IntoIterator<Item = &'a PathBuf>) {
        let mut known = self.lock();
        for path in paths {
            known.ids.remove(path);
        }
        self.changes.send_modify(|count| *count += 1);
    }

    /// The file at `path` is no longer open, and what was published of it was taken away.
    pub(super) fn withdraw(&self, path: PathBuf) {
        self.lock().withdrawn.push(path);
    }

    fn take_withdrawn(&self) -> Vec<PathBuf> {
        std::mem::take(&mut self.lock().withdrawn)
    }

    /// What all of them depend on has changed.
    pub(super) fn forget_all(&self) {
        let mut known = self.lock();
        known.ids.clear();
        self.changes.send_modify(|count| *count += 1);
    }

    /// Puts in force what the client's settings say: whether it wants to hear of files that are not open.
    pub(super) fn set_wanted(&self, wanted: Option<bool>) {
        let mut known = self.lock();
        if known.wanted != wanted {
            known.wanted = wanted;
            self.changes.send_modify(|count| *count += 1);
        }
    }

    /// Whether they are wanted: one that asks for them wants them unless it says otherwise.
    pub(super) fn is_wanted(&self, support: &Support) -> bool {
        self.lock().wanted.unwrap_or(support.pull)
    }

    fn id(&self, path: &Path) -> Option<String> {
        self.lock().ids.get(path).cloned()
    }

    /// Keeps `id` unless something has changed since there were `changes`.
    fn keep(&self, path: &Path, id: &str, changes: u64) {
        let mut known = self.lock();
        if *self.changes.borrow() == changes {
            known.ids.insert(path.to_owned(), id.to_owned());
        }
    }

    fn lock(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a client knows of the files that are not open.
#[derive(Debug, Default)]
pub(super) struct Heard(FxHashMap<PathBuf, String>);

impl Heard {
    /// What it knows by its own account: the id it was given last for each document.
    pub(super) fn new<'a>(ids: impl IntoIterator<Item = (&'a Uri, String)>) -> Self {
        Self(ids.into_iter().filter_map(|(uri, id)| Some((path(uri)?, id))).collect())
    }

    /// Begins to look at all files.
    pub(super) async fn round(&mut self, session: &Arc<Session>) -> Round<'_> {
        let wanted = session.support().is_some_and(|support| session.closed().is_wanted(support));
        let files = if wanted {
            let session = Arc::clone(session);
            let looking = tokio::task::spawn_blocking(move || files(session.knowledge()));
            looking.await.unwrap_or_default()
        } else {
            Vec::new()
        };
        Round { heard: self, session: Arc::clone(session), files, next: 0, is_over: false }
    }

    /// What is to be said of those that are not `there`.
    fn gone(&self, there: &FxHashSet<&PathBuf>) -> Vec<Report> {
        let gone = self.0.keys().filter(|path| !there.contains(path));
        gone.filter_map(|path| {
            let uri = Uri::from_file_path(path)?;
            Some(Report { path: path.clone(), uri, id: None, items: Bytes::new() })
        })
        .collect()
    }
}

/// One look at all files, a batch at a time.
#[derive(Debug)]
pub(super) struct Round<'a> {
    heard: &'a mut Heard,
    session: Arc<Session>,
    files: Vec<PathBuf>,
    /// Where the next batch begins.
    next: usize,
    is_over: bool,
}

impl Round<'_> {
    /// The next files whose diagnostics are others than the client knows, which it is taken to hear of now; none
    /// when there are no more.
    pub(super) async fn next(&mut self) -> Option<Vec<Report>> {
        while !self.is_over && !self.session.is_shut_down() {
            let reports = self.batch().await;
            for report in &reports {
                match &report.id {
                    Some(id) => self.heard.0.insert(report.path.clone(), id.clone()),
                    None => self.heard.0.remove(&report.path),
                };
            }
            if !reports.is_empty() {
                return Some(reports);
            }
        }
        None
    }

    async fn batch(&mut self) -> Vec<Report> {
        let open = open_paths(&self.session);
        let batch = &self.files[self.next..];
        if batch.is_empty() {
            self.is_over = true;
            return self.heard.gone(&self.files.iter().chain(&open).collect());
        }
        let batch = &batch[..BATCH.min(batch.len())];
        self.next += batch.len();
        let closed = batch.iter().filter(|path| !open.contains(*path));
        let batch: Vec<_> = closed.map(|path| (path.clone(), self.heard.0.get(path).cloned())).collect();
        let session = Arc::clone(&self.session);
        tokio::task::spawn_blocking(move || look(&session, batch)).await.unwrap_or_else(|error| {
            tracing::error!("files that are not open could not be looked at: {error}");
            Vec::new()
        })
    }
}

/// The articles in the folders the client works in and the files that say something of them.
fn files(knowledge: &Knowledge) -> Vec<PathBuf> {
    let roots = knowledge.roots();
    let mut files = knowledge.articles(&roots);
    let mut folders: BTreeSet<&Path> = roots.iter().map(PathBuf::as_path).collect();
    for file in &files {
        let inside = file.ancestors().skip(1).take_while(|folder| !roots.iter().any(|root| root == folder));
        folders.extend(inside);
    }
    let named = folders.iter().flat_map(|folder| [CONFIG_FILE, ACTORS_FILE].map(|name| folder.join(name)));
    let named: Vec<PathBuf> = named.filter(|file| file.is_file()).collect();
    files.extend(named);
    files
}

fn open_paths(session: &Session) -> FxHashSet<PathBuf> {
    session.documents().all().iter().filter_map(|snapshot| path(snapshot.uri())).collect()
}

/// What is to be said of `files`, each with the id of what the client knows. Blocks.
fn look(session: &Session, files: Vec<(PathBuf, Option<String>)>) -> Vec<Report> {
    files.into_par_iter().filter_map(|(path, heard)| report(session, path, heard.as_deref())).collect()
}

/// The diagnostics of the file at `path`; none when the client has `heard` of them.
fn report(session: &Session, path: PathBuf, heard: Option<&str>) -> Option<Report> {
    let closed = session.closed();
    // Who has heard nothing of a file knows as much as who has heard that nothing is found in it.
    let nothing = result_id(&[]);
    let heard = heard.unwrap_or(&nothing);
    if closed.id(&path).as_deref() == Some(heard) {
        return None;
    }
    let changes = *closed.changes.borrow();
    let uri = Uri::from_file_path(&path)?;
    let items = diagnose(session, &path, &uri);
    let id = result_id(&items);
    closed.keep(&path, &id, changes);
    (id != heard).then_some(Report { path, uri, id: Some(id), items })
}

/// The diagnostics of the file at `path`, JSON objects with commas between them.
fn diagnose(session: &Session, path: &Path, uri: &Uri) -> Bytes {
    let Some(support) = session.support() else { return Bytes::new() };
    let named = FolderFile::named(uri);
    if named.is_some() && session.knowledge().leads_outside(path) {
        return not_followed(path, support);
    }
    let Ok(source) = read(path) else { return Bytes::new() };
    let rope = Rope::from_str(&source.text);
    if let Some(file) = named {
        return faults(&file, &rope, support);
    }
    if !session.knowledge().is_article(path, &source.text) {
        return Bytes::new();
    }
    let setup = session.knowledge().setup_at(path, session.setup());
    let analysis = Arc::new(Analysis::new(source.text.into(), setup));
    Rendering::new(&analysis, &rope, uri.as_str(), support, None).items()
}

/// What is said of a folder's file at `path` that is a link to elsewhere.
fn not_followed(path: &Path, support: &Support) -> Bytes {
    let message = "This is a link to a file outside the workspace, which is not read. \
        Put the file itself here, or add its folder to the workspace."
        .to_owned();
    let error = ConfigError { path: path.to_owned(), line: 1, range: range(0, 0), message };
    to_json(&to_proto::config_error(&error, &Rope::new(), support.encoding)).into()
}

/// Publishes the diagnostics of files that are not open as long as the client's settings ask for them; for a
/// client that does not pull.
pub(super) async fn publish_all(session: Arc<Session>) {
    let mut changes = session.closed().changes();
    let mut heard = Heard::default();
    loop {
        changes.borrow_and_update();
        for path in session.closed().take_withdrawn() {
            heard.0.remove(&path);
        }
        let mut round = heard.round(&session).await;
        while let Some(reports) = round.next().await {
            for report in reports {
                let Some(slot) = session.outbox().slot().await else { return };
                let is_file = |uri: &Uri| path(uri).is_some_and(|path| path == report.path);
                let body = publication(&report.uri, None, report.items);
                session.documents().unless_open(is_file, || session.outbox().publish(body, slot));
            }
        }
        if session.is_shut_down() || changes.changed().await.is_err() {
            return;
        }
        settle().await;
    }
}

/// Waits a moment: what changes files changes many.
pub(super) async fn settle() {
    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
}
