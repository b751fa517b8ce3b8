//! SRC05: one outlet behind everything.

use super::finding::MOST_RELATED;
use super::src06::bare;
use super::summary::{Remarks, Summary};
use super::{ArticleContext, Check, Family, RUNNING_TEXT, Related, Report, Rule, RuleContext, Severity};
use crate::attribution::SourceKind;
use crate::text::TextRange;

pub(super) static RULE: Rule = Rule {
    code: "SRC05",
    name: "single-source",
    severity: Severity::Information,
    family: Family::Sourcing,
    rank: 7,
    in_news: true,
    kinds: RUNNING_TEXT,
    page: include_str!("SRC05.md"),
    check: Check::Article(check),
};

/// An article that cites less often may do with one source.
const FEWEST: usize = 3;

fn check(context: &ArticleContext<'_>, report: &mut Report<'_>) {
    if context.remarks().contains(Remarks::OTHERS) {
        return;
    }
    let cited = |(summary, piece): (&Summary, RuleContext<'_>)| -> Vec<(TextRange, String)> {
        let outlets = summary.outlets.iter();
        outlets.map(|source| (piece.to_article(*source), piece.passage.prose()[*source].to_owned())).collect()
    };
    let mut all = context.with(Remarks::OUTLETS).flat_map(cited);
    let Some((range, name)) = all.next() else { return };
    let mut places = Vec::new();
    for (range, other) in all {
        if bare(&other) != bare(&name) {
            return;
        }
        places.push(Related { range, message: format!("'{other}' again is the source") });
    }
    if places.len() + 1 < FEWEST {
        return;
    }
    places.truncate(MOST_RELATED);
    let message = format!("All that is on record here comes from '{name}'. Ask somebody else as well.");
    report.add(range, message).related = places;
}

/// Whom a piece cites.
pub(super) fn summarize(piece: &RuleContext<'_>, summary: &mut Summary) {
    let mut outlets = Vec::new();
    for attribution in piece.attributions.iter().filter(|attribution| attribution.is_claim()) {
        let Some(source) = attribution.source.first() else { continue };
        match attribution.kind {
            // "he" and "the report" go back to one named before.
            SourceKind::Pronoun | SourceKind::None => {}
            SourceKind::Document if piece.passage.prose()[*source].starts_with("the ") => {}
            SourceKind::Outlet => outlets.push(*source),
            _ => summary.note(Remarks::OTHERS, true),
        }
    }
    summary.note(Remarks::OUTLETS, !outlets.is_empty());
    summary.outlets = outlets.into();
}
