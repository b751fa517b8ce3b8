//! `textDocument/hover`.

use tower_lsp::ls_types::{Hover, HoverContents, Position, Range};

use super::Reading;
use crate::ide;
use crate::server::capabilities::Support;
use crate::server::long_text::let_go;
use crate::server::to_proto;

pub(super) fn hover(reading: &Reading<'_>, position: Position) -> Option<Hover> {
    let (analysis, offset) = (reading.analysis, reading.offset(position)?);
    let index = reading.session.knowledge().index();
    // While somebody types a name, who is who is known of the text a moment ago.
    let before = reading.snapshot.named_before().filter(|_| !analysis.has_cast());
    let hover = before.and_then(|before| {
        let hover = ide::hover_as_before(&before, analysis, offset, &index);
        let_go(analysis.text().len(), before);
        hover
    });
    let hover = hover.or_else(|| ide::hover_in_folder(analysis, offset, &index))?;
    Some(shown(&hover.markdown, reading.range(hover.range), reading.support))
}

/// A hover that says `markdown` of `range`.
pub(super) fn shown(markdown: &str, range: Range, support: &Support) -> Hover {
    let markup = to_proto::markup(markdown, support.hover_markdown);
    Hover { contents: HoverContents::Markup(markup), range: Some(range) }
}
