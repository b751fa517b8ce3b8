//! Diagnostics sent to clients that do not ask for them.

use std::hash::Hasher as _;
use std::path::Path;
use std::sync::{Arc, PoisonError};

use bytes::Bytes;
use ropey::Rope;
use rustc_hash::FxHasher;
use tokio::runtime::Handle;
use tokio::sync::watch;
use tower_lsp::ls_types as lsp;
use tower_lsp::ls_types::Uri;

use super::capabilities::Support;
use super::knowledge::FolderFile;
use super::long_text::{in_turn, let_go};
use super::outbox::Body;
use super::rendering::Rendering;
use super::session::Session;
use super::snapshot::Snapshot;
use super::to_proto;
use super::transport::to_json;
use crate::analysis::{Analysis, Cancelled};
use crate::article::Sidecar;
use crate::text::range;
use crate::workspace::{ActorsFile, Baseline, Config, ConfigError};

/// `textDocument/publishDiagnostics` with `items`, JSON objects with commas between them.
pub(super) fn publication(uri: &Uri, version: Option<i32>, items: Bytes) -> Body {
    let mut head =
        br#"{"jsonrpc":"2.0","method":"textDocument/publishDiagnostics","params":{"uri":"#.to_vec();
    head.extend(to_json(&uri.as_str()));
    if let Some(version) = version {
        head.extend_from_slice(format!(r#","version":{version}"#).as_bytes());
    }
    head.extend_from_slice(br#","diagnostics":["#);
    [head.into(), items, Bytes::from_static(b"]}}")].into()
}

/// Names diagnostics by what they are: `items`, their JSON.
pub(super) fn result_id(items: &[u8]) -> String {
    let mut hasher = FxHasher::default();
    hasher.write(items);
    format!("{:x}-{:x}", items.len(), hasher.finish())
}

/// The diagnostics of `snapshot`, JSON objects with commas between them; none for what is no article
/// or out of step. Blocks.
///
/// # Errors
/// [`Cancelled`] when the document has changed since.
pub(super) fn diagnose(snapshot: &Arc<Snapshot>, support: &Support) -> Result<Bytes, Cancelled> {
    if let Some(file) = FolderFile::named(snapshot.uri()) {
        return Ok(snapshot.rope.as_ref().map(|rope| faults(&file, rope, support)).unwrap_or_default());
    }
    let analysis = snapshot.analysis()?;
    let (Some(analysis), Some(rope)) = (analysis, &snapshot.rope) else { return Ok(Bytes::new()) };
    let rendered = || snapshot.opened.rendered.lock().unwrap_or_else(PoisonError::into_inner);
    let before = rendered().clone();
    let uri = snapshot.uri().as_str();
    let render = || Arc::new(Rendering::new(&analysis, rope, uri, support, before.as_deref()));
    let rendering = in_turn(rope.len_bytes(), render);
    if !snapshot.is_newest() {
        return Err(Cancelled);
    }
    let replaced = rendered().replace(Arc::clone(&rendering));
    let_go(rope.len_bytes(), (before, replaced));
    if !analysis.has_cast() && snapshot.is_to_be_named() {
        name_later(snapshot, analysis);
    }
    Ok(rendering.items())
}

/// Makes the cast of `analysis` while nobody waits for it: not even the first who hovers is to wait for it.
fn name_later(snapshot: &Arc<Snapshot>, analysis: Arc<Analysis>) {
    if let Ok(runtime) = Handle::try_current() {
        let snapshot = Arc::clone(snapshot);
        runtime.spawn_blocking(move || snapshot.name(&analysis));
    }
}

/// What is wrong in `file` with the text `rope`, JSON objects with commas between them.
pub(super) fn faults(file: &FolderFile, rope: &Rope, support: &Support) -> Bytes {
    let text = rope.to_string();
    let faults: Vec<lsp::Diagnostic> = match file {
        FolderFile::Registry(_) => {
            let faults = ActorsFile::parse(&text).faults;
            faults.iter().map(|fault| to_proto::fault(fault, rope, support.encoding)).collect()
        }
        FolderFile::Config(path) => {
            let config = Config::parse(path, &text);
            let missing = config.as_ref().ok().and_then(|config| config.missing_baseline());
            let missing = missing.map(|missing| to_proto::config_warning(missing, rope, support.encoding));
            let error = config.as_ref().err();
            let error = error.map(|error| to_proto::config_error(error, rope, support.encoding));
            error.into_iter().chain(missing).collect()
        }
        FolderFile::Baseline(path) => {
            let error = Baseline::parse(path, &text).err();
            let error = error.map(|error| at_line(path, error.line(), error.to_string(), rope));
            error.iter().map(|error| to_proto::config_error(error, rope, support.encoding)).collect()
        }
        FolderFile::Sidecar(path) => {
            let fault = Sidecar::read(&text).fault;
            let error = fault.map(|(line, message)| at_line(path, line, message, rope));
            error.iter().map(|error| to_proto::config_error(error, rope, support.encoding)).collect()
        }
    };
    faults.iter().map(to_json).collect::<Vec<_>>().join(&b',').into()
}

/// The error `message` at `line`, from 1, of the file at `path` with the text `rope`.
fn at_line(path: &Path, line: usize, message: String, rope: &Rope) -> ConfigError {
    let line = line.clamp(1, rope.len_lines()) - 1;
    let start = rope.line_to_byte(line);
    let range = range(start, start + rope.line(line).len_bytes());
    ConfigError { path: path.to_owned(), line: line + 1, range, message }
}

/// Publishes what is found in each of `snapshots`, each with its version, until the document is
/// closed. Of snapshots that follow faster than they are analysed only the newest is.
pub(super) async fn publish_all(session: Arc<Session>, mut snapshots: watch::Receiver<Arc<Snapshot>>) {
    loop {
        let Some(slot) = session.outbox().slot().await else { return };
        let snapshot = Arc::clone(&snapshots.borrow_and_update());
        let publishing = tokio::task::spawn_blocking({
            let session = Arc::clone(&session);
            move || {
                let Some(support) = session.support() else { return };
                if let Ok(items) = diagnose(&snapshot, support) {
                    let body = publication(snapshot.uri(), Some(snapshot.version), items);
                    session.documents().if_newest(&snapshot, || session.outbox().publish(body, slot));
                }
            }
        });
        if publishing.await.is_err() {
            tracing::error!("an analysis panicked; the next change of the document is analysed afresh");
        }
        if snapshots.changed().await.is_err() {
            return;
        }
    }
}

/// Takes away what was published of a document that is being closed.
pub(super) fn withdraw(session: &Session, uri: &Uri) {
    session.outbox().send(publication(uri, None, Bytes::new()));
}
