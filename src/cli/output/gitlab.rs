//! A code quality report, which GitLab shows in a merge request.
//! <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>

use std::io::{self, Write};

use serde_json::json;

use super::Checked;
use crate::cli::fingerprint::digests;
use crate::rules::Severity;
use crate::text::Places;
use crate::workspace::portable;

/// Prints the rows of one article, a line each; `first` when no row stands before them.
pub(super) fn print(out: &mut impl Write, checked: &Checked, first: bool) -> io::Result<()> {
    if checked.findings.is_empty() {
        return Ok(());
    }
    let places = Places::new(&checked.text);
    let path = portable(&checked.path);
    let digests = digests(&checked.path, &checked.text, &checked.findings);
    for (index, (finding, fingerprint)) in checked.findings.iter().zip(digests).enumerate() {
        let severity = match finding.severity {
            Severity::Error => "critical",
            Severity::Warning => "major",
            Severity::Information => "minor",
            Severity::Hint => "info",
        };
        let row = json!({
            "description": format!("{}: {}", finding.rule.code, finding.message),
            "check_name": finding.rule.name,
            "fingerprint": fingerprint,
            "severity": severity,
            "location": {
                "path": path,
                "lines": {
                    "begin": places.at(finding.range.start()).line,
                    "end": places.at(finding.range.end()).line,
                },
            },
        });
        out.write_all(if first && index == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &row)?;
    }
    Ok(())
}
