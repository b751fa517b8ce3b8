//! Double coding as a user sees it: `onrecord agreement` and `onrecord merge`, and settling what the coders disagree on.

#![expect(clippy::expect_used, reason = "a test that cannot run the program fails")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;

use onrecord::analysis::{Analysis, Setup};
use onrecord::ide::settlements;
use onrecord::text::{apply_edits, size};
use serde_json::Value;
use tempfile::TempDir;

/// What two coders made of one text.
const A: &str = include_str!("double-coding/a/pier.article");
const B: &str = include_str!("double-coding/b/pier.article");

/// What `agreement` says of them.
const DRAWN: &str = "\
1 article, 12 tokens

class     A     B  alpha  95 %             kappa  alpha-u  exact F1  95 %             overlap F1  95 %
source    2     2  1.000  -                1.000    1.000     1.000  -                     1.000  -
cue       2     2  1.000  -                1.000    1.000     1.000  -                     1.000  -
claim     2     2  0.807  -                0.800    0.872     0.500  -                     1.000  -

claims  paired   same  95 %             alpha  95 %             kappa
stance       2  0.500  -                0.400  -                0.333
by           2  1.000  -                    -  -                    -

a.article:4:61: claim “the pier leaks”: A “the pier leaks”; B “pier leaks”
a.article:6:45: claim “it”: A stance=oppose; B stance=neutral
";

/// What `merge` makes of them.
const MERGED: &str = "---
date: 2026-03-02
---
[Harbour staff]{#s1 .source anon=role} [said]{.cue for=c1} [the [pier leaks]{#c1 .claim .alternative alt=1 by=s1 from=b stance=support}]{#c1 .claim .alternative alt=1 by=s1 from=a stance=support}.

[Bo Ek]{#s2 .source} [denied]{.cue for=c2} [[it]{#c2 .claim .alternative alt=2 by=s2 from=b stance=neutral}]{#c2 .claim .alternative alt=2 by=s2 from=a stance=oppose}.
";

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .args(arguments)
        .current_dir(folder)
        .env("RUST_BACKTRACE", "0")
        .output()
        .expect("the program runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    folder
}

#[test]
fn agreement_has_figures_and_places_to_click() {
    let folder = folder(&[("a.article", A), ("b.article", B)]);
    let output = run(folder.path(), &["agreement", "a.article", "b.article"]);
    assert_eq!((text(&output.stdout).as_str(), text(&output.stderr).as_str()), (DRAWN, ""));
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn agreement_fails_below_what_is_asked_and_says_the_same_to_programs() {
    let folder = folder(&[("a.article", A), ("b.article", B)]);
    let ask = |more: &[&str]| run(folder.path(), &[&["agreement", "a.article", "b.article"], more].concat());
    assert_eq!(ask(&["--at-least", "0.8"]).status.code(), Some(1));
    assert_eq!(ask(&["--at-least", "-0.5"]).status.code(), Some(0));
    let json: Value = serde_json::from_slice(&ask(&["--output-format", "json"]).stdout).expect("JSON");
    assert_eq!(json["disagreements"][1]["path_b"], "b.article");
    assert_eq!(json["disagreements"][1]["place_b"]["line"], 6);
    assert_eq!(json["classes"][2]["overlap"]["value"], 1.0);
    assert_eq!(
        text(&ask(&["--output-format", "github"]).stdout).lines().last(),
        Some(
            "::notice file=a.article,line=6,col=45,title=Coders disagree::claim “it”: A stance=oppose; B stance=neutral"
        )
    );
    assert_eq!(
        text(&ask(&["--output-format", "csv"]).stdout).lines().last(),
        Some("a.article:6:45,b.article:6:45,claim,it,stance=oppose,stance=neutral")
    );
}

#[test]
fn folders_are_matched_by_name_and_another_text_is_an_error_with_its_place() {
    let folder = folder(&[
        ("a/one.article", A),
        ("b/one.article", B),
        ("a/deep/two.article", "[Lee]{.actor} left.\n"),
        ("b/deep/two.article", "[Lee]{.actor} came.\n"),
        ("b/three.article", "Kim.\n"),
    ]);
    let output = run(folder.path(), &["agreement", "a", "b"]);
    assert_eq!(output.status.code(), Some(2));
    let error = text(&output.stderr).replace('\\', "/");
    assert!(error.contains("warning: b/three.article: the other folder has no such article"), "{error}");
    assert!(
        error
            .contains("error: a/deep/two.article:1:15: here the text is 'left. ', and 'came. ' in the other"),
        "{error}"
    );
    // The others are compared all the same.
    assert!(text(&output.stdout).starts_with("1 article, 12 tokens"), "{}", text(&output.stdout));
}

#[test]
fn a_merged_article_keeps_what_agrees_and_asks_for_the_rest() {
    let folder = folder(&[("a.article", A), ("b.article", B)]);
    let output = run(folder.path(), &["merge", "a.article", "b.article", "-o", "c.article"]);
    assert_eq!(text(&output.stderr), "c.article: 4 spans agreed, 2 disagreements to settle.\n");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(fs::read_to_string(folder.path().join("c.article")).expect("the file"), MERGED);
    let strip = |name: &str| run(folder.path(), &["strip", name]).stdout;
    assert_eq!(strip("c.article"), strip("a.article"));
    // Alternatives are no annotation, and wait.
    let exported = run(folder.path(), &["export", "--format", "annotations", "c.article"]);
    let row: Value = serde_json::from_slice(&exported.stdout).expect("JSON");
    assert_eq!(row["attributions"], Value::Array(Vec::new()));
    let check = run(
        folder.path(),
        &[
            "check",
            "--profile",
            "research",
            "--severity",
            "information",
            "--output-format",
            "concise",
            "c.article",
        ],
    );
    let told = text(&check.stdout);
    assert!(told.contains("2 disagreements between this article's coders wait to be settled"), "{told}");
    assert_eq!(told.matches("ANN01").count(), 1, "{told}");
    // A file that is there is not written over, one of those merged never.
    let again = run(folder.path(), &["merge", "a.article", "b.article", "-o", "c.article"]);
    assert_eq!(again.status.code(), Some(2));
    let onto = run(folder.path(), &["merge", "a.article", "b.article", "-o", "a.article", "--force"]);
    assert!(text(&onto.stderr).contains("one of the articles that are merged"), "{}", text(&onto.stderr));
    let twice = run(folder.path(), &["merge", "c.article", "a.article", "-o", "d.article"]);
    assert!(
        text(&twice.stderr).contains("an alternative of an earlier merge waits"),
        "{}",
        text(&twice.stderr)
    );
}

#[test]
fn what_has_no_place_in_the_merged_article_stands_beside_it() {
    let beside = r#"{"type": "AnnotationPage", "items": [{"id": "x", "body": [{"type": "TextualBody", "purpose": "classifying", "value": "claim"}],
        "target": {"selector": [{"type": "TextQuoteSelector", "exact": "one.\n\nTwo", "prefix": "", "suffix": "."}]}}]}"#;
    let text_of_it = "Line one.\n\nTwo.\n";
    let folder = folder(&[
        ("a.article", text_of_it),
        ("a.article.json", beside),
        ("b.article", "Line [one]{.cue}.\n\nTwo.\n"),
    ]);
    let output = run(folder.path(), &["merge", "a.article", "b.article", "-o", "c.article"]);
    let told = text(&output.stderr);
    assert!(told.contains("stands in c.article.json: it runs over the end of a paragraph"), "{told}");
    assert!(told.ends_with("0 spans agreed, 2 disagreements to settle.\n"), "{told}");
    let page = fs::read_to_string(folder.path().join("c.article.json")).expect("the page");
    assert!(page.contains("alternative") && page.contains("\"onrecord:from\": \"a\""), "{page}");
    // It is nobody's annotation there either.
    let out = folder.path().join("out");
    let export = run(
        folder.path(),
        &["export", "--format", "brat", "--output-dir", &out.display().to_string(), "c.article"],
    );
    assert_eq!(export.status.code(), Some(0), "{}", text(&export.stderr));
    assert_eq!(fs::read_to_string(out.join("c.ann")).expect("the file"), "");
}

fn analyse(text: &str) -> Analysis {
    Analysis::new(Arc::from(text), Arc::new(Setup::default()))
}

/// Settles all questions of `article` with the action whose title begins with `way`.
fn settle(article: &str, way: &str) -> String {
    let mut text = article.to_owned();
    while let Some(at) = text.find(".alternative") {
        let analysis = analyse(&text);
        let ways = settlements(&analysis, size(at));
        let found = ways.iter().find(|found| found.title.starts_with(way));
        let found = found.unwrap_or_else(|| panic!("no '{way}' at byte {at} of {text}: {ways:?}"));
        text = apply_edits(&text, &found.edits);
    }
    text
}

#[test]
fn taking_all_of_one_coder_gives_that_coders_article() {
    assert_eq!(settle(MERGED, "Take A's"), A);
    let b = B.replace("staff .source", "s1 .source").replace("by=staff", "by=s1").replace("#leak", "#c1");
    let b = b.replace("for=leak", "for=c1").replace("#ek", "#s2").replace("by=ek", "by=s2");
    assert_eq!(settle(MERGED, "Take B's"), b.replace("#no", "#c2").replace("for=no", "for=c2"));
}

#[test]
fn both_readings_are_kept_with_an_id_each() {
    let analysis = analyse(MERGED);
    let ways = settlements(&analysis, size(MERGED.find("[it]").expect("the place") + 1));
    let titles: Vec<&str> = ways.iter().map(|way| way.title.as_str()).collect();
    assert_eq!(
        titles,
        [
            "Take A's: claim “it”, by=s2, stance=oppose",
            "Take B's: claim “it”, by=s2, stance=neutral",
            "Take both"
        ]
    );
    let both = apply_edits(MERGED, &ways[2].edits);
    assert!(
        both.ends_with(
            "[denied]{.cue for=\"c2 c2-2\"} [[it]{#c2-2 .claim by=s2 stance=neutral}]{#c2 .claim by=s2 stance=oppose}.\n"
        ),
        "{both}"
    );
}

/// A merge in which B's claim would cross A's.
const CROSSING: &str = "[The pier []{.claim .alternative alt=1 by=none from=b words=\"leaks and has to close\"}leaks]{.claim .alternative alt=1 by=none from=a} and has to [close]{.own}.\n";

#[test]
fn a_reading_that_would_cross_is_put_around_its_words_once_the_other_goes() {
    assert_eq!(settle(CROSSING, "Take B's"), "The pier [leaks and has to [close]{.own}]{.claim by=none}.\n");
    assert_eq!(settle(CROSSING, "Take A's"), "[The pier leaks]{.claim by=none} and has to [close]{.own}.\n");
    let ways = settlements(&analyse(CROSSING), size(12));
    assert!(ways.iter().all(|way| way.title != "Take both"), "they cannot both stand: {ways:?}");
}

#[test]
fn what_one_coder_alone_marked_is_kept_or_goes() {
    let merged = "[Lee]{.actor .alternative alt=1 from=b ref=usa} left.\n";
    let titles: Vec<String> =
        settlements(&analyse(merged), size(2)).into_iter().map(|way| way.title).collect();
    assert_eq!(titles, ["Take A's: nothing", "Take B's: actor “Lee”, ref=usa"]);
    assert_eq!(settle(merged, "Take A's"), "Lee left.\n");
    assert_eq!(settle(merged, "Take B's"), "[Lee]{.actor ref=usa} left.\n");
}
