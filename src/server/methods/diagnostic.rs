//! `textDocument/diagnostic`.

use std::sync::Arc;

use bytes::Bytes;
use serde_json::json;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::ls_types::{
    DocumentDiagnosticParams, DocumentDiagnosticReport, DocumentDiagnosticReportResult,
    RelatedFullDocumentDiagnosticReport,
};

use super::{Backend, blocking};
use crate::analysis::Cancelled;
use crate::server::ordered::Call;
use crate::server::publication::{diagnose, result_id};

/// The protocol's `ServerCancelled`.
const SERVER_CANCELLED: i64 = -32802;

/// The report: whole, or `unchanged` when the client has the same diagnostics already, whatever
/// else of the text changed. Of a document that is not open it is empty.
pub(super) async fn diagnostic(
    backend: &Backend,
    params: DocumentDiagnosticParams,
) -> Result<DocumentDiagnosticReportResult> {
    let empty = RelatedFullDocumentDiagnosticReport::default();
    let empty = DocumentDiagnosticReportResult::Report(DocumentDiagnosticReport::Full(empty));
    let Some(call) = Call::current() else { return Ok(empty) };
    let Some(snapshot) = call.snapshot() else { return Ok(empty) };
    let session = Arc::clone(&backend.session);
    let written = blocking(move || {
        let Some(support) = session.support() else { return Err(Cancelled) };
        diagnose(&snapshot, support).map(|items| (result_id(&items), items))
    });
    let Ok((id, items)) = written.await? else { return Err(overtaken()) };
    call.answer(if params.previous_result_id.as_ref() == Some(&id) {
        [format!(r#"{{"kind":"unchanged","resultId":"{id}"}}"#).into(), Bytes::new(), Bytes::new()]
    } else {
        let head = format!(r#"{{"kind":"full","resultId":"{id}","items":["#);
        [head.into(), items, Bytes::from_static(b"]}")]
    });
    Ok(empty)
}

/// The document changed before its diagnostics were found. The client asks again.
fn overtaken() -> Error {
    server_cancelled("the document has changed", true)
}

/// There is no answer because of what `reason` says; whether the client is to ask again.
pub(super) fn server_cancelled(reason: &'static str, again: bool) -> Error {
    Error {
        code: ErrorCode::ServerError(SERVER_CANCELLED),
        message: reason.into(),
        data: Some(json!({ "retriggerRequest": again })),
    }
}
