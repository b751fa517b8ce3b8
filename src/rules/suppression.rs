//! Suppression comments: which findings they silence, and which of them are of no use.

use super::{ArticleContext, Finding, Report, ann02};
use crate::article::Directive;
use crate::text::{TextRange, TextSize};

/// Where a comment silences which codes.
struct Silence<'a> {
    /// The stretch of the article it covers.
    range: TextRange,
    /// The codes, each with its place; empty, all codes.
    codes: Vec<(&'a str, TextRange)>,
    /// The comment's place.
    comment: TextRange,
}

/// Takes away what the article's comments silence, and reports the comments and codes that
/// silence nothing. Ranges are bytes of `text`, the article.
pub fn suppress(text: &str, context: &ArticleContext<'_>, findings: Vec<Finding>) -> Vec<Finding> {
    let silences = silences(text, context);
    if silences.is_empty() {
        return findings;
    }
    let mut used = vec![Vec::new(); silences.len()];
    let mut kept = Vec::with_capacity(findings.len());
    for finding in findings {
        let mut hidden = false;
        for (silence, used) in silences.iter().zip(&mut used) {
            let named =
                silence.codes.is_empty() || silence.codes.iter().any(|(code, _)| *code == finding.rule.code);
            if named && silence.range.contains(finding.range.start()) && finding.rule != &ann02::RULE {
                used.push(finding.rule.code);
                hidden = true;
            }
        }
        if !hidden {
            kept.push(finding);
        }
    }
    if ann02::RULE.speaks(context.settings, context.header) {
        let mut report = Report::new(&ann02::RULE, &mut kept);
        for (silence, used) in silences.iter().zip(&used) {
            if silence.codes.is_empty() && used.is_empty() {
                report.add(silence.comment, "This comment suppresses nothing. Remove it.");
            }
            for (code, place) in silence.codes.iter().filter(|(code, _)| !used.contains(code)) {
                report.add(*place, format!("There is no {code} here to suppress. Remove it."));
            }
        }
    }
    kept
}

fn silences<'a>(text: &'a str, context: &ArticleContext<'_>) -> Vec<Silence<'a>> {
    let end = TextSize::of(text);
    let mut out: Vec<Silence<'a>> = Vec::new();
    let blocks: Vec<_> = context.markups().collect();
    for (index, (start, markup)) in blocks.iter().enumerate() {
        for comment in &markup.comments {
            let Some(directive) = &comment.directive else { continue };
            let place = comment.range + *start;
            let named = |codes: &[TextRange]| {
                codes.iter().map(|code| (&text[*code + *start], *code + *start)).collect::<Vec<_>>()
            };
            let (range, codes) = match directive {
                Directive::Ignore(codes) => {
                    // A comment of its own covers the next block, one among words its own.
                    let alone = markup.prose.text().trim().is_empty();
                    let first = if alone { index + 1 } else { index };
                    let from = blocks.get(first).map_or(end, |(start, _)| *start);
                    let to = blocks.get(first + 1).map_or(end, |(start, _)| *start);
                    (TextRange::new(from, to), named(codes))
                }
                Directive::IgnoreFile(codes) => (TextRange::new(0.into(), end), named(codes)),
                Directive::Off(codes) => (TextRange::new(place.end(), end), named(codes)),
                Directive::On(codes) => {
                    let codes = named(codes);
                    // It ends what was switched off before it for the same codes.
                    for open in
                        out.iter_mut().filter(|open| open.range.end() == end && open.range.start() > 0.into())
                    {
                        let same = codes.is_empty()
                            || open.codes.iter().all(|(code, _)| codes.iter().any(|(on, _)| on == code));
                        if same && open.range.start() <= place.start() {
                            open.range = TextRange::new(open.range.start(), place.start());
                        }
                    }
                    continue;
                }
                Directive::Unknown(_) => continue,
            };
            out.push(Silence { range, codes, comment: place });
        }
    }
    out
}
