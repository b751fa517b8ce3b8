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
