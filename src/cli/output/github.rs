//! Workflow commands, which GitHub shows at the lines of a pull request.
//! <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>

use std::io::{self, Write};

use super::Checked;
use crate::rules::Severity;
use crate::text::Places;

pub(super) fn print(out: &mut impl Write, checked: &Checked) -> io::Result<()> {
    let places = Places::new(&checked.text);
    let path = property(&checked.path.display().to_string());
    for finding in &checked.findings {
        let (start, end) = (places.at(finding.range.start()), places.at(finding.range.end()));
        let command = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Information | Severity::Hint => "notice",
        };
        let title = format!("{} ({})", finding.rule.code, finding.rule.name);
        write!(out, "::{command} file={path},line={},endLine={}", start.line, end.line)?;
        if start.line == end.line {
            // Columns are only read where the annotation stays on one line.
            write!(out, ",col={},endColumn={}", start.column, end.column)?;
        }
        writeln!(out, ",title={}::{}", property(&title), data(&finding.message))?;
    }
    Ok(())
}

/// `text` as the message of a command.
pub(in crate::cli) fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// `text` as the value of a command's property.
pub(in crate::cli) fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
