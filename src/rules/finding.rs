//! What a rule finds.

use std::sync::Arc;

use super::{Rule, Severity};
use crate::article::Fault;
use crate::text::{TextEdit, TextRange, TextSize};

/// Something a rule found. The unit of its ranges is said where it is handed on.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The rule that found it.
    pub rule: &'static Rule,
    /// How much it weighs.
    pub severity: Severity,
    /// The words it is about.
    pub range: TextRange,
    /// What is wrong and the way out, with the words concerned.
    pub message: Arc<str>,
    /// Why the rule thinks so, for the hover.
    pub reasons: Vec<String>,
    /// Other places that bear on it.
    pub related: Vec<Related>,
    /// Ways to mend it.
    pub fixes: Vec<Fix>,
    /// Rules of its family that found the same sentence and are not shown.
    pub hidden: Vec<&'static Rule>,
}

/// How many other places a finding names at most: who has seen that many needs no more.
pub(super) const MOST_RELATED: usize = 32;

/// Another place that bears on a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Where, in the finding's unit.
    pub range: TextRange,
    /// What is there.
    pub message: String,
}

/// A way to mend a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as a menu says it.
    pub title: String,
    /// The edits, in the finding's unit.
    pub edits: Vec<TextEdit>,
    /// Whether it keeps the meaning.
    pub applicability: Applicability,
}

/// Whether a fix keeps the meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applicability {
    /// It does, and may be made without asking.
    Safe,
    /// Wording changes; a person decides.
    Suggested,
}

/// Where a rule reports its findings.
pub struct Report<'a> {
    rule: &'static Rule,
    out: &'a mut Vec<Finding>,
}

impl<'a> Report<'a> {
    /// A report for `rule` that adds to `out`.
    pub fn new(rule: &'static Rule, out: &'a mut Vec<Finding>) -> Self {
        Self { rule, out }
    }

    /// How much was reported.
    pub(super) fn count(&self) -> usize {
        self.out.len()
    }

    /// What was reported after the first `count`.
    pub(super) fn since(&mut self, count: usize) -> impl Iterator<Item = &mut Finding> {
        self.out.iter_mut().skip(count)
    }

    /// Reports a fault of the markup or the header, which counts its bytes from `start`.
    pub fn fault(&mut self, fault: &Fault, start: TextSize) {
        let finding = self.add(fault.range + start, fault.message.as_str());
        if let Some(edit) = &fault.fix {
            finding.fixes.push(Fix {
                title: format!("Replace with '{}'", edit.new_text),
                edits: vec![TextEdit { range: edit.range + start, new_text: edit.new_text.clone() }],
                applicability: Applicability::Safe,
            });
        }
    }

    /// Reports `range` with `message`; the finding can be furnished further.
    pub fn add(&mut self, range: TextRange, message: impl Into<Arc<str>>) -> &mut Finding {
        let at = self.out.len();
        self.out.push(Finding {
            rule: self.rule,
            severity: self.rule.severity,
            range,
            message: message.into(),
            reasons: Vec::new(),
            related: Vec::new(),
            fixes: Vec::new(),
            hidden: Vec::new(),
        });
        &mut self.out[at]
    }
}

impl Finding {
    /// Moves every range by `place`.
    pub fn place(&mut self, place: impl Fn(TextRange) -> TextRange) {
        self.range = place(self.range);
        for related in &mut self.related {
            related.range = place(related.range);
        }
        for edit in self.fixes.iter_mut().flat_map(|fix| &mut fix.edits) {
            edit.range = place(edit.range);
        }
    }

    /// The same `by` bytes further on.
    #[must_use]
    pub fn shifted(&self, by: TextSize) -> Self {
        let mut out = self.clone();
        out.place(|range| range + by);
        out
    }
}
