//! From our data to the protocol's.

use ropey::Rope;
use tower_lsp::ls_types as lsp;

use super::rendering::SOURCE;
use crate::ide::{CompletionKind, SymbolKind};
use crate::rules::{Finding, Severity};
use crate::text::{Encoding, Position, TextEdit, TextRange, TextSize};
use crate::workspace::{ConfigError, RegistryFault};

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
        CompletionKind::Name => lsp::CompletionItemKind::TEXT,
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

/// What is wrong in a registry.
pub(super) fn fault(fault: &RegistryFault, rope: &Rope, encoding: Encoding) -> lsp::Diagnostic {
    at(rope, encoding, fault.range, fault.severity, "actors", &fault.message)
}

/// What a configuration names and is not there.
pub(super) fn config_warning(warning: &ConfigError, rope: &Rope, encoding: Encoding) -> lsp::Diagnostic {
    at(rope, encoding, warning.range, Severity::Warning, "config", &warning.message)
}

/// What is wrong in a configuration.
pub(super) fn config_error(error: &ConfigError, rope: &Rope, encoding: Encoding) -> lsp::Diagnostic {
    at(rope, encoding, error.range, Severity::Error, "config", &error.message)
}

/// `finding` as the protocol's own type, for a code action that answers to it.
pub(super) fn diagnostic(finding: &Finding, rope: &Rope, encoding: Encoding) -> lsp::Diagnostic {
    at(rope, encoding, finding.range, finding.severity, finding.rule.code, &finding.message)
}

fn at(
    rope: &Rope,
    encoding: Encoding,
    place: TextRange,
    weight: Severity,
    code: &str,
    message: &str,
) -> lsp::Diagnostic {
    lsp::Diagnostic {
        range: range(rope, place, encoding),
        severity: Some(severity(weight)),
        code: Some(lsp::NumberOrString::String(code.to_owned())),
        source: Some(SOURCE.to_owned()),
        message: message.to_owned(),
        ..lsp::Diagnostic::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_keeps_the_words() {
        let markdown = "## Joe \\*Biden\\*\n**President** [sic] of [the *US*](https://x.y), `pak` a_b\n";
        assert_eq!(plain(markdown), "Joe *Biden*\nPresident [sic] of the US, pak a_b\n");
    }
}
