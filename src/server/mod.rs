//! The language server: LSP 3.17 over any pair of byte streams.
//!
//! The way of a message in:
//! 1. [`transport`] cuts it out of the stream ([`frame`]) and calls the service.
//! 2. [`ordered`], the service in front of tower-lsp, applies document changes at once, in wire
//!    order ([`documents`]), and gives each request the snapshot of that moment.
//! 3. [`methods`] answer from the snapshot's analysis ([`snapshot`]), off the async threads.
//!
//! The way out is the [`outbox`]: answers, notifications and what [`publication`] has to say of
//! each open article, each a finished JSON text, its diagnostics written by [`rendering`]. Offsets become the client's
//! positions in [`to_proto`] and there, its positions become offsets in [`from_proto`], nowhere else.
//!
//! A handler never waits for the client: whatever asks the client something is a task of its own.

mod capabilities;
mod closed;
mod configuration;
mod documents;
mod frame;
mod from_proto;
mod indexing;
mod knowledge;
mod long_text;
mod methods;
mod ordered;
mod outbox;
mod parent;
mod publication;
mod rendering;
mod session;
mod snapshot;
mod to_proto;
mod tokens;
mod transport;
mod walk;

use std::process::ExitCode;
use std::sync::Arc;

use tokio::io::{AsyncRead, AsyncWrite};
use tower_lsp::LspService;
use tracing_subscriber::EnvFilter;

use methods::Backend;
use ordered::Ordered;
use outbox::Outbox;
use session::Session;
pub use transport::Ended;

/// Serves one client over the process's standard input and output, to the end.
///
/// Logs to standard error what the environment variable `ONRECORD_LOG` asks for (`debug`,
/// `onrecord=trace`, … as `tracing` has it), warnings when it asks for nothing. The exit code is
/// the protocol's: 0 when `exit` came after `shutdown`, else 1.
pub fn run() -> ExitCode {
    let filter = EnvFilter::try_from_env("ONRECORD_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second logger in one process is no reason not to serve.
    let _ = log.with_ansi(false).try_init();
    // The async threads only carry messages; work has threads of its own.
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => {
            tracing::error!("the server could not start: {error}");
            return ExitCode::FAILURE;
        }
    };
    let ended = runtime.block_on(serve(tokio::io::stdin(), tokio::io::stdout()));
    // A thread may still be reading standard input, which some clients leave open.
    runtime.shutdown_background();
    match ended {
        Ended::Exit { after_shutdown: true } => ExitCode::SUCCESS,
        Ended::Exit { after_shutdown: false } | Ended::ClientGone => ExitCode::FAILURE,
    }
}

/// Serves one client that writes to `stdin` and reads from `stdout`, until it says `exit` or is
/// gone.
///
/// # Panics
/// When a document change panics: the text would be wrong from then on, and every answer with it.
pub async fn serve<I, O>(stdin: I, stdout: O) -> Ended
where
    I: AsyncRead + Unpin,
    O: AsyncWrite + Send + Unpin + 'static,
{
    let (outbox, writing) = Outbox::new(stdout);
    let session = Arc::new(Session::new(outbox));
    let backend_session = Arc::clone(&session);
    let builder = LspService::build(|client| Backend::new(backend_session, client));
    #[cfg(feature = "fault-injection")]
    let builder = methods::with_fault_injection(builder);
    let (service, socket) = builder.finish();
    transport::run(stdin, Ordered::new(service, Arc::clone(&session)), socket, session, writing).await
}
