//! ATT10: "denied the allegations", and no allegation before.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::phrases::Phrases;
use super::summary::Remarks;
use super::{ArticleContext, Check, Family, RUNNING_TEXT, Report, Rule, RuleContext, Severity, Summary};
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
static DENIED: LazyLock<Phrases<'static>> =
    LazyLock::new(|| Phrases::read(include_str!("att10-phrases.txt")));

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
    let first =
        context.gists.iter().position(|gist| gist.remarks.intersects(Remarks::ACCUSED | Remarks::DENIED));
    let Some(first) = first.filter(|at| context.gists[*at].remarks.contains(Remarks::DENIED)) else { return };
    for (summary, piece) in (context.pieces)(first) {
        if let Some(denied) = summary.denied {
            let message = format!(
                "Readers cannot tell what '{}' refers to: what is denied was not told before. Say what it is and who says so.",
                &piece.passage.prose()[denied]
            );
            report.add(piece.to_article(denied), message);
            return;
        }
        if summary.gist.remarks.contains(Remarks::ACCUSED) {
            return;
        }
    }
}

pub(super) fn summarize(piece: &RuleContext<'_>, summary: &mut Summary) {
    let tokens = piece.passage.tokens();
    let denied = (0..tokens.len()).find_map(|at| {
        let len = DENYING.contains(tokens.text(at)).then(|| DENIED.at(tokens, at + 1)).flatten()?;
        Some((at + 1, at + len))
    });
    if let Some((first, last)) = denied {
        let words = tokens.span(first, last);
        let told = piece.passage.is_quoted(words)
            || is_told(tokens, last + 1)
            || is_said_before(piece, words)
            || is_accusing(tokens, first);
        summary.denied = (!told).then_some(words);
        summary.note(Remarks::ACCUSED, told);
        summary.note(Remarks::DENIED, !told);
    } else {
        let cited = piece.attributions.iter().any(|attribution| !attribution.source.is_empty());
        summary.note(Remarks::ACCUSED, cited || is_accusing(tokens, tokens.len()));
    }
}

/// Whether somebody is on record for something that ends before `denied`.
fn is_said_before(piece: &RuleContext<'_>, denied: TextRange) -> bool {
    piece
        .attributions
        .iter()
        .any(|other| !other.source.is_empty() && other.pieces().all(|words| words.end() <= denied.start()))
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
