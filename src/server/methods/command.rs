//! `workspace/executeCommand`: what a person calls by name.

use std::sync::Arc;

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{ExecuteCommandParams, LSPAny};

use super::code_lens::{self, SHOW_CLAIMS};
use super::create::{self, CREATE};
use super::report::{self, REPORT};
use super::{Backend, blocking, code_action, refused};
use crate::analysis::Analysis;
use crate::ide;
use crate::server::capabilities::Support;
use crate::text::TextEdit;

/// Drafts of the article's actors, sources, cues and claims.
const ANNOTATE: &str = "onrecord.annotate";

/// Takes all drafts out again.
const REMOVE_DRAFTS: &str = "onrecord.removeDrafts";

/// The commands such a client is offered.
pub(in crate::server) fn offered(support: &Support) -> Vec<String> {
    let editing = [ANNOTATE, REMOVE_DRAFTS].into_iter().filter(|_| support.applies_edits);
    let makes_files = support.creates_files && support.versioned_edits;
    let creating = [CREATE].into_iter().filter(|_| support.code_actions && !makes_files);
    let commands =
        editing.chain(creating).chain([SHOW_CLAIMS].into_iter().filter(|_| support.lenses)).chain([REPORT]);
    commands.map(str::to_owned).collect()
}

/// Does the command.
pub(super) async fn execute(backend: &Backend, params: ExecuteCommandParams) -> Result<Option<LSPAny>> {
    match params.command.as_str() {
        SHOW_CLAIMS => {
            let (session, client) = (Arc::clone(&backend.session), backend.client.clone());
            blocking(move || code_lens::show_claims(&session, &client, &params.arguments)).await?;
            Ok(None)
        }
        CREATE => {
            create::execute(backend, params.arguments).await?;
            Ok(None)
        }
        REPORT => report::execute(backend, params).await,
        _ => edit(backend, params).await,
    }
}

/// Edits the document that the first argument names, through the client, and answers how many edits it made.
async fn edit(backend: &Backend, params: ExecuteCommandParams) -> Result<Option<LSPAny>> {
    let edits: fn(&Analysis) -> Vec<TextEdit> = match params.command.as_str() {
        ANNOTATE => |analysis| ide::draft(analysis).edits,
        REMOVE_DRAFTS => ide::remove_drafts,
        other => return Err(refused(format!("There is no command '{other}'."))),
    };
    let edit = backend.answer(move |reading| {
        let edits = edits(reading.analysis);
        Some((edits.len(), code_action::edit(reading, &edits)))
    });
    let Some((count, edit)) = edit.await? else {
        let message = "The first argument names no open article. It is the article's URI.";
        return Err(refused(message.to_owned()));
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
