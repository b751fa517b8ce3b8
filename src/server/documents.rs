//! The documents the client has open, and how its notifications change them.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ropey::Rope;
use rustc_hash::FxHashMap;
use tokio::sync::watch;
use tower_lsp::ls_types::{TextDocumentContentChangeEvent, TextDocumentItem, Uri};

use super::from_proto;
use super::snapshot::{CLOSED, Lease, Opened, Snapshot};
use crate::analysis::Setup;
use crate::text::Encoding;

/// The language id that makes a document an article whatever its name.
const LANGUAGE_ID: &str = "article";

/// The open documents by URI, as the client writes it.
#[derive(Debug, Default)]
pub(super) struct Documents {
    open: Mutex<FxHashMap<String, watch::Sender<Arc<Snapshot>>>>,
    revisions: AtomicU64,
}

/// What a change did to what is known of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Its text is known.
    Known,
    /// An edit did not fit, and from now on the text is not known.
    Lost,
    /// An edit did not fit before, and no full text has come since.
    StillLost,
}

impl Documents {
    /// Opens `item`, or opens it again, with the setup that `of` says; none other is put in force meanwhile. The
    /// receiver sees every snapshot from now until the document is closed or opened again; of those that follow fast
    /// on one another only the last.
    pub(super) fn open(
        &self,
        item: TextDocumentItem,
        of: impl Fn(&Uri) -> Arc<Setup>,
    ) -> watch::Receiver<Arc<Snapshot>> {
        let rope = Rope::from_str(&item.text);
        let mut open = self.lock();
        let setup = of(&item.uri);
        let revision = self.next_revision();
        let key = item.uri.as_str().to_owned();
        let opened = Arc::new(Opened {
            uri: item.uri,
            declared: item.language_id == LANGUAGE_ID,
            newest: AtomicU64::new(revision),
            finished: Mutex::default(),
            asked: AtomicBool::new(false),
            has_been_named: AtomicBool::new(false),
            named: Mutex::default(),
            naming: Mutex::default(),
            rendered: Mutex::default(),
            tokens: Mutex::default(),
            shown: Mutex::default(),
        });
        let snapshot = Snapshot::new(opened, item.version, revision, Some(rope), setup);
        let (sender, receiver) = watch::channel(Arc::new(snapshot));
        if let Some(before) = open.insert(key, sender) {
            before.borrow().opened.newest.store(CLOSED, Ordering::Relaxed);
        }
        receiver
    }

    /// Makes `changes` to the document `uri`, one after another; none when it is not open.
    ///
    /// A change that does not fit, or `None` for changes that could not be read, puts the document
    /// out of step. A full text puts it in step again.
    pub(super) fn change(
        &self,
        uri: &Uri,
        version: i32,
        changes: Option<Vec<TextDocumentContentChangeEvent>>,
        encoding: Encoding,
    ) -> Option<Outcome> {
        let open = self.lock();
        let document = open.get(uri.as_str())?;
        let before = Arc::clone(&document.borrow());
        let mut rope = before.rope.clone();
        match changes {
            Some(changes) => {
                for change in changes {
                    rope = apply(rope, &change, encoding, uri);
                }
            }
            None => rope = None,
        }
        let outcome = match (&before.rope, &rope) {
            (_, Some(_)) => Outcome::Known,
            (Some(_), None) => Outcome::Lost,
            (None, None) => Outcome::StillLost,
        };
        self.supersede(document, version, rope, Arc::clone(&before.setup));
        Some(outcome)
    }

    /// Closes the document `uri`; false when it was not open. Nothing of it is published after
    /// what `farewell` does.
    pub(super) fn close(&self, uri: &Uri, farewell: impl FnOnce()) -> bool {
        let mut open = self.lock();
        let Some(document) = open.remove(uri.as_str()) else { return false };
        document.borrow().opened.newest.store(CLOSED, Ordering::Relaxed);
        farewell();
        true
    }

    /// Closes all documents.
    pub(super) fn close_all(&self) {
        for (_, document) in self.lock().drain() {
            document.borrow().opened.newest.store(CLOSED, Ordering::Relaxed);
        }
    }

    /// Puts in force for each document the setup that `of` says; one that has it already stays as it is.
    pub(super) fn set_setups(&self, of: impl Fn(&Uri) -> Arc<Setup>) {
        for document in self.lock().values() {
            let before = Arc::clone(&document.borrow());
            let setup = of(before.uri());
            if !Arc::ptr_eq(&before.setup, &setup) {
                self.supersede(document, before.version, before.rope.clone(), setup);
            }
        }
    }

    /// Has each document that `is_it` looked at again: something else that it speaks of has changed.
    pub(super) fn look_again(&self, is_it: impl Fn(&Uri) -> bool) {
        for document in self.lock().values() {
            let before = Arc::clone(&document.borrow());
            if is_it(before.uri()) {
                let setup = Arc::clone(&before.setup);
                self.supersede(document, before.version, before.rope.clone(), setup);
            }
        }
    }

    /// All documents as they are now.
    pub(super) fn all(&self) -> Vec<Arc<Snapshot>> {
        self.lock().values().map(|document| Arc::clone(&document.borrow())).collect()
    }

    /// All documents as they are now, for a request that waits for what is in them: a newer text ends no analysis.
    pub(super) fn all_waited_for(&self) -> Vec<Lease> {
        self.lock().values().map(|document| Lease::new(Arc::clone(&document.borrow()))).collect()
    }

    /// The document `uri` as it is now; none when it is not open.
    pub(super) fn snapshot(&self, uri: &str) -> Option<Arc<Snapshot>> {
        self.lock().get(uri).map(|document| Arc::clone(&document.borrow()))
    }

    /// Does `publish` unless the document has changed or was closed since `snapshot`; neither can
    /// happen meanwhile.
    pub(super) fn if_newest(&self, snapshot: &Snapshot, publish: impl FnOnce()) {
        let _open = self.lock();
        if snapshot.is_newest() {
            publish();
        }
    }

    /// Does `publish` unless a document that `is_it` is open; none is opened meanwhile.
    pub(super) fn unless_open(&self, is_it: impl Fn(&Uri) -> bool, publish: impl FnOnce()) {
        let open = self.lock();
        if !open.values().any(|document| is_it(document.borrow().uri())) {
            publish();
        }
    }

    fn supersede(
        &self,
        document: &watch::Sender<Arc<Snapshot>>,
        version: i32,
        rope: Option<Rope>,
        setup: Arc<Setup>,
    ) {
        let opened = Arc::clone(&document.borrow().opened);
        let revision = self.next_revision();
        opened.newest.store(revision, Ordering::Relaxed);
        document.send_replace(Arc::new(Snapshot::new(opened, version, revision, rope, setup)));
    }

    fn next_revision(&self) -> u64 {
        self.revisions.fetch_add(1, Ordering::Relaxed)
    }

    fn lock(&self) -> MutexGuard<'_, FxHashMap<String, watch::Sender<Arc<Snapshot>>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// `rope` after `change`; none when it does not fit.
fn apply(
    rope: Option<Rope>,
    change: &TextDocumentContentChangeEvent,
    encoding: Encoding,
    uri: &Uri,
) -> Option<Rope> {
    let Some(range) = change.range else { return Some(Rope::from_str(&change.text)) };
    let mut rope = rope?;
    match from_proto::edited(&rope, range, encoding) {
        Ok(chars) => {
            let start = chars.start;
            rope.remove(chars);
            rope.insert(start, &change.text);
            Some(rope)
        }
        Err(misfit) => {
            tracing::error!("{}: {misfit}", uri.as_str());
            None
        }
    }
}
