//! What would wedge or end a server does not.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::client::{BELIEVED, Client, URI, codes, document, edit};

const INTERNAL_ERROR: i64 = -32603;
const PARSE_ERROR: i64 = -32700;
const INVALID_REQUEST: i64 = -32600;
const INVALID_PARAMS: i64 = -32602;
const METHOD_NOT_FOUND: i64 = -32601;
const REQUEST_CANCELLED: i64 = -32800;

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_request_is_cancelled_at_once_while_four_others_run() {
    let mut client = Client::start(json!({})).await;
    let mut slow = Vec::new();
    for _ in 0..5 {
        slow.push(client.request("onrecord/sleep", json!({ "ms": 20_000 })).await);
    }
    let started = Instant::now();
    client.notify("$/cancelRequest", json!({ "id": slow[2] })).await;
    assert_eq!(client.response(slow[2]).await["error"]["code"], REQUEST_CANCELLED);
    assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
    client.ask("onrecord/sleep", json!({ "ms": 0 })).await;
    for id in [slow[0], slow[1], slow[3], slow[4]] {
        client.notify("$/cancelRequest", json!({ "id": id })).await;
        assert_eq!(client.response(id).await["error"]["code"], REQUEST_CANCELLED);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_panics_is_an_error_and_the_server_lives_on() {
    let mut client = Client::start(json!({})).await;
    for _ in 0..3 {
        assert_eq!(client.refusal("onrecord/panic", Value::Null).await, INTERNAL_ERROR);
    }
    client.open(URI, "article", BELIEVED).await;
    assert_eq!(codes(&client.published(URI, 1).await), ["ATT02"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_while_a_document_changes_ends_the_server() {
    let mut client = Client::start(json!({})).await;
    client.open(URI, "article", BELIEVED).await;
    client.change(URI, 2, json!([{ "text": "\u{0}onrecord/panic\u{0}" }])).await;
    assert!(client.server.await.unwrap_err().is_panic());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_never_answers_is_served_all_the_same() {
    let mut client = Client::start(json!({ "workspace": { "configuration": true } })).await;
    client.open(URI, "article", "").await;
    for version in 2..202 {
        client.change(URI, version, json!([edit([0, 0, 0, 0], "x")])).await;
        client.notify("workspace/didChangeConfiguration", json!({ "settings": null })).await;
    }
    assert_eq!(client.text(URI).await, "x".repeat(200));
    client.change(URI, 202, json!([{ "text": BELIEVED }])).await;
    assert_eq!(codes(&client.published(URI, 202).await), ["ATT02"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_message_is_refused_and_the_next_one_read() {
    let mut client = Client::start(json!({})).await;
    for (bytes, code) in [
        (&b"Content-Length: 9\r\n\r\n{\"jsonrpc"[..], PARSE_ERROR),
        (b"Content-Length: 2\r\n\r\n\xff\xfe", PARSE_ERROR),
        (b"Content-Length: 2\r\n\r\n[]", INVALID_REQUEST),
        (b"Content-Length: 17\r\n\r\n{\"jsonrpc\":\"2.0\"}", INVALID_REQUEST),
        (b"Content-Length: 21\r\n\r\n{\"method\":\"x\",\"id\":7}", INVALID_REQUEST),
        (b"Content-Length: x\r\n\r\n", PARSE_ERROR),
        (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", PARSE_ERROR),
        (b"Content-Length: 2\r\n\r\n{\"jsonrpc\":\"2.0\",\"method\":\"cut off\"}", PARSE_ERROR),
    ] {
        client.send_bytes(bytes).await;
        let id = client.request("onrecord/sleep", json!({ "ms": 0 })).await;
        let refusal = client.wait(|message| message.get("error").is_some()).await;
        assert_eq!(refusal["error"]["code"], code, "{}", String::from_utf8_lossy(bytes));
        assert!(client.response(id).await.get("result").is_some());
        client.all(0).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_known_is_refused_or_passed_over() {
    let mut client = Client::start(json!({})).await;
    assert_eq!(client.refusal("textDocument/bake", json!({})).await, METHOD_NOT_FOUND);
    assert_eq!(client.refusal("textDocument/hover", json!({ "textDocument": 7 })).await, INVALID_PARAMS);
    client.notify("$/unknown", json!({})).await;
    client.notify("textDocument/didOpen", json!({ "textDocument": 7 })).await;
    client.send(json!({ "jsonrpc": "2.0", "id": 99, "result": "an answer nobody asked for" })).await;
    client.notify("$/cancelRequest", json!({ "id": 12345 })).await;
    client.open(URI, "article", BELIEVED).await;
    assert_eq!(codes(&client.published(URI, 1).await), ["ATT02"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_may_come_a_byte_at_a_time() {
    let mut client = Client::start(json!({})).await;
    let item = json!({ "uri": URI, "languageId": "article", "version": 1, "text": BELIEVED });
    let body =
        json!({ "jsonrpc": "2.0", "method": "textDocument/didOpen", "params": { "textDocument": item } });
    let body = body.to_string();
    for byte in format!("Content-Length: {}\r\n\r\n{body}", body.len()).bytes() {
        client.send_bytes(&[byte]).await;
        tokio::task::yield_now().await;
    }
    assert_eq!(codes(&client.published(URI, 1).await), ["ATT02"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_that_share_an_id_are_answered_and_the_next_one_too() {
    let mut client = Client::start(json!({})).await;
    for _ in 0..3 {
        let params = json!({ "ms": 20 });
        client
            .send(json!({ "jsonrpc": "2.0", "id": 7777, "method": "onrecord/sleep", "params": params }))
            .await;
    }
    client.response(7777).await;
    client.open(URI, "article", BELIEVED).await;
    assert_eq!(codes(&client.published(URI, 1).await), ["ATT02"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_stops_reading_gets_the_newest_when_it_reads_again() {
    use tokio::io::{BufReader, duplex};
    let (mut to_server, stdin) = duplex(1 << 16);
    let (stdout, from_server) = duplex(1 << 10);
    tokio::spawn(onrecord::server::serve(stdin, stdout));
    let mut send = async |message: Value| {
        let body = message.to_string();
        let frame = format!("Content-Length: {}\r\n\r\n{body}", body.len());
        tokio::io::AsyncWriteExt::write_all(&mut to_server, frame.as_bytes()).await.unwrap();
    };
    let initialize = json!({ "processId": null, "capabilities": {} });
    send(json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": initialize })).await;
    let text = format!("{BELIEVED}\n\n").repeat(100);
    let item = json!({ "uri": URI, "languageId": "article", "version": 1, "text": text });
    send(json!({ "jsonrpc": "2.0", "method": "textDocument/didOpen", "params": { "textDocument": item } }))
        .await;
    for version in 2..300 {
        let params = json!({
            "textDocument": { "uri": URI, "version": version },
            "contentChanges": [edit([0, 0, 0, 0], "\n")],
        });
        send(json!({ "jsonrpc": "2.0", "method": "textDocument/didChange", "params": params })).await;
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let mut stream = BufReader::new(from_server);
    let mut versions = Vec::new();
    while versions.last() != Some(&299) {
        let message = crate::client::read_message(&mut stream).await.unwrap();
        versions.extend(message["params"]["version"].as_i64());
    }
    assert!(versions.len() < 12, "{versions:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_documents_come_and_go() {
    let mut client = Client::start(json!({})).await;
    for number in 0..1000 {
        let uri = format!("file:///many/{number}.article");
        client.open(&uri, "article", BELIEVED).await;
        client.notify("textDocument/didClose", document(&uri)).await;
    }
    client.open(URI, "article", BELIEVED).await;
    assert_eq!(codes(&client.published(URI, 1).await), ["ATT02"]);
}
