//! SRC06: another outlet's report is the source.

use super::finding::MOST_RELATED;
use super::summary::{Remarks, Summary};
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
    let cited = |(summary, piece): (&Summary, RuleContext<'_>)| -> Vec<(TextRange, String)> {
        let outlets = summary.second_hand.iter();
        outlets.map(|source| (piece.to_article(*source), piece.passage.prose()[*source].to_owned())).collect()
    };
    let mut places = context.with(Remarks::SECOND_HAND).flat_map(cited).take(1 + MOST_RELATED);
    let Some((range, name)) = places.next() else { return };
    let message = format!(
        "This is what '{name}' reported. Name its source too, or ask somebody who knows it at first hand."
    );
    report.add(range, message).related.extend(
        places.map(|(range, name)| Related { range, message: format!("'{name}' again is the source") }),
    );
}

/// The sources of a piece, outside quotation marks, that are outlets other than one's own.
pub(super) fn summarize(piece: &RuleContext<'_>, summary: &mut Summary) {
    let outlet = piece.header.outlet.iter().map(|outlet| outlet.text.as_str());
    let own = || outlet.clone().chain(piece.settings.own_outlets.iter().map(String::as_str));
    summary.second_hand = piece
        .attributions
        .iter()
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
            named && own().all(|own| !name.contains(bare(own).as_str()))
        })
        .collect();
    summary.note(Remarks::SECOND_HAND, !summary.second_hand.is_empty());
}

/// An outlet's name without its article and capitals.
pub(super) fn bare(name: &str) -> String {
    let lower = name.trim().to_lowercase();
    lower.strip_prefix("the ").unwrap_or(&lower).to_owned()
}
