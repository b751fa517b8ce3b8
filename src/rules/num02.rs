//! NUM02: a poll without its sample or date.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::phrases::Phrases;
use super::{ArticleContext, Check, Family, RUNNING_TEXT, Report, Rule, Severity};
use crate::language::WordClass;
use crate::language::word_set::word_set;
use crate::text::TextRange;

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
static SHARES: LazyLock<Phrases> = LazyLock::new(|| Phrases::read(include_str!("num02-shares.txt")));
static SIZE: LazyLock<Phrases> = LazyLock::new(|| Phrases::read(include_str!("num02-size.txt")));
fn check(context: &ArticleContext<'_>, report: &mut Report<'_>) {
    let mut first: Option<TextRange> = None;
    let (mut size, mut day) = (false, false);
    for piece in context.pieces.iter().filter(|piece| RULE.kinds.contains(&piece.kind)) {
        let tokens = piece.passage.tokens();
        for at in 0..tokens.len() {
            if piece.passage.is_quoted(tokens.list[at].range) {
                continue;
            }
            if first.is_none()
                && ["poll", "survey"].iter().any(|word| tokens.is(at, word))
                && FINDS.contains(tokens.text(at + 1).to_ascii_lowercase().as_str())
                && SHARES.any(tokens, at..tokens.len())
            {
                first = Some(piece.to_article(tokens.list[at].range.cover(tokens.list[at + 1].range)));
            }
            size |= SIZE.at(tokens, at).is_some();
            day |= tokens.class(at).contains(WordClass::TIME);
        }
    }
    let Some(range) = first else { return };
    let lacks = match (size, day) {
        (true, true) => return,
        (false, true) => "how many were asked",
        (true, false) => "when people were asked",
        (false, false) => "how many were asked, and when",
    };
    report.add(range, format!("The article does not say of this poll {lacks}. Say so, and who paid for it."));
}
