//! NUM02: a poll without its sample or date.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::phrases::Phrases;
use super::summary::{Remarks, Summary};
use super::{ArticleContext, Check, Family, RUNNING_TEXT, Report, Rule, RuleContext, Severity};
use crate::language::WordClass;
use crate::language::word_set::word_set;

pub(super) static RULE: Rule = Rule {
    code: "NUM02",
    name: "poll-undescribed",
    severity: Severity::Information,
    family: Family::Claim,
    rank: 6,
    in_news: true,
    kinds: RUNNING_TEXT,
    page: include_str!("NUM02.md"),
    check: Check::Article(check),
};

static FINDS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| word_set(include_str!("num02-finds.txt")));
static SHARES: LazyLock<Phrases<'static>> = LazyLock::new(|| Phrases::read(include_str!("num02-shares.txt")));
static SIZE: LazyLock<Phrases<'static>> = LazyLock::new(|| Phrases::read(include_str!("num02-size.txt")));

fn check(context: &ArticleContext<'_>, report: &mut Report<'_>) {
    let found = |(summary, piece): (&Summary, RuleContext<'_>)| Some(piece.to_article(summary.poll?));
    let Some(range) = context.with(Remarks::POLL).find_map(found) else { return };
    let remarks = context.remarks();
    let (size, day) = (remarks.contains(Remarks::SIZE), remarks.contains(Remarks::DAY));
    let lacks = match (size, day) {
        (true, true) => return,
        (false, true) => "how many were asked",
        (true, false) => "when people were asked",
        (false, false) => "how many were asked, and when",
    };
    report.add(range, format!("The article does not say of this poll {lacks}. Say so, and who paid for it."));
}

/// What a piece says of polls outside quotation marks.
pub(super) fn summarize(piece: &RuleContext<'_>, summary: &mut Summary) {
    let tokens = piece.passage.tokens();
    let unquoted = |at: usize| !piece.passage.is_quoted(tokens.list[at].range);
    let finds = |at: &usize| {
        ["poll", "survey"].iter().any(|word| tokens.is(*at, word))
            && FINDS.contains(tokens.text(at + 1).to_ascii_lowercase().as_str())
            && SHARES.any(tokens, *at..tokens.len())
            && unquoted(*at)
    };
    let mut all = 0..tokens.len();
    summary.poll = all.clone().find(finds).map(|at| tokens.span(at, at + 1));
    summary.note(Remarks::POLL, summary.poll.is_some());
    summary.note(Remarks::SIZE, all.clone().any(|at| SIZE.at(tokens, at).is_some() && unquoted(at)));
    summary.note(Remarks::DAY, all.any(|at| tokens.class(at).contains(WordClass::TIME) && unquoted(at)));
}
