//! ENT05: an acronym that the article never writes out.

use rustc_hash::FxHashSet;

use super::{
    Applicability, ArticleContext, Check, Family, Fix, RUNNING_TEXT, Report, Rule, RuleContext, Severity,
};
use crate::actors::{ActorKind, Mention, Reference};
use crate::language::entries;
use crate::text::TextEdit;

pub(super) static RULE: Rule = Rule {
    code: "ENT05",
    name: "undefined-acronym",
    severity: Severity::Information,
    family: Family::Name,
    rank: 0,
    in_news: true,
    kinds: RUNNING_TEXT,
    page: include_str!("ENT05.md"),
    check: Check::Article(check),
};

/// Acronyms everybody knows.
const KNOWN: &str = include_str!("ent05-known.txt");

fn check(context: &ArticleContext<'_>, report: &mut Report<'_>) {
    let mut seen: FxHashSet<String> = FxHashSet::default();
    for piece in context.pieces.iter().filter(|piece| RULE.kinds.contains(&piece.kind)) {
        for mention in piece.mentions {
            let Some(name) = written_out(context, piece, mention) else { continue };
            let acronym = &piece.passage.prose()[mention.range];
            if piece.passage.is_quoted(mention.range)
                || seen.contains(acronym)
                || context.pieces.iter().any(|piece| explains(piece, acronym, &name))
            {
                continue;
            }
            seen.insert(acronym.to_owned());
            let message =
                format!("'{acronym}' is never written out. Give the name at first: '{name} ({acronym})'.");
            let range = piece.to_article(mention.range);
            report.add(range, message).fixes.push(Fix {
                title: format!("Write '{name} ({acronym})'"),
                edits: vec![TextEdit { range, new_text: format!("{name} ({acronym})") }],
                applicability: Applicability::Suggested,
            });
        }
    }
}

/// The name a body's acronym stands for; none for other names, for those everybody knows, and where it may be
/// several bodies.
fn written_out(context: &ArticleContext<'_>, piece: &RuleContext<'_>, mention: &Mention) -> Option<String> {
    let acronym = &piece.passage.prose()[mention.range];
    let [candidate] = mention.candidates.as_slice() else { return None };
    let capitals =
        acronym.len() >= 3 && acronym.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'-');
    if !capitals || candidate.reference != Reference::Acronym || entries(KNOWN).any(|known| known == acronym)
    {
        return None;
    }
    let actor = context.registry.get(candidate.actor)?;
    let body = matches!(actor.kind, ActorKind::Organisation | ActorKind::Group);
    (body && actor.name.contains(' ')).then(|| actor.name.to_string())
}

/// Whether a piece gives the acronym's name, or has it in brackets or brackets after it.
fn explains(piece: &RuleContext<'_>, acronym: &str, name: &str) -> bool {
    let prose = piece.passage.prose();
    let same_actor = |mention: &Mention| {
        let text = &prose[mention.range];
        text != acronym && (text == name || initials(text) == acronym)
    };
    let bracketed = memchr::memmem::find_iter(prose.as_bytes(), acronym.as_bytes()).any(|at| {
        let after = prose[at + acronym.len()..].trim_start();
        prose[..at].ends_with(['(', '[']) || after.starts_with(['(', '['])
    });
    bracketed
        || prose.contains(name)
        || piece.mentions.iter().any(same_actor)
        // "the tax service, the IRS": the words that begin with its letters, capitals or not.
        || has_initials(prose, acronym)
}

fn initials(text: &str) -> String {
    text.split_whitespace()
        .filter_map(|word| word.chars().next())
        .filter(|char| char.is_uppercase())
        .collect()
}

/// Whether words in a row begin with the letters of `acronym`; small connecting words do not count.
fn has_initials(prose: &str, acronym: &str) -> bool {
    let letters: Vec<char> =
        acronym.chars().filter(|char| char.is_alphabetic()).flat_map(char::to_lowercase).collect();
    let words: Vec<char> = prose
        .split(|char: char| !char.is_alphanumeric())
        .filter(|word| !matches!(*word, "" | "of" | "for" | "the" | "and" | "on" | "in" | "to"))
        .filter_map(|word| word.chars().next())
        .flat_map(char::to_lowercase)
        .collect();
    words.windows(letters.len()).any(|window| window == letters)
}
