//! Annotations beside an article: they are seen in it, and what has no place any more is said where it was.

use serde_json::{Value, json};
use tempfile::TempDir;

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

/// An article whose claim is named beside it, and the file beside it, written by another program.
const NAMED: &str = "---\nactors:\n  lee: {name: Ann Lee, kind: person}\n---\n[Ann Lee]{#s1 .source ref=lee} said [the bridge]{.actor} is safe.\n";
const BESIDE: &str = r##"{ "items": [ { "id": "#1", "body": [
  { "type": "TextualBody", "purpose": "classifying", "value": "claim" },
  { "type": "onrecord:Span", "onrecord:id": "c1", "onrecord:by": "s1  actor:lee", "onrecord:on": "s1" } ],
  "target": { "selector": [ { "type": "TextQuoteSelector", "exact": "the bridge is safe" } ] } } ] }
"##;

/// The texts of the two after the rename of what stands behind `before` in the article.
async fn renamed(client: &mut Client, folder: &TempDir, before: &str, new: &str) -> [String; 2] {
    let (line, text) = NAMED.lines().enumerate().find(|(_, line)| line.contains(before)).unwrap();
    let column = text.find(before).unwrap() + before.len();
    let mut ask = at(&uri(folder, "b.article"), line.try_into().unwrap(), column.try_into().unwrap());
    ask["newName"] = json!(new);
    let edit = client.ask("textDocument/rename", ask).await;
    [("b.article", NAMED), ("b.article.json", BESIDE)].map(|(name, text)| {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let mut edits = edit["changes"][uri(folder, name)].as_array().cloned().unwrap_or_default();
        edits.sort_by_key(|edit| std::cmp::Reverse(edit["range"]["start"]["character"].as_u64()));
        for edit in edits {
            let place =
                |end: &str, key: &str| usize::try_from(edit["range"][end][key].as_u64().unwrap()).unwrap();
            let columns = place("start", "character")..place("end", "character");
            lines[place("start", "line")].replace_range(columns, edit["newText"].as_str().unwrap());
        }
        lines.join("\n") + "\n"
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn an_id_is_renamed_in_the_file_beside_the_article_too() {
    let folder = folder(&[("b.article", NAMED), ("b.article.json", BESIDE)]);
    let mut client = Client::start(json!({})).await;
    client.open(&uri(&folder, "b.article"), "article", NAMED).await;

    let [article, beside] = renamed(&mut client, &folder, "{#", "mayor").await;
    assert_eq!(article, NAMED.replace("#s1", "#mayor"));
    assert_eq!(beside, BESIDE.replace("s1", "mayor"));

    let [article, beside] = renamed(&mut client, &folder, "ref=", "ann-lee").await;
    assert_eq!(article, NAMED.replace("lee:", "ann-lee:").replace("=lee", "=ann-lee"));
    assert_eq!(beside, BESIDE.replace("actor:lee", "actor:ann-lee"));

    // The id of a span that stands beside the article is taken.
    let mut ask = at(&uri(&folder, "b.article"), 4, 11);
    ask["newName"] = json!("c1");
    let refusal = client.error("textDocument/rename", ask).await;
    assert!(refusal["message"].to_string().contains("another span"), "{refusal}");

    // What is open in the editor counts, not what is on disk.
    let open = BESIDE.replace("\"onrecord:on\"", "\"onrecord:note\"");
    client.open(&uri(&folder, "b.article.json"), "json", &open).await;
    let [_, beside] = renamed(&mut client, &folder, "{#", "mayor").await;
    assert_eq!(beside, BESIDE.replace("\"s1  ", "\"mayor  "));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_actor_of_the_registry_is_renamed_in_the_files_beside_all_articles() {
    let registry = "[lee]\nname = \"Ann Lee\"\nkind = \"person\"\n";
    let (open, closed) = ("[Ann Lee]{.source ref=lee} left.\n", "Ann Lee said the bridge is safe.\n");
    let folder = folder(&[
        ("actors.toml", registry),
        ("a.article", open),
        ("b.article", closed),
        ("b.article.json", &BESIDE.replace("s1  actor:lee", "lee")),
    ]);
    let mut client = Client::silent();
    let folders = json!([{ "uri": uri(&folder, ""), "name": "news" }]);
    client
        .ask("initialize", json!({ "processId": null, "capabilities": {}, "workspaceFolders": folders }))
        .await;
    client.notify("initialized", json!({})).await;
    let article = uri(&folder, "a.article");
    client.open(&article, "article", open).await;
    let mut ask = at(&article, 0, 23);
    ask["newName"] = json!("ann-lee");
    let mut changes = Value::Null;
    // Until the folder is read only what is open is known.
    for _ in 0..200 {
        changes = client.ask("textDocument/rename", ask.clone()).await["changes"].clone();
        if !changes[uri(&folder, "b.article.json")].is_null() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    let edited = |name: &str| changes[uri(&folder, name)][0]["newText"].clone();
    assert_eq!(["a.article", "b.article.json", "actors.toml"].map(edited), ["ann-lee"; 3]);
    assert!(changes[uri(&folder, "b.article")].is_null(), "{changes}");
}
