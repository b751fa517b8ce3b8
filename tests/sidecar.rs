//! Annotations beside an article, in `NAME.article.json`, count as if they stood in it.

#![expect(clippy::expect_used, reason = "a test that cannot run the program fails")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use onrecord::exchange::{Annotations, Leftover, Misfit};
use tempfile::TempDir;

/// A folder with one article.
struct Folder(TempDir);

impl Folder {
    /// With `article` as it is.
    fn inline(article: &str) -> Self {
        let folder = Self(tempfile::tempdir().expect("a folder for the test"));
        folder.put("a.article", article);
        folder
    }

    /// With the text of `article`, and its spans beside it.
    fn beside(article: &str) -> Self {
        let mut read = Annotations::read("a", article);
        let spans = std::mem::take(&mut read.spans);
        let text = read.write().article;
        let leftover = |span| Leftover { span, why: Misfit::Crosses };
        let leftovers: Vec<Leftover> = spans.into_iter().map(leftover).collect();
        let folder = Self::inline(&text);
        folder.put("a.article.json", &read.sidecar(&leftovers));
        folder
    }

    fn put(&self, name: &str, text: &str) {
        fs::write(self.0.path().join(name), text).expect("a file for the test");
    }

    fn run(&self, arguments: &[&str]) -> (Option<i32>, String, String) {
        let Output { status, stdout, stderr } = Command::new(env!("CARGO_BIN_EXE_onrecord"))
            .args(arguments)
            .current_dir(self.0.path())
            .output()
            .expect("the program runs");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (status.code(), text(&stdout), text(&stderr))
    }

    /// The files that an export to `format` writes, with what it says.
    fn exported(&self, format: &str) -> (Vec<(String, Vec<u8>)>, String) {
        let (code, _, told) = self.run(&["export", "--format", format, "--output-dir", format, "a.article"]);
        assert_eq!(code, Some(0), "{told}");
        let entries = fs::read_dir(self.0.path().join(format)).expect("the folder was made");
        let mut files: Vec<(String, Vec<u8>)> = entries
            .map(|entry| {
                let path = entry.expect("the folder can be read").path();
                let name = path.file_name().expect("a name").to_string_lossy().into_owned();
                (name, fs::read(path).expect("the file can be read"))
            })
            .collect();
        files.sort();
        (files, told)
    }
}

fn example() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/unga-resolution.article");
    fs::read_to_string(path).expect("the sample is there")
}

const PIER: &str = "---
date: 2026-03-02
outlet: The Courier
on:
  pier: Closing the pier
---
[Harbour staff]{#s1 .source anon=role} [said]{.cue for=c1} [the pier [leaks]{.quote by=s1}]{#c1 .claim act=assert by=s1 on=pier stance=support}.

[It is believed that the harbour is rich.]{.own why=\"seen by us\"} [Bo Ek]{#s2 .source anon=named} [denied]{.cue for=c2} [it]{#c2 .claim by=s2 on=pier stance=oppose}.
";

#[test]
fn the_same_article_inline_and_with_its_spans_beside_gives_the_same_figures_and_exports() {
    for article in [PIER, &example()] {
        let (inline, beside) = (Folder::inline(article), Folder::beside(article));
        let commands: [&[&str]; 5] = [
            &["stats", "--output-format", "json", "."],
            &["stats", "--output-format", "graphml", "."],
            &["report", "a.article", "--output", "-"],
            &["export", "--format", "annotations", "."],
            &["stats", "--table", "sources,stances", "a.article"],
        ];
        for command in commands {
            assert_eq!(inline.run(command), beside.run(command), "{command:?}");
        }
        let scores = |folder: &Folder| {
            let (code, printed, told) = folder.run(&["evaluate", "--gold", "."]);
            assert_eq!(code, Some(0), "{told}");
            printed.lines().skip(1).map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(scores(&inline), scores(&beside));
        let formats = [
            "brat",
            "cas-json",
            "cas-xmi",
            "webanno-tsv",
            "webannotation",
            "tei",
            "claim-review",
            "tables",
            "dna-csv",
        ];
        for format in formats {
            assert_eq!(inline.exported(format), beside.exported(format), "{format}");
        }
    }
}

#[test]
fn rules_hear_what_is_marked_beside_and_find_what_is_wrong_in_it() {
    let codes = |folder: &Folder| {
        let (_, printed, _) =
            folder.run(&["check", "--profile", "strict", "--output-format", "concise", "a.article"]);
        let code = |line: &str| line.split_whitespace().nth(1).map(str::to_owned);
        let mut codes: Vec<String> = printed.lines().filter_map(code).collect();
        codes.sort();
        codes
    };
    let plain = "The company bribed three officials to win the contract last year.\n";
    let own = format!("[{}]{{.own}}\n", plain.trim());
    assert_ne!(codes(&Folder::inline(plain)), codes(&Folder::inline(&own)));
    assert_eq!(codes(&Folder::inline(&own)), codes(&Folder::beside(&own)));

    let wrong = "Bo Ek [left]{.claim by=s9} [twice]{.clam}.\n";
    let beside = Folder::beside(wrong);
    let (code, printed, _) =
        beside.run(&["check", "--output-format", "concise", "--select", "ANN", "a.article"]);
    assert_eq!(code, Some(1));
    assert_eq!(
        printed,
        "a.article:1:7: ANN01 error: There is no span or actor 's9'. This stands in the file beside the article.\n\
         a.article:1:12: ANN01 error: '.clam' is no class. Did you mean 'claim'? This stands in the file beside the article.\n",
    );
    let (_, diff, _) = beside.run(&["check", "--diff", "--unsafe-fixes", "--select", "ANN", "."]);
    assert_eq!(diff, "");
}

#[test]
fn spans_are_found_again_after_an_edit_and_what_is_gone_is_told_at_its_place() {
    let folder = Folder::beside(PIER);
    let path = folder.0.path().join("a.article");
    let text = fs::read_to_string(&path).expect("the article is there");
    let moved =
        text.replace("Harbour staff said the pier leaks", "On Sunday Harbour staff said the pier leaks");
    fs::write(&path, moved.replace("Bo Ek denied it", "Nobody spoke")).expect("it can be written");
    let (code, printed, _) =
        folder.run(&["check", "--output-format", "concise", "--select", "ANN", "a.article"]);
    assert_eq!(code, Some(1));
    let lines: Vec<&str> = printed.lines().collect();
    assert!(lines.iter().all(|line| line.starts_with("a.article:9:")), "{printed}");
    assert!(printed.contains("ANN01 error: #6 in a.article.json marks 'Bo Ek' (after"), "{printed}");
    assert!(
        printed.contains("Mark the words that it is about anew, or take it out of that file."),
        "{printed}"
    );
    let (_, tables, _) = folder.run(&["stats", "--table", "stances", "."]);
    assert!(!tables.contains("Bo Ek"), "{tables}");
}

#[test]
fn a_file_beside_that_is_no_page_of_annotations_is_named_with_its_line() {
    let folder = Folder::inline("He left.\n");
    folder.put("a.article.json", "{\n  \"items\": [}");
    let (code, printed, _) =
        folder.run(&["check", "--profile", "strict", "--output-format", "concise", "a.article"]);
    assert_eq!(code, Some(1));
    assert!(printed.starts_with("a.article:1:1: ANN01 error: a.article.json, line 2: "), "{printed}");
    for command in [&["stats", "."][..], &["export", "--format", "annotations", "."], &["report", "."]] {
        let (code, _, told) = folder.run(command);
        assert_eq!(code, Some(2), "{told}");
        assert!(told.contains("a.article.json:2: "), "{told}");
    }
}
