//! SRC07: "sources", and there is one.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::{ArticleContext, Check, Family, RUNNING_TEXT, Report, Rule, Severity};
use crate::article::SpanClass;
use crate::language::word_set::word_set;

pub(super) static RULE: Rule = Rule {
    code: "SRC07",
    name: "plural-sources",
    severity: Severity::Hint,
    family: Family::Sourcing,
    rank: 8,
    in_news: true,
    kinds: RUNNING_TEXT,
    page: include_str!("SRC07.md"),
    check: Check::Article(check),
};

static HEADS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| word_set(include_str!("src02-heads.txt")));
fn check(context: &ArticleContext<'_>, report: &mut Report<'_>) {
    for declared in context.header.sources.iter().filter(|source| source.count == Some(1)) {
        for (_, piece) in (0..context.gists.len()).flat_map(|index| (context.pieces)(index)) {
            let tokens = piece.passage.tokens();
            let marked = piece
                .spans(SpanClass::Source)
                .filter(|(span, _)| span.value("ref").is_some_and(|id| id.text == declared.id.text));
            let named =
                piece.attributions.iter().flat_map(|attribution| &attribution.source).filter(|source| {
                    let name = declared.name.as_ref();
                    name.is_some_and(|name| piece.passage.prose()[**source].eq_ignore_ascii_case(&name.text))
                });
            let place = marked.map(|(_, range)| range).chain(named.copied()).find(|range| {
                tokens.inside(*range).any(|at| {
                    HEADS.contains(tokens.text(at).to_ascii_lowercase().as_str())
                        && tokens.text(at).ends_with('s')
                })
            });
            if let Some(range) = place {
                let words = &piece.passage.prose()[range];
                report.add(
                    piece.to_article(range),
                    format!("'{words}' are several; the header declares one. Write of one."),
                );
                break;
            }
        }
    }
}
