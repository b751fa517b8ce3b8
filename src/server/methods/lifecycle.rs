//! `initialize`, `initialized`, `workspace/didChangeConfiguration`.

use std::sync::Arc;

use serde_json::Value;
use tower_lsp::ls_types::{InitializeParams, InitializeResult, ServerInfo};

use super::{Backend, configuration};
use crate::server::capabilities::Support;

pub(super) fn initialize(backend: &Backend, params: &InitializeParams) -> InitializeResult {
    let support = Support::read(&params.capabilities);
    let capabilities = support.offer();
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
