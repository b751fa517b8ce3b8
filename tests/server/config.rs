//! `onrecord.toml` in the editor: its settings hold for the articles below it, at once.

use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::client::{BELIEVED, Client, at, codes, range};

/// A folder with these files.
pub(crate) fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

pub(crate) fn uri(folder: &TempDir, name: &str) -> String {
    format!("file://{}/{name}", folder.path().canonicalize().unwrap().display())
}

/// What a client finds in an article with [`BELIEVED`] at `name`.
pub(crate) async fn found(client: &mut Client, folder: &TempDir, name: &str) -> Vec<Value> {
    let article = uri(folder, name);
    client.open(&article, "article", BELIEVED).await;
    client.published(&article, 1).await
}

pub(crate) async fn watched(client: &mut Client, folder: &TempDir, name: &str) {
    let changed = json!({ "changes": [{ "uri": uri(folder, name), "type": 2 }] });
    client.notify("workspace/didChangeWatchedFiles", changed).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_nearest_file_and_its_overrides_hold_for_an_article() {
    let folder = folder(&[
        (
            "onrecord.toml",
            "[severity]\nATT02 = \"hint\"\n[[override]]\nfiles = [\"quiet/\"]\nignore = [\"ATT\"]\n",
        ),
        ("desk/onrecord.toml", "[severity]\nATT02 = \"error\"\n"),
    ]);
    let mut client = Client::start(json!({})).await;
    let severity = |found: &[Value]| found[0]["severity"].as_u64();
    assert_eq!(severity(&found(&mut client, &folder, "a.article").await), Some(4));
    assert_eq!(severity(&found(&mut client, &folder, "desk/a.article").await), Some(1));
    assert_eq!(found(&mut client, &folder, "quiet/a.article").await, Vec::<Value>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_file_includes_is_an_article_without_a_header_too() {
    let folder = folder(&[("onrecord.toml", "include = [\"copy/*.md\"]\n")]);
    let mut client = Client::start(json!({})).await;
    let article = uri(&folder, "copy/a.md");
    client.open(&article, "markdown", BELIEVED).await;
    assert_eq!(codes(&client.published(&article, 1).await), ["ATT02"]);
    std::fs::write(folder.path().join("onrecord.toml"), "").unwrap();
    watched(&mut client, &folder, "onrecord.toml").await;
    assert_eq!(client.published(&article, 1).await, Vec::<Value>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_client_selects_and_ignores_comes_on_top() {
    let folder = folder(&[("onrecord.toml", "select = [\"SRC\"]\n[severity]\nATT = \"error\"\n")]);
    let mut client = Client::start(json!({})).await;
    assert_eq!(found(&mut client, &folder, "a.article").await, Vec::<Value>::new());
    let article = uri(&folder, "a.article");
    let settings = json!({ "settings": { "onrecord": { "select": ["ATT"] } } });
    client.notify("workspace/didChangeConfiguration", settings).await;
    let found = client.published(&article, 1).await;
    assert_eq!((codes(&found), found[0]["severity"].as_u64()), (vec!["ATT02"], Some(1)));
    let settings = json!({ "settings": { "onrecord": { "select": ["ATT"], "ignore": ["ATT02"] } } });
    client.notify("workspace/didChangeConfiguration", settings).await;
    assert_eq!(client.published(&article, 1).await, Vec::<Value>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_on_disk_is_seen_at_once() {
    let folder = folder(&[]);
    let mut client = Client::start(json!({})).await;
    assert_eq!(codes(&found(&mut client, &folder, "a.article").await), ["ATT02"]);
    let article = uri(&folder, "a.article");
    let file = folder.path().canonicalize().unwrap().join("onrecord.toml");
    std::fs::write(&file, "ignore = [\"ATT\"]").unwrap();
    watched(&mut client, &folder, "onrecord.toml").await;
    assert_eq!(client.published(&article, 1).await, Vec::<Value>::new());
    std::fs::write(&file, "ignore = [\"ATT\"").unwrap();
    watched(&mut client, &folder, "onrecord.toml").await;
    std::fs::remove_file(&file).unwrap();
    watched(&mut client, &folder, "onrecord.toml").await;
    // The broken file changed nothing; that there is none any more does.
    assert_eq!(codes(&client.published(&article, 1).await), ["ATT02"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn unsaved_text_counts_and_a_broken_one_is_shown_while_the_last_good_one_holds() {
    let folder = folder(&[("onrecord.toml", "profile = \"strict\"\n")]);
    let (article, file) = (uri(&folder, "a.article"), uri(&folder, "onrecord.toml"));
    let mut client = Client::start(json!({})).await;
    assert_eq!(codes(&found(&mut client, &folder, "a.article").await), ["ATT02"]);
    client.open(&file, "toml", "profile = \"strict\"\n").await;
    assert_eq!(client.published(&file, 1).await, Vec::<Value>::new());
    client.change(&file, 2, json!([{ "text": "ignore = [\"ATT02\"]\n" }])).await;
    assert_eq!(client.published(&article, 1).await, Vec::<Value>::new());
    client.change(&file, 3, json!([{ "text": "# ä\nignore = [\"ATT02\"]\nprofil = \"strict\"\n" }])).await;
    let faults = client.published(&file, 3).await;
    assert_eq!((codes(&faults), range(&faults[0])), (vec!["config"], [2, 0, 2, 6]));
    assert!(faults[0]["message"].as_str().unwrap().contains("'profile'"), "{faults:?}");
    client.change(&article, 2, json!([{ "text": format!("{BELIEVED} It is believed.") }])).await;
    assert_eq!(client.published(&article, 2).await, Vec::<Value>::new());
    // Closed unsaved, the file on disk counts again.
    client.notify("textDocument/didClose", json!({ "textDocument": { "uri": file } })).await;
    assert!(codes(&client.published(&article, 2).await).contains(&"ATT02"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_pulls_is_told_to_ask_again() {
    let folder = folder(&[("onrecord.toml", "ignore = [\"ATT\"]")]);
    let article = uri(&folder, "a.article");
    let mut client = Client::start(json!({
        "textDocument": { "diagnostic": {} },
        "workspace": {
            "diagnostics": { "refreshSupport": true },
            "didChangeWatchedFiles": { "dynamicRegistration": true },
        },
    }))
    .await;
    let registered = client.told("client/registerCapability").await;
    assert!(registered.to_string().contains("**/onrecord.toml"), "{registered}");
    client.open(&article, "article", BELIEVED).await;
    let ask = json!({ "textDocument": { "uri": article } });
    let report = client.ask("textDocument/diagnostic", ask.clone()).await;
    assert_eq!(report["items"], json!([]));
    std::fs::write(Path::new(folder.path()).join("onrecord.toml"), "ignore = [\"SRC\"]").unwrap();
    watched(&mut client, &folder, "onrecord.toml").await;
    client.told("workspace/diagnostic/refresh").await;
    let report = client.ask("textDocument/diagnostic", ask).await;
    assert_eq!(codes(report["items"].as_array().unwrap()), ["ATT02"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_are_completed_and_codes_explained_in_the_file_itself() {
    let folder = folder(&[]);
    let file = uri(&folder, "onrecord.toml");
    let mut client = Client::start(json!({})).await;
    client.open(&file, "toml", "pro\nignore = [\"ATT02\"]\n").await;
    let mut params = at(&file, 0, 3);
    params["context"] = json!({ "triggerKind": 1 });
    let offered = client.ask("textDocument/completion", params).await;
    let key = offered.as_array().unwrap().iter().find(|item| item["label"] == "profile").unwrap();
    assert_eq!(key["textEdit"]["newText"], "profile = ");
    let hover = client.ask("textDocument/hover", at(&file, 1, 13)).await;
    assert!(hover["contents"]["value"].as_str().unwrap().contains("impersonal-passive"), "{hover}");
}
