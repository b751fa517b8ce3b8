//! The outline of an article.

use super::claims::{Claim, Origin, claims};
use super::{prose, shorten};
use crate::analysis::Analysis;
use crate::article::BlockKind;
use crate::attribution::SourceKind;
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

/// The outline: headings, and each speaker with their claims in text order.
pub fn symbols(analysis: &Analysis) -> Vec<Symbol> {
    let mut out = Vec::new();
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
            let (Some(content), Some((name, selection))) = (claim.content.first(), speaker(analysis, &claim))
            else {
                continue;
            };
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
/// tells whose words they are, so that "he" and "Mr Sharif" are one speaker.
fn speaker(analysis: &Analysis, claim: &Claim<'_>) -> Option<(String, TextRange)> {
    if let Some(range) = claim.sources.first() {
        let member = analysis.member_in(*range).map(|member| &analysis.cast().members()[member]);
        let unnamed = matches!(claim.origin, Origin::Found(found) if found.kind == SourceKind::Unnamed);
        let name = match member.filter(|_| !unnamed) {
            Some(member) => analysis.name_of(member).to_owned(),
            None => prose(analysis, *range),
        };
        return Some((name, *range));
    }
    let id = claim.actors.first()?;
    let registry = analysis.registry();
    let known = registry.find(id).and_then(|actor| registry.get(actor));
    Some((known.map_or((*id).to_owned(), |actor| actor.name.to_string()), *claim.content.first()?))
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

    #[test]
    fn pronouns_and_short_names_are_one_speaker() {
        let text = "The deficit would fall, Maria Keller said on Monday. “We kept our word,” Keller said. She said the vote was safe.";
        let analysis = Analysis::new(Arc::from(text), Arc::default());
        let speakers: Vec<_> =
            symbols(&analysis).into_iter().map(|symbol| (symbol.name, symbol.detail)).collect();
        assert_eq!(speakers, [("Maria Keller".to_owned(), "3 claims".to_owned())]);
    }
}
