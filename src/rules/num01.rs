//! NUM01: a statistic nobody counted.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::phrases::Phrases;
use super::{Check, Ending, Family, RUNNING_TEXT, Report, Rule, RuleContext, Severity};
use crate::attribution::{SourceKind, names_count};
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

/// Words of votes and of those who vote: their shares are public, or those of a poll.
static VOTES: LazyLock<Phrases<'static>> = LazyLock::new(|| Phrases::read(include_str!("num01-votes.txt")));

/// Numbers so many sentences after a document was cited are still that document's.
const REMEMBERED: u8 = 6;

fn check(context: &RuleContext<'_>, report: &mut Report<'_>) {
    let tokens = context.passage.tokens();
    let sentences = context.passage.sentences();
    let incoming = context.incoming.speaker.as_ref().filter(|_| context.incoming.distance <= REMEMBERED);
    if incoming.is_some_and(|speaker| speaker.kind == SourceKind::Document) {
        return;
    }
    // Where everything is asked for, a poll or a source elsewhere in the article is no answer.
    let wide = context.asks_widely();
    if !wide && is_told(context) {
        return;
    }
    let counted = !wide && is_counted(context);
    for (index, sentence) in sentences.iter().enumerate() {
        if sentence.len() < 6 || tokens.text(sentence.end - 1).contains('?') || context.is_sourced(index) {
            continue;
        }
        let told =
            |range: &TextRange| is_score(tokens, *range) || is_official(tokens, sentence.start, *range);
        let asked = |at: usize| statistic(tokens, at).filter(|range| wide || !told(range));
        let Some(range) = sentence.clone().find_map(asked) else { continue };
        let near = index.saturating_sub(1)..(index + 2).min(sentences.len());
        let beside =
            || context.follows_source(index) || (index + 1..near.end).any(|next| context.cites(next));
        if !wide && beside() {
            continue;
        }
        let people = is_of_people(tokens, range);
        if counted && !people {
            continue;
        }
        // The shares of one poll stand in several sentences, and one of them names it.
        let near = &sentences[near];
        let public = || near.iter().any(|near| PUBLIC.any(tokens, near.clone()));
        let named = is_set(tokens, sentence.clone()) || (wide || !people) && public();
        if named || context.passage.is_quoted(range) {
            continue;
        }
        let words = &context.passage.prose()[range];
        report.add(range, format!("Where does '{words}' come from? Name who counted, and when."));
        if !wide {
            // Numbers of one paragraph mostly come from one place.
            return;
        }
    }
}

/// Whether the paragraph says where its numbers may come from: it names a poll, a report or figures, or a colon
/// announced it as what somebody says.
fn is_told(context: &RuleContext<'_>) -> bool {
    context.before == Ending::Colon || names_count(context.passage.tokens())
}

/// Whether its shares may be those of a poll or figures named before, or of a vote, or are public.
fn is_counted(context: &RuleContext<'_>) -> bool {
    let tokens = context.passage.tokens();
    context.incoming.counted || VOTES.any(tokens, 0..tokens.len()) || PUBLIC.any(tokens, 0..tokens.len())
}

/// Whether the share `range` is one of all who live somewhere, which no vote and hardly a poll tells: "10 percent of
/// the population".
fn is_of_people(tokens: Tokens<'_>, range: TextRange) -> bool {
    let after = tokens.inside(range).end;
    let people = ["population", "populations", "inhabitants", "residents"];
    tokens.is(after, "of") && (after + 1..after + 4).any(|at| people.iter().any(|word| tokens.is(at, word)))
}

/// Whether the share `range` is a rate that a state publishes each month, named shortly before it.
fn is_official(tokens: Tokens<'_>, start: usize, range: TextRange) -> bool {
    let at = tokens.inside(range).start;
    let average = at > 1 && tokens.is(at - 1, "of") && tokens.is(at - 2, "average");
    let reach = if average { BESIDE } else { OFFICIAL };
    (at.saturating_sub(reach).max(start)..at).any(|at| {
        ["unemployment", "jobless", "inflation"].iter().any(|word| tokens.is(at, word))
            && tokens.is(at + 1, "rate")
    })
}

/// So many tokens before a rate it is named.
const OFFICIAL: usize = 6;

/// The same before an average it is set beside: "its unemployment rate is 4 percent, below the average of 5".
const BESIDE: usize = 16;

/// Whether the share `range` is set against another, as in a vote or a poll: "51% to 36%".
fn is_score(tokens: Tokens<'_>, range: TextRange) -> bool {
    let inside = tokens.inside(range);
    let rises = inside.start > 0 && tokens.is(inside.start - 1, "from");
    let against = ["to", "-", "–", "--"].iter().any(|word| tokens.is(inside.end, word));
    let number = |at: usize| tokens.list.get(at).is_some_and(|token| token.kind == TokenKind::Number);
    !rises && against && number(inside.end + 1)
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
    // "the richest 1 percent" is a group and "100 percent" is all.
    let before = |words: &[&str]| at > 0 && words.iter().any(|word| tokens.is(at - 1, word));
    let group = before(&["top", "bottom", "upper", "lower", "richest", "wealthiest", "poorest"])
        || before(&["the"]) && ["1", "99", "one"].iter().any(|word| tokens.is(at, word));
    if group || tokens.is(at, "100") {
        return None;
    }
    // "1/2 percentage point over Libor": what a lender asks for.
    let lends = |at: usize| ["rate", "rates", "libor"].iter().any(|word| tokens.is(at, word));
    let interest = tokens.is(at + 1, "percentage")
        && (tokens.text(at).contains('/')
            || ["over", "above", "below"].iter().any(|word| tokens.is(at + 3, word))
                && (at + 4..at + 9).any(lends));
    // "an estimated 1987 requirement", but not "an estimated 2000 people"
    let next = tokens.text(at + 1);
    let year = tokens.text(at).len() == 4
        && ["19", "20"].iter().any(|start| tokens.text(at).starts_with(start))
        && !(next.ends_with('s') || next == "people");
    let estimate = before(&["estimated"]) && !year;
    let estimated = || estimate.then(|| tokens.list[at - 1].range.cover(number.range));
    share(tokens, at).filter(|_| !interest).or_else(estimated)
}

/// The share whose number is token `at`, with its unit: "40%", "40 percent", "40 per cent".
pub(super) fn share(tokens: Tokens<'_>, at: usize) -> Option<TextRange> {
    let number = tokens.list.get(at).filter(|token| token.kind == TokenKind::Number)?;
    let unit = if ["%", "percent", "percentage"].iter().any(|unit| tokens.is(at + 1, unit)) {
        at + 1
    } else if tokens.is(at + 1, "per") && tokens.is(at + 2, "cent") {
        at + 2
    } else {
        return None;
    };
    Some(number.range.cover(tokens.list[unit].range))
}
