//! Actors over a folder: the registry, references, renaming, symbols, and what the index knows.

use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::client::{Client, URI, at, codes, edit};

const REGISTRY: &str =
    "[keller]\nname = \"Maria Keller\"\n[[keller.roles]]\ntitle = \"Mayor\"\n\n[ek]\nname = \"Bo Ek\"\n";
const ARTICLE: &str =
    "date 2022-10-09 Maria Keller spoke. She left. [The mayor]{.source ref=keller} said so, Keller said.";

/// A folder with a registry and two articles, and a client that works in it.
async fn folder(capabilities: Value) -> (TempDir, Client) {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in
        [("actors.toml", REGISTRY), ("a.article", ARTICLE), ("b.article", "Maria Keller left.")]
    {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let mut client = Client::silent();
    let root = uri(folder.path(), "");
    let params = json!({
        "processId": null,
        "capabilities": capabilities,
        "workspaceFolders": [{ "uri": root, "name": "news" }],
    });
    client.ask("initialize", params).await;
    client.notify("initialized", json!({})).await;
    (folder, client)
}

fn uri(folder: &Path, name: &str) -> String {
    let folder = folder.canonicalize().unwrap();
    format!("file://{}/{name}", folder.display()).trim_end_matches('/').to_owned()
}

fn versioned() -> Value {
    json!({ "workspace": { "workspaceEdit": { "documentChanges": true, "resourceOperations": ["create"] } } })
}

#[tokio::test(flavor = "multi_thread")]
async fn the_registry_has_its_faults_shown_and_counts_unsaved() {
    let (folder, mut client) = folder(json!({})).await;
    let (registry, article) = (uri(folder.path(), "actors.toml"), uri(folder.path(), "a.article"));
    client.open(&article, "article", ARTICLE).await;
    client.open(&registry, "toml", &REGISTRY.replace("name = \"Bo Ek\"", "nam = \"Bo Ek\"")).await;
    let faults = client.published(&registry, 1).await;
    assert_eq!(codes(&faults), ["actors", "actors"]);
    client.change(&registry, 2, json!([{ "text": REGISTRY.replace("Mayor", "Chief Mason") }])).await;
    assert_eq!(client.published(&registry, 2).await, Vec::<Value>::new());
    let hover = client.ask("textDocument/hover", at(&article, 0, 20)).await;
    assert!(hover["contents"]["value"].as_str().unwrap().contains("Chief Mason"), "{hover}");
    let entry = client.ask("textDocument/definition", at(&article, 0, 20)).await;
    assert_eq!(
        (entry["uri"].as_str(), entry["range"]["start"]["line"].as_u64()),
        (Some(&*registry), Some(0))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn references_are_found_in_the_article_the_folder_and_the_registry() {
    let (folder, mut client) = folder(json!({})).await;
    let article = uri(folder.path(), "a.article");
    client.open(&article, "article", ARTICLE).await;
    let highlights = client.ask("textDocument/documentHighlight", at(&article, 0, 20)).await;
    // Full name, pronoun, office, id, surname.
    assert_eq!(highlights.as_array().unwrap().len(), 5, "{highlights}");
    let mut params = at(&article, 0, 20);
    params["context"] = json!({ "includeDeclaration": true });
    let of = |answer: &Value, name: &str| {
        answer.as_array().unwrap().iter().filter(|place| place["uri"] == uri(folder.path(), name)).count()
    };
    let found = client.until("textDocument/references", &params, |answer| of(answer, "b.article") > 0).await;
    assert_eq!((of(&found, "a.article"), of(&found, "b.article"), of(&found, "actors.toml")), (5, 1, 2));
    let hover = client.ask("textDocument/hover", at(&article, 0, 20)).await;
    let text = hover["contents"]["value"].as_str().unwrap();
    assert!(text.contains("In 2 articles of this folder: 1 claim"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn references_are_found_in_an_open_article_that_is_typed_in_meanwhile() {
    let mut client = Client::start(json!({})).await;
    let long = "file:///news/long.article";
    client.open(URI, "article", "Angela Merkel left.\n").await;
    let paragraph = "The minister said on Monday that the road to the harbour was closed.\n\n".repeat(300);
    client.open(long, "article", &format!("Angela Merkel spoke.\n\n{paragraph}")).await;
    let mut params = at(URI, 0, 9);
    params["context"] = json!({ "includeDeclaration": true });
    for version in 2..22 {
        let text = format!("Angela Merkel spoke.\n\n{version}{}", paragraph.replace("Monday", "Tuesday"));
        client.change(long, 2 * version, json!([{ "text": text }])).await;
        let asked = client.request("textDocument/references", params.clone()).await;
        tokio::time::sleep(Duration::from_millis(u64::try_from(version).unwrap())).await;
        client.change(long, 2 * version + 1, json!([{ "text": text.replace("Tuesday", "Friday") }])).await;
        let found = client.response(asked).await["result"].take();
        assert!(found.to_string().contains(long), "{found}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_id_is_renamed_everywhere_in_one_edit_with_versions() {
    let (folder, mut client) = folder(versioned()).await;
    let (registry, article) = (uri(folder.path(), "actors.toml"), uri(folder.path(), "a.article"));
    client.open(&article, "article", ARTICLE).await;
    let place = at(&article, 0, u32::try_from(ARTICLE.find("keller}").unwrap()).unwrap() + 2);
    let prepared = client.ask("textDocument/prepareRename", place.clone()).await;
    assert_eq!(prepared["placeholder"], "keller");
    let mut params = place.clone();
    params["newName"] = json!("person/keller");
    let renamed = client.ask("textDocument/rename", params).await;
    let changes = renamed["documentChanges"].as_array().unwrap();
    let of = |uri: &str| changes.iter().find(|change| change["textDocument"]["uri"] == uri).unwrap();
    assert_eq!(of(&article)["textDocument"]["version"], 1);
    assert_eq!(of(&article)["edits"][0]["newText"], "person/keller");
    assert!(of(&registry)["textDocument"]["version"].is_null());
    let edits = of(&registry)["edits"].as_array().unwrap();
    assert_eq!((edits.len(), &edits[1]["newText"]), (2, &json!("\"person/keller\"")));
    let mut taken = place;
    taken["newName"] = json!("ek");
    client.refusal("textDocument/rename", taken).await;
    assert!(client.ask("textDocument/prepareRename", at(&article, 0, 20)).await.is_null());
}

#[tokio::test(flavor = "multi_thread")]
async fn symbols_are_the_registrys_and_the_articles_and_follow_the_disk() {
    let (folder, mut client) = folder(json!({})).await;
    let found = client.ask("workspace/symbol", json!({ "query": "boek" })).await;
    assert_eq!((&found[0]["name"], &found[0]["containerName"]), (&json!("Bo Ek"), &json!("person")));
    let ask = json!({ "query": "Petra" });
    assert_eq!(client.ask("workspace/symbol", ask.clone()).await, json!([]));
    std::fs::write(folder.path().join("c.article"), "Petra Lindqvist spoke. Petra Lindqvist left.").unwrap();
    let changed = json!({ "changes": [{ "uri": uri(folder.path(), "c.article"), "type": 1 }] });
    client.notify("workspace/didChangeWatchedFiles", changed).await;
    let found = client.until("workspace/symbol", &ask, |answer| !answer[0].is_null()).await;
    assert_eq!(found[0]["name"], "Petra Lindqvist");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_is_added_to_the_registry_by_an_edit_of_its_version() {
    let mut capabilities = versioned();
    capabilities["textDocument"] = json!({ "codeAction": {
        "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix"] } },
    } });
    let (folder, mut client) = folder(capabilities).await;
    let (registry, article) = (uri(folder.path(), "actors.toml"), uri(folder.path(), "c.article"));
    client.open(&registry, "toml", REGISTRY).await;
    client.open(&article, "article", "Petra Lindqvist spoke.").await;
    let actions = client.ask("textDocument/codeAction", at(&article, 0, 3)).await;
    let action = actions
        .as_array()
        .unwrap()
        .iter()
        .find(|action| action["title"] == "Add Petra Lindqvist to actors.toml");
    let change = &action.unwrap()["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"], json!({ "uri": registry, "version": 1 }));
    let written = change["edits"][0]["newText"].as_str().unwrap();
    assert_eq!(written, "\n[petra-lindqvist]\nname = \"Petra Lindqvist\"\nkind = \"person\"\n");
    client.change(&registry, 2, json!([edit([7, 0, 7, 0], written)])).await;
    let actions = client.ask("textDocument/codeAction", at(&article, 0, 3)).await;
    assert!(!actions.to_string().contains("actors.toml"), "{actions}");
}
