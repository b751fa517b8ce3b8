//! SRC05: one outlet behind everything.

use super::src06::bare;
use super::{ArticleContext, Check, Family, RUNNING_TEXT, Report, Rule, Severity};
use super::{Related, RuleContext};
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
    let mut first: Option<(&RuleContext<'_>, TextRange)> = None;
    let mut places = Vec::new();
    for piece in context.pieces.iter().filter(|piece| RULE.kinds.contains(&piece.kind)) {
        for attribution in piece.attributions {
            let Some(source) = attribution.source.first() else { continue };
            match attribution.kind {
                // "he" and "the report" go back to one named before.
                SourceKind::Pronoun | SourceKind::None => continue,
                SourceKind::Document if piece.passage.prose()[*source].starts_with("the ") => continue,
                SourceKind::Outlet => {}
                _ => return,
            }
            let name = bare(&piece.passage.prose()[*source]);
            match first {
                Some((before, range)) if bare(&before.passage.prose()[range]) != name => return,
                Some(_) => places.push((piece, *source)),
                None => first = Some((piece, *source)),
            }
        }
    }
    let Some((piece, source)) = first.filter(|_| places.len() + 1 >= FEWEST) else { return };
    let name = &piece.passage.prose()[source];
    let message = format!("All that is on record here comes from '{name}'. Ask somebody else as well.");
    let finding = report.add(piece.to_article(source), message);
    finding.related.extend(places.into_iter().map(|(piece, source)| Related {
        range: piece.to_article(source),
        message: format!("'{}' again is the source", &piece.passage.prose()[source]),
    }));
}
