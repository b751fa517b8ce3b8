//! How often each rule spoke.

use std::io::{self, Write};

use rustc_hash::FxHashMap;
use serde_json::{Value, json};

use super::Format;
use crate::rules::{Finding, Rule};

/// Findings counted by rule.
#[derive(Default)]
pub(in crate::cli) struct Statistics(FxHashMap<&'static str, (&'static Rule, usize)>);

impl Statistics {
    /// Counts `findings`.
    pub(in crate::cli) fn add(&mut self, findings: &[Finding]) {
        for finding in findings {
            self.0.entry(finding.rule.code).or_insert((finding.rule, 0)).1 += 1;
        }
    }

    /// Prints a line a rule, those that spoke most first; for programs one array or one object a line.
    pub(in crate::cli) fn print(&self, out: &mut impl Write, format: Format) -> io::Result<()> {
        let mut rows: Vec<(&Rule, usize)> = self.0.values().map(|(rule, count)| (*rule, *count)).collect();
        rows.sort_by_key(|(rule, count)| (std::cmp::Reverse(*count), rule.code));
        let row =
            |(rule, count): &(&Rule, usize)| json!({"code": rule.code, "name": rule.name, "count": count});
        match format {
            Format::Json => writeln!(out, "{}", rows.iter().map(row).collect::<Value>()),
            Format::Jsonl => rows.iter().try_for_each(|found| writeln!(out, "{}", row(found))),
            _ => {
                let width = rows.first().map_or(0, |(_, count)| count.to_string().len());
                let mut print = |(rule, count): &(&Rule, usize)| {
                    writeln!(out, "{count:>width$}  {}  {}", rule.code, rule.name)
                };
                rows.iter().try_for_each(&mut print)
            }
        }
    }
}
