//! `workspace/didChangeWorkspaceFolders`, `didCreateFiles`, `didRenameFiles`, `didDeleteFiles`.

use std::path::PathBuf;
use std::sync::Arc;

use tower_lsp::ls_types::{Uri, WorkspaceFoldersChangeEvent};

use super::Backend;
use crate::server::indexing;
use crate::server::knowledge::{FolderFile, path};

/// The client works in other folders: the articles of those that are new are indexed, those of the others are
/// taken out.
pub(super) fn changed(backend: &Backend, event: &WorkspaceFoldersChangeEvent) {
    let session = Arc::clone(&backend.session);
    let removed: Vec<PathBuf> = event.removed.iter().filter_map(|folder| path(&folder.uri)).collect();
    let added: Vec<PathBuf> = event.added.iter().filter_map(|folder| path(&folder.uri)).collect();
    let mut roots = session.knowledge().roots();
    roots.retain(|root| !removed.contains(root));
    roots.extend(added.iter().cloned());
    session.knowledge().set_roots(roots.clone());
    // A folder may lie in another that stays.
    let is_around = |root: &PathBuf| removed.iter().any(|gone| gone.starts_with(root));
    let again: Vec<PathBuf> = roots.into_iter().filter(is_around).collect();
    take_out_and_index(backend, removed, [again, added].concat());
}

/// Files or folders were made, moved or removed: each of `uris` is looked at again.
pub(super) fn moved<'a>(backend: &Backend, uris: impl Iterator<Item = &'a str>) {
    let uris: Vec<Uri> = uris.filter_map(|uri| uri.parse().ok()).collect();
    let mut folders = false;
    for file in uris.iter().filter_map(FolderFile::named) {
        backend.session.knowledge().forget(&file);
        folders = true;
    }
    if folders {
        backend.session.folders_changed();
    }
    let paths: Vec<PathBuf> = uris.iter().filter_map(path).collect();
    let there = paths.iter().filter(|path| path.exists()).cloned().collect();
    take_out_and_index(backend, paths, there);
}

/// Takes what lies under `gone` out of the index and puts what lies under `there` in.
fn take_out_and_index(backend: &Backend, gone: Vec<PathBuf>, there: Vec<PathBuf>) {
    let (session, client) = (Arc::clone(&backend.session), backend.client.clone());
    session.closed().forget_all();
    tokio::spawn(async move {
        indexing::take_out(&session, gone).await;
        indexing::index_all(session, client, there).await;
    });
}
