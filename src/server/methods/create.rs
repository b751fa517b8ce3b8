//! The command that makes files about a folder's articles, for clients that make none when an edit says so.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types as lsp;
use tower_lsp::ls_types::Uri;

use super::{Backend, blocking, refused, watched_files};
use crate::server::knowledge::{FolderFile, path};
use crate::server::session::Session;
use crate::workspace::Fence;

/// Makes the files that its arguments name.
pub(super) const CREATE: &str = "onrecord.createFiles";

/// A file that is not there yet: a registry, settings or a baseline.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct NewFile {
    pub(super) uri: Uri,
    pub(super) text: String,
}

/// The command that makes `files`.
pub(super) fn command(title: &str, files: &[NewFile]) -> lsp::Command {
    let arguments = files.iter().filter_map(|file| serde_json::to_value(file).ok()).collect();
    lsp::Command { title: title.to_owned(), command: CREATE.to_owned(), arguments: Some(arguments) }
}

/// Makes the files of the command's `arguments`. Only files about articles are made, none that is there already, and
/// none that would come to lie outside the folders of [`fence`], by a link or by `..`.
pub(super) async fn execute(backend: &Backend, arguments: Vec<Value>) -> Result<()> {
    let files: Vec<NewFile> = arguments
        .into_iter()
        .map(serde_json::from_value)
        .collect::<serde_json::Result<_>>()
        .map_err(|error| refused(format!("Each argument is {{\"uri\": …, \"text\": …}}: {error}")))?;
    let is_made = |file: &NewFile| {
        use FolderFile::{Baseline, Config, Registry};
        matches!(FolderFile::named(&file.uri), Some(Registry(_) | Config(_) | Baseline(_)))
    };
    if let Some(other) = files.iter().find(|file| !is_made(file)) {
        let name = other.uri.as_str();
        return Err(refused(format!("'{name}' is no registry, settings file or baseline.")));
    }
    let changes = files
        .iter()
        .map(|file| lsp::FileEvent { uri: file.uri.clone(), typ: lsp::FileChangeType::CREATED })
        .collect();
    let fence = fence(&backend.session);
    let made = blocking(move || -> io::Result<()> {
        let places: io::Result<Vec<PathBuf>> = files.iter().map(|file| place(file, &fence)).collect();
        let places = places?;
        files.iter().zip(&places).try_for_each(|(file, place)| make(place, &file.text))
    });
    let made = made.await?;
    watched_files::changed(backend, &lsp::DidChangeWatchedFilesParams { changes });
    made.map_err(|error| refused(format!("The file cannot be made: {error}.")))
}

/// Around the folders that files are made in: the client's, and that of an open document which lies in none of them.
fn fence(session: &Session) -> Fence {
    let mut folders = session.knowledge().roots();
    for document in session.documents().all() {
        let Some(path) = path(document.uri()) else { continue };
        let is_inside = folders.iter().any(|folder| path.starts_with(folder));
        folders.extend(path.parent().filter(|_| !is_inside).map(Path::to_owned));
    }
    Fence::around(folders)
}

/// Where `file` is made.
///
/// # Errors
/// It would lie outside of `fence`, or its folder is not there.
fn place(file: &NewFile, fence: &Fence) -> io::Result<PathBuf> {
    let place = path(&file.uri).and_then(|path| fence.place_for(&path));
    place.ok_or_else(|| {
        let name = file.uri.as_str();
        io::Error::other(format!("'{name}' lies in no folder that is open in the editor"))
    })
}

/// A link at `place` is not followed: it counts as a file that is there.
fn make(place: &Path, text: &str) -> io::Result<()> {
    fs::OpenOptions::new().write(true).create_new(true).open(place)?.write_all(text.as_bytes())
}
