//! What is fuzzed: each function takes any bytes and panics where a promise is broken.
//!
//! The programs of this folder and `tests/fuzz.rs`, which replays the saved inputs, share it.

use std::borrow::Cow;
use std::io::BufReader;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};

use onrecord::analysis::{Analysis, Setup};
use onrecord::article::strip;
use onrecord::attribution::Model;
use onrecord::exchange::{
    Annotations, Columns, Imported, IntakeFormat, RegistryFormat, ToolFormat, read_actors, read_attributions,
    take_in,
};
use onrecord::server::serve;
use onrecord::workspace::{ActorsFile, Baseline, Config, decode, to_toml};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};
use tokio::runtime::Runtime;

/// A name, and what takes its inputs.
pub type Target = (&'static str, fn(&[u8]));

/// All targets.
pub const TARGETS: &[Target] = &[
    ("article", article),
    ("analysis", analysis),
    ("edits", edits),
    ("frames", frames),
    ("config", config),
    ("baseline", baseline),
    ("actors", actors),
    ("model", model),
    ("registry-wikidata", |input| registry(RegistryFormat::Wikidata, input)),
    ("registry-csv", |input| registry(RegistryFormat::Csv, input)),
    ("registry-petrarch", |input| registry(RegistryFormat::Petrarch, input)),
    ("registry-dna", |input| registry(RegistryFormat::Dna, input)),
    ("html", |input| intake(IntakeFormat::Html, input)),
    ("ninjs", |input| intake(IntakeFormat::Ninjs, input)),
    ("nitf", |input| intake(IntakeFormat::Nitf, input)),
    ("newsml-g2", |input| intake(IntakeFormat::NewsmlG2, input)),
    ("docx", |input| intake(IntakeFormat::Docx, input)),
    ("csv", |input| intake(IntakeFormat::Csv, input)),
    ("jsonl", |input| intake(IntakeFormat::Jsonl, input)),
    ("brat", |input| annotations(ToolFormat::Brat, input)),
    ("webannotation", |input| annotations(ToolFormat::WebAnnotation, input)),
    ("cas-json", |input| annotations(ToolFormat::CasJson, input)),
    ("cas-xmi", |input| annotations(ToolFormat::CasXmi, input)),
    ("webanno-tsv", |input| annotations(ToolFormat::WebannoTsv, input)),
    ("attributions", attributions),
];

/// Gives `input` to the target called `name`.
///
/// # Panics
/// Where there is no such target, and where a promise is broken.
pub fn run(name: &str, input: &[u8]) {
    let (_, target) = TARGETS.iter().find(|(known, _)| *known == name).expect("a target");
    target(input);
}

/// Any text is read, what is found lies in it, and its markup comes off.
fn article(input: &[u8]) {
    let Ok(source) = decode(input.to_vec()) else { return };
    check_article(&source.text);
    strip(&source.text);
    Annotations::read("a", &source.text).write();
}

fn check_article(text: &str) {
    let analysis = Analysis::new(text.into(), Arc::default());
    let mut end = usize::from(analysis.header().range.end());
    for block in analysis.blocks() {
        assert!(usize::from(block.range.start()) >= end, "blocks overlap");
        end = block.range.end().into();
        assert!(
            text.get(std::ops::Range::<usize>::from(block.range)).is_some(),
            "a block splits a character"
        );
    }
    for finding in analysis.findings() {
        let range = std::ops::Range::<usize>::from(finding.range);
        assert!(text.get(range).is_some(), "{} lies outside the text", finding.rule.code);
    }
}

/// What `input` says is done to a text: pairs of edits as `place length word`, four bytes each.
struct Edits<'a> {
    encoding: &'static str,
    steps: std::slice::ChunksExact<'a, u8>,
}

/// What edits put in.
const WORDS: [&str; 20] = [
    "a",
    "é",
    "𝄞",
    "\n",
    "\r\n",
    "\r",
    "",
    " ",
    "\n\n",
    "\u{2028}",
    "“",
    "”",
    "\"",
    "[It ended]{.claim}",
    "<!-- ",
    "-->",
    "It is believed that ",
    "said Ms Lee.",
    "---\n",
    "\u{0}",
];

impl<'a> Edits<'a> {
    fn of(input: &'a [u8]) -> Option<(Self, String)> {
        let (head, rest) = input.split_first()?;
        let encoding = ["utf-8", "utf-16", "utf-32"][usize::from(*head % 3)];
        let text = [
            "",
            "The élan of 𝄞 was lost.\r\nSo he said.\rShe left.\n",
            "---\ndate: 2026-03-01\n---\n“No,” said Ms Lee.\n\n“Yes.\n\nIt is believed that it ended.\n",
        ];
        Some((Self { encoding, steps: rest.chunks_exact(4) }, text[usize::from(*head / 3 % 3)].to_owned()))
    }

    /// The next edit of `text`: from which byte to which, and what stands there afterwards.
    fn next(&mut self, text: &str) -> Option<(usize, usize, &'static str)> {
        let [high, low, length, word] = *self.steps.next()?.first_chunk::<4>()?;
        let start = edge(text, usize::from(u16::from_be_bytes([high, low])) % (text.len() + 1));
        let end = edge(text, (start + usize::from(length)).min(text.len())).max(start);
        Some((start, end, WORDS[usize::from(word) % WORDS.len()]))
    }
}

/// The nearest byte from `at` downwards where an edit may begin: not between a carriage return and its line
/// feed, which no client tells apart.
fn edge(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) || at > 0 && text[..at].ends_with('\r') && text[at..].starts_with('\n') {
        at -= 1;
    }
    at
}

/// Line and column of the byte `at` of `text`, counted without the server's means.
fn place(encoding: &str, text: &str, at: usize) -> Value {
    let bytes = text.as_bytes();
    let is_break = |i: &usize| bytes[*i] == b'\n' || bytes[*i] == b'\r' && bytes.get(i + 1) != Some(&b'\n');
    let (lines, start) = (0..at).filter(is_break).fold((0, 0), |(lines, _), at| (lines + 1, at + 1));
    let line = &text[start..at];
    let column = match encoding {
        "utf-8" => line.len(),
        "utf-16" => line.encode_utf16().count(),
        _ => line.chars().count(),
    };
    json!({ "line": lines, "character": column })
}

/// After any edits an analysis that keeps what did not change finds what a fresh one finds.
fn analysis(input: &[u8]) {
    let Some((mut edits, mut text)) = Edits::of(input) else { return };
    let setup: Arc<Setup> = Arc::default();
    let mut kept = Analysis::new(text.as_str().into(), Arc::clone(&setup));
    while let Some((start, end, word)) = edits.next(&text) {
        text.replace_range(start..end, word);
        kept = Analysis::update(text.as_str().into(), Arc::clone(&setup), Some(&kept), &|| false)
            .expect("not cancelled");
        let fresh = Analysis::new(text.as_str().into(), Arc::clone(&setup));
        assert_eq!(kept.findings(), fresh.findings(), "in {text:?}");
    }
}

/// How many edits were made, for who wants to know.
static MADE: AtomicU64 = AtomicU64::new(0);

/// The document that is edited.
const URI: &str = "file:///fuzz/a.article";

/// After any edits the server's text is the client's, in the three encodings.
fn edits(input: &[u8]) {
    let Some((mut edits, mut text)) = Edits::of(input) else { return };
    let capabilities = json!({ "general": { "positionEncodings": [edits.encoding] } });
    let mut session = initialize(&capabilities);
    let document = json!({ "uri": URI, "languageId": "article", "version": 1, "text": text });
    frame(
        &mut session,
        &json!({ "jsonrpc": "2.0", "method": "textDocument/didOpen", "params": { "textDocument": document } }),
    );
    let mut version = 1;
    while let Some((start, end, word)) = edits.next(&text) {
        let made = MADE.fetch_add(1, Ordering::Relaxed) + 1;
        if made.is_multiple_of(100_000) {
            eprintln!("{made} edits");
        }
        version += 1;
        let [start_at, end_at] = [start, end].map(|at| place(edits.encoding, &text, at));
        let change = json!({ "range": { "start": start_at, "end": end_at }, "text": word });
        text.replace_range(start..end, word);
        let params =
            json!({ "textDocument": { "uri": URI, "version": version }, "contentChanges": [change] });
        frame(
            &mut session,
            &json!({ "jsonrpc": "2.0", "method": "textDocument/didChange", "params": params }),
        );
    }
    let params = json!({ "textDocument": { "uri": URI } });
    frame(&mut session, &json!({ "jsonrpc": "2.0", "id": 2, "method": "onrecord/text", "params": params }));
    let answers = talk(&session, Some(2));
    let answer = answers.iter().find(|answer| answer["id"] == 2).expect("an answer");
    assert_eq!(answer["result"]["text"], text);
}

/// Whatever a client sends, what the server sends are messages.
fn frames(input: &[u8]) {
    let mut session = initialize(&json!({ "textDocument": { "diagnostic": {} } }));
    session.extend_from_slice(input);
    talk(&session, None);
}

fn initialize(capabilities: &Value) -> Vec<u8> {
    let mut session = Vec::new();
    let params = json!({ "processId": null, "capabilities": capabilities });
    frame(&mut session, &json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params }));
    frame(&mut session, &json!({ "jsonrpc": "2.0", "method": "initialized", "params": {} }));
    session
}

fn frame(session: &mut Vec<u8>, message: &Value) {
    let body = message.to_string();
    session.extend_from_slice(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
}

/// What a server in this process answers to the bytes `session`; the stream ends after them, or once the request
/// `id` is answered.
fn talk(session: &[u8], id: Option<i64>) -> Vec<Value> {
    static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime")
    });
    RUNTIME.block_on(async {
        let (mut to_server, stdin) = duplex(1 << 20);
        let (stdout, mut from_server) = duplex(1 << 20);
        let server = tokio::spawn(serve(stdin, stdout));
        // It may have ended before it read all.
        let _ = to_server.write_all(session).await;
        let mut bytes = Vec::new();
        while id.is_some_and(|id| !messages(&bytes).iter().any(|message| message["id"] == id)) {
            assert!(from_server.read_buf(&mut bytes).await.is_ok_and(|read| read > 0), "no answer");
        }
        drop(to_server);
        from_server.read_to_end(&mut bytes).await.expect("bytes");
        server.await.expect("the server does not panic");
        messages(&bytes)
    })
}

/// The whole messages at the beginning of `bytes`.
fn messages(mut bytes: &[u8]) -> Vec<Value> {
    let mut out = Vec::new();
    while let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
        let header = std::str::from_utf8(&bytes[..end]).expect("a header");
        let length = header.strip_prefix("Content-Length: ").expect("a length");
        let length: usize = length.parse().expect("a length");
        let Some(body) = bytes.get(end + 4..end + 4 + length) else { break };
        out.push(serde_json::from_slice(body).expect("JSON"));
        bytes = &bytes[end + 4 + length..];
    }
    out
}

/// A configuration is read or refused with a place in it; what is read holds for a file.
fn config(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    match Config::parse(Path::new("/fuzz/none/onrecord.toml"), &text) {
        Ok(config) => {
            config.settings(Path::new("/fuzz/none/in/a.article"));
            config.override_lines(Path::new("/fuzz/none/in/a.article"));
        }
        Err(error) => assert!(usize::from(error.range.end()) <= text.len(), "{error}"),
    }
}

/// A baseline is read or refused.
fn baseline(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let _ = Baseline::parse(Path::new("/fuzz/none/baseline.onrecord.json"), &text);
}

/// A registry is read, with what is wrong at its place; its actors are written as they are read.
fn actors(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let file = ActorsFile::parse(&text);
    for fault in &file.faults {
        assert!(text.get(std::ops::Range::<usize>::from(fault.range)).is_some(), "{}", fault.message);
    }
    for entry in &file.entries {
        assert!(text.get(std::ops::Range::<usize>::from(entry.id)).is_some());
        ActorsFile::parse(&to_toml(&entry.actor));
    }
}

/// A model is read or refused; one that is read is written as it was, and finds something or nothing.
fn model(input: &[u8]) {
    let _ = Model::read(Cow::Owned(input.to_vec()));
    // Few inputs have the checksum of what they hold, so this one gets it.
    let Some((scale, weights)) = input.split_first_chunk::<4>() else { return };
    let weights: Vec<u8> = weights.iter().copied().chain(std::iter::repeat(0)).take(1 << 8).collect();
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let head = [8, 0, 0, 0, scale[0], scale[1], scale[2], scale[3]];
    for word in std::iter::once(head).chain(weights.as_chunks::<8>().0.iter().copied()) {
        hash = (hash ^ u64::from_le_bytes(word)).wrapping_mul(0x0000_0100_0000_01b3);
        hash ^= hash >> 29;
    }
    let file = [&b"onrecmod\x03\x00\x08\x00"[..], scale, &hash.to_le_bytes(), &weights].concat();
    let model = Model::read(Cow::Owned(file.clone())).expect("a whole model");
    assert_eq!(model.write(), file);
    let setup = Setup { model, ..Setup::default() };
    let text = "“It failed,” said Ms Lee. Officials believe that it did. The paper reported a loss.\n";
    Analysis::new(text.into(), Arc::new(setup)).findings();
}

/// Actors from elsewhere can be written as a registry that can be read.
fn registry(format: RegistryFormat, input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let Ok(actors) = read_actors(format, &text) else { return };
    let toml: String = actors.iter().map(to_toml).collect();
    let file = ActorsFile::parse(&toml);
    assert!(
        !file.faults.iter().any(|fault| fault.message.contains("no TOML")),
        "{:?} in {toml}",
        file.faults
    );
    assert_eq!(file.entries.len(), actors.len(), "{toml}");
}

/// An article from elsewhere has no markup, since what looks like it is made literal.
fn intake(format: IntakeFormat, input: &[u8]) {
    let mut number = 0;
    take_in(format, &mut BufReader::new(input), &Columns::default(), &mut |taken| {
        let Ok(taken) = taken else { return };
        number += 1;
        let article = taken.article();
        assert!(!taken.name("a").contains(['/', '\\', '\0']), "{}", taken.name("a"));
        let read = Annotations::read("a", &article);
        assert!(read.spans.is_empty(), "{:?} in {article:?}", read.spans);
        check_article(&article);
    });
    assert!(number <= input.len());
}

/// What divides the text of an article from the file of annotations in an input for two files.
const APART: &str = "\n%%%%\n";

/// What a tool's file says can be written as an article and read again.
fn annotations(format: ToolFormat, input: &[u8]) {
    let input = String::from_utf8_lossy(input);
    let (text, file) = input.split_once(APART).unwrap_or(("Ms Lee said it failed.\n", &input));
    if let Ok(imported) = format.import("a", file, &|_| Ok(text.to_owned())) {
        check_imported(&imported);
    }
}

/// The same for rows of attributions.
fn attributions(input: &[u8]) {
    let input = String::from_utf8_lossy(input);
    if let Ok(imported) = read_attributions(&input, &|_| Ok("Ms Lee said it failed.\n".to_owned())) {
        check_imported(&imported);
    }
}

fn check_imported(imported: &Imported) {
    let text = &imported.annotations.text;
    for span in &imported.annotations.spans {
        assert!(
            text.get(std::ops::Range::<usize>::from(span.range)).is_some(),
            "{span:?} lies outside the text"
        );
    }
    let written = imported.annotations.write();
    let read = Annotations::read("a", &written.article);
    assert!(
        read.spans.len() + written.leftovers.len() >= usize::from(!imported.annotations.spans.is_empty())
    );
    imported.annotations.sidecar(&written.leftovers);
}
