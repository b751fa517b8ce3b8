//! SRC06: another outlet's report is the source.

use super::{ArticleContext, Check, Family, RUNNING_TEXT, Related, Report, Rule, RuleContext, Severity};
use crate::attribution::SourceKind;
use crate::text::TextRange;

pub(super) static RULE: Rule = Rule {
    code: "SRC06",
    name: "second-hand",
    severity: Severity::Information,
    family: Family::Sourcing,
    rank: 6,
    in_news: true,
    kinds: RUNNING_TEXT,
    page: include_str!("SRC06.md"),
    check: Check::Article(check),
};

fn check(context: &ArticleContext<'_>, report: &mut Report<'_>) {
    let outlet = context.header.outlet.iter().map(|outlet| bare(&outlet.text));
    let own: Vec<String> = outlet.chain(context.settings.own_outlets.iter().map(|own| bare(own))).collect();
    let outlets = |piece: &RuleContext<'_>| -> Vec<TextRange> {
        let attributions = piece.attributions.iter();
        attributions
            .filter(|attribution| attribution.kind == SourceKind::Outlet)
            .flat_map(|attribution| attribution.source.iter().copied())
            .filter(|source| !piece.passage.is_quoted(*source))
            .filter(|source| {
                let text = &piece.passage.prose()[*source];
                let name = bare(text);
                // "The agency" names no outlet: which it is stands before.
                let named = text
                    .split_whitespace()
                    .any(|word| word.starts_with(char::is_uppercase) && !word.eq_ignore_ascii_case("the"));
                named && own.iter().all(|own| !name.contains(own.as_str()))
            })
            .collect()
    };
    let mut places = context
        .pieces
        .iter()
        .filter(|piece| RULE.kinds.contains(&piece.kind))
        .flat_map(|piece| outlets(piece).into_iter().map(move |source| (piece, source)));
    let Some((piece, source)) = places.next() else { return };
    let name = &piece.passage.prose()[source];
    let message = format!(
        "This is what '{name}' reported. Name its source too, or ask somebody who knows it at first hand."
    );
    let finding = report.add(piece.to_article(source), message);
    finding.related.extend(places.map(|(piece, source)| Related {
        range: piece.to_article(source),
        message: format!("'{}' again is the source", &piece.passage.prose()[source]),
    }));
}

/// An outlet's name without its article and capitals.
pub(super) fn bare(name: &str) -> String {
    let lower = name.trim().to_lowercase();
    lower.strip_prefix("the ").unwrap_or(&lower).to_owned()
}
