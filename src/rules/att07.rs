//! ATT07: "the report said", and no report before.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::summary::{Remarks, Summary};
use super::{ArticleContext, Check, Family, RUNNING_TEXT, Report, Rule, RuleContext, Severity};
use crate::actors::ActorKind;
use crate::attribution::{Attribution, SourceKind};
use crate::language::word_set::WordShapes;
use crate::language::{entries, with_lower_case};
use crate::text::TextRange;

pub(super) static RULE: Rule = Rule {
    code: "ATT07",
    name: "dangling-report",
    severity: Severity::Information,
    family: Family::Claim,
    rank: 6,
    in_news: true,
    kinds: RUNNING_TEXT,
    page: include_str!("ATT07.md"),
    check: Check::Article(check),
};

fn check(context: &ArticleContext<'_>, report: &mut Report<'_>) {
    let (mut told, mut cited, mut body) = (0, false, Body::default());
    for (index, gist) in context.gists.iter().enumerate() {
        // The block's own pieces introduce documents to one another.
        let pieces = if gist.remarks.contains(Remarks::BARE) { (context.pieces)(index) } else { Vec::new() };
        for (summary, piece) in pieces {
            let dangling = |bare: &&Bare| {
                !bare.introduced && !cited && told & bare.noun == 0 && !body.may_have_made(bare.noun)
            };
            if let Some(bare) = summary.bare.iter().find(dangling) {
                let tokens = piece.passage.tokens();
                let noun = tokens.text(tokens.inside(bare.source).end - 1).to_ascii_lowercase();
                let message =
                    format!("'the {noun}' was not spoken of before. Say whose {noun} it is and of when.");
                report.add(piece.to_article(bare.source), message);
                return;
            }
            told |= summary.gist.told;
            cited |= summary.gist.remarks.contains(Remarks::CITED);
            body.note(summary.gist.remarks);
        }
        told |= gist.told;
        cited |= gist.remarks.contains(Remarks::CITED);
        body.note(gist.remarks);
    }
}

/// Whether a body was cited, which has its words from a writing of its own.
#[derive(Clone, Copy, Debug, Default)]
struct Body {
    ever: bool,
    last: bool,
}

impl Body {
    /// Notes what the next stretch has.
    fn note(&mut self, remarks: Remarks) {
        self.last = remarks.contains(Remarks::BODY_CITED);
        self.ever |= self.last;
    }

    /// Whether "the" and `noun` can be the body's: a statement of one that was cited anywhere before, another writing of
    /// one that was cited right before.
    fn may_have_made(self, noun: u32) -> bool {
        self.last && noun & bodies_own() != 0 || self.ever && noun & self::noun("statement", &HEADS) != 0
    }
}

/// The writings a body is known by, as it is not by a study or a poll.
fn bodies_own() -> u32 {
    noun("statement", &HEADS) | noun("report", &HEADS)
}

/// A source that is "the" and a noun.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bare {
    source: TextRange,
    /// A bit for each line of the list that begins with the noun.
    noun: u32,
    /// What stands before it in the piece introduces it.
    introduced: bool,
}

pub(super) fn summarize(piece: &RuleContext<'_>, summary: &mut Summary) {
    let tokens = piece.passage.tokens();
    let told_by = |end: usize| {
        (0..end)
            .map(|at| tokens.text(at))
            .filter(|word| SHAPES.may_have(word))
            .fold(0, |told, word| told | noun(word, &NOUNS))
    };
    let cited = || {
        let documents =
            |other: &&Attribution| matches!(other.kind, SourceKind::Outlet | SourceKind::Document);
        piece.attributions.iter().filter(documents)
    };
    let bodies = || {
        let named = move |source: &TextRange| {
            let mut inside = piece.mentions.iter().filter(|mention| source.contains_range(mention.range));
            inside.next_back().is_some_and(|last| last.kind == Some(ActorKind::Organisation))
                || piece.passage.prose()[*source].eq_ignore_ascii_case("it")
        };
        let is_body = move |other: &&Attribution| {
            other.kind == SourceKind::Organisation || other.source.iter().any(named)
        };
        piece.attributions.iter().filter(is_body)
    };
    let mut bare = Vec::new();
    for source in piece.attributions.iter().flat_map(|attribution| &attribution.source) {
        let words = tokens.inside(*source);
        if words.len() != 2 || !tokens.is(words.start, "the") || piece.passage.is_quoted(*source) {
            continue;
        }
        let noun = noun(tokens.text(words.start + 1), &HEADS);
        if noun != 0 {
            let before =
                |other: &Attribution| other.source.iter().any(|range| range.start() < source.start());
            let made = noun & bodies_own() != 0 && bodies().next().is_some_and(before);
            let introduced = made || cited().any(before) || told_by(words.start) & noun != 0;
            bare.push(Bare { source: *source, noun, introduced });
        }
    }
    summary.gist.told = told_by(tokens.len());
    summary.note(Remarks::CITED, cited().next().is_some());
    summary.note(Remarks::BODY_CITED, bodies().next().is_some());
    summary.note(Remarks::BARE, !bare.is_empty());
    summary.bare = bare.into();
}

/// The lines of the list that `word` stands on.
fn noun(word: &str, list: &FxHashMap<&str, u32>) -> u32 {
    with_lower_case(word, |lower| list.get(lower).copied()).flatten().unwrap_or(0)
}

/// The first words of the lines.
static HEADS: LazyLock<FxHashMap<&str, u32>> = LazyLock::new(|| lines(1));
/// All words.
static NOUNS: LazyLock<FxHashMap<&str, u32>> = LazyLock::new(|| lines(usize::MAX));
static SHAPES: LazyLock<WordShapes> = LazyLock::new(|| WordShapes::of(NOUNS.keys().copied()));

fn lines(words: usize) -> FxHashMap<&'static str, u32> {
    let mut map = FxHashMap::default();
    for (index, line) in entries(include_str!("att07-documents.txt")).enumerate() {
        for word in line.split(' ').take(words) {
            *map.entry(word).or_default() |=
                1_u32.checked_shl(u32::try_from(index).unwrap_or(32)).unwrap_or(0);
        }
    }
    map
}
