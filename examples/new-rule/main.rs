//! Makes the files of a new rule in this checkout: `cargo run --example new-rule -- CODE NAME`.
//!
//! They can be built at once, and their tests pass once `docs/rules` is written anew; `docs/guides/rule.md` says how to go on.

mod scaffold;

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [code, name] = arguments.as_slice() else {
        eprintln!("usage: cargo run --example new-rule -- CODE NAME, as in LNG02 sweeping-word");
        return ExitCode::from(2);
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    match scaffold::scaffold(&root.join("src/rules"), code, name) {
        Ok(files) => {
            for file in files {
                println!("{}", file.strip_prefix(root).unwrap_or(&file).display());
            }
            println!(
                "Next: write {code}.md, cargo run -- rule --all --output-dir docs/rules, cargo test --test rule_pages."
            );
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}
