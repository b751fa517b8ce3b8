//! The outline of an article.

use super::claims::{Claim, Origin, claims};
use super::{prose, shorten};
use crate::actors::ActorKind;
use crate::analysis::Analysis;
use crate::article::BlockKind;
use crate::attribution::SourceKind;
use crate::language::{WordClass, classes};
use crate::text::TextRange;

/// An entry of the outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// Its name.
    pub name: String,
    /// A few words beside it.
    pub detail: String,
    /// What it is.
    pub kind: SymbolKind,
    /// All of it, in bytes of the article.
    pub range: TextRange,
    /// The part that names it, inside `range`.
    pub selection: TextRange,
    /// What belongs to it.
    pub children: Vec<Symbol>,
}

/// What an entry of the outline is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SymbolKind {
    /// Headline or subhead.
    Heading,
    /// Somebody who speaks.
    Speaker,
    /// A claim.
    Claim,
}

/// Characters of a claim that the outline shows.
const SHOWN: usize = 70;

/// The entry for claims whose speaker is a word that points back to nobody the article names.
const UNCLEAR: &str = "Speaker not clear";

/// What an outlet's story is called once the outlet was named: its words are the outlet's.
const ITS_REPORT: &str = "the report";

/// The outline: headings, and each speaker with their claims in text order.
pub fn symbols(analysis: &Analysis) -> Vec<Symbol> {
    let mut out = Vec::new();
    let mut outlet: Option<String> = None;
    let mut speakers: rustc_hash::FxHashMap<String, usize> = rustc_hash::FxHashMap::default();
    for (index, block) in analysis.blocks().iter().enumerate() {
        if matches!(block.kind, BlockKind::Headline | BlockKind::Subhead) {
            out.push(Symbol {
                name: shorten(block.markup.prose.text(), SHOWN),
                detail: String::new(),
                kind: SymbolKind::Heading,
                range: block.range,
                selection: block.range,
                children: Vec::new(),
            });
        }
        for claim in claims(analysis, index) {
            let (Some(content), Some((name, selection))) =
                (claim.content.first(), speaker(analysis, &claim, outlet.as_deref()))
            else {
                continue;
            };
            if is_outlets(analysis, &claim) {
                outlet = Some(name.clone());
            }
            let range = claim.range();
            let child = Symbol {
                name: shorten(&prose(analysis, *content), SHOWN),
                detail: claim.cues.first().map_or(String::new(), |cue| prose(analysis, *cue)),
                kind: SymbolKind::Claim,
                range,
                selection: *content,
                children: Vec::new(),
            };
            let at = *speakers.entry(name.to_lowercase()).or_insert_with(|| {
                out.push(Symbol {
                    name,
                    detail: String::new(),
                    kind: SymbolKind::Speaker,
                    range: selection,
                    selection,
                    children: Vec::new(),
                });
                out.len() - 1
            });
            out[at].range = out[at].range.cover(range);
            out[at].children.push(child);
        }
    }
    for symbol in out.iter_mut().filter(|symbol| symbol.kind == SymbolKind::Speaker) {
        symbol.detail = match symbol.children.len() {
            1 => "1 claim".to_owned(),
            count => format!("{count} claims"),
        };
    }
    out
}

/// Who makes `claim`, as the outline names them, and the words that do: a name where the article
/// tells whose words they are, so that "he" and "Mr Sharif" are one speaker. `outlet` is the one that
/// spoke last before.
fn speaker(analysis: &Analysis, claim: &Claim<'_>, outlet: Option<&str>) -> Option<(String, TextRange)> {
    let place = claim.sources.first().or_else(|| claim.content.first()).copied()?;
    let mut sources = claim.sources.iter().copied();
    if let Some(found) =
        sources.find_map(|range| Some((name_of_source(analysis, claim, range, outlet)?, range)))
    {
        return Some(found);
    }
    match claim.actors.first() {
        Some(id) => Some((name_of_actor(analysis, id), place)),
        None if claim.sources.is_empty() => None,
        None => Some((UNCLEAR.to_owned(), place)),
    }
}

/// The name of the source at `range`: of the actor it is marked as or found to be, else its own
/// words; none where these only point back and the article does not tell to whom.
fn name_of_source(
    analysis: &Analysis,
    claim: &Claim<'_>,
    range: TextRange,
    outlet: Option<&str>,
) -> Option<String> {
    if let Some(id) = reference(analysis, range) {
        return Some(name_of_actor(analysis, id));
    }
    let found = match claim.origin {
        Origin::Found(found) => Some(found.kind),
        Origin::Marked(_) => None,
    };
    let words = prose(analysis, range);
    let member = analysis.member_in(range).filter(|_| found != Some(SourceKind::Unnamed));
    if let Some(member) = member {
        return Some(analysis.name_of(&analysis.cast().members()[member]).to_owned());
    }
    if words.eq_ignore_ascii_case(ITS_REPORT)
        && let Some(outlet) = outlet
    {
        return Some(outlet.to_owned());
    }
    (found != Some(SourceKind::Pronoun) && !classes(&words).contains(WordClass::PRONOUN)).then_some(words)
}

/// The `ref` of the span whose words are at `range`.
fn reference(analysis: &Analysis, range: TextRange) -> Option<&str> {
    analysis.blocks().iter().find(|block| block.range.contains_range(range)).and_then(|block| {
        let mut spans = block.markup.spans.iter();
        let span =
            spans.find(|span| span.content + block.range.start() == range && span.value("ref").is_some());
        Some(span?.value("ref")?.text.as_str())
    })
}

/// The name of the actor `id`; the id where no registry knows it.
fn name_of_actor(analysis: &Analysis, id: &str) -> String {
    let registry = analysis.registry();
    let known = registry.find(id).and_then(|actor| registry.get(actor));
    known.map_or_else(|| id.to_owned(), |actor| actor.name.to_string())
}

/// Whether `claim` is an outlet's, said under its name.
fn is_outlets(analysis: &Analysis, claim: &Claim<'_>) -> bool {
    match claim.origin {
        Origin::Found(found) => found.kind == SourceKind::Outlet,
        Origin::Marked(_) => claim.sources.iter().filter_map(|range| reference(analysis, *range)).any(|id| {
            let registry = analysis.registry();
            let actor = registry.find(id).and_then(|actor| registry.get(actor));
            actor.is_some_and(|actor| actor.kind == ActorKind::Outlet)
        }),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn speakers_come_with_their_claims() {
        let text = "Vote fails\n\n[Lee]{#s1 .source} [said]{.cue for=c1} [the [vote]{.actor} failed]{#c1 .claim by=s1}. [It is over]{.claim by=s1}.";
        let analysis = Analysis::new(Arc::from(text), Arc::default());
        let outline: Vec<_> = symbols(&analysis)
            .iter()
            .map(|symbol| {
                let children: Vec<_> = symbol
                    .children
                    .iter()
                    .map(|child| format!("{} / {}", child.detail, child.name))
                    .collect();
                (symbol.name.clone(), symbol.detail.clone(), children)
            })
            .collect();
        let claims = vec!["said / the vote failed".to_owned(), " / It is over".to_owned()];
        assert_eq!(
            outline,
            [
                ("Vote fails".to_owned(), String::new(), vec![]),
                ("Lee".to_owned(), "2 claims".to_owned(), claims),
            ]
        );
    }

    /// The speakers of `text`, each with the number of its claims.
    fn speakers(text: &str) -> Vec<(String, String)> {
        let analysis = Analysis::new(Arc::from(text), Arc::default());
        symbols(&analysis)
            .into_iter()
            .filter(|symbol| symbol.kind == SymbolKind::Speaker)
            .map(|symbol| (symbol.name, symbol.detail))
            .collect()
    }

    #[test]
    fn pronouns_and_short_names_are_one_speaker() {
        let text = "The deficit would fall, Maria Keller said on Monday. “We kept our word,” Keller said. She said the vote was safe.";
        assert_eq!(speakers(text), [("Maria Keller".to_owned(), "3 claims".to_owned())]);
    }

    #[test]
    fn a_pronoun_that_points_at_nobody_is_no_speaker() {
        assert_eq!(
            speakers("They said the bridge would close."),
            [(UNCLEAR.to_owned(), "1 claim".to_owned())]
        );
    }

    #[test]
    fn a_marked_pronoun_is_whoever_it_is_marked_as() {
        let text = "[It]{#s1 .source ref=fra} [said]{.cue for=c1} [the bridge would close]{#c1 .claim by=s1}. [They]{#s2 .source} wanted [it open]{.claim by=\"s2 deu\"}.";
        let one = |name: &str| (name.to_owned(), "1 claim".to_owned());
        assert_eq!(speakers(text), [one("France"), one("Germany")]);
    }

    #[test]
    fn the_report_of_an_outlet_is_the_outlets() {
        let text =
            "The bridge will close, Reuters reported on Monday. Repairs would take a year, the report said.";
        assert_eq!(speakers(text), [("Reuters".to_owned(), "2 claims".to_owned())]);
    }
}
