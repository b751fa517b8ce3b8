//! QUO03: a quotation mark without its partner.

use super::summary::{Remarks, Summary};
use super::{
    Applicability, ArticleContext, Check, Family, Fix, RUNNING_TEXT, Report, Rule, RuleContext, Severity,
};
use crate::article::{Quotation, QuotationMark, stands_for_apostrophe};
use crate::text::{TextEdit, TextRange};

pub(super) static RULE: Rule = Rule {
    code: "QUO03",
    name: "unbalanced-quote",
    severity: Severity::Error,
    family: Family::Quotation,
    rank: 0,
    in_news: true,
    kinds: RUNNING_TEXT,
    page: include_str!("QUO03.md"),
    check: Check::Article(check),
};

fn check(context: &ArticleContext<'_>, report: &mut Report<'_>) {
    let mut open_before = None;
    let mut paragraphs = context.body().peekable();
    while let Some((index, gist)) = paragraphs.next() {
        // A very long paragraph is cut into pieces, and quotations with it.
        let speaks = gist.remarks.contains(Remarks::WHOLE | Remarks::ODD);
        let Some((_, piece)) = speaks.then(|| (context.pieces)(index)).and_then(|mut pieces| pieces.pop())
        else {
            open_before = None;
            continue;
        };
        if has_attribute(piece.passage.prose()) {
            open_before = None;
            continue;
        }
        let (piece, next) = (&piece, paragraphs.peek().map_or(Remarks::empty(), |(_, next)| next.remarks));
        for mark in piece.passage.unopened().iter().filter(|mark| is_apostrophe(piece, **mark)) {
            apostrophe(piece, *mark, report);
        }
        let mut unmatched = strays(piece).peekable();
        if let Some(mark) = open_before.take()
            && let Some(stray) = unmatched.peek().copied()
            && piece.passage.quotations().iter().all(|quotation| quotation.range.start() > stray.start())
        {
            unmatched.next();
            not_taken_up(piece, mark, report);
        }
        let left_open = piece.passage.quotations().iter().find(|quotation| !quotation.closed);
        // A closing mark at a quotation's head is one fault, and the mark that ends the quotation none.
        let mut turned = false;
        for stray in unmatched {
            if std::mem::take(&mut turned) && !is_turned(piece, stray) {
                continue;
            }
            turned = is_turned(piece, stray);
            match left_open.filter(|open| open.range.start() < stray.start()) {
                Some(open) => unlike(piece, open, stray, report),
                None => unopened(piece, stray, report),
            }
        }
        for quotation in piece.passage.quotations().iter().filter(|quotation| quotation.closed) {
            mixed(piece, quotation, report);
        }
        let Some(open) = left_open else { continue };
        let reopened = piece.after.is_quotation() || next.contains(Remarks::OPENS);
        let told = strays(piece).any(|stray| stray.start() > open.range.start());
        if next.contains(Remarks::CLOSES) {
            open_before = Some(open.mark);
        } else if !reopened && !told {
            unclosed(piece, open, report);
        }
    }
}

/// What the quotation marks of a piece are like.
pub(super) fn summarize(piece: &RuleContext<'_>, summary: &mut Summary) {
    let (quotations, unopened) = (piece.passage.quotations(), piece.passage.unopened());
    let odd = !unopened.is_empty()
        || quotations.iter().any(|quotation| !quotation.closed || is_mixed(piece, quotation).is_some());
    let first = quotations.first().map(|quotation| quotation.range.start());
    let closes = strays(piece).next().is_some_and(|stray| first.is_none_or(|first| stray.start() < first));
    summary.note(Remarks::WHOLE, piece.start == 0.into() && piece.ends_block);
    summary.note(Remarks::ODD, odd);
    summary.note(Remarks::OPENS, piece.passage.prose().starts_with(['"', '“', '‘']));
    summary.note(Remarks::CLOSES, closes);
}

/// The marks of `piece` that only close and have nothing to close.
fn strays(piece: &RuleContext<'_>) -> impl Iterator<Item = TextRange> {
    piece.passage.unopened().iter().copied().filter(|mark| !is_apostrophe(piece, *mark))
}

fn is_apostrophe(piece: &RuleContext<'_>, mark: TextRange) -> bool {
    stands_for_apostrophe(piece.passage.prose(), mark)
}

/// The double mark at `mark` stands inside a word.
fn apostrophe(piece: &RuleContext<'_>, mark: TextRange, report: &mut Report<'_>) {
    let message = "A quotation mark stands where an apostrophe belongs. Write '.".to_owned();
    let fix = ("Replace \" with '".to_owned(), mark, "'");
    add(piece, mark, message, Some((fix, Applicability::Safe)), report);
}

/// A quotation runs on into the paragraph `piece`, which does not open it again.
fn not_taken_up(piece: &RuleContext<'_>, mark: QuotationMark, report: &mut Report<'_>) {
    let tokens = piece.passage.tokens();
    if tokens.is_empty() {
        return;
    }
    let opening = opening(mark);
    let first = tokens.span(0, 0);
    let message = format!(
        "The quotation goes on in this paragraph, so it begins with {opening} again; without it readers take '{}' for the article's own words.",
        tokens.text(0)
    );
    let fix =
        (format!("Put {opening} before '{}'", tokens.text(0)), TextRange::empty(first.start()), opening);
    add(piece, first, message, Some((fix, Applicability::Safe)), report);
}

/// A quotation that is closed, but with a mark of another kind than the one it opens with.
fn mixed(piece: &RuleContext<'_>, quotation: &Quotation, report: &mut Report<'_>) {
    let Some(mark) = is_mixed(piece, quotation) else { return };
    let (written, closing) = (&piece.passage.prose()[mark], quotation.mark.closing().to_string());
    let place = piece.to_article(mark);
    let turned = written == "“";
    let finding = if turned {
        report.add(place, format!("“ opens, and a quotation ends here. Write {closing}."))
    } else {
        report.add(place, format!("{written} closes what another kind of mark opened. Write {closing}."))
    };
    if !turned {
        finding.severity = Severity::Information;
    }
    finding.fixes.push(Fix {
        title: format!("Replace {written} with {closing}"),
        edits: vec![TextEdit { range: place, new_text: closing }],
        applicability: Applicability::Safe,
    });
}

/// The mark that closes `quotation`, where it is of another kind than the one that opens it.
fn is_mixed(piece: &RuleContext<'_>, quotation: &Quotation) -> Option<TextRange> {
    let mark = TextRange::new(quotation.inner.end(), quotation.range.end());
    let written = &piece.passage.prose()[mark];
    let other = !quotation.mark.is_single() && !written.is_empty() && written != quotation.mark.closing();
    (quotation.closed && other).then_some(mark)
}

/// The mark at `stray` closes a quotation that was opened with another kind.
fn unlike(piece: &RuleContext<'_>, open: &Quotation, stray: TextRange, report: &mut Report<'_>) {
    let closing = open.mark.closing();
    let written = &piece.passage.prose()[stray];
    let message = format!("{written} does not close what {} opened. Write {closing}.", opening(open.mark));
    let fix = (format!("Replace {written} with {closing}"), stray, closing);
    add(piece, stray, message, Some((fix, Applicability::Safe)), report);
}

/// Whether the mark at `stray` closes where a quotation begins: "”We object".
fn is_turned(piece: &RuleContext<'_>, stray: TextRange) -> bool {
    let prose = piece.passage.prose();
    let (before, after) = (&prose[..stray.start().into()], &prose[stray.end().into()..]);
    &prose[stray] == "”"
        && before.trim_end_matches(is_invisible).chars().next_back().is_none_or(char::is_whitespace)
        && after.trim_start_matches([' ', '…']).starts_with(char::is_alphanumeric)
}

/// Whether `char` is written and not seen: a sign of direction or a joint.
fn is_invisible(char: char) -> bool {
    matches!(char, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Whether `prose` has the attribute of a tag that a publishing system left behind: `href=”…”`. Its marks quote nobody.
fn has_attribute(prose: &str) -> bool {
    prose.match_indices('=').any(|(at, _)| {
        prose[..at].ends_with(char::is_alphanumeric) && prose[at + 1..].starts_with(['"', '“', '”', '\''])
    })
}

/// The mark at `stray` closes nothing.
fn unopened(piece: &RuleContext<'_>, stray: TextRange, report: &mut Report<'_>) {
    let before = &piece.passage.prose()[..stray.start().into()];
    let words = before.split_inclusive(' ').next_back().unwrap_or("");
    if is_turned(piece, stray) {
        let message = "” closes, and nothing is open here. Write “ where a quotation begins.".to_owned();
        let fix = ("Replace ” with “".to_owned(), stray, "“");
        add(piece, stray, message, Some((fix, Applicability::Safe)), report);
    } else {
        let opens = words.ends_with(' ')
            && piece.passage.quotations().iter().any(|quotation| quotation.range.contains_range(stray));
        let message = if opens {
            format!(
                "A quotation is open already where this mark opens another. Close it after '{}', or begin a new paragraph here.",
                words.trim_end()
            )
        } else {
            format!(
                "Nothing is open that the mark after '{words}' could close. Put a mark where the quotation begins, or take this one out."
            )
        };
        add(piece, stray, message, None, report);
    }
}

/// The quotation `open` is never closed.
fn unclosed(piece: &RuleContext<'_>, open: &Quotation, report: &mut Report<'_>) {
    let prose = piece.passage.prose();
    let mark = TextRange::new(open.range.start(), open.inner.start());
    let closing = open.mark.closing();
    let after = &prose[open.inner.start().into()..];
    let words: Vec<&str> = after.split_whitespace().take(4).collect();
    let message = format!(
        "The quotation '{} …' is not closed. Put {closing} where the speaker's words end.",
        words.join(" ")
    );
    let fix = ending(piece, open)
        .map(|(at, title)| ((title, TextRange::empty(at), closing), Applicability::Suggested));
    add(piece, mark, message, fix, report);
}

/// Where an open quotation most likely ends: before the words that name its speaker, or, where it
/// opens the paragraph and nothing tells, at the paragraph's end.
fn ending(piece: &RuleContext<'_>, open: &Quotation) -> Option<(crate::text::TextSize, String)> {
    let closing = open.mark.closing();
    let inside = |range: &TextRange| range.start() > open.inner.start();
    let tag = piece
        .attributions
        .iter()
        .flat_map(|attribution| attribution.source.iter().chain(&attribution.cue))
        .copied()
        .filter(inside)
        .min_by_key(|range| range.start());
    if let Some(tag) = tag {
        let before = piece.passage.prose()[..tag.start().into()].trim_end();
        let words = before.rsplit(' ').next().unwrap_or("");
        return Some((crate::text::TextSize::of(before), format!("Put {closing} after '{words}'")));
    }
    let alone = open.range.start() == 0.into() && piece.attributions.is_empty();
    alone.then(|| (open.range.end(), format!("Put {closing} at the paragraph's end")))
}

fn opening(mark: QuotationMark) -> &'static str {
    match mark {
        QuotationMark::Straight => "\"",
        QuotationMark::Doubled => "''",
        QuotationMark::Curly => "“",
        QuotationMark::SingleStraight => "'",
        QuotationMark::SingleCurly => "‘",
    }
}

/// Reports `range` of the piece, with an edit that puts a mark in a place.
fn add(
    piece: &RuleContext<'_>,
    range: TextRange,
    message: String,
    fix: Option<((String, TextRange, &str), Applicability)>,
    report: &mut Report<'_>,
) {
    let finding = report.add(piece.to_article(range), message);
    if let Some(((title, place, mark), applicability)) = fix {
        let edit = TextEdit { range: piece.to_article(place), new_text: mark.to_owned() };
        finding.fixes.push(Fix { title, edits: vec![edit], applicability });
    }
}
