//! What of an article can be folded away.

use crate::analysis::Analysis;
use crate::article::{BlockKind, Directive, HeaderForm};
use crate::text::{TextRange, TextSize, size};

/// A stretch that can be folded away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fold {
    /// All of it, in bytes of the article; what stays visible is its first line.
    pub range: TextRange,
    /// What it is.
    pub kind: FoldKind,
}

/// What a stretch that can be folded away is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoldKind {
    /// The front matter.
    Header,
    /// A comment.
    Comment,
    /// From a comment that turns rules off to the one that turns them on again.
    Silent,
    /// A subhead with what stands under it.
    Section,
}

/// The folds in the order of their beginnings.
pub fn folds(analysis: &Analysis) -> Vec<Fold> {
    let mut out = Vec::new();
    let header = analysis.header();
    if header.form == Some(HeaderForm::FrontMatter) {
        let words = analysis.text()[header.range].trim_end();
        let end = header.range.start() + size(words.len());
        out.push(Fold { range: TextRange::new(header.range.start(), end), kind: FoldKind::Header });
    }
    let mut silent: Option<TextSize> = None;
    for block in analysis.blocks() {
        for comment in &block.markup.comments {
            let range = comment.range + block.range.start();
            out.push(Fold { range, kind: FoldKind::Comment });
            match comment.directive {
                Some(Directive::Off(_)) => silent = silent.or(Some(range.start())),
                Some(Directive::On(_)) => {
                    let fold =
                        |start| Fold { range: TextRange::new(start, range.end()), kind: FoldKind::Silent };
                    out.extend(silent.take().map(fold));
                }
                _ => {}
            }
        }
    }
    let end = analysis.blocks().last().map_or(size(0), |block| block.range.end());
    out.extend(
        silent.map(|start| Fold { range: TextRange::new(start, end.max(start)), kind: FoldKind::Silent }),
    );
    let sections = sections(analysis).into_iter().skip(1);
    out.extend(sections.map(|range| Fold { range, kind: FoldKind::Section }));
    out.sort_by_key(|fold| (fold.range.start(), std::cmp::Reverse(fold.range.end())));
    out
}

/// The article cut at its subheads: what comes before the first, then each with what stands under it.
pub(super) fn sections(analysis: &Analysis) -> Vec<TextRange> {
    let mut out: Vec<TextRange> = vec![TextRange::default()];
    for block in analysis.blocks() {
        match out.last_mut() {
            Some(section) if block.kind != BlockKind::Subhead => {
                let whole = if section.is_empty() { block.range } else { section.cover(block.range) };
                *section = whole;
            }
            _ => out.push(block.range),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn header_sections_and_silent_stretches_fold() {
        let text = "---\ndate: 2022-10-09\n---\n\nThe bridge closed on Monday.\n\nWhat comes next\n\nIt will reopen in a year.\n\n<!-- onrecord: off -->\n\nIt rained.\n\n<!-- onrecord: on -->\n";
        let analysis = Analysis::new(Arc::from(text), Arc::default());
        let found: Vec<_> = folds(&analysis)
            .into_iter()
            .filter(|fold| text[fold.range].contains('\n'))
            .map(|fold| {
                (fold.kind, text[fold.range].lines().next().unwrap_or(""), text[fold.range].lines().count())
            })
            .collect();
        assert_eq!(
            found,
            [
                (FoldKind::Header, "---", 3),
                (FoldKind::Section, "What comes next", 9),
                (FoldKind::Silent, "<!-- onrecord: off -->", 5),
            ]
        );
    }
}
