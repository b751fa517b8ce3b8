//! What goes to the client.

use std::io;
use std::sync::Arc;

use bytes::Bytes;
use tokio::io::{AsyncWrite, AsyncWriteExt};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio::task::JoinHandle;

/// How many publications may wait for a client that is slow to read.
const PUBLICATIONS: usize = 4;

/// A piece of a message below this many bytes is copied beside its neighbours.
const SHORT: usize = 1 << 16;

/// Messages on their way to the client, each a finished JSON text.
#[derive(Clone, Debug)]
pub(super) struct Outbox {
    queue: mpsc::UnboundedSender<Message>,
    slots: Arc<Semaphore>,
}

#[derive(Debug)]
enum Message {
    /// A text, in pieces, and the slot it takes until it is written.
    Body(Body, Option<Slot>),
    /// Nothing comes after.
    End,
}

/// A JSON text, in pieces, of which long ones may be held elsewhere too.
#[derive(Debug)]
pub(super) struct Body(Vec<Bytes>);

impl From<Vec<u8>> for Body {
    fn from(text: Vec<u8>) -> Self {
        Self(vec![text.into()])
    }
}

impl<const N: usize> From<[Bytes; N]> for Body {
    fn from(pieces: [Bytes; N]) -> Self {
        Self(pieces.into())
    }
}

/// The right to put one publication into the outbox. Who waits for it while the client does not
/// read has the newest to say when the client reads again, instead of all that passed meanwhile.
#[derive(Debug)]
pub(super) struct Slot(
    #[expect(dead_code, reason = "gives the slot back when it is dropped")] OwnedSemaphorePermit,
);

impl Outbox {
    /// An outbox, and the task that writes to `output` until the [end](Self::end).
    pub(super) fn new(output: impl AsyncWrite + Send + Unpin + 'static) -> (Self, JoinHandle<()>) {
        let (queue, messages) = mpsc::unbounded_channel();
        let writing = tokio::spawn(async move {
            if let Err(error) = write(output, messages).await {
                tracing::debug!("the client reads no more: {error}");
            }
        });
        (Self { queue, slots: Arc::new(Semaphore::new(PUBLICATIONS)) }, writing)
    }

    /// Sends `body`. Nothing happens when the client is gone.
    pub(super) fn send(&self, body: impl Into<Body>) {
        let _ = self.queue.send(Message::Body(body.into(), None));
    }

    /// Sends a publication.
    pub(super) fn publish(&self, body: impl Into<Body>, slot: Slot) {
        let _ = self.queue.send(Message::Body(body.into(), Some(slot)));
    }

    /// Waits until a publication may be sent; none when the client is gone.
    pub(super) async fn slot(&self) -> Option<Slot> {
        Arc::clone(&self.slots).acquire_owned().await.ok().map(Slot)
    }

    /// Ends the writing; what was sent before is still written.
    pub(super) fn end(&self) {
        let _ = self.queue.send(Message::End);
    }

    /// Waits until the client reads no more.
    pub(super) async fn closed(&self) {
        self.queue.closed().await;
    }
}

async fn write(
    mut output: impl AsyncWrite + Unpin,
    mut messages: mpsc::UnboundedReceiver<Message>,
) -> io::Result<()> {
    while let Some(Message::Body(Body(pieces), _slot)) = messages.recv().await {
        let length: usize = pieces.iter().map(Bytes::len).sum();
        // One write for what is short: each may be a system call and a change of thread.
        let mut short = format!("Content-Length: {length}\r\n\r\n").into_bytes();
        for piece in pieces {
            if piece.len() < SHORT {
                short.extend_from_slice(&piece);
            } else {
                output.write_all(&short).await?;
                short.clear();
                output.write_all(&piece).await?;
            }
        }
        output.write_all(&short).await?;
        if messages.is_empty() {
            output.flush().await?;
        }
    }
    output.flush().await
}
