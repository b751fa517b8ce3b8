//! Results that a client takes in parts.

use std::sync::Arc;

use serde::Serialize;
use tower_lsp::ls_types::ProgressToken;

use crate::server::session::Session;
use crate::server::transport::to_json;

/// A list that is told to the client as it is found, where it asked for that; else kept until it is whole.
pub(super) struct Parts<T> {
    session: Arc<Session>,
    token: Option<ProgressToken>,
    whole: Vec<T>,
}

/// A part of a result.
#[derive(Serialize)]
struct Part<'a, T> {
    jsonrpc: &'static str,
    method: &'static str,
    params: PartParams<'a, T>,
}

#[derive(Serialize)]
struct PartParams<'a, T> {
    token: &'a ProgressToken,
    value: &'a [T],
}

impl<T: Serialize> Parts<T> {
    /// Nothing yet; `token` is what the request names the parts by.
    pub(super) fn new(session: &Arc<Session>, token: Option<ProgressToken>) -> Self {
        Self { session: Arc::clone(session), token, whole: Vec::new() }
    }

    /// More of the list.
    pub(super) fn add(&mut self, more: impl IntoIterator<Item = T>) {
        self.whole.extend(more);
        if let Some(token) = self.token.as_ref().filter(|_| !self.whole.is_empty()) {
            let params = PartParams { token, value: &self.whole };
            let part = Part { jsonrpc: "2.0", method: "$/progress", params };
            self.session.outbox().send(to_json(&part));
            self.whole.clear();
        }
    }

    /// The answer: what the client has not been told yet.
    pub(super) fn finish(self) -> Vec<T> {
        self.whole
    }
}
