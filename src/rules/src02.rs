//! SRC02: "diplomatic sources said", a source described by its field alone.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::anonymity::AnonymousSource;
use super::{Check, Family, RUNNING_TEXT, Report, Rule, RuleContext, Severity};
use crate::actors::{ActorKind, Certainty};
use crate::language::word_set::word_set;

pub(super) static RULE: Rule = Rule {
    code: "SRC02",
    name: "anonymous-thin",
    severity: Severity::Warning,
    family: Family::Sourcing,
    rank: 2,
    kinds: RUNNING_TEXT,
    page: include_str!("SRC02.md"),
    check: Check::Piece(check),
};

static HEADS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| word_set(include_str!("src02-heads.txt")));
static BARE: LazyLock<FxHashSet<&str>> = LazyLock::new(|| word_set(include_str!("src01-bare.txt")));
/// Said of a source's wish to stay unnamed.
static REASONS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| word_set(include_str!("src02-reasons.txt")));

fn check(context: &RuleContext<'_>, report: &mut Report<'_>) {
    let tokens = context.passage.tokens();
    for source in AnonymousSource::all(context, &HEADS) {
        let range = source.range(tokens);
        let sentence = &context.passage.sentences()[context.passage.sentence_at(range.start())];
        let reason =
            sentence.clone().any(|at| REASONS.contains(tokens.text(at).to_ascii_lowercase().as_str()));
        let bare_source = tokens.text(*source.words.end()).to_ascii_lowercase().starts_with("source")
            && source.modifiers(tokens).all(|word| BARE.contains(word.to_ascii_lowercase().as_str()));
        if source.is_specified || reason || bare_source || names_a_body(context, &source) {
            continue;
        }
        let message = format!(
            "'{}' tells the field and no more. Say how many they are, how they know this and why they are not named.",
            &context.passage.prose()[range]
        );
        report.add(range, message);
    }
}

/// Whether a word before the noun names whom the source works for ("Foreign Office sources", "her
/// aides"), more than a country or place does, or the source is one of several ("leaders and
/// diplomats").
fn names_a_body(context: &RuleContext<'_>, source: &AnonymousSource) -> bool {
    let tokens = context.passage.tokens();
    let words = *source.words.start()..*source.words.end();
    let belongs = words.clone().any(|at| {
        ["'s", "’s", "'", "’", "his", "her", "its", "their", "and"].iter().any(|word| tokens.is(at, word))
    });
    let before = source.range(tokens);
    let where_from = [ActorKind::Country, ActorKind::Place, ActorKind::Group];
    belongs
        || context.mentions.iter().any(|mention| {
            let body = mention.kind.is_none_or(|kind| !where_from.contains(&kind));
            body && mention.is_name()
                && mention.certainty > Certainty::Doubtful
                && before.contains_range(mention.range)
        })
}
