//! ENT05: an acronym that the article never writes out.

use std::cell::LazyCell;

use rustc_hash::FxHashSet;

use super::summary::{Remarks, number};
use super::{
    Applicability, ArticleContext, Check, Family, Fix, RUNNING_TEXT, Report, Rule, RuleContext, Severity,
    Summary,
};
use crate::actors::{ActorKind, Mention, Reference};
use crate::language::{Tokens, entries};
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

/// Acronyms that stand for something else as well: each with its other names.
const SEVERAL: &str = include_str!("ent05-several.txt");

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
    /// What its words begin with, in small letters: that of words with a capital, and a blank for others in a row.
    capitals: Box<str>,
}

pub(super) fn summarize(piece: &RuleContext<'_>, summary: &mut Summary) {
    let prose = piece.passage.prose();
    let (mut used, mut explained) = (Vec::new(), Vec::new());
    let in_prose = LazyCell::new(|| !is_capitals(prose));
    for mention in piece.mentions {
        let text = &prose[mention.range];
        let (before, after) = (&prose[..mention.range.start().into()], &prose[mention.range.end().into()..]);
        // "<CPC>" is a share's ticker: the letters are a firm's.
        if before.ends_with(['(', '[', '<']) || after.trim_start().starts_with(['(', '[']) {
            explained.push(number(text));
        } else if text.contains(' ') {
            explained.push(number(&initials(text)));
            // "CPC International", "CPC Inc".
            explained.extend(text.split(' ').next().filter(|_| is_firm(text, after)).map(number));
            let known = mention.candidates.iter().filter_map(|candidate| piece.registry.get(candidate.actor));
            let short =
                known.flat_map(|actor| &actor.aliases).filter(|alias| alias.reference == Reference::Acronym);
            explained.extend(short.map(|alias| number(&alias.text)));
        } else if RULE.kinds.contains(&piece.kind)
            && !piece.passage.is_quoted(mention.range)
            // "UN-OPCW panel" is a name of its own, and a line of markup or of capitals no prose.
            && !(before.ends_with('-') || after.starts_with('-') || prose.starts_with('<'))
            && written_out(piece, mention).is_some()
            && *in_prose
        {
            used.push((number(text), mention.range));
        }
    }
    summary.note(Remarks::ACRONYMS, !used.is_empty());
    summary.note(Remarks::EXPLAINED, !explained.is_empty());
    let capitals = capitals(piece.passage.tokens()).into();
    summary.acronyms = Acronyms { used: used.into(), explained: explained.into(), capitals };
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
    let mut found: Vec<Unexplained<'_>> = Vec::new();
    for (index, (summary, piece)) in
        blocks.flat_map(|index| (context.pieces)(index).into_iter().map(move |piece| (index, piece)))
    {
        for (acronym, range) in &summary.acronyms.used {
            if !seen.insert(*acronym) {
                continue;
            }
            let passage = piece.passage;
            let acronym = &passage.prose()[*range];
            let near = index.saturating_sub(NEAR)..(index + NEAR + 1).min(context.gists.len());
            let mention = piece.mentions.iter().find(|mention| mention.range == *range);
            let Some(name) = mention.and_then(|mention| written_out(&piece, mention)) else { continue };
            let letters = letters(acronym);
            let mut near = near.flat_map(|index| (context.pieces)(index));
            if near.any(|(_, piece)| begins(piece.passage.prose()).contains(&letters)) {
                continue;
            }
            found.push(Unexplained { acronym, letters, name, range: piece.to_article(*range) });
        }
    }
    // Once for all of them: it looks at the whole article.
    let mut all = (0..context.gists.len()).flat_map(|index| (context.pieces)(index));
    while !found.is_empty()
        && let Some((summary, piece)) = all.next()
    {
        let (prose, capitals) = (piece.passage.prose(), &summary.acronyms.capitals);
        found.retain(|one| {
            !capitals.contains(&one.letters) && !has_head(prose, one.name) && !has_start(prose, one.name)
        });
    }
    for one in found {
        one.report(report);
    }
}

/// An acronym that the article does not explain.
struct Unexplained<'a> {
    acronym: &'a str,
    letters: String,
    /// What it stands for.
    name: &'a str,
    /// Where it stands, in bytes of the article.
    range: TextRange,
}

impl Unexplained<'_> {
    fn report(&self, report: &mut Report<'_>) {
        let Self { acronym, name, range, .. } = *self;
        let others = entries(SEVERAL).filter_map(|entry| entry.split_once(' '));
        let others = others.filter(|(known, _)| *known == acronym).map(|(_, other)| other);
        let names: Vec<&str> = std::iter::once(name).chain(others).collect();
        let way = if names.len() > 1 {
            format!(" and can be the {}. Give the name at first.", names.join(" or the "))
        } else {
            format!(". Give the name at first: '{name} ({acronym})'.")
        };
        let fix = |name: &&str| Fix {
            title: format!("Write '{name} ({acronym})'"),
            edits: vec![TextEdit { range, new_text: format!("{name} ({acronym})") }],
            applicability: Applicability::Suggested,
        };
        report
            .add(range, format!("'{acronym}' is never written out{way}"))
            .fixes
            .extend(names.iter().map(fix));
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

/// Small words inside names.
fn is_small(word: &str) -> bool {
    matches!(word, "of" | "for" | "the" | "and" | "on" | "in" | "to")
}

/// The letters of `acronym`, small.
fn letters(acronym: &str) -> String {
    acronym.chars().filter(|char| char.is_alphabetic()).flat_map(char::to_lowercase).collect()
}

/// What the words of `prose` begin with, in small letters; small connecting words do not count.
fn begins(prose: &str) -> String {
    firsts(prose).flat_map(char::to_lowercase).collect()
}

/// The same of all `tokens`, with a blank for words in a row that have no capital.
fn capitals(tokens: Tokens<'_>) -> String {
    let mut out = String::new();
    let part = |out: &mut String| {
        if !out.ends_with(' ') {
            out.push(' ');
        }
    };
    for token in tokens.list {
        let text = &tokens.prose[token.range];
        let [first, rest @ ..] = text.as_bytes() else { continue };
        // As most words are.
        if rest.iter().all(u8::is_ascii_lowercase) {
            if first.is_ascii_uppercase() {
                out.push(char::from(first.to_ascii_lowercase()));
                continue;
            } else if first.is_ascii_lowercase() {
                if !is_small(text) {
                    part(&mut out);
                }
                continue;
            }
        }
        for first in firsts(text) {
            if first.is_uppercase() {
                out.extend(first.to_lowercase());
            } else {
                part(&mut out);
            }
        }
    }
    out
}

fn firsts(prose: &str) -> impl Iterator<Item = char> {
    words(prose).filter(|word| !is_small(word)).filter_map(|word| word.chars().next())
}

/// Whether `prose` has the head of `name` with the word before it, "Supreme court" of "Supreme Court of the United
/// States": who reads that can tell.
fn has_head(prose: &str, name: &str) -> bool {
    let head: Vec<&str> = name.split(' ').take_while(|word| !is_small(word)).collect();
    let [.., before, head] = head.as_slice() else { return false };
    let mut last = "";
    prose.contains(before)
        && words(prose).any(|word| {
            let found = last == *before && word.eq_ignore_ascii_case(head);
            last = word;
            found
        })
}

/// Whether `prose` has all words of `name`, which has no small ones, but the last, and a word without a capital for that:
/// "Christian Democratic party" where "CDU" is the Christian Democratic Union.
fn has_start(prose: &str, name: &str) -> bool {
    let Some((start, _)) = name.rsplit_once(' ') else { return false };
    let goes_on = |(at, _): (usize, &str)| {
        let rest = prose[at + start.len()..].strip_prefix(' ');
        rest.is_some_and(|rest| rest.starts_with(char::is_lowercase))
    };
    start.contains(' ') && !name.split(' ').any(is_small) && prose.match_indices(start).any(goes_on)
}

/// Whether the name `text`, with `after` behind it, is a firm's that begins with an acronym: "CPC International Inc".
fn is_firm(text: &str, after: &str) -> bool {
    const FIRMS: [&str; 8] = ["International", "Inc", "Corp", "Co", "Ltd", "Plc", "Group", "Holdings"];
    let mut words = text.split(' ').chain(after.split_whitespace().take(1));
    let acronym = words.next().is_some_and(|first| first.bytes().all(|byte| byte.is_ascii_uppercase()));
    acronym && words.any(|word| FIRMS.contains(&word.trim_end_matches(['.', ','])))
}

/// Whether fewer letters of `prose` are small than are capitals: a table, or a line in capitals.
fn is_capitals(prose: &str) -> bool {
    let small = prose.chars().filter(|char| char.is_lowercase()).count();
    let capital = prose.chars().filter(|char| char.is_uppercase()).count();
    small < capital
}

fn words(prose: &str) -> impl Iterator<Item = &str> {
    prose.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty())
}
