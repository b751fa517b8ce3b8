//! The outline of an article.

use super::speakers::{Speaker, speakers};
use super::{prose, shorten};
use crate::analysis::{AnalysedBlock, Analysis};
use crate::article::BlockKind;
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
    let is_heading = |block: &AnalysedBlock| matches!(block.kind, BlockKind::Headline | BlockKind::Subhead);
    let mut out: Vec<(usize, Symbol)> = Vec::new();
    for (index, block) in analysis.blocks().iter().enumerate().filter(|(_, block)| is_heading(block)) {
        out.push((index, heading(block)));
    }
    out.extend(speakers(analysis).iter().map(|speaker| (speaker.block, of_speaker(analysis, speaker))));
    out.sort_by_key(|(block, _)| *block);
    out.into_iter().map(|(_, symbol)| symbol).collect()
}

fn heading(block: &AnalysedBlock) -> Symbol {
    Symbol {
        name: shorten(block.markup.prose.text(), SHOWN),
        detail: String::new(),
        kind: SymbolKind::Heading,
        range: block.range,
        selection: block.range,
        children: Vec::new(),
    }
}

fn of_speaker(analysis: &Analysis, speaker: &Speaker) -> Symbol {
    let children: Vec<Symbol> = speaker
        .claims
        .iter()
        .map(|said| Symbol {
            name: shorten(&prose(analysis, said.content), SHOWN),
            detail: said.cue.map_or(String::new(), |cue| prose(analysis, cue)),
            kind: SymbolKind::Claim,
            range: said.range,
            selection: said.content,
            children: Vec::new(),
        })
        .collect();
    Symbol {
        name: speaker.name.clone(),
        detail: counted(children.len(), "claim"),
        kind: SymbolKind::Speaker,
        range: children.iter().map(|claim| claim.range).fold(speaker.words, TextRange::cover),
        selection: speaker.words,
        children,
    }
}

/// `count` of what `one` is the word for: "1 claim", "3 claims".
pub(super) fn counted(count: usize, one: &str) -> String {
    format!("{count} {one}{}", if count == 1 { "" } else { "s" })
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
}
