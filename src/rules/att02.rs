//! ATT02: "it is believed", an impersonal passive that hides who believes.

use super::{Check, Family, RUNNING_TEXT, Report, Rule, RuleContext, Severity};
use crate::language::{TokenKind, WordClass, entries};

pub(super) static RULE: Rule = Rule {
    code: "ATT02",
    name: "impersonal-passive",
    severity: Severity::Warning,
    family: Family::Claim,
    rank: 1,
    in_news: true,
    kinds: RUNNING_TEXT,
    page: include_str!("ATT02.md"),
    check: Check::Piece(check),
};

/// Participles of holding, saying and finding that the passive leaves without a holder.
static PARTICIPLES: &str = include_str!("att02-participles.txt");

fn check(context: &RuleContext<'_>, report: &mut Report<'_>) {
    let tokens = context.passage.tokens();
    for at in 0..tokens.len() {
        if !tokens.is(at, "it") {
            continue;
        }
        let Some(end) = passive(context, at + 1) else { continue };
        let range = tokens.span(at, end);
        if !holds_a_statement(context, at, end) || context.passage.is_quoted(range) || context.is_said(range)
        {
            continue;
        }
        let words = &context.passage.prose()[range];
        report.add(range, format!("'{words}' hides who holds this. Name who does, or say how you know it."));
    }
}

/// Whether what is held follows the participle at `end` as a clause of its own ("that …", "the talks …") or stands around
/// the words ("the talks, it is believed, …"). In "it is expected to rise", "it was held in May" the pronoun is a thing
/// told of before.
fn holds_a_statement(context: &RuleContext<'_>, at: usize, end: usize) -> bool {
    let tokens = context.passage.tokens();
    let inserted = at > 0 && tokens.text(at - 1) == "," && matches!(tokens.text(end + 1), "," | ".");
    let subject = WordClass::DETERMINER | WordClass::PRONOUN | WordClass::SUBJECT;
    let clause = tokens.is(end + 1, "that")
        || tokens.is(end + 2, "that")
        || tokens.class(end + 1).intersects(subject)
        || tokens.list.get(end + 1).is_some_and(|token| token.kind == TokenKind::Word && token.capital);
    inserted || clause && !tokens.class(end + 1).contains(WordClass::PREPOSITION)
}

/// The index of the participle when "is/was/has been [adverb] PARTICIPLE that" stands at `at`.
fn passive(context: &RuleContext<'_>, at: usize) -> Option<usize> {
    let tokens = context.passage.tokens();
    let be = if ["is", "was", "'s", "’s"].iter().any(|form| tokens.is(at, form)) {
        at
    } else if ["has", "had", "can", "could", "may", "might", "must", "should", "will", "would"]
        .iter()
        .any(|form| tokens.is(at, form))
        && ["been", "be"].iter().any(|form| tokens.is(at + 1, form))
    {
        at + 1
    } else {
        return None;
    };
    let participle = (be + 1..=be + 2).find(|next| {
        let text = tokens.text(*next).to_ascii_lowercase();
        entries(PARTICIPLES).any(|entry| entry == text)
    })?;
    let adverb = participle == be + 1
        || tokens.text(be + 1).ends_with("ly")
        || ["also", "now", "often", "still"].iter().any(|word| tokens.is(be + 1, word));
    let by = tokens.is(participle + 1, "by");
    (adverb && !by).then_some(participle)
}
