//! The real program on the command line: results, exit codes, and clear errors for bad input.

#![expect(clippy::expect_used, reason = "a test that cannot run the program fails")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A folder with the files named, in which the program runs.
struct Folder(TempDir);

impl Folder {
    fn with(files: &[(&str, &[u8])]) -> Self {
        let folder = tempfile::tempdir().expect("a folder for the test");
        for (name, bytes) in files {
            fs::write(folder.path().join(name), bytes).expect("a file for the test");
        }
        Self(folder)
    }

    /// Runs the program with `arguments`; standard input is empty.
    fn run(&self, arguments: &[&str]) -> Ran {
        let output = Command::new(env!("CARGO_BIN_EXE_onrecord"))
            .args(arguments)
            .current_dir(self.0.path())
            .stdin(Stdio::null())
            .output()
            .expect("the program runs");
        Ran(output)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
}

struct Ran(Output);

impl Ran {
    fn code(&self) -> Option<i32> {
        self.0.status.code()
    }

    fn out(&self) -> String {
        String::from_utf8_lossy(&self.0.stdout).into_owned()
    }

    fn err(&self) -> String {
        String::from_utf8_lossy(&self.0.stderr).into_owned()
    }
}

const FAULTY: &[u8] = "It is believed that the talks will go on.\n".as_bytes();

#[test]
fn a_finding_is_named_with_its_place_and_ends_with_one() {
    let ran = Folder::with(&[("a.txt", FAULTY)]).run(&["check", "--output-format", "concise", "a.txt"]);
    assert!(
        ran.out().starts_with("a.txt:1:1: ATT02 warning: 'It is believed' hides who holds this."),
        "{}",
        ran.out()
    );
    assert_eq!(ran.code(), Some(1));
}

#[test]
fn a_clean_article_ends_with_nought_and_an_empty_one_is_clean() {
    let folder = Folder::with(&[("a.txt", b"The minister left on Monday.\n"), ("empty.txt", b"")]);
    assert_eq!(folder.run(&["check"]).code(), Some(0));
    assert_eq!(folder.run(&["check", "--output-format", "json", "empty.txt"]).out(), "[]\n");
}

#[test]
fn json_counts_lines_and_columns_from_one_and_offsets_in_code_points() {
    let text = "Zoë left.\r\n\r\n𝄞 It is believed that the talks will go on.\r\n";
    let ran = Folder::with(&[("a.txt", text.as_bytes())]).run(&["check", "--output-format", "json", "a.txt"]);
    let rows: Value = serde_json::from_str(&ran.out()).expect("JSON");
    let row = &rows[0];
    assert_eq!(
        (&row["path"], &row["code"], &row["severity"]),
        (&"a.txt".into(), &"ATT02".into(), &"warning".into())
    );
    assert_eq!(row["range"]["start"], serde_json::json!({"line": 3, "column": 3, "offset": 15}));
    assert_eq!(row["range"]["end"], serde_json::json!({"line": 3, "column": 17, "offset": 29}));
    assert!(row["url"].as_str().is_some_and(|url| url.starts_with("https://") && url.ends_with("ATT02.md")));
}

#[test]
fn what_cannot_be_read_is_named_with_its_reason_and_the_rest_is_checked() {
    let folder = Folder::with(&[("a.txt", FAULTY), ("latin.txt", b"He said\n\xe9 so")]);
    let ran = folder.run(&["check", "--output-format", "concise", ".", "none.txt"]);
    let errors = ran.err();
    assert!(errors.contains("latin.txt: not UTF-8: byte 0xe9 in line 2, byte 8 of the file"), "{errors}");
    assert!(errors.contains("none.txt: No such file"), "{errors}");
    assert!(ran.out().contains("ATT02"), "{}", ran.out());
    assert_eq!(ran.code(), Some(2));
}

#[test]
fn a_broken_configuration_is_named_with_its_place_and_nothing_is_claimed_to_be_clean() {
    let folder = Folder::with(&[("a.txt", FAULTY), ("onrecord.toml", b"profile = \"news\"\nselct = []\n")]);
    let ran = folder.run(&["check", "a.txt"]);
    assert!(ran.err().contains("onrecord.toml:2") && ran.err().contains("select"), "{}", ran.err());
    assert_eq!((ran.code(), ran.out().as_str()), (Some(2), ""));
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_text() {
    let utf16: Vec<u8> =
        "\u{feff}It is believed that he left.".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let utf8 = ["\u{feff}".as_bytes(), FAULTY].concat();
    let folder = Folder::with(&[("a.txt", &utf16), ("b.txt", &utf8)]);
    let out = folder.run(&["check", "--output-format", "concise"]).out();
    assert!(out.contains("a.txt:1:1: ATT02") && out.contains("b.txt:1:1: ATT02"), "{out}");
}

#[test]
fn strange_texts_are_read_to_the_end() {
    let nested = format!("{}x{}", "[".repeat(10_000), "]{.own}".repeat(10_000));
    let line = "It is believed that the talks in Vienna will go on. ".repeat(20_000);
    let folder = Folder::with(&[
        ("nested.article", nested.as_bytes()),
        ("line.txt", line.as_bytes()),
        ("nul.txt", b"It is believed\0 that\0 he left the town.\n"),
        ("return.txt", b"He left the town.\rIt is believed that she stayed.\r"),
        ("brackets.article", b"]{.claim} [[[ ]{ {}} [x]{.own why=\"y} <!-- onrecord: ignore"),
    ]);
    let ran = folder.run(&["check", "--output-format", "concise"]);
    let out = ran.out();
    assert_eq!(ran.code(), Some(1), "{}", ran.err());
    assert_eq!(out.matches("line.txt:1:").count(), 20_000);
    assert!(out.contains("nul.txt:1:1: ATT02") && out.contains("return.txt:2:1: ATT02"));
    assert!(out.contains("brackets.article:1:1: ANN01"));
    assert!(!out.contains("nested.article"), "{out}");
}

#[test]
fn strip_takes_out_the_markup_and_no_other_byte() {
    let folder =
        Folder::with(&[("a.article", b"\xef\xbb\xbf[Lee]{#s .source}\tsaid [so]{.claim by=s}.\r\n[sic]\r")]);
    assert_eq!(folder.run(&["strip", "a.article"]).0.stdout, b"\xef\xbb\xbfLee\tsaid so.\r\n[sic]\r");
    assert_eq!(folder.run(&["strip", "-o", "b.txt", "a.article"]).code(), Some(0));
    assert!(fs::read(folder.path("b.txt")).is_ok_and(|bytes| bytes.ends_with(b"[sic]\r")));
    let ran = folder.run(&["strip", "."]);
    assert_eq!((ran.code(), ran.err().as_str()), (Some(2), "error: .: this is a folder\n"));
}

#[test]
fn an_unknown_rule_is_told_the_nearest() {
    let folder = Folder::with(&[]);
    let ran = folder.run(&["rule", "att2"]);
    assert!(ran.err().contains("Did you mean ATT02 (impersonal-passive)?"), "{}", ran.err());
    assert_eq!(ran.code(), Some(2));
    assert_eq!(folder.run(&["check", "--select", "XYZ"]).code(), Some(2));
    assert!(folder.run(&["rule", "impersonal-passive"]).out().starts_with("# ATT02: impersonal-passive"));
}

#[test]
fn results_stand_in_the_order_of_the_files() {
    let names: Vec<String> = (0..40).map(|index| format!("{index:02}.txt")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), FAULTY)).collect();
    let out = Folder::with(&files).run(&["check", "--output-format", "concise", "."]).out();
    let order: Vec<&str> =
        out.lines().filter_map(|line| Path::new(line.split(':').next()?).file_name()?.to_str()).collect();
    assert_eq!(order, names.iter().map(String::as_str).collect::<Vec<_>>());
}

const SAYS: &[u8] = "The mayor said the dam was safe.\n".as_bytes();

#[test]
fn a_model_trained_on_annotated_articles_is_named_by_the_command_or_the_configuration() {
    let gold = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/gold");
    let folder = Folder::with(&[("a.txt", SAYS)]);
    for name in ["one.model", "two.model"] {
        let ran = folder.run(&["train", "--gold", gold, "--dev", gold, "-o", name]);
        assert_eq!(ran.code(), Some(0), "{}", ran.err());
        assert!(ran.err().contains("epoch 16/16") && ran.err().contains("95 % of F1"), "{}", ran.err());
    }
    let model = fs::read(folder.path("one.model")).expect("a model");
    assert_eq!(Some(&model), fs::read(folder.path("two.model")).ok().as_ref());
    let export =
        |more: &[&str]| folder.run(&[&["export", "--format", "attributions", "a.txt"], more].concat());
    assert!(export(&["--model", "one.model"]).out().contains("\"cue\":[[10,14]]"));
    fs::create_dir(folder.path("desk")).expect("a folder");
    fs::write(folder.path("onrecord.toml"), "model = \"desk/own.model\"").expect("a configuration");
    fs::write(folder.path("desk/own.model"), &model).expect("a model");
    assert!(export(&[]).out().contains("\"cue\":[[10,14]]"));
    fs::write(folder.path("desk/own.model"), &model[..100]).expect("a model");
    for ran in [export(&[]), folder.run(&["check"])] {
        let told = ran.err().contains("onrecord.toml:1: desk/own.model: it has 100 bytes where");
        assert!(told && ran.code() == Some(2), "{}", ran.err());
    }
    let ran = folder.run(&["check", "--model", "none.model"]);
    assert!(ran.err().starts_with("error: none.model: No such file"), "{}", ran.err());
    assert_eq!(ran.code(), Some(2));
    fs::write(folder.path("onrecord.toml"), "engine = \"rules\"").expect("a configuration");
    assert!(export(&[]).out().contains("\"cue\":[[10,14]]"));
}

const REGISTRY: &[u8] = b"[lee]\nname = \"Ann Lee\"\naliases = [\"Senator Lee\"]\n";

#[test]
fn the_registry_of_a_folder_names_actors_and_its_errors_are_told_with_their_place() {
    let folder = Folder::with(&[
        ("actors.toml", b"[lee]\nname = \"Ann Lee\"\nkind = \"persn\"\n"),
        ("a.txt", b"The minister left on Monday.\n"),
    ]);
    let ran = folder.run(&["check", "a.txt"]);
    assert_eq!(ran.code(), Some(2));
    assert!(ran.err().contains("actors.toml:3:8: 'persn' is no kind of actor."), "{}", ran.err());
    let ran = folder.run(&["actors", "check"]);
    assert_eq!(ran.code(), Some(1));
    assert!(ran.out().contains("actors.toml:3:8: error: "), "{}", ran.out());
}

#[test]
fn actors_are_found_added_and_imported() {
    let folder = Folder::with(&[
        ("actors.toml", REGISTRY),
        ("bad.csv", b"name,kind\nBo Ek,persn\n"),
        ("dictionary.txt", b"BO_EK_\n [SWEGOV >200101]\n"),
    ]);
    let ran = folder.run(&["actors", "find", "senator lee"]);
    assert!(ran.out().starts_with("lee  Ann Lee (person)"), "{}", ran.out());
    assert_eq!(folder.run(&["actors", "find", "xyzzy"]).code(), Some(1));
    let add = ["actors", "add", "Bo Ek", "--title", "Mayor", "--from", "2020-01-01"];
    assert_eq!(folder.run(&add).code(), Some(0));
    assert!(folder.run(&["actors", "find", "bo-ek"]).out().contains("Mayor, 2020-01-01 to"));
    let again = folder.run(&add);
    assert_eq!(again.code(), Some(2));
    assert!(again.err().contains("is there already"), "{}", again.err());
    assert_eq!(folder.run(&["actors", "check"]).code(), Some(0));
    let ran = folder.run(&["actors", "import", "--format", "csv", "bad.csv"]);
    assert_eq!(ran.code(), Some(2));
    assert!(ran.err().contains("bad.csv:2: 'persn'"), "{}", ran.err());
    let ran = folder.run(&["actors", "import", "--format", "petrarch", "dictionary.txt"]);
    assert!(ran.out().contains("title = \"government\"\nof = \"swe\"\nfrom = 2020-01-01"), "{}", ran.out());
}

#[test]
fn shells_get_completions_of_every_command() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let ran = Folder::with(&[]).run(&["completions", shell]);
        assert_eq!(ran.code(), Some(0), "{}", ran.err());
        for word in ["check", "strip", "output-format"] {
            assert!(ran.out().contains(word), "{shell} does not complete '{word}'");
        }
    }
}

#[test]
fn there_is_a_manual_page_for_every_command() {
    let folder = Folder::with(&[]);
    assert!(folder.run(&["man"]).out().contains(".TH onrecord 1"));
    let ran = folder.run(&["man", "--output-dir", "man"]);
    assert_eq!(ran.code(), Some(0), "{}", ran.err());
    for page in ["onrecord.1", "onrecord-check.1", "onrecord-server.1"] {
        assert!(folder.path("man").join(page).is_file(), "{page} is not there");
    }
}
