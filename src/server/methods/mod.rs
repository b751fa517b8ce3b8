//! The methods: one file each, or for each small group.
//!
//! A handler answers from the snapshot its request carries and waits for nobody but the thread
//! that does the work. Of a document that is not open, is no article or is out of step there is
//! nothing to say: the answer is `null`.

mod accept;
mod actors;
mod code_action;
mod completion;
mod definition;
mod diagnostic;
mod document_symbol;
#[cfg(feature = "fault-injection")]
mod fault_injection;
mod folder_edit;
mod folder_file;
mod hover;
mod lifecycle;
mod register;
pub(super) mod synchronization;
mod watched_files;

use std::sync::Arc;

#[cfg(feature = "fault-injection")]
pub(super) use fault_injection::with_fault_injection;

use ropey::Rope;
use tower_lsp::jsonrpc::{Error, Result};
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
        self.answer(move |reading| completion::completion(reading, position)).await
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
        let found = blocking(move || actors::workspace_symbols(&session, &params.query)).await?;
        Ok(found.map(lsp::WorkspaceSymbolResponse::Flat))
    }

    async fn did_change_watched_files(&self, params: lsp::DidChangeWatchedFilesParams) {
        watched_files::changed(self, &params);
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
}
