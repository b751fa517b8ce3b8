//! `textDocument/hover`.

use tower_lsp::ls_types::{Hover, HoverContents, Position};

use super::Reading;
use crate::ide;
use crate::server::to_proto;

pub(super) fn hover(reading: &Reading<'_>, position: Position) -> Option<Hover> {
    let hover = ide::hover(reading.analysis, reading.offset(position)?)?;
    let markup = to_proto::markup(&hover.markdown, reading.support.hover_markdown);
    Some(Hover { contents: HoverContents::Markup(markup), range: Some(reading.range(hover.range)) })
}
