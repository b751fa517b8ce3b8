//! Indexing the articles of the client's folders, in the background.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use tower_lsp::Client;
use tower_lsp::ls_types::ProgressToken;

use super::knowledge::Knowledge;
use super::session::Session;
use crate::analysis::{Analysis, Setup};
use crate::settings::Settings;
use crate::workspace::{ArticleSummary, Index, IndexCache, KnownActors, Stamp, hash, read};

/// The name of the progress, by which the client cancels it.
pub(super) const TOKEN: &str = "onrecord/indexing";

/// Articles that are indexed between two reports.
const BATCH: usize = 128;

/// How long nobody may have written into a registry or a configuration before all is indexed again: they are typed
/// key by key.
const QUIET: Duration = Duration::from_millis(500);

/// With fewer articles nothing is kept for the next start: they are analysed in a blink.
const WORTH_KEEPING: usize = 64;

/// What is known of articles from the session before, and the stamps of those looked at in this one.
struct Caches {
    roots: Vec<RootCache>,
    /// Made of what decides who said what.
    model: u64,
    /// How many articles were as the session before knew them.
    known: AtomicUsize,
}

struct RootCache {
    root: PathBuf,
    cache: Mutex<IndexCache>,
    stamps: Mutex<FxHashMap<PathBuf, Stamp>>,
}

impl Caches {
    /// Those of the folders `roots`, for an analysis with `setup`; none where `files` is a small number.
    fn open(roots: &[PathBuf], files: usize, setup: &Setup) -> Self {
        let folder = IndexCache::folder().filter(|_| files >= WORTH_KEEPING);
        let open = |root: &PathBuf| {
            let cache = Mutex::new(IndexCache::open(folder.as_deref(), root));
            RootCache { root: root.clone(), cache, stamps: Mutex::default() }
        };
        let roots = folder.iter().flat_map(|_| roots).map(open).collect();
        Self {
            roots,
            model: hash(&format!("{:?} {:?}", setup.model, setup.beside)),
            known: AtomicUsize::new(0),
        }
    }

    /// The summary of the article at `path` with the text `text`, if it is known, else what `analyse` makes.
    fn summary(
        &self,
        path: &Path,
        text: &str,
        actors: &KnownActors,
        analyse: impl FnOnce() -> ArticleSummary,
    ) -> ArticleSummary {
        let root = self.roots.iter().find(|of| path.starts_with(&of.root));
        let Some(RootCache { cache, stamps, .. }) = root else { return analyse() };
        let known = actors.files.iter().fold(self.model, |all, file| all.rotate_left(1) ^ hash(&file.text));
        let Some(stamp) = Stamp::new(path, text, known) else { return analyse() };
        lock(stamps).insert(path.to_owned(), stamp);
        let kept = lock(cache).take(path, stamp);
        let Some(kept) = kept else { return analyse() };
        self.known.fetch_add(1, Ordering::Relaxed);
        kept
    }

    /// Keeps what `index` says for the next start.
    fn write(&self, index: &Index) {
        for RootCache { root, cache, stamps } in &self.roots {
            if let Err(error) = lock(cache).write(index, &lock(stamps)) {
                tracing::info!("the index of {} is not kept for the next start: {error}", root.display());
            }
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Indexes all articles of the folders `roots`, telling how far it has come where the client can show it; one
/// call after another. Waits for the client: run it in a task of its own.
pub(super) async fn index_all(session: Arc<Session>, client: Client, roots: Vec<PathBuf>) {
    if roots.is_empty() {
        return;
    }
    let _turn = session.knowledge().begin_indexing().await;
    let setup = setup(&session);
    let found = {
        let (setup, walker) = (Arc::clone(&setup), Arc::clone(&session));
        tokio::task::spawn_blocking(move || {
            let mut files = walker.knowledge().articles(&roots);
            files.extend(no_longer_found(&walker, &roots, &files));
            let caches = Caches::open(&roots, files.len(), &setup);
            (files, Arc::new(caches))
        })
    };
    let Ok((files, caches)) = found.await else { return };
    let token = ProgressToken::String(TOKEN.to_owned());
    let shown = session.support().is_some_and(|support| support.progress) && files.len() > BATCH;
    let shown = shown && client.create_work_done_progress(token.clone()).await.is_ok();
    let total = files.len();
    let progress = if shown {
        let begun = client.progress(token, "Indexing articles").with_percentage(0).with_cancel_button();
        Some(begun.begin().await)
    } else {
        None
    };
    let mut done = 0;
    for batch in files.chunks(BATCH) {
        if session.knowledge().is_cancelled() || session.is_shut_down() {
            break;
        }
        done += batch.len();
        index_batch(&session, batch.to_vec(), &setup, &caches).await;
        if let Some(progress) = &progress {
            let percent = u32::try_from(done * 100 / total).unwrap_or(100);
            progress.report_with_message(format!("{done} of {total}"), percent, Some(true)).await;
        }
    }
    let known = caches.known.load(Ordering::Relaxed);
    if done == total {
        let session = Arc::clone(&session);
        let _ = tokio::task::spawn_blocking(move || caches.write(&session.knowledge().index())).await;
    }
    if let Some(progress) = progress {
        progress.finish_with_message(format!("{done} of {total} articles, {known} as they were")).await;
    }
}

/// What is indexed under `roots` and not among the articles `found` there: it is looked at whether it is one still.
fn no_longer_found(session: &Session, roots: &[PathBuf], found: &[PathBuf]) -> Vec<PathBuf> {
    let found: FxHashSet<&Path> = found.iter().map(PathBuf::as_path).collect();
    let index = session.knowledge().index();
    let under = index.paths().filter(|path| roots.iter().any(|root| path.starts_with(root)));
    under.filter(|path| !found.contains(path)).map(Path::to_owned).collect()
}

/// Indexes all articles again, once it has been quiet for a while, whenever other actors are known or other files may
/// be articles.
pub(super) async fn keep(session: Arc<Session>, client: Client) {
    while !session.is_shut_down() {
        session.knowledge().outdated().await;
        while tokio::time::timeout(QUIET, session.knowledge().outdated()).await.is_ok() {}
        let roots = session.knowledge().roots();
        index_all(Arc::clone(&session), client.clone(), roots).await;
    }
}

/// Indexes the articles at `paths` anew; takes out those that are gone.
pub(super) async fn index_again(session: Arc<Session>, paths: Vec<PathBuf>) {
    let setup = setup(&session);
    let caches = Arc::new(Caches::open(&[], 0, &setup));
    for batch in paths.chunks(BATCH) {
        index_batch(&session, batch.to_vec(), &setup, &caches).await;
    }
}

/// Takes out the articles under each of `folders`.
pub(super) async fn take_out(session: &Arc<Session>, folders: Vec<PathBuf>) {
    let _turn = session.knowledge().begin_putting().await;
    let session = Arc::clone(session);
    let taking_out = move || {
        for folder in &folders {
            session.knowledge().index_mut().remove_under(folder);
        }
    };
    if tokio::task::spawn_blocking(taking_out).await.is_err() {
        tracing::error!("taking articles out of the index panicked");
    }
}

/// Indexes `batch` when it is its turn.
async fn index_batch(session: &Arc<Session>, batch: Vec<PathBuf>, setup: &Arc<Setup>, caches: &Arc<Caches>) {
    let _turn = session.knowledge().begin_putting().await;
    let (session, setup, caches) = (Arc::clone(session), Arc::clone(setup), Arc::clone(caches));
    if tokio::task::spawn_blocking(move || index(&session, &batch, &setup, &caches)).await.is_err() {
        tracing::error!("indexing an article panicked; the others of its batch are left out");
    }
}

/// What articles are indexed with: no rule speaks.
fn setup(session: &Session) -> Arc<Setup> {
    let settings = Settings { select: vec!["-".to_owned()], ..Settings::default() };
    Arc::new(Setup { settings, ..Setup::clone(&session.setup()) })
}

fn index(session: &Session, paths: &[PathBuf], setup: &Arc<Setup>, caches: &Caches) {
    let knowledge = session.knowledge();
    let summaries: Vec<Option<ArticleSummary>> =
        paths.par_iter().map(|path| summary(knowledge, path, setup, caches)).collect();
    for (path, summary) in paths.iter().zip(summaries) {
        // One article at a time: a hover that waits for the index does not wait for a whole batch.
        let mut index = knowledge.index_mut();
        match summary {
            Some(summary) => index.put(path, summary),
            None => {
                index.remove(path);
            }
        }
    }
}

/// The summary of the article at `path`; none when there is none, or none that the client still works with.
fn summary(
    knowledge: &Knowledge,
    path: &Path,
    setup: &Arc<Setup>,
    caches: &Caches,
) -> Option<ArticleSummary> {
    if !knowledge.works_in(path) {
        return None;
    }
    let text: Arc<str> = read(path).ok()?.text.into();
    let actors = knowledge.actors(path);
    let analyse = || {
        let setup = if actors.files.is_empty() {
            Arc::clone(setup)
        } else {
            Arc::new(Setup { registry: actors.registry.clone(), ..Setup::clone(setup) })
        };
        ArticleSummary::new(&Analysis::new(Arc::clone(&text), setup))
    };
    knowledge.is_article(path, &text).then(|| caches.summary(path, &text, &actors, analyse))
}
