//! `textDocument/formatting` and `rangeFormatting`: canonical markup, an edit for each span that is written otherwise.

use tower_lsp::ls_types as lsp;

use super::Reading;
use crate::article::format;
use crate::server::from_proto;

/// The edits that put the article's markup into canonical form; with `within`, of the spans whose attributes touch it.
pub(super) fn formatting(reading: &Reading<'_>, within: Option<lsp::Range>) -> Vec<lsp::TextEdit> {
    let within = within.map(|range| from_proto::range(reading.rope, range, reading.support.encoding));
    let edits = format(reading.analysis.text()).edits.into_iter();
    let wanted = edits.filter(|edit| within.is_none_or(|within| within.intersect(edit.range).is_some()));
    let edit = |edit: crate::text::TextEdit| lsp::TextEdit {
        range: reading.range(edit.range),
        new_text: edit.new_text,
    };
    wanted.map(edit).collect()
}
