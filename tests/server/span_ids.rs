//! The ids of spans in an editor, and canonical markup.

use serde_json::{Value, json};

use crate::client::{Client, URI, at};

const ARTICLE: &str = "[Zoë]{.source  #zoe} [said]{.cue for=c1} [it failed]{#c1 .claim by=zoe}, [twice]{.claim part-of=\"c1\"}.";

fn capabilities() -> Value {
    json!({ "textDocument": { "formatting": {}, "rangeFormatting": {}, "linkedEditingRange": {} } })
}

/// The place `after` the first `before` in the article, in UTF-16 units.
fn place(before: &str, after: u32) -> Value {
    let units = ARTICLE[..ARTICLE.find(before).unwrap()].encode_utf16().count();
    at(URI, 0, u32::try_from(units).unwrap() + after)
}

/// The columns at which `ranges` begin, each as a range or in one.
fn columns(ranges: &Value) -> Vec<u64> {
    let begin = |range: &Value| {
        let range = if range["range"].is_null() { range } else { &range["range"] };
        range["start"]["character"].as_u64().unwrap()
    };
    ranges.as_array().unwrap().iter().map(begin).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_id_and_its_uses_are_linked_highlighted_and_found() {
    let mut client = Client::start(capabilities()).await;
    client.open(URI, "article", ARTICLE).await;
    let linked = client.ask("textDocument/linkedEditingRange", place("for=c1", 5)).await;
    assert_eq!(columns(&linked["ranges"]), [37, 54, 97]);
    let seen = client.ask("textDocument/documentHighlight", place("#c1", 1)).await;
    assert_eq!(columns(&seen), [37, 54, 97]);
    let mut uses = place("by=zoe", 3);
    uses["context"] = json!({ "includeDeclaration": false });
    assert_eq!(columns(&client.ask("textDocument/references", uses).await), [67]);
    assert!(client.ask("textDocument/linkedEditingRange", at(URI, 0, 2)).await.is_null());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_span_is_renamed_in_one_edit_and_never_to_an_id_that_is_taken() {
    let mut client = Client::start(capabilities()).await;
    client.open(URI, "article", ARTICLE).await;
    let prepared = client.ask("textDocument/prepareRename", place("part-of=", 9)).await;
    assert_eq!(prepared["placeholder"], "c1");
    let renamed = |new: &str| {
        let mut params = place("#c1", 1);
        params["newName"] = json!(new);
        params
    };
    let edits = client.ask("textDocument/rename", renamed("failure")).await["changes"][URI].clone();
    assert_eq!((columns(&edits), &edits[0]["newText"]), (vec![37, 54, 97], &json!("failure")));
    for (new, why) in [("zoe", "another span"), ("1st", "a letter"), ("usa", "an actor"), ("none", "nobody")]
    {
        let refusal = client.error("textDocument/rename", renamed(new)).await;
        assert!(refusal["message"].to_string().contains(why), "{refusal}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn formatting_edits_the_braces_that_are_written_otherwise() {
    let mut client = Client::start(capabilities()).await;
    client.open(URI, "article", ARTICLE).await;
    let options = json!({ "tabSize": 4, "insertSpaces": true });
    let ask = json!({ "textDocument": { "uri": URI }, "options": options });
    let edits = client.ask("textDocument/formatting", ask.clone()).await;
    let texts: Vec<&Value> = edits.as_array().unwrap().iter().map(|edit| &edit["newText"]).collect();
    assert_eq!(texts, ["{#zoe .source}", "{.claim part-of=c1}"]);
    let mut part = ask;
    part["range"] = json!({ "start": { "line": 0, "character": 8 }, "end": { "line": 0, "character": 30 } });
    let edits = client.ask("textDocument/rangeFormatting", part).await;
    assert_eq!(columns(&edits), [5]);
}
