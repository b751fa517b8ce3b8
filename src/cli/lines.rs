//! Articles as JSON lines on standard input, for corpora beyond one machine: Spark's `pipe`, Ray, GNU parallel.
//!
//! A thread reads ahead a bounded number of bytes; lines are worked on together, on all cores, and their
//! results come in the order of the lines. What has come is worked on at once, so that whoever waits for the
//! answer to a line before writing the next one gets it.

use std::io::{self, BufRead, BufReader, Read as _};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::analysis::Setup;
use crate::article::Header;

/// The longest line that is read, in bytes: the largest file that is read, with its escapes.
const MAX_LINE: u64 = 128 * 1024 * 1024;

/// Bytes that are read before they are handed over, unless nothing more has come yet.
const CHUNK: usize = 1024 * 1024;

/// Chunks that wait to be worked on.
const AHEAD: usize = 8;

/// Lines that are worked on together.
const BATCH: usize = 1024;

/// An article as a line has it.
pub(super) struct Article {
    /// What it goes by in the results: the value of `path` or `id`.
    pub(super) path: PathBuf,
    /// The text, with its own header where it has one.
    pub(super) text: String,
    /// What the other keys say of it.
    pub(super) beside: Header,
}

/// A line that holds no article; as JSON, its result.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct BadLine {
    /// What the article goes by, where that could be read.
    path: Option<String>,
    error: LineError,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
struct LineError {
    /// From 1.
    line: usize,
    message: String,
}

impl Article {
    /// `setup` with what is known of the article.
    pub(super) fn setup(&self, setup: Arc<Setup>) -> Arc<Setup> {
        if self.beside == Header::default() {
            return setup;
        }
        Arc::new(Setup { beside: self.beside.clone(), ..Setup::clone(&setup) })
    }
}

impl BadLine {
    /// Its result, a line.
    pub(super) fn row(&self) -> Vec<u8> {
        let mut row = serde_json::to_vec(self).unwrap_or_default();
        row.push(b'\n');
        row
    }
}

/// Works on each article of standard input: `work` on all cores, then `take` with what came of a batch of
/// them, in the order of the lines.
///
/// # Errors
/// What standard input or `take` says; what was read before it is done.
pub(super) fn each<T: Send>(
    work: impl Fn(Article) -> T + Sync,
    mut take: impl FnMut(Vec<Result<T, BadLine>>) -> io::Result<()>,
) -> io::Result<()> {
    let (sender, receiver) = sync_channel(AHEAD);
    // It ends with the input, or with the process.
    thread::spawn(move || read(BufReader::with_capacity(CHUNK, io::stdin()), &sender));
    while let Some(lines) = batch(&receiver) {
        let lines = lines?;
        take(lines.into_par_iter().map(|line| line.read().map(&work)).collect())?;
    }
    Ok(())
}

/// What has come by now, at least one chunk; `None` when nothing will come.
fn batch(receiver: &Receiver<io::Result<Vec<Line>>>) -> Option<io::Result<Vec<Line>>> {
    let mut lines = match receiver.recv().ok()? {
        Ok(lines) => lines,
        Err(error) => return Some(Err(error)),
    };
    while lines.len() < BATCH {
        match receiver.try_recv() {
            Ok(Ok(more)) => lines.extend(more),
            Ok(Err(error)) => return Some(Err(error)),
            Err(_) => break,
        }
    }
    Some(Ok(lines))
}

/// A line as it came.
struct Line {
    /// From 1.
    number: usize,
    /// Its bytes; none when there were too many.
    bytes: Option<Vec<u8>>,
}

/// Hands the lines of `input` over in chunks until it ends or nobody takes them.
fn read(mut input: BufReader<impl io::Read>, sender: &SyncSender<io::Result<Vec<Line>>>) {
    let mut chunk = Vec::new();
    let mut held = 0;
    let mut number = 0;
    loop {
        let mut bytes = Vec::new();
        match input.by_ref().take(MAX_LINE).read_until(b'\n', &mut bytes) {
            Ok(0) => break,
            Ok(_) => {}
            Err(error) => {
                let _ = sender.send(Ok(chunk));
                let _ = sender.send(Err(error));
                return;
            }
        }
        number += 1;
        let whole = bytes.ends_with(b"\n") || (bytes.len() as u64) < MAX_LINE;
        if !whole && skip_line(&mut input).is_err() {
            break;
        }
        if !bytes.trim_ascii().is_empty() {
            held += bytes.len();
            chunk.push(Line { number, bytes: whole.then_some(bytes) });
        }
        // With nothing left in the buffer the next line may be long in coming.
        if (held >= CHUNK || input.buffer().is_empty()) && !chunk.is_empty() {
            held = 0;
            if sender.send(Ok(std::mem::take(&mut chunk))).is_err() {
                return;
            }
        }
    }
    if !chunk.is_empty() {
        let _ = sender.send(Ok(chunk));
    }
}

/// Reads on to the next line without keeping what is read.
fn skip_line(input: &mut impl BufRead) -> io::Result<()> {
    loop {
        let buffer = input.fill_buf()?;
        let (read, ended) = match memchr::memchr(b'\n', buffer) {
            Some(at) => (at + 1, true),
            None => (buffer.len(), buffer.is_empty()),
        };
        input.consume(read);
        if ended {
            return Ok(());
        }
    }
}

/// The keys that are read; all others are left alone.
#[derive(Deserialize)]
struct Row {
    path: Option<Name>,
    id: Option<Name>,
    text: String,
    date: Option<String>,
    outlet: Option<String>,
    byline: Option<String>,
    language: Option<String>,
    genre: Option<String>,
}

/// What an article goes by; a number counts as it is written.
#[derive(Deserialize)]
#[serde(untagged)]
enum Name {
    Words(String),
    Number(serde_json::Number),
}

impl Name {
    fn into_string(self) -> String {
        match self {
            Self::Words(words) => words,
            Self::Number(number) => number.to_string(),
        }
    }
}

impl Line {
    fn read(self) -> Result<Article, BadLine> {
        let line = self.number;
        let Some(bytes) = self.bytes else {
            let message = format!("it has more than {} MB; an article a line belongs here", MAX_LINE >> 20);
            return Err(BadLine { path: None, error: LineError { line, message } });
        };
        article(&bytes).map_err(|message| BadLine { path: name(&bytes), error: LineError { line, message } })
    }
}

/// The article in a line; else what is wrong with it, and what would be right.
fn article(line: &[u8]) -> Result<Article, String> {
    const RIGHT: &str = r#"a line is {"path": …, "text": …} with "id" for "path" if you like"#;
    let row: Row = serde_json::from_slice(line).map_err(|error| {
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default();
        format!("column {}: {message}; {RIGHT}", error.column())
    })?;
    let path = row.path.or(row.id).ok_or_else(|| format!("neither path nor id; {RIGHT}"))?;
    // A table's day is often the first second of it.
    let day = row.date.as_deref().map(|date| date.split(['T', ' ']).next().unwrap_or(date));
    let said = [
        ("date", day),
        ("outlet", row.outlet.as_deref()),
        ("byline", row.byline.as_deref()),
        ("language", row.language.as_deref()),
        ("genre", row.genre.as_deref()),
    ];
    let beside = Header::beside(said.into_iter().filter_map(|(key, value)| Some((key, value?))));
    if let Some(fault) = beside.faults.first() {
        return Err(fault.message.clone());
    }
    let text = match row.text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => row.text,
    };
    Ok(Article { path: path.into_string().into(), text, beside })
}

/// What the article of a line goes by, if nothing else of it can be read.
fn name(line: &[u8]) -> Option<String> {
    let row: Value = serde_json::from_slice(line).ok()?;
    let name = row.get("path").or_else(|| row.get("id"))?;
    Some(name.as_str().map_or_else(|| name.to_string(), str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bad(line: &str) -> BadLine {
        let line = Line { number: 7, bytes: Some(line.as_bytes().to_vec()) };
        line.read().err().unwrap()
    }

    #[test]
    fn a_name_and_a_text_are_all_an_article_needs() {
        for (line, name) in [
            (r#"{"path":"a.txt","text":"He left.","views":3}"#, "a.txt"),
            (r#"{"id":17,"text":"He left.","date":null}"#, "17"),
            (r#"{"id":17,"path":"b","text":"\ufeffHe left."}"#, "b"),
        ] {
            let article = article(line.as_bytes()).unwrap();
            assert_eq!((article.path.to_str(), article.text.as_str()), (Some(name), "He left."));
            assert_eq!(article.beside, Header::default());
        }
    }

    #[test]
    fn a_bad_line_is_named_with_its_number_and_what_would_be_right() {
        let row = |line: &str| serde_json::to_string(&bad(line)).unwrap();
        assert_eq!(
            row(r#"{"path":"a","txt":"He left."}"#),
            r#"{"path":"a","error":{"line":7,"message":"column 29: missing field `text`; a line is {\"path\": …, \"text\": …} with \"id\" for \"path\" if you like"}}"#
        );
        assert!(
            row("He left.").starts_with(r#"{"path":null,"error":{"line":7,"message":"column 1: expected"#)
        );
        assert!(row(r#"{"text":"He left."}"#).contains("neither path nor id"));
        let day = row(r#"{"id":"x","text":"He left.","date":"2022-13-01"}"#);
        assert!(day.contains("'2022-13-01' is not a day of the calendar"), "{day}");
    }

    #[test]
    fn lines_come_in_chunks_and_blank_ones_count() {
        let (sender, receiver) = sync_channel(AHEAD);
        read(BufReader::new("{}\n\n \r\n[]".as_bytes()), &sender);
        drop(sender);
        let lines: Vec<Line> = std::iter::from_fn(|| batch(&receiver)).flat_map(Result::unwrap).collect();
        assert_eq!(lines.iter().map(|line| line.number).collect::<Vec<_>>(), [1, 4]);
    }
}
