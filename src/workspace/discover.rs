//! Finding the articles among paths.

use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use super::configs::Configs;

/// The extensions of articles in a folder.
pub const ARTICLE_EXTENSIONS: [&str; 2] = ["article", "txt"];

/// What was found under the paths given.
#[derive(Debug, Default)]
pub struct Discovered {
    /// The articles in the order of the paths and by name within a folder; each once, by the first of its names, also
    /// where several of the paths lead to it.
    pub files: Vec<PathBuf>,
    /// The paths that could not be looked at, each with the reason.
    pub errors: Vec<(PathBuf, String)>,
}

/// The articles under `paths`: every file named, whatever its extension, and in folders each
/// `.article` and `.txt`, and what an `onrecord.toml` includes, that no ignore file excludes. Links are not followed in
/// folders, so a loop of links ends.
pub fn discover(paths: &[PathBuf]) -> Discovered {
    let mut configs = Configs::default();
    let mut out =
        discover_with(paths, &mut |file| configs.in_force(file).is_some_and(|config| config.includes(file)));
    if out.files.is_empty() && out.errors.is_empty() {
        // What cannot be read may have included some.
        let broken = paths.iter().filter_map(|path| configs.of(&path.join("any.article")).err());
        out.errors
            .extend(broken.map(|error| (error.path, format!("line {}: {}", error.line, error.message))));
    }
    out
}

/// The same, where `is_included` tells which other files are articles.
pub fn discover_with(paths: &[PathBuf], is_included: &mut dyn FnMut(&Path) -> bool) -> Discovered {
    let mut out = Discovered::default();
    for path in paths {
        match std::fs::metadata(path) {
            Ok(about) if about.is_dir() => folder(path, is_included, &mut out),
            Ok(_) => out.files.push(path.clone()),
            Err(error) => out.errors.push((path.clone(), error.to_string())),
        }
    }
    if paths.len() > 1 {
        let mut seen = rustc_hash::FxHashSet::default();
        out.files.retain(|file| seen.insert(std::fs::canonicalize(file).unwrap_or_else(|_| file.clone())));
    }
    out
}

fn folder(path: &Path, is_included: &mut dyn FnMut(&Path) -> bool, out: &mut Discovered) {
    // A folder named is meant, even one that an ignore file above it excludes.
    let walk = WalkBuilder::new(path).sort_by_file_path(Path::cmp).require_git(false).build();
    for entry in walk {
        match entry {
            Ok(entry) => {
                let file = entry.file_type().is_some_and(|kind| kind.is_file());
                let named = entry.path().extension().and_then(|name| name.to_str());
                let is_one = named.is_some_and(|name| ARTICLE_EXTENSIONS.contains(&name));
                if file && (is_one || is_included(entry.path())) {
                    out.files.push(entry.into_path());
                }
            }
            Err(error) => {
                out.errors.push((path.to_owned(), error.to_string()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_walked_and_named_files_taken_as_they_are() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.txt", "a.article", "c.rs", "skipped.txt", ".ignore"] {
            std::fs::write(folder.path().join(name), "skipped.txt\n").unwrap();
        }
        let other = folder.path().join("c.rs");
        let missing = folder.path().join("none.txt");
        let found = discover(&[folder.path().to_owned(), other, missing.clone()]);
        let names: Vec<_> = found.files.iter().filter_map(|file| file.file_name()?.to_str()).collect();
        assert_eq!(names, ["a.article", "b.txt", "c.rs"]);
        assert_eq!(found.errors[0].0, missing);
        let named = folder.path().join("./b.txt");
        let again = discover(&[named.clone(), folder.path().join("b.txt"), folder.path().to_owned()]);
        assert_eq!(again.files, [named, folder.path().join("a.article")]);
    }

    #[test]
    fn what_a_configuration_includes_is_an_article_too() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("copy")).unwrap();
        for name in ["a.article", "b.md", "copy/c.md", "copy/d.rst"] {
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        std::fs::write(folder.path().join(super::super::CONFIG_FILE), "include = [\"copy/*.md\"]").unwrap();
        let found = discover(&[folder.path().to_owned()]);
        let names: Vec<_> = found.files.iter().filter_map(|file| file.file_name()?.to_str()).collect();
        assert_eq!(names, ["a.article", "c.md"]);
        std::fs::remove_file(folder.path().join("a.article")).unwrap();
        std::fs::write(folder.path().join(super::super::CONFIG_FILE), "include = 3").unwrap();
        let found = discover(&[folder.path().to_owned()]);
        assert!(found.files.is_empty() && found.errors[0].1.starts_with("line 1: "), "{found:?}");
    }

    #[cfg(unix)]
    #[test]
    fn a_loop_of_links_ends() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("inner");
        std::fs::create_dir(&inner).unwrap();
        std::fs::write(inner.join("a.article"), "").unwrap();
        std::os::unix::fs::symlink(folder.path(), inner.join("loop")).unwrap();
        std::os::unix::fs::symlink(folder.path().join("gone.article"), inner.join("b.article")).unwrap();
        let found = discover(&[folder.path().to_owned()]);
        assert_eq!(found.files, [inner.join("a.article")]);
    }
}
