//! What the README and the guides show of the command line is what the command line prints.

use std::process::Command;

/// The pages, by their paths.
const PAGES: [(&str, &str); 6] = [
    ("README.md", include_str!("../README.md")),
    ("docs/guides/actors.md", include_str!("../docs/guides/actors.md")),
    ("docs/guides/ci.md", include_str!("../docs/guides/ci.md")),
    ("docs/guides/desk.md", include_str!("../docs/guides/desk.md")),
    ("docs/guides/research.md", include_str!("../docs/guides/research.md")),
    ("docs/guides/rule.md", include_str!("../docs/guides/rule.md")),
];

#[test]
fn the_console_blocks_show_real_output() {
    let blocks: Vec<(&str, &str)> = PAGES
        .iter()
        .flat_map(|(page, text)| {
            let starts = text.split("```console\n").skip(1);
            starts.filter_map(|rest| Some((*page, rest.split("```").next()?)))
        })
        .collect();
    assert!(!blocks.is_empty());
    for (page, block) in blocks {
        let (command, shown) = block.split_once('\n').unwrap();
        let arguments = command.strip_prefix("$ onrecord ").expect("a block begins with '$ onrecord '");
        let output = Command::new(env!("CARGO_BIN_EXE_onrecord"))
            .args(arguments.split_whitespace())
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .unwrap();
        let printed = String::from_utf8(output.stdout).unwrap();
        assert_eq!(printed.trim_end(), shown.trim_end(), "{page} should show:\n{printed}");
    }
}

#[test]
fn the_articles_of_the_guides_have_no_format_errors() {
    for (page, text) in PAGES {
        for block in text.split("\n```\n").filter(|block| block.starts_with("---\n")) {
            let analysis = onrecord::analysis::Analysis::new(block.into(), std::sync::Arc::default());
            let wrong: Vec<_> = analysis
                .findings()
                .iter()
                .filter(|finding| {
                    finding.rule.code.starts_with("ANN") || finding.rule.code.starts_with("HDR")
                })
                .map(|finding| &finding.message)
                .collect();
            assert!(wrong.is_empty(), "{page}: {wrong:?}");
        }
    }
}
