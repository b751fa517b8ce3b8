//! For people: the message, and the words underlined in their line.

use std::io::{self, Write};

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::Checked;
use crate::rules::{Finding, Severity};
use crate::text::Places;

pub(super) fn print(out: &mut impl Write, checked: &Checked) -> io::Result<()> {
    let renderer = Renderer::styled().decor_style(DecorStyle::Unicode).term_width(width());
    let path = checked.path.display().to_string();
    let places = Places::new(&checked.text);
    for finding in &checked.findings {
        let line = places.at(finding.range.start()).line;
        writeln!(out, "{}\n", render(&renderer, &path, &checked.text, finding, line))?;
    }
    Ok(())
}

fn render(renderer: &Renderer, path: &str, text: &str, finding: &Finding, line: usize) -> String {
    let (start, end) = (usize::from(finding.range.start()), usize::from(finding.range.end()));
    let breaks = ['\n', '\r'];
    let first = text[..start].rfind(breaks).map_or(0, |at| at + 1);
    let last = text[end..].find(breaks).map_or(text.len(), |at| end + at);
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Information => Level::INFO,
        Severity::Hint => Level::HELP.with_name("hint"),
    };
    let snippet = Snippet::source(&text[first..last])
        .line_start(line)
        .path(path)
        .annotation(AnnotationKind::Primary.span(start - first..end - first).label(finding.rule.name));
    let mut group = level.primary_title(&*finding.message).id(finding.rule.code).element(snippet);
    for fix in &finding.fixes {
        group = group.element(Level::HELP.message(&fix.title));
    }
    renderer.render(&[group])
}

/// The width of the terminal in columns, within reason.
fn width() -> usize {
    terminal_size::terminal_size().map_or(120, |(width, _)| usize::from(width.0)).clamp(60, 200)
}
