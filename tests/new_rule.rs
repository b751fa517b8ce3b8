//! The files that `cargo run --example new-rule` makes.

#[expect(dead_code, reason = "findings are drawn by others")]
mod drawing;
#[path = "../examples/new-rule/scaffold.rs"]
mod scaffold;

use std::fs;
use std::path::Path;

use drawing::undraw;
use onrecord::rules::Page;
use scaffold::{ScaffoldError, scaffold};

/// The repository's folder of rules.
fn rules() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src/rules"))
}

#[test]
fn a_new_rule_has_its_file_its_page_with_drawn_examples_and_its_place_in_the_registry() {
    let folder = tempfile::tempdir().unwrap();
    let before = fs::read_to_string(rules().join("mod.rs")).unwrap();
    for (code, name, family, after) in [
        ("LNG99", "sweeping-word", "Family::Wording", "mod lng01;\nmod lng99;\nmod num01;"),
        ("ZZZ01", "last-of-all", "Family::Claim", "mod vrb03;\nmod zzz01;\n\npub use"),
    ] {
        fs::write(folder.path().join("mod.rs"), &before).unwrap();
        let made = scaffold(folder.path(), code, name).unwrap();
        assert_eq!(made.len(), 3, "{made:?}");
        let read = |file: String| fs::read_to_string(folder.path().join(file)).unwrap();
        let (rule, page) = (read(format!("{}.rs", code.to_lowercase())), read(format!("{code}.md")));
        assert!(rule.contains(family) && rule.contains(&format!("include_str!(\"{code}.md\")")), "{rule}");
        assert!(!rule.contains("CODE") && !page.contains("NAME"), "{rule}\n{page}");

        let page = Page::read(&page);
        assert_eq!(page.title, format!("{code}: {name}"));
        let drawn = undraw(page.articles("Example")[0]).1;
        assert_eq!(drawn.len(), 1, "{drawn:?}");
        for heading in ["Use instead", "Stays silent"] {
            assert_eq!(undraw(page.articles(heading)[0]).1.len(), 0, "{heading}");
        }
        let registry = read("mod.rs".to_owned());
        assert!(registry.contains(after), "{registry}");
        assert!(registry.contains(&format!("            &{}::RULE,\n        ];", code.to_lowercase())));
        assert!(matches!(scaffold(folder.path(), code, name), Err(ScaffoldError::Taken(_))));
    }
}

#[test]
fn what_is_no_code_and_what_is_taken_is_said_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    fs::copy(rules().join("mod.rs"), folder.path().join("mod.rs")).unwrap();
    for (code, name, message) in [
        ("lng02", "sweeping-word", "'lng02' is no code: three capitals and two digits, as in LNG02"),
        ("LNG2", "sweeping-word", "'LNG2' is no code: three capitals and two digits, as in LNG02"),
        (
            "LNG02",
            "Sweeping word",
            "'Sweeping word' is no name: small letters and hyphens, as in sweeping-word",
        ),
        ("ATT01", "sweeping-word", "ATT01 is there already"),
    ] {
        assert_eq!(scaffold(folder.path(), code, name).unwrap_err().to_string(), message);
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

/// The guide shows the files as they are made.
#[test]
fn the_guide_shows_the_rule_that_is_made() {
    let folder = tempfile::tempdir().unwrap();
    fs::copy(rules().join("mod.rs"), folder.path().join("mod.rs")).unwrap();
    scaffold(folder.path(), "PIE01", "pie-unsourced").unwrap();
    let guide = fs::read_to_string(rules().join("../../docs/guides/rule.md")).unwrap();
    let rule = fs::read_to_string(folder.path().join("pie01.rs")).unwrap();
    let page = fs::read_to_string(folder.path().join("PIE01.md")).unwrap();
    assert!(guide.contains(&rule), "the rule in docs/guides/rule.md is not what is made:\n{rule}");
    assert!(guide.contains(&page), "the page in docs/guides/rule.md is not what is made:\n{page}");
}
