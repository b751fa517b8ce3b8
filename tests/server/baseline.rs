//! Accepted findings: what is in the baseline is not reported, and an action writes a finding into it.

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::client::{BELIEVED, Client, at, codes, edit};
use crate::config::{folder, found, uri, watched};

/// A client that makes files.
async fn client() -> Client {
    Client::start(json!({
        "textDocument": { "codeAction": {
            "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix"] } },
        } },
        "workspace": { "workspaceEdit": { "documentChanges": true, "resourceOperations": ["create"] } },
    }))
    .await
}

/// Does what the action "Accept ATT02 here" in line `line` of `article` says, on disk.
async fn accept(client: &mut Client, folder: &TempDir, article: &str, line: u32) -> Value {
    let actions = client.ask("textDocument/codeAction", at(article, line, 1)).await;
    let accept = actions.as_array().unwrap().iter().find(|action| action["title"] == "Accept ATT02 here");
    let accept = accept.unwrap_or_else(|| panic!("{actions}"));
    for change in accept["edit"]["documentChanges"].as_array().unwrap() {
        let Some(edits) = change["edits"].as_array() else { continue };
        let name = change["textDocument"]["uri"].as_str().unwrap().rsplit('/').next().unwrap();
        let path = folder.path().join(name);
        let mut lines: Vec<String> = std::fs::read_to_string(&path)
            .unwrap_or_default()
            .split_inclusive('\n')
            .map(str::to_owned)
            .collect();
        lines.push(String::new());
        for edit in edits {
            let start = &edit["range"]["start"];
            let number = |part: &str| usize::try_from(start[part].as_u64().unwrap()).unwrap();
            lines[number("line")].insert_str(number("character"), edit["newText"].as_str().unwrap());
        }
        std::fs::write(&path, lines.concat()).unwrap();
        watched(client, folder, name).await;
    }
    accept.clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_accepted_finding_is_gone_also_after_edits_elsewhere_and_others_stay() {
    let folder = folder(&[]);
    let mut client = client().await;
    let article = uri(&folder, "a.article");
    assert_eq!(codes(&found(&mut client, &folder, "a.article").await), ["ATT02"]);
    let action = accept(&mut client, &folder, &article, 0).await;
    assert_eq!(action["diagnostics"][0]["code"], "ATT02");
    let config = std::fs::read_to_string(folder.path().join("onrecord.toml")).unwrap();
    assert_eq!(config, "baseline = \"onrecord-baseline.json\"\n");
    assert_eq!(client.published(&article, 1).await, Vec::<Value>::new());

    let text = format!("The senate met on Monday.\n\n{BELIEVED}\n\nIt is thought that she has come back.\n");
    client.change(&article, 2, json!([{ "text": text }])).await;
    let left = client.published(&article, 2).await;
    assert_eq!((codes(&left), &left[0]["range"]["start"]["line"]), (vec!["ATT02"], &json!(4)));

    // The second goes into the file that is there by now.
    accept(&mut client, &folder, &article, 4).await;
    assert_eq!(client.published(&article, 2).await, Vec::<Value>::new());
    let rows = std::fs::read_to_string(folder.path().join("onrecord-baseline.json")).unwrap();
    assert_eq!(rows.matches("\"a.article\"").count(), 2, "{rows}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_text_open_in_the_editor_counts_and_a_damaged_one_is_shown() {
    let folder = folder(&[("onrecord.toml", "baseline = \"onrecord-baseline.json\"\n")]);
    let mut client = client().await;
    let (article, file) = (uri(&folder, "a.article"), uri(&folder, "onrecord-baseline.json"));
    assert_eq!(codes(&found(&mut client, &folder, "a.article").await), ["ATT02"]);
    let actions = client.ask("textDocument/codeAction", at(&article, 0, 1)).await;
    let edit = &actions[0]["edit"]["documentChanges"];
    assert_eq!((edit[0]["kind"].as_str(), edit[0]["uri"].as_str()), (Some("create"), Some(file.as_str())));
    let accepted = edit[1]["edits"][0]["newText"].as_str().unwrap().to_owned();
    client.open(&file, "json", &accepted).await;
    assert_eq!(client.published(&article, 1).await, Vec::<Value>::new());
    client.change(&file, 2, json!([{ "text": format!("{accepted},\n") }])).await;
    assert_eq!(codes(&client.published(&file, 2).await), ["config"]);
    // What it said when it could be read holds on.
    client.change(&article, 2, json!([{ "text": format!("{BELIEVED}\n") }])).await;
    assert_eq!(client.published(&article, 2).await, Vec::<Value>::new());
    client.notify("textDocument/didClose", json!({ "textDocument": { "uri": file } })).await;
    assert_eq!(codes(&client.published(&article, 2).await), ["ATT02"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_written_into_a_file_that_is_open_and_out_of_step() {
    let folder = folder(&[("onrecord.toml", "")]);
    let mut client = client().await;
    let (article, config) = (uri(&folder, "a.article"), uri(&folder, "onrecord.toml"));
    found(&mut client, &folder, "a.article").await;
    client.open(&config, "toml", "profile = \"news\"\n").await;
    let offers = async |client: &mut Client| {
        let actions = client.ask("textDocument/codeAction", at(&article, 0, 1)).await;
        actions.to_string().contains("Accept ATT02 here")
    };
    assert!(offers(&mut client).await);
    client.change(&config, 2, json!([edit([7, 0, 9, 0], "")])).await;
    assert!(!offers(&mut client).await);
    client.change(&config, 3, json!([{ "text": "" }])).await;
    assert!(offers(&mut client).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn for_a_client_that_makes_no_files_the_server_makes_them() {
    let folder = folder(&[]);
    let mut client = Client::start(json!({
        "textDocument": { "codeAction": {
            "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix"] } },
        } },
    }))
    .await;
    let article = uri(&folder, "a.article");
    found(&mut client, &folder, "a.article").await;
    let actions = client.ask("textDocument/codeAction", at(&article, 0, 1)).await;
    let accept = &actions[0];
    assert_eq!(
        (accept["title"].as_str(), accept.get("edit")),
        (Some("Accept ATT02 here"), None),
        "{actions}"
    );
    let command = json!({
        "command": accept["command"]["command"],
        "arguments": accept["command"]["arguments"],
    });
    assert_eq!(client.ask("workspace/executeCommand", command.clone()).await, Value::Null);
    assert_eq!(client.published(&article, 1).await, Vec::<Value>::new());
    let config = folder.path().join("onrecord.toml");
    assert_eq!(std::fs::read_to_string(&config).unwrap(), "baseline = \"onrecord-baseline.json\"\n");
    assert!(folder.path().join("onrecord-baseline.json").exists());
    // What is there is not written over, and nothing else is made.
    let refused = client.error("workspace/executeCommand", command).await["message"].to_string();
    assert!(refused.contains("cannot be made"), "{refused}");
    for other in ["notes.md", "a.article.json"] {
        let elsewhere = json!({ "uri": uri(&folder, other), "text": "" });
        let command = json!({ "command": "onrecord.createFiles", "arguments": [elsewhere] });
        let refused = client.error("workspace/executeCommand", command).await["message"].to_string();
        assert!(refused.contains("is no registry"), "{refused}");
    }
    std::fs::remove_file(folder.path().join("onrecord-baseline.json")).unwrap();

    // An action whose file is there has edits alone.
    std::fs::write(folder.path().join("onrecord.toml"), "baseline = \"b/baseline.json\"\n").unwrap();
    std::fs::create_dir(folder.path().join("b")).unwrap();
    std::fs::write(folder.path().join("b/baseline.json"), "").unwrap();
    watched(&mut client, &folder, "onrecord.toml").await;
    assert_eq!(client.published(&article, 1).await.len(), 1);
    let actions = client.ask("textDocument/codeAction", at(&article, 0, 1)).await;
    let changes = actions[0]["edit"]["changes"].as_object().unwrap();
    assert_eq!(changes.keys().collect::<Vec<_>>(), [&uri(&folder, "b/baseline.json")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_baseline_that_is_named_and_not_there_is_told_until_the_action_makes_it() {
    let config = "baseline = \"onrecord-baseline.json\"\n";
    let folder = folder(&[("onrecord.toml", config)]);
    let mut client = client().await;
    let (article, file) = (uri(&folder, "a.article"), uri(&folder, "onrecord.toml"));
    client.open(&file, "toml", config).await;
    let told = client.published(&file, 1).await;
    assert_eq!((codes(&told), &told[0]["severity"]), (vec!["config"], &json!(2)), "{told:?}");
    let message = told[0]["message"].as_str().unwrap();
    assert!(message.starts_with("'onrecord-baseline.json' is not there"), "{message}");
    found(&mut client, &folder, "a.article").await;
    accept(&mut client, &folder, &article, 0).await;
    assert_eq!(client.published(&article, 1).await, Vec::<Value>::new());
    assert_eq!(client.published(&file, 1).await, Vec::<Value>::new());
}
