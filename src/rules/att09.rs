//! ATT09: "studies show", and no study is named.

use std::sync::LazyLock;

use super::phrases::Phrases;
use super::{Check, Family, Opening, RUNNING_TEXT, Report, Rule, RuleContext, Severity};
use crate::language::TokenKind;
use crate::text::TextRange;

pub(super) static RULE: Rule = Rule {
    code: "ATT09",
    name: "unnamed-study",
    severity: Severity::Warning,
    family: Family::Claim,
    rank: 5,
    in_news: true,
    kinds: RUNNING_TEXT,
    page: include_str!("ATT09.md"),
    check: Check::Piece(check),
};

static STUDIES: LazyLock<Phrases<'static>> =
    LazyLock::new(|| Phrases::read(include_str!("att09-phrases.txt")));
fn check(context: &RuleContext<'_>, report: &mut Report<'_>) {
    for range in STUDIES.unquoted(context, RULE.code) {
        let told = !context.asks_widely() && (context.is_said(range) || is_named_after(context, range));
        if told || is_named(context, range) {
            continue;
        }
        let words = &context.passage.prose()[range];
        report.add(range, format!("'{words}': which, by whom, and of when? Name the study, or link to it."));
    }
}

/// Whether the word before the phrase at `range` says whose research it is or points back to it: "Greenberg's research
/// shows", "FBI statistics show", "official statistics show", "these numbers show".
fn is_named(context: &RuleContext<'_>, range: TextRange) -> bool {
    let tokens = context.passage.tokens();
    let first = tokens.inside(range).start;
    let sentence = context.passage.sentences()[context.passage.sentence_at(range.start())].start;
    let Some(before) = first.checked_sub(1).filter(|before| *before >= sentence) else { return false };
    let pointing = [
        "the", "this", "that", "these", "those", "his", "her", "its", "their", "our", "'s", "’s", "'", "’",
        "official",
    ];
    pointing.iter().any(|word| tokens.is(before, word))
        || tokens.list[before].capital && (before > sentence || is_acronym(tokens.text(before)))
}

/// Whether `word` is capitals alone: the name of a body even at a sentence's head.
fn is_acronym(word: &str) -> bool {
    word.len() > 1 && word.chars().all(char::is_uppercase)
}

/// Whether a piece of research is named after the phrase at `range`, in its sentence or the next: "Early polls show her
/// ahead: a Harbour University poll …", or the next paragraph tells of it: "The study by Mill Research …".
fn is_named_after(context: &RuleContext<'_>, range: TextRange) -> bool {
    let tokens = context.passage.tokens();
    let sentences = context.passage.sentences();
    let sentence = context.passage.sentence_at(range.start());
    if sentence + 1 == sentences.len() && context.ends_block && context.after == Opening::Research {
        return true;
    }
    let end = sentences.get(sentence + 1).unwrap_or(&sentences[sentence]).end;
    (tokens.inside(range).end..end).any(|at| {
        STUDY.iter().any(|word| tokens.is(at, word))
            && (at.saturating_sub(NEAR)..at)
                .any(|before| tokens.list[before].capital && tokens.list[before].kind == TokenKind::Word)
    })
}

/// What one piece of research is called.
const STUDY: [&str; 4] = ["poll", "survey", "study", "report"];

/// So many words before it may say whose it is.
const NEAR: usize = 3;
