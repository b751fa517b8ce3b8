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

/// What is left of `actions` of the kind `kind`.
fn of_kind<'a>(actions: &'a Value, kind: &str) -> Vec<&'a Value> {
    actions.as_array().unwrap().iter().filter(|action| action["kind"] == kind).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn all_safe_fixes_are_one_action_for_those_who_ask() {
    let mut client = Client::start(capabilities(true)).await;
    let text = format!("{MISSPELT}\n\nHe said: ”We go.”\n\nLee, the mayor, insisted that it was open.\n");
    client.open(URI, "article", &text).await;
    for only in ["source", "source.fixAll", "source.fixAll.onrecord"] {
        let mut ask = at(URI, 0, 0);
        ask["context"]["only"] = json!([only]);
        let actions = client.ask("textDocument/codeAction", ask).await;
        let all = of_kind(&actions, "source.fixAll.onrecord");
        assert_eq!((all.len(), actions.as_array().unwrap().len()), (1, 1), "{only}: {actions}");
        let edits = all[0]["edit"]["documentChanges"][0]["edits"].as_array().unwrap();
        let texts: Vec<&str> = edits.iter().filter_map(|edit| edit["newText"].as_str()).collect();
        assert_eq!(texts, ["outlet: Tribune\n", "He said: “We go.”\n"], "what may change the meaning stays");
    }
    let asked = client.ask("textDocument/codeAction", at(URI, 0, 0)).await;
    assert_eq!(of_kind(&asked, "source.fixAll.onrecord"), Vec::<&Value>::new());
    // Nothing to mend, nothing offered.
    client.change(URI, 2, json!([{ "text": "The senate met." }])).await;
    let mut ask = at(URI, 0, 0);
    ask["context"]["only"] = json!(["source.fixAll"]);
    assert_eq!(client.ask("textDocument/codeAction", ask).await, json!([]));
}
