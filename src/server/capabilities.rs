//! What the client can do, and what it is offered for it.

use tower_lsp::ls_types::{
    ClientCapabilities, CodeActionKind, CodeActionOptions, CodeActionProviderCapability, CompletionOptions,
    DiagnosticOptions, DiagnosticServerCapabilities, HoverProviderCapability, MarkupKind, OneOf,
    PositionEncodingKind, RenameOptions, ResourceOperationKind, ServerCapabilities,
    TextDocumentSyncCapability, TextDocumentSyncKind, TextDocumentSyncOptions, WorkDoneProgressOptions,
};

use crate::ide;
use crate::text::Encoding;

/// The kind of the code action that makes all fixes that keep the meaning.
pub(super) const FIX_ALL: &str = "source.fixAll.onrecord";

/// What the client can do. What it could not use is not computed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is one of the protocol's own")]
pub(super) struct Support {
    /// How it counts columns.
    pub(super) encoding: Encoding,
    /// It asks for diagnostics, and so is never sent any.
    pub(super) pull: bool,
    /// It asks again for diagnostics when told that they may be others.
    pub(super) pull_refresh: bool,
    /// It shows the places that bear on a diagnostic.
    pub(super) related_information: bool,
    /// It opens the page of a diagnostic's code.
    pub(super) code_description: bool,
    /// It shows Markdown in a hover.
    pub(super) hover_markdown: bool,
    /// It shows Markdown beside a completion.
    pub(super) completion_markdown: bool,
    /// It has tab stops.
    pub(super) snippets: bool,
    /// Its outline is a tree.
    pub(super) nested_symbols: bool,
    /// It takes code actions with edits, not commands alone.
    pub(super) code_actions: bool,
    /// It marks the code action that is best.
    pub(super) preferred_actions: bool,
    /// It takes edits that say which version of the text they are for.
    pub(super) versioned_edits: bool,
    /// It makes a file when an edit says so.
    pub(super) creates_files: bool,
    /// It can be asked to watch files.
    pub(super) watched_files: bool,
    /// It shows how far work has come.
    pub(super) progress: bool,
    /// It can be asked for its settings.
    pub(super) configuration: bool,
}

impl Support {
    /// Reads what the client says of itself.
    pub(super) fn read(client: &ClientCapabilities) -> Self {
        let document = client.text_document.as_ref();
        let workspace = client.workspace.as_ref();
        let general = client.general.as_ref();
        let push = document.and_then(|document| document.publish_diagnostics.as_ref());
        let pull = document.and_then(|document| document.diagnostic.as_ref());
        let hover = document.and_then(|document| document.hover.as_ref());
        let completion = document
            .and_then(|document| document.completion.as_ref())
            .and_then(|completion| completion.completion_item.as_ref());
        let symbols = document.and_then(|document| document.document_symbol.as_ref());
        let actions = document.and_then(|document| document.code_action.as_ref());
        let edits = workspace.and_then(|workspace| workspace.workspace_edit.as_ref());
        let refresh = workspace.and_then(|workspace| workspace.diagnostics.as_ref());
        let markdown = |formats: Option<&Vec<MarkupKind>>| {
            formats.is_some_and(|formats| formats.contains(&MarkupKind::Markdown))
        };
        Self {
            encoding: encoding(general.and_then(|general| general.position_encodings.as_deref())),
            pull: pull.is_some(),
            pull_refresh: refresh.and_then(|refresh| refresh.refresh_support).unwrap_or(false),
            related_information: push.and_then(|push| push.related_information).unwrap_or(false),
            code_description: push.and_then(|push| push.code_description_support).unwrap_or(false),
            hover_markdown: markdown(hover.and_then(|hover| hover.content_format.as_ref())),
            completion_markdown: markdown(completion.and_then(|item| item.documentation_format.as_ref())),
            snippets: completion.and_then(|item| item.snippet_support).unwrap_or(false),
            nested_symbols: symbols
                .and_then(|symbols| symbols.hierarchical_document_symbol_support)
                .unwrap_or(false),
            code_actions: actions.is_some_and(|actions| actions.code_action_literal_support.is_some()),
            preferred_actions: actions.and_then(|actions| actions.is_preferred_support).unwrap_or(false),
            versioned_edits: edits.and_then(|edits| edits.document_changes).unwrap_or(false),
            creates_files: edits
                .and_then(|edits| edits.resource_operations.as_ref())
                .is_some_and(|kinds| kinds.contains(&ResourceOperationKind::Create)),
            watched_files: workspace
                .and_then(|workspace| workspace.did_change_watched_files)
                .and_then(|files| files.dynamic_registration)
                .unwrap_or(false),
            progress: client.window.as_ref().and_then(|window| window.work_done_progress).unwrap_or(false),
            configuration: workspace.and_then(|workspace| workspace.configuration).unwrap_or(false),
        }
    }

    /// What such a client is offered.
    pub(super) fn offer(&self) -> ServerCapabilities {
        let encoding = match self.encoding {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
            Encoding::Utf32 => PositionEncodingKind::UTF32,
        };
        let actions = CodeActionOptions {
            code_action_kinds: Some(vec![CodeActionKind::QUICKFIX, CodeActionKind::new(FIX_ALL)]),
            ..CodeActionOptions::default()
        };
        let diagnostics = DiagnosticOptions {
            identifier: Some("onrecord".to_owned()),
            // What an actor is called in one article bears on others.
            inter_file_dependencies: true,
            workspace_diagnostics: false,
            ..DiagnosticOptions::default()
        };
        ServerCapabilities {
            position_encoding: Some(encoding),
            text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
                open_close: Some(true),
                change: Some(TextDocumentSyncKind::INCREMENTAL),
                ..TextDocumentSyncOptions::default()
            })),
            hover_provider: Some(HoverProviderCapability::Simple(true)),
            completion_provider: Some(CompletionOptions {
                trigger_characters: Some(ide::TRIGGERS.iter().map(|&trigger| trigger.to_owned()).collect()),
                ..CompletionOptions::default()
            }),
            definition_provider: Some(OneOf::Left(true)),
            references_provider: Some(OneOf::Left(true)),
            document_highlight_provider: Some(OneOf::Left(true)),
            rename_provider: Some(OneOf::Right(RenameOptions {
                prepare_provider: Some(true),
                work_done_progress_options: WorkDoneProgressOptions::default(),
            })),
            workspace_symbol_provider: Some(OneOf::Left(true)),
            document_symbol_provider: Some(OneOf::Left(true)),
            code_action_provider: self.code_actions.then_some(CodeActionProviderCapability::Options(actions)),
            diagnostic_provider: self.pull.then_some(DiagnosticServerCapabilities::Options(diagnostics)),
            ..ServerCapabilities::default()
        }
    }
}

/// The encoding to use with a client that knows `offered`: bytes, which need no conversion, where
/// it knows them; else what it likes best of what there is; UTF-16 when it says nothing.
fn encoding(offered: Option<&[PositionEncodingKind]>) -> Encoding {
    let known = |kind: &PositionEncodingKind| match kind.as_str() {
        "utf-8" => Some(Encoding::Utf8),
        "utf-16" => Some(Encoding::Utf16),
        "utf-32" => Some(Encoding::Utf32),
        _ => None,
    };
    let offered: Vec<Encoding> = offered.unwrap_or_default().iter().filter_map(known).collect();
    if offered.contains(&Encoding::Utf8) {
        return Encoding::Utf8;
    }
    offered.first().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_preferred_and_utf_16_is_the_default() {
        let kinds = |names: &[&'static str]| -> Vec<PositionEncodingKind> {
            names.iter().map(|&name| PositionEncodingKind::new(name)).collect()
        };
        assert_eq!(encoding(Some(&kinds(&["utf-16", "utf-8"]))), Encoding::Utf8);
        assert_eq!(encoding(Some(&kinds(&["utf-32", "utf-16"]))), Encoding::Utf32);
        assert_eq!(encoding(Some(&kinds(&["ebcdic"]))), Encoding::Utf16);
        assert_eq!(encoding(None), Encoding::Utf16);
    }
}
