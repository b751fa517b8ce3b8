//! The command `onrecord.report`: the page over a folder, as text or as a file that is shown.

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::client::Client;

const ARTICLE: &str = "date 2026-03-02 Maria Keller said the pier leaks. A vote is expected.\n";

/// A folder with an article and a text that is none, and a client that works in it.
async fn folder(capabilities: Value) -> (TempDir, String, Client) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.article"), ARTICLE).unwrap();
    std::fs::write(folder.path().join("notes.txt"), "Bo Ek said the list is long.\n").unwrap();
    let root = format!("file://{}", folder.path().canonicalize().unwrap().display());
    let mut client = Client::silent();
    let params = json!({
        "processId": null,
        "capabilities": capabilities,
        "workspaceFolders": [{ "uri": root, "name": "news" }],
    });
    client.ask("initialize", params).await;
    client.notify("initialized", json!({})).await;
    (folder, root, client)
}

fn command(arguments: &Value) -> Value {
    json!({ "command": "onrecord.report", "arguments": arguments })
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_comes_back_and_what_is_typed_counts() {
    let (_folder, root, mut client) = folder(json!({})).await;
    let page = client.ask("workspace/executeCommand", command(&json!([]))).await;
    let page = page.as_str().unwrap();
    assert!(
        page.starts_with("<!DOCTYPE html>") && page.contains("Maria Keller said the pier leaks."),
        "{page}"
    );
    assert!(!page.contains("Bo Ek"), "a text that is no article was counted");
    let text = ARTICLE.replace("Maria Keller", "Petra Lindqvist");
    client.open(&format!("{root}/a.article"), "article", &text).await;
    let wanted = command(&json!([{ "folder": root, "answer": "html" }]));
    let page = client.ask("workspace/executeCommand", wanted).await;
    assert!(page.as_str().unwrap().contains("Petra Lindqvist said the pier leaks."), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_shows_files_is_asked_to_show_the_page() {
    let (_folder, _, mut client) = folder(json!({ "window": { "showDocument": { "support": true } } })).await;
    let uri = client.ask("workspace/executeCommand", command(&json!([]))).await;
    let shown = client.told("window/showDocument").await;
    assert_eq!((&shown["uri"], &shown["external"]), (&uri, &json!(true)));
    let path = uri.as_str().unwrap().strip_prefix("file://").unwrap().to_owned();
    assert!(std::fs::read_to_string(&path).unwrap().contains("Maria Keller"));
    std::fs::remove_file(path).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_without_articles_and_an_unknown_command_are_refused() {
    let empty = tempfile::tempdir().unwrap();
    let (_folder, _, mut client) = folder(json!({})).await;
    let uri = format!("file://{}", empty.path().display());
    client.refusal("workspace/executeCommand", command(&json!([{ "folder": uri }]))).await;
    client.refusal("workspace/executeCommand", json!({ "command": "onrecord.nothing" })).await;
}
