//! Annotations beside an article: they are seen in it, and what has no place any more is said where it was.

use serde_json::{Value, json};

use crate::client::{Client, at};
use crate::config::{folder, uri, watched};

const ARTICLE: &str = "Ann Lee said the bridge over the river is safe.\n";

/// A page that marks `words` of [`ARTICLE`] as a claim of Ann Lee.
fn page(words: &str) -> String {
    let selector = json!([{ "type": "TextQuoteSelector", "exact": words, "prefix": "said ", "suffix": "." }]);
    let span = json!({ "type": "onrecord:Span", "onrecord:id": "c1", "onrecord:by": "none" });
    let class = json!({ "type": "TextualBody", "purpose": "classifying", "value": "claim" });
    let item = json!({ "id": "#1", "body": [class, span], "target": { "selector": selector } });
    json!({ "type": "AnnotationPage", "items": [item] }).to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_stands_beside_an_article_is_seen_in_it_and_said_where_it_is_gone() {
    let folder =
        folder(&[("b.article", ARTICLE), ("b.article.json", &page("the old dam would not hold the water"))]);
    let mut client = Client::start(json!({})).await;
    let (article, file) = (uri(&folder, "b.article"), uri(&folder, "b.article.json"));
    client.open(&article, "article", ARTICLE).await;
    let lost = client.published(&article, 1).await;
    let message = lost[0]["message"].as_str().unwrap();
    assert!(message.starts_with("#1 in b.article.json marks 'the old dam"), "{message}");

    std::fs::write(folder.path().join("b.article.json"), page("the bridge over the river is safe")).unwrap();
    watched(&mut client, &folder, "b.article.json").await;
    assert_eq!(client.published(&article, 1).await, Vec::<Value>::new());
    let hover = client.ask("textDocument/hover", at(&article, 0, 30)).await.to_string();
    assert!(hover.contains("Marked by hand, in the file beside the article."), "{hover}");
    client.change(&article, 2, json!([{ "text": format!("On Monday {ARTICLE}") }])).await;
    assert_eq!(client.published(&article, 2).await, Vec::<Value>::new());

    // What is open in the editor counts, and what is wrong in it is said there.
    client.open(&file, "json", "{\n  \"items\": [}").await;
    let broken = client.published(&file, 1).await;
    assert_eq!(broken[0]["range"]["start"]["line"], 1, "{broken:?}");
    let told = client.published(&article, 2).await;
    assert!(told[0]["message"].as_str().unwrap().starts_with("b.article.json, line 2: "), "{told:?}");
}
