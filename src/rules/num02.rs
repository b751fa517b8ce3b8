//! NUM02: a poll without its sample or date.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::phrases::Phrases;
use super::{ArticleContext, Check, Family, RUNNING_TEXT, Report, Rule, RuleContext, Severity};
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
    let polls = || context.body().map(|(index, summary)| (index, &summary.poll));
    let first = polls().find_map(|(index, poll)| Some((context.piece)(index).to_article(poll.found?)));
    let Some(range) = first else { return };
    let size = polls().any(|(_, poll)| poll.size);
    let day = polls().any(|(_, poll)| poll.day);
    let lacks = match (size, day) {
        (true, true) => return,
        (false, true) => "how many were asked",
        (true, false) => "when people were asked",
        (false, false) => "how many were asked, and when",
    };
    report.add(range, format!("The article does not say of this poll {lacks}. Say so, and who paid for it."));
}

/// What a piece says of polls, outside quotation marks.
#[derive(Clone, Debug, Default)]
pub(super) struct Poll {
    /// The first words that say what one found.
    found: Option<TextRange>,
    /// How many were asked.
    size: bool,
    /// A day or time.
    day: bool,
}

impl Poll {
    pub(super) fn of(piece: &RuleContext<'_>) -> Self {
        let tokens = piece.passage.tokens();
        let unquoted = |at: usize| !piece.passage.is_quoted(tokens.list[at].range);
        let finds = |at: usize| {
            ["poll", "survey"].iter().any(|word| tokens.is(at, word))
                && FINDS.contains(tokens.text(at + 1).to_ascii_lowercase().as_str())
                && SHARES.any(tokens, at..tokens.len())
                && unquoted(at)
        };
        let all = 0..tokens.len();
        Self {
            found: all.clone().find(|at| finds(*at)).map(|at| tokens.span(at, at + 1)),
            size: all.clone().any(|at| SIZE.at(tokens, at).is_some() && unquoted(at)),
            day: all.clone().any(|at| tokens.class(at).contains(WordClass::TIME) && unquoted(at)),
        }
    }
}
