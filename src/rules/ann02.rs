//! ANN02: a suppression comment that suppresses nothing.

use super::{ALL_KINDS, Check, Family, Rule, Severity};

pub(super) static RULE: Rule = Rule {
    code: "ANN02",
    name: "useless-suppression",
    severity: Severity::Warning,
    family: Family::Format,
    rank: 0,
    in_news: true,
    kinds: ALL_KINDS,
    page: include_str!("ANN02.md"),
    check: Check::Comments,
};
