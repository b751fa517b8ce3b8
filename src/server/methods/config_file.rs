//! `textDocument/hover` and `textDocument/completion` in an open `onrecord.toml`.

use tower_lsp::ls_types::{CompletionResponse, Hover, Position};

use super::{completion, hover};
use crate::ide;
use crate::server::knowledge::FolderFile;
use crate::server::ordered::Call;
use crate::server::session::Session;
use crate::server::snapshot::Snapshot;
use crate::server::{from_proto, to_proto};

/// Whether the request at hand is about one.
pub(super) fn is_meant() -> bool {
    let snapshot = Call::current().and_then(|call| call.snapshot());
    snapshot.is_some_and(|snapshot| matches!(FolderFile::named(snapshot.uri()), Some(FolderFile::Config(_))))
}

pub(super) fn hover(session: &Session, snapshot: &Snapshot, position: Position) -> Option<Hover> {
    let (rope, support) = (snapshot.rope.as_ref()?, session.support()?);
    let offset = from_proto::offset(rope, position, support.encoding).ok()?;
    let found = ide::config_hover(&rope.to_string(), offset)?;
    let range = to_proto::range(rope, found.range, support.encoding);
    Some(hover::shown(&found.markdown, range, support))
}

pub(super) fn completion(
    session: &Session,
    snapshot: &Snapshot,
    position: Position,
) -> Option<CompletionResponse> {
    let (rope, support) = (snapshot.rope.as_ref()?, session.support()?);
    let offset = from_proto::offset(rope, position, support.encoding).ok()?;
    let found = ide::config_completion(&rope.to_string(), offset);
    Some(completion::listed(found, rope, support))
}
