//! Files that are not open: their diagnostics in the editor's list of problems, and folders that come and go.

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::client::{BELIEVED, Client, PUBLISH, codes};

/// A folder with files in it.
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        for (name, text) in files {
            folder.write(name, text);
        }
        folder
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    pub(crate) fn path(&self, name: &str) -> std::path::PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn uri(&self, name: &str) -> String {
        let root = self.0.path().canonicalize().unwrap();
        format!("file://{}/{name}", root.display()).trim_end_matches('/').to_owned()
    }

    /// A client that works in the folder.
    pub(crate) async fn client(&self, capabilities: Value, info: Value) -> Client {
        let mut client = Client::silent();
        let folders = json!([{ "uri": self.uri(""), "name": "news" }]);
        let params = json!({
            "processId": null, "capabilities": capabilities, "clientInfo": info, "workspaceFolders": folders,
        });
        client.ask("initialize", params).await;
        client.notify("initialized", json!({})).await;
        client
    }

    pub(crate) async fn changed(&self, client: &mut Client, name: &str) {
        let changes = json!({ "changes": [{ "uri": self.uri(name), "type": 2 }] });
        client.notify("workspace/didChangeWatchedFiles", changes).await;
    }
}

pub(crate) fn pulls() -> Value {
    json!({ "textDocument": { "diagnostic": {} } })
}

/// Parameters of `workspace/diagnostic` for a client that knows what `reports` say.
pub(crate) fn knowing(reports: &[&Value]) -> Value {
    let known = |report: &&Value| json!({ "uri": report["uri"], "value": report["resultId"] });
    json!({ "previousResultIds": reports.iter().map(known).collect::<Vec<_>>() })
}

/// The report on `uri` among those of `answer`.
pub(crate) fn report<'a>(answer: &'a Value, uri: &str) -> Option<&'a Value> {
    answer["items"].as_array().unwrap().iter().find(|report| report["uri"] == uri)
}

pub(crate) fn found(report: &Value) -> Vec<&str> {
    codes(report["items"].as_array().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_pulls_hears_of_files_that_are_not_open_and_waits_for_news() {
    let folder = Folder::new(&[
        ("a.article", BELIEVED),
        ("in/b.article", BELIEVED),
        ("clean.article", "The minister spoke."),
        ("in/onrecord.toml", "profil = \"strict\""),
        ("notes.md", BELIEVED),
    ]);
    let mut client = folder.client(pulls(), json!(null)).await;
    client.open(&folder.uri("a.article"), "article", BELIEVED).await;
    let first = client.ask("workspace/diagnostic", knowing(&[])).await;
    // The open one is asked for by itself.
    assert_eq!(first["items"].as_array().unwrap().len(), 2, "{first}");
    let article = report(&first, &folder.uri("in/b.article")).unwrap();
    assert_eq!(
        (found(article), &article["kind"], &article["version"]),
        (vec!["ATT02"], &json!("full"), &json!(null))
    );
    let config = report(&first, &folder.uri("in/onrecord.toml")).unwrap();
    assert_eq!(found(config), ["config"]);

    // Nothing new: held open until a file changes on disk.
    let held = client.request("workspace/diagnostic", knowing(&[article, config])).await;
    assert!(!client.all(300).await.iter().any(|message| message["id"] == held));
    folder.write("in/b.article", "The minister spoke.");
    folder.changed(&mut client, "in/b.article").await;
    let news = client.response(held).await["result"].take();
    assert_eq!(news["items"].as_array().unwrap().len(), 1, "{news}");
    let article = report(&news, &folder.uri("in/b.article")).unwrap();
    assert_eq!(found(article), Vec::<&str>::new());

    // A configuration bears on all below it; a file that is gone has no faults.
    let held = client.request("workspace/diagnostic", knowing(&[article, config])).await;
    std::fs::remove_file(folder.path("in/onrecord.toml")).unwrap();
    folder.changed(&mut client, "in/onrecord.toml").await;
    let news = client.response(held).await["result"].take();
    let config = report(&news, &folder.uri("in/onrecord.toml")).unwrap();
    assert_eq!((found(config), &config["resultId"]), (vec![], &json!(null)));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_found_is_told_in_parts_to_a_client_that_takes_parts() {
    let folder = Folder::new(&[("a.article", BELIEVED)]);
    let mut client = folder.client(pulls(), json!(null)).await;
    let mut params = knowing(&[]);
    params["partialResultToken"] = json!("parts/1");
    let whole = client.ask("workspace/diagnostic", params).await;
    assert_eq!(whole, json!({ "items": [] }));
    let part = client.wait(|message| message["params"]["token"] == "parts/1").await;
    let part = &part["params"]["value"];
    assert_eq!(found(report(part, &folder.uri("a.article")).unwrap()), ["ATT02"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_held_open_can_be_cancelled_and_ends_with_the_session() {
    let folder = Folder::new(&[]);
    let mut client = folder.client(pulls(), json!(null)).await;
    let cancelled = client.request("workspace/diagnostic", knowing(&[])).await;
    let held = client.request("workspace/diagnostic", knowing(&[])).await;
    client.notify("$/cancelRequest", json!({ "id": cancelled })).await;
    assert_eq!(client.response(cancelled).await["error"]["code"], -32800);
    client.ask("shutdown", json!(null)).await;
    assert_eq!(client.response(held).await["error"]["code"], -32802);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_does_not_pull_is_told_when_its_settings_ask_for_it() {
    let folder = Folder::new(&[("a.article", BELIEVED), ("b.article", BELIEVED)]);
    let mut client = folder.client(json!({}), json!(null)).await;
    let published = |message: &Value| message["method"] == PUBLISH;
    assert!(!client.all(200).await.iter().any(published), "nobody asked");
    let settings = |wanted: bool| json!({ "settings": { "onrecord": { "workspaceDiagnostics": wanted } } });
    client.notify("workspace/didChangeConfiguration", settings(true)).await;
    let (a, b) = (folder.uri("a.article"), folder.uri("b.article"));
    let of = async |client: &mut Client, uri: &str| {
        let message = client.wait(|message| published(message) && message["params"]["uri"] == uri).await;
        message["params"]["diagnostics"].as_array().unwrap().len()
    };
    assert_eq!((of(&mut client, &a).await, of(&mut client, &b).await), (1, 1));
    // While it is open its text counts; closed, what is on disk.
    client.open(&a, "article", "The minister spoke.").await;
    assert_eq!(of(&mut client, &a).await, 0);
    client.notify("textDocument/didClose", json!({ "textDocument": { "uri": a } })).await;
    assert_eq!((of(&mut client, &a).await, of(&mut client, &a).await), (0, 1));
    client.notify("workspace/didChangeConfiguration", settings(false)).await;
    assert_eq!((of(&mut client, &a).await, of(&mut client, &b).await), (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_not_offered_to_neovims_whose_refresh_it_would_break() {
    for (version, offered) in [("0.11.5", false), ("0.12.0-dev+g1", false), ("0.13.0", true)] {
        let mut client = Client::silent();
        let info = json!({ "name": "Neovim", "version": version });
        let params = json!({ "processId": null, "capabilities": pulls(), "clientInfo": info });
        let answer = client.ask("initialize", params).await;
        let provider = &answer["capabilities"]["diagnosticProvider"];
        assert_eq!(provider["workspaceDiagnostics"], offered, "{version}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn folders_that_are_added_moved_or_removed_bring_and_take_their_actors() {
    let folder = Folder::new(&[("a.article", "Petra Lindqvist spoke. Petra Lindqvist left.")]);
    let other = Folder::new(&[("in/b.article", "Ole Brandt spoke. Ole Brandt left.")]);
    let mut client = folder.client(json!({}), json!(null)).await;
    let named = async |client: &mut Client, name: &str, is_there: bool| {
        for _ in 0..200 {
            let answer = client.ask("workspace/symbol", json!({ "query": name })).await;
            if answer[0].is_object() == is_there {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(25)).await;
        }
        panic!("{name}: {is_there} never came true");
    };
    named(&mut client, "Lindqvist", true).await;
    let event = |added: &[&Folder], removed: &[&Folder]| {
        let list = |folders: &[&Folder]| -> Vec<Value> {
            folders.iter().map(|folder| json!({ "uri": folder.uri(""), "name": "news" })).collect()
        };
        json!({ "event": { "added": list(added), "removed": list(removed) } })
    };
    client.notify("workspace/didChangeWorkspaceFolders", event(&[&other], &[&folder])).await;
    named(&mut client, "Brandt", true).await;
    named(&mut client, "Lindqvist", false).await;
    std::fs::rename(other.path("in"), other.path("out")).unwrap();
    let moved = json!({ "files": [{ "oldUri": other.uri("in"), "newUri": other.uri("out") }] });
    client.notify("workspace/didRenameFiles", moved).await;
    named(&mut client, "Brandt", true).await;
    let gone = json!({ "files": [{ "uri": other.uri("out") }] });
    std::fs::remove_dir_all(other.path("out")).unwrap();
    client.notify("workspace/didDeleteFiles", gone).await;
    named(&mut client, "Brandt", false).await;
}
