//! Finding the places of annotations in a text that may have been edited since.

use std::cell::OnceCell;
use std::cmp::Ordering;

use memchr::memmem;
use rustc_hash::FxHashSet;
use similar::TextDiff;

use super::{Quote, Target};
use crate::text::{TextRange, range};

/// The share of characters that have to be the same for words to count as the ones annotated
/// (`similar`'s ratio: twice the common ones by the sum of both).
const SIMILAR: f32 = 0.8;

/// Words of so many bytes are taken to stand in an article once.
const DISTINCT: usize = 20;

/// How far around their old place, in bytes, words are looked for at first: they have moved by what was typed before
/// them, and a long text may have thousands of annotations.
const NEAR: usize = 256;

/// The code points are counted from one byte to the next of so many.
const STRIDE: usize = 256;

/// Of fewer words than these it cannot be told by some of them whether a run of words is like them.
const FEW: usize = 4;

/// A text in which places are looked for.
pub(super) struct Anchors<'a> {
    text: &'a str,
    /// How many code points begin before each stride of the text.
    points: Vec<usize>,
    /// The words, each by where it begins and ends; read when first asked for.
    words: OnceCell<Vec<(usize, usize)>>,
}

impl<'a> Anchors<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        // Every byte but those that continue a code point begins one.
        let begins = |byte: &&u8| !matches!(**byte, 0x80..=0xBF);
        let strides = text.as_bytes().chunks(STRIDE).map(|stride| stride.iter().filter(begins).count());
        let mut points = vec![0];
        points.extend(strides.scan(0, |done, count| {
            *done += count;
            Some(*done)
        }));
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
        let at = self.byte(start).unwrap_or(self.text.len());
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
        let (start, end) = (self.byte(start)?, self.byte(end)?);
        (start <= end).then(|| range(start, end))
    }

    /// Where code point `point` begins, or the text ends after it; none further on.
    fn byte(&self, point: usize) -> Option<usize> {
        let stride = self.points.partition_point(|before| *before <= point).checked_sub(1)?;
        let start = self.edge(stride * STRIDE);
        let points = self.text[start..].char_indices().map(|(at, _)| start + at);
        points.chain([self.text.len()]).nth(point - self.points[stride])
    }

    /// The first character's edge at or after byte `at`.
    fn edge(&self, at: usize) -> usize {
        (at..self.text.len()).find(|at| self.text.is_char_boundary(*at)).unwrap_or(self.text.len())
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
        let away = |here: TextRange| usize::from(here.start()).abs_diff(near);
        let mut reach = NEAR;
        loop {
            let start = self.edge(near.saturating_sub(reach));
            let end = self.edge(near + exact.len() + reach);
            let places = memmem::find_iter(&self.text.as_bytes()[start..end], exact);
            let places = places.map(|at| range(start + at, start + at + exact.len()));
            let sure = places.filter(|here| self.is_sure(*here, exact, prefix, suffix));
            let best =
                sure.max_by_key(|here| (self.context(*here, prefix, suffix), std::cmp::Reverse(away(*here))));
            // With all of its context and nothing nearer there is none better further on.
            let is_best = |here: TextRange| {
                away(here) <= reach && self.context(here, prefix, suffix) == prefix.len() + suffix.len()
            };
            if best.is_some_and(is_best) || (start, end) == (0, self.text.len()) {
                return best;
            }
            reach *= 4;
        }
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_code_point_is_where_counting_finds_it(text in "([a-z ]{0,300}|é|“|𝄞){0,12}") {
            let anchors = Anchors::new(&text);
            let edges: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            for (point, edge) in edges.iter().enumerate() {
                prop_assert_eq!(anchors.byte(point), Some(*edge));
            }
            prop_assert_eq!(anchors.byte(edges.len()), None);
        }
    }

    #[test]
    fn words_that_moved_far_are_found_where_most_of_their_context_is() {
        let filler = "Nothing was said of it on that day. ".repeat(1000);
        let words = "He said that the port was closed, and left. ";
        let other = "She said that the port was closed, and stayed. ";
        let quote = |prefix: &str, suffix: &str| {
            let [exact, prefix, suffix] = ["the port was closed", prefix, suffix].map(str::to_owned);
            Target { quote: Some(Quote { exact, prefix, suffix }), position: Some((8, 27)) }
        };
        for text in [format!("{other}{filler}é{words}{filler}{words}"), format!("{other}{words}{filler}")] {
            let found = Anchors::new(&text).find(&quote("He said that ", ", and left"));
            let at = text.find(words).unwrap() + "He said that ".len();
            assert_eq!(found, Some(range(at, at + 19)));
        }
        // Of two with a part of their context, that with more; of two alike, the nearer one.
        let text = format!("{other}{filler}{words}{other}");
        let near = Anchors::new(&text).find(&quote("They said that ", ", and s"));
        assert_eq!(near.map(TextRange::start), Some(14.into()));
        let far = Anchors::new(&text).find(&quote("They said that ", ", and lo"));
        assert_eq!(far.map(|here| usize::from(here.start())), text.find("He said").map(|at| at + 13));
    }
}
