//! Annotations into an article's text, as canonical markup.
//!
//! Where a text holds what would be read as markup, a backslash makes it literal, as the format says.
//! For the few texts that no backslash saves (one that itself has backslashes before brackets, or
//! comments) an empty comment stands between the two characters. Each stretch of the article is
//! read again after it was written, so what cannot be put in the text is known and handed back.

use std::cmp::Reverse;
use std::fmt;

use super::{AnnotatedSpan, Annotations};
use crate::article::{self, Header, begins_attributes};
use crate::text::{TextRange, TextSize, range, size};

/// The comment that keeps two characters apart; reading drops it.
pub(in crate::exchange) const APART: &str = "<!---->";

/// An article with annotations written in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The article's text.
    pub article: String,
    /// The spans that have no place in the text, in their order.
    pub leftovers: Vec<Leftover>,
}

/// A span that could not be written into the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leftover {
    /// The span.
    pub span: AnnotatedSpan,
    /// Why.
    pub why: Misfit,
}

/// Why a span has no place in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misfit {
    /// It begins in another span and ends outside it.
    Crosses,
    /// It runs over the end of a paragraph, or lies between two.
    Paragraph,
    /// It lies in the header.
    Header,
    /// It lies outside the text, or splits a character.
    Outside,
    /// It has a class, key or id that cannot be written.
    Attributes,
}

impl fmt::Display for Misfit {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Crosses => "it crosses another span",
            Self::Paragraph => "it runs over the end of a paragraph",
            Self::Header => "it lies in the header",
            Self::Outside => "it lies outside the text",
            Self::Attributes => "its class, id or keys cannot be written",
        })
    }
}

/// Puts `spans` in the order of their opening brackets.
pub(super) fn sort(spans: &mut Vec<AnnotatedSpan>) {
    let mut order: Vec<(usize, AnnotatedSpan)> = std::mem::take(spans).into_iter().enumerate().collect();
    let (empty, mut sorted): (Vec<_>, Vec<_>) = order.drain(..).partition(|(_, span)| span.range.is_empty());
    sorted.sort_by_key(|(index, span)| (span.range.start(), Reverse(span.range.end()), *index));
    for hole in empty {
        let at = hole.1.range.start();
        let first = sorted.partition_point(|(_, span)| span.range.start() < at);
        let here = sorted[first..].iter().take_while(|(_, span)| span.range.start() == at);
        let after = here.enumerate().filter(|(_, (index, _))| *index < hole.0).last();
        sorted.insert(after.map_or(first, |(place, _)| first + place + 1), hole);
    }
    spans.extend(sorted.into_iter().map(|(_, span)| span));
}

impl Annotations {
    /// The article with its spans and comments in the text. Of two spans that cross, the one that
    /// stands first in `spans` is written.
    pub fn write(&self) -> Written {
        let stretches = self.stretches();
        let mut accepted: Vec<Vec<usize>> = vec![Vec::new(); stretches.len()];
        let mut misfits: Vec<(usize, Misfit)> = Vec::new();
        for (index, span) in self.spans.iter().enumerate() {
            match self.stretch_of(span, &stretches) {
                Ok(stretch) => {
                    let crosses = |other: &usize| crosses(self.spans[*other].range, span.range);
                    if accepted[stretch].iter().any(crosses) {
                        misfits.push((index, Misfit::Crosses));
                    } else {
                        accepted[stretch].push(index);
                    }
                }
                Err(why) => misfits.push((index, why)),
            }
        }
        let mut out = String::with_capacity(self.text.len() * 2);
        let mut done = 0;
        for (stretch, spans) in stretches.iter().zip(accepted) {
            out.push_str(&self.text[done..usize::from(stretch.start())]);
            let (text, left) = self.stretch(*stretch, spans.clone());
            // "date 2026-03-01" with a bracket after it would begin with a header.
            if done > 0 || Header::parse(&format!("{out}{text}")).range == self.header.range {
                out.push_str(&text);
                misfits.extend(left.into_iter().map(|index| (index, Misfit::Paragraph)));
            } else {
                out.push_str(&self.text[*stretch]);
                misfits.extend(spans.into_iter().map(|index| (index, Misfit::Header)));
            }
            done = stretch.end().into();
        }
        out.push_str(&self.text[done..]);
        misfits.sort_by_key(|(index, _)| *index);
        let leftover = |(index, why): (usize, Misfit)| Leftover { span: self.spans[index].clone(), why };
        Written { article: out, leftovers: misfits.into_iter().map(leftover).collect() }
    }

    /// The runs of lines that are not blank, or are not once comments and holes stand in them: a
    /// paragraph never goes beyond one.
    fn stretches(&self) -> Vec<TextRange> {
        let blank = |span: &&AnnotatedSpan| {
            self.text
                .get(std::ops::Range::<usize>::from(span.range))
                .is_some_and(|words| words.trim().is_empty())
        };
        let holes = self.spans.iter().filter(blank).flat_map(|span| [span.range.start(), span.range.end()]);
        let mut insertions: Vec<TextSize> = self.comments.iter().map(|(at, _)| *at).chain(holes).collect();
        insertions.sort_unstable();
        let filled = |start: usize, end: usize| {
            let next = insertions.partition_point(|at| usize::from(*at) < start);
            insertions.get(next).is_some_and(|at| usize::from(*at) <= end)
        };
        let mut out: Vec<TextRange> = Vec::new();
        let mut open: Option<TextRange> = None;
        for (start, end) in lines(&self.text, self.body()) {
            if self.text[start..end].trim().is_empty() && !filled(start, end) {
                out.extend(open.take());
            } else {
                open = Some(range(open.map_or(start, |open| open.start().into()), end));
            }
        }
        out.extend(open);
        out
    }

    /// Which of `stretches` the span lies in.
    fn stretch_of(&self, span: &AnnotatedSpan, stretches: &[TextRange]) -> Result<usize, Misfit> {
        let (start, end) = (usize::from(span.range.start()), usize::from(span.range.end()));
        if self.text.get(start..end).is_none() {
            return Err(Misfit::Outside);
        }
        if start < self.body() {
            return Err(Misfit::Header);
        }
        if attributes(span).is_none() {
            return Err(Misfit::Attributes);
        }
        let at = stretches.partition_point(|stretch| stretch.end() < span.range.start());
        match stretches.get(at) {
            Some(stretch) if stretch.contains_range(span.range) => Ok(at),
            _ => Err(Misfit::Paragraph),
        }
    }

    /// The text of one stretch with `spans` (indices) in it, and those that it cannot hold.
    fn stretch(&self, stretch: TextRange, mut spans: Vec<usize>) -> (String, Vec<usize>) {
        let mut left = Vec::new();
        let mut drop = |spans: &mut Vec<usize>, keep: &dyn Fn(&AnnotatedSpan) -> bool| {
            let (kept, dropped) = spans.iter().partition(|index| keep(&self.spans[**index]));
            *spans = kept;
            left.extend::<Vec<usize>>(dropped);
        };
        for attempt in 0..3 {
            let piece = self.part(stretch, &spans);
            for escaping in [Escaping::Where, Escaping::All] {
                let text = piece.render(escaping);
                if piece.is_read_from(&text) {
                    return (text, left);
                }
            }
            // Lines that markup makes too long are paragraphs of their own.
            let in_one_line = |span: &AnnotatedSpan| !self.words(span).contains(['\n', '\r']);
            drop(&mut spans, if attempt == 0 { &in_one_line } else { &|_: &AnnotatedSpan| false });
        }
        (self.text[stretch].to_owned(), left)
    }

    /// The annotations of one stretch alone, counted from its beginning.
    fn part(&self, stretch: TextRange, spans: &[usize]) -> Part {
        let from = stretch.start();
        let spans = spans.iter().map(|index| &self.spans[*index]);
        let spans = spans.map(|span| AnnotatedSpan { range: span.range - from, ..span.clone() });
        let comments = self.comments.iter().filter(|(at, _)| stretch.contains_inclusive(*at));
        let mut part = Part {
            text: self.text[stretch].to_owned(),
            spans: spans.collect(),
            comments: comments.map(|(at, words)| (*at - from, words.clone())).collect(),
        };
        sort(&mut part.spans);
        part
    }
}

/// Whether two ranges overlap and neither holds the other.
fn crosses(a: TextRange, b: TextRange) -> bool {
    let (first, second) = if a.start() <= b.start() { (a, b) } else { (b, a) };
    first.start() < second.start() && second.start() < first.end() && first.end() < second.end()
}

/// The lines of `text` from `from`, without their breaks (`\n`, `\r\n`, a lone `\r`).
fn lines(text: &str, from: usize) -> impl Iterator<Item = (usize, usize)> {
    let mut at = from;
    let places = text[from..].split_inclusive(['\n', '\r']).map(move |line| {
        let start = at;
        at += line.len();
        (start, start + line.trim_end_matches(['\n', '\r']).len())
    });
    let last = !text[from..].is_empty() && !text.ends_with(['\n', '\r']);
    let places = places.chain((!last).then_some((text.len(), text.len())));
    // What stands between `\r` and `\n` is no line.
    places.filter(move |(start, end)| {
        !(start == end && *start > from && text[..*start].ends_with('\r') && text[*end..].starts_with('\n'))
    })
}

/// What is made literal.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Escaping {
    /// What would be read as markup as the text stands.
    Where,
    /// All that could be, by keeping the characters apart.
    All,
}

/// Some lines of an article and what belongs into them.
struct Part {
    text: String,
    spans: Vec<AnnotatedSpan>,
    comments: Vec<(TextSize, String)>,
}

impl Part {
    /// Whether reading `article` gives this part.
    fn is_read_from(&self, article: &str) -> bool {
        // A part that looks like a header is none where it stands.
        let lead = "x\n\n";
        let read = Annotations::read("", &format!("{lead}{article}"));
        let moved = size(lead.len());
        read.text.strip_prefix(lead) == Some(&self.text)
            && read.spans.len() == self.spans.len()
            && read.spans.iter().zip(&self.spans).all(|(read, span)| {
                read.range == span.range + moved
                    && (&read.id, &read.classes, &read.keys) == (&span.id, &span.classes, &span.keys)
            })
            && read.comments.len() == self.comments.len()
            && read
                .comments
                .iter()
                .zip(&self.comments)
                .all(|(read, (at, words))| read.0 == *at + moved && read.1 == *words)
    }

    /// The text with its markup.
    fn render(&self, escaping: Escaping) -> String {
        let bytes = self.text.as_bytes();
        let marks = self.marks();
        let literal = self.literal(escaping);
        let mut out = String::with_capacity(self.text.len() * 2);
        let mut marks = marks.iter().peekable();
        let mut literal = literal.iter().peekable();
        let mut done = 0;
        // Backslashes of the text right before the place that is written next.
        let mut slashes = 0_usize;
        for at in 0..=bytes.len() {
            let mut before = String::new();
            while let Some((_, mark)) = marks.next_if(|(place, _)| *place == at) {
                before.push_str(mark);
            }
            let bracket = bytes.get(at).is_some_and(|byte| matches!(byte, b'[' | b']' | b'{' | b'}'));
            let inside = self.is_inside(at);
            let escape = literal.next_if(|(place, _)| *place == at).map(|(_, with)| *with);
            if !before.is_empty() || escape.is_some() || (slashes > 0 && bracket) {
                out.push_str(&self.text[done..at]);
                done = at;
                let bare = before.is_empty();
                let active = if bare {
                    bracket && (inside || escape.is_some())
                } else {
                    before.starts_with(['[', ']'])
                };
                if slashes > 0 && (active || (bracket && escaping == Escaping::All)) {
                    let doubled =
                        escaping == Escaping::Where && slashes % 2 == 1 && (!bare || escape.is_none());
                    out.push_str(if doubled { "\\" } else { APART });
                }
                out.push_str(&before);
                out.push_str(escape.unwrap_or_default());
            }
            slashes = if bytes.get(at) == Some(&b'\\') { slashes + 1 } else { 0 };
        }
        out.push_str(&self.text[done..]);
        out
    }

    /// Brackets, attributes and comments, each with the byte of the text before which it stands.
    fn marks(&self) -> Vec<(usize, String)> {
        // At one place: holes of what ends there, ends, comments, then what begins there.
        let mut marks: Vec<(usize, u8, usize, String)> = Vec::new();
        let mut started = None;
        for (index, span) in self.spans.iter().enumerate() {
            let (start, end) = (usize::from(span.range.start()), usize::from(span.range.end()));
            let attributes = attributes(span).unwrap_or_default();
            if start == end {
                let turn = if started == Some(start) { 3 } else { 0 };
                marks.push((start, turn, index, format!("[]{attributes}")));
            } else {
                started = Some(start);
                marks.push((start, 3, index, "[".to_owned()));
                marks.push((end, 1, usize::MAX - index, format!("]{attributes}")));
            }
        }
        for (index, (at, words)) in self.comments.iter().enumerate() {
            marks.push(((*at).into(), 2, index, words.clone()));
        }
        marks.sort_by_key(|(at, turn, order, _)| (*at, *turn, *order));
        marks.into_iter().map(|(at, .., mark)| (at, mark)).collect()
    }

    /// Whether the byte at `at` stands in a span that is not empty.
    fn is_inside(&self, at: usize) -> bool {
        self.spans.iter().any(|span| span.range.contains(size(at)))
    }

    /// The bytes of the text before which something has to stand so that they stay text, and what.
    fn literal(&self, escaping: Escaping) -> Vec<(usize, &'static str)> {
        let bytes = self.text.as_bytes();
        let mut out: Vec<(usize, &'static str)> = Vec::new();
        let mut closing: Vec<usize> = Vec::new();
        for at in memchr::memchr_iter(b']', bytes).filter(|at| bytes.get(at + 1) == Some(&b'{')) {
            if escaping == Escaping::All {
                out.push((at + 1, APART));
            } else if begins_attributes(&self.text, at + 1) {
                closing.push(at);
                out.push((at, "\\"));
            }
        }
        for (at, _) in self.text.match_indices("<!--") {
            let closed = self.text[at..].contains("-->")
                || self.comments.iter().any(|(comment, _)| usize::from(*comment) > at);
            if escaping == Escaping::All || closed {
                out.push((at + 2, APART));
            }
        }
        // In a span, a bracket without its other half would be taken for the span's own.
        for (index, span) in self.spans.iter().enumerate().filter(|(_, span)| !span.range.is_empty()) {
            let inner: Vec<TextRange> = self.spans[index + 1..]
                .iter()
                .map(|other| other.range)
                .filter(|other| span.range.contains_range(*other) && !other.is_empty())
                .collect();
            let mut open = Vec::new();
            let start = usize::from(span.range.start());
            for (at, byte) in self.text[span.range].bytes().enumerate().map(|(at, byte)| (start + at, byte)) {
                if inner.iter().any(|other| other.contains(size(at))) {
                    continue;
                }
                match byte {
                    b'[' => open.push(at),
                    b']' if closing.contains(&at) => {}
                    b']' if open.pop().is_none() => out.push((at, "\\")),
                    _ => {}
                }
            }
            out.extend(open.into_iter().map(|at| (at, "\\")));
        }
        out.sort_unstable();
        out.dedup_by_key(|(at, _)| *at);
        out
    }
}

/// The attributes of `span` in braces: id, classes, keys by name. None where they cannot be read back.
pub(in crate::exchange) fn attributes(span: &AnnotatedSpan) -> Option<String> {
    let names = span.id.iter().chain(&span.classes).chain(span.keys.iter().map(|(key, _)| key));
    let keys_rise = span.keys.windows(2).all(|pair| pair[0].0 < pair[1].0);
    if !keys_rise || !names.into_iter().all(|name| is_name(name)) {
        return None;
    }
    let classes: Vec<&str> = span.classes.iter().map(String::as_str).collect();
    let keys: Vec<(&str, &str)> =
        span.keys.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
    Some(article::attributes(span.id.as_deref(), &classes, &keys))
}

/// Whether `name` can be an id, a class or a key.
fn is_name(name: &str) -> bool {
    let first = name.chars().next();
    first.is_some_and(|first| first != '#' && first != '.')
        && !name.contains(|char: char| {
            char.is_whitespace()
                || char.is_control()
                || matches!(char, '{' | '}' | '[' | ']' | '=' | '"' | '\\' | '<')
        })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn span(start: usize, end: usize, class: &str) -> AnnotatedSpan {
        AnnotatedSpan {
            classes: vec![class.to_owned()],
            range: range(start, end),
            ..AnnotatedSpan::default()
        }
    }

    fn with(text: &str, spans: Vec<AnnotatedSpan>) -> Annotations {
        Annotations { spans, ..Annotations::of_text("a", text.to_owned()) }
    }

    #[test]
    fn spans_are_written_nested_and_their_attributes_in_order() {
        let mut claim = span(0, 11, "claim");
        claim.id = Some("c1".to_owned());
        claim.set("stance", "support");
        claim.set("by", "s1 s2");
        let written = with("the US left", vec![claim, span(4, 6, "actor")]).write();
        assert_eq!(written.article, "[the [US]{.actor} left]{#c1 .claim by=\"s1 s2\" stance=support}");
        assert!(written.leftovers.is_empty());
    }

    #[test]
    fn what_would_be_read_as_markup_is_made_literal() {
        let same = |text: &str, spans: Vec<AnnotatedSpan>| with(text, spans).write().article;
        assert_eq!(same("[sic] f(x)[1]{see p. 3}", vec![]), "[sic] f(x)[1]{see p. 3}");
        assert_eq!(same("a [b]{.own} c", vec![]), "a [b\\]{.own} c");
        assert_eq!(same("b ] c", vec![span(0, 5, "own")]), "[b \\] c]{.own}");
        assert_eq!(same("a\\", vec![span(0, 2, "own")]), "[a\\\\]{.own}");
        assert_eq!(same("<!-- no -->", vec![]), "<!<!---->-- no -->");
    }

    #[test]
    fn what_has_no_place_in_the_text_is_handed_back_with_the_reason() {
        let spans = vec![
            span(20, 23, "a"),
            span(22, 26, "b"),
            span(24, 31, "c"),
            span(6, 16, "d"),
            span(40, 41, "e"),
        ];
        let written = with("date 2026-03-01 one two three\n\nfour", spans).write();
        assert_eq!(written.article, "date 2026-03-01 one [two]{.a} three\n\nfour");
        let why: Vec<String> =
            written.leftovers.iter().map(|left| format!("{}: {}", left.span.classes[0], left.why)).collect();
        assert_eq!(
            why,
            [
                "b: it crosses another span",
                "c: it runs over the end of a paragraph",
                "d: it lies in the header",
                "e: it lies outside the text",
            ]
        );
    }

    #[test]
    fn a_span_over_a_line_break_is_written_where_the_paragraph_stays_one() {
        let text = "The United States and its allies are seeking support\nfor the resolution to be tabled at the United Nations\nnext week.";
        let mut claim = span(45, 60, "claim");
        claim.set("on", &"x".repeat(120));
        let across = with(text, vec![claim]).write();
        assert!(across.leftovers.is_empty(), "{}", across.article);
        let lines =
            with("A short line\nand one that is much longer than the first.", vec![span(8, 20, "claim")]);
        assert_eq!(lines.write().leftovers[0].why, Misfit::Paragraph);
    }

    /// Texts full of what looks like markup.
    fn source() -> impl Strategy<Value = String> {
        prop::string::string_regex(
            r#"(\[|\]|\{|\}|\\|\]\{\.a\}|\]\{#x b=c\}|<!-- d -->|<!--|-->|[a-dé .,=\"]|\n|\n\n|\r\n){0,40}"#,
        )
        .unwrap()
    }

    /// What was written of `annotations`.
    fn without(mut annotations: Annotations, written: &Written) -> Annotations {
        for left in &written.leftovers {
            let at = annotations.spans.iter().position(|span| *span == left.span).unwrap();
            annotations.spans.remove(at);
        }
        annotations.sort();
        annotations
    }

    proptest! {
        #[test]
        fn what_was_read_is_written_and_read_as_it_was(source in source()) {
            let read = Annotations::read("a", &source);
            let written = read.write();
            for left in &written.leftovers {
                // Whether lines are one paragraph can hang on markup or comments in them.
                prop_assert!(read.words(&left.span).contains(['\n', '\r']));
            }
            let again = Annotations::read("a", &written.article);
            prop_assert_eq!(&again, &without(read, &written));
            prop_assert_eq!(again.write().article, written.article);
        }

        #[test]
        fn what_was_written_is_read_but_for_what_is_handed_back(
            source in source(),
            places in prop::collection::vec((0..40_usize, 0..12_usize), 0..6),
        ) {
            let spans = places.iter().enumerate().map(|(index, (start, length))| {
                let mut made = span(*start, start + length, if index % 2 == 0 { "claim" } else { "actor" });
                if index % 3 == 0 {
                    made.id = Some(format!("s{index}"));
                    made.set("by", "\"a\" <!-- } \\ -->");
                }
                made
            });
            let annotations = with(&source, spans.collect());
            let written = annotations.write();
            let read = Annotations::read("a", &written.article);
            prop_assert_eq!(&read.text, &annotations.text);
            let expected = without(annotations, &written);
            prop_assert_eq!(read.spans, expected.spans);
        }
    }
}
