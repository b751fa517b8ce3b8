//! What a finding is known by from one run to the next, wherever its line has moved.

use std::path::{Component, Path};

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::rules::Finding;

/// Words on each side that tell two places with the same words apart.
const NEAR: usize = 4;

/// A finding without its place: where else in the article something is written does not change it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fingerprint {
    /// The article, with `/` between folders.
    pub(super) path: String,
    /// The rule's code.
    code: String,
    /// The words it is about, one space between two.
    words: String,
    /// The digest of the words of the same line before and after, [`NEAR`] on each side.
    near: String,
}

impl Fingerprint {
    /// That of `finding` in the article `text` at `path`.
    pub(super) fn of(path: String, text: &str, finding: &Finding) -> Self {
        let (start, end) = (usize::from(finding.range.start()), usize::from(finding.range.end()));
        let breaks = ['\n', '\r'];
        let before = text.get(..start).unwrap_or("").rsplit(breaks).next().unwrap_or("");
        let after = text.get(end..).unwrap_or("").split(breaks).next().unwrap_or("");
        let mut left: Vec<&str> = before.split_whitespace().rev().take(NEAR).collect();
        left.reverse();
        let right: Vec<&str> = after.split_whitespace().take(NEAR).collect();
        let words: Vec<&str> = text.get(start..end).unwrap_or("").split_whitespace().collect();
        Self {
            path,
            code: finding.rule.code.to_owned(),
            words: words.join(" "),
            near: digest(&[&left.join(" "), &right.join(" ")]),
        }
    }

    /// A short name, the same as long as the fingerprint is; `nth` of those that are alike, from 0.
    fn digest(&self, nth: usize) -> String {
        digest(&[&self.path, &self.code, &self.words, &self.near, &nth.to_string()])
    }
}

/// A name for each of the `findings` in the article `text` at `path`, no two the same.
pub(super) fn digests(path: &Path, text: &str, findings: &[Finding]) -> Vec<String> {
    let mut seen: FxHashMap<Fingerprint, usize> = FxHashMap::default();
    let digest = |finding| {
        let print = Fingerprint::of(portable(path), text, finding);
        let nth = seen.entry(print.clone()).or_default();
        *nth += 1;
        print.digest(*nth - 1)
    };
    findings.iter().map(digest).collect()
}

/// `path` with `/` between folders and without `./`, the same on every system.
pub(super) fn portable(path: &Path) -> String {
    let mut out = String::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::RootDir => out.push('/'),
            other => {
                if !out.is_empty() && !out.ends_with('/') {
                    out.push('/');
                }
                out.push_str(&other.as_os_str().to_string_lossy());
            }
        }
    }
    out
}

/// FNV-1a of `parts` in 64 bits, hexadecimal; of two lists that differ it practically differs.
/// <https://datatracker.ietf.org/doc/html/rfc9923>
fn digest(parts: &[&str]) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for part in parts {
        for byte in part.bytes().chain([0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    format!("{hash:016x}")
}
