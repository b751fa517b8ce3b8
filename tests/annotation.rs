//! Annotating by hand and in drafts: whatever is typed, marked, drafted, accepted or removed, the words stay the words
//! and the spans stay spans.
//!
//! `ONRECORD_EDITS=100000 cargo test --profile quick --features fault-injection --test annotation` makes that many random
//! edits. The texts of a corpus are read from `../shared/corpora`, or from the folder that `ONRECORD_CORPORA` names.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{env, fs};

use onrecord::analysis::{Analysis, Setup};
use onrecord::article::SpanClass;
use onrecord::article::strip;
use onrecord::exchange::{GoldArticle, mentions};
use onrecord::ide::{MARKS, accept_drafts, draft, mark, remove_drafts};
use onrecord::rules::Severity;
use onrecord::text::{TextEdit, TextRange, apply_edits, range};
use onrecord::workspace::discover;

/// Random edits of a test that nobody asked for more.
const FEW: usize = 300;

fn analyse(text: &str, setup: &Arc<Setup>) -> Analysis {
    Analysis::new(Arc::from(text), Arc::clone(setup))
}

/// Numbers without a pattern, the same in each run: xorshift, after Marsaglia (2003).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap_or(0) % end.max(1)
    }

    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

/// What articles begin as.
const ARTICLES: [&str; 4] = [
    "---\ndate: 2026-03-02\non:\n  pier: Closing the pier\n---\n[Harbour staff]{#s1 .source anon=role} [said]{.cue for=c1} [[the council]{.actor} wants the pier\nclosed]{#c1 .claim by=s1 on=pier stance=support}.\n\nPakistan condemned it.\n",
    "date 2022-10-09 Joe Biden said that [the vote [sic] was lost]{.quote by=none}. “We object,” Maria Keller said, “and we will go.”\n\n<!-- onrecord: ignore ATT02 -->\nIt is believed that []{.missing ref=pak} left.\r\n\r\nOfficials \\[told]{.own} Reuters that C:\\[x] failed.\n",
    "“We lost,” the mayor said, “and we know why.\n\n“It was late.”\n\n[The minister]{#m .source .draft} [denied]{.cue .draft for=c1} [that he knew]{#c1 .claim .draft by=m}.\n",
    "",
];

/// What is typed or pasted.
const TYPED: [&str; 34] = [
    "a",
    " ",
    ".",
    "é",
    "𝄞",
    "“",
    "”",
    "\"",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "[",
    "]",
    "{",
    "}",
    "]{",
    "\\",
    "\\[",
    "=",
    "#s1",
    ".claim",
    "]{.claim by=s1}",
    "]{#c2 .quote by=\"s1 m\"}",
    "]{.own .draft}",
    "[]{.missing}",
    "<!--",
    "-->",
    "[sic]",
    "{x}",
    "Joe Biden said that ",
    "Pakistan condemned the raid. ",
    "according to the ministry",
    "date 2022-10-09 ",
];

#[test]
fn after_any_edit_text_and_spans_agree_and_the_analysis_is_that_of_the_text() {
    let count = env::var("ONRECORD_EDITS").ok().and_then(|count| count.parse().ok()).unwrap_or(FEW);
    let setup = Arc::new(Setup::default());
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let mut analysis = analyse(ARTICLES[0], &setup);
    for edit in 0..count {
        let text = Arc::clone(analysis.text());
        if text.len() > 1500 || random.below(200) == 0 {
            analysis = analyse(random.of(&ARTICLES), &setup);
            continue;
        }
        let (what, edits) = edits(&analysis, &mut random);
        let after = apply_edits(&text, &edits);
        let told = || format!("edit {edit}, {what}: {edits:?}\nof {text:?}\nto {after:?}");
        if what != "typed" {
            assert_eq!(strip(&after), strip(&text), "the words changed; {}", told());
        }
        let previous = &analysis;
        let updated =
            Analysis::update(Arc::from(after.as_str()), Arc::clone(&setup), Some(previous), &|| false);
        let updated = updated.unwrap_or_else(|_| analyse(&after, &setup));
        consistent(&updated).unwrap_or_else(|fault| panic!("{fault}; {}", told()));
        assert_eq!(all(&updated), all(&analyse(&after, &setup)), "{}", told());
        analysis = updated;
    }
}

/// A random edit: mostly typing, else one of those the server offers.
fn edits(analysis: &Analysis, random: &mut Random) -> (&'static str, Vec<TextEdit>) {
    let text = analysis.text();
    let mut place = || {
        let at = random.below(text.len() + 1);
        (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
    };
    let (a, b) = (place(), place());
    let selection = range(a.min(b), a.max(b));
    match random.below(20) {
        0..4 => {
            let class = MARKS[random.below(MARKS.len())];
            ("marked", mark(analysis, selection, class).unwrap_or_default())
        }
        4 => ("drafted", draft(analysis).edits),
        5 => ("accepted", accept_drafts(analysis, selection)),
        6 => ("removed", remove_drafts(analysis)),
        kind => {
            // Mostly a key, sometimes words replaced.
            let longest = if kind < 12 { 0 } else { random.below(24) };
            let end = (a + longest).min(text.len());
            let end = (a..=end).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(a);
            let new_text = if kind == 19 { String::new() } else { random.of(&TYPED).to_owned() };
            ("typed", vec![TextEdit { range: range(a, end), new_text }])
        }
    }
}

/// What is wrong between the text and what was read in it.
fn consistent(analysis: &Analysis) -> Result<(), String> {
    let text = analysis.text();
    let cut = |text: &str, range: TextRange| {
        text.get(std::ops::Range::<usize>::from(range))
            .map(str::to_owned)
            .ok_or(format!("{range:?} splits a character"))
    };
    let mut words = String::new();
    let mut done = 0;
    for block in analysis.blocks() {
        let source = cut(text, block.range)?;
        words += &text[done..usize::from(block.range.start())];
        let markup = &block.markup;
        let mut kept = 0;
        for removed in markup.prose.removed() {
            let markup_text = cut(&source, removed)?;
            let is_markup = ["[", "]{", "<!--", "\\"].iter().any(|mark| markup_text.starts_with(mark));
            if !is_markup {
                return Err(format!("{markup_text:?} is no markup"));
            }
            words += &source[kept..usize::from(removed.start())];
            kept = removed.end().into();
        }
        words += &source[kept..];
        done = block.range.end().into();
        for (index, span) in markup.spans.iter().enumerate() {
            for range in [span.range, span.content, span.attributes] {
                cut(&source, range)?;
            }
            cut(markup.prose.text(), span.prose)?;
            let parent = span.parent.map(|parent| &markup.spans[parent]);
            if parent.is_some_and(|parent| !parent.content.contains_range(span.range)) {
                return Err(format!("{:?} is not inside its parent", span.range));
            }
            let crossed = markup.spans[..index].iter().find(|other| {
                let apart =
                    other.range.end() <= span.range.start() || span.range.end() <= other.range.start();
                !apart && !other.content.contains_range(span.range)
            });
            if let Some(other) = crossed {
                return Err(format!("{:?} and {:?} cross", span.range, other.range));
            }
        }
    }
    words += &text[done..];
    if words == strip(text) { Ok(()) } else { Err(format!("the words are {words:?}")) }
}

/// What an analysis found, so that two can be compared.
fn all(analysis: &Analysis) -> String {
    let blocks: Vec<_> =
        analysis.blocks().iter().map(|block| (block.range, block.kind, &block.markup)).collect();
    format!("{blocks:?} {:?} {:?} {:?}", analysis.findings(), analysis.attributions(), mentions("", analysis))
}

/// Faults of the drafts of `text`, which may be annotated.
fn drafted(text: &str, setup: &Arc<Setup>) -> Result<usize, String> {
    let before = analyse(text, setup);
    let drafts = draft(&before);
    let after = apply_edits(text, &drafts.edits);
    let analysis = analyse(&after, setup);
    consistent(&analysis)?;
    let gone = apply_edits(&after, &remove_drafts(&analysis));
    let faults = |analysis: &Analysis| {
        let findings = analysis.findings().iter();
        findings.filter(|found| found.rule.code == "ANN01" && found.severity == Severity::Error).count()
    };
    if strip(&after) != strip(text) {
        return Err("the words changed".to_owned());
    } else if gone != text {
        return Err("removing the drafts does not give the text back".to_owned());
    } else if faults(&analysis) > faults(&before) {
        return Err(format!("the drafts are at fault: {:?}", analysis.findings()));
    } else if GoldArticle::marked("a", &after).attributions != GoldArticle::marked("a", text).attributions {
        return Err("a draft counts as a person's annotation".to_owned());
    }
    Ok(drafts.counts.iter().map(|(_, count)| count).sum())
}

#[test]
fn drafts_of_our_articles_leave_text_and_annotation_as_they_are() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let found = discover(&[root.join("tests/gold"), root.join("examples")]);
    assert!(found.files.len() > 12, "{found:?}");
    let setup = Arc::new(Setup::default());
    for path in &found.files {
        let annotated = fs::read_to_string(path).unwrap();
        let plain = strip(&annotated);
        let count = drafted(&plain, &setup).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
        assert!(count > 8, "{} has {count} drafts", path.display());
        drafted(&annotated, &setup).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
    }
}

/// What an accepted draft says is what the program found: nothing is lost on the way into the text.
#[test]
fn accepted_drafts_are_the_attributions_that_were_found() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let setup = Arc::new(Setup::default());
    let (mut found, mut kept) = (0, 0);
    for path in discover(&[root.join("tests/gold")]).files {
        let text = strip(&fs::read_to_string(&path).unwrap());
        let before = analyse(&text, &setup);
        let drafted = apply_edits(&text, &draft(&before).edits);
        let analysis = analyse(&drafted, &setup);
        let everything = range(0, drafted.len());
        let accepted = apply_edits(&drafted, &accept_drafts(&analysis, everything));
        assert!(!accepted.contains(".draft"), "{}", path.display());
        let marked = GoldArticle::marked("a", &accepted).attributions;
        let all = before.attributions();
        found += all.iter().filter(|found| !found.cue.is_empty() || !found.source.is_empty()).count();
        kept += marked.len();
    }
    assert!(kept * 100 >= found * 95, "of {found} attributions {kept} became drafts");
}

#[test]
fn drafts_of_a_corpus_leave_its_texts_as_they_are() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora");
    let folder = env::var_os("ONRECORD_CORPORA").map_or(shared, PathBuf::from);
    // Unoptimised the longer file takes minutes.
    let files = if cfg!(debug_assertions) {
        &["polnear-dev.jsonl"][..]
    } else {
        &["polnear-dev.jsonl", "polnear-train.jsonl"]
    };
    let setup = Arc::new(Setup::default());
    let (mut articles, mut spans) = (0, 0);
    for name in files {
        let Ok(lines) = fs::read_to_string(folder.join(name)) else {
            eprintln!("{name} is not in ../shared/corpora: its texts are left out");
            continue;
        };
        for line in lines.lines() {
            let article = GoldArticle::from_line(line).unwrap();
            // What could be taken for markup stands in some of them too.
            let strange =
                article.text.replace(", ", " \\[").replace(" the ", " {the} ").replace("said", "said]");
            for text in [&article.text, &strange] {
                spans += drafted(text, &setup).unwrap_or_else(|fault| panic!("{}: {fault}", article.doc_id));
            }
            articles += 1;
        }
    }
    eprintln!("{spans} drafts in {articles} articles, each also with brackets, braces and backslashes");
}

#[test]
fn a_person_marks_what_a_draft_missed_and_both_stay() {
    let setup = Arc::new(Setup::default());
    let text = "Pakistan condemned the raid. It rained.";
    let once = apply_edits(text, &draft(&analyse(text, &setup)).edits);
    let analysis = analyse(&once, &setup);
    let at = once.find("It rained").unwrap_or_default();
    let edits = mark(&analysis, range(at, at + 10), SpanClass::Own).unwrap_or_default();
    let both = apply_edits(&once, &edits);
    assert!(both.ends_with(" [It rained.]{.own}"), "{both}");
    let removed = apply_edits(&both, &remove_drafts(&analyse(&both, &setup)));
    assert_eq!(removed, "Pakistan condemned the raid. [It rained.]{.own}");
}
