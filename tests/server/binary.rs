//! The real binary: `onrecord server` on standard input and output.

use std::process::Stdio;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncWriteExt, BufReader};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

use crate::client::{BELIEVED, PUBLISH, URI, codes, read_message};

/// How long a process may take to end.
const PATIENCE: Duration = Duration::from_secs(10);

struct Process {
    child: Child,
    stdin: Option<ChildStdin>,
    stdout: BufReader<ChildStdout>,
}

impl Process {
    async fn start() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_onrecord"))
            .arg("server")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let stdin = child.stdin.take();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        let mut process = Self { child, stdin, stdout };
        let params = json!({ "processId": std::process::id(), "capabilities": {} });
        process.send(json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params })).await;
        let answer = read_message(&mut process.stdout).await.unwrap();
        assert_eq!(answer["result"]["serverInfo"]["name"], "onrecord");
        process
    }

    async fn send(&mut self, message: Value) {
        let body = message.to_string();
        let frame = format!("Content-Length: {}\r\n\r\n{body}", body.len());
        let stdin = self.stdin.as_mut().unwrap();
        stdin.write_all(frame.as_bytes()).await.unwrap();
        stdin.flush().await.unwrap();
    }

    /// The exit code, while its standard input stays open.
    async fn code(&mut self) -> Option<i32> {
        tokio::time::timeout(PATIENCE, self.child.wait()).await.expect("an end").unwrap().code()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn exit_after_shutdown_is_success() {
    let mut process = Process::start().await;
    let item = json!({ "uri": URI, "languageId": "article", "version": 1, "text": BELIEVED });
    let params = json!({ "textDocument": item });
    process.send(json!({ "jsonrpc": "2.0", "method": "textDocument/didOpen", "params": params })).await;
    let published = read_message(&mut process.stdout).await.unwrap();
    assert_eq!(published["method"], PUBLISH);
    assert_eq!(codes(published["params"]["diagnostics"].as_array().unwrap()), ["ATT02"]);
    process.send(json!({ "jsonrpc": "2.0", "id": 2, "method": "shutdown" })).await;
    assert_eq!(read_message(&mut process.stdout).await.unwrap()["id"], 2);
    process.send(json!({ "jsonrpc": "2.0", "method": "exit" })).await;
    assert_eq!(process.code().await, Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn exit_without_shutdown_is_a_failure() {
    let mut process = Process::start().await;
    process.send(json!({ "jsonrpc": "2.0", "method": "exit" })).await;
    assert_eq!(process.code().await, Some(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_is_gone_is_a_failure() {
    let mut process = Process::start().await;
    process.stdin = None;
    assert_eq!(process.code().await, Some(1));
}
