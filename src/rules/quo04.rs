//! QUO04: two speakers run together.

use super::{Check, Family, RUNNING_TEXT, Report, Rule, RuleContext, Severity};
use crate::attribution::{Link, SourceKind};
use crate::text::TextRange;

pub(super) static RULE: Rule = Rule {
    code: "QUO04",
    name: "speaker-run-on",
    severity: Severity::Warning,
    family: Family::Quotation,
    rank: 2,
    in_news: true,
    kinds: RUNNING_TEXT,
    page: include_str!("QUO04.md"),
    check: Check::Piece(check),
};

/// One who is quoted with fewer words has not begun to speak: "what Mr. Lee calls 'smart'".
const FEWEST_WORDS: usize = 4;

fn check(context: &RuleContext<'_>, report: &mut Report<'_>) {
    let prose = context.passage.prose();
    let quotations = context.passage.quotations();
    for pair in context.attributions.windows(2) {
        let (first, second) = (&pair[0], &pair[1]);
        let (Some(before), Some(after)) = (first.source.first(), second.source.first()) else { continue };
        let plain = |kind: SourceKind| {
            matches!(kind, SourceKind::Person | SourceKind::Role | SourceKind::Organisation)
        };
        let quoted = |content: Option<&TextRange>| {
            content.is_some_and(|content| {
                quotations.iter().any(|quotation| {
                    content.intersect(quotation.inner).is_some_and(|shared| {
                        prose[shared].split_whitespace().nth(FEWEST_WORDS - 1).is_some()
                    })
                })
            })
        };
        let follows = second.link == Link::CueAfter
            && second
                .content
                .first()
                .is_some_and(|content| content.start() > before.end() && content.end() <= after.start());
        let opens = second.content.first().and_then(|content| {
            quotations.iter().find(|quotation| {
                content.contains(quotation.inner.start()) || quotation.range.contains(content.start())
            })
        });
        let Some(opens) = opens.filter(|_| follows && plain(first.kind) && plain(second.kind)) else {
            continue;
        };
        let sentence = context.passage.sentence_at(opens.range.start());
        let begins = context.sentence(sentence).start() == opens.range.start();
        let adjacent = context.passage.sentence_at(before.start()) + 1 == sentence;
        let last =
            |range: &TextRange| prose[*range].split_whitespace().next_back().unwrap_or("").to_lowercase();
        let same = prose[*before].to_lowercase().contains(&last(after))
            || prose[*after].to_lowercase().contains(&last(before));
        if begins && adjacent && !same && quoted(first.content.first()) {
            let message = format!(
                "Readers take this for the words of '{}' until '{}' is named after it. Begin a new paragraph, or name the speaker first.",
                &prose[*before], &prose[*after]
            );
            report.add(opens.range, message);
        }
    }
}
