//! From our data to the protocol's.

use memchr::memchr2_iter;
use ropey::Rope;
use serde::Serialize;
use tower_lsp::ls_types as lsp;

use super::capabilities::Support;
use crate::ide::{CompletionKind, SymbolKind};
use crate::rules::{Finding, Related, Rule, Severity};
use crate::text::{Encoding, Position, TextEdit, TextRange, TextSize};
use crate::workspace::RegistryFault;

/// Who says it, beside each diagnostic.
const SOURCE: &str = "onrecord";

/// The position of the byte `offset` of `rope`.
pub(super) fn position(rope: &Rope, offset: TextSize, encoding: Encoding) -> lsp::Position {
    let Position { line, column } = encoding.position(rope, offset);
    lsp::Position { line, character: column }
}

/// The range of the bytes `range` of `rope`.
pub(super) fn range(rope: &Rope, range: TextRange, encoding: Encoding) -> lsp::Range {
    lsp::Range { start: position(rope, range.start(), encoding), end: position(rope, range.end(), encoding) }
}

/// An edit of `rope`.
pub(super) fn text_edit(rope: &Rope, edit: &TextEdit, encoding: Encoding) -> lsp::TextEdit {
    lsp::TextEdit { range: range(rope, edit.range, encoding), new_text: edit.new_text.clone() }
}

/// The page of a rule.
pub(super) fn page(rule: &Rule) -> String {
    format!("{}/blob/main/docs/rules/{}.md", env!("CARGO_PKG_REPOSITORY"), rule.code)
}

pub(super) fn severity(severity: Severity) -> lsp::DiagnosticSeverity {
    match severity {
        Severity::Error => lsp::DiagnosticSeverity::ERROR,
        Severity::Warning => lsp::DiagnosticSeverity::WARNING,
        Severity::Information => lsp::DiagnosticSeverity::INFORMATION,
        Severity::Hint => lsp::DiagnosticSeverity::HINT,
    }
}

pub(super) fn completion_kind(kind: CompletionKind) -> lsp::CompletionItemKind {
    match kind {
        CompletionKind::Class => lsp::CompletionItemKind::CLASS,
        CompletionKind::Key => lsp::CompletionItemKind::PROPERTY,
        CompletionKind::Value => lsp::CompletionItemKind::ENUM_MEMBER,
        CompletionKind::Actor => lsp::CompletionItemKind::CONSTANT,
        CompletionKind::Span => lsp::CompletionItemKind::REFERENCE,
        CompletionKind::Code => lsp::CompletionItemKind::VALUE,
    }
}

/// The protocol knows no people: an outline's icon is the nearest there is.
pub(super) fn symbol_kind(kind: SymbolKind) -> lsp::SymbolKind {
    match kind {
        SymbolKind::Heading => lsp::SymbolKind::STRING,
        SymbolKind::Speaker => lsp::SymbolKind::OBJECT,
        SymbolKind::Claim => lsp::SymbolKind::EVENT,
    }
}

/// `text`, Markdown, for a client that shows it or one that does not.
pub(super) fn markup(text: &str, shows_markdown: bool) -> lsp::MarkupContent {
    if shows_markdown {
        lsp::MarkupContent { kind: lsp::MarkupKind::Markdown, value: text.to_owned() }
    } else {
        lsp::MarkupContent { kind: lsp::MarkupKind::PlainText, value: plain(text) }
    }
}

/// Markdown as one would read it aloud: no marks of emphasis, code or headings, no escapes, links
/// by their words.
fn plain(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    for line in markdown.split_inclusive('\n') {
        let heading = line.trim_start_matches('#');
        let line = if heading.len() < line.len() && heading.starts_with(' ') { &heading[1..] } else { line };
        let mut rest = line;
        while let Some(at) = rest.find(['\\', '*', '`', '[', ']']) {
            out.push_str(&rest[..at]);
            let mark = rest.as_bytes()[at];
            rest = &rest[at + 1..];
            match mark {
                b'\\' => {
                    let escaped = rest.chars().next().filter(char::is_ascii_punctuation);
                    out.push(escaped.unwrap_or('\\'));
                    rest = &rest[escaped.map_or(0, char::len_utf8)..];
                }
                b']' => match rest.strip_prefix('(').and_then(|link| link.split_once(')')) {
                    Some((_, after)) => rest = after,
                    None => out.push(']'),
                },
                b'[' if !rest.split_once(']').is_some_and(|(_, after)| after.starts_with('(')) => {
                    out.push('[');
                }
                _ => {}
            }
        }
        out.push_str(rest);
    }
    out
}

/// A diagnostic as JSON. Unlike `ls_types::Diagnostic` it borrows: a long article has thousands of
/// them and all are written again after each key.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Diagnostic<'a> {
    range: lsp::Range,
    severity: lsp::DiagnosticSeverity,
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    code_description: Option<CodeDescription>,
    source: &'static str,
    message: &'a str,
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

/// `findings`, in text order, of the document `uri`, whose text is `text` and `rope`.
pub(super) fn diagnostics<'a>(
    findings: &'a [Finding],
    text: &str,
    rope: &Rope,
    uri: &'a str,
    support: &Support,
) -> Vec<Diagnostic<'a>> {
    let mut walk = Walk::new(text, rope, support.encoding);
    let related = |related: &'a Related| RelatedInformation {
        location: Location { uri, range: range(rope, related.range, support.encoding) },
        message: &related.message,
    };
    findings
        .iter()
        .map(|finding| Diagnostic {
            range: walk.range(finding.range),
            severity: severity(finding.severity),
            code: finding.rule.code,
            code_description: support.code_description.then(|| CodeDescription { href: page(finding.rule) }),
            source: SOURCE,
            message: &finding.message,
            related_information: if support.related_information {
                finding.related.iter().map(related).collect()
            } else {
                Vec::new()
            },
        })
        .collect()
}

/// What is wrong in a registry.
pub(super) fn fault<'a>(fault: &'a RegistryFault, rope: &Rope, encoding: Encoding) -> Diagnostic<'a> {
    Diagnostic {
        range: range(rope, fault.range, encoding),
        severity: severity(fault.severity),
        code: "actors",
        code_description: None,
        source: SOURCE,
        message: &fault.message,
        related_information: Vec::new(),
    }
}

/// `finding` as the protocol's own type, for a code action that answers to it.
pub(super) fn diagnostic(finding: &Finding, rope: &Rope, encoding: Encoding) -> lsp::Diagnostic {
    lsp::Diagnostic {
        range: range(rope, finding.range, encoding),
        severity: Some(severity(finding.severity)),
        code: Some(lsp::NumberOrString::String(finding.rule.code.to_owned())),
        source: Some(SOURCE.to_owned()),
        message: finding.message.to_string(),
        ..lsp::Diagnostic::default()
    }
}

/// Positions of ascending offsets in one pass over the text: looking each up in the rope costs
/// most of a microsecond, and there may be tens of thousands.
struct Walk<'a> {
    text: &'a str,
    rope: &'a Rope,
    encoding: Encoding,
    here: Place,
}

#[derive(Clone, Copy, Default)]
struct Place {
    byte: usize,
    line: u32,
    column: u32,
}

impl<'a> Walk<'a> {
    fn new(text: &'a str, rope: &'a Rope, encoding: Encoding) -> Self {
        Self { text, rope, encoding, here: Place::default() }
    }

    fn range(&mut self, range: TextRange) -> lsp::Range {
        if let Some(start) = self.forward(self.here, range.start())
            && let Some(end) = self.forward(start, range.end())
        {
            self.here = start;
            let position = |place: Place| lsp::Position { line: place.line, character: place.column };
            return lsp::Range { start: position(start), end: position(end) };
        }
        self::range(self.rope, range, self.encoding)
    }

    /// The place of `offset`; none when it lies before `from` or inside a character.
    fn forward(&self, from: Place, offset: TextSize) -> Option<Place> {
        let byte = usize::from(offset);
        let between = self.text.get(from.byte..byte)?;
        let bytes = self.text.as_bytes();
        let (mut line, mut column, mut start) = (from.line, from.column, 0);
        for at in memchr2_iter(b'\n', b'\r', between.as_bytes()) {
            // A carriage return before a line feed is no break of its own.
            if between.as_bytes()[at] == b'\n' || bytes.get(from.byte + at + 1) != Some(&b'\n') {
                line += 1;
                column = 0;
                start = at + 1;
            }
        }
        column += units(&between[start..], self.encoding);
        Some(Place { byte, line, column })
    }
}

/// How long `text` is as a client counts.
fn units(text: &str, encoding: Encoding) -> u32 {
    let count = match encoding {
        Encoding::Utf8 => text.len(),
        _ if text.is_ascii() => text.len(),
        Encoding::Utf16 => text.chars().map(char::len_utf16).sum(),
        Encoding::Utf32 => text.chars().count(),
    };
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_walk_finds_what_the_rope_finds() {
        let text = "é𝄞a\r\n\r\nsecond\rth𝄞ird\n\u{2028}x\r";
        let rope = Rope::from_str(text);
        let places: Vec<u32> = (0..=text.len())
            .filter(|at| text.is_char_boundary(*at))
            .filter_map(|at| at.try_into().ok())
            .collect();
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            let mut walk = Walk::new(text, &rope, encoding);
            for pair in places.windows(2) {
                let bytes = TextRange::new(pair[0].into(), pair[1].into());
                assert_eq!(walk.range(bytes), range(&rope, bytes, encoding), "{encoding:?} {bytes:?}");
            }
            let back = TextRange::new(0.into(), 2.into());
            assert_eq!(walk.range(back), range(&rope, back, encoding), "a step back");
        }
    }

    #[test]
    fn plain_text_keeps_the_words() {
        let markdown = "## Joe \\*Biden\\*\n**President** [sic] of [the *US*](https://x.y), `pak` a_b\n";
        assert_eq!(plain(markdown), "Joe *Biden*\nPresident [sic] of the US, pak a_b\n");
    }
}
