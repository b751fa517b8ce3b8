//! Comments, and what they tell Onrecord.

use crate::text::{TextRange, range};

/// A comment, `<!-- … -->`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// From `<!--` to `-->`, in bytes of the block's source.
    pub range: TextRange,
    /// What it asks for, when it begins with `onrecord:`.
    pub directive: Option<Directive>,
}

/// What a comment asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Directive {
    /// `ignore CODE… reason`: these codes are silent in the next paragraph.
    Ignore(Vec<TextRange>),
    /// `ignore-file CODE… reason`: these codes are silent in the article; none named, all.
    IgnoreFile(Vec<TextRange>),
    /// `off CODE…`: these codes, or all, are silent from here.
    Off(Vec<TextRange>),
    /// `on CODE…`: these codes, or all, speak again.
    On(Vec<TextRange>),
    /// Anything else after `onrecord:`; the range is the word that was not understood.
    Unknown(TextRange),
}

impl Comment {
    /// Reads the comment at `at` of `source`.
    pub(super) fn read(source: &str, at: TextRange) -> Self {
        let inner = source[at].trim_start_matches("<!--").trim_end_matches("-->");
        let start = usize::from(at.start()) + "<!--".len();
        Self { range: at, directive: directive(inner, start) }
    }
}

/// The directive in `inner`, which begins at byte `start` of the block.
fn directive(inner: &str, start: usize) -> Option<Directive> {
    let rest = inner.trim_start().strip_prefix("onrecord:")?;
    let base = start + (inner.len() - rest.len());
    let mut words = words(rest, base);
    let Some((verb, place)) = words.next() else {
        return Some(Directive::Unknown(range(base, base)));
    };
    let codes: Vec<TextRange> = words.take_while(|(word, _)| is_code(word)).map(|(_, place)| place).collect();
    Some(match verb {
        "ignore" => Directive::Ignore(codes),
        "ignore-file" => Directive::IgnoreFile(codes),
        "off" => Directive::Off(codes),
        "on" => Directive::On(codes),
        _ => Directive::Unknown(place),
    })
}

/// Whether `word` is a rule's code, three capitals and two digits, or a slip of one: "src02", "SRC2", "SRCO2". Taken for
/// the reason, a slip would make the comment one about all rules.
fn is_code(word: &str) -> bool {
    let digits = word.trim_start_matches(|char: char| char.is_ascii_alphabetic());
    let letters = word.len() - digits.len();
    (2..=4).contains(&letters)
        && (1..=3).contains(&digits.len())
        && word.len() >= 4
        && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// The words of `text`, each with its place, the first byte of `text` being byte `base`.
fn words(text: &str, base: usize) -> impl Iterator<Item = (&str, TextRange)> {
    text.split([' ', '\t', '\n', '\r', ',']).filter(|word| !word.is_empty()).map(move |word| {
        let at = base + (word.as_ptr() as usize - text.as_ptr() as usize);
        (word, range(at, at + word.len()))
    })
}
