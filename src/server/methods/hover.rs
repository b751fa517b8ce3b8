//! `textDocument/hover`.

use tower_lsp::ls_types::{Hover, HoverContents, Position, Range};

use super::Reading;
use crate::ide;
use crate::server::capabilities::Support;
use crate::server::to_proto;

pub(super) fn hover(reading: &Reading<'_>, position: Position) -> Option<Hover> {
    let index = reading.session.knowledge().index();
    let hover = ide::hover_in_folder(reading.analysis, reading.offset(position)?, &index)?;
    Some(shown(&hover.markdown, reading.range(hover.range), reading.support))
}

/// A hover that says `markdown` of `range`.
pub(super) fn shown(markdown: &str, range: Range, support: &Support) -> Hover {
    let markup = to_proto::markup(markdown, support.hover_markdown);
    Hover { contents: HoverContents::Markup(markup), range: Some(range) }
}
