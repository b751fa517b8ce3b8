//! What one client's session consists of.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use tokio::sync::Notify;
use tower_lsp::ls_types::Uri;

use super::capabilities::Support;
use super::closed::Closed;
use super::documents::Documents;
use super::knowledge::Knowledge;
use super::outbox::Outbox;
use super::parent;
use crate::analysis::Setup;
use crate::ide::HintKinds;
use crate::settings::Settings;

/// One client's session: what it can do, its open documents, the way to it.
#[derive(Debug)]
pub(super) struct Session {
    support: OnceLock<Support>,
    documents: Documents,
    closed: Closed,
    knowledge: Knowledge,
    outbox: Outbox,
    setup: Mutex<Arc<Setup>>,
    /// The hints its user wants.
    hints: Mutex<HintKinds>,
    shut_down: AtomicBool,
    parent_gone: Arc<Notify>,
}

impl Session {
    pub(super) fn new(outbox: Outbox) -> Self {
        Self {
            support: OnceLock::new(),
            documents: Documents::default(),
            closed: Closed::default(),
            knowledge: Knowledge::default(),
            outbox,
            setup: Mutex::default(),
            hints: Mutex::default(),
            shut_down: AtomicBool::new(false),
            parent_gone: Arc::default(),
        }
    }

    /// Begins with what the client said of itself in `initialize`. `parent` is the id of the
    /// process that started the server: when it ends, so does the session.
    pub(super) fn begin(&self, support: Support, parent: Option<u32>) {
        let _ = self.support.set(support);
        if let Some(parent) = parent {
            let gone = Arc::clone(&self.parent_gone);
            tokio::spawn(async move {
                parent::gone(parent).await;
                gone.notify_one();
            });
        }
    }

    /// What the client can do; none before `initialize`.
    pub(super) fn support(&self) -> Option<&Support> {
        self.support.get()
    }

    /// Whether documents may be opened and changed: after `initialize`, before `shutdown`.
    pub(super) fn is_running(&self) -> bool {
        self.support.get().is_some() && !self.is_shut_down()
    }

    pub(super) fn documents(&self) -> &Documents {
        &self.documents
    }

    /// The files that are not open.
    pub(super) fn closed(&self) -> &Closed {
        &self.closed
    }

    pub(super) fn knowledge(&self) -> &Knowledge {
        &self.knowledge
    }

    /// The setup for the document `uri`, with the actors its folders know and the settings they ask for.
    pub(super) fn setup_of(&self, uri: &Uri) -> Arc<Setup> {
        self.knowledge.setup(uri, self.setup())
    }

    /// What the folders' files say is no longer what it was: every document is looked at again.
    pub(super) fn folders_changed(&self) {
        self.documents.set_setups(|uri| self.setup_of(uri));
        self.closed.forget_all();
        self.knowledge.say_changed();
    }

    pub(super) fn outbox(&self) -> &Outbox {
        &self.outbox
    }

    /// What analyses depend on besides the text, with the day it is now.
    pub(super) fn setup(&self) -> Arc<Setup> {
        let mut setup = self.lock_setup();
        let today = Some(Setup::latest_day());
        if setup.today != today {
            *setup = Arc::new(Setup { today, ..Setup::clone(&setup) });
        }
        Arc::clone(&setup)
    }

    /// Puts `settings` in force; false when they were already.
    pub(super) fn set_settings(&self, settings: Settings) -> bool {
        let mut setup = self.lock_setup();
        let changed = setup.settings != settings;
        if changed {
            *setup = Arc::new(Setup { settings, ..Setup::clone(&setup) });
        }
        changed
    }

    /// The hints the client's user wants.
    pub(super) fn hints(&self) -> HintKinds {
        *self.hints.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// From now on the user wants the hints `wanted`; false when they did already.
    pub(super) fn set_hints(&self, wanted: HintKinds) -> bool {
        let mut hints = self.hints.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *hints, wanted) != wanted
    }

    fn lock_setup(&self) -> MutexGuard<'_, Arc<Setup>> {
        self.setup.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn shut_down(&self) {
        self.shut_down.store(true, Ordering::Relaxed);
        // Whoever waits for a change sees that none comes.
        self.closed.forget_all();
    }

    /// Whether the client has said `shutdown`.
    pub(super) fn is_shut_down(&self) -> bool {
        self.shut_down.load(Ordering::Relaxed)
    }

    /// Waits until the process that started the server is gone.
    pub(super) async fn parent_gone(&self) {
        self.parent_gone.notified().await;
    }
}
