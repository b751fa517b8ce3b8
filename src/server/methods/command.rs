//! `workspace/executeCommand`: what a person calls by name. Each command edits the document that its first argument
//! names, through the client.

use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::{ExecuteCommandParams, LSPAny};

use super::{Backend, code_action};
use crate::analysis::Analysis;
use crate::ide;
use crate::text::TextEdit;

/// Drafts of the article's actors, sources, cues and claims.
const ANNOTATE: &str = "onrecord.annotate";

/// Takes all drafts out again.
const REMOVE_DRAFTS: &str = "onrecord.removeDrafts";

/// The commands that edit a document.
pub(in crate::server) const EDITING: [&str; 2] = [ANNOTATE, REMOVE_DRAFTS];

/// Does the command and answers how many edits it made.
pub(super) async fn execute(backend: &Backend, params: ExecuteCommandParams) -> Result<Option<LSPAny>> {
    let edits: fn(&Analysis) -> Vec<TextEdit> = match params.command.as_str() {
        ANNOTATE => |analysis| ide::draft(analysis).edits,
        REMOVE_DRAFTS => ide::remove_drafts,
        other => return Err(Error::invalid_params(format!("there is no command '{other}'"))),
    };
    let edit = backend.answer(move |reading| {
        let edits = edits(reading.analysis);
        Some((edits.len(), code_action::edit(reading, &edits)))
    });
    let Some((count, edit)) = edit.await? else {
        let message = "the first argument names no open article; it is the article's URI";
        return Err(Error::invalid_params(message));
    };
    if count > 0 {
        let answer = backend.client.apply_edit(edit).await?;
        if !answer.applied {
            let reason = answer.failure_reason.unwrap_or_else(|| "the client did not apply it".to_owned());
            tracing::warn!("{}: {reason}", params.command);
            return Ok(Some(0.into()));
        }
    }
    Ok(Some(count.into()))
}
