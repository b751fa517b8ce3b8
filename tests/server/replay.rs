//! What real editors sent, recorded by `tests/clients/record`, is answered without an error.

use onrecord::server::Ended;
use serde_json::Value;

use crate::client::Client;

/// Neovim 0.11.4 opens, looks at, edits and closes articles.
const NEOVIM: &str = include_str!("../clients/logs/neovim.jsonl");

/// Cancelled by the client, and by the server since the text has changed: no errors.
const CANCELLED: [i64; 2] = [-32800, -32802];

#[tokio::test(flavor = "multi_thread")]
async fn a_session_of_neovim_is_answered_to_the_end() {
    let mut client = Client::silent();
    let mut asked = Vec::new();
    for line in NEOVIM.lines() {
        let mut line: Value = serde_json::from_str(line).unwrap();
        if line["from"] != "client" {
            continue;
        }
        let message = line["message"].take();
        if message["method"] == "exit" {
            // An editor exits when it has been answered.
            for (method, id) in asked.drain(..) {
                let answer = client.response(id).await;
                let error = answer["error"]["code"].as_i64();
                assert!(error.is_none_or(|code| CANCELLED.contains(&code)), "{method}: {answer}");
            }
            let said = client.all_so_far();
            let told = said.iter().find(|message| message["method"] == "window/showMessage");
            assert!(told.is_none(), "{told:?}");
        }
        if let (Some(method), Some(id)) = (message["method"].as_str(), message["id"].as_i64()) {
            asked.push((method.to_owned(), id));
        }
        client.send(message).await;
    }
    assert_eq!(client.server.await.unwrap(), Ended::Exit { after_shutdown: true });
}
