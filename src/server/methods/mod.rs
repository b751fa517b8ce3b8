//! The methods: one file each, or for each small group.
//!
//! A handler answers from the snapshot its request carries and waits for nobody but the thread
//! that does the work. Of a document that is not open, is no article or is out of step there is
//! nothing to say: the answer is `null`.

mod accept;
mod actors;
mod code_action;
mod code_lens;
mod command;
mod completion;
mod create;
mod definition;
mod diagnostic;
mod document_symbol;
#[cfg(feature = "fault-injection")]
mod fault_injection;
mod folder_edit;
mod folder_file;
mod formatting;
mod hover;
mod inlay_hint;
mod lifecycle;
mod parts;
mod register;
mod report;
mod semantic_tokens;
mod span_ids;
mod structure;
pub(super) mod synchronization;
mod watched_files;
mod workspace_diagnostic;
mod workspace_folders;

use std::sync::Arc;
use std::sync::atomic::Ordering;

pub(super) use code_action::kinds as action_kinds;
pub(super) use command::offered as commands;
#[cfg(feature = "fault-injection")]
pub(super) use fault_injection::with_fault_injection;

use parts::Parts;
use ropey::Rope;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::ls_types as lsp;
use tower_lsp::{Client, LanguageServer};

use super::capabilities::Support;
use super::configuration;
use super::knowledge::FolderFile;
use super::ordered::Call;
use super::session::Session;
use super::snapshot::Snapshot;
use super::{from_proto, to_proto};
use crate::analysis::Analysis;
use crate::text::{TextRange, TextSize};

/// Answers the client's requests.
#[derive(Debug)]
pub(super) struct Backend {
    session: Arc<Session>,
    client: Client,
}

/// What a method answers from.
struct Reading<'a> {
    snapshot: &'a Snapshot,
    rope: &'a Rope,
    analysis: &'a Analysis,
    support: &'a Support,
    session: &'a Session,
}

impl Reading<'_> {
    /// The byte at `position`; none when its line is not there.
    fn offset(&self, position: lsp::Position) -> Option<TextSize> {
        from_proto::offset(self.rope, position, self.support.encoding).ok()
    }

    /// `range` as the client counts.
    fn range(&self, range: TextRange) -> lsp::Range {
        to_proto::range(self.rope, range, self.support.encoding)
    }
}

impl Backend {
    pub(super) fn new(session: Arc<Session>, client: Client) -> Self {
        Self { session, client }
    }

    /// Answers the request at hand with `answer`, which gets the document it names as it was when
    /// the request arrived.
    async fn answer<T: Send + 'static>(
        &self,
        answer: impl FnOnce(&Reading<'_>) -> Option<T> + Send + 'static,
    ) -> Result<Option<T>> {
        let Some(snapshot) = Call::current().and_then(|call| call.snapshot()) else { return Ok(None) };
        snapshot.opened.asked.store(true, Ordering::Relaxed);
        let session = Arc::clone(&self.session);
        blocking(move || {
            // A request that waits keeps its analysis from being cancelled; one that is itself
            // cancelled needs no answer.
            let analysis = snapshot.analysis().ok().flatten()?;
            let (rope, support) = (snapshot.rope.as_ref()?, session.support()?);
            answer(&Reading { snapshot: &snapshot, rope, analysis: &analysis, support, session: &session })
        })
        .await
    }
}

impl Backend {
    /// Answers with `answer`, which gets the document the request names, whatever it is.
    async fn at<T: Send + 'static>(
        &self,
        answer: impl FnOnce(&Session, &Snapshot) -> Option<T> + Send + 'static,
    ) -> Result<Option<T>> {
        let Some(snapshot) = Call::current().and_then(|call| call.snapshot()) else { return Ok(None) };
        let session = Arc::clone(&self.session);
        blocking(move || answer(&session, &snapshot)).await
    }
}

/// Whether the request at hand names a file that says something of its folder's articles.
fn in_folder_file() -> bool {
    let snapshot = Call::current().and_then(|call| call.snapshot());
    snapshot.is_some_and(|snapshot| FolderFile::named(snapshot.uri()).is_some())
}

/// Does `work` on a thread that may be blocked. A panic there is an `InternalError`.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|error| {
        tracing::error!("a request failed: {error}");
        Error::internal_error()
    })
}

/// Refuses a request, with a message for the person.
fn refused(message: String) -> Error {
    Error { code: ErrorCode::InvalidParams, message: message.into(), data: None }
}

impl LanguageServer for Backend {
    async fn initialize(&self, params: lsp::InitializeParams) -> Result<lsp::InitializeResult> {
        Ok(lifecycle::initialize(self, &params))
    }

    async fn initialized(&self, _: lsp::InitializedParams) {
        lifecycle::ask_for_settings(self);
        lifecycle::begin(self);
    }

    async fn shutdown(&self) -> Result<()> {
        self.session.shut_down();
        Ok(())
    }

    async fn did_change_configuration(&self, params: lsp::DidChangeConfigurationParams) {
        lifecycle::settings_changed(self, params.settings);
    }

    async fn diagnostic(
        &self,
        params: lsp::DocumentDiagnosticParams,
    ) -> Result<lsp::DocumentDiagnosticReportResult> {
        diagnostic::diagnostic(self, params).await
    }

    async fn hover(&self, params: lsp::HoverParams) -> Result<Option<lsp::Hover>> {
        let position = params.text_document_position_params.position;
        if in_folder_file() {
            return self.at(move |session, snapshot| folder_file::hover(session, snapshot, position)).await;
        }
        self.answer(move |reading| hover::hover(reading, position)).await
    }

    async fn completion(&self, params: lsp::CompletionParams) -> Result<Option<lsp::CompletionResponse>> {
        let position = params.text_document_position.position;
        if in_folder_file() {
            return self
                .at(move |session, snapshot| folder_file::completion(session, snapshot, position))
                .await;
        }
        if params.context.is_some_and(|context| completion::is_idle(&self.session, &context, position)) {
            return Ok(None);
        }
        self.answer(move |reading| completion::completion(reading, position)).await
    }

    async fn completion_resolve(&self, item: lsp::CompletionItem) -> Result<lsp::CompletionItem> {
        let session = Arc::clone(&self.session);
        blocking(move || completion::resolve(&session, item)).await
    }

    async fn goto_definition(
        &self,
        params: lsp::GotoDefinitionParams,
    ) -> Result<Option<lsp::GotoDefinitionResponse>> {
        let position = params.text_document_position_params.position;
        if in_folder_file() {
            return self
                .at(move |session, snapshot| folder_file::definition(session, snapshot, position))
                .await;
        }
        self.answer(move |reading| definition::definition(reading, position)).await
    }

    async fn document_highlight(
        &self,
        params: lsp::DocumentHighlightParams,
    ) -> Result<Option<Vec<lsp::DocumentHighlight>>> {
        let position = params.text_document_position_params.position;
        self.answer(move |reading| actors::highlight(reading, position)).await
    }

    async fn linked_editing_range(
        &self,
        params: lsp::LinkedEditingRangeParams,
    ) -> Result<Option<lsp::LinkedEditingRanges>> {
        let position = params.text_document_position_params.position;
        self.answer(move |reading| span_ids::linked(reading, position)).await
    }

    async fn formatting(&self, _: lsp::DocumentFormattingParams) -> Result<Option<Vec<lsp::TextEdit>>> {
        self.answer(|reading| Some(formatting::formatting(reading, None))).await
    }

    async fn range_formatting(
        &self,
        params: lsp::DocumentRangeFormattingParams,
    ) -> Result<Option<Vec<lsp::TextEdit>>> {
        self.answer(move |reading| Some(formatting::formatting(reading, Some(params.range)))).await
    }

    async fn references(&self, params: lsp::ReferenceParams) -> Result<Option<Vec<lsp::Location>>> {
        actors::references(self, params).await
    }

    async fn prepare_rename(
        &self,
        params: lsp::TextDocumentPositionParams,
    ) -> Result<Option<lsp::PrepareRenameResponse>> {
        actors::prepare_rename(self, params).await
    }

    async fn rename(&self, params: lsp::RenameParams) -> Result<Option<lsp::WorkspaceEdit>> {
        actors::rename(self, params).await
    }

    async fn symbol(
        &self,
        params: lsp::WorkspaceSymbolParams,
    ) -> Result<Option<lsp::WorkspaceSymbolResponse>> {
        let session = Arc::clone(&self.session);
        let parts = Parts::new(&session, params.partial_result_params.partial_result_token);
        let found = blocking(move || actors::workspace_symbols(&session, &params.query, parts)).await?;
        Ok(found.map(lsp::WorkspaceSymbolResponse::Flat))
    }

    async fn workspace_diagnostic(
        &self,
        params: lsp::WorkspaceDiagnosticParams,
    ) -> Result<lsp::WorkspaceDiagnosticReportResult> {
        workspace_diagnostic::workspace_diagnostic(self, params).await
    }

    async fn did_change_watched_files(&self, params: lsp::DidChangeWatchedFilesParams) {
        watched_files::changed(self, &params);
    }

    async fn did_change_workspace_folders(&self, params: lsp::DidChangeWorkspaceFoldersParams) {
        workspace_folders::changed(self, &params.event);
    }

    async fn did_create_files(&self, params: lsp::CreateFilesParams) {
        workspace_folders::moved(self, params.files.iter().map(|file| file.uri.as_str()));
    }

    async fn did_rename_files(&self, params: lsp::RenameFilesParams) {
        let uris = params.files.iter().flat_map(|file| [file.old_uri.as_str(), file.new_uri.as_str()]);
        workspace_folders::moved(self, uris);
    }

    async fn did_delete_files(&self, params: lsp::DeleteFilesParams) {
        workspace_folders::moved(self, params.files.iter().map(|file| file.uri.as_str()));
    }

    async fn document_symbol(
        &self,
        _: lsp::DocumentSymbolParams,
    ) -> Result<Option<lsp::DocumentSymbolResponse>> {
        self.answer(|reading| Some(document_symbol::document_symbol(reading))).await
    }

    async fn code_action(&self, params: lsp::CodeActionParams) -> Result<Option<lsp::CodeActionResponse>> {
        self.answer(move |reading| Some(code_action::code_action(reading, &params))).await
    }

    async fn code_action_resolve(&self, action: lsp::CodeAction) -> Result<lsp::CodeAction> {
        let session = Arc::clone(&self.session);
        blocking(move || code_action::resolve(&session, action)).await?
    }

    async fn semantic_tokens_full(
        &self,
        _: lsp::SemanticTokensParams,
    ) -> Result<Option<lsp::SemanticTokensResult>> {
        self.answer(semantic_tokens::full).await
    }

    async fn semantic_tokens_full_delta(
        &self,
        params: lsp::SemanticTokensDeltaParams,
    ) -> Result<Option<lsp::SemanticTokensFullDeltaResult>> {
        self.answer(move |reading| semantic_tokens::delta(reading, &params.previous_result_id)).await
    }

    async fn semantic_tokens_range(
        &self,
        params: lsp::SemanticTokensRangeParams,
    ) -> Result<Option<lsp::SemanticTokensRangeResult>> {
        self.answer(move |reading| semantic_tokens::range(reading, params.range)).await
    }

    async fn inlay_hint(&self, params: lsp::InlayHintParams) -> Result<Option<Vec<lsp::InlayHint>>> {
        self.answer(move |reading| Some(inlay_hint::inlay_hint(reading, params.range))).await
    }

    async fn inlay_hint_resolve(&self, hint: lsp::InlayHint) -> Result<lsp::InlayHint> {
        let session = Arc::clone(&self.session);
        blocking(move || inlay_hint::resolve(&session, hint)).await
    }

    async fn code_lens(&self, _: lsp::CodeLensParams) -> Result<Option<Vec<lsp::CodeLens>>> {
        self.answer(|reading| Some(code_lens::code_lens(reading))).await
    }

    async fn code_lens_resolve(&self, lens: lsp::CodeLens) -> Result<lsp::CodeLens> {
        let session = Arc::clone(&self.session);
        blocking(move || code_lens::resolve(&session, lens)).await
    }

    async fn execute_command(&self, params: lsp::ExecuteCommandParams) -> Result<Option<lsp::LSPAny>> {
        command::execute(self, params).await
    }

    async fn folding_range(&self, _: lsp::FoldingRangeParams) -> Result<Option<Vec<lsp::FoldingRange>>> {
        self.answer(|reading| Some(structure::folding_range(reading))).await
    }

    async fn selection_range(
        &self,
        params: lsp::SelectionRangeParams,
    ) -> Result<Option<Vec<lsp::SelectionRange>>> {
        self.answer(move |reading| Some(structure::selection_range(reading, &params.positions))).await
    }

    async fn document_link(&self, _: lsp::DocumentLinkParams) -> Result<Option<Vec<lsp::DocumentLink>>> {
        if in_folder_file() {
            return self.at(structure::document_link_in_file).await;
        }
        self.answer(|reading| Some(structure::document_link(reading))).await
    }
}
