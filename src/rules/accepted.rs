//! Findings that somebody has accepted: known by their words and the words around them, wherever their line
//! has moved.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::Finding;

/// Words on each side that tell two places with the same words apart.
const NEAR: usize = 4;

/// A finding without its place: where else in the article something is written does not change it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Fingerprint {
    /// The rule's code.
    code: String,
    /// The words it is about, one space between two.
    words: String,
    /// The digest of the words of the same line before and after, [`NEAR`] on each side.
    near: String,
}

impl Fingerprint {
    /// That of `finding`, whose ranges are bytes of the article `text`.
    pub fn of(text: &str, finding: &Finding) -> Self {
        let (start, end) = (usize::from(finding.range.start()), usize::from(finding.range.end()));
        let breaks = ['\n', '\r'];
        let before = text.get(..start).unwrap_or("").rsplit(breaks).next().unwrap_or("");
        let after = text.get(end..).unwrap_or("").split(breaks).next().unwrap_or("");
        let mut left: Vec<&str> = before.split_whitespace().rev().take(NEAR).collect();
        left.reverse();
        let right: Vec<&str> = after.split_whitespace().take(NEAR).collect();
        let words: Vec<&str> = text.get(start..end).unwrap_or("").split_whitespace().collect();
        Self {
            code: finding.rule.code.to_owned(),
            words: words.join(" "),
            near: digest(&[&left.join(" "), &right.join(" ")]),
        }
    }

    /// The code of the rule that spoke.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// A short name for it in the article `path`, the same as long as it is; `nth` of those that are alike,
    /// from 0.
    pub fn digest(&self, path: &str, nth: usize) -> String {
        digest(&[path, &self.code, &self.words, &self.near, &nth.to_string()])
    }
}

/// The accepted findings of one article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Accepted {
    /// How many findings with the same fingerprint are accepted.
    counts: FxHashMap<Fingerprint, usize>,
}

impl Accepted {
    /// Accepts one more finding with this fingerprint.
    pub fn add(&mut self, print: Fingerprint) {
        *self.counts.entry(print).or_default() += 1;
    }

    /// All fingerprints, each as often as it is accepted, in no order.
    pub fn prints(&self) -> impl Iterator<Item = &Fingerprint> {
        self.counts.iter().flat_map(|(print, count)| std::iter::repeat_n(print, *count))
    }

    /// Whether `finding` of the article `text` is accepted; of several that look alike as many as there are
    /// here, so it is asked once for each.
    pub fn take(&mut self, text: &str, finding: &Finding) -> bool {
        match self.counts.get_mut(&Fingerprint::of(text, finding)) {
            Some(left) if *left > 0 => {
                *left -= 1;
                true
            }
            _ => false,
        }
    }
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
