//! The articles of `tests/gold/`: their annotation is in order, and attribution finds most of it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::{fs, io};

use onrecord::analysis::{Analysis, Setup};
use onrecord::article::strip;
use onrecord::exchange::{GoldArticle, GoldAttribution, Scores};
use onrecord::workspace::discover;

/// The articles, each with its name and text, by name.
fn articles() -> io::Result<Vec<(String, String)>> {
    let found = discover(&[Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold")]);
    assert!(found.errors.is_empty() && found.files.len() >= 12, "{found:?}");
    let named = |path: &PathBuf| {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Ok((name, fs::read_to_string(path)?))
    };
    found.files.iter().map(named).collect()
}

fn analysis(text: &str) -> Analysis {
    Analysis::new(Arc::from(text), Arc::new(Setup::default()))
}

#[test]
fn annotation_is_in_order() {
    for (name, text) in articles().unwrap() {
        let analysis = analysis(&text);
        let faults: BTreeSet<&str> = analysis
            .findings()
            .iter()
            .map(|finding| finding.rule.code)
            .filter(|code| code.starts_with("ANN") || code.starts_with("HDR"))
            .collect();
        assert!(faults.is_empty(), "{name}: {faults:?}");
        assert!(!strip(&text).contains("]{"), "{name}: some of its markup stays");
    }
}

#[test]
fn every_claim_has_its_cue_and_words() {
    for (name, text) in articles().unwrap() {
        let gold = GoldArticle::marked(&name, &text);
        let claims = text.matches(".claim by=").count();
        assert_eq!(gold.attributions.len(), claims, "{name}: a claim has neither source nor cue");
        for found in &gold.attributions {
            let words: Vec<&str> = found.content.iter().map(|piece| &gold.text[*piece]).collect();
            assert!(!found.cue.is_empty() && !words.is_empty(), "{name}: {words:?}");
        }
    }
}

#[test]
fn attribution_finds_most_of_what_is_marked() {
    let score = |(name, text): &(String, String)| {
        let gold = GoldArticle::marked(name, text);
        let found: Vec<GoldAttribution> =
            analysis(&gold.text).attributions().iter().map(GoldAttribution::from).collect();
        Scores::of(&gold, &found)
    };
    let scores: Scores = articles().unwrap().iter().map(score).sum();
    let figures = [
        ("exact source", scores.exact[0], 0.68),
        ("exact cue", scores.exact[1], 0.72),
        ("exact content", scores.exact[2], 0.52),
        ("token content", scores.token[2], 0.80),
        ("sentence", scores.sentence, 0.84),
        ("linked", scores.linked, 0.55),
    ];
    for (name, tally, floor) in figures {
        assert!(tally.f1() >= floor, "{name} is {:.3}, at least {floor} is wanted\n{scores:#?}", tally.f1());
    }
}

/// What is found in the articles and what a person holds of it: `right`, or `false` for a false alarm.
const DIARY: &str = "tests/gold/findings.tsv";

/// A finding without its place, which moves.
fn unplaced(line: &str) -> String {
    let mut parts = line.splitn(4, ':');
    let path = parts.next().unwrap_or("");
    format!("{path}:{}", parts.nth(2).unwrap_or(""))
}

/// Whoever changes a rule sees here which findings come and go, and judges those that come.
/// `ONRECORD_BLESS=1` writes the file anew, with `?` where a finding has not been judged.
#[test]
fn every_finding_is_in_the_diary_with_a_verdict() -> io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let printed = Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .args(["check", "--no-config", "--output-format", "concise", "tests/gold"])
        .current_dir(root)
        .output()?;
    let found = String::from_utf8_lossy(&printed.stdout).replace('\\', "/");
    let diary = fs::read_to_string(root.join(DIARY)).unwrap_or_default().replace("\r\n", "\n");
    let verdicts: BTreeMap<String, &str> = diary
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .map(|(verdict, line)| (unplaced(line), verdict))
        .collect();
    let verdict = |line: &str| verdicts.get(&unplaced(line)).copied().unwrap_or("?");
    let rows: Vec<String> = found.lines().map(|line| format!("{}\t{line}\n", verdict(line))).collect();
    let now = rows.concat();
    if std::env::var_os("ONRECORD_BLESS").is_some() {
        return fs::write(root.join(DIARY), now);
    }
    let only = |these: &str, those: &str, sign: &str| -> String {
        let there: BTreeSet<&str> = those.lines().collect();
        let gone = these.lines().filter(|line| !there.contains(line));
        gone.flat_map(|line| [sign, line, "\n"]).collect()
    };
    assert!(
        now == diary,
        "{DIARY} is not what is found; ONRECORD_BLESS=1 cargo test --test gold writes it anew\n{}{}",
        only(&diary, &now, "-"),
        only(&now, &diary, "+")
    );
    for line in now.lines() {
        assert!(line.starts_with("right\t") || line.starts_with("false\t"), "{DIARY}: not judged: {line}");
    }
    Ok(())
}
