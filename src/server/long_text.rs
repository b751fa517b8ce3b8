//! Work on long texts.

use std::sync::LazyLock;

use rayon::{ThreadPool, ThreadPoolBuilder};

/// A text of as many bytes is long.
const LONG: usize = 1 << 20;

/// The thread of long texts; none where the system gives no more.
static THREAD: LazyLock<Option<ThreadPool>> = LazyLock::new(|| {
    let named = |_| "long-texts".to_owned();
    ThreadPoolBuilder::new().num_threads(1).thread_name(named).build().ok()
});

/// Does `work` on a text of `length` bytes, and waits for it: if it is long, on the thread of long texts.
///
/// At each key such a work takes and gives back buffers as long as the text and its diagnostics. glibc keeps what
/// was given back for the thread that took it, so that without this each thread would come to keep as much.
pub(super) fn in_turn<T: Send>(length: usize, work: impl FnOnce() -> T + Send) -> T {
    match THREAD.as_ref().filter(|_| length >= LONG) {
        Some(thread) => thread.install(work),
        None => work(),
    }
}
