//! Beginning and end, with the real binary where it matters.

use std::process::Stdio;
use std::time::Duration;

use onrecord::server::Ended;
use serde_json::{Value, json};

use crate::client::{BELIEVED, Client, URI, at, document};

const INVALID_REQUEST: i64 = -32600;
const NOT_INITIALIZED: i64 = -32002;

#[tokio::test(flavor = "multi_thread")]
async fn before_initialize_nothing_is_answered() {
    let mut client = Client::silent();
    assert_eq!(client.refusal("textDocument/hover", at(URI, 0, 0)).await, NOT_INITIALIZED);
    client.open(URI, "article", BELIEVED).await;
    client.ask("initialize", json!({ "processId": null, "capabilities": {} })).await;
    client.notify("initialized", json!({})).await;
    assert!(client.text(URI).await.is_null());
    let again = json!({ "processId": null, "capabilities": {} });
    assert_eq!(client.refusal("initialize", again).await, INVALID_REQUEST);
}

#[tokio::test(flavor = "multi_thread")]
async fn after_shutdown_nothing_is_answered_and_exit_is_clean() {
    let mut client = Client::start(json!({})).await;
    client.open(URI, "article", BELIEVED).await;
    assert!(client.ask("shutdown", Value::Null).await.is_null());
    assert_eq!(client.refusal("textDocument/hover", at(URI, 0, 0)).await, INVALID_REQUEST);
    client.notify("textDocument/didClose", document(URI)).await;
    client.notify("exit", Value::Null).await;
    assert_eq!(client.server.await.unwrap(), Ended::Exit { after_shutdown: true });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_that_ends_ends_the_server() {
    let client = Client::start(json!({})).await;
    drop(client.to_server);
    assert_eq!(client.server.await.unwrap(), Ended::ClientGone);
}

#[tokio::test(flavor = "multi_thread")]
async fn exit_without_shutdown_is_told_apart() {
    let mut client = Client::start(json!({})).await;
    client.notify("exit", Value::Null).await;
    assert_eq!(client.server.await.unwrap(), Ended::Exit { after_shutdown: false });
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn the_server_ends_with_the_process_that_started_it() {
    let mut parent = std::process::Command::new("sleep").arg("60").stdin(Stdio::null()).spawn().unwrap();
    let mut client = Client::silent();
    client.ask("initialize", json!({ "processId": parent.id(), "capabilities": {} })).await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(!client.server.is_finished());
    parent.kill().unwrap();
    let ended = tokio::time::timeout(Duration::from_secs(2), client.server).await;
    parent.wait().unwrap();
    assert_eq!(ended.unwrap().unwrap(), Ended::ClientGone);
}
