//! The command that makes files about a folder's articles, for clients that make none when an edit says so.

use std::io::Write as _;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types as lsp;
use tower_lsp::ls_types::Uri;

use super::{Backend, blocking, refused, watched_files};
use crate::server::knowledge::{FolderFile, path};

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

/// Makes the files of the command's `arguments`. Only files about articles are made, and none that is there already.
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
    let made: std::io::Result<()> = blocking(move || files.iter().try_for_each(make)).await?;
    watched_files::changed(backend, &lsp::DidChangeWatchedFilesParams { changes });
    made.map_err(|error| refused(format!("The file cannot be made: {error}.")))
}

fn make(file: &NewFile) -> std::io::Result<()> {
    let path = path(&file.uri).ok_or(std::io::ErrorKind::InvalidFilename)?;
    std::fs::OpenOptions::new().write(true).create_new(true).open(path)?.write_all(file.text.as_bytes())
}
