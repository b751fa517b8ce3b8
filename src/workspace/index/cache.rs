//! What the index said of a folder's articles when a session ended, kept in the user's cache folder.
//!
//! It saves time and nothing else: it may be deleted at any moment. It counts only where the program, the article's
//! path, size, time of change and text and the registry files that hold for it are what they were, and where its own
//! checksum is right; everything else is analysed again.

use std::fs;
use std::io::{self, BufWriter, Read as _, Write};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use etcetera::BaseStrategy as _;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::{ArticleSummary, Index, Mention, SummaryActor, hash};
use crate::actors::ActorKind;

/// The largest cache of one folder, in bytes; articles beyond are not kept.
const MAX_BYTES: usize = 64 * 1024 * 1024;

/// The most folders that are kept; those written longest ago go first.
const MAX_FOLDERS: usize = 16;

/// How the names of the files end.
const ENDING: &str = "index";

/// What makes an article's summary what it is, besides the path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// The file's size in bytes.
    size: u64,
    /// When the file was last changed, in nanoseconds since 1970.
    modified: u64,
    /// [`hash`] of the article's text.
    text: u64,
    /// A number made of all else that the analysis depends on.
    known: u64,
}

impl Stamp {
    /// The stamp of the article at `path` with the text `text`; `known` is a number made of all else that the
    /// analysis depends on. None where the file system does not tell.
    pub fn new(path: &Path, text: &str, known: u64) -> Option<Self> {
        let about = fs::metadata(path).ok()?;
        Some(Self { size: about.len(), modified: modified(&about)?, text: hash(text), known })
    }
}

fn modified(about: &fs::Metadata) -> Option<u64> {
    u64::try_from(about.modified().ok()?.duration_since(UNIX_EPOCH).ok()?.as_nanos()).ok()
}

/// One article as the file has it, one line each.
#[derive(Serialize, Deserialize)]
struct Entry {
    path: PathBuf,
    stamp: Stamp,
    /// Id, name, kind, claims.
    actors: Vec<(String, String, Option<String>, u32)>,
    /// Actor, start, length.
    mentions: Vec<(u32, u32, u32)>,
}

/// The cache of one folder.
#[derive(Debug, Default)]
pub struct IndexCache {
    /// Where it is kept; none when it is kept nowhere.
    file: Option<PathBuf>,
    head: String,
    entries: FxHashMap<PathBuf, (Stamp, ArticleSummary)>,
}

impl IndexCache {
    /// The folder of all caches by the platform's convention; none where the user has none.
    pub fn folder() -> Option<PathBuf> {
        let strategy = etcetera::base_strategy::choose_native_strategy().ok()?;
        Some(strategy.cache_dir().join(env!("CARGO_PKG_NAME")))
    }

    /// The cache in `folder` of the articles under `root`. It is empty where there is none, where it is
    /// damaged and where another program wrote it, and is kept nowhere when `folder` lies under `root`.
    pub fn open(folder: Option<&Path>, root: &Path) -> Self {
        let inside = folder.is_some_and(|folder| folder.starts_with(root));
        let (Some(folder), Some(program), false) = (folder, program(), inside) else {
            return Self::default();
        };
        let head = format!("onrecord-index 1 {program} {}\n", root.display());
        let name = format!("{:016x}.{ENDING}", hash(&root.to_string_lossy()));
        let file = folder.join(name);
        let entries = read(&file, &head).unwrap_or_default();
        Self { file: Some(file), head, entries }
    }

    /// Takes out what is known of the article at `path`, if it still has the stamp `stamp`.
    pub fn take(&mut self, path: &Path, stamp: Stamp) -> Option<ArticleSummary> {
        let (kept, summary) = self.entries.remove(path)?;
        (kept == stamp).then_some(summary)
    }

    /// Keeps what `index` says of the articles that `stamps` has, in place of what was kept before: all of it or
    /// nothing.
    ///
    /// # Errors
    /// What the file system says; then what was kept before is still there.
    pub fn write(&self, index: &Index, stamps: &FxHashMap<PathBuf, Stamp>) -> io::Result<()> {
        let Some((file, folder)) = self.file.as_deref().and_then(|file| Some((file, file.parent()?))) else {
            return Ok(());
        };
        fs::create_dir_all(folder)?;
        let mut body = String::new();
        for (path, stamp) in stamps {
            let Some(summary) = index.summary(path).filter(|summary| summary.hash == stamp.text) else {
                continue;
            };
            // A path that is no text cannot stand in the file.
            let Ok(line) = serde_json::to_string(&Entry::new(path.clone(), *stamp, summary)) else {
                continue;
            };
            if body.len() + line.len() > MAX_BYTES {
                break;
            }
            body.push_str(&line);
            body.push('\n');
        }
        let new = tempfile::NamedTempFile::new_in(folder)?;
        let mut out = BufWriter::new(new);
        write!(out, "{}{:016x}\n{body}", self.head, hash(&body))?;
        out.into_inner().map_err(io::IntoInnerError::into_error)?.persist(file)?;
        prune(folder)
    }
}

/// What the file says; none where it is not whole or `head` is not its head.
fn read(file: &Path, head: &str) -> Option<FxHashMap<PathBuf, (Stamp, ArticleSummary)>> {
    let mut text = String::new();
    let most = (MAX_BYTES + head.len() + 64) as u64;
    fs::File::open(file).ok()?.take(most).read_to_string(&mut text).ok()?;
    let (sum, body) = text.strip_prefix(head)?.split_once('\n')?;
    if u64::from_str_radix(sum, 16).ok()? != hash(body) {
        return None;
    }
    body.lines().map(|line| serde_json::from_str::<Entry>(line).ok()?.summary()).collect()
}

/// What this program is: two with one mark make the same of an article.
fn program() -> Option<String> {
    let about = fs::metadata(std::env::current_exe().ok()?).ok()?;
    Some(format!("{} {} {}", env!("CARGO_PKG_VERSION"), about.len(), modified(&about)?))
}

/// Removes all but the caches written last.
fn prune(folder: &Path) -> io::Result<()> {
    let mut files: Vec<_> = fs::read_dir(folder)?
        .flatten()
        .filter(|entry| entry.path().extension().is_some_and(|ending| ending == ENDING))
        .filter_map(|entry| Some((entry.metadata().ok()?.modified().ok()?, entry.path())))
        .collect();
    files.sort();
    let surplus = files.len().saturating_sub(MAX_FOLDERS);
    files.into_iter().take(surplus).try_for_each(|(_, path)| fs::remove_file(path))
}

impl Entry {
    fn new(path: PathBuf, stamp: Stamp, summary: ArticleSummary) -> Self {
        let actors = summary.actors.into_iter().map(|actor| {
            (actor.id, actor.name, actor.kind.map(|kind| kind.as_str().to_owned()), actor.claims)
        });
        let mentions = summary.mentions.iter().map(|mention| (mention.actor, mention.start, mention.len));
        Self { path, stamp, actors: actors.collect(), mentions: mentions.collect() }
    }

    /// The path and what is known of it; none where a mention is of no actor.
    fn summary(self) -> Option<(PathBuf, (Stamp, ArticleSummary))> {
        let count = self.actors.len();
        let actors = self.actors.into_iter().map(|(id, name, kind, claims)| SummaryActor {
            id,
            name,
            kind: kind.as_deref().and_then(ActorKind::from_name),
            claims,
        });
        let mentions: Vec<Mention> =
            self.mentions.into_iter().map(|(actor, start, len)| Mention { actor, start, len }).collect();
        let whole = mentions.iter().all(|mention| (mention.actor as usize) < count);
        let summary = ArticleSummary { hash: self.stamp.text, actors: actors.collect(), mentions };
        whole.then_some((self.path, (self.stamp, summary)))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::analysis::Analysis;

    const TEXT: &str = "Maria Keller spoke in Berlin. “It rains,” Keller said.";

    /// A folder for caches, one with an article, and the article's path.
    struct Folders {
        cache: tempfile::TempDir,
        root: tempfile::TempDir,
        article: PathBuf,
    }

    impl Folders {
        /// With the article indexed and kept.
        fn kept() -> Self {
            let (cache, root) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
            let article = root.path().join("a.article");
            fs::write(&article, TEXT).unwrap();
            let folders = Self { cache, root, article };
            folders.keep().unwrap();
            folders
        }

        fn open(&self) -> IndexCache {
            IndexCache::open(Some(self.cache.path()), self.root.path())
        }

        fn keep(&self) -> io::Result<()> {
            let mut index = Index::default();
            index.put(&self.article, ArticleSummary::new(&Analysis::new(Arc::from(TEXT), Arc::default())));
            let stamps = [(self.article.clone(), self.stamp(TEXT, 1))].into_iter().collect();
            self.open().write(&index, &stamps)
        }

        fn stamp(&self, text: &str, known: u64) -> Stamp {
            Stamp::new(&self.article, text, known).unwrap()
        }

        /// The file the cache is kept in.
        fn file(&self) -> PathBuf {
            fs::read_dir(self.cache.path()).unwrap().next().unwrap().unwrap().path()
        }

        fn has_it(&self) -> bool {
            self.open().take(&self.article, self.stamp(TEXT, 1)).is_some()
        }
    }

    #[test]
    fn what_was_kept_says_what_the_article_says() {
        let folders = Folders::kept();
        let summary = folders.open().take(&folders.article, folders.stamp(TEXT, 1)).unwrap();
        let mut index = Index::default();
        index.put(&folders.article, summary);
        let keller = index.evidence("person/maria-keller");
        assert_eq!((keller.articles, keller.mentions, keller.claims), (1, 2, 1));
        let berlin = index.mentions("place/berlin").next().unwrap();
        assert_eq!(&TEXT[berlin.2[0]], "Berlin");
    }

    #[test]
    fn a_changed_article_or_registry_is_analysed_again() {
        let folders = Folders::kept();
        assert!(folders.open().take(&folders.article, folders.stamp(TEXT, 2)).is_none());
        assert!(folders.open().take(&folders.article, folders.stamp("Another text.", 1)).is_none());
        // The same text written anew: the time of change tells.
        let file = fs::File::options().write(true).open(&folders.article).unwrap();
        file.set_modified(UNIX_EPOCH).unwrap();
        assert!(!folders.has_it());
    }

    #[test]
    fn a_damaged_cache_is_none() {
        let folders = Folders::kept();
        let whole = fs::read(folders.file()).unwrap();
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 1;
            fs::write(folders.file(), &damaged).unwrap();
            assert!(!folders.has_it(), "byte {at}");
        }
        fs::write(folders.file(), &whole[..whole.len() / 2]).unwrap();
        assert!(!folders.has_it());
        fs::write(folders.file(), &whole).unwrap();
        assert!(folders.has_it());
    }

    #[test]
    fn a_deleted_cache_is_none_and_comes_back() {
        let folders = Folders::kept();
        fs::remove_dir_all(folders.cache.path()).unwrap();
        assert!(!folders.has_it());
        folders.keep().unwrap();
        assert!(folders.has_it());
    }

    #[test]
    fn where_nothing_can_be_written_nothing_is_kept() {
        let folders = Folders::kept();
        // A file where the folder should be: nobody can write there, whatever their rights.
        let blocked = folders.root.path().join("blocked");
        fs::write(&blocked, "").unwrap();
        let cache = IndexCache::open(Some(&blocked.join("cache")), Path::new("/elsewhere"));
        assert!(cache.write(&Index::default(), &FxHashMap::default()).is_err());
        // Nor is anything kept in the folder of the articles.
        let inside = folders.root.path().join("cache");
        let cache = IndexCache::open(Some(&inside), folders.root.path());
        cache.write(&Index::default(), &FxHashMap::default()).unwrap();
        assert!(!inside.exists());
        // Or where there is no cache folder at all.
        IndexCache::open(None, folders.root.path()).write(&Index::default(), &FxHashMap::default()).unwrap();
    }

    #[test]
    fn only_the_folders_written_last_are_kept() {
        let folders = Folders::kept();
        for number in 0..MAX_FOLDERS + 3 {
            let root = PathBuf::from(format!("/news/{number}"));
            let cache = IndexCache::open(Some(folders.cache.path()), &root);
            cache.write(&Index::default(), &FxHashMap::default()).unwrap();
        }
        assert_eq!(fs::read_dir(folders.cache.path()).unwrap().count(), MAX_FOLDERS);
    }
}
