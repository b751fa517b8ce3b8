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
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder for the file");
            fs::write(path, bytes).expect("a file for the test");
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

    /// The same with `input` on standard input.
    fn pipe(&self, arguments: &[&str], input: &str) -> Ran {
        fs::write(self.path("input"), input).expect("a file for the test");
        let output = Command::new(env!("CARGO_BIN_EXE_onrecord"))
            .args(arguments)
            .current_dir(self.0.path())
            .stdin(fs::File::open(self.path("input")).expect("a file"))
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
fn a_file_that_is_no_such_thing_is_not_written_over() {
    let gold = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/gold");
    let folder = Folder::with(&[("a.article", SAYS), ("letter.html", b"<p>Dear all</p>")]);
    fs::write(folder.path("own.json"), "{\"name\": \"own\"}").expect("a file");
    for (arguments, file, told) in [
        ("check --baseline own.json --write-baseline a.article", "own.json", "own.json: this is no baseline"),
        ("check --baseline a.article --write-baseline a.article", "a.article", "delete it and write it anew"),
        ("strip -o letter.html a.article", "letter.html", "there already; --force writes over it"),
        ("report -o letter.html a.article", "letter.html", "there already and is no report; delete it"),
        ("report -o ./a.article .", "a.article", "this is one of the articles that are reported on"),
        (&format!("train --gold {gold} -o letter.html"), "letter.html", "there already and is no model"),
    ] {
        let before = fs::read(folder.path(file)).expect("a file");
        let ran = folder.run(&arguments.split(' ').collect::<Vec<_>>());
        assert_eq!(ran.code(), Some(2), "{arguments}");
        assert!(ran.err().contains(told), "{arguments}: {}", ran.err());
        assert_eq!(fs::read(folder.path(file)).expect("a file"), before, "{arguments}");
    }
    assert_eq!(folder.run(&["strip", "--force", "-o", "letter.html", "a.article"]).code(), Some(0));
    for _ in 0..2 {
        let ran = folder.run(&["report", "a.article"]);
        assert_eq!(ran.code(), Some(0), "a report may be made anew: {}", ran.err());
        assert!(ran.err().ends_with("report.html: 1 claim in 1 article.\n"), "{}", ran.err());
    }
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
    let gold = r#"{"doc_id": "a", "text": "The mayor said the dam was safe.", "attributions": []}"#;
    fs::write(folder.path("gold.jsonl"), gold).expect("a corpus");
    let evaluated = folder.run(&["evaluate", "--gold", "gold.jsonl"]);
    for ran in [export(&[]), folder.run(&["check"]), evaluated] {
        let told = ran.err().contains("onrecord.toml:1: desk/own.model: it has 100 bytes where");
        assert!(told && ran.code() == Some(2), "{}", ran.err());
    }
    let ran = folder.run(&["check", "--model", "none.model"]);
    assert!(ran.err().starts_with("error: none.model: No such file"), "{}", ran.err());
    assert_eq!(ran.code(), Some(2));
    fs::write(folder.path("onrecord.toml"), "engine = \"rules\"").expect("a configuration");
    assert!(export(&[]).out().contains("\"cue\":[[10,14]]"));
}

#[test]
fn articles_that_nobody_annotated_are_no_gold() {
    let folder = Folder::with(&[
        ("gold/a.article", b"[Lee]{#s .source} [said]{.cue for=c} [it failed]{#c .claim by=s}.\n"),
        ("gold/bare.article", SAYS),
        ("gold/draft.article", b"[It failed]{.claim .draft by=none}.\n"),
        ("bare/b.article", SAYS),
    ]);
    let ran = folder.run(&["evaluate", "--gold", "gold"]);
    assert_eq!((ran.code(), ran.out().contains("articles 1 ")), (Some(0), true), "{}", ran.out());
    assert_eq!(ran.err(), "2 articles are not annotated and were left out\n");
    for arguments in [&["evaluate", "--gold", "bare"][..], &["train", "--gold", "bare", "-o", "a.model"]] {
        let ran = folder.run(arguments);
        let told =
            "1 article is not annotated and was left out\nerror: bare: there is no annotated article in it\n";
        assert_eq!((ran.code(), ran.err().as_str()), (Some(2), told));
    }
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
fn an_item_of_wikidata_is_a_letter_and_a_number() {
    let folder = Folder::with(&[]);
    for wrong in ["foo", "Q", "q42", "Q4x", "42"] {
        let ran = folder.run(&["actors", "add", "Bo Ek", "--wikidata", wrong]);
        assert_eq!(ran.code(), Some(2), "{wrong}");
        assert!(ran.err().contains("an item of Wikidata is a Q and its number, as in Q42"), "{}", ran.err());
    }
    assert!(!folder.path("actors.toml").exists());
    assert_eq!(folder.run(&["actors", "add", "Bo Ek", "--wikidata", "Q42"]).code(), Some(0));
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let gold = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/gold");
    let folder = Folder::with(&[("a.txt", SAYS)]);
    for arguments in [
        "actors add Ek --file no/such/file",
        "report a.txt -o no/such/file",
        "strip a.txt -o no/such/file",
        "check a.txt --write-baseline --baseline no/such/file",
        &format!("train --gold {gold} -o no/such/file"),
    ] {
        let ran = folder.run(&arguments.split(' ').collect::<Vec<_>>());
        let told = "error: no/such/file: the folder no/such is not there; make it first\n";
        assert_eq!((ran.code(), ran.err().as_str()), (Some(2), told), "{arguments}");
    }
}

#[test]
fn of_an_id_that_is_given_twice_the_first_entry_is_found_where_it_stands() {
    let folder = Folder::with(&[(
        "actors.toml",
        b"[lee]\nname = \"Ann Lee\"\n\n[lee]\nname = \"Bo Lee\"\nkind = \"place\"\n",
    )]);
    let found = folder.run(&["actors", "find", "lee"]).out();
    assert!(found.contains("lee  Ann Lee (person)") && found.contains("actors.toml:1:2\n"), "{found}");
    let checked = folder.run(&["actors", "check"]).out();
    assert!(checked.starts_with("./actors.toml:4:2: error: 'lee' is given twice; the first"), "{checked}");
    assert_eq!(checked.lines().count(), 1, "{checked}");
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

/// A sentence that begins an article and is clean.
const FIRST: &[u8] = b"The talks began.\n\n";

/// An article that has a safe fix (the mark that opens) and a finding without one.
const TURNED: &str = "The talks began.\n\nIt is believed that he left.\n\nHe said: ”We go.”\n";

#[test]
fn a_broken_configuration_is_told_once_and_no_total_follows() {
    let folder = Folder::with(&[]);
    for name in ["ok", "bad"] {
        fs::create_dir(folder.path(name)).expect("a folder");
    }
    for name in ["ok/a.txt", "bad/b.txt", "bad/c.txt"] {
        fs::write(folder.path(name), FAULTY).expect("a file");
    }
    fs::write(folder.path("bad/onrecord.toml"), "selct = []\n").expect("a file");
    let ran = folder.run(&["check", "."]);
    assert!(ran.out().contains("ATT02") && !ran.out().contains("found in"), "{}", ran.out());
    assert_eq!((ran.err().matches("selct").count(), ran.code()), (1, Some(2)), "{}", ran.err());
}

#[test]
fn gitlab_gets_a_report_whose_fingerprints_differ_and_outlive_a_new_line() {
    let twice = [FIRST, FAULTY, b"\n", FAULTY].concat();
    let folder = Folder::with(&[("a.txt", &twice)]);
    let rows = |folder: &Folder| -> Value {
        let out = folder.run(&["check", "--output-format", "gitlab", "./a.txt"]).out();
        serde_json::from_str(&out).expect("JSON")
    };
    let before = rows(&folder);
    assert_eq!(before[0]["severity"], "major");
    assert_eq!(before[1]["location"], serde_json::json!({"path": "a.txt", "lines": {"begin": 5, "end": 5}}));
    assert_ne!(before[0]["fingerprint"], before[1]["fingerprint"]);
    fs::write(folder.path("a.txt"), [FIRST, b"She left.\n\n", &twice[FIRST.len()..]].concat())
        .expect("a file");
    let after = rows(&folder);
    assert_eq!(before[0]["fingerprint"], after[0]["fingerprint"]);
    assert_eq!(after[0]["location"]["lines"]["begin"], 5);
    let clean = Folder::with(&[("a.txt", b"")]).run(&["check", "--output-format", "gitlab"]);
    assert_eq!(clean.out(), "[]\n");
}

#[test]
fn sarif_has_the_rules_with_their_pages_and_results_with_regions_and_fixes() {
    let folder = Folder::with(&[("a b.txt", TURNED.as_bytes())]);
    let log: Value =
        serde_json::from_str(&folder.run(&["check", "--output-format", "sarif"]).out()).expect("JSON");
    let run = &log["runs"][0];
    assert_eq!((&log["version"], &run["columnKind"]), (&"2.1.0".into(), &"unicodeCodePoints".into()));
    let rules = &run["tool"]["driver"]["rules"];
    for result in run["results"].as_array().expect("results") {
        let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("small")];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(rule["help"]["markdown"].as_str().is_some_and(|page| page.contains("## What it does")));
    }
    let last = &run["results"][1];
    let place = &last["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "a%20b.txt");
    assert_eq!(
        place["region"],
        serde_json::json!({
            "startLine": 5, "startColumn": 10, "endLine": 5, "endColumn": 11, "snippet": {"text": "”"},
        })
    );
    let change = &last["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(change["insertedContent"]["text"], "“");
    let failed = folder.run(&["check", "--output-format", "sarif", "none.txt"]).out();
    assert!(failed.contains("\"executionSuccessful\":false"), "{failed}");
}

#[test]
fn junit_counts_findings_as_failures_and_a_clean_article_as_passed() {
    let folder = Folder::with(&[("a&b.txt", FAULTY), ("clean.txt", b"")]);
    let out = folder.run(&["check", "--output-format", "junit"]).out();
    assert!(
        out.contains("<testsuite name=\"a&amp;b.txt\" tests=\"1\" failures=\"1\" errors=\"0\">"),
        "{out}"
    );
    assert!(out.contains("<testcase name=\"ATT02 (impersonal-passive) 1:1\""), "{out}");
    assert!(out.contains("<testsuite name=\"clean.txt\" tests=\"1\" failures=\"0\""), "{out}");
    assert!(out.ends_with("</testsuites>\n"), "{out}");
}

#[test]
fn an_article_that_is_named_twice_counts_once() {
    let folder = Folder::with(&[("a.txt", FAULTY)]);
    let ran = folder.run(&["check", "--output-format", "concise", "a.txt", "./a.txt", "."]);
    assert_eq!(ran.out().lines().count(), 1, "{}", ran.out());
    let stats = |paths: &[&str]| folder.run(&[&["stats", "--output-format", "csv"], paths].concat()).out();
    assert_eq!(stats(&["a.txt", "./a.txt", "."]), stats(&["a.txt"]));
}

#[test]
fn what_severity_leaves_out_still_makes_the_command_fail() {
    let folder = Folder::with(&[("a.txt", FAULTY)]);
    for (arguments, code) in [
        (&["--severity", "error"][..], 1),
        (&["--severity", "error", "--fail-on", "hint"], 1),
        (&["--severity", "error", "--fail-on", "error"], 0),
        (&["--severity", "error", "--statistics"], 1),
    ] {
        let ran = folder.run(&[&["check", "--output-format", "concise", "a.txt"], arguments].concat());
        assert_eq!((ran.code(), ran.out().as_str()), (Some(code), ""), "{arguments:?}");
        let told = if code == 1 { "1 below --severity, of the level of --fail-on.\n" } else { "" };
        assert_eq!(ran.err(), told, "{arguments:?}");
    }
    let write = ["check", "--severity", "error", "--baseline", "known.json", "--write-baseline", "a.txt"];
    let ran = folder.run(&write);
    assert_eq!((ran.code(), ran.err().as_str()), (Some(0), "known.json: 0 known from now on.\n"));
}

#[test]
fn statistics_count_each_rule_most_first() {
    let text = [FIRST, FAULTY, b"\n", FAULTY, "\nHe said: ”We go.\n".as_bytes()].concat();
    let folder = Folder::with(&[("a.txt", &text)]);
    let ran = folder.run(&["check", "--statistics"]);
    assert!(ran.out().starts_with("2  ATT02  impersonal-passive\n1  QUO03  "), "{}", ran.out());
    assert_eq!(ran.code(), Some(1));
    let rows: Value =
        serde_json::from_str(&folder.run(&["check", "--statistics", "--output-format", "json"]).out())
            .expect("JSON");
    assert_eq!((&rows[0]["code"], &rows[0]["count"]), (&"ATT02".into(), &2.into()));
}

#[test]
fn fix_makes_what_is_safe_and_reports_the_rest() {
    let bytes: Vec<u8> = format!("\u{feff}{TURNED}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let folder = Folder::with(&[("a.txt", TURNED.as_bytes()), ("wide.txt", &bytes)]);
    let ran = folder.run(&["check", "--fix", "--output-format", "concise"]);
    let fixed = "The talks began.\n\nIt is believed that he left.\n\nHe said: “We go.”\n";
    assert_eq!(fs::read_to_string(folder.path("a.txt")).expect("a file"), fixed);
    let wide: Vec<u8> = format!("\u{feff}{fixed}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(fs::read(folder.path("wide.txt")).expect("a file"), wide);
    assert!(ran.err().contains("a.txt:5:10: QUO03 Replace ” with “"), "{}", ran.err());
    assert!(ran.err().contains("2 fixed in 2 articles."), "{}", ran.err());
    assert!(ran.out().contains("ATT02") && !ran.out().contains("QUO03"), "{}", ran.out());
    assert!(folder.run(&["check", "--fix"]).err().contains("0 fixed"));
    assert_eq!(fs::read_dir(folder.0.path()).expect("a folder").count(), 2, "a temporary file stays");
}

#[cfg(unix)]
#[test]
fn fix_keeps_permissions_and_links_and_leaves_what_is_read_only() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let folder = Folder::with(&[("a.txt", TURNED.as_bytes()), ("locked.txt", TURNED.as_bytes())]);
    let mode = |name: &str, mode| {
        fs::set_permissions(folder.path(name), fs::Permissions::from_mode(mode)).expect("a file");
    };
    mode("a.txt", 0o640);
    mode("locked.txt", 0o444);
    symlink("a.txt", folder.path("link.txt")).expect("a link");
    let ran = folder.run(&["check", "--fix", "link.txt", "locked.txt"]);
    assert!(fs::symlink_metadata(folder.path("link.txt")).expect("a link").is_symlink());
    assert!(fs::read_to_string(folder.path("a.txt")).expect("a file").contains('“'));
    assert_eq!(fs::metadata(folder.path("a.txt")).expect("a file").permissions().mode() & 0o777, 0o640);
    assert_eq!(fs::read_to_string(folder.path("locked.txt")).expect("a file"), TURNED);
    assert!(ran.err().contains("locked.txt: could not be written"), "{}", ran.err());
    assert_eq!(ran.code(), Some(2));
}

#[test]
fn diff_shows_the_change_and_makes_none() {
    let folder = Folder::with(&[("a.txt", TURNED.as_bytes())]);
    let ran = folder.run(&["check", "--diff", "a.txt"]);
    assert_eq!(
        ran.out(),
        "--- a.txt\n+++ a.txt\n@@ -2,4 +2,4 @@\n \n It is believed that he left.\n \n-He said: ”We go.”\n+He said: “We go.”\n"
    );
    assert_eq!((ran.code(), ran.err().as_str()), (Some(1), "1 would be fixed in 1 article.\n"));
    assert_eq!(fs::read_to_string(folder.path("a.txt")).expect("a file"), TURNED);
    let clean = Folder::with(&[("a.txt", FAULTY)]).run(&["check", "--diff", "a.txt"]);
    assert_eq!((clean.code(), clean.out().as_str()), (Some(0), ""));
}

#[test]
fn a_baseline_hides_what_was_there_also_after_edits_elsewhere() {
    let folder = Folder::with(&[("a.txt", FAULTY), ("b.txt", FAULTY)]);
    let ran = folder.run(&["check", "--baseline", "known.json", "--write-baseline"]);
    assert_eq!((ran.code(), ran.out().as_str()), (Some(0), ""), "{}", ran.err());
    let again = ["check", "--baseline", "known.json", "--output-format", "concise", "."];
    assert_eq!(folder.run(&again).code(), Some(0));

    let more = [FIRST, FAULTY, b"\nIt is understood that he left.\n"].concat();
    fs::write(folder.path("a.txt"), more).expect("a file");
    let ran = folder.run(&again);
    assert!(ran.out().contains("a.txt:5:1: ATT02"), "{}", ran.out());
    assert_eq!((ran.out().lines().count(), ran.code()), (1, Some(1)), "{}", ran.out());

    fs::write(folder.path("b.txt"), [FIRST, FAULTY, b"\n", FAULTY].concat()).expect("a file");
    let one = folder.run(&["check", "--baseline", "known.json", "--output-format", "concise", "b.txt"]);
    assert_eq!(one.out().lines().count(), 1, "a second of the same is new: {}", one.out());

    // What is known of an article that is not looked at stays known.
    folder.run(&["check", "--baseline", "known.json", "--write-baseline", "a.txt"]);
    assert_eq!(folder.run(&again).out().lines().count(), 1);
}

#[test]
fn the_baseline_that_the_configuration_names_is_written_and_read_unless_another_is_named() {
    let config = b"baseline = \"onrecord-baseline.json\"\n";
    let folder = Folder::with(&[("a.txt", FAULTY), ("onrecord.toml", config)]);
    fs::write(folder.path("b.txt"), FIRST).expect("a file");
    let ran = folder.run(&["check", "a.txt", "b.txt"]);
    assert_eq!(ran.code(), Some(1));
    let told = "onrecord.toml:1: 'onrecord-baseline.json' is not there, so nothing is accepted yet.";
    assert_eq!(ran.err().matches(told).count(), 1, "{}", ran.err());
    assert!(folder.run(&["config", "show", "a.txt"]).out().contains("which is not there yet"));
    let ran = folder.run(&["check", "--write-baseline", "."]);
    assert_eq!((ran.code(), ran.err().contains("not there")), (Some(0), false), "{}", ran.err());
    assert!(ran.err().contains("onrecord-baseline.json: 1 known"), "{}", ran.err());
    assert_eq!(folder.run(&["check", "a.txt"]).code(), Some(0));
    assert_eq!(folder.run(&["check", "--no-config", "a.txt"]).code(), Some(1));
    fs::write(folder.path("none.json"), "{\"version\": 1, \"findings\": []}").expect("a file");
    assert_eq!(folder.run(&["check", "--baseline", "none.json", "a.txt"]).code(), Some(1));
    fs::write(folder.path("onrecord-baseline.json"), "[").expect("a file");
    let ran = folder.run(&["check", "a.txt"]);
    assert!(ran.err().contains("onrecord-baseline.json: this is no baseline"), "{}", ran.err());
    assert_eq!(ran.code(), Some(2));
    let bare = Folder::with(&[("a.txt", FAULTY)]).run(&["check", "--write-baseline", "a.txt"]);
    assert!(bare.err().contains("name one with --baseline"), "{}", bare.err());
}

#[test]
fn writing_a_baseline_again_keeps_what_was_not_looked_for() {
    let folder = Folder::with(&[("a.txt", [FAULTY, FIRST].concat().as_slice())]);
    fs::write(folder.path("turned.txt"), TURNED).expect("a file");
    let write = |more: &[&str]| {
        let ran = folder.run(&[&["check", "--baseline", "known.json", "--write-baseline"], more].concat());
        assert_eq!(ran.code(), Some(0), "{}", ran.err());
        fs::read_to_string(folder.path("known.json")).expect("a baseline")
    };
    let all = write(&[]);
    assert!(all.contains("ATT02") && all.contains("QUO03"), "{all}");
    for narrower in [&["--select", "QUO"][..], &["--ignore", "ATT"], &["--severity", "error"]] {
        assert_eq!(write(narrower), all, "{narrower:?}");
    }
    // What is gone from the text goes, and what was not looked for stays.
    fs::write(folder.path("a.txt"), FIRST).expect("a file");
    assert_eq!(write(&["--select", "QUO"]), all);
    assert!(!write(&["--select", "ATT02"]).contains("\"path\":\"a.txt\",\"code\":\"ATT02\""));
}

#[test]
fn a_folders_settings_are_those_of_its_articles() {
    let folder = Folder::with(&[
        ("onrecord.toml", b"profile = \"strict\"\n"),
        (
            "wire/onrecord.toml",
            b"profile = \"research\"\n[[override]]\nfiles = [\"old/**\"]\nignore = [\"HDR\"]\n",
        ),
        ("wire/old/a.txt", FIRST),
    ]);
    for (path, profile) in
        [(".", "strict"), ("wire", "research"), ("wire/", "research"), ("wire/old", "research")]
    {
        let shown = folder.run(&["config", "show", path]).out();
        assert!(shown.contains(&format!("profile = \"{profile}\"")), "{path}: {shown}");
        assert_eq!(shown.contains("and the override at its line 2"), path == "wire/old", "{path}: {shown}");
    }
}

#[test]
fn a_damaged_baseline_is_named_with_its_place() {
    let folder = Folder::with(&[("a.txt", FAULTY), ("known.json", b"{\"version\": 1,\n\"findings\": [{]}")]);
    let ran = folder.run(&["check", "--baseline", "known.json"]);
    assert!(
        ran.err().contains("known.json: this is no baseline") && ran.err().contains("line 2"),
        "{}",
        ran.err()
    );
    assert_eq!((ran.code(), ran.out().as_str()), (Some(2), ""));
    let none = folder.run(&["check", "--baseline", "none.json"]);
    assert!(none.err().contains("none.json: No such file"), "{}", none.err());
}

#[test]
fn fixing_standard_input_prints_the_text_and_says_the_rest_elsewhere() {
    let folder = Folder::with(&[("a.txt", TURNED.as_bytes())]);
    let output = Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .args(["check", "--fix", "--output-format", "concise", "--stdin-filename", "b.txt", "-"])
        .stdin(fs::File::open(folder.path("a.txt")).expect("a file"))
        .output()
        .expect("the program runs");
    let ran = Ran(output);
    assert_eq!(ran.out(), TURNED.replace('”', "“").replace("go.“", "go.”"));
    assert!(
        ran.err().contains("fixed: b.txt:5:10") && ran.err().contains("b.txt:3:1: ATT02"),
        "{}",
        ran.err()
    );
}

/// Three articles: with findings, without, and with a name that needs escapes.
const ARTICLES: [(&str, &str); 3] = [
    ("a.txt", "It is believed that the talks will go on.\n"),
    ("b.txt", "The minister left on Monday.\n"),
    (
        "c \"é\".txt",
        "---\ndate: 2026-03-01\n---\n“We lost,” [Zoë Bell]{.actor} said. It is believed they will try again.\n",
    ),
];

fn lines(articles: &[(&str, &str)]) -> String {
    let line = |(path, text): &(&str, &str)| {
        format!("{}\n", serde_json::json!({"path": path, "text": text, "n": 1}))
    };
    articles.iter().map(line).collect()
}

#[test]
fn articles_as_lines_give_what_the_files_give() {
    let files: Vec<(&str, &[u8])> = ARTICLES.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    let folder = Folder::with(&files);
    let names = ARTICLES.map(|(name, _)| name);
    for command in [
        &["check", "--output-format", "articles"][..],
        &["check", "--output-format", "jsonl", "--profile", "strict"],
        &["export", "--format", "attributions"],
        &["export", "--format", "mentions"],
        &["export", "--format", "annotations"],
    ] {
        let direct = folder.run(&[command, &names].concat());
        let piped = folder.pipe(&[command, &["--stdin-jsonl"]].concat(), &lines(&ARTICLES));
        assert_eq!(piped.out(), direct.out(), "{command:?}");
        assert_eq!((piped.code(), piped.err().as_str()), (Some(0), ""), "{command:?}");
    }
    let piped = folder.pipe(&["check", "--stdin-jsonl"], &lines(&ARTICLES));
    let rows: Vec<Value> = piped.out().lines().map(|row| serde_json::from_str(row).expect("JSON")).collect();
    assert_eq!(rows.len(), 3);
    assert_eq!(rows[1], serde_json::json!({"path": "b.txt", "findings": []}));
    let failing = folder.pipe(&["check", "--stdin-jsonl", "--fail-on", "warning"], &lines(&ARTICLES));
    assert_eq!(failing.code(), Some(1));
}

#[test]
fn what_is_written_to_files_is_not_made_of_lines() {
    let folder = Folder::with(&[("a.article", ANNOTATED)]);
    let ran = folder
        .pipe(&["export", "--format", "brat", "--stdin-jsonl"], "{\"path\": \"a\", \"text\": \"So.\"}\n");
    assert_eq!(ran.code(), Some(2));
    assert!(ran.err().contains("--stdin-jsonl is for --format attributions"), "{}", ran.err());
    assert!(!folder.path("a.ann").exists(), "nothing is written");
}

#[test]
fn a_bad_line_has_its_result_and_the_others_theirs() {
    let input = format!("{}\nno JSON\n{}", lines(&ARTICLES[..1]), lines(&ARTICLES[1..2]));
    for command in [&["check"][..], &["export", "--format", "mentions"]] {
        let ran = Folder::with(&[]).pipe(&[command, &["--stdin-jsonl"]].concat(), &input);
        let rows: Vec<Value> =
            ran.out().lines().map(|row| serde_json::from_str(row).expect("JSON")).collect();
        assert_eq!(rows.len(), 3, "{}", ran.out());
        assert_eq!(rows[1]["path"], Value::Null);
        assert_eq!(rows[1]["error"]["line"], 3);
        assert!(rows[1]["error"]["message"].as_str().is_some_and(|told| told.contains("\"text\"")));
        assert_eq!((&rows[2]["path"], ran.code()), (&"b.txt".into(), Some(2)));
    }
}

#[test]
fn a_day_beside_the_text_is_the_articles_day() {
    let text = "Annegret Vogel will speak in Bremen next week. She was in Lisbon a year ago, an aide said.\n";
    let row = |day: &str| {
        let line = serde_json::json!({"id": 7, "text": text, "date": day}).to_string();
        Folder::with(&[])
            .pipe(&["check", "--stdin-jsonl", "--profile", "strict", "--severity", "hint"], &line)
            .out()
    };
    assert!(row("2022-10-09T10:00:00Z").contains("TMP01"), "{}", row("2022-10-09"));
    assert!(row("9 October").contains("is not a date"));
}

#[test]
fn each_answer_comes_before_the_next_line_is_asked() {
    use std::io::{BufRead as _, BufReader, Write as _};
    let mut child = Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .args(["check", "--stdin-jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut input = child.stdin.take().expect("its input");
    let mut answers = BufReader::new(child.stdout.take().expect("its output")).lines();
    for article in ARTICLES {
        input.write_all(lines(&[article]).as_bytes()).expect("it reads");
        let answer = answers.next().expect("an answer").expect("text");
        assert!(answer.starts_with("{\"path\":"), "{answer}");
    }
    drop(input);
    assert!(child.wait().expect("it ends").success());
}

#[test]
fn annotate_prints_writes_shows_and_takes_back() {
    let text = "Pakistan condemned the raid.\r\n";
    let folder = Folder::with(&[("a.txt", text.as_bytes()), ("b.txt", b"It rained.\n")]);
    let printed = folder.run(&["annotate", "a.txt"]);
    assert_eq!(printed.code(), Some(0));
    assert!(printed.out().starts_with("[Pakistan]{#s1 .source .draft"), "{}", printed.out());
    assert_eq!(printed.err(), "a.txt: 1 source, 1 cue, 1 claim drafted; the file is as it was.\n");
    assert_eq!(fs::read_to_string(folder.path("a.txt")).expect("the file"), text);

    let both = folder.run(&["annotate", "."]);
    assert_eq!(both.code(), Some(2));
    assert!(both.err().contains("these are 2 articles"), "{}", both.err());

    let diff = folder.run(&["annotate", "--diff", "."]);
    assert!(diff.out().contains("+[Pakistan]{#s1 .source .draft"), "{}", diff.out());

    let written = folder.run(&["annotate", "--write", "."]);
    assert_eq!(written.out(), "");
    assert!(written.err().contains("a.txt: 1 source, 1 cue, 1 claim drafted.\n"), "{}", written.err());
    assert!(written.err().contains("b.txt: nothing to draft.\n"), "{}", written.err());
    let annotated = fs::read_to_string(folder.path("a.txt")).expect("the file");
    assert_eq!(annotated, printed.out());

    let again = folder.run(&["annotate", "--write", "a.txt"]);
    assert_eq!(again.err(), "a.txt: nothing to draft.\n");
    let removed = folder.run(&["annotate", "--remove", "--write", "a.txt"]);
    assert_eq!(removed.err(), "a.txt: 3 drafts removed.\n");
    assert_eq!(fs::read_to_string(folder.path("a.txt")).expect("the file"), text);
}

const ANNOTATED: &[u8] =
    "😀 [The clerk]{#s1 .source anon=role} [said]{.cue for=c1} [it is closed]{#c1 .claim by=s1}, <!-- why? -->[for now]{.claim part-of=c1}, [not\\]{.own}.\n".as_bytes();

#[test]
fn an_article_goes_to_each_annotation_tool_and_comes_back() {
    let folder = Folder::with(&[("a.article", ANNOTATED)]);
    for (format, file) in [
        ("brat", "a.ann"),
        ("webannotation", "a.json"),
        ("cas-json", "a.json"),
        ("cas-xmi", "a.xmi"),
        ("webanno-tsv", "a.tsv"),
        ("tei", "a.xml"),
        ("tables", "articles.csv"),
    ] {
        let ran = folder.run(&["export", "--format", format, "-o", format, "a.article"]);
        assert_eq!(ran.code(), Some(0), "{format}: {}", ran.err());
        assert!(ran.err().contains(": 1 comments have no place there"), "{}", ran.err());
        let ran = folder.run(&["import", "--format", format, &format!("{format}/{file}")]);
        assert_eq!((ran.code(), ran.err()), (Some(0), String::new()), "{format}");
        let back =
            fs::read_to_string(folder.path(&format!("{format}/a.article"))).expect("the article is written");
        assert_eq!(back, String::from_utf8_lossy(ANNOTATED).replace("<!-- why? -->", ""), "{format}");
    }
}

#[test]
fn what_cannot_be_exported_leaves_no_file_behind() {
    let folder = Folder::with(&[("a/x.article", ANNOTATED), ("b/x.article", ANNOTATED)]);
    fs::create_dir(folder.path("empty")).expect("a folder");
    for format in ["brat", "cas-xmi", "tables", "dna"] {
        for (paths, told) in [
            (&["none.article"][..], "error: none.article: No such file"),
            (&["a", "none.article"], "error: none.article: No such file"),
            (&["empty"], "error: there is no article to export\n"),
            (&["-"], "error: -: standard input has no name for its files"),
            (&["a", "b"], "error: b/x.article: two articles have this name; export or import their folders"),
        ] {
            if format == "dna" && paths == ["a", "b"] {
                continue;
            }
            let ran = folder.run(&[&["export", "--format", format, "-o", "out"], paths].concat());
            assert_eq!((ran.code(), ran.err().starts_with(told)), (Some(2), true), "{format}: {}", ran.err());
            assert!(!folder.path("out").exists(), "{format} {paths:?}");
        }
        let ran = folder.run(&["export", "--format", format, "-o", format, "a"]);
        assert_eq!(ran.code(), Some(0), "{}", ran.err());
    }
}

#[test]
fn standard_input_is_exported_as_a_file_is() {
    let annotated = String::from_utf8_lossy(ANNOTATED);
    let folder = Folder::with(&[("a.article", ANNOTATED)]);
    for format in ["attributions", "mentions", "annotations"] {
        let ran = folder.pipe(&["export", "--format", format, "-"], &annotated);
        assert_eq!(ran.code(), Some(0), "{}", ran.err());
        let named = folder.run(&["export", "--format", format, "a.article"]).out();
        let named = named.replace("\"path\":\"a.article\"", "\"path\":\"-\"");
        assert_eq!(ran.out(), named.replace("\"doc_id\":\"a\"", "\"doc_id\":\"-\""));
    }
}

#[test]
fn what_stays_behind_is_told() {
    let article = "[It]{.claim .draft} [was]{.claim .alternative alt=1} [so]{.claim}.\n";
    let folder = Folder::with(&[("a.article", article.as_bytes())]);
    for format in ["brat", "webannotation", "cas-json", "cas-xmi", "webanno-tsv", "tei", "tables", "dna"] {
        let ran = folder.run(&["export", "--format", format, "-o", format, "a.article"]);
        assert_eq!(ran.code(), Some(0), "{format}: {}", ran.err());
        let told = "a.article: 2 drafts and alternatives stay behind; accept or settle them first";
        assert!(ran.err().contains(told), "{format}: {}", ran.err());
    }
}

#[test]
fn dna_counts_the_stances_of_ones_own_codebook_and_gives_them_back() {
    let codebook = "[vocabulary.stance.values]\nkeen = { mappings = { DNA = \"agreement=1\" } }\n\
                    wary = { mappings = { DNA = \"agreement=0\" } }\ntorn = {}\n";
    let article = "---\ndate: 2026-03-02\nactors:\n  port: {name: Port, kind: organisation}\non:\n  pier: Closing the pier\n---\n\
                   [It has to go]{.claim by=port on=pier stance=keen}. [It may stay]{.claim by=port on=pier stance=wary}. \
                   [Who knows]{.claim by=port on=pier stance=torn}.\n";
    let folder = Folder::with(&[("onrecord.toml", codebook.as_bytes()), ("a.article", article.as_bytes())]);
    let ran = folder.run(&["export", "--format", "dna-csv", "-o", "out", "a.article"]);
    assert!(ran.err().contains("a: 1 claims are no statements of DNA"), "{}", ran.err());
    let rows = fs::read_to_string(folder.path("out/statements.csv")).expect("the statements");
    let sides: Vec<_> = rows.lines().skip(1).map(|row| row.rsplit_once(';').expect("columns").1).collect();
    assert_eq!(sides, ["1", "0"]);
    folder.run(&["export", "--format", "dna", "-o", "out", "a.article"]);
    // Also into a folder without the codebook.
    let elsewhere = Folder::with(&[]);
    for back in [folder.path("back"), elsewhere.path("back")] {
        let into = back.display().to_string();
        let ran = folder.run(&["import", "--format", "dna", "-o", &into, "out/corpus.dna"]);
        assert_eq!((ran.code(), ran.err()), (Some(0), String::new()));
        assert_eq!(fs::read_to_string(back.join("a.article")).expect("the article"), article);
    }
}

#[test]
fn brats_configuration_has_the_values_of_ones_own_codebook() {
    let codebook = "[vocabulary.stance.values.wary]\nlabel = \"Wary\"\n[[override]]\nfiles = [\"acts/\"]\n\
                    [override.vocabulary.act]\nreplace = true\nvalues.say = {}\n";
    let claim = |keys: &str| format!("[It]{{.claim {keys}}}.\n");
    let folder = Folder::with(&[
        ("onrecord.toml", codebook.as_bytes()),
        ("a.article", claim("act=assert stance=wary").as_bytes()),
        ("acts/b.article", claim("act=say stance=hedged").as_bytes()),
    ]);
    let ran = folder.run(&["export", "--format", "brat", "-o", "out", "a.article", "acts"]);
    assert_eq!((ran.code(), ran.err()), (Some(0), String::new()));
    let conf = fs::read_to_string(folder.path("out/annotation.conf")).expect("the configuration");
    let values = |key: &str| {
        let line = conf.lines().find(|line| line.starts_with(&format!("{key}\t"))).expect("the attribute");
        line.rsplit_once("Value:").expect("its values").1.split('|').collect::<Vec<_>>()
    };
    // A value that only an article has comes last: brat shows what it does not know as an error.
    assert_eq!(values("Stance"), ["support", "oppose", "neutral", "mixed", "unrelated", "wary", "hedged"]);
    let acts = values("Act");
    assert!(acts.contains(&"assert") && acts.ends_with(&["say"]), "{acts:?}");
}

#[test]
fn a_database_and_tables_that_cannot_be_read_are_named_with_file_and_line() {
    let files: &[(&str, &[u8])] = &[
        ("old.dna", b"words"),
        ("articles.csv", b"article,text\na,It is so.\n"),
        ("spans.csv", b"article,span,start,end,words\na,1,0,99,It\n"),
        ("links.csv", b"article,from,key\n"),
    ];
    let folder = Folder::with(files);
    let ran = folder.run(&["import", "--format", "dna", "old.dna"]);
    assert_eq!(ran.code(), Some(2));
    assert!(ran.err().contains("old.dna:1: this is no database of DNA"), "{}", ran.err());
    let ran = folder.run(&["import", "--format", "tables", "."]);
    assert_eq!(ran.code(), Some(2));
    assert!(ran.err().contains("spans.csv:2: the span 0 to 99 lies outside the text"), "{}", ran.err());
}

#[test]
fn import_writes_over_nothing_unless_it_is_forced() {
    let folder = Folder::with(&[
        ("a.txt", b"It is so."),
        ("a.ann", b"T1\tClaim 0 8\tIt is so\n"),
        ("a.article", b"mine"),
    ]);
    let ran = folder.run(&["import", "--format", "brat", "a.ann"]);
    assert_eq!(ran.code(), Some(2));
    assert!(
        ran.err().contains("a.article: the file is there already; --force writes over it"),
        "{}",
        ran.err()
    );
    assert_eq!(fs::read(folder.path("a.article")).expect("it is there"), b"mine");
    assert_eq!(folder.run(&["import", "--format", "brat", "--force", "."]).code(), Some(0));
    assert_eq!(fs::read(folder.path("a.article")).expect("it is there"), b"[It is so]{.claim}.");
}

#[test]
fn spans_that_cross_stand_beside_the_article_and_go_out_with_it_again() {
    let ann = b"T1\tClaim 0 9\tone two t\nT2\tFrame 4 13\ttwo three\n";
    let folder = Folder::with(&[("a.txt", b"one two three four"), ("a.ann", ann)]);
    let ran = folder.run(&["import", "--format", "brat", "a.ann"]);
    assert_eq!(ran.code(), Some(0));
    assert!(
        ran.err().contains("'two three' stands in a.article.json: it crosses another span"),
        "{}",
        ran.err()
    );
    fs::write(folder.path("a.article"), "And [one two t]{.claim}hree four").expect("the article is edited");
    let ran = folder.run(&["export", "--format", "brat", "-o", "out", "a.article"]);
    assert_eq!((ran.code(), ran.err()), (Some(0), String::new()));
    let out = fs::read_to_string(folder.path("out/a.ann")).expect("it is written");
    assert_eq!(out, "T1\tClaim 4 13\tone two t\nT2\tFrame 8 17\ttwo three\n");
    fs::write(folder.path("a.article"), "Another story").expect("the article is edited");
    let ran = folder.run(&["export", "--format", "brat", "-o", "out", "--force", "a.article"]);
    assert!(
        ran.err().contains(
            "a.article.json: #1 marks 'two three' (after 'one'), which is not in the text any more"
        ),
        "{}",
        ran.err()
    );
}

#[test]
fn what_cannot_be_imported_is_named_with_its_line() {
    let files: &[(&str, &[u8])] = &[
        ("a.ann", b"T1\tClaim 0 2\tIt\n"),
        ("b.txt", b"It is so."),
        ("b.ann", b"T1\tClaim 0 2\tIt\nT2\tClaim 3 99\tis\n"),
        ("c.jsonl", b"{\"path\": \"b.txt\", \"attributions\": []}\n{\"path\": 3}\n"),
    ];
    let folder = Folder::with(files);
    let ran = folder.run(&["import", "--format", "brat", "."]);
    assert_eq!(ran.code(), Some(2));
    assert!(ran.err().contains("a.txt: "), "{}", ran.err());
    assert!(ran.err().contains("b.ann:2: the span 3 to 99 lies outside the text"), "{}", ran.err());
    let ran = folder.run(&["import", "--format", "attributions", "c.jsonl"]);
    assert_eq!(ran.code(), Some(2));
    assert!(ran.err().contains("c.jsonl:2: "), "{}", ran.err());
    assert!(folder.path("b.article").exists());
}

#[test]
fn the_folders_own_vocabulary_is_what_annotation_is_checked_by() {
    let config = b"profile = \"research\"\n[vocabulary.stance.values.wary]\nlabel = \"Wary\"\ndefinition = \"It keeps both doors open.\"\n[vocabulary.act]\nreplace = true\nvalues.say = {}\n";
    let article = b"[It waits]{.claim act=say by=none stance=wary}.\n\n[It left]{.claim act=meet by=none stance=wray}.\n";
    let folder = Folder::with(&[("onrecord.toml", config), ("a.article", article)]);
    let ran = folder.run(&["check", "--output-format", "concise", "a.article"]);
    let (told, code) = (ran.out(), ran.code());
    assert_eq!((told.lines().count(), code), (2, Some(1)), "{told}");
    assert!(
        told.contains("a.article:3:22: ANN01 error: 'meet' is no value of act; there is only 'say'."),
        "{told}"
    );
    assert!(told.contains("'wray' is no value of stance. Did you mean 'wary'?"), "{told}");
    let shown = folder.run(&["config", "show", "a.article"]).out();
    assert!(shown.contains("# stance can be support, oppose, neutral, mixed, unrelated, wary"), "{shown}");
    fs::write(folder.path("onrecord.toml"), "[vocabulary.stance]\nreplac = true\n").expect("a file");
    let ran = folder.run(&["check", "a.article"]);
    assert!(
        ran.err().contains("onrecord.toml:2: 'replac' is no key. Did you mean 'replace'?"),
        "{}",
        ran.err()
    );
}

/// On a disk that takes no file of more than a kilobyte, as one that is full, a command says so, leaves the file it
/// was to write as it was, and nothing half written beside it.
#[cfg(unix)]
#[test]
fn a_full_disk_is_told_and_the_old_file_stays() {
    use std::fmt::Write as _;
    let long = "“We lost,” said Ms Lee.\n\n".repeat(400);
    let turned = format!("{TURNED}\n{long}");
    let mut actors = String::new();
    for number in 0..100 {
        let _ = write!(actors, "[a{number}]\nname = \"Name {number}\"\n");
    }
    let folder = Folder::with(&[
        ("a.txt", turned.as_bytes()),
        ("found.txt", "It is believed that it ended.\n\n".repeat(50).as_bytes()),
        ("clean.article", b"old"),
        ("known-baseline.json", b""),
        ("actors.toml", actors.as_bytes()),
        ("rows.jsonl", format!("{{\"id\": \"new\", \"text\": {}}}", serde_json::json!(long)).as_bytes()),
    ]);
    let names = || {
        let mut names: Vec<_> = fs::read_dir(folder.0.path())
            .expect("a folder")
            .flatten()
            .map(|entry| entry.file_name())
            .collect();
        names.sort();
        names
    };
    let before = names();
    for (arguments, target) in [
        ("check --fix a.txt", Some("a.txt")),
        ("check --baseline known-baseline.json --write-baseline found.txt", Some("known-baseline.json")),
        ("annotate --write a.txt", Some("a.txt")),
        ("strip a.txt --force --output clean.article", Some("clean.article")),
        ("actors add New", Some("actors.toml")),
        ("import --format jsonl rows.jsonl", None),
    ] {
        let old = target.map(|name| fs::read(folder.path(name)).expect("a file"));
        let script = format!("trap '' XFSZ; ulimit -f 1; exec \"$0\" {arguments}");
        let output = Command::new("sh")
            .args(["-c", &script, env!("CARGO_BIN_EXE_onrecord")])
            .current_dir(folder.0.path())
            .stdin(Stdio::null())
            .output()
            .expect("the program runs");
        let ran = Ran(output);
        assert_eq!(ran.code(), Some(2), "{arguments}: {}{}", ran.out(), ran.err());
        assert!(ran.err().contains("too large"), "{arguments}: {}", ran.err());
        assert_eq!(target.map(|name| fs::read(folder.path(name)).expect("a file")), old, "{arguments}");
        assert_eq!(names(), before, "{arguments}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn what_is_written_to_a_device_is_not_put_in_its_place() {
    let folder = Folder::with(&[("a.article", b"[It ended]{.claim}.\n")]);
    let ran = folder.run(&["strip", "a.article", "--output", "/dev/stdout"]);
    assert_eq!((ran.code(), ran.out().as_str()), (Some(0), "It ended.\n"), "{}", ran.err());
    let ran = folder.run(&["strip", "a.article", "--output", "/dev/full"]);
    assert_eq!(ran.code(), Some(2));
    assert!(ran.err().contains("No space left"), "{}", ran.err());
}

/// Where the system lets one be without a network, nothing changes.
#[cfg(target_os = "linux")]
#[test]
fn without_a_network_the_same_is_found() {
    let folder = Folder::with(&[("a.txt", FAULTY)]);
    let alone = Command::new("unshare")
        .args(["--user", "--map-root-user", "--net", env!("CARGO_BIN_EXE_onrecord"), "check", "a.txt"])
        .current_dir(folder.0.path())
        .stdin(Stdio::null())
        .output();
    let alone = match alone {
        Ok(output) if !String::from_utf8_lossy(&output.stderr).starts_with("unshare:") => Ran(output),
        _ => return eprintln!("left out: 'unshare' is not there or not allowed"),
    };
    assert_eq!((alone.code(), alone.out()), (Some(1), folder.run(&["check", "a.txt"]).out()));
}
