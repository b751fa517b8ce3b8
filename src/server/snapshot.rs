//! A document as it was at one moment, and its analysis.

use std::mem;
use std::ops::Deref;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use ropey::Rope;
use tower_lsp::ls_types::Uri;

use super::long_text::{aside, in_turn, let_go};
use super::rendering::Rendering;
use super::tokens::Tokens;
use crate::analysis::{Analysis, Cancelled, Setup};
use crate::ide::{self, Speaker};
use crate::workspace;

/// How much of a text is looked at for a header that makes it an article, in bytes.
const HEAD: usize = 1 << 16;

/// What stays the same about a document from its opening to its closing.
#[derive(Debug)]
pub(super) struct Opened {
    pub(super) uri: Uri,
    /// The client itself says that it is an article.
    pub(super) declared: bool,
    /// The revision of the newest snapshot; [`CLOSED`] once there is none.
    pub(super) newest: AtomicU64,
    /// The analysis that was finished last, of whichever snapshot: the next one begins with it.
    pub(super) finished: Mutex<Option<Arc<Analysis>>>,
    /// Somebody has asked for more of it than its diagnostics.
    pub(super) asked: AtomicBool,
    /// Who is who in it has been found out while nobody waited for it.
    pub(super) has_been_named: AtomicBool,
    /// The last analysis that knows who is who, while one after it does not yet.
    pub(super) named: Mutex<Option<Arc<Analysis>>>,
    /// Held by whoever finds out who is who while nobody waits for it.
    pub(super) naming: Mutex<()>,
    /// The diagnostics that were rendered last, of whichever snapshot: the next begin with them.
    pub(super) rendered: Mutex<Option<Arc<Rendering>>>,
    /// The semantic tokens that were sent last, of whichever snapshot.
    pub(super) tokens: Mutex<Option<Arc<Tokens>>>,
    /// The claim that a lens showed last: the speaker's name and which of their claims it is.
    pub(super) shown: Mutex<Option<(String, usize)>>,
}

impl Opened {
    fn named(&self) -> MutexGuard<'_, Option<Arc<Analysis>>> {
        self.named.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The revision no snapshot has.
pub(super) const CLOSED: u64 = u64::MAX;

/// A document as it was at one moment.
#[derive(Debug)]
pub(super) struct Snapshot {
    pub(super) opened: Arc<Opened>,
    /// The client's number for the text.
    pub(super) version: i32,
    /// The server's number for text and setup; a later snapshot has a higher one.
    pub(super) revision: u64,
    /// The text; none when an edit did not fit and nobody knows what it is now.
    pub(super) rope: Option<Rope>,
    pub(super) setup: Arc<Setup>,
    /// How many requests wait for the analysis even when there is a newer text.
    wanted: AtomicUsize,
    /// The analysis once it is made; none inside when the text is no article.
    analysis: OnceLock<Option<Arc<Analysis>>>,
    /// Who speaks, made when first asked for.
    speakers: OnceLock<Vec<Speaker>>,
    /// Held by whoever makes the analysis.
    making: Mutex<()>,
}

impl Snapshot {
    pub(super) fn new(
        opened: Arc<Opened>,
        version: i32,
        revision: u64,
        rope: Option<Rope>,
        setup: Arc<Setup>,
    ) -> Self {
        Self {
            opened,
            version,
            revision,
            rope,
            setup,
            wanted: AtomicUsize::new(0),
            analysis: OnceLock::new(),
            speakers: OnceLock::new(),
            making: Mutex::default(),
        }
    }

    pub(super) fn uri(&self) -> &Uri {
        &self.opened.uri
    }

    /// Whether the document has not changed since.
    pub(super) fn is_newest(&self) -> bool {
        self.opened.newest.load(Ordering::Relaxed) == self.revision
    }

    /// The text's analysis; none when it is no article or out of step. The first to ask makes it,
    /// from the document's analysis before; who asks meanwhile waits. Blocks: call it where that
    /// is allowed.
    ///
    /// # Errors
    /// [`Cancelled`] when the document has changed since and no request waits for this text.
    pub(super) fn analysis(&self) -> Result<Option<Arc<Analysis>>, Cancelled> {
        let Some(rope) = &self.rope else { return Ok(None) };
        if let Some(analysis) = self.analysis.get() {
            return Ok(analysis.clone());
        }
        let _making = self.making.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(analysis) = self.analysis.get() {
            return Ok(analysis.clone());
        }
        let is_cancelled = || !self.is_newest() && self.wanted.load(Ordering::Relaxed) == 0;
        if is_cancelled() {
            return Err(Cancelled);
        }
        let analysis = if self.is_article(rope) {
            let finished = || self.opened.finished.lock().unwrap_or_else(PoisonError::into_inner);
            let previous = finished().clone();
            let setup = Arc::clone(&self.setup);
            let before = previous.as_deref();
            let update = || Analysis::update(text(rope), setup, before, &is_cancelled).map(Arc::new);
            // A text that is read for the first time is read on all cores.
            let analysis = if before.is_some() { in_turn(rope.len_bytes(), update) } else { update() }?;
            *finished() = Some(Arc::clone(&analysis));
            // The cast may have come while this was made.
            if let Some(previous) = previous.filter(|previous| previous.has_cast()) {
                let named = Some(previous).filter(|_| !analysis.has_cast());
                let replaced = mem::replace(&mut *self.opened.named(), named);
                if let Some(replaced) = replaced {
                    let_go(rope.len_bytes(), replaced);
                }
            }
            Some(analysis)
        } else {
            None
        };
        Ok(self.analysis.get_or_init(|| analysis).clone())
    }

    /// The last analysis of the document that knows who is who, while the newest does not yet.
    pub(super) fn named_before(&self) -> Option<Arc<Analysis>> {
        self.opened.named().clone()
    }

    /// Whether the cast is to be made while nobody waits for it: for the first who asks, and for all who ask later.
    pub(super) fn is_to_be_named(&self) -> bool {
        self.opened.asked.load(Ordering::Relaxed) || !self.opened.has_been_named.load(Ordering::Relaxed)
    }

    /// Makes the cast of `analysis`, that of the text, while nobody waits for it; not when there is a newer text by
    /// the time it is its turn.
    pub(super) fn name(&self, analysis: &Arc<Analysis>) {
        let _naming = self.opened.naming.lock().unwrap_or_else(PoisonError::into_inner);
        if !self.is_newest() {
            return;
        }
        aside(analysis.text().len(), || _ = analysis.cast());
        self.opened.has_been_named.store(true, Ordering::Relaxed);
        let mut named = self.opened.named();
        let finished = self.opened.finished.lock().unwrap_or_else(PoisonError::into_inner);
        let is_last = finished.as_deref().is_none_or(Analysis::has_cast);
        let replaced = mem::replace(&mut *named, Some(Arc::clone(analysis)).filter(|_| !is_last));
        drop((named, finished));
        // A hover that waits for either need not wait for this.
        drop(replaced);
    }

    /// Who speaks in the text, of which `analysis` is the analysis.
    pub(super) fn speakers(&self, analysis: &Analysis) -> &[Speaker] {
        self.speakers.get_or_init(|| ide::speakers(analysis))
    }

    fn is_article(&self, rope: &Rope) -> bool {
        if self.opened.declared || self.setup.settings.included {
            return true;
        }
        let path = self.opened.uri.path().as_str();
        let extension = path.rsplit_once('.').map(|(_, extension)| extension);
        let mut head = String::new();
        for chunk in rope.chunks() {
            if head.len() >= HEAD {
                break;
            }
            head.push_str(chunk);
        }
        workspace::is_article(extension, &head)
    }
}

/// The text of `rope` in one piece.
fn text(rope: &Rope) -> Arc<str> {
    let mut text = String::with_capacity(rope.len_bytes());
    for chunk in rope.chunks() {
        text.push_str(chunk);
    }
    text.into()
}

/// A snapshot that a request waits for: while it is held, a newer text does not end its analysis.
#[derive(Debug)]
pub(super) struct Lease(Arc<Snapshot>);

impl Lease {
    pub(super) fn new(snapshot: Arc<Snapshot>) -> Self {
        snapshot.wanted.fetch_add(1, Ordering::Relaxed);
        Self(snapshot)
    }
}

impl Deref for Lease {
    type Target = Snapshot;

    fn deref(&self) -> &Snapshot {
        &self.0
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        self.0.wanted.fetch_sub(1, Ordering::Relaxed);
    }
}
