//! What README.md shows of the command line is what the command line prints.

use std::process::Command;

#[test]
fn the_console_blocks_show_real_output() {
    let readme = include_str!("../README.md");
    let blocks: Vec<&str> =
        readme.split("```console\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert!(!blocks.is_empty());
    for block in blocks {
        let (command, shown) = block.split_once('\n').unwrap();
        let arguments = command.strip_prefix("$ onrecord ").expect("a block begins with '$ onrecord '");
        let output = Command::new(env!("CARGO_BIN_EXE_onrecord"))
            .args(arguments.split_whitespace())
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .unwrap();
        let printed = String::from_utf8(output.stdout).unwrap();
        assert_eq!(printed.trim_end(), shown.trim_end(), "README.md should show:\n{printed}");
    }
}
