//! `textDocument/inlayHint` and `inlayHint/resolve`.

use serde::{Deserialize, Serialize};
use tower_lsp::ls_types as lsp;
use tower_lsp::ls_types::Uri;

use super::Reading;
use crate::ide::{self, Hint, HintKind, HintKinds};
use crate::server::session::Session;
use crate::server::{from_proto, to_proto};
use crate::text::TextRange;

/// What a hint without its tooltip was made from.
#[derive(Debug, Serialize, Deserialize)]
struct From {
    uri: Uri,
    version: i32,
}

pub(super) fn inlay_hint(reading: &Reading<'_>, range: lsp::Range) -> Vec<lsp::InlayHint> {
    let within = from_proto::range(reading.rope, range, reading.support.encoding);
    let found = ide::hints(reading.analysis, within, reading.session.hints());
    found.into_iter().map(|hint| shown(reading, hint)).collect()
}

fn shown(reading: &Reading<'_>, hint: Hint) -> lsp::InlayHint {
    let follows = hint.kind != HintKind::Speaker;
    let lazy = reading.support.hints_lazy;
    let from = From { uri: reading.snapshot.uri().clone(), version: reading.snapshot.version };
    lsp::InlayHint {
        position: to_proto::position(reading.rope, hint.offset, reading.support.encoding),
        label: hint.label.into(),
        kind: Some(if follows { lsp::InlayHintKind::TYPE } else { lsp::InlayHintKind::PARAMETER }),
        text_edits: None,
        tooltip: (!lazy).then(|| to_proto::markup(&hint.reason, reading.support.hover_markdown).into()),
        padding_left: follows.then_some(true),
        padding_right: (!follows).then_some(true),
        data: if lazy { serde_json::to_value(from).ok() } else { None },
    }
}

/// `hint` with the reason for it, unless the text has changed since.
pub(super) fn resolve(session: &Session, mut hint: lsp::InlayHint) -> lsp::InlayHint {
    let reason = hint.data.take().and_then(|data| reason(session, &hint, data));
    hint.tooltip = reason.map(Into::into).or(hint.tooltip);
    hint
}

fn reason(session: &Session, hint: &lsp::InlayHint, data: serde_json::Value) -> Option<lsp::MarkupContent> {
    let from: From = serde_json::from_value(data).ok()?;
    let snapshot = session.documents().snapshot(from.uri.as_str())?;
    let (support, rope) = (session.support()?, snapshot.rope.as_ref()?);
    if snapshot.version != from.version {
        return None;
    }
    let analysis = snapshot.analysis().ok().flatten()?;
    let offset = from_proto::offset(rope, hint.position, support.encoding).ok()?;
    let here = ide::hints(&analysis, TextRange::empty(offset), HintKinds::default());
    let same =
        |found: &&Hint| matches!(&hint.label, lsp::InlayHintLabel::String(label) if *label == found.label);
    Some(to_proto::markup(&here.iter().find(same)?.reason, support.hover_markdown))
}
