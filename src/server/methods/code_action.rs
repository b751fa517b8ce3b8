//! `textDocument/codeAction` and `codeAction/resolve`: the fixes the findings carry, accepting findings, and what annotates.

use serde::{Deserialize, Serialize};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, CodeActionResponse,
    CodeActionTriggerKind, DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier, TextDocumentEdit,
    Uri, WorkspaceEdit,
};

use super::Reading;
use super::accept::accept as accept_finding;
use super::register::register;
use crate::article::SpanClass;
use crate::ide::{self, Which};
use crate::rules::{Applicability, Finding, Fix};
use crate::server::session::Session;
use crate::server::{from_proto, to_proto};
use crate::text::{TextEdit, TextRange};

/// The kind of the actions that mark selected words; each class has its own below it, for keys and commands.
const MARK: &str = "refactor.rewrite.mark";

/// The kind of the action that accepts drafts.
const ACCEPT: &str = "refactor.rewrite.acceptDraft";

/// The kind of the actions that settle what two coders disagree on.
const SETTLE: &str = "refactor.rewrite.settle";

/// The kinds of the actions on a whole article.
const ANNOTATE: &str = "source.onrecord.annotate";
const ANNOTATE_TITLE: &str = "Annotate this article";
const REMOVE_DRAFTS: &str = "source.onrecord.removeDrafts";

/// The kind of the action that makes all fixes that keep the meaning.
const FIX_ALL: &str = "source.fixAll.onrecord";

/// What an action without its edit was offered for.
#[derive(Debug, Serialize, Deserialize)]
struct From {
    uri: Uri,
    version: i32,
}

/// The kinds of action there are.
pub(in crate::server) fn kinds() -> Vec<CodeActionKind> {
    let source = [FIX_ALL, ANNOTATE, REMOVE_DRAFTS].map(CodeActionKind::new);
    [CodeActionKind::QUICKFIX, CodeActionKind::REFACTOR_REWRITE].into_iter().chain(source).collect()
}

pub(super) fn code_action(reading: &Reading<'_>, params: &CodeActionParams) -> CodeActionResponse {
    if !reading.support.code_actions {
        return Vec::new();
    }
    let wanted = Wanted { only: params.context.only.as_deref() };
    let range = from_proto::range(reading.rope, params.range, reading.support.encoding);
    let mut out = Vec::new();
    if wanted.takes(CodeActionKind::QUICKFIX.as_str()) {
        let findings = reading.analysis.findings_at(range);
        let fixes = findings.iter().flat_map(|finding| finding.fixes.iter().map(move |fix| (finding, fix)));
        out.extend(fixes.map(|(finding, fix)| action(reading, finding, fix)));
        out.extend(register(reading, range.start()));
        out.extend(findings.iter().filter_map(|finding| accept_finding(reading, finding)));
    }
    // All fixes are worked out for those who ask for them: on saving, or from a menu.
    if wanted.only.is_some() && wanted.takes(FIX_ALL) {
        out.extend(fix_all(reading));
    }
    out.extend(marks(reading, range, &wanted));
    out.extend(accept(reading, range, &wanted));
    out.extend(settle(reading, range, &wanted));
    // Drafts of a whole article are made when somebody asks what there is, not after each step of the cursor.
    if params.context.trigger_kind != Some(CodeActionTriggerKind::AUTOMATIC) {
        out.extend(on_article(reading, &wanted));
    }
    out
}

/// Which kinds the client asks for.
struct Wanted<'a> {
    only: Option<&'a [CodeActionKind]>,
}

impl Wanted<'_> {
    /// Whether it asks for `kind`: for all, for it, or for one that holds it.
    fn takes(&self, kind: &str) -> bool {
        self.only.is_none_or(|only| {
            only.iter().any(|only| {
                let rest = kind.strip_prefix(only.as_str());
                only == &CodeActionKind::EMPTY
                    || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            })
        })
    }
}

/// "Mark as claim", …: what the words at `range` can be marked as.
fn marks(reading: &Reading<'_>, range: TextRange, wanted: &Wanted<'_>) -> Vec<CodeActionOrCommand> {
    let mark = |class: SpanClass| {
        let kind = format!("{MARK}.{}", class.name());
        let edits = wanted.takes(&kind).then(|| ide::mark(reading.analysis, range, class))??;
        let what = if class == SpanClass::Own { "own reporting" } else { class.name() };
        Some(rewrite(reading, format!("Mark as {what}"), kind, &edits))
    };
    if range.is_empty() { Vec::new() } else { ide::MARKS.into_iter().filter_map(mark).collect() }
}

/// "Accept this draft", where there is one at `range`.
fn accept(reading: &Reading<'_>, range: TextRange, wanted: &Wanted<'_>) -> Option<CodeActionOrCommand> {
    let edits = wanted.takes(ACCEPT).then(|| ide::accept_drafts(reading.analysis, range))?;
    let title = match edits.len() {
        0 => return None,
        _ if !range.is_empty() => "Accept the drafts in the selection",
        1 => "Accept this draft",
        _ => "Accept this draft and what it names",
    };
    Some(rewrite(reading, title.to_owned(), ACCEPT.to_owned(), &edits))
}

/// "Take A's", "Take B's", "Take both", where an alternative stands at `range`.
fn settle(reading: &Reading<'_>, range: TextRange, wanted: &Wanted<'_>) -> Vec<CodeActionOrCommand> {
    if !wanted.takes(SETTLE) {
        return Vec::new();
    }
    let ways = ide::settlements(reading.analysis, range.start());
    ways.into_iter().map(|way| rewrite(reading, way.title, SETTLE.to_owned(), &way.edits)).collect()
}

/// What there is to do with the article as a whole. The drafts are made when somebody takes them, where the client
/// waits for them until then.
fn on_article(reading: &Reading<'_>, wanted: &Wanted<'_>) -> Vec<CodeActionOrCommand> {
    let annotate = (wanted.takes(ANNOTATE) && reading.support.actions_lazy).then(|| {
        let from = From { uri: reading.snapshot.uri().clone(), version: reading.snapshot.version };
        CodeActionOrCommand::CodeAction(CodeAction {
            title: ANNOTATE_TITLE.to_owned(),
            kind: Some(ANNOTATE.into()),
            data: serde_json::to_value(from).ok(),
            ..CodeAction::default()
        })
    });
    let edits = |kind: &str, edits: &dyn Fn() -> Vec<TextEdit>| {
        wanted.takes(kind).then(edits).filter(|edits| !edits.is_empty())
    };
    let action = |title: &str, kind: &str, edits: Option<Vec<TextEdit>>| {
        Some(rewrite(reading, title.to_owned(), kind.to_owned(), &edits?))
    };
    let drafts = || edits(ANNOTATE, &|| ide::draft(reading.analysis).edits);
    let annotate = annotate.or_else(|| action(ANNOTATE_TITLE, ANNOTATE, drafts()));
    let remove = action(
        "Remove the drafts",
        REMOVE_DRAFTS,
        edits(REMOVE_DRAFTS, &|| ide::remove_drafts(reading.analysis)),
    );
    annotate.into_iter().chain(remove).collect()
}

/// `action` with its edit.
///
/// # Errors
/// The text has changed since the action was offered.
pub(super) fn resolve(session: &Session, mut action: CodeAction) -> Result<CodeAction> {
    let from = action.data.take().and_then(|data| serde_json::from_value::<From>(data).ok());
    let snapshot = from.as_ref().and_then(|from| session.documents().snapshot(from.uri.as_str()));
    let (Some(from), Some(snapshot)) = (from, snapshot) else { return Ok(action) };
    let analysis = snapshot.analysis().ok().flatten().filter(|_| snapshot.version == from.version);
    let (Some(analysis), Some(rope), Some(support)) = (analysis, &snapshot.rope, session.support()) else {
        return Err(Error::content_modified());
    };
    let reading = Reading { snapshot: &snapshot, rope, analysis: &analysis, support, session };
    action.edit = Some(edit(&reading, &ide::draft(&analysis).edits));
    Ok(action)
}

/// All fixes that keep the meaning, as `onrecord check --fix` makes them; none where there are none, or where they
/// do not come to rest.
fn fix_all(reading: &Reading<'_>) -> Option<CodeActionOrCommand> {
    let before = reading.analysis.text();
    let fixed = ide::fix(before, &reading.snapshot.setup, Which::Safe, |_| true).ok()?;
    let edits = ide::line_edits(before, fixed.analysis.text());
    let title = "Make all fixes that keep the meaning".to_owned();
    (!edits.is_empty()).then(|| rewrite(reading, title, FIX_ALL.to_owned(), &edits))
}

/// An action of `kind` that makes `edits`.
fn rewrite(reading: &Reading<'_>, title: String, kind: String, edits: &[TextEdit]) -> CodeActionOrCommand {
    CodeActionOrCommand::CodeAction(CodeAction {
        title,
        kind: Some(kind.into()),
        edit: Some(edit(reading, edits)),
        ..CodeAction::default()
    })
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

/// `edits` of the document, for the text as it is now where the client can tell.
pub(super) fn edit(reading: &Reading<'_>, edits: &[TextEdit]) -> WorkspaceEdit {
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
