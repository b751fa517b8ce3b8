//! VRB03: "noted that" before a judgement.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::phrases::Phrases;
use super::{Check, Family, RUNNING_TEXT, Report, Rule, RuleContext, Severity};
use crate::language::word_set::word_set;

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
        let contested = attribution.content.iter().find_map(|content| {
            let inside = tokens.inside(*content);
            let found = inside.clone().find_map(|at| Some((at, CONTESTED.at(tokens, at)?)))?;
            let place = tokens.span(found.0, found.0 + found.1 - 1);
            (!context.passage.is_quoted(place)).then_some(place)
        });
        if let Some(words) = contested {
            let (verb, words) = (tokens.text(at), &context.passage.prose()[words]);
            report.add(
                range,
                format!("'{verb}' makes a fact of what can be disputed ('{words}'). Write 'said'."),
            );
        }
    }
}
