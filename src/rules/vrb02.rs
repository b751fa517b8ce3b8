//! VRB02: "he smiled", words that were never spoken.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::word_list::added;
use super::{Check, Family, RUNNING_TEXT, Report, Rule, RuleContext, Severity};
use crate::language::word_set::word_set;
use crate::language::{TokenKind, WordClass, verb};

pub(super) static RULE: Rule = Rule {
    code: "VRB02",
    name: "non-speech-verb",
    severity: Severity::Warning,
    family: Family::Wording,
    rank: 0,
    in_news: true,
    kinds: RUNNING_TEXT,
    page: include_str!("VRB02.md"),
    check: Check::Piece(check),
};

static VERBS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| word_set(include_str!("vrb02-verbs.txt")));

fn check(context: &RuleContext<'_>, report: &mut Report<'_>) {
    let tokens = context.passage.tokens();
    let prose = context.passage.prose();
    for quotation in
        context.passage.quotations().iter().filter(|quotation| quotation.depth == 0 && quotation.closed)
    {
        if !prose[quotation.inner].ends_with([',', '!', '?']) {
            continue;
        }
        let after = tokens.list.partition_point(|token| token.range.start() < quotation.range.end());
        let tag = (after..tokens.len().min(after + 6)).take_while(|at| {
            tokens.list[*at].kind == TokenKind::Word && !tokens.class(*at).contains(WordClass::COORDINATOR)
        });
        let mut verbs = tag.filter(|at| !tokens.list[*at].capital && *at > after);
        let Some(at) =
            verbs.find(|at| stem(context, tokens.text(*at)).is_some() || verb(tokens.text(*at)).is_some())
        else {
            continue;
        };
        if let Some(lemma) = stem(context, tokens.text(at)) {
            let message = format!(
                "Nobody can {lemma} words. Write 'said', and describe the gesture beside it where it matters."
            );
            report.add(tokens.list[at].range, message);
        }
    }
}

/// The listed verb of which `word` is a finite form.
fn stem<'a>(context: &'a RuleContext<'_>, word: &str) -> Option<&'a str> {
    let word = word.to_ascii_lowercase();
    let listed = VERBS.iter().copied().filter(|base| context.settings.is_listed(RULE.code, base, true));
    listed.chain(added(context.settings, RULE.code)).find(|base| {
        let stem = base.trim_end_matches('e');
        let doubled = base.chars().next_back().map_or(String::new(), |last| format!("{base}{last}ed"));
        word == format!("{stem}ed") || word == format!("{base}s") || word == doubled
    })
}
