//! The order of the modules: each uses only those above it in `lib.rs`.

#![expect(clippy::expect_used, reason = "a test that cannot read its files fails")]

use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

/// The modules in the order of `lib.rs`.
fn modules(source: &Path) -> Vec<String> {
    let map = fs::read_to_string(source.join("lib.rs")).expect("src/lib.rs is there");
    let line = Regex::new(r"(?m)^pub mod (\w+);").expect("a pattern");
    line.captures_iter(&map).map(|found| found[1].to_owned()).collect()
}

/// All Rust files under `folder`.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            out.extend(files(&path));
        } else if path.extension().is_some_and(|end| end == "rs") {
            out.push(path);
        }
    }
    out
}

#[test]
fn a_module_uses_only_those_above_it() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let order = modules(&source);
    let used = Regex::new(r"\bcrate::(\w+)").expect("a pattern");
    let mut wrong = Vec::new();
    for (place, module) in order.iter().enumerate() {
        for file in files(&source.join(module)) {
            let text = fs::read_to_string(&file).expect("the file can be read");
            for found in used.captures_iter(&text) {
                let Some(other) = order.iter().position(|name| *name == found[1]) else { continue };
                // The two outermost do not know each other.
                let apart = module == "cli" && &found[1] == "server";
                if other > place || apart {
                    wrong.push(format!("{} uses {}", file.display(), &found[1]));
                }
            }
        }
    }
    assert!(order.len() > 10, "the modules were not found: {order:?}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
