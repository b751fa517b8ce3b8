//! VRB02: "he smiled", words that were never spoken.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

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
    let mut forms = FxHashMap::default();
    for base in entries(include_str!("vrb02-verbs.txt")) {
        let stem = base.trim_end_matches('e');
        let doubled = base.chars().next_back().map(|last| format!("{base}{last}ed"));
        for form in [format!("{stem}ed"), format!("{base}s")].into_iter().chain(doubled) {
            forms.insert(form, base);
        }
    }
    forms
});

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
        let Some(at) = verbs.find(|at| stem(tokens.text(*at)).is_some() || verb(tokens.text(*at)).is_some())
        else {
            continue;
        };
        if let Some(lemma) = stem(tokens.text(at)) {
            let message = format!(
                "Nobody can {lemma} words. Write 'said', and describe the gesture beside it where it matters."
            );
            report.add(tokens.list[at].range, message);
        }
    }
}

/// The listed verb of which `word` is a finite form.
fn stem(word: &str) -> Option<&'static str> {
    with_lower_case(word, |lower| FORMS.get(lower).copied()).flatten()
}
