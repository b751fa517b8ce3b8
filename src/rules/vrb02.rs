//! VRB02: "he smiled", words that were never spoken.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::word_list::added;
use super::{Check, Family, RUNNING_TEXT, Report, Rule, RuleContext, Severity};
use crate::language::{TokenKind, WordClass, entries, verb, with_lower_case};

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

/// The finite forms of each listed verb, with its base.
static FORMS: LazyLock<FxHashMap<String, &str>> = LazyLock::new(|| {
    let verbs = entries(include_str!("vrb02-verbs.txt"));
    verbs.flat_map(|base| forms(base).map(move |form| (form, base))).collect()
});

/// The finite forms of the verb `base`, with some that it may not have.
fn forms(base: &str) -> impl Iterator<Item = String> {
    let doubled = base.chars().next_back().map(|last| format!("{base}{last}ed"));
    [format!("{}ed", base.trim_end_matches('e')), format!("{base}s")].into_iter().chain(doubled)
}

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
    let listed = with_lower_case(word, |lower| FORMS.get(lower).copied()).flatten();
    let stays = |base: &&str| context.settings.is_listed(RULE.code, base, true);
    let own = || added(context.settings, RULE.code);
    listed
        .filter(stays)
        .or_else(|| own().find(|base| forms(base).any(|form| form.eq_ignore_ascii_case(word))))
}
