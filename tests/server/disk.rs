//! A disk that is not as one would wish it: read-only, with links to anywhere, changing under the reader's eyes.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::client::{BELIEVED, Client, at, codes, document};
use crate::workspace::{Folder, found, knowing, pulls, report};

/// The reports of `workspace/diagnostic` for a client that knows nothing.
async fn problems(client: &mut Client) -> Value {
    client.ask("workspace/diagnostic", knowing(&[])).await
}

/// Every entry under the folder, with its size and when it was changed.
fn entries(folder: &Folder) -> Vec<(std::path::PathBuf, u64, std::time::SystemTime)> {
    let mut out = Vec::new();
    let mut folders = vec![folder.path("")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let about = entry.path().symlink_metadata().unwrap();
            if about.is_dir() {
                folders.push(entry.path());
            }
            out.push((entry.path(), about.len(), about.modified().unwrap()));
        }
    }
    out.sort();
    out
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_read_only_workspace_is_served_and_nothing_is_written() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = Folder::new(&[
        ("a.article", "Prime Minister Shehbaz Sharif spoke. It is believed that he left.\n"),
        ("in/b.article", BELIEVED),
        ("actors.toml", "[lee]\nname = \"Ann Lee\"\n"),
    ]);
    let before = entries(&folder);
    for (path, ..) in &before {
        let mode = if path.is_dir() { 0o555 } else { 0o444 };
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    }
    std::fs::set_permissions(folder.path(""), std::fs::Permissions::from_mode(0o555)).unwrap();
    let mut client = folder.client(pulls(), json!(null)).await;
    let all = problems(&mut client).await;
    assert_eq!(all["items"].as_array().unwrap().len(), 2, "{all}");
    let uri = folder.uri("a.article");
    client.open(&uri, "article", "Prime Minister Shehbaz Sharif spoke. It is believed that he left.\n").await;
    let hover = client.ask("textDocument/hover", at(&uri, 0, 24)).await;
    assert!(hover["contents"]["value"].as_str().unwrap().contains("Sharif"), "{hover}");
    client.everything(&uri).await;
    let indexed = client.ask("workspace/symbol", json!({ "query": "Lee" })).await;
    assert!(indexed.is_array(), "{indexed}");
    client.notify("textDocument/didClose", document(&uri)).await;
    client.ask("shutdown", Value::Null).await;
    assert_eq!(entries(&folder), before);
    // So that it can be taken away.
    for path in std::iter::once(folder.path("")).chain([folder.path("in")]) {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
    }
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn links_in_circles_and_pipes_are_not_followed() {
    let folder = Folder::new(&[("in/a.article", BELIEVED)]);
    std::os::unix::fs::symlink(folder.path(""), folder.path("in/again")).unwrap();
    std::os::unix::fs::symlink("loop.article", folder.path("loop.article")).unwrap();
    std::os::unix::fs::symlink("actors.toml", folder.path("actors.toml")).unwrap();
    // A pipe that nobody writes to would be waited for without end.
    for pipe in ["in/actors.toml", "pipe.article", "onrecord.toml"] {
        let made = std::process::Command::new("mkfifo").arg(folder.path(pipe)).status();
        assert!(made.unwrap().success());
    }
    let mut client = folder.client(pulls(), json!(null)).await;
    let all = problems(&mut client).await;
    let article = report(&all, &folder.uri("in/a.article")).unwrap();
    assert_eq!(found(article), ["ATT02"]);
    let uri = folder.uri("in/a.article");
    client.open(&uri, "article", BELIEVED).await;
    client.everything(&uri).await;
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_command_makes_no_file_outside_the_workspace() {
    let outside = Folder::new(&[("b.article", BELIEVED)]);
    let folder = Folder::new(&[("in/a.article", BELIEVED)]);
    std::os::unix::fs::symlink(outside.path(""), folder.path("out")).unwrap();
    std::os::unix::fs::symlink(outside.path("actors.toml"), folder.path("in/actors.toml")).unwrap();
    let actions = json!({ "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix"] } } });
    let mut client = folder.client(json!({ "textDocument": { "codeAction": actions } }), json!(null)).await;
    let up = outside.path("").file_name().unwrap().to_str().unwrap().to_owned();
    let file = |uri: String| json!({ "uri": uri, "text": "ignore = [\"ATT\"]\n" });
    let command = |files: &[Value]| json!({ "command": "onrecord.createFiles", "arguments": Value::from(files.to_vec()) });
    let before = entries(&outside);
    for elsewhere in [
        outside.uri("onrecord.toml"),
        folder.uri("out/onrecord.toml"),
        folder.uri(&format!("../{up}/onrecord.toml")),
        folder.uri(&format!("in/%2e%2e/%2e%2e/{up}/onrecord.toml")),
        folder.uri(&format!("in%2F..%2F..%2F{up}%2Fonrecord.toml")),
        // A link that leads to a file which is not there yet.
        folder.uri("in/actors.toml"),
        folder.uri("none/onrecord.toml"),
    ] {
        let both = command(&[file(folder.uri("onrecord.toml")), file(elsewhere.clone())]);
        let refused = client.error("workspace/executeCommand", both).await["message"].to_string();
        assert!(refused.contains("cannot be made"), "{elsewhere}: {refused}");
        std::fs::remove_file(folder.path("onrecord.toml")).ok();
        assert_eq!(entries(&outside), before, "{elsewhere}");
    }
    // Beside an article that lies elsewhere it is made once that is open.
    client.open(&outside.uri("b.article"), "article", BELIEVED).await;
    for inside in [folder.uri("in/../in/onrecord.toml"), outside.uri("onrecord.toml")] {
        assert_eq!(client.ask("workspace/executeCommand", command(&[file(inside)])).await, Value::Null);
    }
    assert!(folder.path("in/onrecord.toml").exists() && outside.path("onrecord.toml").exists());
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_workspace_makes_nothing_outside_itself_be_read() {
    let outside = Folder::new(&[
        ("actors.toml", "[spy]\nname = \"Sam Spyworth\"\nnote = \"a secret\"\n"),
        ("onrecord.toml", "ignore = [\"ATT\"]\n"),
        ("onrecord-baseline.json", ""),
    ]);
    let folder = Folder::new(&[
        ("a.article", BELIEVED),
        ("in/b.article", BELIEVED),
        ("in/onrecord.toml", "baseline = \"onrecord-baseline.json\"\n"),
        ("up/onrecord.toml", "baseline = \"../../x-baseline.json\"\n"),
        ("far/onrecord.toml", "model = \"/etc/passwd\"\n"),
        ("odd/onrecord.toml", "model = \"pipe\"\n"),
    ]);
    let link = |to: &str, from: &str| {
        std::os::unix::fs::symlink(outside.path(to), folder.path(from)).unwrap();
    };
    link("actors.toml", "actors.toml");
    link("onrecord.toml", "onrecord.toml");
    link("onrecord-baseline.json", "in/onrecord-baseline.json");
    assert!(std::process::Command::new("mkfifo").arg(folder.path("odd/pipe")).status().unwrap().success());
    for in_folder in ["up", "far", "odd"] {
        folder.write(&format!("{in_folder}/c.article"), "The minister spoke.");
    }
    let mut client = folder.client(pulls(), json!(null)).await;
    let all = problems(&mut client).await;
    let said = |name: &str| {
        let report = report(&all, &folder.uri(name)).unwrap_or_else(|| panic!("{name}: {all}"));
        report["items"][0]["message"].as_str().unwrap().to_owned()
    };
    // What the linked configuration says does not hold, and both links are named.
    assert_eq!(found(report(&all, &folder.uri("a.article")).unwrap()), ["ATT02"]);
    for name in ["actors.toml", "onrecord.toml"] {
        assert!(said(name).contains("link to a file outside the workspace"), "{}", said(name));
    }
    assert!(said("in/onrecord.toml").contains("by a link"), "{}", said("in/onrecord.toml"));
    for name in ["up/onrecord.toml", "far/onrecord.toml"] {
        assert!(said(name).contains("lies in the folder of 'onrecord.toml' or below it"), "{}", said(name));
    }
    assert!(said("odd/onrecord.toml").contains("no file"), "{}", said("odd/onrecord.toml"));
    assert!(!all.to_string().contains("secret") && !all.to_string().contains("Spyworth"), "{all}");
    // Nor does anybody hear who is in the linked registry.
    let uri = folder.uri("a.article");
    client.open(&uri, "article", "Sam Spyworth spoke. Sam Spyworth left.").await;
    let hover = client.ask("textDocument/hover", at(&uri, 0, 5)).await;
    assert!(!hover.to_string().contains("secret"), "{hover}");
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_change_and_vanish_while_they_are_read_end_as_they_are() {
    let names: Vec<String> = (0..60).map(|number| format!("{}/{number}.article", number % 5)).collect();
    let folder = Folder::new(&names.iter().map(|name| (name.as_str(), BELIEVED)).collect::<Vec<_>>());
    let mut client = folder.client(pulls(), json!(null)).await;
    let mut asked = Vec::new();
    for round in 0..20 {
        asked.push(client.request("workspace/diagnostic", knowing(&[])).await);
        for (number, name) in names.iter().enumerate() {
            match (number + round) % 3 {
                0 => drop(std::fs::remove_file(folder.path(name))),
                1 => folder.write(name, BELIEVED),
                _ => folder.write(name, &"The minister spoke.\n\n".repeat(round * 50)),
            }
        }
        if round % 5 == 4 {
            let _ = std::fs::remove_dir_all(folder.path("3"));
        }
        folder.changed(&mut client, &names[round]).await;
    }
    for id in asked {
        client.notify("$/cancelRequest", json!({ "id": id })).await;
        client.response(id).await;
    }
    for name in &names {
        let _ = std::fs::remove_file(folder.path(name));
    }
    folder.write("last.article", BELIEVED);
    folder.changed(&mut client, "last.article").await;
    for name in &names {
        folder.changed(&mut client, name).await;
    }
    let all = problems(&mut client).await;
    assert_eq!(all["items"].as_array().unwrap().len(), 1, "{all}");
    assert_eq!(found(report(&all, &folder.uri("last.article")).unwrap()), ["ATT02"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_servers_on_one_workspace_say_the_same() {
    let folder = Folder::new(&[("a.article", BELIEVED), ("actors.toml", "[lee]\nname = \"Ann Lee\"\n")]);
    let before = entries(&folder);
    let mut clients = [folder.client(pulls(), json!(null)).await, folder.client(pulls(), json!(null)).await];
    let uri = folder.uri("a.article");
    for client in &mut clients {
        let all = problems(client).await;
        assert_eq!(found(report(&all, &uri).unwrap()), ["ATT02"]);
        client.open(&uri, "article", "Ann Lee spoke.").await;
        assert_eq!(client.text(&uri).await, "Ann Lee spoke.");
    }
    assert_eq!(entries(&folder), before);
    // What one's user saves the other sees.
    let [mut one, mut other] = clients;
    one.notify("textDocument/didClose", document(&uri)).await;
    other.notify("textDocument/didClose", document(&uri)).await;
    folder.write("a.article", "The minister spoke.");
    for client in [&mut one, &mut other] {
        folder.changed(client, "a.article").await;
        let held = client.request("workspace/diagnostic", knowing(&[])).await;
        client.all(200).await;
        client.notify("$/cancelRequest", json!({ "id": held })).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn thousands_of_opens_and_closes_leave_a_request_held_open_and_the_folder_known() {
    const ARTICLES: usize = 2000;
    let clean = "The minister spoke.";
    let names: Vec<String> =
        (0..ARTICLES).map(|number| format!("{}/{number}.article", number % 20)).collect();
    let folder = Folder::new(&names.iter().map(|name| (name.as_str(), clean)).collect::<Vec<_>>());
    let mut client = folder.client(pulls(), json!(null)).await;
    let held = client.request("workspace/diagnostic", knowing(&[])).await;
    let began = Instant::now();
    for round in 0..2 {
        for name in &names {
            let uri = folder.uri(name);
            client.open(&uri, "article", if round == 0 { BELIEVED } else { clean }).await;
            client.notify("textDocument/didClose", document(&uri)).await;
        }
    }
    // What was typed and not saved is nothing to tell: on disk all are clean.
    let uri = folder.uri(&names[0]);
    client.open(&uri, "article", BELIEVED).await;
    let answer = client.ask("textDocument/diagnostic", document(&uri)).await;
    assert_eq!(codes(answer["items"].as_array().unwrap()), ["ATT02"]);
    client.notify("textDocument/didClose", document(&uri)).await;
    println!("{} opens and closes: {:?}", 2 * ARTICLES, began.elapsed());
    folder.write(&names[7], BELIEVED);
    folder.changed(&mut client, &names[7]).await;
    let news =
        tokio::time::timeout(Duration::from_secs(60), client.response(held)).await.unwrap()["result"].take();
    assert_eq!(news["items"].as_array().unwrap().len(), 1, "{news}");
    assert_eq!(found(report(&news, &folder.uri(&names[7])).unwrap()), ["ATT02"]);
}
