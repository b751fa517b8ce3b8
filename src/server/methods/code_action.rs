//! `textDocument/codeAction`: the fixes the findings carry, and what else can be done about them.

use tower_lsp::ls_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, CodeActionResponse, DocumentChanges,
    OneOf, OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, WorkspaceEdit,
};

use super::Reading;
use super::accept::accept;
use super::register::register;
use crate::ide::{self, Which};
use crate::rules::{Applicability, Finding, Fix};
use crate::server::capabilities::FIX_ALL;
use crate::server::{from_proto, to_proto};
use crate::text::TextEdit;

pub(super) fn code_action(reading: &Reading<'_>, params: &CodeActionParams) -> CodeActionResponse {
    if !reading.support.code_actions {
        return Vec::new();
    }
    let only = params.context.only.as_deref();
    // What mends everything is worked out for those who ask for it: on saving, or from a menu.
    let fixes_all = only.is_some_and(|only| only.iter().any(|kind| includes(kind, FIX_ALL)));
    let all = if fixes_all { fix_all(reading) } else { None };
    if !only.is_none_or(|only| only.iter().any(|kind| includes(kind, CodeActionKind::QUICKFIX.as_str()))) {
        return all.into_iter().collect();
    }
    let range = from_proto::range(reading.rope, params.range, reading.support.encoding);
    let findings = reading.analysis.findings_at(range);
    findings
        .iter()
        .flat_map(|finding| finding.fixes.iter().map(move |fix| action(reading, finding, fix)))
        .chain(register(reading, range.start()))
        .chain(all)
        .chain(findings.iter().filter_map(|finding| accept(reading, finding)))
        .collect()
}

/// Whether a client that asks for `kind` gets actions of the kind `of`.
fn includes(kind: &CodeActionKind, of: &str) -> bool {
    of.strip_prefix(kind.as_str())
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.') || kind == &CodeActionKind::EMPTY)
}

/// All fixes that keep the meaning, as `onrecord check --fix` makes them; none where there are none, or where they
/// do not come to rest.
fn fix_all(reading: &Reading<'_>) -> Option<CodeActionOrCommand> {
    let before = reading.analysis.text();
    let fixed = ide::fix(before, &reading.snapshot.setup, Which::Safe, |_| true).ok()?;
    if fixed.made.is_empty() {
        return None;
    }
    Some(CodeActionOrCommand::CodeAction(CodeAction {
        title: "Make all fixes that keep the meaning".to_owned(),
        kind: Some(CodeActionKind::new(FIX_ALL)),
        edit: Some(edit(reading, &ide::line_edits(before, fixed.analysis.text()))),
        ..CodeAction::default()
    }))
}

fn action(reading: &Reading<'_>, finding: &Finding, fix: &Fix) -> CodeActionOrCommand {
    let preferred = fix.applicability == Applicability::Safe && finding.fixes.len() == 1;
    CodeActionOrCommand::CodeAction(CodeAction {
        title: fix.title.clone(),
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![to_proto::diagnostic(finding, reading.rope, reading.support.encoding)]),
        edit: Some(edit(reading, &fix.edits)),
        is_preferred: (preferred && reading.support.preferred_actions).then_some(true),
        ..CodeAction::default()
    })
}

/// `edits` of the article, for the text as it is now where the client can tell.
fn edit(reading: &Reading<'_>, edits: &[TextEdit]) -> WorkspaceEdit {
    let uri = reading.snapshot.uri().clone();
    let edits = edits.iter().map(|edit| to_proto::text_edit(reading.rope, edit, reading.support.encoding));
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
