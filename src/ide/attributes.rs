//! What part of a span's braces an offset stands in.

use crate::text::{TextRange, TextSize, range, size};

/// The braces around an offset, as far as they are written; they need not be closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Braces<'a> {
    /// The byte of `{` in the article.
    pub(super) open: TextSize,
    /// The words written before the one at the offset.
    pub(super) before: Vec<&'a str>,
    /// The words after it.
    pub(super) after: Vec<&'a str>,
    /// The word at the offset.
    pub(super) at: Part<'a>,
}

/// The word of the braces at an offset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part<'a> {
    /// `.class`, or the place where an item could begin (an empty word).
    Item {
        /// The whole word with its `.` or `#`.
        range: TextRange,
    },
    /// The key of `key=value`.
    Key {
        /// The key.
        range: TextRange,
    },
    /// The value of `key=value`.
    Value {
        /// The key.
        key: &'a str,
        /// The word of the value at the offset; a value in quotation marks holds several.
        range: TextRange,
    },
}

/// The braces around the byte `offset` of `text`, if it stands between a `]{` and what closes it.
pub(super) fn braces(text: &str, offset: TextSize) -> Option<Braces<'_>> {
    let offset = usize::from(offset).min(text.len());
    let line = text[..offset].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let open = line + text[line..offset].rfind("]{")? + 1;
    let end = text[open..].find(['\n', '\r']).map_or(text.len(), |at| open + at);
    let words = words(text, open + 1, end);
    let closed = words.last().map_or(open + 1, |(_, end)| *end);
    let close = text[closed..end].trim_start();
    let closed_at = if close.starts_with('}') { end - close.len() } else { closed };
    if offset > closed_at.max(closed) && !text[closed..offset].trim().is_empty() {
        return None;
    }
    let here = words.iter().position(|(start, end)| *start <= offset && offset <= *end);
    let text_of = |(start, end): &(usize, usize)| &text[*start..*end];
    let before = words.iter().filter(|(_, end)| *end < offset).map(text_of).collect();
    let after = words.iter().filter(|(start, _)| *start > offset).map(text_of).collect();
    let at = match here.map(|index| words[index]) {
        Some((start, end)) => part(text, start, end, offset),
        None => Part::Item { range: range(offset, offset) },
    };
    Some(Braces { open: size(open), before, after, at })
}

/// The words between braces from `start`, up to `}` or `end`: split at white space outside
/// quotation marks.
fn words(text: &str, start: usize, end: usize) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut begin = None;
    let mut quoted = false;
    for (at, byte) in text.as_bytes()[start..end].iter().enumerate() {
        let at = start + at;
        if *byte == b'"' {
            quoted = !quoted;
        }
        let ends = !quoted && (byte.is_ascii_whitespace() || *byte == b'}');
        if ends {
            out.extend(begin.take().map(|begin| (begin, at)));
            if *byte == b'}' {
                return out;
            }
        } else if begin.is_none() {
            begin = Some(at);
        }
    }
    out.extend(begin.map(|begin| (begin, end)));
    out
}

fn part(text: &str, start: usize, end: usize, offset: usize) -> Part<'_> {
    let word = &text[start..end];
    let Some(equals) = word.find('=').filter(|_| !word.starts_with(['.', '#'])).map(|at| start + at) else {
        return Part::Item { range: range(start, end) };
    };
    if offset <= equals {
        return Part::Key { range: range(start, equals) };
    }
    let value = &text[equals + 1..end];
    let inner = equals + 1 + usize::from(value.starts_with('"'));
    let closed =
        if value.len() > 1 && value.starts_with('"') && value.ends_with('"') { end - 1 } else { end };
    let offset = offset.clamp(inner, closed.max(inner));
    let closed = closed.max(inner);
    let from = text[inner..offset].rfind(char::is_whitespace).map_or(inner, |at| inner + at + 1);
    let to = text[offset..closed].find(char::is_whitespace).map_or(closed, |at| offset + at);
    Part::Value { key: &text[start..equals], range: range(from, to) }
}

impl<'a> Braces<'a> {
    /// The first class written, without its full stop.
    pub(super) fn class(&self, text: &'a str) -> Option<&'a str> {
        let here = match &self.at {
            Part::Item { range } => Some(&text[*range]),
            _ => None,
        };
        self.before
            .iter()
            .copied()
            .chain(here)
            .chain(self.after.iter().copied())
            .find_map(|word| word.strip_prefix('.'))
    }

    /// The keys written.
    pub(super) fn keys(&self) -> impl Iterator<Item = &'a str> + '_ {
        self.before.iter().chain(&self.after).filter_map(|word| word.split_once('=')).map(|(key, _)| key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What stands at `|` in `marked`.
    fn at(marked: &str) -> Option<String> {
        let offset = marked.find('|').unwrap();
        let text = marked.replacen('|', "", 1);
        let found = braces(&text, size(offset))?;
        Some(match found.at {
            Part::Item { range } => format!("item {:?}", &text[range]),
            Part::Key { range } => format!("key {:?}", &text[range]),
            Part::Value { key, range } => format!("{key} {:?}", &text[range]),
        })
    }

    #[test]
    fn the_part_at_the_cursor() {
        assert_eq!(at("[x]{|").as_deref(), Some("item \"\""));
        assert_eq!(at("[x]{.cl|aim} y").as_deref(), Some("item \".claim\""));
        assert_eq!(at("[x]{.claim st|ance=}").as_deref(), Some("key \"stance\""));
        assert_eq!(at("[x]{.claim stance=|}").as_deref(), Some("stance \"\""));
        assert_eq!(at("[x]{.claim stance=op|pose by=s1}").as_deref(), Some("stance \"oppose\""));
        assert_eq!(at("[x]{.claim by=\"s1 s|2\"}").as_deref(), Some("by \"s2\""));
        assert_eq!(at("[x]{.claim by=\"s1 |").as_deref(), Some("by \"\""));
        assert_eq!(at("[x]{.claim |}").as_deref(), Some("item \"\""));
    }

    #[test]
    fn outside_braces_there_is_none() {
        assert_eq!(at("[x]{.claim} a|b"), None);
        assert_eq!(at("no braces |"), None);
        assert_eq!(at("[x]{.claim}|"), None);
    }
}
