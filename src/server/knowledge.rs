//! What a session knows beyond one article: the registries and settings of its folders and the index over
//! their articles.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use rustc_hash::FxHashMap;
use tokio::sync::{self, Notify};
use tower_lsp::ls_types::Uri;

use crate::analysis::Setup;
use crate::settings::Settings;
use crate::workspace::{
    ACTORS_FILE, ARTICLE_EXTENSIONS, BASELINE_ENDING, Baselines, CONFIG_FILE, Config, Configs, Fence, Index,
    KnownActors, Registries, SIDECAR_ENDING, Sidecars, discover_with, is_article,
};

/// The registries, the settings and the index of a session.
#[derive(Debug, Default)]
pub(super) struct Knowledge {
    registries: Mutex<Registries>,
    configs: Mutex<Configs>,
    baselines: Mutex<Baselines>,
    sidecars: Mutex<Sidecars>,
    /// By the nearest registry, the configuration, the settings in force and, where some of its findings are
    /// accepted, the article.
    setups: Mutex<FxHashMap<SetupKey, KeptSetup>>,
    /// By the article beside which something is annotated: the setup without that and the one with it.
    annotated: Mutex<FxHashMap<PathBuf, [Arc<Setup>; 2]>>,
    index: RwLock<Index>,
    /// Says that other actors are known, or that other files may be articles, than when the index was made.
    outdated: Notify,
    roots: Mutex<Vec<PathBuf>>,
    /// Says that what the folders' files say is no longer what it was.
    changed: Notify,
    /// Held by whoever indexes folders.
    indexing: sync::Mutex<()>,
    /// Held from the reading of articles until the index has what they say, and by whoever takes articles out: so
    /// nothing older comes over something newer.
    putting: sync::Mutex<()>,
    /// The indexing under way is no longer wanted.
    cancelled: AtomicBool,
}

type SetupKey = (Option<PathBuf>, Option<PathBuf>, Settings, Option<PathBuf>);

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

fn extension(path: &Path) -> Option<&str> {
    path.extension().and_then(|extension| extension.to_str())
}

/// A file that says something of the articles in its folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum FolderFile {
    /// Who the actors are.
    Registry(PathBuf),
    /// Which settings hold.
    Config(PathBuf),
    /// Which findings are accepted.
    Baseline(PathBuf),
    /// What is annotated beside an article.
    Sidecar(PathBuf),
}

impl FolderFile {
    /// The one that `uri` names; none when it names anything else.
    pub(super) fn named(uri: &Uri) -> Option<Self> {
        let path = path(uri)?;
        match path.file_name()?.to_str()? {
            ACTORS_FILE => Some(Self::Registry(path)),
            CONFIG_FILE => Some(Self::Config(path)),
            name if name.ends_with(BASELINE_ENDING) => Some(Self::Baseline(path)),
            name if name.ends_with(SIDECAR_ENDING) => Some(Self::Sidecar(path)),
            _ => None,
        }
    }
}

/// The path of the registry `uri` names; none when it names anything else.
pub(super) fn registry_path(uri: &Uri) -> Option<PathBuf> {
    match FolderFile::named(uri)? {
        FolderFile::Registry(path) => Some(path),
        FolderFile::Config(_) | FolderFile::Baseline(_) | FolderFile::Sidecar(_) => None,
    }
}

impl Knowledge {
    /// The actors known for the article at `path`.
    pub(super) fn actors(&self, path: &Path) -> Arc<KnownActors> {
        lock(&self.registries).of(path)
    }

    /// `base` with the actors known and the settings in force for the article `uri`; what `base` selects and
    /// ignores comes on top. As long as none of it changes it is the same setup.
    pub(super) fn setup(&self, uri: &Uri, base: Arc<Setup>) -> Arc<Setup> {
        match path(uri) {
            Some(path) => self.setup_at(&path, base),
            None => base,
        }
    }

    /// The same for the article at `path`.
    pub(super) fn setup_at(&self, path: &Path, base: Arc<Setup>) -> Arc<Setup> {
        let setup = self.without_sidecar(path, base);
        let sidecar = lock(&self.sidecars).of(path);
        let mut annotated = lock(&self.annotated);
        let Some(sidecar) = sidecar else {
            annotated.remove(path);
            return setup;
        };
        let is_same = |kept: &&[Arc<Setup>; 2]| {
            let [before, with] = kept;
            let (_, known) = with.sidecar.as_ref().unwrap_or(&sidecar);
            Arc::ptr_eq(before, &setup) && Arc::ptr_eq(known, &sidecar.1)
        };
        if let Some([_, with]) = annotated.get(path).filter(is_same) {
            return Arc::clone(with);
        }
        annotated.retain(|_, [_, with]| Arc::strong_count(with) > 1);
        let with = Arc::new(Setup { sidecar: Some(sidecar), ..Setup::clone(&setup) });
        annotated.insert(path.to_owned(), [setup, Arc::clone(&with)]);
        with
    }

    /// The same without what is annotated beside the article.
    fn without_sidecar(&self, path: &Path, base: Arc<Setup>) -> Arc<Setup> {
        let actors = self.actors(path);
        let config = lock(&self.configs).in_force(path);
        if actors.files.is_empty() && config.is_none() {
            return base;
        }
        let settings = config.as_ref().map(|config| config.settings(path)).unwrap_or_default();
        let model = config.as_ref().map_or(&base.model, |config| config.model());
        let settings = settings.with(&base.settings.select, &base.settings.ignore);
        let baseline = config.as_ref().and_then(|config| config.baseline());
        let accepted = baseline.and_then(|baseline| lock(&self.baselines).in_force(baseline).of(path));
        let from = config.as_ref().map(|config| config.path().to_owned());
        let key = (
            actors.nearest().map(Path::to_owned),
            from,
            settings,
            accepted.is_some().then(|| path.to_owned()),
        );
        let mut setups = lock(&self.setups);
        let holds = |kept: &&KeptSetup| {
            Arc::ptr_eq(&kept.base, &base)
                && kept.setup.model == *model
                && kept.setup.accepted == accepted
                && {
                    let (old, new) = (&kept.actors.files, &actors.files);
                    old.len() == new.len() && old.iter().zip(new).all(|(old, new)| Arc::ptr_eq(old, new))
                }
        };
        if let Some(kept) = setups.get(&key).filter(holds) {
            return Arc::clone(&kept.setup);
        }
        // Settings are typed key by key: those no document has any more are not kept.
        setups.retain(|_, kept| Arc::strong_count(&kept.setup) > 1);
        let (registry, settings) = (actors.registry.clone(), key.2.clone());
        let setup = Setup { registry, settings, model: model.clone(), accepted, ..Setup::clone(&base) };
        let setup = Arc::new(setup);
        setups.insert(key, KeptSetup { base, actors, setup: Arc::clone(&setup) });
        setup
    }

    /// The articles in `folders`, those by their names and those that a configuration includes.
    pub(super) fn articles(&self, folders: &[PathBuf]) -> Vec<PathBuf> {
        discover_with(folders, &mut |file| self.includes(file)).files
    }

    /// Whether the file at `path` is an article when it begins with `head`.
    pub(super) fn is_article(&self, path: &Path, head: &str) -> bool {
        is_article(extension(path), head) || self.includes(path)
    }

    /// Whether the file at `path` can be an article, by its name and the configuration.
    pub(super) fn may_be_article(&self, path: &Path) -> bool {
        extension(path).is_some_and(|name| ARTICLE_EXTENSIONS.contains(&name)) || self.includes(path)
    }

    fn includes(&self, path: &Path) -> bool {
        self.config(path).is_some_and(|config| config.includes(path))
    }

    /// The configuration in force for the article at `path`, if there is one.
    pub(super) fn config(&self, path: &Path) -> Option<Arc<Config>> {
        lock(&self.configs).in_force(path)
    }

    /// Takes `text` for what stands in `file`; with `None` what is on disk counts again.
    pub(super) fn put(&self, file: &FolderFile, text: Option<Arc<str>>) {
        match file {
            FolderFile::Registry(path) => self.indexed_with(lock(&self.registries).put(path, text)),
            FolderFile::Config(path) => self.indexed_with(lock(&self.configs).put(path, text.as_deref())),
            FolderFile::Baseline(path) => lock(&self.baselines).put(path, text),
            FolderFile::Sidecar(path) => lock(&self.sidecars).put(path, text.as_deref()),
        }
    }

    /// `file` may have changed on disk.
    pub(super) fn forget(&self, file: &FolderFile) {
        match file {
            FolderFile::Registry(path) => self.indexed_with(lock(&self.registries).forget(path)),
            FolderFile::Config(path) => self.indexed_with(lock(&self.configs).forget(path)),
            FolderFile::Baseline(path) => lock(&self.baselines).forget(path),
            FolderFile::Sidecar(path) => lock(&self.sidecars).forget(path),
        }
    }

    /// What the index is made with `has_changed`.
    fn indexed_with(&self, has_changed: bool) {
        if has_changed {
            self.outdated.notify_one();
        }
    }

    /// Waits until the index is no longer what it would be if it were made now, for another reason than its articles.
    pub(super) async fn outdated(&self) {
        self.outdated.notified().await;
    }

    /// Says that what the folders' files say is no longer what it was.
    pub(super) fn say_changed(&self) {
        self.changed.notify_one();
    }

    /// Waits until what the folders' files say changes.
    pub(super) async fn changed(&self) {
        self.changed.notified().await;
    }

    /// The folders the client works in.
    pub(super) fn roots(&self) -> Vec<PathBuf> {
        lock(&self.roots).clone()
    }

    /// The client works in the folders `roots`. Links in them that lead elsewhere are not followed.
    pub(super) fn set_roots(&self, roots: Vec<PathBuf>) {
        let fence = Fence::around(roots.clone());
        lock(&self.registries).stay_in(fence.clone());
        lock(&self.configs).stay_in(fence.clone());
        lock(&self.sidecars).stay_in(fence);
        *lock(&self.roots) = roots;
    }

    /// Whether `path` leads, by links, out of the folders the client works in.
    pub(super) fn leads_outside(&self, path: &Path) -> bool {
        Fence::around(self.roots()).shuts_out(path)
    }

    /// Whether `path` lies in a folder the client works in.
    pub(super) fn works_in(&self, path: &Path) -> bool {
        lock(&self.roots).iter().any(|root| path.starts_with(root))
    }

    /// The index, as far as it has come.
    pub(super) fn index(&self) -> RwLockReadGuard<'_, Index> {
        self.index.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// The index, to be changed.
    pub(super) fn index_mut(&self) -> RwLockWriteGuard<'_, Index> {
        self.index.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for the turn to index folders.
    pub(super) async fn begin_indexing(&self) -> sync::MutexGuard<'_, ()> {
        let turn = self.indexing.lock().await;
        self.cancelled.store(false, Ordering::Relaxed);
        turn
    }

    /// Waits for the turn to read some articles and put them into the index, or to take some out.
    pub(super) async fn begin_putting(&self) -> sync::MutexGuard<'_, ()> {
        self.putting.lock().await
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
