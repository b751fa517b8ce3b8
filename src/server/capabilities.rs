//! What the client can do, and what it is offered for it.

use tower_lsp::ls_types::{
    ClientCapabilities, ClientInfo, CodeActionOptions, CodeActionProviderCapability, CodeLensOptions,
    CompletionOptions, DiagnosticOptions, DiagnosticServerCapabilities, DiagnosticTag, DocumentLinkOptions,
    ExecuteCommandOptions, FileOperationFilter, FileOperationPattern, FileOperationPatternKind,
    FileOperationRegistrationOptions, FoldingRangeProviderCapability, HoverProviderCapability,
    InlayHintOptions, InlayHintServerCapabilities, LinkedEditingRangeServerCapabilities, MarkupKind, OneOf,
    PositionEncodingKind, RenameOptions, ResourceOperationKind, SelectionRangeProviderCapability,
    SemanticTokenType, SemanticTokensClientCapabilities, SemanticTokensFullOptions, SemanticTokensLegend,
    SemanticTokensOptions, SemanticTokensServerCapabilities, ServerCapabilities, TextDocumentSyncCapability,
    TextDocumentSyncKind, TextDocumentSyncOptions, WorkDoneProgressOptions,
    WorkspaceFileOperationsServerCapabilities, WorkspaceFoldersServerCapabilities,
    WorkspaceServerCapabilities,
};

use super::methods::{action_kinds, commands};
use crate::ide::{self, TokenKind};
use crate::text::Encoding;

/// What the client can do. What it could not use is not computed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is one of the protocol's own")]
pub(super) struct Support {
    /// How it counts columns.
    pub(super) encoding: Encoding,
    /// It asks for diagnostics, and so is never sent any.
    pub(super) pull: bool,
    /// It can be trusted with diagnostics of documents that are not open.
    pub(super) workspace_pull: bool,
    /// It asks again for diagnostics when told that they may be others.
    pub(super) pull_refresh: bool,
    /// It shows the places that bear on a diagnostic.
    pub(super) related_information: bool,
    /// It fades what is not needed.
    pub(super) faded: bool,
    /// It opens the page of a diagnostic's code.
    pub(super) code_description: bool,
    /// It shows Markdown in a hover.
    pub(super) hover_markdown: bool,
    /// It shows Markdown beside a completion.
    pub(super) completion_markdown: bool,
    /// It asks for a completion's documentation when it shows it.
    pub(super) completion_lazy: bool,
    /// It has tab stops.
    pub(super) snippets: bool,
    /// Its outline is a tree.
    pub(super) nested_symbols: bool,
    /// It takes code actions with edits, not commands alone.
    pub(super) code_actions: bool,
    /// It asks for the edit of a code action when it makes it.
    pub(super) actions_lazy: bool,
    /// It marks the code action that is best.
    pub(super) preferred_actions: bool,
    /// It takes edits that say which version of the text they are for.
    pub(super) versioned_edits: bool,
    /// It makes edits that it is asked to make.
    pub(super) applies_edits: bool,
    /// It makes a file when an edit says so.
    pub(super) creates_files: bool,
    /// It can be asked to watch files.
    pub(super) watched_files: bool,
    /// It tells of files that its user makes, moves and removes.
    pub(super) file_operations: bool,
    /// It shows how far work has come.
    pub(super) progress: bool,
    /// It can be asked for its settings.
    pub(super) configuration: bool,
    /// It colours text by semantic tokens, and how it takes them.
    pub(super) tokens: Option<TokenSupport>,
    /// It asks for tokens again when told that they may be others.
    pub(super) tokens_refresh: bool,
    /// It shows hints between the words.
    pub(super) hints: bool,
    /// It asks for a hint's tooltip when it shows it.
    pub(super) hints_lazy: bool,
    /// It asks for hints again when told that they may be others.
    pub(super) hints_refresh: bool,
    /// It can be asked to show a file.
    pub(super) shows_documents: bool,
    /// It shows lenses, and what their command asks it to show.
    pub(super) lenses: bool,
    /// It asks for lenses again when told that they may be others.
    pub(super) lenses_refresh: bool,
    /// It folds.
    pub(super) folding: bool,
    /// How many folds it takes at most.
    pub(super) folds: Option<usize>,
    /// It grows selections step by step.
    pub(super) selections: bool,
    /// It formats documents.
    pub(super) formats: bool,
    /// It formats a part of a document.
    pub(super) formats_ranges: bool,
    /// It edits places with the same text together.
    pub(super) linked_editing: bool,
    /// It opens addresses in a text.
    pub(super) links: bool,
}

/// How a client takes semantic tokens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct TokenSupport {
    /// The kinds it knows by their own names; of the others it is told the standard type.
    pub(super) own: Vec<TokenKind>,
    /// One token may lie in another.
    pub(super) overlapping: bool,
    /// A token may go over a line's end.
    pub(super) multiline: bool,
}

impl TokenSupport {
    fn read(client: &SemanticTokensClientCapabilities) -> Self {
        let known = |kind: &TokenKind| client.token_types.iter().any(|known| known.as_str() == kind.name());
        Self {
            own: TokenKind::ALL.into_iter().filter(known).collect(),
            overlapping: client.overlapping_token_support.unwrap_or(false),
            multiline: client.multiline_token_support.unwrap_or(false),
        }
    }

    fn offer(&self) -> SemanticTokensOptions {
        let name = |kind: TokenKind| {
            SemanticTokenType::new(if self.own.contains(&kind) { kind.name() } else { kind.standard() })
        };
        SemanticTokensOptions {
            legend: SemanticTokensLegend {
                token_types: TokenKind::ALL.map(name).into(),
                token_modifiers: Vec::new(),
            },
            range: Some(true),
            full: Some(SemanticTokensFullOptions::Delta { delta: Some(true) }),
            ..SemanticTokensOptions::default()
        }
    }
}

impl Support {
    /// Reads what the client says of itself.
    pub(super) fn read(client: &ClientCapabilities, name: Option<&ClientInfo>) -> Self {
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
        let tokens = document.and_then(|document| document.semantic_tokens.as_ref());
        let hints = document.and_then(|document| document.inlay_hint.as_ref());
        let folding = document.and_then(|document| document.folding_range.as_ref());
        let shows = client.window.as_ref().and_then(|window| window.show_document.as_ref());
        let markdown = |formats: Option<&Vec<MarkupKind>>| {
            formats.is_some_and(|formats| formats.contains(&MarkupKind::Markdown))
        };
        Self {
            encoding: encoding(general.and_then(|general| general.position_encodings.as_deref())),
            pull: pull.is_some(),
            workspace_pull: !name.is_some_and(has_broken_refresh),
            pull_refresh: refresh.and_then(|refresh| refresh.refresh_support).unwrap_or(false),
            related_information: push.and_then(|push| push.related_information).unwrap_or(false),
            faded: push
                .and_then(|push| push.tag_support.as_ref())
                .is_some_and(|tags| tags.value_set.contains(&DiagnosticTag::UNNECESSARY)),
            code_description: push.and_then(|push| push.code_description_support).unwrap_or(false),
            hover_markdown: markdown(hover.and_then(|hover| hover.content_format.as_ref())),
            completion_markdown: markdown(completion.and_then(|item| item.documentation_format.as_ref())),
            completion_lazy: completion
                .and_then(|item| item.resolve_support.as_ref())
                .is_some_and(|lazy| lazy.properties.iter().any(|property| property == "documentation")),
            snippets: completion.and_then(|item| item.snippet_support).unwrap_or(false),
            nested_symbols: symbols
                .and_then(|symbols| symbols.hierarchical_document_symbol_support)
                .unwrap_or(false),
            code_actions: actions.is_some_and(|actions| actions.code_action_literal_support.is_some()),
            actions_lazy: actions
                .filter(|actions| actions.data_support == Some(true))
                .and_then(|actions| actions.resolve_support.as_ref())
                .is_some_and(|lazy| lazy.properties.iter().any(|property| property == "edit")),
            preferred_actions: actions.and_then(|actions| actions.is_preferred_support).unwrap_or(false),
            versioned_edits: edits.and_then(|edits| edits.document_changes).unwrap_or(false),
            applies_edits: workspace.and_then(|workspace| workspace.apply_edit).unwrap_or(false),
            creates_files: edits
                .and_then(|edits| edits.resource_operations.as_ref())
                .is_some_and(|kinds| kinds.contains(&ResourceOperationKind::Create)),
            watched_files: workspace
                .and_then(|workspace| workspace.did_change_watched_files)
                .and_then(|files| files.dynamic_registration)
                .unwrap_or(false),
            file_operations: workspace.is_some_and(|workspace| workspace.file_operations.is_some()),
            progress: client.window.as_ref().and_then(|window| window.work_done_progress).unwrap_or(false),
            configuration: workspace.and_then(|workspace| workspace.configuration).unwrap_or(false),
            tokens: tokens.map(TokenSupport::read),
            tokens_refresh: workspace
                .and_then(|workspace| workspace.semantic_tokens.as_ref()?.refresh_support)
                .unwrap_or(false),
            hints: hints.is_some(),
            hints_lazy: hints
                .and_then(|hints| hints.resolve_support.as_ref())
                .is_some_and(|lazy| lazy.properties.iter().any(|property| property == "tooltip")),
            hints_refresh: workspace
                .and_then(|workspace| workspace.inlay_hint.as_ref()?.refresh_support)
                .unwrap_or(false),
            shows_documents: shows.is_some_and(|shows| shows.support),
            lenses: document.is_some_and(|document| document.code_lens.is_some())
                && shows.is_some_and(|shows| shows.support),
            lenses_refresh: workspace
                .and_then(|workspace| workspace.code_lens.as_ref()?.refresh_support)
                .unwrap_or(false),
            folding: folding.is_some(),
            folds: folding.and_then(|folding| folding.range_limit?.try_into().ok()),
            selections: document.is_some_and(|document| document.selection_range.is_some()),
            formats: document.is_some_and(|document| document.formatting.is_some()),
            formats_ranges: document.is_some_and(|document| document.range_formatting.is_some()),
            linked_editing: document.is_some_and(|document| document.linked_editing_range.is_some()),
            links: document.is_some_and(|document| document.document_link.is_some()),
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
            code_action_kinds: Some(action_kinds()),
            resolve_provider: self.actions_lazy.then_some(true),
            ..CodeActionOptions::default()
        };
        let diagnostics = DiagnosticOptions {
            identifier: Some("onrecord".to_owned()),
            // What an actor is called in one article bears on others.
            inter_file_dependencies: true,
            workspace_diagnostics: self.workspace_pull,
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
                resolve_provider: self.completion_lazy.then_some(true),
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
            workspace: Some(self.workspace()),
            execute_command_provider: Some(ExecuteCommandOptions {
                commands: commands(self),
                ..ExecuteCommandOptions::default()
            }),
            semantic_tokens_provider: self
                .tokens
                .as_ref()
                .map(|tokens| SemanticTokensServerCapabilities::SemanticTokensOptions(tokens.offer())),
            inlay_hint_provider: self.hints.then(|| {
                OneOf::Right(InlayHintServerCapabilities::Options(InlayHintOptions {
                    resolve_provider: Some(self.hints_lazy),
                    ..InlayHintOptions::default()
                }))
            }),
            code_lens_provider: self.lenses.then_some(CodeLensOptions { resolve_provider: Some(true) }),
            folding_range_provider: self.folding.then_some(FoldingRangeProviderCapability::Simple(true)),
            selection_range_provider: self
                .selections
                .then_some(SelectionRangeProviderCapability::Simple(true)),
            document_formatting_provider: self.formats.then_some(OneOf::Left(true)),
            document_range_formatting_provider: self.formats_ranges.then_some(OneOf::Left(true)),
            linked_editing_range_provider: self
                .linked_editing
                .then_some(LinkedEditingRangeServerCapabilities::Simple(true)),
            document_link_provider: self.links.then(|| DocumentLinkOptions {
                resolve_provider: Some(false),
                work_done_progress_options: WorkDoneProgressOptions::default(),
            }),
            diagnostic_provider: self.pull.then_some(DiagnosticServerCapabilities::Options(diagnostics)),
            ..ServerCapabilities::default()
        }
    }

    fn workspace(&self) -> WorkspaceServerCapabilities {
        let folders = WorkspaceFoldersServerCapabilities {
            supported: Some(true),
            change_notifications: Some(OneOf::Left(true)),
        };
        let filter = |glob: &str, matches| FileOperationFilter {
            scheme: Some("file".to_owned()),
            pattern: FileOperationPattern { glob: glob.to_owned(), matches, options: None },
        };
        // A folder that is moved takes its articles with it, of which nobody else tells.
        let filters = vec![
            filter("**/*.{article,txt,toml}", Some(FileOperationPatternKind::File)),
            filter("**", Some(FileOperationPatternKind::Folder)),
        ];
        let told = || Some(FileOperationRegistrationOptions { filters: filters.clone() });
        let operations = WorkspaceFileOperationsServerCapabilities {
            did_create: told(),
            did_rename: told(),
            did_delete: told(),
            ..WorkspaceFileOperationsServerCapabilities::default()
        };
        WorkspaceServerCapabilities {
            workspace_folders: Some(folders),
            file_operations: self.file_operations.then_some(operations),
        }
    }
}

/// The first Neovim that, told to ask for diagnostics again, asks for those of open documents too when a server
/// has others as well (neovim#40623).
const NEOVIM_REFRESHES: (u32, u32) = (0, 13);

fn has_broken_refresh(client: &ClientInfo) -> bool {
    let mut numbers = client.version.as_deref().unwrap_or("").split('.').map(|number| number.parse().ok());
    let version = (numbers.next().flatten().unwrap_or(0), numbers.next().flatten().unwrap_or(0));
    client.name == "Neovim" && version < NEOVIM_REFRESHES
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
