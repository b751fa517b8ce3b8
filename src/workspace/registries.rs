//! Which registry files hold for which article.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::actors_file::{ACTORS_FILE, ActorEntry, ActorsFile};
use super::fence::Fence;
use crate::actors::{LayerKind, Registry, RegistryLayer};

/// The registries of many folders, each file read once.
#[derive(Debug, Default)]
pub struct Registries {
    /// What each path holds; none where there is no such file.
    files: FxHashMap<PathBuf, Option<Arc<ReadFile>>>,
    /// Texts that count in place of what is on disk: those open in an editor.
    open: FxHashMap<PathBuf, Arc<ReadFile>>,
    by_folder: FxHashMap<PathBuf, Arc<KnownActors>>,
    fence: Fence,
}

/// A registry file with its place.
#[derive(Debug)]
pub struct ReadFile {
    /// Where it stands.
    pub path: PathBuf,
    /// Its text.
    pub text: Arc<str>,
    /// What it says.
    pub content: ActorsFile,
}

impl ReadFile {
    /// Reads `text` as the registry at `path`.
    pub fn new(path: PathBuf, text: Arc<str>) -> Self {
        let content = ActorsFile::parse(&text);
        Self { path, text, content }
    }
}

/// The actors known in a folder before an article is read.
#[derive(Debug, Default)]
pub struct KnownActors {
    /// The registry files that hold there, the nearest first.
    pub files: Vec<Arc<ReadFile>>,
    /// What they say over what is built in.
    pub registry: Registry,
}

impl KnownActors {
    /// The path of the nearest registry file.
    pub fn nearest(&self) -> Option<&Path> {
        self.files.first().map(|file| file.path.as_path())
    }

    /// The entry of the actor `id`, with its file; the nearest wins.
    pub fn entry(&self, id: &str) -> Option<(&ReadFile, &ActorEntry)> {
        self.files.iter().find_map(|file| Some((&**file, file.content.entry(id)?)))
    }
}

impl Registries {
    /// The actors known for the article `file`: those of each `actors.toml` from its folder upwards, the
    /// nearest first. A file that cannot be read counts as not there; what is wrong inside one is among its
    /// faults.
    pub fn of(&mut self, file: &Path) -> Arc<KnownActors> {
        let file = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
        let folder = file.parent().unwrap_or(&file).to_owned();
        if let Some(known) = self.by_folder.get(&folder) {
            return Arc::clone(known);
        }
        let files: Vec<Arc<ReadFile>> =
            folder.ancestors().filter_map(|above| self.file(&above.join(ACTORS_FILE))).collect();
        let layer = |files: &[Arc<ReadFile>]| {
            let entries = files.iter().flat_map(|file| &file.content.entries);
            Arc::new(RegistryLayer::new(entries.map(|entry| entry.actor.clone()).collect()))
        };
        let registry = match files.as_slice() {
            [] => Registry::built_in(),
            [one] => Registry::built_in().with(LayerKind::Workspace, layer(std::slice::from_ref(one))),
            [nearest, above @ ..] => Registry::built_in()
                .with(LayerKind::Folder, layer(std::slice::from_ref(nearest)))
                .with(LayerKind::Workspace, layer(above)),
        };
        let known = Arc::new(KnownActors { files, registry });
        self.by_folder.insert(folder, Arc::clone(&known));
        known
    }

    /// From now on a link that leads out of `fence` is not followed.
    pub fn stay_in(&mut self, fence: Fence) {
        self.fence = fence;
        self.files.clear();
        self.by_folder.clear();
    }

    /// Takes `text` for the registry at `path` in place of what is on disk; `None` ends that. Whether another text
    /// counts from now on.
    pub fn put(&mut self, path: &Path, text: Option<Arc<str>>) -> bool {
        self.changes(path, |known| match text {
            Some(text) => {
                known.open.insert(path.to_owned(), Arc::new(ReadFile::new(path.to_owned(), text)));
            }
            None => {
                known.open.remove(path);
            }
        })
    }

    /// Reads `path` again, which may have changed on disk. Whether another text counts from now on.
    pub fn forget(&mut self, path: &Path) -> bool {
        self.changes(path, |_| ())
    }

    /// Whether `change` and what is on disk give the registry at `path` another text; it may where nobody has asked for
    /// it before.
    fn changes(&mut self, path: &Path, change: impl FnOnce(&mut Self)) -> bool {
        let is_known = self.open.contains_key(path) || self.files.contains_key(path);
        let text = |file: Option<Arc<ReadFile>>| file.map(|file| Arc::clone(&file.text));
        let before = text(self.file(path));
        change(self);
        self.files.remove(path);
        self.by_folder.clear();
        !is_known || before != text(self.file(path))
    }

    fn file(&mut self, path: &Path) -> Option<Arc<ReadFile>> {
        if let Some(open) = self.open.get(path) {
            return Some(Arc::clone(open));
        }
        if let Some(known) = self.files.get(path) {
            return known.clone();
        }
        // A pipe would be waited for.
        let source =
            (path.is_file() && !self.fence.shuts_out(path)).then(|| super::read(path).ok()).flatten();
        let read = source.map(|source| Arc::new(ReadFile::new(path.to_owned(), source.text.into())));
        self.files.insert(path.to_owned(), read.clone());
        read
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_file_wins_and_unsaved_text_counts() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("desk");
        std::fs::create_dir(&inner).unwrap();
        let outer = folder.path().join(ACTORS_FILE);
        std::fs::write(&outer, "[lee]\nname = \"Ann Lee\"\n[ek]\nname = \"Bo Ek\"\n").unwrap();
        std::fs::write(inner.join(ACTORS_FILE), "[lee]\nname = \"Anna Lee\"\n").unwrap();
        let mut registries = Registries::default();
        let name = |known: &KnownActors, id: &str| {
            known
                .registry
                .find(id)
                .and_then(|actor| known.registry.get(actor))
                .map(|actor| actor.name.to_string())
        };
        let known = registries.of(&inner.join("a.txt"));
        assert_eq!(name(&known, "lee").as_deref(), Some("Anna Lee"));
        assert_eq!(name(&known, "ek").as_deref(), Some("Bo Ek"));
        assert_eq!(name(&registries.of(&folder.path().join("a.txt")), "lee").as_deref(), Some("Ann Lee"));
        let boris = "[ek]\nname = \"Boris Ek\"\n";
        assert!(registries.put(&outer, Some(boris.into())));
        assert_eq!(name(&registries.of(&inner.join("a.txt")), "ek").as_deref(), Some("Boris Ek"));
        // Saved and closed it says the same.
        std::fs::write(&outer, boris).unwrap();
        assert!(!registries.forget(&outer) && !registries.put(&outer, None));
        std::fs::remove_file(&outer).unwrap();
        assert!(registries.forget(&outer));
    }
}
