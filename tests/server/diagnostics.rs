//! Diagnostics: what, where, pushed or pulled, never both, never stale.

use serde_json::{Value, json};

use crate::client::{BELIEVED, Client, PUBLISH, URI, codes, document, edit, range};

fn puller() -> Value {
    json!({ "textDocument": { "diagnostic": {} } })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_does_not_ask_is_told() {
    let mut client = Client::start(json!({ "textDocument": { "publishDiagnostics": {
        "relatedInformation": true, "codeDescriptionSupport": true,
    } } }))
    .await;
    client.open(URI, "article", BELIEVED).await;
    let diagnostics = client.published(URI, 1).await;
    assert_eq!(codes(&diagnostics), ["ATT02"]);
    let diagnostic = &diagnostics[0];
    assert_eq!(range(diagnostic), [0, 0, 0, 14]);
    assert_eq!(diagnostic["source"], "onrecord");
    assert_eq!(diagnostic["severity"], 2);
    let page = diagnostic["codeDescription"]["href"].as_str().unwrap();
    assert!(page.starts_with("https://") && page.ends_with("/docs/rules/ATT02.md"), "{page}");
    client.change(URI, 2, json!([edit([0, 0, 0, 0], "\n")])).await;
    assert_eq!(range(&client.published(URI, 2).await[0]), [1, 0, 1, 14]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_client_cannot_show_is_not_sent() {
    let mut client = Client::start(json!({})).await;
    client.open(URI, "article", BELIEVED).await;
    assert!(client.published(URI, 1).await[0].get("codeDescription").is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_comment_that_suppresses_nothing_is_faded() {
    let text = "<!-- onrecord: ignore SRC02 no such thing here -->\n\n".to_owned() + BELIEVED;
    let faded = json!({ "tagSupport": { "valueSet": [1, 2] } });
    let mut client = Client::start(json!({ "textDocument": { "publishDiagnostics": faded } })).await;
    client.open(URI, "article", &text).await;
    let found = client.published(URI, 1).await;
    assert_eq!(codes(&found), ["ATT02", "ANN02"]);
    assert_eq!((found[0].get("tags"), &found[1]["tags"]), (None, &json!([1])));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_asks_is_never_told() {
    let mut client = Client::start(puller()).await;
    client.open(URI, "article", BELIEVED).await;
    let report = client.ask("textDocument/diagnostic", document(URI)).await;
    assert_eq!(report["kind"], "full");
    assert_eq!(codes(report["items"].as_array().unwrap()), ["ATT02"]);
    client.change(URI, 2, json!([{ "text": "" }])).await;
    client.notify("textDocument/didClose", document(URI)).await;
    let told = client.all(100).await;
    assert!(!told.iter().any(|message| message["method"] == PUBLISH), "{told:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_is_told_is_not_offered_to_ask() {
    for (capabilities, offered) in [(json!({}), false), (puller(), true)] {
        let mut client = Client::silent();
        let params = json!({ "processId": null, "capabilities": capabilities });
        let result = client.ask("initialize", params).await;
        let offer = &result["capabilities"]["diagnosticProvider"];
        assert_eq!(offer.is_object(), offered, "{result}");
        if offered {
            assert_eq!(offer["interFileDependencies"], true);
            assert_eq!(offer["workspaceDiagnostics"], true);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_not_changed_is_not_sent_again() {
    let mut client = Client::start(puller()).await;
    client.open(URI, "article", BELIEVED).await;
    let mut ask = document(URI);
    let first = client.ask("textDocument/diagnostic", ask.clone()).await;
    ask["previousResultId"] = first["resultId"].clone();
    client.change(URI, 2, json!([edit([0, 54, 0, 54], " Nobody saw him.")])).await;
    let second = client.ask("textDocument/diagnostic", ask.clone()).await;
    assert_eq!(second, json!({ "kind": "unchanged", "resultId": first["resultId"] }));
    client.change(URI, 3, json!([edit([0, 0, 0, 0], "\n")])).await;
    let third = client.ask("textDocument/diagnostic", ask).await;
    assert_eq!(third["kind"], "full");
    assert_ne!(third["resultId"], first["resultId"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn asking_about_a_document_that_is_not_open_finds_nothing() {
    let mut client = Client::start(puller()).await;
    let report = client.ask("textDocument/diagnostic", document(URI)).await;
    assert_eq!(report, json!({ "kind": "full", "items": [] }));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_the_document_has_overtaken_is_to_be_asked_again() {
    let mut client = Client::start(puller()).await;
    client.open(URI, "article", &format!("{BELIEVED}\n\n").repeat(10_000)).await;
    let id = client.request("textDocument/diagnostic", document(URI)).await;
    client.change(URI, 2, json!([{ "text": BELIEVED }])).await;
    let answer = client.response(id).await;
    assert_eq!(answer["error"]["code"], -32802, "{answer}");
    assert_eq!(answer["error"]["data"]["retriggerRequest"], true);
    let report = client.ask("textDocument/diagnostic", document(URI)).await;
    assert_eq!(codes(report["items"].as_array().unwrap()), ["ATT02"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_burst_only_what_is_true_at_the_time_is_published() {
    let mut client = Client::start(json!({})).await;
    let text = format!("{BELIEVED}\n\n").repeat(2_000);
    client.open(URI, "article", &text).await;
    let first = client.published(URI, 1).await;
    for version in 2..52 {
        client.change(URI, version, json!([edit([0, 0, 0, 0], "\n")])).await;
    }
    let last = client.published(URI, 51).await;
    assert_eq!(range(&last[0])[0], range(&first[0])[0] + 50);
    let before = client.all(100).await;
    let versions: Vec<i64> = before
        .iter()
        .filter(|message| message["method"] == PUBLISH)
        .map(|message| message["params"]["version"].as_i64().unwrap())
        .collect();
    assert!(versions.is_sorted() && versions.iter().all(|version| *version < 51), "{versions:?}");
    assert!(versions.len() < 25, "coalesced: {versions:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn columns_are_counted_as_the_client_counts() {
    for (offered, used, column) in [
        (json!(["utf-8", "utf-16"]), "utf-8", 7),
        (json!(["utf-16"]), "utf-16", 4),
        (json!(["utf-32", "utf-16"]), "utf-32", 3),
        (Value::Null, "utf-16", 4),
    ] {
        let mut client = Client::silent();
        let params = json!({ "processId": null, "capabilities": {
            "general": { "positionEncodings": offered },
        } });
        let result = client.ask("initialize", params).await;
        assert_eq!(result["capabilities"]["positionEncoding"], used);
        client.notify("initialized", json!({})).await;
        client.open(URI, "article", &format!("é𝄞 {BELIEVED}")).await;
        assert_eq!(range(&client.published(URI, 1).await[0]), [0, column, 0, column + 14], "{used}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lone_carriage_return_ends_a_line() {
    let mut client = Client::start(json!({})).await;
    client.open(URI, "article", &format!("He left in the morning.\r\r{BELIEVED}\r\n\r\n{BELIEVED}")).await;
    let lines: Vec<u64> = client.published(URI, 1).await.iter().map(|found| range(found)[0]).collect();
    assert_eq!(lines, [2, 4]);
}

#[tokio::test(flavor = "multi_thread")]
async fn plain_text_is_an_article_when_its_header_says_so() {
    let mut client = Client::start(json!({})).await;
    let uri = "file:///notes/todo.txt";
    client.open(uri, "plaintext", BELIEVED).await;
    assert!(client.published(uri, 1).await.is_empty());
    assert!(client.everything(uri).await.iter().all(Value::is_null));
    client.change(uri, 2, json!([edit([0, 0, 0, 0], " date 2022-10-09 ")])).await;
    assert_eq!(codes(&client.published(uri, 2).await), ["ATT02"]);
    client.change(uri, 3, json!([edit([0, 0, 0, 17], "")])).await;
    assert!(client.published(uri, 3).await.is_empty());
    client.open("untitled:1", "article", BELIEVED).await;
    assert_eq!(codes(&client.published("untitled:1", 1).await), ["ATT02"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clients_settings_are_in_force_at_once() {
    let mut client = Client::start(json!({ "workspace": { "configuration": true } })).await;
    let question = client.wait(|message| message["method"] == "workspace/configuration").await;
    assert_eq!(question["params"]["items"][0]["section"], "onrecord");
    client.open(URI, "article", BELIEVED).await;
    assert_eq!(codes(&client.published(URI, 1).await), ["ATT02"]);
    let answer = json!({ "jsonrpc": "2.0", "id": question["id"], "result": [{ "ignore": ["ATT"] }] });
    client.send(answer).await;
    assert!(client.published(URI, 1).await.is_empty());
    client.notify("workspace/didChangeConfiguration", json!({ "settings": null })).await;
    let question = client.wait(|message| message["method"] == "workspace/configuration").await;
    client.send(json!({ "jsonrpc": "2.0", "id": question["id"], "result": [null] })).await;
    assert_eq!(codes(&client.published(URI, 1).await), ["ATT02"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_that_is_opened_while_settings_come_has_them() {
    let mut client = Client::start(puller()).await;
    for round in 0..40 {
        let (ignore, expected) = if round % 2 == 0 { (json!(["ATT"]), 0) } else { (json!([]), 1) };
        let settings = json!({ "settings": { "onrecord": { "ignore": ignore } } });
        client.notify("workspace/didChangeConfiguration", settings).await;
        let uri = format!("file:///news/{round}.article");
        client.open(&uri, "article", BELIEVED).await;
        let found = |answer: &Value| answer["items"].as_array().is_some_and(|items| items.len() == expected);
        client.until("textDocument/diagnostic", &document(&uri), found).await;
    }
}
