//! The service in front of tower-lsp.
//!
//! tower-lsp polls up to four messages at once in no order, lets a panic end the server and a
//! cancellation wait behind what it should cancel. `call`, though, runs once for each message in
//! wire order; so here
//! - document notifications are applied inside `call`, and nowhere else,
//! - each request carries the snapshot of its document at that moment,
//! - `$/cancelRequest` and what changes the session's state is done inside `call`,
//! - a panic in a request becomes an `InternalError`. A panic while a document is changed is not
//!   caught: the text would be wrong from then on.

use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use futures::FutureExt;
use futures::future::{BoxFuture, ready};
use serde_json::Value;
use tower::Service;
use tower_lsp::ExitedError;
use tower_lsp::jsonrpc::{Error, Id, Request, Response};

use super::indexing;
use super::methods::synchronization;
use super::outbox::Body;
use super::session::Session;
use super::snapshot::{Lease, Snapshot};
use super::transport::to_json;

/// Done before the next message is read. Their handlers wait for nothing.
const EAGER: [&str; 4] = ["$/cancelRequest", "initialize", "shutdown", "exit"];

/// The service in front of tower-lsp: see the [module](self).
#[derive(Debug)]
pub(super) struct Ordered<S> {
    inner: S,
    session: Arc<Session>,
}

impl<S> Ordered<S> {
    pub(super) fn new(inner: S, session: Arc<Session>) -> Self {
        Self { inner, session }
    }
}

/// The client's user no longer wants some work to be done; tower-lsp has no handler for it.
const CANCEL_PROGRESS: &str = "window/workDoneProgress/cancel";

/// Its answer is of no use once the document has changed.
const OVERTAKEN: &str = "textDocument/diagnostic";

tokio::task_local! {
    static CALL: Arc<Call>;
}

/// What goes with a request besides its parameters.
#[derive(Debug, Default)]
pub(super) struct Call {
    /// The document it names, as it was when the request arrived; none when it names none or one
    /// that is not open.
    snapshot: Option<Arc<Snapshot>>,
    /// Keeps the document's analysis wanted when the document changes meanwhile.
    _lease: Option<Lease>,
    /// The result as JSON, when it was written as such.
    result: Mutex<Option<[Bytes; 3]>>,
}

impl Call {
    fn capture(session: &Session, request: &Request) -> Self {
        let named = request.id().and_then(|_| named_document(request.params()?));
        let snapshot = named.and_then(|uri| session.documents().snapshot(uri));
        let waits = request.method() != OVERTAKEN;
        let lease = snapshot.clone().filter(|_| waits).map(Lease::new);
        Self { snapshot, _lease: lease, result: Mutex::default() }
    }

    /// The call that is being answered.
    pub(super) fn current() -> Option<Arc<Self>> {
        CALL.try_with(Arc::clone).ok()
    }

    /// The document the request names, as it was when the request arrived.
    pub(super) fn snapshot(&self) -> Option<Arc<Snapshot>> {
        self.snapshot.clone()
    }

    /// Answers with `json`, in pieces, whatever the handler returns then. For large results: it spares
    /// them the way through a tree of JSON values.
    pub(super) fn answer(&self, json: [Bytes; 3]) {
        *self.result.lock().unwrap_or_else(PoisonError::into_inner) = Some(json);
    }

    fn take_result(&self) -> Option<[Bytes; 3]> {
        self.result.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// The URI under `textDocument` of a request's parameters, or the first argument of a command.
fn named_document(params: &Value) -> Option<&str> {
    let document = params.get("textDocument").and_then(|document| document.get("uri"));
    document.or_else(|| params.get("arguments")?.get(0))?.as_str()
}

/// A response on its way out.
#[derive(Debug)]
pub(super) enum Answer {
    /// As tower-lsp made it.
    Response(Response),
    /// A result that is JSON already.
    Written(Id, [Bytes; 3]),
}

impl Answer {
    /// The message.
    pub(super) fn into_json(self) -> Body {
        match self {
            Self::Response(response) => to_json(&response).into(),
            Self::Written(id, [begin, middle, end]) => {
                let head = [br#"{"jsonrpc":"2.0","id":"#, to_json(&id).as_slice(), br#","result":"#].concat();
                [head.into(), begin, middle, end, Bytes::from_static(b"}")].into()
            }
        }
    }
}

impl<S> Service<Request> for Ordered<S>
where
    S: Service<Request, Response = Option<Response>, Error = ExitedError>,
    S::Future: Send + 'static,
{
    type Response = Option<Answer>;
    type Error = ExitedError;
    type Future = BoxFuture<'static, Result<Self::Response, Self::Error>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        if synchronization::is_document_change(request.method()) {
            if self.session.is_running() {
                synchronization::apply(&self.session, request);
            }
            return ready(Ok(None)).boxed();
        }
        if request.method() == CANCEL_PROGRESS {
            if request.params().is_some_and(|params| params["token"] == indexing::TOKEN) {
                self.session.knowledge().cancel_indexing();
            }
            return ready(Ok(None)).boxed();
        }
        let call = Arc::new(Call::capture(&self.session, &request));
        let method = request.method().to_owned();
        let id = request.id().cloned();
        let eager = EAGER.contains(&method.as_str());
        let answering = AssertUnwindSafe(CALL.scope(Arc::clone(&call), self.inner.call(request)));
        let mut answering = async move {
            match answering.catch_unwind().await {
                Ok(Ok(response)) => Ok(response.map(|response| match call.take_result() {
                    Some(result) if response.is_ok() => Answer::Written(response.into_parts().0, result),
                    _ => Answer::Response(response),
                })),
                Ok(Err(exited)) => Err(exited),
                Err(_) => {
                    tracing::error!("{method} panicked");
                    Ok(id.map(|id| Answer::Response(Response::from_error(id, Error::internal_error()))))
                }
            }
        }
        .boxed();
        if eager && let Some(answer) = (&mut answering).now_or_never() {
            return ready(answer).boxed();
        }
        answering
    }
}
