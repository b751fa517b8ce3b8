//! `textDocument/completion`.

use ropey::Rope;
use tower_lsp::ls_types::{
    CompletionItem, CompletionResponse, CompletionTextEdit, Documentation, InsertTextFormat, Position,
};

use super::Reading;
use crate::ide::{self, Completion};
use crate::server::capabilities::Support;
use crate::server::to_proto;

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
