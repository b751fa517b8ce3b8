//! Finding the places of annotations in a text that may have been edited since.

use std::cell::OnceCell;
use std::cmp::Ordering;

use rustc_hash::FxHashSet;
use similar::TextDiff;

use super::{Quote, Target};
use crate::text::{TextRange, range};

/// The share of characters that have to be the same for words to count as the ones annotated
/// (`similar`'s ratio: twice the common ones by the sum of both).
const SIMILAR: f32 = 0.8;

/// Words of so many bytes are taken to stand in an article once.
const DISTINCT: usize = 20;

/// Of fewer words than these it cannot be told by some of them whether a run of words is like them.
const FEW: usize = 4;

/// A text in which places are looked for.
pub(super) struct Anchors<'a> {
    text: &'a str,
    /// The byte of each code point, and the text's length.
    points: Vec<usize>,
    /// The words, each by where it begins and ends; read when first asked for.
    words: OnceCell<Vec<(usize, usize)>>,
}

impl<'a> Anchors<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let points = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        Self { text, points, words: OnceCell::new() }
    }

    /// The place of `target`; none where its words are not in the text any more.
    pub(super) fn find(&self, target: &Target) -> Option<TextRange> {
        let position = target.position.and_then(|(start, end)| self.range(start, end));
        let Some(Quote { exact, prefix, suffix }) = &target.quote else { return position };
        if let Some(here) = position
            && &self.text[here] == exact
            && (!exact.is_empty() || self.context(here, prefix, suffix) == prefix.len() + suffix.len())
        {
            return Some(here);
        }
        let near = position.map_or(0, |here| usize::from(here.start()));
        if exact.is_empty() {
            self.hole(prefix, suffix)
        } else {
            self.exact(exact, prefix, suffix, near).or_else(|| self.similar(exact, prefix, suffix))
        }
    }

    /// About where `target` was: the word, or the end of the text.
    pub(super) fn near(&self, target: &Target) -> TextRange {
        let start = target.position.map_or(0, |(start, _)| start);
        let at = self.points.get(start).copied().unwrap_or(self.text.len());
        // The word there; between two the next one, at the end the last one.
        let end = self.text[..at].trim_end().len();
        let start = self.text[..end]
            .rfind(char::is_whitespace)
            .map_or(0, |space| space + self.text[space..].chars().next().map_or(0, char::len_utf8));
        let more = self.text[end..].find(char::is_whitespace).unwrap_or(self.text.len() - end);
        if end == at { range(start, end + more) } else { self.after(at).unwrap_or(range(start, end)) }
    }

    /// The word that begins at or after `at`.
    fn after(&self, at: usize) -> Option<TextRange> {
        let word = self.text[at..].split_whitespace().next()?;
        let start = word.as_ptr() as usize - self.text.as_ptr() as usize;
        Some(range(start, start + word.len()))
    }

    /// The range from code point `start` to code point `end`.
    fn range(&self, start: usize, end: usize) -> Option<TextRange> {
        let (start, end) = (*self.points.get(start)?, *self.points.get(end)?);
        (start <= end).then(|| range(start, end))
    }

    fn words(&self) -> &[(usize, usize)] {
        self.words.get_or_init(|| {
            let words = self.text.split_whitespace().map(|word| {
                let at = word.as_ptr() as usize - self.text.as_ptr() as usize;
                (at, at + word.len())
            });
            words.collect()
        })
    }

    /// How many bytes around `here` are as they were.
    fn context(&self, here: TextRange, prefix: &str, suffix: &str) -> usize {
        let before = self.text[..usize::from(here.start())].bytes().rev().zip(prefix.bytes().rev());
        let after = self.text[usize::from(here.end())..].bytes().zip(suffix.bytes());
        before.take_while(|(a, b)| a == b).count() + after.take_while(|(a, b)| a == b).count()
    }

    /// Whether words that moved are the ones annotated: "said" is in every article, so short ones
    /// need something of what stood around them.
    fn is_sure(&self, here: TextRange, exact: &str, prefix: &str, suffix: &str) -> bool {
        exact.len() >= DISTINCT
            || self.context(here, prefix, suffix) >= (prefix.len() + suffix.len()).min(DISTINCT / 2)
    }

    /// The place of the very words with most of their context, then nearest to where they were.
    fn exact(&self, exact: &str, prefix: &str, suffix: &str, near: usize) -> Option<TextRange> {
        let places = self.text.match_indices(exact).map(|(at, words)| range(at, at + words.len()));
        let places = places.filter(|here| self.is_sure(*here, exact, prefix, suffix));
        places.max_by_key(|here| {
            let away = usize::from(here.start()).abs_diff(near);
            (self.context(*here, prefix, suffix), std::cmp::Reverse(away))
        })
    }

    /// The place between `prefix` and `suffix`, or beside the one that is there once.
    fn hole(&self, prefix: &str, suffix: &str) -> Option<TextRange> {
        let once = |words: &str| {
            let mut places = self.text.match_indices(words).map(|(at, _)| at);
            let at = places.next().filter(|_| !words.trim().is_empty())?;
            places.next().is_none().then_some(at)
        };
        let both = once(&format!("{prefix}{suffix}")).map(|at| at + prefix.len());
        let at = both.or_else(|| once(prefix).map(|at| at + prefix.len())).or_else(|| once(suffix))?;
        Some(range(at, at))
    }

    /// The run of words most like `exact`, at least [`SIMILAR`].
    fn similar(&self, exact: &str, prefix: &str, suffix: &str) -> Option<TextRange> {
        let all = self.words();
        let wanted: FxHashSet<&str> = exact.split_whitespace().map(bare).collect();
        let count = exact.split_whitespace().count();
        // How many words before each are among the wanted: a run without half of them is not looked at.
        let mut known = Vec::with_capacity(all.len() + 1);
        known.push(0_usize);
        for (start, end) in all {
            let is_wanted = wanted.contains(bare(&self.text[*start..*end]));
            known.push(known.last().copied().unwrap_or(0) + usize::from(is_wanted));
        }
        let mut best: Option<(f32, usize, TextRange)> = None;
        for (first, (start, _)) in all.iter().enumerate() {
            // An edit can add a word or take one away.
            for length in [count, count + 1, count.saturating_sub(1).max(1)] {
                let Some((_, end)) = all.get(first + length - 1) else { continue };
                if count >= FEW && (known[first + length] - known[first]) * 2 < count {
                    continue;
                }
                let (start, end) = trimmed(self.text, *start, *end, exact);
                let words = &self.text[start..end];
                let here = range(start, end);
                if words.len().abs_diff(exact.len()) * 3 > exact.len() + 6
                    || !self.is_sure(here, exact, prefix, suffix)
                {
                    continue;
                }
                let ratio = TextDiff::from_chars(exact, words).ratio();
                let context = self.context(here, prefix, suffix);
                let better = best.is_none_or(|(most, around, _)| {
                    ratio.total_cmp(&most).then(context.cmp(&around)) == Ordering::Greater
                });
                if ratio >= SIMILAR && better {
                    best = Some((ratio, context, here));
                }
            }
        }
        best.map(|(.., here)| here)
    }
}

/// `start..end` without the punctuation at its ends that `exact` does not have.
fn trimmed(text: &str, start: usize, end: usize, exact: &str) -> (usize, usize) {
    let outer = |char: char| !char.is_alphanumeric();
    let (mut start, mut end) = (start, end);
    if exact.starts_with(char::is_alphanumeric) {
        start += text[start..end].len() - text[start..end].trim_start_matches(outer).len();
    }
    if exact.ends_with(char::is_alphanumeric) {
        end = start + text[start..end].trim_end_matches(outer).len();
    }
    (start, end.max(start))
}

/// `word` without the punctuation around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|char: char| !char.is_alphanumeric())
}
