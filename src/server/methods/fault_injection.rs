//! Requests that fail on purpose or look inside, so that tests can show that the server lives on.

use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};
use tower_lsp::LspServiceBuilder;
use tower_lsp::jsonrpc::Result;

use super::Backend;
use crate::server::ordered::Call;

/// A text that makes the change which brings it panic.
const PANIC: &str = "\u{0}onrecord/panic\u{0}";

/// Adds `onrecord/panic`, which panics, `onrecord/sleep`, which takes `ms` milliseconds, and
/// `onrecord/text`, which answers with the text of `textDocument` as the request sees it, or null.
pub(in crate::server) fn with_fault_injection(
    service: LspServiceBuilder<Backend>,
) -> LspServiceBuilder<Backend> {
    service
        .custom_method("onrecord/panic", Backend::panic)
        .custom_method("onrecord/sleep", Backend::sleep)
        .custom_method("onrecord/text", Backend::text)
}

#[derive(Deserialize)]
struct Sleep {
    ms: u64,
}

#[expect(clippy::unused_async, reason = "the shape of a handler")]
impl Backend {
    async fn panic(&self) -> Result<()> {
        panic!("as asked")
    }

    async fn sleep(&self, sleep: Sleep) -> Result<()> {
        tokio::time::sleep(Duration::from_millis(sleep.ms)).await;
        Ok(())
    }

    async fn text(&self, _: Value) -> Result<Value> {
        let snapshot = Call::current().and_then(|call| call.snapshot());
        Ok(snapshot.map_or(Value::Null, |snapshot| {
            let text = snapshot.rope.as_ref().map(ToString::to_string);
            json!({ "version": snapshot.version, "text": text })
        }))
    }
}

/// Panics when a change in `params` brings the text for it.
pub(super) fn panic_on(params: &Value) {
    let changes = params.get("contentChanges").and_then(Value::as_array);
    let texts = changes.into_iter().flatten().filter_map(|change| change.get("text")?.as_str());
    assert!(!texts.into_iter().any(|text| text == PANIC), "as asked");
}
