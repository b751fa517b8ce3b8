//! `textDocument/definition`.

use tower_lsp::ls_types::{GotoDefinitionResponse, Location, Position};

use super::{Reading, actors};
use crate::ide;

pub(super) fn definition(reading: &Reading<'_>, position: Position) -> Option<GotoDefinitionResponse> {
    let offset = reading.offset(position)?;
    if let Some(entry) = actors::entry(reading, offset) {
        return Some(GotoDefinitionResponse::Scalar(entry));
    }
    let range = ide::definition(reading.analysis, offset)?;
    let uri = reading.snapshot.uri().clone();
    Some(GotoDefinitionResponse::Scalar(Location { uri, range: reading.range(range) }))
}
