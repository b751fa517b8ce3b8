//! Hover, completion and definition in a file about a folder's articles: `actors.toml`, `onrecord.toml`.

use ropey::Rope;
use tower_lsp::ls_types as lsp;

use super::{completion, hover};
use crate::ide;
use crate::server::capabilities::Support;
use crate::server::knowledge::FolderFile;
use crate::server::session::Session;
use crate::server::snapshot::Snapshot;
use crate::server::{from_proto, to_proto};
use crate::text::TextSize;

/// A place in such a file.
struct At<'a> {
    file: FolderFile,
    rope: &'a Rope,
    text: String,
    offset: TextSize,
    support: &'a Support,
}

fn at<'a>(session: &'a Session, snapshot: &'a Snapshot, position: lsp::Position) -> Option<At<'a>> {
    let file = FolderFile::named(snapshot.uri())?;
    let (rope, support) = (snapshot.rope.as_ref()?, session.support()?);
    let offset = from_proto::offset(rope, position, support.encoding).ok()?;
    Some(At { file, rope, text: rope.to_string(), offset, support })
}

pub(super) fn hover(session: &Session, snapshot: &Snapshot, position: lsp::Position) -> Option<lsp::Hover> {
    let at = at(session, snapshot, position)?;
    let found = match at.file {
        FolderFile::Registry(_) => ide::registry_hover(&at.text, at.offset),
        FolderFile::Config(_) => ide::config_hover(&at.text, at.offset),
        FolderFile::Baseline(_) | FolderFile::Sidecar(_) => None,
    }?;
    let range = to_proto::range(at.rope, found.range, at.support.encoding);
    Some(hover::shown(&found.markdown, range, at.support))
}

pub(super) fn definition(
    session: &Session,
    snapshot: &Snapshot,
    position: lsp::Position,
) -> Option<lsp::GotoDefinitionResponse> {
    let at = at(session, snapshot, position)?;
    let range = match at.file {
        FolderFile::Registry(_) => ide::registry_definition(&at.text, at.offset)?,
        FolderFile::Config(_) | FolderFile::Baseline(_) | FolderFile::Sidecar(_) => return None,
    };
    let range = to_proto::range(at.rope, range, at.support.encoding);
    Some(lsp::GotoDefinitionResponse::Scalar(lsp::Location { uri: snapshot.uri().clone(), range }))
}

pub(super) fn completion(
    session: &Session,
    snapshot: &Snapshot,
    position: lsp::Position,
) -> Option<lsp::CompletionResponse> {
    let at = at(session, snapshot, position)?;
    let found = match at.file {
        FolderFile::Registry(_) => ide::registry_completion(&at.text, at.offset),
        FolderFile::Config(_) => ide::config_completion(&at.text, at.offset),
        FolderFile::Baseline(_) | FolderFile::Sidecar(_) => return None,
    };
    Some(completion::listed(found, at.rope, at.support).into())
}
