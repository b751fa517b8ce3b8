//! Expectations drawn under an article's text.
//!
//! Under a line of text stands a line for each rule that speaks there: `^` under the characters it
//! marks (code points; several runs where it speaks several times), then its code.
//!
//! ```text
//! It is believed that the talks will resume.
//! ^^^^^^^^^^^^^^ ATT02
//! ```

use onrecord::rules::Finding;

/// A stretch of one line of text that a rule marks. Columns are code points from 0.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Mark {
    pub(crate) line: usize,
    pub(crate) code: String,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// `drawn` without its drawing, and what was drawn, in order.
pub(crate) fn undraw(drawn: &str) -> (String, Vec<Mark>) {
    let mut text = String::new();
    let mut marks = Vec::new();
    let mut lines = 0_usize;
    for line in drawn.split_inclusive('\n') {
        if let (Some((runs, code)), Some(line)) = (read(line), lines.checked_sub(1)) {
            let mark = |(start, end)| Mark { line, code: code.to_owned(), start, end };
            marks.extend(runs.into_iter().map(mark));
        } else {
            text.push_str(line);
            lines += 1;
        }
    }
    marks.sort();
    (text, marks)
}

/// `text` with `marks` drawn under its lines.
pub(crate) fn draw(text: &str, marks: &[Mark]) -> String {
    let mut marks = marks.to_vec();
    marks.sort();
    let mut out = String::new();
    for (index, line) in text.split_inclusive('\n').enumerate() {
        out.push_str(line);
        let mut here = marks.iter().filter(|mark| mark.line == index).peekable();
        if here.peek().is_some() && !line.ends_with('\n') {
            out.push('\n');
        }
        while let Some(first) = here.next() {
            let mut row = " ".repeat(first.start) + &"^".repeat(first.end - first.start);
            // Runs that touch could not be told apart, so they get rows of their own.
            while let Some(next) =
                here.next_if(|next| next.code == first.code && next.start > row.chars().count())
            {
                row.push_str(&" ".repeat(next.start - row.chars().count()));
                row.push_str(&"^".repeat(next.end - next.start));
            }
            out.push_str(&format!("{row} {}\n", first.code));
        }
    }
    out
}

/// `findings`, in bytes of `text`, as marks. One that runs over a line's end is cut there; an empty
/// one marks the character at its place.
pub(crate) fn marks<'a>(text: &str, findings: impl IntoIterator<Item = &'a Finding>) -> Vec<Mark> {
    let place = |finding: &Finding| {
        let (start, end) = (usize::from(finding.range.start()), usize::from(finding.range.end()));
        let before = &text[..start];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let words = text[start..end].lines().next().unwrap_or("");
        let column = text[line_start..start].chars().count();
        Mark {
            line: before.matches('\n').count(),
            code: finding.rule.code.to_owned(),
            start: column,
            end: column + words.chars().count().max(1),
        }
    };
    let mut marks: Vec<Mark> = findings.into_iter().map(place).collect();
    marks.sort();
    marks
}

/// The runs of `^` and the code of a drawn line; none when it is text.
fn read(line: &str) -> Option<(Vec<(usize, usize)>, &str)> {
    let line = line.trim_end();
    let (drawing, code) = line.rsplit_once(' ')?;
    let is_code = code.len() == 5 && code.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !is_code || !drawing.contains('^') || drawing.contains(|char| char != ' ' && char != '^') {
        return None;
    }
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (at, _) in drawing.char_indices().filter(|(_, char)| *char == '^') {
        match runs.last_mut().filter(|run| run.1 == at) {
            Some(run) => run.1 = at + 1,
            None => runs.push((at, at + 1)),
        }
    }
    Some((runs, code))
}
