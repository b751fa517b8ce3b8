//! The server's text is the client's text, and what happens when it cannot be.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

use crate::client::{BELIEVED, Client, URI, codes, document, edit, range};

/// How a client counts.
fn units(encoding: &str, text: &str) -> u32 {
    let count = match encoding {
        "utf-8" => text.len(),
        "utf-16" => text.encode_utf16().count(),
        _ => text.chars().count(),
    };
    count.try_into().unwrap()
}

/// Line and column of the byte `at` of `text`, counted without the server's means.
fn place(encoding: &str, text: &str, at: usize) -> (u32, u32) {
    let bytes = text.as_bytes();
    let is_break = |i: &usize| bytes[*i] == b'\n' || bytes[*i] == b'\r' && bytes.get(i + 1) != Some(&b'\n');
    let breaks: Vec<usize> = (0..at).filter(is_break).collect();
    let start = breaks.last().map_or(0, |last| last + 1);
    (breaks.len().try_into().unwrap(), units(encoding, &text[start..at]))
}

/// The start of the character nearest before the byte `at` where an edit may begin: not between
/// a carriage return and its line feed, which no client tells apart.
fn edge(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) || at > 0 && text[..at].ends_with('\r') && text[at..].starts_with('\n') {
        at -= 1;
    }
    at
}

async fn follow(encoding: &str, edits: Vec<(Index, usize, &'static str)>) {
    let mut client = Client::start(json!({ "general": { "positionEncodings": [encoding] } })).await;
    let mut text = "The élan of 𝄞 was lost.\r\nSo he said.\rShe left.\n".to_owned();
    client.open(URI, "article", &text).await;
    let mut version = 1;
    for batch in edits.chunks(3) {
        let mut changes = Vec::new();
        for (start, length, new) in batch {
            let start = edge(&text, start.index(text.len() + 1));
            let end = edge(&text, (start + length).min(text.len())).max(start);
            let (line, column) = place(encoding, &text, start);
            let (end_line, end_column) = place(encoding, &text, end);
            changes.push(edit([line, column, end_line, end_column], new));
            text.replace_range(start..end, new);
        }
        version += 1;
        client.change(URI, version, Value::Array(changes)).await;
        if version % 10 == 0 {
            assert_eq!(client.text(URI).await, text);
        }
    }
    assert_eq!(client.text(URI).await, text);
}

/// How often 200 edits are made: `ONRECORD_EDITS` says how many edits in all, 1,600 without it.
fn cases() -> u32 {
    let edits = std::env::var("ONRECORD_EDITS").ok().and_then(|edits| edits.parse().ok());
    edits.unwrap_or(1_600_u32).div_ceil(200)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn two_hundred_edits_leave_the_text_the_client_has(
        edits in vec(
            (any::<Index>(), 0_usize..6, prop_oneof![
                Just("a"), Just("é"), Just("𝄞"), Just("\n"), Just("\r\n"), Just("\r"), Just(""),
                Just("It is believed that\n\n"), Just("\u{2028}"), Just("\u{0}"), Just("“Ja”, ")
            ]),
            200,
        )
    ) {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            for encoding in ["utf-8", "utf-16", "utf-32"] {
                follow(encoding, edits.clone()).await;
            }
        });
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_sees_the_text_at_its_own_place_among_the_edits() {
    let mut client = Client::start(json!({})).await;
    client.open(URI, "article", "").await;
    let mut ids = Vec::new();
    for version in 2..202 {
        client.change(URI, version, json!([edit([0, 0, 0, 0], "x")])).await;
        ids.push((client.request("onrecord/text", document(URI)).await, version));
    }
    for (id, version) in ids {
        let answer = client.response(id).await;
        assert_eq!(answer["result"]["version"], version);
        assert_eq!(answer["result"]["text"], "x".repeat(usize::try_from(version).unwrap() - 1));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_out_of_range_silences_the_document_until_a_full_text_comes() {
    let mut client = Client::start(json!({})).await;
    client.open(URI, "article", BELIEVED).await;
    assert_eq!(codes(&client.published(URI, 1).await), ["ATT02"]);
    client.change(URI, 2, json!([edit([7, 0, 7, 1], "x")])).await;
    let message = client.told("window/showMessage").await;
    assert!(message["message"].as_str().unwrap().contains("a.article"), "{message}");
    assert!(client.published(URI, 2).await.is_empty());
    client.change(URI, 3, json!([edit([0, 0, 0, 0], "x")])).await;
    assert!(client.published(URI, 3).await.is_empty());
    assert!(client.everything(URI).await.iter().all(Value::is_null));
    assert!(client.text(URI).await.is_null());
    client.change(URI, 4, json!([{ "text": BELIEVED }, edit([0, 0, 0, 0], " ")])).await;
    assert_eq!(range(&client.published(URI, 4).await[0])[1], 1);
    let messages = client.all(50).await;
    assert!(!messages.iter().any(|message| message["method"] == "window/showMessage"), "{messages:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn opening_again_puts_a_document_in_step() {
    let mut client = Client::start(json!({})).await;
    client.open(URI, "article", BELIEVED).await;
    client.change(URI, 2, json!([edit([0, 9, 0, 2], "x")])).await;
    client.told("window/showMessage").await;
    client.notify("textDocument/didClose", document(URI)).await;
    client.open(URI, "article", BELIEVED).await;
    assert_eq!(client.text(URI).await, BELIEVED);
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_nobody_can_read_put_a_document_out_of_step() {
    let mut client = Client::start(json!({})).await;
    client.open(URI, "article", BELIEVED).await;
    client.change(URI, 2, json!([{ "text": 7 }])).await;
    client.told("window/showMessage").await;
    assert!(client.text(URI).await.is_null());
}

/// Neovim sends the bytes of its buffer, whatever they are.
#[tokio::test(flavor = "multi_thread")]
async fn a_change_that_is_no_text_puts_a_document_out_of_step() {
    let mut client = Client::start(json!({})).await;
    client.open(URI, "article", BELIEVED).await;
    let params =
        json!({ "textDocument": { "uri": URI, "version": 2 }, "contentChanges": [edit([0, 0, 0, 0], "?")] });
    let message = json!({ "jsonrpc": "2.0", "method": "textDocument/didChange", "params": params });
    let mut body = message.to_string().into_bytes();
    let at = body.iter().position(|byte| *byte == b'?').unwrap();
    body[at] = 0xf0;
    client.send_bytes(format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes()).await;
    client.send_bytes(&body).await;
    client.told("window/showMessage").await;
    assert!(client.text(URI).await.is_null());
    client.change(URI, 3, json!([{ "text": BELIEVED }])).await;
    assert_eq!(client.text(URI).await, BELIEVED);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_that_is_not_open_has_nothing_to_say() {
    let mut client = Client::start(json!({})).await;
    client.change(URI, 2, json!([{ "text": BELIEVED }])).await;
    client.notify("textDocument/didClose", document(URI)).await;
    assert!(client.everything(URI).await.iter().all(Value::is_null));
    assert!(client.all(20).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn closing_takes_the_warnings_away() {
    let mut client = Client::start(json!({})).await;
    client.open(URI, "article", BELIEVED).await;
    client.published(URI, 1).await;
    client.notify("textDocument/didClose", document(URI)).await;
    let last = client.told(crate::client::PUBLISH).await;
    assert_eq!(last, json!({ "uri": URI, "diagnostics": [] }));
}

#[tokio::test(flavor = "multi_thread")]
async fn odd_texts_are_answered() {
    let mut client = Client::start(json!({})).await;
    let long = "The minister left on Monday. ".repeat(10_000_000 / 29);
    let odd = ["", "\u{0}\u{0} It is believed that \u{0} it ended.", "\r\r\r", "\n", "\u{feff}", &long];
    for (number, text) in odd.into_iter().enumerate() {
        let uri = format!("file:///odd/{number}.article");
        client.open(&uri, "article", text).await;
        client.published(&uri, 1).await;
        client.everything(&uri).await;
        assert_eq!(client.text(&uri).await, text);
        client.notify("textDocument/didClose", document(&uri)).await;
    }
}
