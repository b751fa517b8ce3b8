//! Whether the process that started the server still lives.

use std::time::Duration;

/// How often it is looked for.
const EVERY: Duration = Duration::from_millis(250);

/// Waits until the process `id` is gone. One that cannot be seen now, because it is gone already,
/// lives elsewhere or the system does not tell, is waited for without end.
pub(super) async fn gone(id: u32) {
    let Some(born) = birth(id) else { return std::future::pending().await };
    while birth(id) == Some(born) {
        tokio::time::sleep(EVERY).await;
    }
}

/// When the process `id` began, in clock ticks since the system did; none when there is no such
/// process or it has ended. A later process of the same id has another birth.
#[cfg(target_os = "linux")]
fn birth(id: u32) -> Option<u64> {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    // The name, in parentheses, may hold anything; the fields after it are those of proc(5) from 3.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace();
    if matches!(fields.next()?, "Z" | "X") {
        return None;
    }
    fields.nth(18)?.parse().ok()
}

/// Elsewhere the end of standard input has to do.
#[cfg(not(target_os = "linux"))]
fn birth(_id: u32) -> Option<u64> {
    None
}
