//! ATT07: "the report said", and no report before.

use std::sync::LazyLock;

use super::RuleContext;
use super::{ArticleContext, Check, Family, RUNNING_TEXT, Report, Rule, Severity};
use crate::attribution::SourceKind;
use crate::language::{Tokens, entries};

pub(super) static RULE: Rule = Rule {
    code: "ATT07",
    name: "dangling-report",
    severity: Severity::Information,
    family: Family::Claim,
    rank: 6,
    in_news: true,
    kinds: RUNNING_TEXT,
    page: include_str!("ATT07.md"),
    check: Check::Article(check),
};

fn check(context: &ArticleContext<'_>, report: &mut Report<'_>) {
    for (index, piece) in context.pieces.iter().enumerate() {
        let tokens = piece.passage.tokens();
        for source in piece.attributions.iter().flat_map(|attribution| &attribution.source) {
            let words = tokens.inside(*source);
            let bare = words.len() == 2 && tokens.is(words.start, "the");
            let noun = tokens.text(words.start + 1).to_ascii_lowercase();
            let known = DOCUMENTS.iter().find(|names| bare && names.first() == Some(&noun.as_str()));
            let Some(names) = known.filter(|_| !piece.passage.is_quoted(*source)) else { continue };
            let told = |tokens: Tokens<'_>, end: usize| {
                (0..end).any(|at| names.iter().any(|name| tokens.is(at, name)))
            };
            let outlet = |piece: &RuleContext<'_>| {
                piece.attributions.iter().any(|other| {
                    matches!(other.kind, SourceKind::Outlet | SourceKind::Document)
                        && other.source.iter().any(|range| range.start() < source.start())
                })
            };
            let before = &context.pieces[..index];
            let introduced = told(tokens, words.start)
                || outlet(piece)
                || before.iter().any(|piece| {
                    told(piece.passage.tokens(), piece.passage.tokens().len())
                        || piece
                            .attributions
                            .iter()
                            .any(|other| matches!(other.kind, SourceKind::Outlet | SourceKind::Document))
                });
            if !introduced {
                let message =
                    format!("'the {noun}' was not spoken of before. Say whose {noun} it is and of when.");
                report.add(piece.to_article(*source), message);
                return;
            }
        }
    }
}

static DOCUMENTS: LazyLock<Vec<Vec<&str>>> = LazyLock::new(|| {
    entries(include_str!("att07-documents.txt")).map(|line| line.split(' ').collect()).collect()
});
