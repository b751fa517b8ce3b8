//! NUM01: a statistic nobody counted.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::phrases::Phrases;
use super::{Check, Family, RUNNING_TEXT, Report, Rule, RuleContext, Severity};
use crate::attribution::SourceKind;
use crate::language::word_set::word_set;
use crate::language::{TokenKind, Tokens};
use crate::text::TextRange;

pub(super) static RULE: Rule = Rule {
    code: "NUM01",
    name: "number-unsourced",
    severity: Severity::Warning,
    family: Family::Claim,
    rank: 0,
    in_news: true,
    kinds: RUNNING_TEXT,
    page: include_str!("NUM01.md"),
    check: Check::Piece(check),
};

/// What a share can be of that was measured.
static MEASURED: LazyLock<FxHashSet<&str>> = LazyLock::new(|| word_set(include_str!("num01-measured.txt")));
static PUBLIC: LazyLock<Phrases<'static>> = LazyLock::new(|| Phrases::read(include_str!("num01-public.txt")));

/// Numbers so many sentences after a document was cited are still that document's.
const REMEMBERED: u8 = 6;

fn check(context: &RuleContext<'_>, report: &mut Report<'_>) {
    let tokens = context.passage.tokens();
    let sentences = context.passage.sentences();
    let incoming = context.incoming.speaker.as_ref().filter(|_| context.incoming.distance <= REMEMBERED);
    if incoming.is_some_and(|speaker| speaker.kind == SourceKind::Document) {
        return;
    }
    for (index, sentence) in sentences.iter().enumerate() {
        if sentence.len() < 6 || tokens.text(sentence.end - 1).contains('?') || context.is_sourced(index) {
            continue;
        }
        let Some(range) = sentence.clone().find_map(|at| statistic(tokens, at)) else { continue };
        // The shares of one poll stand in several sentences, and one of them names it.
        let near = &sentences[index.saturating_sub(1)..(index + 2).min(sentences.len())];
        let named =
            is_set(tokens, sentence.clone()) || near.iter().any(|near| PUBLIC.any(tokens, near.clone()));
        if named || context.passage.is_quoted(range) {
            continue;
        }
        let words = &context.passage.prose()[range];
        report.add(range, format!("Where does '{words}' come from? Name who counted, and when."));
    }
}

/// Whether a share among the tokens `sentence` is what somebody set and nobody counted: "a 4 percent surcharge", but
/// not "a 4 percent rise" or "a 40 percent share of".
fn is_set(tokens: Tokens<'_>, sentence: Range<usize>) -> bool {
    let (first, end) = (sentence.start, sentence.end);
    sentence.skip(1).any(|at| {
        let article = ["a", "an"].iter().any(|word| at > first && tokens.is(at - 1, word));
        let Some(share) = statistic(tokens, at).filter(|_| article) else { return false };
        let next = tokens.inside(share).end;
        let change = |at: usize| MEASURED.contains(tokens.text(at).to_ascii_lowercase().as_str());
        let is_word = |at: usize| at < end && tokens.list[at].kind == TokenKind::Word;
        is_word(next) && !(next..(next + 3).min(end)).take_while(|at| is_word(*at)).any(change)
    })
}

/// A share or an estimate at token `at`: "60 percent", "an estimated 3,000".
fn statistic(tokens: Tokens<'_>, at: usize) -> Option<TextRange> {
    let number = tokens.list.get(at).filter(|token| token.kind == TokenKind::Number)?;
    let share = ["%", "percent", "percentage"].iter().any(|unit| tokens.is(at + 1, unit));
    let long = tokens.is(at + 1, "per") && tokens.is(at + 2, "cent");
    let estimate = at > 0
        && ["estimated", "roughly"].iter().any(|word| tokens.is(at - 1, word))
        && tokens.is(at - 1, "estimated");
    if share {
        Some(number.range.cover(tokens.list[at + 1].range))
    } else if long {
        Some(number.range.cover(tokens.list[at + 2].range))
    } else if estimate {
        Some(tokens.list[at - 1].range.cover(number.range))
    } else {
        None
    }
}
