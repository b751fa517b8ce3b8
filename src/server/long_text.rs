//! Work on long texts.

use std::sync::LazyLock;

use rayon::{ThreadPool, ThreadPoolBuilder};
use tokio::runtime::Handle;

/// A text of as many bytes is long.
const LONG: usize = 1 << 20;

/// A thread; none where the system gives no more.
type Thread = LazyLock<Option<ThreadPool>>;

/// Where long texts are read again and their diagnostics written.
static READING: Thread = LazyLock::new(|| thread("long-texts"));

/// Where who is who in them is found out.
static NAMING: Thread = LazyLock::new(|| thread("long-casts"));

fn thread(name: &'static str) -> Option<ThreadPool> {
    ThreadPoolBuilder::new().num_threads(1).thread_name(move |_| name.to_owned()).build().ok()
}

/// Does `work` on a text of `length` bytes, and waits for it: if it is long, on the thread that reads long texts again.
///
/// At each key such a work takes and gives back buffers as long as the text and its diagnostics. glibc keeps what
/// was given back for the thread that took it, so that without this each thread would come to keep as much.
pub(super) fn in_turn<T: Send>(length: usize, work: impl FnOnce() -> T + Send) -> T {
    on(&READING, length, work)
}

/// The same for what nobody waits for.
pub(super) fn aside<T: Send>(length: usize, work: impl FnOnce() -> T + Send) -> T {
    on(&NAMING, length, work)
}

/// What a text of fewer bytes came with is let go where it is: to wake a thread takes as long.
const SHORT: usize = 1 << 16;

/// Lets go of `what`, which came with a text of `length` bytes, while nobody waits for it. To free the thousands of
/// blocks of a long text, and its buffers, takes longer than many an answer.
pub(super) fn let_go(length: usize, what: impl Send + 'static) {
    if let Some(runtime) = Handle::try_current().ok().filter(|_| length >= SHORT) {
        runtime.spawn_blocking(move || drop(what));
    }
}

fn on<T: Send>(thread: &Thread, length: usize, work: impl FnOnce() -> T + Send) -> T {
    match thread.as_ref().filter(|_| length >= LONG) {
        Some(thread) => thread.install(work),
        None => work(),
    }
}
