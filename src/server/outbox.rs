//! What goes to the client.

use std::io;
use std::sync::Arc;

use tokio::io::{AsyncWrite, AsyncWriteExt};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio::task::JoinHandle;

/// How many publications may wait for a client that is slow to read.
const PUBLICATIONS: usize = 4;

/// Messages on their way to the client, each a finished JSON text.
#[derive(Clone, Debug)]
pub(super) struct Outbox {
    queue: mpsc::UnboundedSender<Message>,
    slots: Arc<Semaphore>,
}

#[derive(Debug)]
enum Message {
    /// A text, and the slot it takes until it is written.
    Body(Vec<u8>, Option<Slot>),
    /// Nothing comes after.
    End,
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
    pub(super) fn send(&self, body: Vec<u8>) {
        let _ = self.queue.send(Message::Body(body, None));
    }

    /// Sends a publication.
    pub(super) fn publish(&self, body: Vec<u8>, slot: Slot) {
        let _ = self.queue.send(Message::Body(body, Some(slot)));
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
    while let Some(Message::Body(body, _slot)) = messages.recv().await {
        let header = format!("Content-Length: {}\r\n\r\n", body.len());
        // One write for what is short: each may be a system call and a change of thread.
        if body.len() < 1 << 16 {
            let whole = [header.as_bytes(), body.as_slice()].concat();
            output.write_all(&whole).await?;
        } else {
            output.write_all(header.as_bytes()).await?;
            output.write_all(&body).await?;
        }
        if messages.is_empty() {
            output.flush().await?;
        }
    }
    output.flush().await
}
