//! `textDocument/completion` and `completionItem/resolve`.

use ropey::Rope;
use serde::{Deserialize, Serialize};
use tower_lsp::ls_types::{
    CompletionContext, CompletionItem, CompletionResponse, CompletionTextEdit, CompletionTriggerKind,
    Documentation, InsertTextFormat, Position, Uri,
};

use super::Reading;
use crate::ide::{self, Completion, CompletionKind};
use crate::server::capabilities::Support;
use crate::server::ordered::Call;
use crate::server::session::Session;
use crate::server::{from_proto, to_proto};

/// Where a completion without its documentation is offered.
#[derive(Debug, Serialize, Deserialize)]
struct From {
    uri: Uri,
}

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
    let mut completions = ide::completion(reading.analysis, reading.offset(position)?);
    if reading.support.completion_lazy {
        let from = serde_json::to_value(From { uri: reading.snapshot.uri().clone() }).ok();
        let is_actor: Vec<bool> =
            completions.iter().map(|completion| completion.kind == CompletionKind::Actor).collect();
        let mut items = listed(completions, reading.rope, reading.support);
        for (item, _) in items.iter_mut().zip(is_actor).filter(|(_, is_actor)| *is_actor) {
            item.data.clone_from(&from);
        }
        return Some(items.into());
    }
    for actor in completions.iter_mut().filter(|completion| completion.kind == CompletionKind::Actor) {
        actor.documentation = ide::actor_documentation(reading.analysis, &actor.label);
    }
    Some(listed(completions, reading.rope, reading.support).into())
}

/// `item` with its documentation.
pub(super) fn resolve(session: &Session, mut item: CompletionItem) -> CompletionItem {
    let found = item.data.take().and_then(|data| {
        let from: From = serde_json::from_value(data).ok()?;
        let analysis = session.documents().snapshot(from.uri.as_str())?.analysis().ok().flatten()?;
        let text = ide::actor_documentation(&analysis, &item.label);
        documentation(&text, session.support()?)
    });
    item.documentation = found.or(item.documentation);
    item
}

fn documentation(text: &str, support: &Support) -> Option<Documentation> {
    let shown = || to_proto::markup(text, support.completion_markdown);
    (!text.is_empty()).then(|| Documentation::MarkupContent(shown()))
}

/// `completions` for the text `rope`, in their order.
pub(super) fn listed(completions: Vec<Completion>, rope: &Rope, support: &Support) -> Vec<CompletionItem> {
    let items = completions.into_iter().enumerate();
    items.map(|(rank, completion)| item(rope, support, rank, completion)).collect()
}

/// `completion`, the `rank`-th of its list. The client sorts by text; it is told ours.
fn item(rope: &Rope, support: &Support, rank: usize, completion: Completion) -> CompletionItem {
    let mut edit = to_proto::text_edit(rope, &completion.edit, support.encoding);
    let snippet = completion.snippet.filter(|_| support.snippets);
    let format = snippet.as_ref().map(|_| InsertTextFormat::SNIPPET);
    if let Some(snippet) = snippet {
        edit.new_text = snippet;
    }
    CompletionItem {
        label: completion.label,
        kind: Some(to_proto::completion_kind(completion.kind)),
        detail: Some(completion.detail).filter(|detail| !detail.is_empty()),
        documentation: documentation(&completion.documentation, support),
        preselect: completion.preselect.then_some(true),
        sort_text: Some(format!("{rank:05}")),
        insert_text_format: format,
        text_edit: Some(CompletionTextEdit::Edit(edit)),
        ..CompletionItem::default()
    }
}
