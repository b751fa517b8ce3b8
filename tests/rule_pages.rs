//! Every rule's page is true: its examples are analysed, and what the rule finds is what is drawn
//! under them.

mod drawing;

use std::sync::Arc;

use drawing::{draw, marks, undraw};
use onrecord::analysis::{Analysis, Setup};
use onrecord::article::Date;
use onrecord::rules::{self, Rule};
use onrecord::settings::{Profile, Settings};

/// The sections every page has, in their order; "Stays silent" and "Options" may be left out.
const SECTIONS: [(&str, bool); 7] = [
    ("What it does", true),
    ("Why it matters", true),
    ("Example", true),
    ("Use instead", true),
    ("Stays silent", false),
    ("Norm", true),
    ("Options", false),
];

/// Checks one example: what `rule` finds in it is what is drawn.
fn check(rule: &Rule, heading: &str, drawn: &str, faults: &mut Vec<String>) {
    let (text, expected) = undraw(drawn);
    let setup = Setup {
        today: Some(Date::constant(2025, 6, 1)),
        settings: Settings {
            profile: if rule.in_news { Profile::News } else { Profile::Strict },
            ..Settings::default()
        },
        ..Setup::default()
    };
    let analysis = Analysis::new(Arc::from(text.as_str()), Arc::new(setup));
    let own = analysis.findings().iter().filter(|finding| finding.rule == rule);
    let found = marks(&text, own);
    if found != expected {
        let (code, expected, found) = (rule.code, draw(&text, &expected), draw(&text, &found));
        faults.push(format!("{code}.md, {heading}, should be\n{expected}\nbut is\n{found}"));
    }
    if (heading == "Example") == expected.is_empty() {
        faults.push(format!(
            "{}.md, {heading}: only examples have a drawing, and each has one:\n{drawn}",
            rule.code
        ));
    }
}

#[test]
fn what_is_drawn_in_the_pages_is_what_the_rules_find() {
    let mut faults = Vec::new();
    for rule in rules::all() {
        let page = rule.page();
        for heading in ["Example", "Use instead", "Stays silent"] {
            for drawn in page.articles(heading) {
                check(rule, heading, drawn, &mut faults);
            }
        }
        if page.articles("Example").is_empty() || page.articles("Use instead").is_empty() {
            faults.push(format!("{}.md needs an example and what to use instead", rule.code));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_page_has_its_title_and_sections() {
    for rule in rules::all() {
        let page = rule.page();
        assert_eq!(page.title, format!("{}: {}", rule.code, rule.name));
        let headings: Vec<&str> = page.sections.iter().map(|(heading, _)| *heading).collect();
        let expected: Vec<&str> = SECTIONS
            .into_iter()
            .filter(|(heading, needed)| *needed || headings.contains(heading))
            .map(|(heading, _)| heading)
            .collect();
        assert_eq!(headings, expected, "{}", rule.code);
    }
}

#[test]
fn the_documentation_is_what_the_rules_say() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules");
    for (name, text) in rules::pages() {
        let written = std::fs::read_to_string(folder.join(&name)).unwrap_or_default();
        assert_eq!(written, text, "{name} is stale: run 'onrecord rule --all --output-dir docs/rules'");
    }
}
