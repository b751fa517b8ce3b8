//! What the files of a folder that somebody else wrote may make be read: nothing outside of it.

use std::fs::canonicalize;
use std::path::{Path, PathBuf};

/// The folders that links in them may not lead out of; without any set, a link may lead anywhere.
#[derive(Clone, Debug, Default)]
pub struct Fence(Option<Vec<PathBuf>>);

impl Fence {
    /// A fence around `folders`. A file in none of them is fenced in its own folder.
    pub fn around(folders: Vec<PathBuf>) -> Self {
        Self(Some(folders))
    }

    /// Whether `path` leads, by links, out of the folder that it stands in by its name.
    pub fn shuts_out(&self, path: &Path) -> bool {
        let Some(folders) = &self.0 else { return false };
        let within = folders.iter().filter(|folder| path.starts_with(folder));
        let folder = within.min_by_key(|folder| folder.as_os_str().len()).map(PathBuf::as_path);
        leads_out_of(path, folder.or(path.parent()).unwrap_or(path))
    }

    /// Where a file made at `path` lies once links and `..` on the way are followed; none where its folder is not
    /// there or lies in none of the fence's.
    pub fn place_for(&self, path: &Path) -> Option<PathBuf> {
        let place = canonicalize(path.parent()?).ok()?.join(path.file_name()?);
        let holds = |folder: &PathBuf| canonicalize(folder).is_ok_and(|folder| place.starts_with(folder));
        self.0.as_ref().is_none_or(|folders| folders.iter().any(holds)).then_some(place)
    }
}

/// Whether the file at `path`, which by its name lies in `folder`, lies outside of it. What is not there lies
/// nowhere.
pub(super) fn leads_out_of(path: &Path, folder: &Path) -> bool {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    match (canonicalize(path), canonicalize(folder)) {
        (Ok(path), Ok(folder)) => !path.starts_with(folder),
        _ => false,
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn links_stay_in_the_folder_they_are_in() {
        let top = tempfile::tempdir().unwrap();
        let (desk, other) = (top.path().join("news/desk"), top.path().join("other"));
        for folder in [&desk, &other] {
            fs::create_dir_all(folder).unwrap();
            fs::write(folder.join("real.toml"), "").unwrap();
        }
        symlink(other.join("real.toml"), desk.join("out.toml")).unwrap();
        symlink("../real.toml", desk.join("up.toml")).unwrap();
        fs::write(top.path().join("news/real.toml"), "").unwrap();
        symlink(&other, desk.join("folder")).unwrap();
        let news = Fence::around(vec![top.path().join("news")]);
        for (name, out) in [
            ("real.toml", false),
            ("up.toml", false),
            ("none.toml", false),
            ("out.toml", true),
            ("folder/real.toml", true),
        ] {
            assert_eq!(news.shuts_out(&desk.join(name)), out, "{name}");
            assert!(!Fence::default().shuts_out(&desk.join(name)));
        }
        // Of nobody's folder, a file's own counts.
        assert!(Fence::around(Vec::new()).shuts_out(&desk.join("up.toml")));
        for (name, place) in [
            ("new.toml", Some("news/desk/new.toml")),
            ("../new.toml", Some("news/new.toml")),
            ("../../new.toml", None),
            ("folder/new.toml", None),
            ("folder/../new.toml", None),
            ("none/new.toml", None),
            ("..", None),
        ] {
            let place = place.map(|place| canonicalize(top.path()).unwrap().join(place));
            assert_eq!(news.place_for(&desk.join(name)), place, "{name}");
        }
        assert_eq!(Fence::around(Vec::new()).place_for(&desk.join("new.toml")), None);
    }
}
