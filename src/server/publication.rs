//! Diagnostics sent to clients that do not ask for them.

use std::sync::Arc;

use serde::Serialize;
use tokio::sync::watch;
use tower_lsp::ls_types::Uri;

use super::capabilities::Support;
use super::knowledge::registry_path;
use super::session::Session;
use super::snapshot::Snapshot;
use super::to_proto::{self, Diagnostic};
use super::transport::to_json;
use crate::analysis::Cancelled;
use crate::workspace::ActorsFile;

/// `textDocument/publishDiagnostics`.
#[derive(Serialize)]
struct Publication<'a> {
    jsonrpc: &'static str,
    method: &'static str,
    params: Params<'a>,
}

#[derive(Serialize)]
struct Params<'a> {
    uri: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<i32>,
    diagnostics: &'a [Diagnostic<'a>],
}

fn publication(uri: &Uri, version: Option<i32>, diagnostics: &[Diagnostic<'_>]) -> Vec<u8> {
    let params = Params { uri: uri.as_str(), version, diagnostics };
    to_json(&Publication { jsonrpc: "2.0", method: "textDocument/publishDiagnostics", params })
}

/// The diagnostics of `snapshot` given to `write`; none for what is no article or out of step.
/// Blocks.
///
/// # Errors
/// [`Cancelled`] when the document has changed since.
pub(super) fn diagnose<T>(
    snapshot: &Snapshot,
    support: &Support,
    write: impl FnOnce(&[Diagnostic<'_>]) -> T,
) -> Result<T, Cancelled> {
    if let (Some(_), Some(rope)) = (registry_path(snapshot.uri()), &snapshot.rope) {
        let faults = ActorsFile::parse(&rope.to_string()).faults;
        let diagnostics: Vec<Diagnostic<'_>> =
            faults.iter().map(|fault| to_proto::fault(fault, rope, support.encoding)).collect();
        return Ok(write(&diagnostics));
    }
    let analysis = snapshot.analysis()?;
    let (Some(analysis), Some(rope)) = (analysis, &snapshot.rope) else { return Ok(write(&[])) };
    let uri = snapshot.uri().as_str();
    let diagnostics = to_proto::diagnostics(analysis.findings(), analysis.text(), rope, uri, support);
    if snapshot.is_newest() { Ok(write(&diagnostics)) } else { Err(Cancelled) }
}

/// Publishes what is found in each of `snapshots`, each with its version, until the document is
/// closed. Of snapshots that follow faster than they are analysed only the newest is.
pub(super) async fn publish_all(session: Arc<Session>, mut snapshots: watch::Receiver<Arc<Snapshot>>) {
    loop {
        let Some(slot) = session.outbox().slot().await else { return };
        let snapshot = Arc::clone(&snapshots.borrow_and_update());
        let publishing = tokio::task::spawn_blocking({
            let session = Arc::clone(&session);
            move || {
                let Some(support) = session.support() else { return };
                let body = diagnose(&snapshot, support, |diagnostics| {
                    publication(snapshot.uri(), Some(snapshot.version), diagnostics)
                });
                if let Ok(body) = body {
                    session.documents().if_newest(&snapshot, || session.outbox().publish(body, slot));
                }
            }
        });
        if publishing.await.is_err() {
            tracing::error!("an analysis panicked; the next change of the document is analysed afresh");
        }
        if snapshots.changed().await.is_err() {
            return;
        }
    }
}

/// Takes away what was published of a document that is being closed.
pub(super) fn withdraw(session: &Session, uri: &Uri) {
    session.outbox().send(publication(uri, None, &[]));
}
