//! `textDocument/foldingRange`, `selectionRange` and `documentLink`.

use ropey::Rope;
use tower_lsp::ls_types as lsp;

use super::Reading;
use crate::ide::{self, FoldKind, Link};
use crate::server::session::Session;
use crate::server::snapshot::Snapshot;
use crate::server::to_proto;
use crate::text::{Encoding, TextRange, size};

/// Whole lines: every client can fold those. No more than the client wants.
pub(super) fn folding_range(reading: &Reading<'_>) -> Vec<lsp::FoldingRange> {
    let folds = ide::folds(reading.analysis).into_iter().filter_map(|fold| {
        let range = reading.range(fold.range);
        (range.start.line < range.end.line).then(|| lsp::FoldingRange {
            start_line: range.start.line,
            end_line: range.end.line,
            kind: Some(match fold.kind {
                FoldKind::Comment => lsp::FoldingRangeKind::Comment,
                FoldKind::Header | FoldKind::Silent | FoldKind::Section => lsp::FoldingRangeKind::Region,
            }),
            ..lsp::FoldingRange::default()
        })
    });
    folds.take(reading.support.folds.unwrap_or(usize::MAX)).collect()
}

/// For each of `positions` what a selection there grows to.
pub(super) fn selection_range(
    reading: &Reading<'_>,
    positions: &[lsp::Position],
) -> Vec<lsp::SelectionRange> {
    positions.iter().map(|position| selection(reading, *position)).collect()
}

fn selection(reading: &Reading<'_>, position: lsp::Position) -> lsp::SelectionRange {
    let steps = reading.offset(position).map(|offset| ide::selections(reading.analysis, offset));
    let widest_first = steps.unwrap_or_default().into_iter().rev();
    let grown = widest_first.fold(None, |parent: Option<Box<lsp::SelectionRange>>, step| {
        Some(Box::new(lsp::SelectionRange { range: reading.range(step), parent }))
    });
    let nothing = lsp::Range { start: position, end: position };
    grown.map_or(lsp::SelectionRange { range: nothing, parent: None }, |grown| *grown)
}

pub(super) fn document_link(reading: &Reading<'_>) -> Vec<lsp::DocumentLink> {
    let found = ide::links(reading.analysis.text(), reading.analysis.header().range);
    shown(found, reading.rope, reading.support.encoding)
}

/// The links of a file about a folder's articles, all of which is data.
pub(super) fn document_link_in_file(
    session: &Session,
    snapshot: &Snapshot,
) -> Option<Vec<lsp::DocumentLink>> {
    let rope = snapshot.rope.as_ref()?;
    let text = rope.to_string();
    let found = ide::links(&text, TextRange::up_to(size(text.len())));
    Some(shown(found, rope, session.support()?.encoding))
}

fn shown(links: Vec<Link>, rope: &Rope, encoding: Encoding) -> Vec<lsp::DocumentLink> {
    let link = |link: Link| {
        let target = Some(link.target.parse().ok()?);
        let range = to_proto::range(rope, link.range, encoding);
        Some(lsp::DocumentLink { range, target, tooltip: None, data: None })
    };
    links.into_iter().filter_map(link).collect()
}
