//! Whole articles with everything that is found in them drawn under their text.
//!
//! Each file of `tests/articles/NAME.drawn` is an article with its drawing. Where `examples/` has an
//! article of that name, the drawn text is that article, byte for byte. `NAME.strict.drawn` is read with the
//! profile `strict`. With `ONRECORD_BLESS=1` in the
//! environment the drawings are rewritten; read the difference before you keep it.
//!
//! `NAME.shown` is the example with what an editor shows of it: `^` under names, sources, reporting words,
//! claims and quotes, in ‹ › the hints, in | | the lenses over a paragraph.

#![expect(clippy::expect_used, reason = "a test that cannot read its files fails")]

mod drawing;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use drawing::{Mark, draw, marks, undraw};
use onrecord::analysis::{Analysis, Setup};
use onrecord::ide::{self, HintKinds, TokenKind};
use onrecord::rules::{self, Family};
use onrecord::settings::{Profile, Settings};
use onrecord::text::{TextRange, TextSize, size};

/// The article in `examples/` that the drawing at `drawn` is of.
fn example(drawn: &Path) -> Option<String> {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let name = drawn.file_stem()?;
    ["txt", "article"].iter().find_map(|end| fs::read_to_string(examples.join(name).with_extension(end)).ok())
}

fn drawings() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/articles");
    let entries = fs::read_dir(folder).expect("tests/articles is there");
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("the folder can be read").path())
        .filter(|path| path.extension().is_some_and(|end| end == "drawn"))
        .collect();
    paths.sort();
    paths
}

#[test]
fn what_is_drawn_is_what_is_found() {
    let bless = std::env::var_os("ONRECORD_BLESS").is_some();
    let mut faults = Vec::new();
    for path in drawings() {
        let drawn = fs::read_to_string(&path).expect("a drawing can be read");
        let text = example(&path).unwrap_or_else(|| undraw(&drawn).0);
        let strict = path.file_stem().is_some_and(|stem| Path::new(stem).extension().is_some());
        let profile = if strict { Profile::Strict } else { Profile::News };
        let setup = Setup { settings: Settings { profile, ..Settings::default() }, ..Setup::default() };
        let analysis = Analysis::new(Arc::from(text.as_str()), Arc::new(setup));
        let found = draw(&text, &marks(&text, analysis.findings()));
        if found == drawn {
            continue;
        }
        if bless {
            fs::write(&path, &found).expect("a drawing can be written");
        } else {
            faults.push(format!("{} should be\n{drawn}\nbut is\n{found}", path.display()));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// A mark of `code` under the first line of `range`.
fn mark(text: &str, range: TextRange, code: String) -> Mark {
    let (before, words) = (&text[..usize::from(range.start())], &text[range]);
    let start = before.chars().rev().take_while(|char| *char != '\n').count();
    let width = words.lines().next().unwrap_or("").chars().count().max(1);
    Mark { line: before.matches('\n').count(), code, start, end: start + width }
}

fn shown(text: &str) -> String {
    let analysis = Analysis::new(Arc::from(text), Arc::default());
    let all = TextRange::up_to(size(text.len()));
    let words = [TokenKind::Actor, TokenKind::Source, TokenKind::Cue, TokenKind::Claim, TokenKind::Quote];
    let mut marks: Vec<Mark> = ide::semantic_tokens(&analysis, all)
        .into_iter()
        .filter(|token| words.contains(&token.kind))
        .map(|token| mark(text, token.range, token.kind.name().to_owned()))
        .collect();
    let at = |offset: TextSize| TextRange::empty(offset);
    for hint in ide::hints(&analysis, all, HintKinds::default()) {
        marks.push(mark(text, at(hint.offset), format!("‹{}›", hint.label)));
    }
    for lens in ide::lenses(&analysis, &ide::speakers(&analysis)) {
        marks.push(mark(text, at(lens.range.start()), format!("|{}|", lens.title)));
    }
    draw(text, &marks)
}

#[test]
fn what_is_shown_is_what_is_drawn() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for name in ["unga-resolution.txt", "unga-resolution.article"] {
        let text = fs::read_to_string(root.join("examples").join(name)).expect("an example can be read");
        let path = root.join("tests/articles").join(format!("{name}.shown"));
        let found = shown(&text);
        if std::env::var_os("ONRECORD_BLESS").is_some() {
            fs::write(&path, &found).expect("a drawing can be written");
        }
        let drawn = fs::read_to_string(&path).expect("a drawing can be read");
        assert!(found == drawn, "{} should be\n{drawn}\nbut is\n{found}", path.display());
    }
}

/// Who a hover over each word of `text` names: the words it is about and its first line, a line for each place.
fn hovers(text: &str) -> String {
    let analysis = Analysis::new(Arc::from(text), Arc::default());
    let mut lines = Vec::new();
    let mut last = None;
    for (at, _) in text.char_indices().filter(|(_, char)| char.is_alphanumeric()) {
        let Some(hover) = ide::hover(&analysis, size(at)) else { continue };
        // A hover over no name tells of a claim, a date or a finding.
        if analysis.mention_at(size(at)).is_some_and(|found| found.range == hover.range)
            && last.replace(hover.range) != Some(hover.range)
        {
            lines.push(format!("{}: {}\n", &text[hover.range], hover.markdown.lines().next().unwrap_or("")));
        }
    }
    lines.concat()
}

/// Every name of the sample has a hover that names its actor, and nothing else has one: `NAME.hovers`, in text order.
#[test]
fn each_name_of_the_sample_has_its_hover() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text =
        fs::read_to_string(root.join("examples/unga-resolution.txt")).expect("the example can be read");
    let path = root.join("tests/articles/unga-resolution.txt.hovers");
    let found = hovers(&text);
    if std::env::var_os("ONRECORD_BLESS").is_some() {
        fs::write(&path, &found).expect("the list can be written");
    }
    let listed = fs::read_to_string(&path).expect("the list can be read");
    assert!(found == listed, "{} should be\n{listed}\nbut is\n{found}", path.display());
}

#[test]
fn a_drawing_is_read_as_it_is_drawn() {
    let drawn = "Eé said so.\n ^   ^^ ATT02\n^ ENT01\nNo.\n";
    let (text, marks) = undraw(drawn);
    assert_eq!(text, "Eé said so.\nNo.\n");
    assert_eq!(draw(&text, &marks), drawn);
}

/// Rules that read words, not names, quotations or the format, leave a source's words alone.
#[test]
fn lexical_rules_are_silent_inside_quotations() {
    let setup = Arc::new(Setup {
        settings: Settings { profile: Profile::Strict, ..Settings::default() },
        ..Setup::default()
    });
    let pages = rules::all().iter().flat_map(|rule| rule.page().articles("Example"));
    let own = pages.map(|drawn| undraw(drawn).0);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora");
    let corpus = fs::read_to_string(folder.join("polnear-dev.jsonl")).unwrap_or_else(|_| {
        eprintln!("../shared/corpora is not here: only the repository's own examples are read");
        String::new()
    });
    let rows = corpus.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let texts = rows.filter_map(|row| Some(row.get("text")?.as_str()?.to_owned()));
    for text in own.chain(texts) {
        // The whole text in quotation marks: nothing that reads words may speak.
        for part in
            text.split("\n\n").filter(|part| !part.contains(['"', '“', '”', '\'', '’', '‘', '-', '[']))
        {
            let quoted =
                format!("Nobody objected to it at all in the end.\n\n“{}”\n", part.replace('\n', " "));
            let analysis = Analysis::new(Arc::from(quoted.as_str()), Arc::clone(&setup));
            let loud = analysis.findings().iter().find(|finding| {
                let lexical = !matches!(finding.rule.family, Family::Quotation | Family::Format);
                lexical
                    && quoted[..finding.range.start().into()].contains('“')
                    && finding.range.len() > 0.into()
            });
            assert!(loud.is_none(), "{quoted}{loud:?}");
        }
    }
}
