//! ENT02: "he" or "she", and nobody it could be.

use super::ArticleContext;
use super::{Check, Family, RUNNING_TEXT, Report, Rule, RuleContext, Severity};
use crate::actors::{ActorKind, Form, Mention};
use crate::language::entries;

pub(super) static RULE: Rule = Rule {
    code: "ENT02",
    name: "unresolved-pronoun",
    severity: Severity::Hint,
    family: Family::Name,
    rank: 0,
    in_news: true,
    kinds: RUNNING_TEXT,
    page: include_str!("ENT02.md"),
    check: Check::Article(check),
};

/// Words for people that are no titles, and endings of such words.
const PEOPLE: &str = include_str!("ent02-people.txt");

/// Nobody has been spoken of before the pronoun, in the whole article, and nobody is in its sentence.
fn check(context: &ArticleContext<'_>, report: &mut Report<'_>) {
    for (_, piece) in (0..context.gists.len()).flat_map(|index| (context.pieces)(index)) {
        let piece = &piece;
        let pronoun = piece.mentions.iter().find(|mention| mention.form == Form::Pronoun);
        let Some(pronoun) = pronoun else {
            if has_person(piece, piece.passage.tokens().len()) {
                return;
            }
            continue;
        };
        let sentence = piece.passage.sentence_at(pronoun.range.start());
        let end = piece.passage.sentences().get(sentence).map_or(0, |sentence| sentence.end);
        if has_person(piece, end)
            || !RULE.kinds.contains(&piece.kind)
            || piece.passage.is_quoted(pronoun.range)
        {
            return;
        }
        let word = &piece.passage.prose()[pronoun.range];
        let message = format!("Nobody has been named before this '{word}'. Write who it is.");
        report.add(piece.to_article(pronoun.range), message);
        return;
    }
}

/// Whether anybody is spoken of before the token `end`: by name, by office, or by any word for people.
fn has_person(piece: &RuleContext<'_>, end: usize) -> bool {
    let tokens = piece.passage.tokens();
    let limit = if end == 0 { return false } else { tokens.span(0, end - 1).end() };
    let person = |mention: &Mention| {
        mention.range.start() < limit
            && mention.form != Form::Pronoun
            && matches!(mention.kind, None | Some(ActorKind::Person | ActorKind::Group))
    };
    piece.mentions.iter().any(person)
        || piece.attributions.iter().any(|attribution| {
            attribution.source.iter().any(|source| {
                // A pronoun is no source one can look up.
                source.start() < limit && tokens.inside(*source).len() > 1
            })
        })
        || (0..end).any(|at| is_person_word(tokens.text(at)))
}

fn is_person_word(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    let capital = word.starts_with(char::is_uppercase);
    entries(PEOPLE).any(|known| match known.strip_prefix('-') {
        Some(ending) => lower.len() > ending.len() + 2 && lower.ends_with(ending),
        None => lower == known,
    }) || capital
        && word.len() > 1
        && !matches!(
            lower.as_str(),
            "he" | "she" | "the" | "it" | "in" | "but" | "and" | "his" | "her" | "on" | "at"
        )
}
