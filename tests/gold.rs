//! The articles of `tests/gold/`: their annotation is in order, and attribution finds most of it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, io};

use onrecord::analysis::{Analysis, Setup};
use onrecord::exchange::{GoldArticle, GoldAttribution, Scores, strip};
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
