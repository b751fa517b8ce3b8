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

/// What the suppression comments of an article silence.
pub struct Silences<'a> {
    all: Vec<Silence<'a>>,
    /// The codes each of them has silenced.
    used: Vec<Vec<&'static str>>,
}

impl<'a> Silences<'a> {
    /// Reads the comments of `text`, the article.
    pub fn read(text: &'a str, context: &ArticleContext<'_>) -> Self {
        let all = silences(text, context);
        Self { used: vec![Vec::new(); all.len()], all }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Whether `finding`, whose range begins at `start` of the article, is silenced.
    pub fn hide(&mut self, finding: &Finding, start: TextSize) -> bool {
        let code = finding.rule.code;
        let mut hidden = false;
        for (silence, used) in self.all.iter().zip(&mut self.used) {
            let named = silence.codes.is_empty() || silence.codes.iter().any(|(named, _)| *named == code);
            if named && silence.range.contains(start) && finding.rule != &ann02::RULE {
                used.push(code);
                hidden = true;
            }
        }
        hidden
    }

    /// Adds the comments and codes that have silenced nothing to `out`, in bytes of the article.
    pub fn report_unused(&self, context: &ArticleContext<'_>, out: &mut Vec<Finding>) {
        if !ann02::RULE.speaks(context.settings, context.header) {
            return;
        }
        let mut report = Report::new(&ann02::RULE, out);
        for (silence, used) in self.all.iter().zip(&self.used) {
            if silence.codes.is_empty() && used.is_empty() {
                report.add(silence.comment, "This comment suppresses nothing. Remove it.");
            }
            for (code, place) in silence.codes.iter().filter(|(code, _)| !used.contains(code)) {
                let message = if super::find(code).is_some() {
                    format!("There is no {code} here to suppress. Remove it.")
                } else {
                    format!("No rule has the code '{code}', so it suppresses nothing. Codes are like ATT02.")
                };
                report.add(*place, message);
            }
        }
    }
}

fn silences<'a>(text: &'a str, context: &ArticleContext<'_>) -> Vec<Silence<'a>> {
    let end = TextSize::of(text);
    let mut out: Vec<Silence<'a>> = Vec::new();
    for block in context.marked {
        let start = block.start;
        for comment in &block.markup.comments {
            let Some(directive) = &comment.directive else { continue };
            let place = comment.range + start;
            let named = |codes: &[TextRange]| {
                codes.iter().map(|code| (&text[*code + start], *code + start)).collect::<Vec<_>>()
            };
            let (range, codes) = match directive {
                Directive::Ignore(codes) => {
                    // A comment of its own covers the next block, one among words its own.
                    let alone = block.markup.prose.text().trim().is_empty();
                    let [next, after] = block.following;
                    let covered =
                        if alone { TextRange::new(next, after) } else { TextRange::new(start, next) };
                    (covered, named(codes))
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
