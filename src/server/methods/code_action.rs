//! `textDocument/codeAction`: the fixes the findings carry.

use tower_lsp::ls_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, CodeActionResponse, DocumentChanges,
    OneOf, OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, WorkspaceEdit,
};

use super::Reading;
use super::register::register;
use crate::rules::{Applicability, Finding, Fix};
use crate::server::{from_proto, to_proto};

pub(super) fn code_action(reading: &Reading<'_>, params: &CodeActionParams) -> CodeActionResponse {
    let wanted = params.context.only.as_ref().is_none_or(|only| {
        only.iter().any(|kind| kind == &CodeActionKind::QUICKFIX || kind == &CodeActionKind::EMPTY)
    });
    if !wanted || !reading.support.code_actions {
        return Vec::new();
    }
    let range = from_proto::range(reading.rope, params.range, reading.support.encoding);
    let findings = reading.analysis.findings_at(range);
    findings
        .iter()
        .flat_map(|finding| finding.fixes.iter().map(move |fix| action(reading, finding, fix)))
        .chain(register(reading, range.start()))
        .collect()
}

fn action(reading: &Reading<'_>, finding: &Finding, fix: &Fix) -> CodeActionOrCommand {
    let preferred = fix.applicability == Applicability::Safe && finding.fixes.len() == 1;
    CodeActionOrCommand::CodeAction(CodeAction {
        title: fix.title.clone(),
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![to_proto::diagnostic(finding, reading.rope, reading.support.encoding)]),
        edit: Some(edit(reading, fix)),
        is_preferred: (preferred && reading.support.preferred_actions).then_some(true),
        ..CodeAction::default()
    })
}

/// What `fix` changes, for the text as it is now where the client can tell.
fn edit(reading: &Reading<'_>, fix: &Fix) -> WorkspaceEdit {
    let uri = reading.snapshot.uri().clone();
    let edits =
        fix.edits.iter().map(|edit| to_proto::text_edit(reading.rope, edit, reading.support.encoding));
    if reading.support.versioned_edits {
        let version = Some(reading.snapshot.version);
        let edits = edits.map(OneOf::Left).collect();
        let text_document = OptionalVersionedTextDocumentIdentifier { uri, version };
        let changes = DocumentChanges::Edits(vec![TextDocumentEdit { text_document, edits }]);
        return WorkspaceEdit { document_changes: Some(changes), ..WorkspaceEdit::default() };
    }
    WorkspaceEdit {
        changes: Some([(uri, edits.collect())].into_iter().collect()),
        ..WorkspaceEdit::default()
    }
}
