//! Which `onrecord.toml` holds for which file.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::config::{Config, ConfigError, NAME};
use super::fence::Fence;

/// The configurations of many folders, each file read once.
#[derive(Debug, Default)]
pub struct Configs {
    /// What each path holds; none where there is no such file.
    files: FxHashMap<PathBuf, Option<Arc<ReadConfig>>>,
    /// Texts that count in place of what is on disk: those open in an editor.
    open: FxHashMap<PathBuf, Arc<ReadConfig>>,
    by_folder: FxHashMap<PathBuf, Option<Arc<ReadConfig>>>,
    /// What each path held when it could last be used.
    good: FxHashMap<PathBuf, Arc<Config>>,
    fence: Fence,
}

/// What came of reading a configuration file.
#[derive(Debug)]
struct ReadConfig {
    now: Result<Arc<Config>, ConfigError>,
    /// What it says now, or what it said when it could last be used.
    in_force: Option<Arc<Config>>,
}

impl Configs {
    /// The configuration that holds for `file`; none when there is no `onrecord.toml` above it.
    ///
    /// # Errors
    /// [`ConfigError`] when the nearest one cannot be read or used.
    pub fn of(&mut self, file: &Path) -> Result<Option<Arc<Config>>, ConfigError> {
        self.nearest(file).map(|read| read.now.clone()).transpose()
    }

    /// The same for those who carry on: of a file that cannot be used what it said when it last could be,
    /// nothing when it never could.
    pub fn in_force(&mut self, file: &Path) -> Option<Arc<Config>> {
        self.nearest(file)?.in_force.clone()
    }

    /// Takes `text` for the configuration at `path` in place of what is on disk; `None` ends that. Whether other
    /// files may be articles from now on.
    pub fn put(&mut self, path: &Path, text: Option<&str>) -> bool {
        self.changes(path, |known| match text {
            Some(text) => {
                let read = known.keep(path, Config::parse(path, text));
                known.open.insert(path.to_owned(), read);
            }
            None => {
                known.open.remove(path);
            }
        })
    }

    /// From now on a link that leads out of `fence` is not followed.
    pub fn stay_in(&mut self, fence: Fence) {
        self.fence = fence;
        self.files.clear();
        self.by_folder.clear();
    }

    /// Reads `path` again, which may have changed on disk. Whether other files may be articles from now on.
    pub fn forget(&mut self, path: &Path) -> bool {
        self.changes(path, |_| ())
    }

    /// Whether `change` and what is on disk make the configuration at `path` include other files; it may where nobody
    /// has asked for it before. One that is new counts even where it includes none: those above it hold no more.
    fn changes(&mut self, path: &Path, change: impl FnOnce(&mut Self)) -> bool {
        let is_known = self.open.contains_key(path) || self.files.contains_key(path);
        let included = |file: Option<Arc<ReadConfig>>| {
            file.map(|file| file.in_force.as_ref().map(|config| config.included().to_owned()))
        };
        let before = included(self.file(path));
        change(self);
        self.files.remove(path);
        self.by_folder.clear();
        !is_known || before != included(self.file(path))
    }

    fn nearest(&mut self, file: &Path) -> Option<Arc<ReadConfig>> {
        let file = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
        let folder = file.parent()?;
        if let Some(known) = self.by_folder.get(folder) {
            return known.clone();
        }
        let nearest = folder.ancestors().find_map(|above| self.file(&above.join(NAME)));
        self.by_folder.insert(folder.to_owned(), nearest.clone());
        nearest
    }

    fn file(&mut self, path: &Path) -> Option<Arc<ReadConfig>> {
        if let Some(open) = self.open.get(path) {
            return Some(Arc::clone(open));
        }
        if let Some(known) = self.files.get(path) {
            return known.clone();
        }
        let read = if path.is_file() && !self.fence.shuts_out(path) {
            Some(self.keep(path, Config::read(path)))
        } else {
            self.good.remove(path);
            None
        };
        self.files.insert(path.to_owned(), read.clone());
        read
    }

    fn keep(&mut self, path: &Path, now: Result<Config, ConfigError>) -> Arc<ReadConfig> {
        let now = now.map(Arc::new);
        if let Ok(config) = &now {
            self.good.insert(path.to_owned(), Arc::clone(config));
        }
        Arc::new(ReadConfig { now, in_force: self.good.get(path).cloned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Profile;

    fn profile(config: Option<Arc<Config>>) -> Option<Profile> {
        config.map(|config| config.settings(Path::new("a.txt")).profile)
    }

    #[test]
    fn the_nearest_file_upwards_holds() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("a/b");
        std::fs::create_dir_all(&inner).unwrap();
        std::fs::write(folder.path().join(NAME), "profile = \"strict\"").unwrap();
        std::fs::write(folder.path().join("a").join(NAME), "ignore = [\"ATT\"]").unwrap();
        let mut configs = Configs::default();
        assert_eq!(profile(configs.of(&inner.join("x.txt")).unwrap()), Some(Profile::News));
        assert_eq!(profile(configs.of(&folder.path().join("x.txt")).unwrap()), Some(Profile::Strict));
    }

    #[test]
    fn unsaved_text_counts_and_of_a_broken_file_what_it_said_before() {
        let folder = tempfile::tempdir().unwrap();
        let (path, article) = (folder.path().join(NAME), folder.path().join("a.txt"));
        std::fs::write(&path, "profile = \"strict\"").unwrap();
        let mut configs = Configs::default();
        assert_eq!(profile(configs.in_force(&article)), Some(Profile::Strict));
        assert!(!configs.put(&path, Some("profile = \"research\"")));
        assert_eq!(profile(configs.in_force(&article)), Some(Profile::Research));
        configs.put(&path, Some("profile = \"rese"));
        assert_eq!(profile(configs.in_force(&article)), Some(Profile::Research));
        assert!(configs.of(&article).is_err());
        configs.put(&path, None);
        assert_eq!(profile(configs.in_force(&article)), Some(Profile::Strict));
        std::fs::remove_file(&path).unwrap();
        assert!(configs.forget(&path));
        assert_eq!(profile(configs.in_force(&article)), None);
    }

    #[test]
    fn other_files_may_be_articles_when_what_is_included_changes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(NAME);
        let mut configs = Configs::default();
        assert!(configs.in_force(&folder.path().join("a.md")).is_none());
        assert!(configs.put(&path, Some("")));
        assert!(configs.put(&path, Some("include = [\"*.md\"]")));
        assert!(!configs.put(&path, Some("include = [\"*.md\"]\nignore = [\"ATT\"]")));
        assert!(!configs.put(&path, Some("include = [\"*.m")));
        assert!(configs.put(&path, None));
    }
}
