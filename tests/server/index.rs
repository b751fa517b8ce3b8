//! The index over the client's folders: it can be cancelled, and a second server answers from what the first kept.

use std::path::Path;
use std::process::Stdio;

use serde_json::{Value, json};
use tokio::io::{AsyncWriteExt, BufReader};
use tokio::process::Command;

use crate::client::{Client, at, document, read_message};
use crate::workspace::Folder;

/// More than are indexed between two reports of progress.
const ARTICLES: usize = 150;

/// A folder with [`ARTICLES`] articles.
fn articles() -> Folder {
    let folder = Folder::new(&[]);
    for number in 0..ARTICLES {
        folder.write(&format!("{number}.article"), "Petra Lindqvist spoke. Petra Lindqvist left.");
    }
    folder
}

fn capabilities() -> Value {
    json!({ "window": { "workDoneProgress": true } })
}

#[tokio::test(flavor = "multi_thread")]
async fn indexing_ends_when_its_progress_is_cancelled() {
    let folder = articles();
    let mut client: Client = folder.client(capabilities(), json!(null)).await;
    let asked = client.wait(|message| message["method"] == "window/workDoneProgress/create").await;
    let token = &asked["params"]["token"];
    client.notify("window/workDoneProgress/cancel", json!({ "token": token })).await;
    client.send(json!({ "jsonrpc": "2.0", "id": asked["id"], "result": null })).await;
    let end = client.wait(|message| message["params"]["value"]["kind"] == "end").await;
    let message = end["params"]["value"]["message"].as_str().unwrap();
    assert!(message.starts_with("0 of 150 articles"), "{message}");
    let found = client.ask("workspace/symbol", json!({ "query": "Lindqvist" })).await;
    assert_eq!(found.as_array().map_or(0, Vec::len), 0, "{found}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_removed_while_it_is_indexed_stays_out() {
    let (folder, other) = (articles(), Folder::new(&[("b.article", "Ole Brandt spoke. Ole Brandt left.")]));
    let mut client: Client = folder.client(capabilities(), json!(null)).await;
    // Its articles are known and none is read until the client has answered.
    let asked = client.wait(|message| message["method"] == "window/workDoneProgress/create").await;
    let named = |folder: &Folder| json!([{ "uri": folder.uri(""), "name": "news" }]);
    let event = json!({ "event": { "added": named(&other), "removed": named(&folder) } });
    client.notify("workspace/didChangeWorkspaceFolders", event).await;
    client.ask("onrecord/sleep", json!({ "ms": 100 })).await;
    client.send(json!({ "jsonrpc": "2.0", "id": asked["id"], "result": null })).await;
    client.wait(|message| message["params"]["value"]["kind"] == "end").await;
    let found =
        client.until("workspace/symbol", &json!({ "query": "Brandt" }), |found| found[0].is_object()).await;
    assert_eq!(found[0]["name"], "Ole Brandt");
    let found = client.ask("workspace/symbol", json!({ "query": "Lindqvist" })).await;
    assert_eq!(found, json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn closed_articles_follow_the_registry_on_disk_and_in_the_editor() {
    let text = "Quilla Ekmann left the town.\n\nEkmann said the road was closed.";
    let folder = Folder::new(&[("a.article", text), ("b.article", text), ("c.article", text)]);
    let mut client: Client = folder.client(json!({}), json!(null)).await;
    let (article, registry) = (folder.uri("a.article"), folder.uri("actors.toml"));
    client.open(&article, "article", text).await;
    let place = at(&article, 0, 2);
    let says = |note: &'static str| {
        move |hover: &Value| {
            let hover = hover.to_string();
            hover.contains(note) && hover.contains("In 3 articles of this folder")
        }
    };
    client.until("textDocument/hover", &place, says("Quilla Ekmann")).await;
    let entry =
        |note: &str| format!("[ekmann]\nname = \"Quilla Ekmann\"\nkind = \"person\"\nnote = \"{note}\"\n");
    let mut references = place.clone();
    references["context"] = json!({ "includeDeclaration": false });
    folder.write("actors.toml", &entry("a ferrywoman"));
    folder.changed(&mut client, "actors.toml").await;
    client.until("textDocument/hover", &place, says("a ferrywoman")).await;
    let found = client.ask("textDocument/references", references.clone()).await;
    assert_eq!(found.as_array().unwrap().len(), 6, "{found}");
    // What is typed counts before it is saved, and no more when it is thrown away.
    client.open(&registry, "toml", &entry("a ferrywoman").replace("[ekmann]", "[quilla]")).await;
    client.change(&registry, 2, json!([{ "text": entry("a pilot").replace("[ekmann]", "[quilla]") }])).await;
    client.until("textDocument/hover", &place, says("a pilot")).await;
    client.notify("textDocument/didClose", document(&registry)).await;
    client.until("textDocument/hover", &place, says("a ferrywoman")).await;
    let found = client.ask("textDocument/references", references).await;
    assert_eq!(found.as_array().unwrap().len(), 6, "{found}");
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_a_configuration_includes_come_into_the_index_and_leave_it() {
    let folder = Folder::new(&[("copy/a.md", "Petra Lindqvist spoke. Petra Lindqvist left.")]);
    let mut client: Client = folder.client(json!({}), json!(null)).await;
    let query = json!({ "query": "Lindqvist" });
    for (config, is_there) in
        [("", false), ("include = [\"copy/\"]\n", true), ("ignore = [\"ATT\"]\n", false)]
    {
        folder.write("onrecord.toml", config);
        folder.changed(&mut client, "onrecord.toml").await;
        client.until("workspace/symbol", &query, |found| found[0].is_object() == is_there).await;
    }
}

/// What a server that starts on `folder` with its caches in `home` says when the index is whole, and whether it then
/// finds Petra Lindqvist.
async fn session(folder: &Folder, home: &Path) -> (String, bool) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .arg("server")
        .env("HOME", home)
        .env("XDG_CACHE_HOME", home)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let mut send = async |message: Value| {
        let body = message.to_string();
        stdin.write_all(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes()).await.unwrap();
        stdin.flush().await.unwrap();
    };
    let folders = json!([{ "uri": folder.uri(""), "name": "news" }]);
    let params = json!({ "processId": null, "capabilities": capabilities(), "workspaceFolders": folders });
    send(json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params })).await;
    send(json!({ "jsonrpc": "2.0", "method": "initialized", "params": {} })).await;
    let mut said = String::new();
    let mut found = false;
    while let Some(message) = read_message(&mut stdout).await {
        if message["method"] == "window/workDoneProgress/create" {
            send(json!({ "jsonrpc": "2.0", "id": message["id"], "result": null })).await;
        } else if message["params"]["value"]["kind"] == "end" {
            message["params"]["value"]["message"].as_str().unwrap().clone_into(&mut said);
            let params = json!({ "query": "Lindqvist" });
            send(json!({ "jsonrpc": "2.0", "id": 2, "method": "workspace/symbol", "params": params })).await;
        } else if message["id"] == 2 {
            found = message["result"][0].is_object();
            send(json!({ "jsonrpc": "2.0", "id": 3, "method": "shutdown" })).await;
        } else if message["id"] == 3 {
            send(json!({ "jsonrpc": "2.0", "method": "exit" })).await;
            break;
        }
    }
    child.wait().await.unwrap();
    (said, found)
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_second_server_answers_from_what_the_first_kept() {
    let (folder, home) = (articles(), tempfile::tempdir().unwrap());
    let said = |known: usize| (format!("150 of 150 articles, {known} as they were"), true);
    assert_eq!(session(&folder, home.path()).await, said(0));
    assert_eq!(session(&folder, home.path()).await, said(150));
    // A changed article is read anew.
    folder.write("7.article", "Ole Brandt spoke. Petra Lindqvist left.");
    assert_eq!(session(&folder, home.path()).await, said(149));
    // So is every article when the registry that holds for them changes.
    folder.write("actors.toml", "[ole]\nname = \"Ole Brandt\"\nkind = \"person\"\n");
    assert_eq!(session(&folder, home.path()).await, said(0));
    // A damaged file is no cache.
    let mut damaged = 0;
    for folder in [home.path().join("onrecord"), home.path().join("Library/Caches/onrecord")] {
        for file in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let mut bytes = std::fs::read(file.path()).unwrap();
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
            std::fs::write(file.path(), bytes).unwrap();
            damaged += 1;
        }
    }
    assert_eq!(damaged, 1);
    assert_eq!(session(&folder, home.path()).await, said(0));
}
