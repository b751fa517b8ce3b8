//! The XML of `JUnit`: an article is a suite, a finding a case that failed. Jenkins, GitLab and others list
//! it. <https://github.com/testmoapp/junitxml>

use std::borrow::Cow;
use std::io::{self, Write};

use super::Checked;
use crate::text::Places;
use crate::workspace::portable;

/// Prints what stands before all suites.
pub(super) fn begin(out: &mut impl Write) -> io::Result<()> {
    out.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"onrecord\">\n")
}

/// Prints the suite of one article.
pub(super) fn print(out: &mut impl Write, checked: &Checked) -> io::Result<()> {
    let path = portable(&checked.path);
    let path = escaped(&path);
    let failures = checked.findings.len();
    // An article without findings is one case that passed.
    let tests = failures.max(1);
    writeln!(out, "  <testsuite name=\"{path}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\">")?;
    if failures == 0 {
        writeln!(out, "    <testcase name=\"onrecord\" classname=\"{path}\" file=\"{path}\"/>")?;
    }
    let places = Places::new(&checked.text);
    for finding in &checked.findings {
        let place = places.at(finding.range.start());
        let (line, column, rule) = (place.line, place.column, finding.rule);
        let (severity, message) = (finding.severity.name(), escaped(&finding.message));
        writeln!(
            out,
            "    <testcase name=\"{} ({}) {line}:{column}\" classname=\"{path}\" file=\"{path}\" line=\"{line}\">\n      \
             <failure type=\"{severity}\" message=\"{message}\">{path}:{line}:{column}: {} {severity}: {message}\n{}</failure>\n    \
             </testcase>",
            rule.code,
            rule.name,
            rule.code,
            rule.url()
        )?;
    }
    writeln!(out, "  </testsuite>")
}

/// Prints what stands after all suites.
pub(super) fn end(out: &mut impl Write) -> io::Result<()> {
    out.write_all(b"</testsuites>\n")
}

/// `text` as XML's text or attribute; what XML 1.0 (2.2) has no character for becomes U+FFFD.
fn escaped(text: &str) -> Cow<'_, str> {
    let plain =
        |char: char| !matches!(char, '&' | '<' | '>' | '"' | '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    if text.chars().all(plain) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push_str(&format!("&#{};", u32::from(char))),
            char if plain(char) => out.push(char),
            _ => out.push('\u{fffd}'),
        }
    }
    Cow::Owned(out)
}
