//! SRC08: a silence, and nobody asked.

use std::ops::Range;
use std::sync::LazyLock;

use super::phrases::Phrases;
use super::{Check, Family, RUNNING_TEXT, Report, Rule, RuleContext, Severity};
use crate::language::Tokens;

pub(super) static RULE: Rule = Rule {
    code: "SRC08",
    name: "declined-unsourced",
    severity: Severity::Information,
    family: Family::Sourcing,
    rank: 5,
    in_news: true,
    kinds: RUNNING_TEXT,
    page: include_str!("SRC08.md"),
    check: Check::Piece(check),
};

static SILENCE: LazyLock<Phrases<'static>> =
    LazyLock::new(|| Phrases::read(include_str!("src08-silence.txt")));
static ASKED: LazyLock<Phrases<'static>> = LazyLock::new(|| Phrases::read(include_str!("src08-asked.txt")));
fn check(context: &RuleContext<'_>, report: &mut Report<'_>) {
    let tokens = context.passage.tokens();
    for range in SILENCE.unquoted(context, RULE.code) {
        let sentence = context.passage.sentence_at(range.start());
        let asked = ASKED.any(tokens, context.passage.sentences()[sentence].clone());
        if !context.asks_widely() && responds_to_deed(tokens, tokens.inside(range)) {
            continue;
        }
        // Who is silent is no source of the silence: "the ministry is tight-lipped about the talks".
        if asked || context.is_sourced_beside(sentence, range) {
            continue;
        }
        let words = &context.passage.prose()[range];
        report.add(range, format!("'{words}': who was asked, and when? Say so, or leave the silence out."));
    }
}

/// The noun of what was done stands within so many tokens.
const OBJECT: usize = 6;

/// What one answers by a deed.
const DEEDS: [&str; 8] = ["offer", "bid", "proposal", "approach", "takeover", "attack", "attacks", "strike"];

/// Whether the words are about an answer to something that was done, not asked: "has not responded to the new offer".
fn responds_to_deed(tokens: Tokens<'_>, words: Range<usize>) -> bool {
    words.clone().any(|at| ["respond", "responded"].iter().any(|word| tokens.is(at, word)))
        && tokens.is(words.end, "to")
        && (words.end + 1..words.end + OBJECT).any(|at| DEEDS.iter().any(|word| tokens.is(at, word)))
}
