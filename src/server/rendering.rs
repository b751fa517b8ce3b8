//! Diagnostics as JSON, of which after an edit only what changed is written again.

use std::sync::Arc;

use bytes::Bytes;
use ropey::Rope;
use serde::Serialize;
use tower_lsp::ls_types as lsp;

use super::capabilities::Support;
use super::to_proto::{position, severity};
use super::walk::Walk;
use crate::analysis::{AnalysedBlock, Analysis};
use crate::rules::{Finding, Related};
use crate::text::{Encoding, TextSize};

/// Who says it, beside each diagnostic.
pub(super) const SOURCE: &str = "onrecord";

/// The diagnostics of a document as JSON.
#[derive(Debug)]
pub(super) struct Rendering {
    analysis: Arc<Analysis>,
    /// The objects with a comma after each: those of the blocks, then those of the article at large.
    json: Bytes,
    /// The blocks in text order.
    blocks: Vec<Placed>,
    /// Where those of the article at large begin.
    at_large: usize,
}

/// A block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Placed {
    /// Where it begins, as the client counts.
    place: lsp::Position,
    /// Where its diagnostics begin.
    json: usize,
}

impl Rendering {
    /// The findings of `analysis`, whose text is `rope`, as diagnostics of the document `uri`. What
    /// `before` holds of them, rendered for the same client and document, is copied.
    pub(super) fn new(
        analysis: &Arc<Analysis>,
        rope: &Rope,
        uri: &str,
        support: &Support,
        before: Option<&Self>,
    ) -> Self {
        let count = analysis.blocks().len();
        let kept = Kept::new(analysis, rope, support.encoding, before);
        let size = before.map_or(0, |before| before.json.len() + 1024);
        let mut writer = Writer {
            json: Vec::with_capacity(size),
            walk: Walk::new(analysis.text(), rope, support.encoding),
            uri,
            support,
        };
        let mut blocks = Vec::with_capacity(count);
        if let Some(before) = before {
            writer.json.extend_from_slice(&before.json[..before.begins(kept.first)]);
            blocks.extend_from_slice(&before.blocks[..kept.first]);
        }
        for block in kept.first..count - kept.last {
            let json = writer.json.len();
            blocks.push(Placed { place: writer.walk.to(analysis.blocks()[block].range.start()), json });
            analysis.found(block).for_each(|(start, finding)| writer.write(finding, start));
        }
        if let Some(before) = before {
            let first = before.blocks.len() - kept.last;
            let (old, new) = (before.begins(first), writer.json.len());
            writer.json.extend_from_slice(&before.json[old..before.at_large]);
            let moved = |placed: &Placed| Placed { json: placed.json - old + new, ..*placed };
            blocks.extend(before.blocks[first..].iter().map(moved));
        }
        let at_large = writer.json.len();
        writer.walk.restart();
        analysis.at_large().iter().for_each(|finding| writer.write(finding, 0.into()));
        if before.is_none() {
            writer.json.shrink_to_fit();
        }
        Self { analysis: Arc::clone(analysis), json: writer.json.into(), blocks, at_large }
    }

    /// The objects with commas between them.
    pub(super) fn items(&self) -> Bytes {
        self.json.slice(..self.json.len().saturating_sub(1))
    }

    /// Where the diagnostics of block `index` begin.
    fn begins(&self, index: usize) -> usize {
        self.blocks.get(index).map_or(self.at_large, |block| block.json)
    }
}

/// How many blocks at either end are as they were and stand where they stood.
#[derive(Clone, Copy, Debug, Default)]
struct Kept {
    first: usize,
    last: usize,
}

impl Kept {
    fn new(analysis: &Analysis, rope: &Rope, encoding: Encoding, before: Option<&Rendering>) -> Self {
        let Some(before) = before else { return Self::default() };
        if analysis.has_silences() || before.analysis.has_silences() {
            return Self::default();
        }
        let (old, new) = (before.analysis.blocks(), analysis.blocks());
        let (old_text, new_text) = (before.analysis.text().as_bytes(), analysis.text().as_bytes());
        let shorter = old.len().min(new.len());
        // A block stands where it stood if all the text before it is the same.
        let head = common_prefix(old_text, new_text);
        let is_first = |at: &usize| {
            let (old, new) = (&old[*at], &new[*at]);
            let start = new.range.start();
            new.is_kept_from(old) && old.range.start() == start && usize::from(start) <= head
        };
        let first = (0..shorter).take_while(is_first).count();
        // One with the same text after it may have moved; once one of them has not, none after it has.
        let tail = common_suffix(old_text, new_text);
        let from_end = |text: &[u8], block: &AnalysedBlock| text.len() - usize::from(block.range.start());
        let is_last = |back: &usize| {
            let (old, new) = (&old[old.len() - back], &new[new.len() - back]);
            let distance = from_end(new_text, new);
            new.is_kept_from(old) && from_end(old_text, old) == distance && distance <= tail
        };
        let last = (1..=shorter - first).take_while(is_last).count();
        let (old, new) = (&before.blocks[old.len() - last..], &new[new.len() - last..]);
        let mut moved = 0..last;
        while !moved.is_empty() {
            let middle = moved.start + moved.len() / 2;
            if position(rope, new[middle].range.start(), encoding) == old[middle].place {
                moved.end = middle;
            } else {
                moved.start = middle + 1;
            }
        }
        Self { first, last: last - moved.start }
    }
}

/// How many bytes are compared at once.
const STRIDE: usize = 4096;

/// How many bytes `a` and `b` share at their beginning.
fn common_prefix(a: &[u8], b: &[u8]) -> usize {
    let strides = a.chunks_exact(STRIDE).zip(b.chunks_exact(STRIDE)).take_while(|(a, b)| a == b).count();
    let done = strides * STRIDE;
    done + a[done..].iter().zip(&b[done..]).take_while(|(a, b)| a == b).count()
}

/// How many bytes `a` and `b` share at their end.
fn common_suffix(a: &[u8], b: &[u8]) -> usize {
    let strides = a.rchunks_exact(STRIDE).zip(b.rchunks_exact(STRIDE)).take_while(|(a, b)| a == b).count();
    let done = strides * STRIDE;
    let rest = |text: &[u8]| text.len() - done;
    let (a, b) = (a[..rest(a)].iter().rev(), b[..rest(b)].iter().rev());
    done + a.zip(b).take_while(|(a, b)| a == b).count()
}

/// A diagnostic as JSON. Unlike `ls_types::Diagnostic` it borrows.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Diagnostic<'a> {
    range: lsp::Range,
    severity: lsp::DiagnosticSeverity,
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    code_description: Option<CodeDescription>,
    source: &'static str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    tags: Option<[lsp::DiagnosticTag; 1]>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_information: Vec<RelatedInformation<'a>>,
}

#[derive(Debug, Serialize)]
struct CodeDescription {
    href: String,
}

#[derive(Debug, Serialize)]
struct RelatedInformation<'a> {
    location: Location<'a>,
    message: &'a str,
}

#[derive(Debug, Serialize)]
struct Location<'a> {
    uri: &'a str,
    range: lsp::Range,
}

/// Writes diagnostics.
struct Writer<'a> {
    json: Vec<u8>,
    walk: Walk<'a>,
    uri: &'a str,
    support: &'a Support,
}

impl Writer<'_> {
    /// Writes `finding`, whose ranges count from `start`.
    fn write(&mut self, finding: &Finding, start: TextSize) {
        let uri = self.uri;
        let shown: &[Related] = if self.support.related_information { &finding.related } else { &[] };
        let diagnostic = Diagnostic {
            range: self.walk.range(finding.range + start),
            severity: severity(finding.severity),
            code: finding.rule.code,
            code_description: self
                .support
                .code_description
                .then(|| CodeDescription { href: finding.rule.url() }),
            source: SOURCE,
            message: &finding.message,
            tags: (self.support.faded && finding.rule.finds_unneeded())
                .then_some([lsp::DiagnosticTag::UNNECESSARY]),
            related_information: shown
                .iter()
                .map(|related| RelatedInformation {
                    location: Location { uri, range: self.walk.aside(related.range + start) },
                    message: &related.message,
                })
                .collect(),
        };
        // Strings and numbers go into memory without fail.
        let _ = serde_json::to_writer(&mut self.json, &diagnostic);
        self.json.push(b',');
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::analysis::Setup;

    #[test]
    fn the_shared_ends_of_two_texts() {
        for length in [0, 1, STRIDE - 1, STRIDE, STRIDE + 1, 3 * STRIDE] {
            let (same, head, tail) = ("a".repeat(length), "b".repeat(length + 1), "c".repeat(length + 2));
            let (a, b) = (format!("{same}{head}{same}"), format!("{same}{tail}{same}"));
            assert_eq!(common_prefix(a.as_bytes(), b.as_bytes()), length);
            assert_eq!(common_suffix(a.as_bytes(), b.as_bytes()), length);
            assert_eq!(common_prefix(same.as_bytes(), a.as_bytes()), length);
        }
    }

    proptest! {
        #[test]
        fn what_is_copied_is_what_would_be_written(
            parts in prop::collection::vec(prop::sample::select(PARTS.to_vec()), 0..24),
            edits in prop::collection::vec((0_usize..24, any::<bool>(), prop::sample::select(PARTS.to_vec())), 1..5),
            encoding in prop::sample::select(vec![Encoding::Utf8, Encoding::Utf16, Encoding::Utf32]),
        ) {
            let setup = Arc::new(Setup::default());
            let support = Support { encoding, related_information: true, code_description: true, ..Support::default() };
            let render = |analysis: &Arc<Analysis>, before: Option<&Rendering>| {
                let rope = Rope::from_str(analysis.text());
                Rendering::new(analysis, &rope, "file:///a.article", &support, before)
            };
            let mut parts = parts;
            let mut analysis = Arc::new(Analysis::new(parts.concat().into(), Arc::clone(&setup)));
            let mut rendering = render(&analysis, None);
            for (at, insert, part) in edits {
                let at = at.min(parts.len());
                if insert || at == parts.len() { parts.insert(at, part) } else { parts[at] = part }
                let text = parts.concat().into();
                analysis = Analysis::update(text, Arc::clone(&setup), Some(&analysis), &|| false).unwrap().into();
                rendering = render(&analysis, Some(&rendering));
                let fresh = render(&analysis, None);
                prop_assert_eq!(&rendering.json, &fresh.json);
                prop_assert_eq!(&rendering.blocks, &fresh.blocks);
                let items = [b"[", &*rendering.items(), b"]"].concat();
                let count = serde_json::from_slice::<Vec<serde_json::Value>>(&items).unwrap().len();
                prop_assert_eq!(count, analysis.findings().len());
            }
        }
    }

    const PARTS: [&str; 14] = [
        "\n\n",
        "\n",
        "\r",
        " ",
        "It is believed that he left. ",
        "“We object",
        "” ",
        "The report said so. ",
        "[a]{.claim}",
        "<!-- onrecord: ignore ATT02 -->",
        "date 2022-10-09 ",
        "é𝄞 ",
        "Sources said the vote was lost. ",
        "The Guardian reported that the minister will resign. ",
    ];
}
