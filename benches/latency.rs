//! How long an editor waits: a language server driven over standard input and output.
//!
//! `cargo bench --bench latency` drives our own server on articles of 2.4 KB to 10 MB, pushed and
//! pulled; `cargo bench --bench latency -- SERVER ARG …` any other one beside it, and before these
//! `--size BYTES` measures one size alone. A time runs from the first byte written to the last byte
//! of the answer read, before it is parsed; for a key the answer is the publication (or the pulled
//! report) for that version. A hover is timed in a text at rest, and as the first after a key in a word
//! and after one that makes a name of it. Besides the key in the middle there are, at 1 MB, the quotation mark
//! that is typed and deleted at the head of the text, the line break in its middle, and the key in a
//! text that is one line.

mod article;

use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

const KEYS: usize = 200;
const BURST: usize = 50;
const REQUESTS: usize = 300;
const PATIENCE: Duration = Duration::from_secs(120);
/// No size takes longer than this over its keys; a slow server is measured on fewer.
const BUDGET: Duration = Duration::from_secs(30);

fn main() -> io::Result<()> {
    let mut other: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let mut sizes = vec![2_400, 100_000, 1_000_000, 10_000_000];
    if other.first().is_some_and(|word| word == "--size") {
        sizes = other.get(1).and_then(|bytes| bytes.parse().ok()).into_iter().collect();
        other.drain(..2.min(other.len()));
    }
    let ours = vec![env!("CARGO_BIN_EXE_onrecord").to_owned(), "server".to_owned()];
    println!(
        "{:<22} {:>7} {:>8} {:>26} {:>14} {:>20} {:>20} {:>7}",
        "server",
        "size",
        "open ms",
        "key p50/p95/p99 ms (n)",
        "burst of 50 ms",
        "hover p50/p99",
        "completion p50/p99",
        "RSS MB"
    );
    for bytes in sizes {
        run("onrecord, pushed", &ours, bytes, false)?;
        first_hover("onrecord, pushed", &ours, bytes)?;
        run("onrecord, pulled", &ours, bytes, true)?;
        if !other.is_empty() {
            run(&other[0], &other, bytes, false)?;
            first_hover(&other[0], &other, bytes)?;
        }
        if bytes == 1_000_000 {
            for (name, command) in
                [("onrecord, pushed", &ours), (other.first().map_or("", String::as_str), &other)]
            {
                if !command.is_empty() {
                    hard(name, command, bytes)?;
                }
            }
        }
    }
    Ok(())
}

/// The first hover after each key, once its diagnostics are there: p50/p99 after a key in a word, and after
/// one that makes a name of a word or undoes it.
fn first_hover(name: &str, command: &[String], bytes: usize) -> io::Result<()> {
    let text = article::article(bytes);
    let named = text.lines().position(|line| line.contains("Keller")).unwrap_or(0);
    let words = text.lines().nth(named).unwrap_or("");
    let column = words.find("Keller").map_or(0, |at| words[..at].encode_utf16().count());
    let middle = text.lines().count() / 2;
    let line = text.lines().skip(middle).position(|line| line.contains(" rain ")).map_or(0, |on| middle + on);
    let words = text.lines().nth(line).unwrap_or("");
    let word = words.find(" rain ").map_or(0, |at| words[..at].encode_utf16().count() + 3);
    let mut out = Vec::new();
    for (start, typed) in [(word, "e"), (0, "Qu")] {
        let mut server = Server::start(command, false)?;
        server.open(&text)?;
        let mut times = Vec::new();
        let began = Instant::now();
        for turn in 0..KEYS {
            let end = start + typed.len();
            let change =
                if turn % 2 == 0 { (line, start, line, start, typed) } else { (line, start, line, end, "") };
            server.version += 1;
            let frame = encode(&replace(server.version, change));
            server.write(&frame)?;
            server.diagnostics(server.version)?;
            let began_hover = Instant::now();
            let position = json!({"line": named, "character": column});
            let hover = json!({"textDocument": {"uri": URI}, "position": position});
            times.push(server.request("textDocument/hover", hover)?.0 - began_hover);
            if began.elapsed() > BUDGET {
                break;
            }
        }
        times.sort();
        out.push(format!("{:.2}/{:.2} ({})", at(&times, 50), at(&times, 99), times.len()));
        server.stop();
    }
    println!("{name:<22} {bytes:>7} first hover after a key {}, after one in a name {} ms", out[0], out[1]);
    Ok(())
}

/// The keys that make most of an article another: p50/p95/p99 of each.
fn hard(name: &str, command: &[String], bytes: usize) -> io::Result<()> {
    let text = article::article(bytes);
    let head = text.find(' ').map_or(0, |at| at + " 2022-10-09 ".len());
    let line = text.lines().count() / 2;
    let line_of_its_own = text.replace("\n\n", " ");
    let middle =
        line_of_its_own[line_of_its_own.len() / 2..].find(' ').unwrap_or(0) + line_of_its_own.len() / 2;
    let middle = line_of_its_own[..middle].encode_utf16().count();
    for (what, text, line, column, typed) in [
        ("quotation mark at the head", text.as_str(), 0, head, "“"),
        ("line break in the middle", &text, line, 0, "\n"),
        ("key in one line", &line_of_its_own, 0, middle, "e"),
    ] {
        let mut server = Server::start(command, false)?;
        server.open(text)?;
        let mut times = Vec::new();
        for _ in 0..KEYS / 4 {
            let (after, end) = if typed == "\n" { (line + 1, 0) } else { (line, column + 1) };
            for change in [(line, column, line, column, typed), (line, column, after, end, "")] {
                server.version += 1;
                let frame = encode(&replace(server.version, change));
                let began = Instant::now();
                server.write(&frame)?;
                times.push(server.diagnostics(server.version)? - began);
            }
        }
        times.sort();
        println!(
            "{name:<22} {what:<34} {:.2}/{:.2}/{:.2} ms ({})",
            at(&times, 50),
            at(&times, 95),
            at(&times, 99),
            times.len()
        );
        server.stop();
    }
    Ok(())
}

fn run(name: &str, command: &[String], bytes: usize, pull: bool) -> io::Result<()> {
    let text = article::article(bytes);
    let mut server = Server::start(command, pull)?;
    let row = match measure(&mut server, &text) {
        Ok(row) => row,
        Err(error) => format!("failed: {error}"),
    };
    println!("{name:<22} {:>7} {row}", size(bytes));
    server.stop();
    Ok(())
}

fn size(bytes: usize) -> String {
    if bytes < 1_000_000 { format!("{} KB", bytes / 1000) } else { format!("{} MB", bytes / 1_000_000) }
}

fn measure(server: &mut Server, text: &str) -> io::Result<String> {
    let open = server.open(text)?;
    let mut line = text.lines().count() / 2;
    while text.lines().nth(line).is_none_or(|words| words.len() < 20) {
        line += 1;
    }
    let column = text.lines().nth(line).and_then(|words| words.find(' ')).unwrap_or(0);
    let mut keys = Vec::new();
    let started = Instant::now();
    for key in 0..KEYS {
        let frame = server.key(line, column + key);
        let began = Instant::now();
        server.write(&frame)?;
        keys.push(server.diagnostics(server.version)? - began);
        if started.elapsed() > BUDGET {
            break;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    let typed = keys.len();
    let burst: Vec<Vec<u8>> = (0..BURST).map(|key| server.key(line, column + typed + key)).collect();
    let began = Instant::now();
    for frame in &burst {
        server.write(frame)?;
    }
    let burst = server.diagnostics(server.version)? - began;
    let mut hovers = server.times("textDocument/hover", |turn| {
        let names: Vec<usize> = text
            .lines()
            .enumerate()
            .filter(|(_, words)| words.contains("Maria Keller"))
            .map(|(line, _)| line)
            .collect();
        let line = names.get(turn % names.len().max(1)).copied().unwrap_or(0);
        let words = text.lines().nth(line).unwrap_or("");
        let column = words.find("Keller").map_or(0, |at| words[..at].encode_utf16().count());
        json!({"textDocument": {"uri": URI}, "position": {"line": line, "character": column}})
    })?;
    let tag = "[x]{.claim stance=";
    server.insert(line, 0, tag)?;
    let mut completions = server.times(
        "textDocument/completion",
        |_| json!({"textDocument": {"uri": URI}, "position": {"line": line, "character": tag.len()}}),
    )?;
    keys.sort();
    let key = format!("{:.2}/{:.2}/{:.2} ({typed})", at(&keys, 50), at(&keys, 95), at(&keys, 99));
    let pair = |times: &mut Vec<Duration>| {
        times.sort();
        if times.is_empty() { "-".to_owned() } else { format!("{:.2}/{:.2}", at(times, 50), at(times, 99)) }
    };
    Ok(format!(
        "{:>8.1} {key:>26} {:>14.1} {:>20} {:>20} {:>7.1}",
        open.as_secs_f64() * 1e3,
        burst.as_secs_f64() * 1e3,
        pair(&mut hovers),
        pair(&mut completions),
        server.resident().unwrap_or(0.0),
    ))
}

/// The `percent`-th percentile of sorted times, in milliseconds.
fn at(times: &[Duration], percent: usize) -> f64 {
    let index = (times.len() * percent / 100).min(times.len().saturating_sub(1));
    times.get(index).map_or(0.0, |time| time.as_secs_f64() * 1e3)
}

const URI: &str = "file:///bench/article.article";

struct Server {
    child: Child,
    input: ChildStdin,
    /// Frames with the moment their last byte was read.
    frames: Receiver<(Instant, Vec<u8>)>,
    pull: bool,
    id: u64,
    version: i64,
}

impl Server {
    fn start(command: &[String], pull: bool) -> io::Result<Self> {
        let mut child = Command::new(&command[0])
            .args(&command[1..])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let input = child.stdin.take().ok_or_else(|| io::Error::other("no standard input"))?;
        let output = child.stdout.take().ok_or_else(|| io::Error::other("no standard output"))?;
        let (sender, frames) = channel();
        std::thread::spawn(move || {
            let mut output = BufReader::with_capacity(1 << 20, output);
            while let Some(frame) = read_frame(&mut output) {
                if sender.send((Instant::now(), frame)).is_err() {
                    break;
                }
            }
        });
        let mut server = Self { child, input, frames, pull, id: 0, version: 1 };
        let mut capabilities = json!({
            "publishDiagnostics": {"versionSupport": true, "relatedInformation": true},
            "hover": {"contentFormat": ["markdown"]},
            "completion": {"completionItem": {"snippetSupport": true}},
        });
        if pull {
            capabilities["diagnostic"] = json!({"dynamicRegistration": false});
        }
        server.request("initialize", json!({
            "processId": std::process::id(), "rootUri": null, "capabilities": {"textDocument": capabilities}
        }))?;
        server.notify("initialized", json!({}))?;
        Ok(server)
    }

    /// Opens the article; how long its first diagnostics took.
    fn open(&mut self, text: &str) -> io::Result<Duration> {
        let document = json!({"uri": URI, "languageId": "article", "version": 1, "text": text});
        let began = Instant::now();
        self.notify("textDocument/didOpen", json!({"textDocument": document}))?;
        Ok(self.diagnostics(1)? - began)
    }

    fn stop(mut self) {
        let gone = self.request("shutdown", Value::Null).and_then(|_| self.notify("exit", Value::Null));
        if gone.is_err() {
            self.child.kill().ok();
        }
        self.child.wait().ok();
    }

    fn write(&mut self, frame: &[u8]) -> io::Result<()> {
        self.input.write_all(frame)?;
        self.input.flush()
    }

    #[expect(clippy::needless_pass_by_value, reason = "callers make it on the spot")]
    fn notify(&mut self, method: &str, params: Value) -> io::Result<()> {
        let frame = encode(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
        self.write(&frame)
    }

    /// Sends a request; when its answer was read, and the answer.
    #[expect(clippy::needless_pass_by_value, reason = "callers make it on the spot")]
    fn request(&mut self, method: &str, params: Value) -> io::Result<(Instant, Value)> {
        self.id += 1;
        let id = self.id;
        let frame = encode(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        self.write(&frame)?;
        loop {
            let (when, message) = self.next()?;
            if message.get("method").is_none() && message["id"] == id {
                return Ok((when, message));
            }
        }
    }

    /// The next message; the server's own requests are answered with null.
    fn next(&mut self) -> io::Result<(Instant, Value)> {
        let (when, frame) = self.frames.recv_timeout(PATIENCE).map_err(io::Error::other)?;
        let message: Value = serde_json::from_slice(&frame)?;
        if let (Some(id), Some(_)) = (message.get("id"), message.get("method")) {
            let answer = encode(&json!({"jsonrpc": "2.0", "id": id, "result": null}));
            self.write(&answer)?;
        }
        Ok((when, message))
    }

    /// When the diagnostics of `version` were there.
    fn diagnostics(&mut self, version: i64) -> io::Result<Instant> {
        if self.pull {
            return Ok(self.request("textDocument/diagnostic", json!({"textDocument": {"uri": URI}}))?.0);
        }
        loop {
            let (when, message) = self.next()?;
            let published = message["method"] == "textDocument/publishDiagnostics";
            // A server that publishes no version is taken at its first word.
            if published && message["params"]["version"].as_i64().is_none_or(|found| found >= version) {
                return Ok(when);
            }
        }
    }

    /// The frame that types one character.
    fn key(&mut self, line: usize, column: usize) -> Vec<u8> {
        self.version += 1;
        encode(&change(self.version, line, column, "e"))
    }

    fn insert(&mut self, line: usize, column: usize, text: &str) -> io::Result<()> {
        self.version += 1;
        let frame = encode(&change(self.version, line, column, text));
        self.write(&frame)?;
        self.diagnostics(self.version).map(|_| ())
    }

    /// The times of [`REQUESTS`] requests; an error when an answer is empty, since a fast nothing is
    /// no figure.
    fn times(&mut self, method: &str, params: impl Fn(usize) -> Value) -> io::Result<Vec<Duration>> {
        let mut out = Vec::with_capacity(REQUESTS);
        let requests: Vec<Value> = (0..REQUESTS).map(params).collect();
        for params in requests {
            let began = Instant::now();
            let (when, answer) = self.request(method, params)?;
            if answer["result"].is_null() {
                return Ok(Vec::new());
            }
            out.push(when - began);
        }
        Ok(out)
    }

    /// Resident memory in MB, where the system tells.
    fn resident(&self) -> Option<f64> {
        let status =
            std::fs::read_to_string(Path::new("/proc").join(self.child.id().to_string()).join("status"))
                .ok()?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
        let kilobytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
        Some(kilobytes / 1024.0)
    }
}

fn change(version: i64, line: usize, column: usize, text: &str) -> Value {
    replace(version, (line, column, line, column, text))
}

/// The change that puts a text in place of what stands between two places, each a line and a column.
fn replace(version: i64, (line, column, last, end, text): (usize, usize, usize, usize, &str)) -> Value {
    let range =
        json!({"start": {"line": line, "character": column}, "end": {"line": last, "character": end}});
    json!({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": {
        "textDocument": {"uri": URI, "version": version},
        "contentChanges": [{"range": range, "text": text}],
    }})
}

fn encode(message: &Value) -> Vec<u8> {
    let body = message.to_string();
    format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

fn read_frame(input: &mut impl BufRead) -> Option<Vec<u8>> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if input.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if line == "\r\n" {
            break;
        }
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
    }
    let mut frame = vec![0; length];
    input.read_exact(&mut frame).ok()?;
    Some(frame)
}
