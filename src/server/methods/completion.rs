//! `textDocument/completion`.

use ropey::Rope;
use tower_lsp::ls_types::{
    CompletionContext, CompletionItem, CompletionResponse, CompletionTextEdit, CompletionTriggerKind,
    Documentation, InsertTextFormat, Position,
};

use super::Reading;
use crate::ide::{self, Completion};
use crate::server::capabilities::Support;
use crate::server::ordered::Call;
use crate::server::session::Session;
use crate::server::{from_proto, to_proto};

/// Whether the client asks only because a character was typed that means something in markup, and there is none: the
/// answer to that is nothing, before any analysis.
pub(super) fn is_idle(session: &Session, context: &CompletionContext, position: Position) -> bool {
    let typed = context.trigger_kind == CompletionTriggerKind::TRIGGER_CHARACTER;
    let snapshot = typed.then(|| Call::current()?.snapshot()).flatten();
    let Some((snapshot, support)) = snapshot.zip(session.support()) else { return false };
    let Some(line) = snapshot.rope.as_ref().and_then(|rope| rope.get_line(position.line as usize)) else {
        return false;
    };
    let at = Position { line: 0, ..position };
    let line = line.to_string();
    let offset = from_proto::offset(&Rope::from_str(&line), at, support.encoding);
    offset.is_ok_and(|offset| !ide::is_in_markup(&line, offset))
}

pub(super) fn completion(reading: &Reading<'_>, position: Position) -> Option<CompletionResponse> {
    let completions = ide::completion(reading.analysis, reading.offset(position)?);
    Some(listed(completions, reading.rope, reading.support))
}

/// `completions` for the text `rope`, in their order.
pub(super) fn listed(completions: Vec<Completion>, rope: &Rope, support: &Support) -> CompletionResponse {
    let items = completions.into_iter().enumerate();
    CompletionResponse::Array(items.map(|(rank, completion)| item(rope, support, rank, completion)).collect())
}

/// `completion`, the `rank`-th of its list. The client sorts by text; it is told ours.
fn item(rope: &Rope, support: &Support, rank: usize, completion: Completion) -> CompletionItem {
    let mut edit = to_proto::text_edit(rope, &completion.edit, support.encoding);
    let snippet = completion.snippet.filter(|_| support.snippets);
    let format = snippet.as_ref().map(|_| InsertTextFormat::SNIPPET);
    if let Some(snippet) = snippet {
        edit.new_text = snippet;
    }
    let documentation = Some(completion.documentation).filter(|text| !text.is_empty());
    CompletionItem {
        label: completion.label,
        kind: Some(to_proto::completion_kind(completion.kind)),
        detail: Some(completion.detail).filter(|detail| !detail.is_empty()),
        documentation: documentation
            .map(|text| Documentation::MarkupContent(to_proto::markup(&text, support.completion_markdown))),
        preselect: completion.preselect.then_some(true),
        sort_text: Some(format!("{rank:05}")),
        insert_text_format: format,
        text_edit: Some(CompletionTextEdit::Edit(edit)),
        ..CompletionItem::default()
    }
}
