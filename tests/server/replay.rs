//! What real editors sent, recorded by `tests/clients/record`, is answered without an error.

use onrecord::server::Ended;
use serde_json::Value;

use crate::client::Client;

/// Cancelled by the client, and by the server since the text has changed: no errors.
const CANCELLED: [i64; 2] = [-32800, -32802];

/// A command on files that were there when it was recorded.
const REFUSED: (&str, i64) = ("workspace/executeCommand", -32602);

/// Neovim 0.11.4 opens, looks at, edits and closes articles.
#[tokio::test(flavor = "multi_thread")]
async fn what_neovim_sent_is_answered_to_the_end() {
    replay(include_str!("../clients/logs/neovim.jsonl")).await;
}

/// Emacs 28.2 with eglot 1.9 does the same.
#[tokio::test(flavor = "multi_thread")]
async fn what_emacs_sent_is_answered_to_the_end() {
    replay(include_str!("../clients/logs/emacs.jsonl")).await;
}

/// VS Code 1.100.3 with the extension, through all that the extension's own tests do.
#[tokio::test(flavor = "multi_thread")]
async fn what_vs_code_sent_is_answered_to_the_end() {
    replay(include_str!("../clients/logs/vscode.jsonl")).await;
}

/// Says to a server what stands in `log`, and to a new one what it said after it had exited.
async fn replay(log: &str) {
    let mut client = Client::silent();
    let mut asked: Vec<(String, i64)> = Vec::new();
    for line in log.lines() {
        let message: Value = serde_json::from_str(line).unwrap();
        let exits = message["method"] == "exit";
        if exits {
            // An editor exits when it has been answered.
            for (method, id) in asked.drain(..) {
                let answer = client.response(id).await;
                let error = answer["error"]["code"].as_i64();
                let is_fine = |code| CANCELLED.contains(&code) || (method.as_str(), code) == REFUSED;
                assert!(error.is_none_or(is_fine), "{method}: {answer}");
            }
            let said = client.all_so_far();
            let told = said.iter().find(|message| message["method"] == "window/showMessage");
            assert!(told.is_none(), "{told:?}");
        }
        if let (Some(method), Some(id)) = (message["method"].as_str(), message["id"].as_i64()) {
            asked.push((method.to_owned(), id));
        }
        client.send(message).await;
        if exits {
            let ended = std::mem::replace(&mut client, Client::silent());
            assert_eq!(ended.server.await.unwrap(), Ended::Exit { after_shutdown: true });
        }
    }
    assert!(asked.is_empty(), "the log ends in a session");
}
