//! `textDocument/definition`.

use tower_lsp::ls_types::{GotoDefinitionResponse, Location, Position};

use super::Reading;
use crate::ide;

pub(super) fn definition(reading: &Reading<'_>, position: Position) -> Option<GotoDefinitionResponse> {
    let range = ide::definition(reading.analysis, reading.offset(position)?)?;
    let uri = reading.snapshot.uri().clone();
    Some(GotoDefinitionResponse::Scalar(Location { uri, range: reading.range(range) }))
}
