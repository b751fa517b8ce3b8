//! `workspace/didChangeWatchedFiles`.

use std::sync::Arc;

use tower_lsp::ls_types::DidChangeWatchedFilesParams;

use super::Backend;
use crate::server::indexing;
use crate::server::knowledge::{FolderFile, path};

/// Files changed on disk: registries and settings are read again, articles indexed again.
pub(super) fn changed(backend: &Backend, params: &DidChangeWatchedFilesParams) {
    let session = &backend.session;
    let mut articles = Vec::new();
    let mut folders = false;
    let mut baselines = false;
    for event in &params.changes {
        if let Some(file) = FolderFile::named(&event.uri) {
            session.knowledge().forget(&file);
            baselines |= matches!(file, FolderFile::Baseline(_));
            folders = true;
        } else if let Some(path) = path(&event.uri)
            && session.knowledge().may_be_article(&path)
        {
            articles.push(path);
        }
    }
    if folders {
        session.folders_changed();
    }
    if baselines {
        // One that settings name and that was not there may be now.
        session.documents().look_again(|uri| matches!(FolderFile::named(uri), Some(FolderFile::Config(_))));
    }
    if !articles.is_empty() {
        session.closed().forget(&articles);
        tokio::spawn(indexing::index_again(Arc::clone(session), articles));
    }
}
