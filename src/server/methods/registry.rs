//! Hover, completion and definition in a registry file, `actors.toml`.

use ropey::Rope;
use tower_lsp::ls_types as lsp;

use super::completion;
use crate::ide;
use crate::server::capabilities::Support;
use crate::server::knowledge::registry_path;
use crate::server::session::Session;
use crate::server::snapshot::Snapshot;
use crate::server::{from_proto, to_proto};
use crate::text::TextSize;

/// A place in a registry.
struct At<'a> {
    rope: &'a Rope,
    text: String,
    offset: TextSize,
    support: &'a Support,
}

/// Whether `snapshot` is a registry.
pub(super) fn is_registry(snapshot: &Snapshot) -> bool {
    registry_path(snapshot.uri()).is_some()
}

fn at<'a>(session: &'a Session, snapshot: &'a Snapshot, position: lsp::Position) -> Option<At<'a>> {
    let (rope, support) = (snapshot.rope.as_ref()?, session.support()?);
    let offset = from_proto::offset(rope, position, support.encoding).ok()?;
    Some(At { rope, text: rope.to_string(), offset, support })
}

pub(super) fn hover(session: &Session, snapshot: &Snapshot, position: lsp::Position) -> Option<lsp::Hover> {
    let at = at(session, snapshot, position)?;
    let hover = ide::registry_hover(&at.text, at.offset)?;
    let markup = to_proto::markup(&hover.markdown, at.support.hover_markdown);
    let range = Some(to_proto::range(at.rope, hover.range, at.support.encoding));
    Some(lsp::Hover { contents: lsp::HoverContents::Markup(markup), range })
}

pub(super) fn definition(
    session: &Session,
    snapshot: &Snapshot,
    position: lsp::Position,
) -> Option<lsp::GotoDefinitionResponse> {
    let at = at(session, snapshot, position)?;
    let range = ide::registry_definition(&at.text, at.offset)?;
    let range = to_proto::range(at.rope, range, at.support.encoding);
    Some(lsp::GotoDefinitionResponse::Scalar(lsp::Location { uri: snapshot.uri().clone(), range }))
}

pub(super) fn completion(
    session: &Session,
    snapshot: &Snapshot,
    position: lsp::Position,
) -> Option<lsp::CompletionResponse> {
    let at = at(session, snapshot, position)?;
    let items = ide::registry_completion(&at.text, at.offset).into_iter().enumerate();
    let item = |(rank, found)| completion::item(at.rope, at.support, rank, found);
    Some(lsp::CompletionResponse::Array(items.map(item).collect()))
}
