//! `workspace/diagnostic`.

use std::sync::Arc;

use bytes::Bytes;
use serde_json::json;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::{
    WorkspaceDiagnosticParams, WorkspaceDiagnosticReport, WorkspaceDiagnosticReportResult,
};

use super::Backend;
use super::diagnostic::server_cancelled;
use crate::server::closed::{Heard, Report, settle};
use crate::server::ordered::Call;
use crate::server::outbox::Body;
use crate::server::transport::to_json;

/// Answers once there is something the client does not know of files that are not open; until then the
/// request is held open. To a client that takes a result in parts it is told as it is found.
pub(super) async fn workspace_diagnostic(
    backend: &Backend,
    params: WorkspaceDiagnosticParams,
) -> Result<WorkspaceDiagnosticReportResult> {
    let session = Arc::clone(&backend.session);
    let parts = params.partial_result_params.partial_result_token;
    let mut heard =
        Heard::new(params.previous_result_ids.iter().map(|known| (&known.uri, known.value.clone())));
    let mut changes = session.closed().changes();
    loop {
        changes.borrow_and_update();
        let (mut said, mut collected) = (false, Vec::new());
        let mut round = heard.round(&session).await;
        while let Some(reports) = round.next().await {
            said = true;
            let items = join(&reports);
            match &parts {
                Some(token) => session.outbox().send(part(&to_json(token), items)),
                None => collected.push(items),
            }
        }
        if session.is_shut_down() {
            return Err(server_cancelled("the session has ended", false));
        }
        if said {
            if let Some(call) = Call::current() {
                let items = collected.join(&b","[..]);
                call.answer([Bytes::from_static(br#"{"items":["#), items.into(), Bytes::from_static(b"]}")]);
            }
            return Ok(WorkspaceDiagnosticReportResult::Report(WorkspaceDiagnosticReport::default()));
        }
        changes.changed().await.map_err(|_| Error::internal_error())?;
        settle().await;
    }
}

/// `reports` as JSON objects with commas between them.
fn join(reports: &[Report]) -> Vec<u8> {
    let mut json = Vec::new();
    for report in reports {
        if !json.is_empty() {
            json.push(b',');
        }
        let head = json!({ "kind": "full", "uri": report.uri, "version": null, "resultId": report.id });
        let head = to_json(&head);
        // All but the closing brace.
        json.extend_from_slice(&head[..head.len() - 1]);
        json.extend_from_slice(br#","items":["#);
        json.extend_from_slice(&report.items);
        json.extend_from_slice(b"]}");
    }
    json
}

/// A part of a result: `$/progress` for `token`.
fn part(token: &[u8], items: Vec<u8>) -> Body {
    let head =
        [br#"{"jsonrpc":"2.0","method":"$/progress","params":{"token":"#, token, br#","value":{"items":["#];
    [head.concat().into(), items.into(), Bytes::from_static(b"]}}}")].into()
}
