//! Reads messages, hands them to the service, and ends when the client does.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use futures::{SinkExt, StreamExt};
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use tokio::io::AsyncRead;
use tokio::task::JoinHandle;
use tower::Service;
use tower_lsp::jsonrpc::{Error, Id, Request, Response};
use tower_lsp::{ClientSocket, ExitedError};

use super::frame::Frames;
use super::methods::synchronization::DID_CHANGE;
use super::ordered::Answer;
use super::session::Session;

/// How long the last answers may take to reach a client that has said `exit`.
const FAREWELL: Duration = Duration::from_secs(1);

/// Why serving ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The client said `exit`.
    Exit {
        /// It had said `shutdown` before, as it should.
        after_shutdown: bool,
    },
    /// Its stream ended, it reads no more, or its process died.
    ClientGone,
}

/// A message as it stands on the wire.
#[derive(Deserialize)]
struct Incoming<'a> {
    #[serde(borrow, default)]
    jsonrpc: Option<Cow<'a, str>>,
    #[serde(default)]
    method: Option<String>,
    #[serde(default, deserialize_with = "present")]
    id: Option<Id>,
    #[serde(default, deserialize_with = "present")]
    params: Option<Value>,
    #[serde(default, deserialize_with = "present")]
    result: Option<Value>,
    #[serde(default)]
    error: Option<Error>,
}

/// Tells `null` from nothing at all.
fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(from: D) -> Result<Option<T>, D::Error> {
    T::deserialize(from).map(Some)
}

/// What a message is.
enum Message {
    Request(Request),
    Response(Response),
}

/// Reads one message; the error is the answer to it.
fn read(body: &[u8]) -> Result<Message, Response> {
    let refuse = |id: Option<Id>, error| Response::from_error(id.unwrap_or(Id::Null), error);
    // An editor whose text has bytes that are no UTF-8 sends them as they are.
    let body = String::from_utf8_lossy(body);
    let is_text = matches!(body, Cow::Borrowed(_));
    let incoming: Incoming<'_> = serde_json::from_str(&body).map_err(|error| {
        tracing::error!("a message could not be read: {error}");
        refuse(None, if error.is_data() { Error::invalid_request() } else { Error::parse_error() })
    })?;
    if incoming.jsonrpc.as_deref() != Some("2.0") {
        return Err(refuse(incoming.id, Error::invalid_request()));
    }
    let Incoming { method, id, mut params, result, error, .. } = incoming;
    match (method, id) {
        (Some(method), id) => {
            if !is_text {
                if method != DID_CHANGE {
                    return Err(refuse(id, Error::parse_error()));
                }
                // The text is no longer what the client has: that has to be known, and said.
                if let Some(changes) = params.as_mut().and_then(|params| params.get_mut("contentChanges")) {
                    changes.take();
                }
            }
            let mut request = Request::build(method);
            if let Some(params) = params {
                request = request.params(params);
            }
            if let Some(id) = id {
                request = request.id(id);
            }
            Ok(Message::Request(request.finish()))
        }
        (None, Some(id)) => {
            Ok(Message::Response(Response::from_parts(id, error.map_or(Ok(result.unwrap_or_default()), Err))))
        }
        (None, None) => Err(refuse(None, Error::invalid_request())),
    }
}

/// Serves until the client says `exit` or is gone. `writing` is the task that empties the outbox.
pub(super) async fn run<I, S>(
    input: I,
    mut service: S,
    socket: ClientSocket,
    session: Arc<Session>,
    writing: JoinHandle<()>,
) -> Ended
where
    I: AsyncRead + Unpin,
    S: Service<Request, Response = Option<Answer>, Error = ExitedError>,
    S::Future: Send + 'static,
{
    let (mut requests, mut responses) = socket.split();
    let outbox = session.outbox().clone();
    let asking = tokio::spawn({
        let outbox = outbox.clone();
        async move {
            while let Some(request) = requests.next().await {
                outbox.send(to_json(&request));
            }
        }
    });
    let mut frames = Frames::new(input);
    let ended = loop {
        let frame = tokio::select! {
            frame = frames.next() => frame,
            () = outbox.closed() => break Ended::ClientGone,
            () = session.parent_gone() => break Ended::ClientGone,
        };
        let message = match frame {
            Ok(Some(body)) => read(&body),
            Ok(None) => break Ended::ClientGone,
            Err(error) => {
                tracing::error!("{error}");
                Err(Response::from_error(Id::Null, Error::parse_error()))
            }
        };
        match message {
            Ok(Message::Request(request)) => {
                let exit = request.method() == "exit";
                let call = service.call(request);
                if exit {
                    break Ended::Exit { after_shutdown: session.is_shut_down() };
                }
                let outbox = outbox.clone();
                tokio::spawn(async move {
                    if let Ok(Some(answer)) = call.await {
                        outbox.send(answer.into_json());
                    }
                });
            }
            Ok(Message::Response(response)) => {
                // Never waits: the answer goes to whoever asked, or to nobody.
                let _ = responses.send(response).await;
            }
            Err(refusal) => outbox.send(to_json(&refusal)),
        }
    };
    asking.abort();
    // Nothing is published any more, and what is being analysed for it ends.
    session.documents().close_all();
    outbox.end();
    let _ = tokio::time::timeout(FAREWELL, writing).await;
    ended
}

/// `message` as JSON. Requests and responses hold JSON values and nothing else, so it never fails.
pub(super) fn to_json(message: &impl serde::Serialize) -> Vec<u8> {
    serde_json::to_vec(message).unwrap_or_default()
}
