//! VRB03: "noted that" before a judgement.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::phrases::Phrases;
use super::{Check, Family, RUNNING_TEXT, Report, Rule, RuleContext, Severity};
use crate::attribution::Attribution;
use crate::language::word_set::word_set;
use crate::language::{FiniteForm, TokenKind, WordClass, finite_form};
use crate::text::TextRange;

pub(super) static RULE: Rule = Rule {
    code: "VRB03",
    name: "factive-verb",
    severity: Severity::Warning,
    family: Family::Wording,
    rank: 1,
    in_news: true,
    kinds: RUNNING_TEXT,
    page: include_str!("VRB03.md"),
    check: Check::Piece(check),
};

static VERBS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| word_set(include_str!("vrb03-verbs.txt")));
static CONTESTED: LazyLock<Phrases<'static>> =
    LazyLock::new(|| Phrases::read(include_str!("vrb03-contested.txt")));
/// Words that mostly make a statement which can be looked up.
static CHECKED: LazyLock<Phrases<'static>> =
    LazyLock::new(|| Phrases::read(include_str!("vrb03-checked.txt")));

fn check(context: &RuleContext<'_>, report: &mut Report<'_>) {
    let tokens = context.passage.tokens();
    for attribution in context.attributions.iter().filter(|attribution| !attribution.source.is_empty()) {
        let Some((at, verb)) = context.cue_verb(attribution) else { continue };
        let range = tokens.list[at].range;
        let points = verb.lemma.text() != "point" || tokens.is(at + 1, "out");
        let lemma = verb.lemma.text();
        // "perhaps recognizing that …": what the writer supposes is no fact either.
        let supposed = at > 0
            && ["perhaps", "maybe", "possibly", "presumably"].iter().any(|word| tokens.is(at - 1, word));
        if !context.settings.is_listed(RULE.code, lemma, VERBS.contains(lemma))
            || !points
            || supposed
            || context.passage.is_quoted(range)
        {
            continue;
        }
        let contested = if context.asks_widely() {
            any_judgement(context, attribution)
        } else {
            judging_predicate(context, at)
        };
        if let Some(words) = contested.filter(|words| !context.passage.is_quoted(*words)) {
            let (verb, words) = (tokens.text(at), &context.passage.prose()[words]);
            report.add(
                range,
                format!("'{verb}' makes a fact of what can be disputed ('{words}'). Write 'said'."),
            );
        }
    }
}

/// The first words that can be disputed, wherever they stand in what is said.
fn any_judgement(context: &RuleContext<'_>, attribution: &Attribution) -> Option<TextRange> {
    let tokens = context.passage.tokens();
    attribution.content.iter().find_map(|content| {
        tokens.inside(*content).find_map(|at| {
            let length = CONTESTED.at(tokens, at).or_else(|| CHECKED.at(tokens, at))?;
            Some(tokens.span(at, at + length - 1))
        })
    })
}

/// A judgement that is itself what the verb at `cue` says: it stands at the verb of a clause with "that" after the cue or
/// beside one, "noted that abstention equals support". Not in "notes that Lee wrote that he should go", nor where a
/// number is what can be looked up, nor where the writer speaks in person.
fn judging_predicate(context: &RuleContext<'_>, cue: usize) -> Option<TextRange> {
    let tokens = context.passage.tokens();
    let sentence = &context.passage.sentences()[context.passage.sentence_at(tokens.list[cue].range.start())];
    let opens = if tokens.is(cue + 1, "out") { cue + 2 } else { cue + 1 };
    let person = cue > 0 && ["I", "we", "We"].contains(&tokens.text(cue - 1));
    if person || !tokens.is(opens, "that") {
        return None;
    }
    let beside = (opens + 1..sentence.end)
        .filter(|at| tokens.is(*at, "that") && tokens.class(at - 1).contains(WordClass::COORDINATOR));
    std::iter::once(opens).chain(beside).find_map(|that| {
        let ends = |at: &usize| !matches!(tokens.list[*at].kind, TokenKind::Stop) && !tokens.is(*at, "that");
        let clause: Vec<usize> = (that + 1..sentence.end)
            .take_while(ends)
            .take_while(|at| !matches!(tokens.text(*at), "," | ";"))
            .collect();
        if clause.iter().any(|at| tokens.list[*at].kind == TokenKind::Number) {
            return None;
        }
        let is_verb = |at: &usize| {
            tokens.class(*at).contains(WordClass::AUXILIARY)
                || CONTESTED.at(tokens, *at).is_some()
                || finite_form(tokens.text(*at)).intersects(FiniteForm::FINITE)
        };
        let verb = clause.iter().position(is_verb)?;
        clause[verb..].iter().take(PREDICATE).find_map(|at| {
            let length = CONTESTED.at(tokens, *at)?;
            Some(tokens.span(*at, *at + length - 1))
        })
    })
}

/// Words from its verb within which a clause judges.
const PREDICATE: usize = 5;
