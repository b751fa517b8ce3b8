//! `textDocument/semanticTokens/full`, `full/delta` and `range`.

use std::sync::{Arc, PoisonError};

use tower_lsp::ls_types as lsp;

use super::Reading;
use crate::server::from_proto;
use crate::server::tokens::{Tokens, encode};
use crate::text::{TextRange, size};

/// All tokens, and those the client has already where `previous` names them.
fn whole(reading: &Reading<'_>, previous: Option<&str>) -> Option<(Arc<Tokens>, Option<Arc<Tokens>>)> {
    let support = reading.support.tokens.as_ref()?;
    let sent = || reading.snapshot.opened.tokens.lock().unwrap_or_else(PoisonError::into_inner);
    let known = sent().clone();
    let id = reading.snapshot.revision.to_string();
    let before = known.clone().filter(|known| Some(known.id.as_str()) == previous);
    if let Some(known) = known.filter(|known| known.id == id) {
        return Some((known, before));
    }
    let all = TextRange::up_to(size(reading.analysis.text().len()));
    let data = encode(reading.analysis, reading.rope, all, reading.support.encoding, support);
    let tokens = Arc::new(Tokens { id, data });
    *sent() = Some(Arc::clone(&tokens));
    Some((tokens, before))
}

pub(super) fn full(reading: &Reading<'_>) -> Option<lsp::SemanticTokensResult> {
    let (tokens, _) = whole(reading, None)?;
    Some(lsp::SemanticTokensResult::Tokens(all(&tokens)))
}

/// What changed since the tokens named `previous`; all of them when those are not the last sent.
pub(super) fn delta(reading: &Reading<'_>, previous: &str) -> Option<lsp::SemanticTokensFullDeltaResult> {
    let (tokens, before) = whole(reading, Some(previous))?;
    let Some(before) = before else {
        return Some(lsp::SemanticTokensFullDeltaResult::Tokens(all(&tokens)));
    };
    Some(lsp::SemanticTokensFullDeltaResult::TokensDelta(lsp::SemanticTokensDelta {
        result_id: Some(tokens.id.clone()),
        edits: tokens.edit_of(&before).into_iter().collect(),
    }))
}

fn all(tokens: &Tokens) -> lsp::SemanticTokens {
    lsp::SemanticTokens { result_id: Some(tokens.id.clone()), data: tokens.data.clone() }
}

pub(super) fn range(reading: &Reading<'_>, range: lsp::Range) -> Option<lsp::SemanticTokensRangeResult> {
    let support = reading.support.tokens.as_ref()?;
    let within = from_proto::range(reading.rope, range, reading.support.encoding);
    let data = encode(reading.analysis, reading.rope, within, reading.support.encoding, support);
    Some(lsp::SemanticTokensRangeResult::Tokens(lsp::SemanticTokens { result_id: None, data }))
}
