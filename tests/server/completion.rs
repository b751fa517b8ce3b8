//! What is offered at the cursor.

use serde_json::{Value, json};

use crate::client::{Client, URI, at};

/// The labels offered at the end of `before`, in the order an editor shows them, and which of them is preselected.
async fn offered(before: &str, after: &str) -> (Vec<String>, Vec<String>) {
    let mut client = Client::start(json!({})).await;
    client.open(URI, "article", &format!("{before}{after}")).await;
    let mut ask = at(URI, 0, u32::try_from(before.len()).unwrap());
    ask["context"] = json!({ "triggerKind": 1 });
    let Value::Array(mut items) = client.ask("textDocument/completion", ask).await else { panic!("no list") };
    items.sort_by_key(|item| item["sortText"].as_str().map(str::to_owned));
    let label = |item: &Value| item["label"].as_str().unwrap().to_owned();
    let preselected = items.iter().filter(|item| item["preselect"] == true).map(label).collect();
    (items.iter().map(label).collect(), preselected)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_stance_the_cue_tells_is_first_and_preselected() {
    let (labels, preselected) =
        offered("The union [condemned]{.cue for=c1} [the closure]{#c1 .claim by=none stance=", "}.").await;
    assert_eq!(labels, ["oppose", "support", "neutral", "mixed", "unrelated"]);
    assert_eq!(preselected, ["oppose"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cue_that_takes_no_side_preselects_nothing() {
    let (labels, preselected) =
        offered("The union [discussed]{.cue for=c1} [the closure]{#c1 .claim by=none stance=", "}.").await;
    assert_eq!(labels, ["support", "oppose", "neutral", "mixed", "unrelated"]);
    assert_eq!(preselected, [] as [&str; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_space_between_words_is_answered_with_nothing_and_in_braces_with_keys() {
    let mut client = Client::start(json!({})).await;
    let text = "Lee said [it failed]{.claim } on Monday ";
    client.open(URI, "article", text).await;
    let ask = |column: usize| {
        let mut ask = at(URI, 0, u32::try_from(column).unwrap());
        ask["context"] = json!({ "triggerKind": 2, "triggerCharacter": " " });
        ask
    };
    assert_eq!(client.ask("textDocument/completion", ask(text.len())).await, Value::Null);
    let keys = client.ask("textDocument/completion", ask(text.find('}').unwrap())).await;
    assert_eq!(keys[0]["label"], "by");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_class_comes_with_tab_stops_where_there_are_such() {
    let completion = json!({ "completionItem": { "snippetSupport": true } });
    let mut client = Client::start(json!({ "textDocument": { "completion": completion } })).await;
    client.open(URI, "article", "[it failed]{").await;
    let mut ask = at(URI, 0, 12);
    ask["context"] = json!({ "triggerKind": 1 });
    let items = client.ask("textDocument/completion", ask).await;
    let Value::Array(items) = items else { panic!("no list") };
    let claim = items.iter().find(|item| item["label"] == ".claim").unwrap();
    assert_eq!(claim["textEdit"]["newText"], ".claim by=$1 stance=$2");
    assert_eq!(claim["insertTextFormat"], 2);
    let source = items.iter().find(|item| item["label"] == ".source").unwrap();
    assert_eq!(source["textEdit"]["newText"], ".source anon=$1");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_is_offered_and_never_preselected() {
    let (labels, preselected) = offered("Maria Keller spoke. Later Kel", " left.").await;
    assert_eq!(labels[0], "Maria Keller");
    assert_eq!(preselected, [] as [&str; 0]);
}
