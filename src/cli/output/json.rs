//! One JSON array of findings; lines and columns from 1, offsets in code points from 0.

use std::io::{self, Write};

use serde::Serialize;

use super::Checked;
use crate::rules::{Applicability, Finding, Fix};
use crate::text::{Place, Places, TextRange};

#[derive(Serialize)]
struct Row<'a> {
    path: String,
    code: &'a str,
    name: &'a str,
    severity: &'a str,
    message: &'a str,
    range: Range,
    fixes: Vec<FixRow<'a>>,
    url: String,
}

#[derive(Serialize)]
struct ArticleRow<'a> {
    path: String,
    findings: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Range {
    start: Place,
    end: Place,
}

#[derive(Serialize)]
struct FixRow<'a> {
    title: &'a str,
    safe: bool,
    edits: Vec<EditRow<'a>>,
}

#[derive(Serialize)]
struct EditRow<'a> {
    range: Range,
    text: &'a str,
}

/// Prints the rows of one article, a line each; `first` when no row stands before them.
pub(super) fn print(out: &mut impl Write, checked: &Checked, first: bool) -> io::Result<()> {
    if checked.findings.is_empty() {
        return Ok(());
    }
    for (index, row) in rows(checked).into_iter().enumerate() {
        out.write_all(if first && index == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &row)?;
    }
    Ok(())
}

/// Prints the rows of one article, each an object on its line.
pub(super) fn lines(out: &mut impl Write, checked: &Checked) -> io::Result<()> {
    for row in rows(checked) {
        serde_json::to_writer(&mut *out, &row)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// Prints one article as an object on its line, with its rows, also where there are none.
pub(super) fn article(out: &mut impl Write, checked: &Checked) -> io::Result<()> {
    let row = ArticleRow { path: checked.path.display().to_string(), findings: rows(checked) };
    serde_json::to_writer(&mut *out, &row)?;
    out.write_all(b"\n")
}

fn rows(checked: &Checked) -> Vec<Row<'_>> {
    let places = Places::new(&checked.text);
    let row = |finding| row(checked, finding, &places);
    checked.findings.iter().map(row).collect()
}

fn row<'a>(checked: &Checked, finding: &'a Finding, places: &Places<'_>) -> Row<'a> {
    Row {
        path: checked.path.display().to_string(),
        code: finding.rule.code,
        name: finding.rule.name,
        severity: finding.severity.name(),
        message: &finding.message,
        range: range(places, finding.range),
        fixes: finding.fixes.iter().map(|fix| fix_row(fix, places)).collect(),
        url: finding.rule.url(),
    }
}

fn range(places: &Places<'_>, range: TextRange) -> Range {
    Range { start: places.at(range.start()), end: places.at(range.end()) }
}

fn fix_row<'a>(fix: &'a Fix, places: &Places<'_>) -> FixRow<'a> {
    let edits =
        fix.edits.iter().map(|edit| EditRow { range: range(places, edit.range), text: &edit.new_text });
    FixRow { title: &fix.title, safe: fix.applicability == Applicability::Safe, edits: edits.collect() }
}
