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

/// The memory the process `id` has in RAM, in kilobytes.
#[cfg(target_os = "linux")]
fn resident(id: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

/// A million keys, two for each second of six days; a text of 100 KB grows and shrinks by them. In the first half of
/// them every thread comes to have the memory it works with; after that there is no more.
#[cfg(target_os = "linux")]
#[ignore = "takes minutes: cargo test --features fault-injection --test server day_of -- --ignored --nocapture"]
#[tokio::test(flavor = "multi_thread")]
async fn a_day_of_editing_leaves_memory_flat() {
    const KEYS: u32 = 1_000_000;
    const WORDS: [&str; 6] = ["It is believed that ", "“Ja,” said Ms Lee. ", "\n\n", "[x]{.claim}", "é", "x"];
    let mut process = Process::start().await;
    let paragraph = "Ms Lee said on Monday that the mill would close. It is believed that it has.\n\n";
    let text = paragraph.repeat(100_000 / paragraph.len());
    let lines = u32::try_from(text.lines().count()).unwrap();
    let item = json!({ "uri": URI, "languageId": "article", "version": 1, "text": text });
    let params = json!({ "textDocument": item });
    process.send(json!({ "jsonrpc": "2.0", "method": "textDocument/didOpen", "params": params })).await;
    let id = process.child.id().unwrap();
    let (mut first, mut version, mut seed) = (0, 1, 7_u32);
    for key in 1..=KEYS {
        // A word is put in somewhere and taken out again by the next edit.
        if key % 2 == 1 {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        }
        let word = WORDS[(seed >> 8) as usize % WORDS.len()];
        let line = (seed >> 12) % lines;
        let breaks = u32::try_from(word.matches('\n').count()).unwrap();
        let width = if breaks > 0 { 0 } else { u32::try_from(word.encode_utf16().count()).unwrap() };
        let (end, new) = if key % 2 == 1 { ((line, 0), word) } else { ((line + breaks, width), "") };
        let range = json!({
            "start": { "line": line, "character": 0 },
            "end": { "line": end.0, "character": end.1 },
        });
        version += 1;
        let params = json!({
            "textDocument": { "uri": URI, "version": version },
            "contentChanges": [{ "range": range, "text": new }],
        });
        process.send(json!({ "jsonrpc": "2.0", "method": "textDocument/didChange", "params": params })).await;
        // Somebody who types sees what was found every now and then, and it is read.
        if key % 100 == 0 {
            loop {
                let message = read_message(&mut process.stdout).await.unwrap();
                if message["params"]["version"] == version {
                    break;
                }
            }
        }
        if key % (KEYS / 8) == 0 {
            println!("{key} keys: {} KB", resident(id));
        }
        if key == KEYS / 2 {
            first = resident(id);
        }
    }
    let last = resident(id);
    assert!(last * 10 <= first * 11, "{first} KB halfway, {last} KB at the end");
}
