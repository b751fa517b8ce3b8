//! A line each: `path:line:column: code severity: message`.

use std::io::{self, Write};

use super::Checked;
use crate::text::Places;

pub(super) fn print(out: &mut impl Write, checked: &Checked) -> io::Result<()> {
    if checked.findings.is_empty() {
        return Ok(());
    }
    let places = Places::new(&checked.text);
    for finding in &checked.findings {
        let place = places.at(finding.range.start());
        let (path, rule) = (checked.path.display(), finding.rule);
        let severity = finding.severity.name();
        writeln!(
            out,
            "{path}:{}:{}: {} {severity}: {}",
            place.line, place.column, rule.code, finding.message
        )?;
    }
    Ok(())
}
