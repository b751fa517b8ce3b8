//! Canonical markup: what `onrecord fmt` changes is markup alone, and Pandoc reads and writes the same.

#![expect(clippy::expect_used, reason = "a test that cannot run a program fails")]

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use onrecord::article::strip;
use onrecord::article::{Header, Markup, blocks, format};
use onrecord::exchange::Annotations;
use onrecord::text::apply_edits;
use onrecord::workspace::discover;
use proptest::prelude::*;

const EXAMPLE: &str = include_str!("../examples/unga-resolution.article");

fn formatted(text: &str) -> String {
    apply_edits(text, &format(text).edits)
}

/// The attributes of the spans of `text` as they are written, in the order of their opening brackets.
fn attributes(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    for block in blocks(text, Header::parse(text).range.end().into()) {
        let source = &text[block.range];
        out.extend(Markup::parse(source).spans.iter().map(|span| source[span.attributes].to_owned()));
    }
    out
}

/// What Pandoc makes of `text`, or none, said aloud, where it is not installed.
fn pandoc(arguments: &[&str], text: &str) -> Option<String> {
    let started = Command::new("pandoc").args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let Ok(mut running) = started else {
        eprintln!("skipped: there is no pandoc");
        return None;
    };
    running.stdin.take().expect("its standard input").write_all(text.as_bytes()).expect("it reads");
    let output = running.wait_with_output().expect("it ends");
    assert!(output.status.success(), "pandoc {arguments:?} failed");
    Some(String::from_utf8(output.stdout).expect("UTF-8"))
}

/// The words of `text`, white space between them apart.
fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

#[test]
fn the_example_is_canonical() {
    assert_eq!(formatted(EXAMPLE), EXAMPLE);
}

/// The sample and the articles of `tests/gold`, annotated, each with its path.
fn annotated() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let found = discover(&[root.join("examples/unga-resolution.article"), root.join("tests/gold")]).files;
    assert!(found.len() > 12, "{found:?}");
    let read = |path: PathBuf| (path.clone(), std::fs::read_to_string(path).expect("an article"));
    found.into_iter().map(read).collect()
}

#[test]
fn pandoc_reads_the_words_that_strip_leaves() {
    for (path, article) in annotated() {
        let Some(plain) = pandoc(&["-f", "markdown-smart", "-t", "plain", "--wrap=none"], &article) else {
            return;
        };
        let clean = strip(&article);
        let body = &clean[usize::from(Header::parse(&clean).range.end())..];
        assert_eq!(words(&plain), words(body), "{}", path.display());
    }
}

#[test]
fn pandoc_writes_the_same_attributes_in_the_same_order() {
    let wild = "[He]{ ref=\"usa\"  .actor #he} [said]{ .cue for=\"c1\"} [it \"failed\"]{stance=oppose by='s1' #c1 .claim\ton=\"the \\\"vote\\\"\" }.\n";
    let wild = wild.replace("'s1'", "\"he none\"");
    let articles = annotated().into_iter().map(|(_, article)| article);
    for text in articles.chain([wild]) {
        let canonical = formatted(&text);
        let body = &canonical[usize::from(Header::parse(&canonical).range.end())..];
        let arguments = ["-f", "markdown-smart", "-t", "markdown-smart", "--wrap=none"];
        let Some(written) = pandoc(&arguments, body) else { return };
        // Pandoc puts each value in quotation marks, which we leave out where nothing needs them.
        assert_eq!(attributes(&formatted(&written)), attributes(&canonical), "{written}");
        let quoted = |attributes: &String| attributes.replace('"', "");
        let (theirs, ours): (Vec<String>, Vec<String>) = (
            attributes(&written).iter().map(quoted).collect(),
            attributes(&canonical).iter().map(quoted).collect(),
        );
        assert_eq!(theirs, ours);
    }
}

/// Texts full of what looks like markup.
fn source() -> impl Strategy<Value = String> {
    prop::string::string_regex(
        r#"(\[|\]|\{|\}|\\|\]\{  \.a \}|\]\{b="c"  #x\}|\]\{\.a\nd="e f" b=g\}|<!-- d -->|<!--|-->|"|[a-dé .,=]|\n|\n\n|\r\n|[a-e ]{20}){0,40}"#,
    )
    .expect("a pattern")
}

proptest! {
    #[test]
    fn only_markup_changes_and_only_once(source in source()) {
        let once = formatted(&source);
        prop_assert_eq!(strip(&once), strip(&source));
        prop_assert_eq!(Annotations::read("a", &once), Annotations::read("a", &source));
        prop_assert_eq!(formatted(&once), once);
    }
}

/// Runs `onrecord fmt` in a folder with one article: exit code, both outputs, the article afterwards.
fn run(arguments: &[&str], article: &str) -> (Option<i32>, String, String) {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let path = folder.path().join("a.article");
    std::fs::write(&path, article).expect("a file for the test");
    let output = Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .arg("fmt")
        .args(arguments)
        .current_dir(folder.path())
        .stdin(std::fs::File::open(&path).expect("the article"))
        .output()
        .expect("the program runs");
    let told =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    (output.status.code(), told, std::fs::read_to_string(&path).expect("the article"))
}

#[test]
fn the_command_writes_in_place_shows_or_only_asks() {
    let (loose, tidy) =
        ("[He]{  .actor ref=\"usa\" } left.\n[x]{.own odd}\n", "[He]{.actor ref=usa} left.\n[x]{.own odd}\n");
    let (code, told, after) = run(&[], loose);
    assert_eq!((code, &*after), (Some(0), tidy), "{told}");
    assert!(told.contains("a.article:2:10: left as it is: 'odd' is none of"), "{told}");
    assert!(told.contains("1 span written anew"), "{told}");
    let (code, told, after) = run(&["--check", "."], loose);
    assert_eq!((code, &*after), (Some(1), loose));
    assert!(told.contains("a.article: would be written anew."), "{told}");
    assert_eq!(run(&["--check"], tidy).0, Some(0));
    let (code, told, after) = run(&["--diff"], loose);
    assert_eq!((code, &*after), (Some(0), loose));
    assert!(told.contains("-[He]{  .actor ref=\"usa\" } left.\n+[He]{.actor ref=usa} left.\n"), "{told}");
    assert!(run(&["-"], loose).1.starts_with(tidy));
    assert_eq!(run(&["none.article"], tidy).0, Some(2));
}
