//! What is told in parts, or later when it is asked for.

use serde_json::{Value, json};

use crate::client::{Client, URI, at};

const OTHER: &str = "file:///news/b.article";

#[tokio::test(flavor = "multi_thread")]
async fn references_come_an_article_at_a_time_where_the_client_asks_for_that() {
    let mut client = Client::start(json!({})).await;
    let text = "Angela Merkel left.\n";
    client.open(URI, "article", text).await;
    client.open(OTHER, "article", text).await;
    let mut params = at(URI, 0, 9);
    params["context"] = json!({ "includeDeclaration": true });
    let whole = client.ask("textDocument/references", params.clone()).await;
    params["partialResultToken"] = json!("places");
    let rest = client.ask("textDocument/references", params).await;
    let told = client.all_so_far();
    let parts: Vec<&Value> = told.iter().filter(|message| message["method"] == "$/progress").collect();
    assert!(parts.iter().all(|part| part["params"]["token"] == "places"), "{parts:?}");
    let values = parts.iter().flat_map(|part| part["params"]["value"].as_array().unwrap());
    assert_eq!((parts.len(), rest), (2, json!([])));
    assert_eq!(Value::from(values.cloned().collect::<Vec<_>>()), whole);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_actor_is_described_when_the_list_shows_it() {
    let item =
        json!({ "documentationFormat": ["markdown"], "resolveSupport": { "properties": ["documentation"] } });
    let completion = json!({ "completion": { "completionItem": item } });
    let mut client = Client::start(json!({ "textDocument": completion })).await;
    let text = "[Merkel]{.actor ref=}";
    client.open(URI, "article", text).await;
    let column = u32::try_from(text.len()).unwrap() - 1;
    let mut params = at(URI, 0, column);
    params["context"] = json!({ "triggerKind": 1 });
    let items = client.ask("textDocument/completion", params).await;
    let germany = items.as_array().unwrap().iter().find(|item| item["label"] == "deu").unwrap().clone();
    assert_eq!(germany["documentation"], Value::Null);
    let shown = client.ask("completionItem/resolve", germany).await;
    assert!(shown["documentation"]["value"].as_str().unwrap().starts_with("**Germany** — "), "{shown}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_article_is_annotated_when_the_action_is_taken_and_the_text_is_the_same() {
    let lazily = json!({
        "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["source"] } },
        "dataSupport": true,
        "resolveSupport": { "properties": ["edit"] },
    });
    let mut client = Client::start(json!({ "textDocument": { "codeAction": lazily } })).await;
    client.open(URI, "article", "Pakistan condemned the raid.").await;
    let mut params = at(URI, 0, 0);
    params["context"]["only"] = json!(["source.onrecord.annotate"]);
    let actions = client.ask("textDocument/codeAction", params).await;
    assert_eq!((&actions[0]["title"], &actions[0]["edit"]), (&json!("Annotate this article"), &Value::Null));
    let taken = client.ask("codeAction/resolve", actions[0].clone()).await;
    assert!(taken["edit"]["changes"][URI].as_array().is_some_and(|edits| !edits.is_empty()), "{taken}");
    client.change(URI, 2, json!([{ "text": "Pakistan condemned the raids." }])).await;
    assert_eq!(client.refusal("codeAction/resolve", actions[0].clone()).await, -32801);
}
