//! ENT05: an acronym that the article never writes out.

use std::hash::Hasher as _;

use rustc_hash::{FxHashSet, FxHasher};

use super::summary::Remarks;
use super::{
    Applicability, ArticleContext, Check, Family, Fix, RUNNING_TEXT, Report, Rule, RuleContext, Severity,
    Summary,
};
use crate::actors::{ActorKind, Mention, Reference};
use crate::language::entries;
use crate::text::{TextEdit, TextRange};

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

/// Blocks around an acronym in which its letters may begin words without capitals.
const NEAR: usize = 4;

/// The acronyms of a piece.
#[derive(Clone, Debug, Default)]
pub(super) struct Acronyms {
    /// Those that need writing out, each with a number made of it, in bytes of the piece.
    used: Box<[(u64, TextRange)]>,
    /// Numbers of those it writes out, or has beside brackets.
    explained: Box<[u64]>,
}

pub(super) fn summarize(piece: &RuleContext<'_>, summary: &mut Summary) {
    let prose = piece.passage.prose();
    let (mut used, mut explained) = (Vec::new(), Vec::new());
    for mention in piece.mentions {
        let text = &prose[mention.range];
        let (before, after) = (&prose[..mention.range.start().into()], &prose[mention.range.end().into()..]);
        if before.ends_with(['(', '[']) || after.trim_start().starts_with(['(', '[']) {
            explained.push(number(text));
        } else if text.contains(' ') {
            explained.push(number(&initials(text)));
            let known = mention.candidates.iter().filter_map(|candidate| piece.registry.get(candidate.actor));
            let short =
                known.flat_map(|actor| &actor.aliases).filter(|alias| alias.reference == Reference::Acronym);
            explained.extend(short.map(|alias| number(&alias.text)));
        } else if RULE.kinds.contains(&piece.kind)
            && !piece.passage.is_quoted(mention.range)
            && written_out(piece, mention).is_some()
        {
            used.push((number(text), mention.range));
        }
    }
    summary.note(Remarks::ACRONYMS, !used.is_empty());
    summary.note(Remarks::EXPLAINED, !explained.is_empty());
    summary.acronyms = Acronyms { used: used.into(), explained: explained.into() };
}

fn number(text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(text.as_bytes());
    hasher.finish()
}

fn check(context: &ArticleContext<'_>, report: &mut Report<'_>) {
    if !context.remarks().contains(Remarks::ACRONYMS) {
        return;
    }
    let mut seen: FxHashSet<u64> = FxHashSet::default();
    for (summary, _) in context.with(Remarks::EXPLAINED) {
        seen.extend(summary.acronyms.explained.iter());
    }
    let blocks = context.gists.iter().enumerate();
    let blocks = blocks.filter(|(_, gist)| gist.remarks.contains(Remarks::ACRONYMS)).map(|(index, _)| index);
    for (index, (summary, piece)) in
        blocks.flat_map(|index| (context.pieces)(index).into_iter().map(move |piece| (index, piece)))
    {
        for (acronym, range) in &summary.acronyms.used {
            if !seen.insert(*acronym) {
                continue;
            }
            let acronym = &piece.passage.prose()[*range];
            let near = index.saturating_sub(NEAR)..(index + NEAR + 1).min(context.gists.len());
            let mention = piece.mentions.iter().find(|mention| mention.range == *range);
            let Some(name) = mention.and_then(|mention| written_out(&piece, mention)) else { continue };
            let mut near = near.flat_map(|index| (context.pieces)(index));
            if near.any(|(_, piece)| has_initials(piece.passage.prose(), acronym)) {
                continue;
            }
            let message =
                format!("'{acronym}' is never written out. Give the name at first: '{name} ({acronym})'.");
            let range = piece.to_article(*range);
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
fn written_out<'a>(piece: &RuleContext<'a>, mention: &Mention) -> Option<&'a str> {
    let acronym = &piece.passage.prose()[mention.range];
    let [candidate] = mention.candidates.as_slice() else { return None };
    let capitals =
        acronym.len() >= 3 && acronym.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'-');
    if !capitals
        || candidate.reference != Reference::Acronym
        || piece.settings.is_listed(RULE.code, acronym, entries(KNOWN).any(|known| known == acronym))
    {
        return None;
    }
    let actor = piece.registry.get(candidate.actor)?;
    let body = matches!(actor.kind, ActorKind::Organisation | ActorKind::Group);
    (body && actor.name.contains(' ')).then_some(&*actor.name)
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
