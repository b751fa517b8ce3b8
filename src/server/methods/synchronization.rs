//! `textDocument/didOpen`, `didChange`, `didClose`: applied at once, in wire order.

use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tower_lsp::jsonrpc::Request;
use tower_lsp::ls_types::{
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, MessageType, Uri, VersionedTextDocumentIdentifier,
};

use crate::server::documents::Outcome;
use crate::server::knowledge::{FolderFile, path};
use crate::server::publication;
use crate::server::session::Session;
use crate::server::transport::to_json;

const DID_OPEN: &str = "textDocument/didOpen";
pub(in crate::server) const DID_CHANGE: &str = "textDocument/didChange";
const DID_CLOSE: &str = "textDocument/didClose";

/// Whether `method` opens, changes or closes a document.
pub(in crate::server) fn is_document_change(method: &str) -> bool {
    [DID_OPEN, DID_CHANGE, DID_CLOSE].contains(&method)
}

/// Applies a notification that [changes documents](is_document_change).
pub(in crate::server) fn apply(session: &Arc<Session>, notification: Request) {
    let (method, _, params) = notification.into_parts();
    let params = params.unwrap_or_default();
    match method.as_ref() {
        DID_OPEN => did_open(session, params),
        DID_CHANGE => did_change(session, params),
        _ => did_close(session, params),
    }
}

fn did_open(session: &Arc<Session>, params: Value) {
    let Some(params) = read::<DidOpenTextDocumentParams>(params, DID_OPEN) else { return };
    let uri = params.text_document.uri.clone();
    let snapshots = session.documents().open(params.text_document, |uri| session.setup_of(uri));
    folder_file_changed(session, &uri);
    if session.support().is_some_and(|support| !support.pull) {
        tokio::spawn(publication::publish_all(Arc::clone(session), snapshots));
    }
}

fn did_change(session: &Session, mut params: Value) {
    #[cfg(feature = "fault-injection")]
    super::fault_injection::panic_on(&params);
    let document = params.get_mut("textDocument").map(Value::take).unwrap_or_default();
    let Some(document) = read::<VersionedTextDocumentIdentifier>(document, DID_CHANGE) else { return };
    // Changes nobody can read are changes all the same: the text is no longer what it was.
    let changes = params.get_mut("contentChanges").map(Value::take).unwrap_or_default();
    let changes = read(changes, DID_CHANGE);
    let Some(support) = session.support() else { return };
    match session.documents().change(&document.uri, document.version, changes, support.encoding) {
        Some(Outcome::Known) => folder_file_changed(session, &document.uri),
        Some(Outcome::StillLost) => {}
        Some(Outcome::Lost) => say_out_of_step(session, &document.uri),
        None => tracing::warn!("{DID_CHANGE} for {}, which is not open", document.uri.as_str()),
    }
}

fn did_close(session: &Session, params: Value) {
    let Some(params) = read::<DidCloseTextDocumentParams>(params, DID_CLOSE) else { return };
    let uri = params.text_document.uri;
    let is_pushed = session.support().is_some_and(|support| !support.pull);
    let withdraw = || {
        if is_pushed {
            publication::withdraw(session, &uri);
            if let Some(path) = path(&uri) {
                session.closed().withdraw(path);
            }
        }
    };
    if !session.documents().close(&uri, withdraw) {
        tracing::warn!("{DID_CLOSE} for {}, which is not open", uri.as_str());
    }
    // What is on disk counts again.
    session.closed().forget(&path(&uri));
    folder_file_changed(session, &uri);
}

/// The text of a folder's file that is open counts, saved or not.
fn folder_file_changed(session: &Session, uri: &Uri) {
    let Some(file) = FolderFile::named(uri) else { return };
    let open = session.documents().snapshot(uri.as_str());
    let text = open.and_then(|snapshot| snapshot.rope.as_ref().map(|rope| rope.to_string().into()));
    session.knowledge().put(&file, text);
    session.folders_changed();
}

fn read<T: DeserializeOwned>(params: Value, method: &str) -> Option<T> {
    serde_json::from_value(params).inspect_err(|error| tracing::error!("{method}: {error}")).ok()
}

fn say_out_of_step(session: &Session, uri: &Uri) {
    let name = uri.path().as_str().rsplit('/').next().unwrap_or_default().to_owned();
    let message = format!(
        "Onrecord no longer knows the text of {name}: an edit did not fit it. \
         Close the file and open it again to have its warnings back."
    );
    session.outbox().send(to_json(&json!({
        "jsonrpc": "2.0",
        "method": "window/showMessage",
        "params": { "type": MessageType::WARNING, "message": message },
    })));
}
