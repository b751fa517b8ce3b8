//! Fixes as code actions.

use serde_json::{Value, json};

use crate::client::{Client, URI, at};

/// A misspelt key, which HDR01 knows the right spelling of.
const MISSPELT: &str = "---\ndate: 2022-10-09\noutlt: Tribune\n---\nThe senate met.";

fn capabilities(versioned: bool) -> Value {
    json!({
        "textDocument": { "codeAction": {
            "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix"] } },
            "isPreferredSupport": true,
        } },
        "workspace": { "workspaceEdit": { "documentChanges": versioned } },
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fix_is_an_edit_of_the_version_it_is_for() {
    let mut client = Client::start(capabilities(true)).await;
    client.open(URI, "article", MISSPELT).await;
    let actions = client.ask("textDocument/codeAction", at(URI, 2, 3)).await;
    assert_eq!(actions[0]["kind"], "quickfix");
    assert_eq!(actions[0]["isPreferred"], true);
    assert_eq!(actions[0]["diagnostics"][0]["code"], "HDR01");
    assert_eq!(
        actions[0]["edit"]["documentChanges"],
        json!([{
            "textDocument": { "uri": URI, "version": 1 },
            "edits": [{
                "range": { "start": { "line": 2, "character": 0 }, "end": { "line": 2, "character": 5 } },
                "newText": "outlet",
            }],
        }])
    );
    let elsewhere = client.ask("textDocument/codeAction", at(URI, 4, 3)).await;
    assert_eq!(elsewhere, json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_without_versions_gets_plain_changes() {
    let mut client = Client::start(capabilities(false)).await;
    client.open(URI, "article", MISSPELT).await;
    let actions = client.ask("textDocument/codeAction", at(URI, 2, 0)).await;
    assert_eq!(actions[0]["edit"]["changes"][URI][0]["newText"], "outlet");
}

#[tokio::test(flavor = "multi_thread")]
async fn other_kinds_of_action_are_not_ours() {
    let mut client = Client::start(capabilities(true)).await;
    client.open(URI, "article", MISSPELT).await;
    let mut ask = at(URI, 2, 3);
    ask["context"]["only"] = json!(["refactor"]);
    assert_eq!(client.ask("textDocument/codeAction", ask).await, json!([]));
}

/// The actions offered for the columns `from..to` of the first line, of the kinds `only`.
async fn offered(client: &mut Client, columns: [u32; 2], only: &str) -> Vec<Value> {
    let [from, to] = columns;
    let mut ask = at(URI, 0, from);
    ask["range"]["end"] = json!({ "line": 0, "character": to });
    ask["context"]["only"] = json!([only]);
    match client.ask("textDocument/codeAction", ask).await {
        Value::Array(actions) => actions,
        other => panic!("{other}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn selected_words_are_marked_as_what_they_are() {
    let mut client = Client::start(capabilities(true)).await;
    client.open(URI, "article", "Pakistan condemned the raid.\n").await;
    let actions = offered(&mut client, [18, 27], "refactor.rewrite").await;
    let titles: Vec<&str> = actions.iter().filter_map(|action| action["title"].as_str()).collect();
    assert_eq!(
        titles,
        [
            "Mark as claim",
            "Mark as source",
            "Mark as cue",
            "Mark as actor",
            "Mark as quote",
            "Mark as own reporting"
        ]
    );
    assert_eq!(
        actions[0]["edit"]["documentChanges"],
        json!([{
            "textDocument": { "uri": URI, "version": 1 },
            "edits": [
                { "range": { "start": { "line": 0, "character": 19 }, "end": { "line": 0, "character": 19 } },
                  "newText": "[" },
                { "range": { "start": { "line": 0, "character": 27 }, "end": { "line": 0, "character": 27 } },
                  "newText": "]{#c1 .claim by=pak stance=oppose}" },
            ],
        }])
    );
    // A key for one class asks for its kind alone.
    assert_eq!(offered(&mut client, [18, 27], "refactor.rewrite.mark.own").await.len(), 1);
    assert_eq!(offered(&mut client, [18, 27], "refactor.extract").await, [] as [Value; 0]);
    assert_eq!(offered(&mut client, [18, 18], "refactor.rewrite").await, [] as [Value; 0]);
}
