//! `textDocument/hover`.

use tower_lsp::ls_types::{Hover, HoverContents, Position};

use super::Reading;
use crate::ide;
use crate::server::to_proto;

pub(super) fn hover(reading: &Reading<'_>, position: Position) -> Option<Hover> {
    let index = reading.session.knowledge().index();
    let hover = ide::hover_in_folder(reading.analysis, reading.offset(position)?, &index)?;
    let markup = to_proto::markup(&hover.markdown, reading.support.hover_markdown);
    Some(Hover { contents: HoverContents::Markup(markup), range: Some(reading.range(hover.range)) })
}
