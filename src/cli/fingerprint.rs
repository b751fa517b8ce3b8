//! A name for each finding, the same from one run to the next.

use std::path::Path;

use rustc_hash::FxHashMap;

use crate::rules::{Finding, Fingerprint};
use crate::workspace::portable;

/// A name for each of the `findings` in the article `text` at `path`, no two the same.
pub(super) fn digests(path: &Path, text: &str, findings: &[Finding]) -> Vec<String> {
    let path = portable(path);
    let mut seen: FxHashMap<Fingerprint, usize> = FxHashMap::default();
    let digest = |finding| {
        let print = Fingerprint::of(text, finding);
        let nth = seen.entry(print.clone()).or_default();
        *nth += 1;
        print.digest(&path, *nth - 1)
    };
    findings.iter().map(digest).collect()
}
