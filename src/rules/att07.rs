//! ATT07: "the report said", and no report before.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::{ArticleContext, Check, Family, RUNNING_TEXT, Report, Rule, RuleContext, Severity};
use crate::attribution::SourceKind;
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
    let (mut told, mut cited) = (0, false);
    for (index, summary) in context.summaries() {
        let documents = &summary.documents;
        let dangling = documents.bare.iter().find(|bare| !bare.introduced && !cited && told & bare.noun == 0);
        if let Some(bare) = dangling {
            let piece = (context.piece)(index);
            let noun = piece.passage.tokens().text(piece.passage.tokens().inside(bare.source).end - 1);
            let noun = noun.to_ascii_lowercase();
            let message =
                format!("'the {noun}' was not spoken of before. Say whose {noun} it is and of when.");
            report.add(piece.to_article(bare.source), message);
            return;
        }
        told |= documents.told;
        cited |= documents.cited;
    }
}

/// The documents a piece speaks of. Sets of nouns have a bit for each line of the list.
#[derive(Clone, Debug, Default)]
pub(super) struct Documents {
    /// The nouns it has, or words that introduce them.
    told: u32,
    /// It cites an outlet or a document.
    cited: bool,
    /// Its sources that are "the" and a noun.
    bare: Box<[Bare]>,
}

#[derive(Clone, Copy, Debug)]
struct Bare {
    source: TextRange,
    noun: u32,
    /// What stands before it in the piece introduces it.
    introduced: bool,
}

impl Documents {
    pub(super) fn of(piece: &RuleContext<'_>) -> Self {
        let tokens = piece.passage.tokens();
        let told_by = |end: usize| (0..end).fold(0, |told, at| told | noun(tokens.text(at), &NOUNS));
        let outlets = || {
            piece
                .attributions
                .iter()
                .filter(|other| matches!(other.kind, SourceKind::Outlet | SourceKind::Document))
        };
        let mut bare = Vec::new();
        for source in piece.attributions.iter().flat_map(|attribution| &attribution.source) {
            let words = tokens.inside(*source);
            if words.len() != 2 || !tokens.is(words.start, "the") || piece.passage.is_quoted(*source) {
                continue;
            }
            let noun = noun(tokens.text(words.start + 1), &HEADS);
            if noun != 0 {
                let cited =
                    outlets().any(|other| other.source.iter().any(|range| range.start() < source.start()));
                let introduced = cited || told_by(words.start) & noun != 0;
                bare.push(Bare { source: *source, noun, introduced });
            }
        }
        Self { told: told_by(tokens.len()), cited: outlets().next().is_some(), bare: bare.into() }
    }
}

/// The lines of the list that `word` stands on.
fn noun(word: &str, list: &FxHashMap<&str, u32>) -> u32 {
    with_lower_case(word, |lower| list.get(lower).copied()).flatten().unwrap_or(0)
}

/// The first words of the lines.
static HEADS: LazyLock<FxHashMap<&str, u32>> = LazyLock::new(|| lines(1));
/// All words.
static NOUNS: LazyLock<FxHashMap<&str, u32>> = LazyLock::new(|| lines(usize::MAX));

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
