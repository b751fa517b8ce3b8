//! The saved inputs of the fuzz targets, each given to its target once more; `fuzz/run` looks for new ones.

#![cfg(feature = "fault-injection")]
#![expect(clippy::expect_used, reason = "a test that panics has failed")]

use std::path::Path;

#[path = "../fuzz/targets.rs"]
mod targets;

#[test]
fn the_saved_inputs_keep_the_promises() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    for (name, _) in targets::TARGETS {
        let inputs: Vec<_> = std::fs::read_dir(corpus.join(name)).unwrap().collect();
        assert!(!inputs.is_empty(), "{name} has no inputs");
        for input in inputs {
            let path = input.unwrap().path();
            // Shown only when the test fails.
            println!("{}", path.display());
            targets::run(name, &std::fs::read(&path).unwrap());
        }
    }
}

#[test]
fn each_target_is_a_program() {
    let manifest = include_str!("../fuzz/Cargo.toml");
    let programs: Vec<&str> = manifest
        .lines()
        .filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"'))
        .skip(1)
        .collect();
    let names: Vec<&str> = targets::TARGETS.iter().map(|(name, _)| *name).collect();
    assert_eq!(programs, names);
}
