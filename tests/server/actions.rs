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
        assert_eq!(all.len(), 1, "{only}: {actions}");
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

#[tokio::test(flavor = "multi_thread")]
async fn an_article_is_annotated_and_its_drafts_are_accepted_or_removed() {
    let mut client = Client::start(capabilities(true)).await;
    let text = "Pakistan condemned the raid.";
    client.open(URI, "article", text).await;
    let actions = offered(&mut client, [3, 3], "source").await;
    assert_eq!(actions.len(), 1);
    assert_eq!(actions[0]["title"], "Annotate this article");
    assert_eq!(actions[0]["kind"], "source.onrecord.annotate");
    let changes = actions[0]["edit"]["documentChanges"][0]["edits"].clone();
    // A client that counts as the text does can make the edits from the last to the first.
    let Value::Array(changes) = changes else { panic!("{changes}") };
    let mut drafted = text.to_owned();
    for change in changes.iter().rev() {
        let at = usize::try_from(change["range"]["start"]["character"].as_u64().unwrap()).unwrap();
        drafted.insert_str(at, change["newText"].as_str().unwrap());
    }
    assert_eq!(
        drafted,
        "[Pakistan]{#s1 .source .draft anon=named ref=pak} [condemned]{.cue .draft for=c1} [the raid]{#c1 .claim .draft by=s1 stance=oppose}."
    );
    client.change(URI, 2, json!([{ "text": drafted }])).await;
    let actions = offered(&mut client, [3, 3], "source").await;
    let titles: Vec<&str> = actions.iter().filter_map(|action| action["title"].as_str()).collect();
    assert_eq!(titles, ["Remove the drafts"]);
    let column = u32::try_from(drafted.find("the raid").unwrap()).unwrap();
    let accept = offered(&mut client, [column, column], "refactor").await;
    assert_eq!(accept[0]["title"], "Accept this draft and what it names");
    assert_eq!(accept[0]["edit"]["documentChanges"][0]["edits"].as_array().map(Vec::len), Some(2));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_two_coders_disagree_on_is_settled() {
    let mut client = Client::start(capabilities(true)).await;
    let merged = "[[It failed]{.claim .alternative alt=1 by=none from=b stance=oppose}]{.claim .alternative alt=1 by=none from=a stance=support}.";
    client.open(URI, "article", merged).await;
    let ways = offered(&mut client, [4, 4], "refactor.rewrite.settle").await;
    let titles: Vec<&str> = ways.iter().filter_map(|way| way["title"].as_str()).collect();
    assert_eq!(
        titles,
        [
            "Take A's: claim “It failed”, by=none, stance=support",
            "Take B's: claim “It failed”, by=none, stance=oppose",
            "Take both",
        ]
    );
    let edits = ways[0]["edit"]["documentChanges"][0]["edits"].as_array().unwrap();
    let mut settled = merged.to_owned();
    for edit in edits.iter().rev() {
        let place = |end: &str| usize::try_from(edit["range"][end]["character"].as_u64().unwrap()).unwrap();
        settled.replace_range(place("start")..place("end"), edit["newText"].as_str().unwrap());
    }
    assert_eq!(settled, "[It failed]{.claim by=none stance=support}.");
    assert!(
        offered(&mut client, [113, 113], "quickfix").await.iter().all(|action| action["kind"] == "quickfix")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_light_bulb_does_not_ask_for_a_draft_of_the_whole_article() {
    let mut client = Client::start(capabilities(true)).await;
    client.open(URI, "article", "Pakistan condemned the raid.").await;
    let mut ask = at(URI, 0, 3);
    ask["context"]["triggerKind"] = json!(2);
    let Value::Array(actions) = client.ask("textDocument/codeAction", ask).await else { panic!("no list") };
    assert!(actions.iter().all(|action| action["kind"] != "source.onrecord.annotate"), "{actions:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_asks_the_client_to_annotate() {
    let mut client = Client::start(json!({
        "workspace": { "applyEdit": true, "workspaceEdit": { "documentChanges": true } },
    }))
    .await;
    client.open(URI, "article", "Pakistan condemned the raid.").await;
    let command = json!({ "command": "onrecord.annotate", "arguments": [URI] });
    let id = client.request("workspace/executeCommand", command).await;
    let asked = client.wait(|message| message["method"] == "workspace/applyEdit").await;
    assert_eq!(
        asked["params"]["edit"]["documentChanges"][0]["textDocument"],
        json!({ "uri": URI, "version": 1 })
    );
    client.send(json!({ "jsonrpc": "2.0", "id": asked["id"], "result": { "applied": true } })).await;
    assert!(client.response(id).await["result"].as_u64() > Some(0));

    // An article without drafts needs no edit.
    let command = json!({ "command": "onrecord.removeDrafts", "arguments": [URI] });
    assert_eq!(client.ask("workspace/executeCommand", command).await, 0);
    let nowhere = json!({ "command": "onrecord.annotate", "arguments": ["file:///no.article"] });
    assert_eq!(client.refusal("workspace/executeCommand", nowhere).await, -32602);
    let unknown = json!({ "command": "onrecord.fly", "arguments": [URI] });
    assert_eq!(client.refusal("workspace/executeCommand", unknown).await, -32602);
}
