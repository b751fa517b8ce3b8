//! How near an engine comes to the attributions people marked.
//!
//! The measures are those of the published figures on `PolNeAR`: precision, recall and F1 of whole
//! spans and of the tokens covered, for source, cue and content; besides, of sentences with any
//! attributed content, and of attributions whose content and source belong together.

use std::collections::BTreeSet;
use std::fmt;
use std::iter::Sum;
use std::ops::AddAssign;
use std::sync::LazyLock;

use regex::Regex;

use super::bootstrap::intervals;
use super::gold::{GoldArticle, GoldAttribution};
use crate::text::{TextRange, range};

/// The parts of an attribution, in the order of [`GoldAttribution::parts`].
const PARTS: [&str; 3] = ["source", "cue", "content"];

/// White space and punctuation that do not count at a span's edge.
const EDGE: &[char] = &[
    ' ', '\t', '\r', '\n', '.', ',', ';', ':', '!', '?', '"', '\'', '“', '”', '‘', '’', '(', ')', '[', ']',
    '—', '–', '-',
];

/// A word or a punctuation mark.
#[expect(clippy::expect_used, reason = "the pattern is a literal")]
static TOKEN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[\p{L}\p{N}_]+|[^\p{L}\p{N}_\s\x1c-\x1f]").expect("the pattern is a regular expression")
});

/// The share of the tokens of two contents together that has to be in both for them to be the same.
const LINKED: f64 = 0.8;

/// How often something was found rightly, wrongly, and missed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Found, and marked.
    pub right: u32,
    /// Found, and not marked.
    pub wrong: u32,
    /// Marked, and not found.
    pub missed: u32,
}

impl Tally {
    /// The share of what was found that is right; 0 where nothing was found.
    pub fn precision(self) -> f64 {
        share(self.right, self.wrong)
    }

    /// The share of what was marked that was found; 0 where nothing was marked.
    pub fn recall(self) -> f64 {
        share(self.right, self.missed)
    }

    /// The harmonic mean of precision and recall.
    pub fn f1(self) -> f64 {
        let (precision, recall) = (self.precision(), self.recall());
        if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 }
    }

    fn count<T: Ord>(&mut self, marked: &BTreeSet<T>, found: &BTreeSet<T>) {
        let both = marked.intersection(found).count();
        self.right += number(both);
        self.wrong += number(found.len() - both);
        self.missed += number(marked.len() - both);
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.right += other.right;
        self.wrong += other.wrong;
        self.missed += other.missed;
    }
}

/// The scores of an engine on one article or many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scores {
    /// Articles scored.
    pub articles: u32,
    /// Their length in code points.
    pub characters: usize,
    /// Whole spans, outer white space and punctuation aside: source, cue, content.
    pub exact: [Tally; 3],
    /// Tokens covered: source, cue, content.
    pub token: [Tally; 3],
    /// Sentences that hold attributed content.
    pub sentence: Tally,
    /// Attributions with the marked content, to [`LINKED`] of their tokens, and its source.
    pub linked: Tally,
    /// What calling every token content would come to.
    pub all_is_content: Tally,
}

impl Scores {
    /// The scores of `found` on one article.
    pub fn of(gold: &GoldArticle, found: &[GoldAttribution]) -> Self {
        let tokens: Vec<TextRange> = tokens(&gold.text).collect();
        let mut out = Self { articles: 1, characters: gold.text.chars().count(), ..Self::default() };
        for part in 0..PARTS.len() {
            let whole = |list: &[GoldAttribution]| -> BTreeSet<Vec<(u32, u32)>> {
                let spans = list.iter().map(|item| trim(&gold.text, item.parts()[part]));
                spans.filter(|span| !span.is_empty()).collect()
            };
            let all = |list: &[GoldAttribution]| -> BTreeSet<usize> {
                list.iter().flat_map(|item| covered(item.parts()[part], &tokens)).collect()
            };
            out.exact[part].count(&whole(&gold.attributions), &whole(found));
            out.token[part].count(&all(&gold.attributions), &all(found));
        }
        let content = |list: &[GoldAttribution]| -> BTreeSet<usize> {
            list.iter().flat_map(|item| covered(&item.content, &tokens)).collect()
        };
        let (marked, called) = (content(&gold.attributions), content(found));
        out.all_is_content =
            Tally { right: number(marked.len()), wrong: number(tokens.len() - marked.len()), missed: 0 };
        let holding = |content: &BTreeSet<usize>, sentences: &[TextRange]| -> BTreeSet<usize> {
            let holds = |sentence: &TextRange| covered(&[*sentence], &tokens).any(|at| content.contains(&at));
            sentences.iter().enumerate().filter(|(_, sentence)| holds(sentence)).map(|(at, _)| at).collect()
        };
        let sentences = sentences(&gold.text);
        out.sentence.count(&holding(&marked, &sentences), &holding(&called, &sentences));
        out.linked = linked(&gold.attributions, found, &tokens);
        out
    }

    fn rows(&self) -> impl Iterator<Item = (String, Tally)> + '_ {
        let parts = |name: &'static str, tallies: [Tally; 3]| {
            PARTS.into_iter().zip(tallies).map(move |(part, tally)| (format!("{name} {part}"), tally))
        };
        parts("exact", self.exact).chain(parts("token", self.token)).chain([
            ("sentence".to_owned(), self.sentence),
            ("linked".to_owned(), self.linked),
            ("(all is content)".to_owned(), self.all_is_content),
        ])
    }
}

impl AddAssign for Scores {
    fn add_assign(&mut self, other: Self) {
        self.articles += other.articles;
        self.characters += other.characters;
        for part in 0..PARTS.len() {
            self.exact[part] += other.exact[part];
            self.token[part] += other.token[part];
        }
        self.sentence += other.sentence;
        self.linked += other.linked;
        self.all_is_content += other.all_is_content;
    }
}

impl Sum for Scores {
    fn sum<I: Iterator<Item = Self>>(scores: I) -> Self {
        scores.fold(Self::default(), |mut all, one| {
            all += one;
            all
        })
    }
}

/// The scores of an engine on many articles, and how far they might lie elsewhere on others like them.
#[derive(Clone, Debug)]
pub struct Evaluation {
    /// The scores on all articles together.
    pub scores: Scores,
    /// For each measure of the table, between what its F1 lies in 95 of 100 samples of the articles.
    intervals: Vec<[f64; 2]>,
    /// What the engine's confidence is worth.
    pub calibration: Calibration,
}

impl Evaluation {
    /// Sums up `articles`; the intervals are those of a bootstrap over articles.
    pub fn of(articles: &[(Scores, Calibration)]) -> Self {
        let drawn = intervals(articles, |draw| {
            let sample: Scores = draw.iter().map(|(scores, _)| *scores).sum();
            sample.rows().map(|(_, tally)| Some(tally.f1())).collect()
        });
        let mut calibration = Calibration::default();
        for (_, one) in articles {
            calibration += *one;
        }
        Self {
            scores: articles.iter().map(|(scores, _)| *scores).sum(),
            intervals: drawn.into_iter().map(Option::unwrap_or_default).collect(),
            calibration,
        }
    }
}

/// A table: a line each measure, with precision, recall, F1 and the interval of F1.
impl fmt::Display for Evaluation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:18}  P     R     F1   95 % of F1", "")?;
        for ((name, tally), [low, high]) in self.scores.rows().zip(&self.intervals) {
            let (precision, recall, f1) = (tally.precision(), tally.recall(), tally.f1());
            write!(out, "\n{name:18}{precision:.3} {recall:.3} {f1:.3}  {low:.3} to {high:.3}")?;
        }
        write!(out, "\n{}", self.calibration)
    }
}

/// How well confidences fit: attributions counted by tenths of confidence.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Calibration {
    /// For each tenth how many there are, how many of them are right, and the sum of their confidences.
    tenths: [(u32, u32, f64); 10],
    /// The sum of the squared distances between confidence and truth.
    squares: f64,
}

impl Calibration {
    /// That of `found`, each with its confidence, on one article: one is right when its cue, or its
    /// content where it has no cue, shares a byte with that of a marked one.
    pub fn of(gold: &GoldArticle, found: &[(GoldAttribution, f32)]) -> Self {
        let mut out = Self::default();
        for (item, confidence) in found {
            let part = if item.cue.is_empty() { 2 } else { 1 };
            let meets = |piece: &TextRange| {
                let mut marked = gold.attributions.iter().flat_map(|marked| marked.parts()[part]);
                marked.any(|marked| marked.start() < piece.end() && piece.start() < marked.end())
            };
            let right = item.parts()[part].iter().any(meets);
            let confidence = f64::from(*confidence);
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 9")]
            let tenth = (confidence * 10.0).clamp(0.0, 9.0) as usize;
            let (all, good, sum) = &mut out.tenths[tenth];
            *all += 1;
            *good += u32::from(right);
            *sum += confidence;
            out.squares += (confidence - f64::from(u8::from(right))).powi(2);
        }
        out
    }
}

impl AddAssign for Calibration {
    fn add_assign(&mut self, other: Self) {
        for (here, there) in self.tenths.iter_mut().zip(other.tenths) {
            *here = (here.0 + there.0, here.1 + there.1, here.2 + there.2);
        }
        self.squares += other.squares;
    }
}

/// The Brier score, and a line each tenth of confidence that has any.
impl fmt::Display for Calibration {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all: u32 = self.tenths.iter().map(|tenth| tenth.0).sum();
        let mean = |sum: f64, count: u32| sum / f64::from(count.max(1));
        write!(out, "confidence: Brier score {:.3}", mean(self.squares, all))?;
        for (count, right, sum) in self.tenths.iter().filter(|tenth| tenth.0 > 0) {
            let (said, true_share) = (mean(*sum, *count), mean(f64::from(*right), *count));
            write!(out, "\n  said {said:.2}  right {true_share:.2}  of {count}")?;
        }
        Ok(())
    }
}

fn share(part: u32, rest: u32) -> f64 {
    let whole = f64::from(part) + f64::from(rest);
    if whole > 0.0 { f64::from(part) / whole } else { 0.0 }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The words and punctuation marks of `text`.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = TextRange> + '_ {
    TOKEN.find_iter(text).map(|token| range(token.start(), token.end()))
}

/// The pieces of a span without their outer white space and punctuation, in text order.
pub(super) fn trim(text: &str, pieces: &[TextRange]) -> Vec<(u32, u32)> {
    let mut out: Vec<(u32, u32)> = pieces
        .iter()
        .filter_map(|piece| {
            let words = &text[*piece];
            let start = usize::from(piece.start()) + words.len() - words.trim_start_matches(EDGE).len();
            let inner = range(start, start + words.trim_matches(EDGE).len());
            (!inner.is_empty()).then(|| (inner.start().into(), inner.end().into()))
        })
        .collect();
    out.sort_unstable();
    out
}

/// The tokens that lie in one of `pieces`, as indices.
pub(super) fn covered<'a>(
    pieces: &'a [TextRange],
    tokens: &'a [TextRange],
) -> impl Iterator<Item = usize> + 'a {
    pieces.iter().flat_map(|piece| {
        let from = tokens.partition_point(|token| token.start() < piece.start());
        let to = tokens.partition_point(|token| token.end() <= piece.end());
        from..to.max(from)
    })
}

/// Pairs each of `found` with the first of `marked` that is left and says the same.
fn linked(marked: &[GoldAttribution], found: &[GoldAttribution], tokens: &[TextRange]) -> Tally {
    let sets = |list: &[GoldAttribution]| -> Vec<[BTreeSet<usize>; 2]> {
        list.iter()
            .map(|item| [&item.content, &item.source].map(|part| covered(part, tokens).collect()))
            .collect()
    };
    let mut left = sets(marked);
    let mut out = Tally::default();
    for [content, source] in sets(found) {
        let same = left.iter().position(|[its_content, its_source]| {
            let both = number(content.intersection(its_content).count());
            let either = number(content.union(its_content).count());
            both > 0
                && f64::from(both) >= LINKED * f64::from(either)
                && (!source.is_disjoint(its_source) || source.is_empty() && its_source.is_empty())
        });
        match same {
            Some(at) => {
                left.remove(at);
                out.right += 1;
            }
            None => out.wrong += 1,
        }
    }
    out.missed = number(left.len());
    out
}

/// A plain cut into sentences, the same for every engine, so that the sentence figures compare:
/// after a full stop, exclamation or question mark and the marks that close there, before white
/// space and a capital or digit; and at line breaks.
fn sentences(text: &str) -> Vec<TextRange> {
    let mut out = Vec::new();
    let mut push = |start: usize, end: usize| {
        if !text[start..end].trim().is_empty() {
            out.push(range(start, end));
        }
    };
    let (mut start, mut at) = (0, 0);
    let mut stopped = false;
    while let Some(char) = text[at..].chars().next() {
        let rest = &text[at..];
        let gap = if stopped { gap(rest) } else { None };
        let breaks = rest.len() - rest.trim_start_matches('\n').len();
        if let Some(length) = gap.or((breaks > 0).then_some(breaks)) {
            push(start, at);
            at += length;
            start = at;
            stopped = false;
        } else {
            stopped = matches!(char, '.' | '!' | '?');
            at += char.len_utf8();
        }
    }
    push(start, text.len());
    out
}

/// The bytes of closing marks and white space with which `rest`, after a full stop, goes over to the
/// next sentence.
fn gap(rest: &str) -> Option<usize> {
    let blank = rest.trim_start_matches(['"', '”', '’', ')']);
    let next = blank.trim_start();
    let opens = next.strip_prefix(['"', '“', '‘', '(']).unwrap_or(next);
    let begins = opens.starts_with(|char: char| char.is_ascii_uppercase() || char.is_ascii_digit());
    (next.len() < blank.len() && begins).then(|| rest.len() - next.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOLD: &str = "[Officials]{#s .source} [said]{.cue for=c} [the vote was lost on Monday night]{#c .claim by=s}. It rained.";

    fn scores(found: &str) -> Scores {
        let gold = GoldArticle::marked("a", GOLD);
        let found = GoldArticle::marked("a", found);
        assert_eq!(gold.text, found.text);
        Scores::of(&gold, &found.attributions)
    }

    #[test]
    fn what_is_marked_is_all_right() {
        let all = scores(GOLD);
        for (name, tally) in all.rows().filter(|(name, _)| name != "(all is content)") {
            assert!((tally.f1() - 1.0).abs() < 1e-9, "{name}: {tally:?}");
        }
    }

    #[test]
    fn a_content_cut_short_counts_by_its_tokens_and_links_while_most_is_there() {
        let short = scores(
            "[Officials]{#s .source} [said]{.cue for=c} [the vote was lost on Monday]{#c .claim by=s} night. It rained.",
        );
        assert_eq!(short.exact[2], Tally { right: 0, wrong: 1, missed: 1 });
        assert_eq!(short.token[2], Tally { right: 6, wrong: 0, missed: 1 });
        assert_eq!(short.linked.right, 1);
        let shorter = scores(
            "[Officials]{#s .source} [said]{.cue for=c} [the vote was lost]{#c .claim by=s} on Monday night. It rained.",
        );
        assert_eq!(shorter.linked, Tally { right: 0, wrong: 1, missed: 1 });
    }

    #[test]
    fn another_source_does_not_link() {
        let other = scores(
            "Officials [said]{.cue for=c} [the vote was lost on Monday night]{#c .claim by=none}. It rained.",
        );
        assert_eq!(other.exact[2].right, 1);
        assert_eq!(other.linked.right, 0);
    }

    #[test]
    fn sentences_end_at_stops_before_capitals_and_at_line_breaks() {
        let text = "He left. “She stayed.” (It rained) at 5 p.m. today\nThe end";
        let read: Vec<&str> = sentences(text).into_iter().map(|sentence| &text[sentence]).collect();
        assert_eq!(read, ["He left.", "“She stayed.", "(It rained) at 5 p.m. today", "The end"]);
    }

    #[test]
    fn the_table_has_a_line_for_each_measure() {
        let table = Evaluation::of(&[(scores(GOLD), Calibration::default())]).to_string();
        let lines: Vec<&str> = table.lines().collect();
        assert_eq!(lines.len(), 11);
        assert_eq!(lines[1], "exact source      1.000 1.000 1.000  1.000 to 1.000");
        assert_eq!(lines[9], "(all is content)  0.538 1.000 0.700  0.700 to 0.700");
        assert_eq!(lines[10], "confidence: Brier score 0.000");
    }
}
