//! What a session knows beyond one article: the registries of its folders and the index over their articles.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use rustc_hash::FxHashMap;
use tokio::sync::Notify;
use tower_lsp::ls_types::Uri;

use crate::analysis::Setup;
use crate::workspace::{ACTORS_FILE, Index, KnownActors, Registries};

/// The registries and the index of a session.
#[derive(Debug, Default)]
pub(super) struct Knowledge {
    registries: Mutex<Registries>,
    setups: Mutex<FxHashMap<PathBuf, KeptSetup>>,
    index: RwLock<Index>,
    roots: Mutex<Vec<PathBuf>>,
    /// Says that what is known of actors is no longer what it was.
    changed: Notify,
    /// The indexing under way is no longer wanted.
    cancelled: AtomicBool,
}

/// A setup, and what it was made of.
#[derive(Debug)]
struct KeptSetup {
    base: Arc<Setup>,
    actors: Arc<KnownActors>,
    setup: Arc<Setup>,
}

/// The path of the file `uri` names; none when it names no file.
pub(super) fn path(uri: &Uri) -> Option<PathBuf> {
    let is_file = uri.scheme().as_str() == "file";
    uri.to_file_path().filter(|_| is_file).map(std::borrow::Cow::into_owned)
}

/// The path of the registry `uri` names; none when it names anything else.
pub(super) fn registry_path(uri: &Uri) -> Option<PathBuf> {
    path(uri).filter(|path| path.file_name().is_some_and(|name| name == ACTORS_FILE))
}

impl Knowledge {
    /// The actors known for the article at `path`.
    pub(super) fn actors(&self, path: &Path) -> Arc<KnownActors> {
        lock(&self.registries).of(path)
    }

    /// `base` with the actors known for the article `uri`. As long as neither changes it is the same setup.
    pub(super) fn setup(&self, uri: &Uri, base: Arc<Setup>) -> Arc<Setup> {
        match path(uri) {
            Some(path) => self.setup_at(&path, base),
            None => base,
        }
    }

    /// The same for the article at `path`.
    pub(super) fn setup_at(&self, path: &Path, base: Arc<Setup>) -> Arc<Setup> {
        let actors = self.actors(path);
        let Some(nearest) = actors.nearest() else { return base };
        let mut setups = lock(&self.setups);
        let kept = setups.get(nearest);
        let holds = |kept: &&KeptSetup| {
            Arc::ptr_eq(&kept.base, &base) && {
                let (old, new) = (&kept.actors.files, &actors.files);
                old.len() == new.len() && old.iter().zip(new).all(|(old, new)| Arc::ptr_eq(old, new))
            }
        };
        if let Some(kept) = kept.filter(holds) {
            return Arc::clone(&kept.setup);
        }
        let setup = Arc::new(Setup { registry: actors.registry.clone(), ..Setup::clone(&base) });
        let kept = KeptSetup { base, actors: Arc::clone(&actors), setup: Arc::clone(&setup) };
        setups.insert(nearest.to_owned(), kept);
        setup
    }

    /// The same for the index, where nothing is kept: `base` itself where no registry file holds.
    pub(super) fn setup_for_index(&self, path: &Path, base: &Arc<Setup>) -> Arc<Setup> {
        let actors = self.actors(path);
        if actors.files.is_empty() {
            return Arc::clone(base);
        }
        Arc::new(Setup { registry: actors.registry.clone(), ..Setup::clone(base) })
    }

    /// Takes `text` for the registry at `path`; with `None` what is on disk counts again.
    pub(super) fn put_registry(&self, path: &Path, text: Option<Arc<str>>) {
        lock(&self.registries).put(path, text);
    }

    /// The registry at `path` may have changed on disk.
    pub(super) fn forget_registry(&self, path: &Path) {
        lock(&self.registries).forget(path);
    }

    /// Says that what is known of actors is no longer what it was.
    pub(super) fn say_changed(&self) {
        self.changed.notify_one();
    }

    /// Waits until what is known of actors changes.
    pub(super) async fn changed(&self) {
        self.changed.notified().await;
    }

    /// The folders the client works in.
    pub(super) fn roots(&self) -> Vec<PathBuf> {
        lock(&self.roots).clone()
    }

    /// The client works in the folders `roots`.
    pub(super) fn set_roots(&self, roots: Vec<PathBuf>) {
        *lock(&self.roots) = roots;
    }

    /// The index, as far as it has come.
    pub(super) fn index(&self) -> RwLockReadGuard<'_, Index> {
        self.index.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// The index, to be changed.
    pub(super) fn index_mut(&self) -> RwLockWriteGuard<'_, Index> {
        self.index.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends the indexing under way.
    pub(super) fn cancel_indexing(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether the indexing under way is to end.
    pub(super) fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
