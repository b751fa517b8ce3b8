//! `initialize`, `initialized`, `workspace/didChangeConfiguration`.

use std::path::PathBuf;
use std::sync::Arc;

use serde_json::Value;
use tower_lsp::Client;
use tower_lsp::ls_types::{
    DidChangeWatchedFilesRegistrationOptions, FileSystemWatcher, GlobPattern, InitializeParams,
    InitializeResult, Registration, ServerInfo,
};

use super::{Backend, configuration};
use crate::server::capabilities::Support;
use crate::server::knowledge::path;
use crate::server::{closed, indexing};

pub(super) fn initialize(backend: &Backend, params: &InitializeParams) -> InitializeResult {
    let support = Support::read(&params.capabilities, params.client_info.as_ref());
    let capabilities = support.offer();
    backend.session.knowledge().set_roots(roots(params));
    backend.session.begin(support, params.process_id);
    InitializeResult {
        capabilities,
        server_info: Some(ServerInfo {
            name: env!("CARGO_PKG_NAME").to_owned(),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        }),
        ..InitializeResult::default()
    }
}

/// The folders the client works in.
#[expect(deprecated, reason = "older clients name one folder only")]
fn roots(params: &InitializeParams) -> Vec<PathBuf> {
    match &params.workspace_folders {
        Some(folders) => folders.iter().filter_map(|folder| path(&folder.uri)).collect(),
        None => params.root_uri.iter().filter_map(path).collect(),
    }
}

/// Watches the folders' files and articles on disk, indexes the articles, and tells the client when what the
/// folders' files say changes.
pub(super) fn begin(backend: &Backend) {
    let (session, client) = (Arc::clone(&backend.session), backend.client.clone());
    tokio::spawn(async move {
        if session.support().is_some_and(|support| support.watched_files) {
            watch(&client).await;
        }
        let roots = session.knowledge().roots();
        indexing::index_all(Arc::clone(&session), client.clone(), roots).await;
        indexing::keep(session, client).await;
    });
    if backend.session.support().is_some_and(|support| !support.pull) {
        tokio::spawn(closed::publish_all(Arc::clone(&backend.session)));
    }
    let (session, client) = (Arc::clone(&backend.session), backend.client.clone());
    tokio::spawn(async move {
        while !session.is_shut_down() {
            session.knowledge().changed().await;
            configuration::refresh(&session, &client).await;
        }
    });
}

async fn watch(client: &Client) {
    let watchers = [
        "**/actors.toml",
        "**/onrecord.toml",
        "**/*baseline.json",
        "**/*.article.json",
        "**/*.{article,txt,md}",
    ]
    .map(|glob| FileSystemWatcher { glob_pattern: GlobPattern::String(glob.to_owned()), kind: None });
    let options = DidChangeWatchedFilesRegistrationOptions { watchers: watchers.into() };
    let registration = Registration {
        id: "onrecord/files".to_owned(),
        method: "workspace/didChangeWatchedFiles".to_owned(),
        register_options: serde_json::to_value(options).ok(),
    };
    if let Err(error) = client.register_capability(vec![registration]).await {
        tracing::warn!("the client does not tell of changes on disk: {error}");
    }
}

/// Asks a client that can be asked.
pub(super) fn ask_for_settings(backend: &Backend) {
    if backend.session.support().is_some_and(|support| support.configuration) {
        tokio::spawn(configuration::ask(Arc::clone(&backend.session), backend.client.clone()));
    }
}

/// A client that can be asked sends no settings worth reading, only word that they changed.
pub(super) fn settings_changed(backend: &Backend, settings: Value) {
    if backend.session.support().is_some_and(|support| support.configuration) {
        ask_for_settings(backend);
        return;
    }
    let (session, client) = (Arc::clone(&backend.session), backend.client.clone());
    tokio::spawn(
        async move { configuration::take(&session, &client, configuration::section(settings)).await },
    );
}
