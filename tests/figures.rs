//! Figures over articles, as a user sees them: `onrecord stats` on a terminal, `onrecord report` in a browser.

#![expect(clippy::expect_used, reason = "a test that cannot run the program fails")]

use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use html5gum::{Token, Tokenizer};
use serde_json::Value;
use tempfile::TempDir;

const PIER: &str = "---
date: 2026-03-02
outlet: The Courier
actors:
  ek: {name: Bo Ek, kind: person}
on:
  pier: Closing the pier
---
[Harbour staff]{#s1 .source anon=role} [said]{.cue for=c1} [the pier leaks]{#c1 .claim by=s1}.
[It has to close]{#c2 .claim by=s2 on=pier stance=support}, [Bo Ek]{#s2 .source anon=named ref=ek} [said]{.cue for=c2}.
";

const BOATS: &str = "---
date: 2026-03-03
outlet: The Courier
actors:
  club: {name: Sailing Club, kind: organisation}
on:
  pier: Closing the pier
---
[The Sailing Club]{#s1 .source anon=organisation ref=club} [rejects]{.cue for=c1} [a closure]{#c1 .claim by=s1 on=pier stance=oppose}.
[A vote]{#c2 .claim by=none} [is expected]{.cue for=c2}.
";

/// What `stats` says of the two articles above, for the tables asked for.
const DRAWN: &str = "\
Sources by kind, and how the articles name them (sources)
  kind          claims  named  organisation  role  official  unnamed
  person             1      1             0     0         0        0
  organisation       1      0             1     0         0        0
  role               1      0             0     1         0        0
  nobody             1      0             0     0         0        0

Who stands where, by issue (stances)
  actor         issue             support  oppose  neutral  mixed  unrelated
  Bo Ek         Closing the pier        1       0        0      0          0
  Sailing Club  Closing the pier        0       1        0      0          0

Discourse network: who agrees with whom (network)
  actor  other         congruence  conflict  subtract  normalised
  Bo Ek  Sailing Club           0         1        -1          -1
";

/// Runs the program in `folder`; what it printed, which has to be without an error.
fn run(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .expect("the program runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder for the test");
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("a file for the test");
    }
    folder
}

fn harbour() -> TempDir {
    folder(&[("boats.article", BOATS), ("pier.article", PIER)])
}

/// The tags of a page, in order, after the checks any page has to pass: it can be parsed without an error, each element
/// is closed, nothing is loaded and every link leads to a place in it.
fn checked(page: &str) -> Vec<String> {
    const VOID: [&str; 1] = ["meta"];
    let (mut open, mut names) = (Vec::new(), Vec::new());
    let (mut ids, mut links) = (HashSet::new(), HashSet::new());
    for token in Tokenizer::new(page) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                for (key, value) in &tag.attributes {
                    let value = String::from_utf8_lossy(value).into_owned();
                    match &key[..] {
                        b"id" => assert!(ids.insert(value.clone()), "#{value} is there twice"),
                        b"href" => {
                            assert!(value.starts_with('#'), "{value} leads out of the page");
                            links.insert(value[1..].to_owned());
                        }
                        b"src" | b"srcset" | b"style" | b"action" => panic!("{name} has {key:?}"),
                        key => assert!(!key.starts_with(b"on"), "{name} has a handler"),
                    }
                }
                if !VOID.contains(&name.as_str()) && !tag.self_closing {
                    open.push(name.clone());
                }
                names.push(name);
            }
            Token::EndTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                assert_eq!(open.pop(), Some(name));
            }
            Token::Error(error) => panic!("the page is not HTML: {}", error.value),
            _ => {}
        }
    }
    assert_eq!(open, Vec::<String>::new());
    let lost: Vec<&String> = links.difference(&ids).collect();
    assert!(lost.is_empty(), "links that lead nowhere: {lost:?}");
    for word in ["<script", "<link", "<img", "<iframe", "@import", "url("] {
        assert!(!page.contains(word), "the page has {word}");
    }
    names
}

#[test]
fn the_tables_are_those_of_the_articles() {
    let out = run(harbour().path(), &["stats", "--table", "sources,stances,network"]);
    assert_eq!(out, DRAWN);
}

/// A codebook with a stance for each side and one for none; support and the others no longer count.
const CODEBOOK: &str = "
[vocabulary.stance]
replace = true
values.pro = { label = \"In favour\", definition = \"For it.\", mappings = { DNA = \"agreement=1\" } }
values.contra = { definition = \"Against it.\", mappings = { DNA = \"agreement=0\" } }
values.wary = { label = \"Wary <of it>\", definition = \"It waits.\" }
";

#[test]
fn stances_of_ones_own_codebook_are_counted_labelled_and_coloured() {
    let article = |name: &str, stance: &str| {
        format!(
            "---\ndate: 2026-03-02\nactors:\n  {name}: {{name: The {name}, kind: organisation}}\non:\n  pier: Closing the pier\n---\n\
         [It]{{.claim by={name} on=pier stance={stance}}}.\n"
        )
    };
    let articles = [("Club", "contra"), ("Council", "pro"), ("Museum", "wary"), ("Port", "support")];
    let articles = articles.map(|(name, stance)| (format!("{name}.article"), article(name, stance)));
    let mut files: Vec<(&str, &str)> =
        articles.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    files.push(("onrecord.toml", CODEBOOK));
    let folder = folder(&files);

    let out = run(folder.path(), &["stats", "--table", "stances,network"]);
    let expected = "\
Who stands where, by issue (stances)
  actor        issue             contra  In favour  Wary <of it>
  The Club     Closing the pier       1          0             0
  The Council  Closing the pier       0          1             0
  The Museum   Closing the pier       0          0             1

Discourse network: who agrees with whom (network)
  actor     other        congruence  conflict  subtract  normalised
  The Club  The Council           0         1        -1          -1
";
    assert_eq!(out, expected);
    // Programs get the names as they are written in the articles.
    let csv = run(folder.path(), &["stats", "--output-format", "csv", "--table", "stances"]);
    assert!(csv.contains("stances,The Museum | Closing the pier,wary,1,./Museum.article:8"), "{csv}");
    let graph = run(folder.path(), &["stats", "--output-format", "graphml"]);
    let edge = |sign: &str, stance: &str| {
        format!("<data key=\"sign\">{sign}</data><data key=\"stance\">{stance}</data>")
    };
    for edge in [edge("1", "pro"), edge("-1", "contra"), edge("0", "wary")] {
        assert!(graph.contains(&edge), "{graph}");
    }

    let page = run(folder.path(), &["report", ".", "-o", "-"]);
    checked(&page);
    for (class, sign, label) in
        [("added-1", "◆", "contra"), ("added-2", "■", "In favour"), ("added-3", "★", "Wary &lt;of it&gt;")]
    {
        let key = format!("<span class=\"stance {class}\">{sign}</span> {label}</span>");
        assert!(page.contains(&key), "{key}");
        assert!(page.contains(&format!("<rect class=\"{class}\"")), "{class}");
        for colour in [format!("--{class}: #"), format!("rect.{class} {{ fill: var(--{class}); }}")] {
            assert!(page.contains(&colour), "{colour}");
        }
    }
    assert!(!page.contains("stance support"), "what the codebook has not is not in the key");
}

#[test]
fn each_number_names_the_lines_it_comes_from() {
    let folder = harbour();
    let csv = run(folder.path(), &["stats", "--output-format", "csv", "--table", "network,sources"]);
    let tie = "network,Bo Ek | Sailing Club,conflict,1,./boats.article:9; ./pier.article:10";
    assert!(csv.lines().any(|line| line == tie), "{csv}");
    assert!(csv.lines().any(|line| line == "sources,role,claims,1,./pier.article:9"), "{csv}");
    let json: Value =
        serde_json::from_str(&run(folder.path(), &["stats", "--output-format", "json"])).expect("JSON");
    let number = &json["tables"]["sources"][0]["claims"];
    assert_eq!((&number["value"], &number["claims"][0]), (&Value::from(1.0), &Value::from(3)));
    let claim = &json["claims"][3];
    assert_eq!(claim["sentence"], "It has to close, Bo Ek said.");
    assert_eq!((&claim["path"], &claim["line"]), (&Value::from("./pier.article"), &Value::from(10)));
    assert_eq!((&claim["stance"], &claim["issue"]), (&Value::from("support"), &Value::from("pier")));
}

#[test]
fn the_page_says_first_how_much_nobody_is_on_record_for() {
    let page = run(harbour().path(), &["report", ".", "-o", "-"]);
    let names = checked(&page);
    let text =
        page.split("<p class=\"lead\">").nth(1).and_then(|rest| rest.split("</p>").next()).expect("a lead");
    let words = regex::Regex::new("<[^>]*>").expect("a pattern").replace_all(text, "");
    assert_eq!(words, "Nobody is on record for 1 of 4 claims.");
    assert!(!page.contains("<p>0 "), "{page}");
    assert!(page.contains("<q>It has to close, Bo Ek said.</q> <code>pier.article:10</code>"), "{page}");
    let headings: Vec<u8> = names.iter().filter_map(|name| name.strip_prefix('h')?.parse().ok()).collect();
    assert_eq!(headings[0], 1);
    assert!(headings.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{headings:?}");
}

#[test]
fn what_an_article_says_is_never_markup_of_the_page() {
    let evil = "<script>alert(1)</script>\"'&<img src=x onerror=alert(1)>";
    let article = format!(
        "---\ndate: 2026-03-02\noutlet: '{0}'\nactors:\n  ek: {{name: '{0}', kind: person}}\non:\n  pier: '{0}'\n---\n\
         [{1} leaks]{{.claim by=ek on=pier stance=support}}. [{1}]{{#s .source anon=named}} said [no]{{.claim by=s on=\"{2}\" stance=oppose}}.\n",
        evil.replace('\'', "''"),
        evil,
        evil.replace('"', "\\\""),
    );
    let folder = folder(&[("<b>a.article", &article)]);
    let page = run(folder.path(), &["report", ".", "-o", "-"]);
    checked(&page);
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "{page}");
    assert!(page.contains("&lt;b&gt;a.article:"), "{page}");
}

#[test]
fn the_repositorys_articles_give_the_same_page_each_time() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = run(root, &["report", "tests/gold", "-o", "-"]);
    checked(&page);
    assert_eq!(run(root, &["report", "tests/gold", "-o", "-"]), page);
    checked(&run(root, &["report", "examples", "-o", "-"]));
    assert!(page.len() < 500_000, "{} bytes", page.len());
}

#[test]
fn a_folder_without_articles_has_no_page() {
    let folder = folder(&[]);
    let output = Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .args(["report", "."])
        .current_dir(folder.path())
        .output()
        .expect("the program runs");
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "error: there is no article to report on\n");
    assert!(!folder.path().join("report.html").exists());
}
