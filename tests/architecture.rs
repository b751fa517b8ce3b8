//! The order of the modules: each uses only those above it in `lib.rs`. And what no module does: it starts no process
//! and knows no network.

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

#[test]
fn no_network_is_known_and_no_process_started() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let used =
        Regex::new(r"\b(std::net|tokio::net|TcpStream|UdpSocket|UnixStream|process::Command|Command::new)\b")
            .expect("a pattern");
    let mut wrong = Vec::new();
    for file in files(&top.join("src")) {
        let text = fs::read_to_string(&file).expect("the file can be read");
        // The tests at the end of a file, and the definition of the command line's own.
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        wrong.extend(used.find_iter(code).map(|found| format!("{}: {}", file.display(), found.as_str())));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let lock = fs::read_to_string(top.join("Cargo.lock")).expect("Cargo.lock is there");
    let package = Regex::new("(?m)^name = \"(.+)\"").expect("a pattern");
    // What opens sockets, resolves names, speaks HTTP or encrypts.
    let network = Regex::new(
        "^(socket2|hyper.*|reqwest|ureq.*|curl.*|isahc|attohttpc|minreq|http|h2|h3|quinn.*|rustls.*|native-tls|openssl.*\
         |ring|aws-lc.*|tungstenite|tokio-(tungstenite|rustls|native-tls)|async-(std|net|h1)|smol|hickory.*|trust-dns.*\
         |surf|ssh2|git2|gix.*|ftp|lettre|websocket.*|zmq|nng|tonic|actix.*|axum|warp|rocket)$",
    )
    .expect("a pattern");
    let packages: Vec<&str> =
        package.captures_iter(&lock).filter_map(|found| found.get(1)).map(|name| name.as_str()).collect();
    assert!(packages.contains(&"tokio"), "the packages were not found: {packages:?}");
    let networked: Vec<&&str> = packages.iter().filter(|name| network.is_match(name)).collect();
    assert!(networked.is_empty(), "{networked:?}");
    let manifest = fs::read_to_string(top.join("Cargo.toml")).expect("Cargo.toml is there");
    let tokio = manifest.lines().find(|line| line.starts_with("tokio = ")).expect("a dependency");
    assert!(!tokio.contains("\"net\"") && !tokio.contains("full"), "{tokio}");
}
