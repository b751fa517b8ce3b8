//! ATT10: "denied the allegations", and no allegation before.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::phrases::Phrases;
use super::{ArticleContext, Check, Family, RUNNING_TEXT, Report, Rule, RuleContext, Severity};
use crate::language::word_set::word_set;
use crate::language::{TokenKind, Tokens, entries, with_lower_case};
use crate::text::TextRange;

pub(super) static RULE: Rule = Rule {
    code: "ATT10",
    name: "denial-alone",
    severity: Severity::Warning,
    family: Family::Claim,
    rank: 6,
    in_news: true,
    kinds: RUNNING_TEXT,
    page: include_str!("ATT10.md"),
    check: Check::Article(check),
};

/// What a denial points back to.
static DENIED: LazyLock<Phrases> = LazyLock::new(|| Phrases::read(include_str!("att10-phrases.txt")));

/// The verbs of denial.
static DENYING: LazyLock<FxHashSet<&str>> = LazyLock::new(|| word_set(include_str!("att10-denying.txt")));

/// The beginnings of words with which it is told what somebody is accused of, by their first three bytes.
static ACCUSING: LazyLock<FxHashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let mut map: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
    for beginning in entries(include_str!("att10-accusing.txt")) {
        map.entry(beginning.get(..3).unwrap_or(beginning)).or_default().push(beginning);
    }
    map
});

fn check(context: &ArticleContext<'_>, report: &mut Report<'_>) {
    for (index, summary) in context.summaries() {
        if let Some(denied) = summary.denials.alone {
            let piece = (context.piece)(index);
            let message = format!(
                "Readers cannot tell what '{}' refers to: what is denied was not told before. Say what it is and who says so.",
                &piece.passage.prose()[denied]
            );
            report.add(piece.to_article(denied), message);
            return;
        }
        if summary.denials.accused {
            return;
        }
    }
}

/// What a piece says of accusations.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Denials {
    /// It holds an accusation, or something a source says that may be one.
    accused: bool,
    /// What is denied in it with nothing before it in the piece that may be the accusation.
    alone: Option<TextRange>,
}

impl Denials {
    pub(super) fn of(piece: &RuleContext<'_>) -> Self {
        let tokens = piece.passage.tokens();
        let accused = Self { accused: true, alone: None };
        let denied = (0..tokens.len()).find_map(|at| {
            let len = DENYING.contains(tokens.text(at)).then(|| DENIED.at(tokens, at + 1)).flatten()?;
            Some((at + 1, at + len))
        });
        let Some((first, last)) = denied else {
            let cited = piece.attributions.iter().any(|attribution| !attribution.source.is_empty());
            return if cited || is_accusing(tokens, tokens.len()) { accused } else { Self::default() };
        };
        let words = tokens.span(first, last);
        if piece.passage.is_quoted(words)
            || is_told(tokens, last + 1)
            || Self::is_said_before(piece, words)
            || is_accusing(tokens, first)
        {
            return accused;
        }
        Self { accused: false, alone: Some(words) }
    }

    /// Whether somebody is on record for something that ends before `denied`.
    fn is_said_before(piece: &RuleContext<'_>, denied: TextRange) -> bool {
        piece.attributions.iter().any(|other| {
            !other.source.is_empty() && other.pieces().all(|words| words.end() <= denied.start())
        })
    }
}

/// Whether the words at token `at` go on to say what is denied: "the claim that …", "the charges against …".
fn is_told(tokens: Tokens<'_>, at: usize) -> bool {
    at < tokens.len()
        && tokens.list[at].kind == TokenKind::Word
        && !tokens.is(at, "and")
        && !tokens.is(at, "but")
}

/// Whether one of the first `count` tokens accuses somebody.
fn is_accusing(tokens: Tokens<'_>, count: usize) -> bool {
    (0..count).any(|at| {
        with_lower_case(tokens.text(at), |lower| {
            let beginnings = lower.get(..3).and_then(|key| ACCUSING.get(key));
            beginnings.is_some_and(|list| list.iter().any(|beginning| lower.starts_with(beginning)))
        })
        .unwrap_or(false)
    })
}
