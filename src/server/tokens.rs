//! Semantic tokens as the protocol writes them: each by its distance from the one before.

use ropey::Rope;
use tower_lsp::ls_types as lsp;

use super::capabilities::TokenSupport;
use super::walk::{Walk, units};
use crate::analysis::Analysis;
use crate::ide;
use crate::text::{Encoding, TextRange};

/// Numbers the protocol has for a token.
const NUMBERS: usize = 5;

/// The tokens of a whole document, as they were sent.
#[derive(Debug)]
pub(super) struct Tokens {
    /// Their name: the revision of the snapshot they are of.
    pub(super) id: String,
    pub(super) data: Vec<lsp::SemanticToken>,
}

impl Tokens {
    /// The one edit that makes these tokens of those `before`; none where they are the same.
    pub(super) fn edit_of(&self, before: &Self) -> Option<lsp::SemanticTokensEdit> {
        let (old, new) = (&before.data, &self.data);
        let first = old.iter().zip(new).take_while(|(old, new)| old == new).count();
        let rest = old[first..].iter().rev().zip(new[first..].iter().rev());
        let last = rest.take_while(|(old, new)| old == new).count();
        let (gone, come) = (old.len() - first - last, &new[first..new.len() - last]);
        if gone == 0 && come.is_empty() {
            return None;
        }
        let number = |count: usize| u32::try_from(count * NUMBERS).unwrap_or(u32::MAX);
        Some(lsp::SemanticTokensEdit {
            start: number(first),
            delete_count: number(gone),
            data: Some(come.to_vec()),
        })
    }
}

/// The tokens of `analysis`, whose text is `rope`, that touch `within`.
pub(super) fn encode(
    analysis: &Analysis,
    rope: &Rope,
    within: TextRange,
    encoding: Encoding,
    support: &TokenSupport,
) -> Vec<lsp::SemanticToken> {
    let mut tokens = ide::semantic_tokens(analysis, within);
    if !support.overlapping {
        tokens = ide::flat(&tokens);
    }
    if !support.multiline {
        tokens = ide::by_line(&tokens, analysis.text());
    }
    let mut walk = Walk::new(analysis.text(), rope, encoding);
    let mut before = lsp::Position::default();
    tokens
        .iter()
        .map(|token| {
            let start = walk.to(token.range.start());
            let delta_line = start.line - before.line;
            let delta_start =
                if delta_line == 0 { start.character - before.character } else { start.character };
            before = start;
            lsp::SemanticToken {
                delta_line,
                delta_start,
                length: units(&analysis.text()[token.range], encoding),
                token_type: token.kind as u32,
                token_modifiers_bitset: 0,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(starts: &[u32]) -> Tokens {
        let token = |start: &u32| lsp::SemanticToken { delta_start: *start, ..Default::default() };
        Tokens { id: String::new(), data: starts.iter().map(token).collect() }
    }

    #[test]
    fn what_is_alike_at_both_ends_is_not_sent_again() {
        let edit = tokens(&[1, 2, 9, 4]).edit_of(&tokens(&[1, 2, 3, 3, 4])).unwrap();
        assert_eq!((edit.start, edit.delete_count, edit.data.unwrap().len()), (10, 10, 1));
        assert_eq!(tokens(&[1, 1, 1]).edit_of(&tokens(&[1, 1])).unwrap().delete_count, 0);
        assert_eq!(tokens(&[1]).edit_of(&tokens(&[1])), None);
    }
}
