//! Bracketed spans, escapes and comments in a block.
//!
//! A span is `[text]{#id .class key=value}`, as Pandoc reads it. Spans nest to any depth; brackets
//! without attributes are text.

use memchr::memmem;
use rustc_hash::FxHashSet;

use super::{Comment, Directive, Fault, FaultKind, Prose};
use crate::text::{TextEdit, TextRange, range};

/// What was read in one block. All ranges are bytes of the block's source unless said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Markup {
    /// The words without the markup.
    pub prose: Prose,
    /// The spans, in order of their opening brackets, so a parent stands before its children.
    pub spans: Vec<Span>,
    /// The spans that stand beside the article, in `NAME.article.json`: [`Span::is_beside`]. They can cross others.
    pub beside: Vec<Span>,
    /// The comments, in text order.
    pub comments: Vec<Comment>,
    /// What could not be read as written.
    pub faults: Vec<Fault>,
}

impl Markup {
    /// All that is annotated: the spans in the block's source, then those beside the article.
    pub fn annotations(&self) -> impl Iterator<Item = &Span> + Clone {
        self.spans.iter().chain(&self.beside)
    }

    /// Whether the block is words alone, each byte of it prose.
    pub fn is_plain(&self) -> bool {
        self.spans.is_empty()
            && self.beside.is_empty()
            && self.comments.is_empty()
            && self.faults.is_empty()
            && self.prose.removed().next().is_none()
    }
}

/// A bracketed span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// From `[` to `}`.
    pub range: TextRange,
    /// Between the brackets.
    pub content: TextRange,
    /// The same in bytes of the block's prose.
    pub prose: TextRange,
    /// From `{` to `}`.
    pub attributes: TextRange,
    /// The word after `#`.
    pub id: Option<Word>,
    /// The words after each `.`.
    pub classes: Vec<Word>,
    /// The pairs `key=value`.
    pub keys: Vec<Key>,
    /// The innermost span around this one, as an index into [`Markup::spans`].
    pub parent: Option<usize>,
}

/// A word of a span's attributes or of a header.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// The word, without `#`, `.` or quotation marks.
    pub text: String,
    /// Where it stands.
    pub range: TextRange,
}

/// A pair `key=value`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// The part before `=`.
    pub name: Word,
    /// The part after `=`.
    pub value: Word,
    /// The bytes of the value's text that are escaped: in the source a backslash stands before each.
    pub(crate) escapes: Vec<usize>,
}

/// The value of `by` where an article names nobody: "is expected", "reportedly".
pub const NOBODY: &str = "none";

/// The class that stands beside a span's own while no person has looked at it: `{.claim .draft}`.
pub const DRAFT: &str = "draft";

/// What [`DRAFT`] says of a span, a sentence.
pub const DRAFT_MEANING: &str =
    "Beside another class: a draft that the program made and nobody has looked at yet.";

/// The class that stands beside a span's own while two coders' readings wait for a decision: `{.claim .alternative}`.
pub const ALTERNATIVE: &str = "alternative";

/// What [`ALTERNATIVE`] says of a span, a sentence.
pub const ALTERNATIVE_MEANING: &str =
    "Beside another class: what one of two coders marked, until somebody decides between them.";

/// The keys of an alternative besides those of its class: the question it answers, the coder, and, where it would cross
/// another span and is therefore empty, the words it covers, which begin at its place.
pub const ALTERNATIVE_KEYS: [&str; 3] = ["alt", "from", "words"];

/// The classes that stand beside a span's own while it counts for nothing, and what each says.
pub const PENDING: [(&str, &str); 2] = [(DRAFT, DRAFT_MEANING), (ALTERNATIVE, ALTERNATIVE_MEANING)];

/// Whether a span with the class `class` waits for a person: see [`PENDING`].
pub fn is_pending(class: &str) -> bool {
    PENDING.iter().any(|(name, _)| *name == class)
}

/// How many bytes of `prose` from its beginning on `words` are, white space of any kind and length being the same.
pub fn words_at(prose: &str, words: &str) -> Option<usize> {
    let mut rest = prose;
    let mut words = words;
    while let Some(wanted) = words.chars().next() {
        let found = rest.chars().next()?;
        if wanted.is_whitespace() && found.is_whitespace() {
            (rest, words) = (rest.trim_start(), words.trim_start());
        } else if wanted == found {
            (rest, words) = (&rest[found.len_utf8()..], &words[wanted.len_utf8()..]);
        } else {
            return None;
        }
    }
    Some(prose.len() - rest.len())
}

/// The classes the format knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SpanClass {
    /// A name or description of an actor.
    Actor,
    /// Who is cited.
    Source,
    /// The reporting words.
    Cue,
    /// What is claimed.
    Claim,
    /// Words quoted.
    Quote,
    /// An empty place where a mention was lost.
    Missing,
    /// The newsroom's own reporting.
    Own,
}

impl SpanClass {
    /// All classes, in the order of the format's table.
    pub const ALL: [Self; 7] =
        [Self::Actor, Self::Source, Self::Cue, Self::Claim, Self::Quote, Self::Missing, Self::Own];

    /// The class as it is written, without its full stop.
    pub fn name(self) -> &'static str {
        match self {
            Self::Actor => "actor",
            Self::Source => "source",
            Self::Cue => "cue",
            Self::Claim => "claim",
            Self::Quote => "quote",
            Self::Missing => "missing",
            Self::Own => "own",
        }
    }

    /// The class written `name`.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.name() == name)
    }

    /// What a span of the class stands on, a sentence.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Actor => "A name or description of an actor.",
            Self::Source => "Who is cited.",
            Self::Cue => "The reporting words.",
            Self::Claim => "What is claimed.",
            Self::Quote => "Words quoted.",
            Self::Missing => "An empty place where a mention was lost.",
            Self::Own => "The newsroom's own reporting: it stands behind this without a source.",
        }
    }

    /// The keys the class takes, in the order of the format's table.
    pub fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Actor | Self::Missing => &["ref"],
            Self::Source => &["ref", "anon", "basis"],
            Self::Cue => &["for"],
            Self::Claim => &["by", "on", "stance", "voice", "act", "part-of"],
            Self::Quote => &["by", "part-of"],
            Self::Own => &["why"],
        }
    }
}

impl Span {
    /// The first class the format knows.
    pub fn class(&self) -> Option<SpanClass> {
        self.classes.iter().find_map(|class| SpanClass::from_name(&class.text))
    }

    /// Whether it has the class `name`.
    pub fn has_class(&self, name: &str) -> bool {
        self.classes.iter().any(|class| class.text == name)
    }

    /// Whether the program made it and no person has accepted it.
    pub fn is_draft(&self) -> bool {
        self.has_class(DRAFT)
    }

    /// Whether it is one of two coders' readings between which nobody has decided.
    pub fn is_alternative(&self) -> bool {
        self.has_class(ALTERNATIVE)
    }

    /// Whether it is annotation: neither a draft nor an alternative, which count for nothing yet.
    pub fn is_settled(&self) -> bool {
        !self.classes.iter().any(|class| is_pending(&class.text))
    }

    /// Whether it stands beside the article: then all its ranges are those of its words.
    pub fn is_beside(&self) -> bool {
        self.attributes.is_empty()
    }

    /// The value of `key`.
    pub fn value(&self, key: &str) -> Option<&Word> {
        self.keys.iter().find(|pair| pair.name.text == key).map(|pair| &pair.value)
    }

    /// The words of the value of `key`, split at white space, each with its place.
    pub fn values<'a>(&'a self, key: &str) -> impl Iterator<Item = (&'a str, TextRange)> + use<'a> {
        let is_beside = self.is_beside();
        self.keys.iter().find(|pair| pair.name.text == key).into_iter().flat_map(move |pair| {
            let value = &pair.value;
            let base = usize::from(value.range.start());
            let place = move |at: usize| base + at + pair.escapes.partition_point(|escape| *escape < at);
            value.text.split_ascii_whitespace().map(move |word| {
                if is_beside {
                    return (word, value.range);
                }
                let at = word.as_ptr() as usize - value.text.as_ptr() as usize;
                (word, range(place(at), place(at + word.len())))
            })
        })
    }
}

impl Markup {
    /// Reads one block. Time is linear in its length, whatever it holds.
    pub fn parse(source: &str) -> Self {
        if memmem::find(source.as_bytes(), b"]{").is_none()
            && memmem::find(source.as_bytes(), b"<!--").is_none()
        {
            return Self { prose: Prose::without(source, &[]), ..Self::default() };
        }
        let mut out = Self::default();
        out.read_comments(source);
        let comments: Vec<TextRange> = out.comments.iter().map(|comment| comment.range).collect();
        let scan = Scan::run(source, &comments, true);
        out.faults.extend(scan.faults);
        let mut removed = comments.clone();
        removed.extend(active_escapes(source, &comments, &scan.spans));
        for span in &scan.spans {
            removed.push(TextRange::at(span.range.start(), 1.into()));
            removed.push(TextRange::new(span.content.end(), span.range.end()));
        }
        removed.sort_by_key(|stretch| (stretch.start(), stretch.end()));
        // A comment can stand inside braces and hold what looks like an escape.
        removed.dedup_by(|next, before| {
            let overlaps = next.start() < before.end();
            if overlaps {
                *before = before.cover(*next);
            }
            overlaps
        });
        out.prose = Prose::without(source, &removed);
        out.spans = scan.spans;
        for span in &mut out.spans {
            let start = out.prose.from_source(span.content.start());
            span.prose = TextRange::new(start, out.prose.from_source(span.content.end()).max(start));
        }
        out
    }

    fn read_comments(&mut self, source: &str) {
        let mut from = 0;
        while let Some(found) = memmem::find(&source.as_bytes()[from..], b"<!--") {
            let start = from + found;
            let Some(length) = memmem::find(&source.as_bytes()[start..], b"-->") else {
                self.faults.push(Fault {
                    range: range(start, start + 4),
                    kind: FaultKind::Comment,
                    message: "This comment is not closed in its paragraph: it needs '-->'.".to_owned(),
                    fix: None,
                });
                return;
            };
            let end = start + length + "-->".len();
            let comment = Comment::read(source, range(start, end));
            if let Some(Directive::Unknown(place)) = &comment.directive {
                self.faults.push(Fault {
                    range: if place.is_empty() { comment.range } else { *place },
                    kind: FaultKind::Comment,
                    message: "A comment to Onrecord says 'ignore', 'ignore-file', 'off' or 'on', then codes."
                        .to_owned(),
                    fix: None,
                });
            }
            self.comments.push(comment);
            from = end;
        }
    }
}

/// The backslashes that make a bracket or brace literal where it would otherwise be markup.
fn active_escapes(source: &str, comments: &[TextRange], spans: &[Span]) -> Vec<TextRange> {
    let bytes = source.as_bytes();
    if memchr::memchr(b'\\', bytes).is_none() {
        return Vec::new();
    }
    let bare = Scan::run(source, comments, false);
    let mut structural: Vec<usize> = Vec::new();
    for span in &bare.spans {
        structural.push(span.range.start().into());
        structural.push(span.content.end().into());
        structural.push(span.attributes.start().into());
        structural.push(usize::from(span.range.end()) - 1);
    }
    structural.extend(bare.stray.iter().copied());
    structural.sort_unstable();
    // Spans come in order of their start; the outermost ones alone say what is inside markup.
    let outer: Vec<TextRange> =
        spans.iter().filter(|span| span.parent.is_none()).map(|span| span.content).collect();
    let inside = |at: usize| {
        let next = outer.partition_point(|content| usize::from(content.start()) <= at);
        next.checked_sub(1).is_some_and(|last| at < usize::from(outer[last].end()))
    };
    let commented = |at: usize| {
        let next = comments.partition_point(|comment| usize::from(comment.start()) <= at);
        next.checked_sub(1).is_some_and(|last| at < usize::from(comments[last].end()))
    };
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'\\', &bytes[at..]) {
        let slash = at + found;
        at = slash + 2;
        let active = match bytes.get(slash + 1) {
            Some(b'[' | b']' | b'{' | b'}') => {
                structural.binary_search(&(slash + 1)).is_ok() || inside(slash)
            }
            Some(b'\\') => {
                matches!(bytes.get(slash + 2), Some(b'[' | b']' | b'{' | b'}'))
                    && (structural.binary_search(&(slash + 2)).is_ok() || inside(slash))
            }
            _ => {
                at = slash + 1;
                false
            }
        };
        if active && !commented(slash) {
            out.push(range(slash, slash + 1));
        }
    }
    out
}

/// One pass over a block: brackets matched with a stack, so depth costs no call stack.
#[derive(Default)]
struct Scan {
    spans: Vec<Span>,
    faults: Vec<Fault>,
    /// Closing brackets with attributes but no opening bracket.
    stray: Vec<usize>,
    failed: FailedItems,
}

/// Where items began in braces that turned out not to hold attributes: who comes to one of them again, having
/// begun elsewhere, fails alike, so that no part of a block is read more than a few times.
type FailedItems = FxHashSet<usize>;

impl Scan {
    fn run(source: &str, comments: &[TextRange], escapes: bool) -> Self {
        let bytes = source.as_bytes();
        let mut out = Self::default();
        let mut open: Vec<usize> = Vec::new();
        let mut comments = comments.iter().peekable();
        let mut at = 0;
        while at < bytes.len() {
            if let Some(comment) = comments.next_if(|comment| usize::from(comment.start()) <= at) {
                at = at.max(comment.end().into());
                continue;
            }
            match bytes[at] {
                b'\\' if escapes && matches!(bytes.get(at + 1), Some(b'[' | b']' | b'{' | b'}' | b'\\')) => {
                    at += 2;
                }
                b'[' => {
                    open.push(at);
                    at += 1;
                }
                b']' if bytes.get(at + 1) == Some(&b'{') => at = out.close(source, at, &mut open),
                b']' => {
                    open.pop();
                    at += 1;
                }
                _ => at += 1,
            }
        }
        out.nest();
        out
    }

    /// Handles the `]` at `at`, which a `{` follows; returns where to go on.
    fn close(&mut self, source: &str, at: usize, open: &mut Vec<usize>) -> usize {
        let start = open.pop();
        let read = match Attributes::read(source, at + 1, &mut self.failed) {
            Reading::Attributes(read) => read,
            Reading::Text => return at + 1,
            Reading::Unclosed => {
                self.fault(range(at + 1, at + 2), "These attributes are not closed: they need '}'.", None);
                return at + 1;
            }
        };
        let end = read.end;
        let Some(start) = start else {
            self.stray.push(at);
            let message =
                "This ']' has attributes but no '[' in its paragraph. Put '[' where the span begins.";
            self.fault(range(at, end), message, None);
            return end;
        };
        self.faults.extend(read.faults);
        self.spans.push(Span {
            range: range(start, end),
            content: range(start + 1, at),
            prose: TextRange::default(),
            attributes: range(at + 1, end),
            id: read.id,
            classes: read.classes,
            keys: read.keys,
            parent: None,
        });
        end
    }

    fn fault(&mut self, range: TextRange, message: &str, fix: Option<TextEdit>) {
        self.faults.push(Fault { range, kind: FaultKind::Markup, message: message.to_owned(), fix });
    }

    /// Orders the spans by their opening brackets and gives each its parent.
    fn nest(&mut self) {
        self.spans.sort_by_key(|span| span.range.start());
        let mut around: Vec<usize> = Vec::new();
        for index in 0..self.spans.len() {
            let start = self.spans[index].range.start();
            while around.last().is_some_and(|outer| self.spans[*outer].range.end() <= start) {
                around.pop();
            }
            self.spans[index].parent = around.last().copied();
            around.push(index);
        }
    }
}

/// What stands in braces after a closing bracket.
#[derive(Default)]
struct Attributes {
    /// The byte after the closing brace.
    end: usize,
    id: Option<Word>,
    classes: Vec<Word>,
    keys: Vec<Key>,
    faults: Vec<Fault>,
}

enum Reading {
    Attributes(Attributes),
    /// The braces hold something else, so they are text.
    Text,
    /// They begin as attributes do and do not end.
    Unclosed,
}

impl Attributes {
    /// Reads the braces that open at `open`. They end at the next `}` outside quoted values, and not after the
    /// next `]{` there, which is another span's.
    fn read(source: &str, open: usize, failed: &mut FailedItems) -> Reading {
        let bytes = source.as_bytes();
        let mut out = Self::default();
        let mut strange: Vec<TextRange> = Vec::new();
        let mut items: Vec<usize> = Vec::new();
        let mut begins_as_attributes = false;
        let mut at = open + 1;
        loop {
            while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
                at += 1;
            }
            match bytes.get(at) {
                Some(b'}') => break,
                Some(_) if !failed.contains(&at) && !is_seam(bytes, at) => {
                    items.push(at);
                    at = out.item(source, at, &mut strange);
                    begins_as_attributes |= items.len() == 1 && strange.is_empty();
                }
                _ => {
                    failed.extend(items);
                    return if begins_as_attributes { Reading::Unclosed } else { Reading::Text };
                }
            }
        }
        out.end = at + 1;
        if out.is_empty() && !strange.is_empty() {
            return Reading::Text;
        }
        out.drop_repeated_keys();
        for place in strange {
            out.fault(
                place,
                format!(
                    "'{}' is none of #id, .class and key=value, so it says nothing here.",
                    &source[place]
                ),
                None,
            );
        }
        Reading::Attributes(out)
    }

    fn is_empty(&self) -> bool {
        self.id.is_none() && self.classes.is_empty() && self.keys.is_empty()
    }

    fn fault(&mut self, range: TextRange, message: String, fix: Option<TextEdit>) {
        self.faults.push(Fault { range, kind: FaultKind::Markup, message, fix });
    }

    /// Reads one item at `at`; returns the byte after it.
    fn item(&mut self, source: &str, at: usize, strange: &mut Vec<TextRange>) -> usize {
        let bytes = source.as_bytes();
        let end = bare_end(bytes, at, |byte| matches!(byte, b'}' | b'=' | b'"'));
        match bytes[at] {
            b'#' | b'.' if end > at + 1 && bytes.get(end) != Some(&b'=') => {
                let word = word(source, at + 1, end);
                if bytes[at] == b'.' {
                    self.classes.push(word);
                } else if self.id.is_none() {
                    self.id = Some(word);
                } else {
                    self.fault(
                        range(at, end),
                        format!("A span has one id; '#{}' is a second.", word.text),
                        None,
                    );
                }
                end
            }
            _ if bytes.get(end) == Some(&b'=') && end > at => self.pair(source, at, end),
            _ => {
                let end = bare_end(bytes, at, |byte| byte == b'}').max(at + 1);
                strange.push(range(at, end));
                end
            }
        }
    }

    /// Reads the pair whose key stands at `at..equals`.
    fn pair(&mut self, source: &str, at: usize, equals: usize) -> usize {
        let bytes = source.as_bytes();
        let name = word(source, at, equals);
        let from = equals + 1;
        let plain = |value: Word, end: usize| (value, Vec::new(), end);
        let (value, escapes, end) = if bytes.get(from) == Some(&b'"') {
            if let Some(read) = quoted(source, from) {
                read
            } else {
                let end = bare_end(bytes, from, |byte| byte == b'}');
                let fix = TextEdit { range: range(end, end), new_text: "\"".to_owned() };
                self.fault(
                    range(from, end),
                    "This value's quotation mark is not closed.".to_owned(),
                    Some(fix),
                );
                plain(word(source, from + 1, end), end)
            }
        } else {
            let end = bare_end(bytes, from, |byte| byte == b'}');
            plain(word(source, from, end), end)
        };
        self.keys.push(Key { name, value, escapes });
        end
    }

    fn drop_repeated_keys(&mut self) {
        if self.keys.len() < 2 {
            return;
        }
        let mut seen: FxHashSet<String> = FxHashSet::default();
        for key in std::mem::take(&mut self.keys) {
            if seen.insert(key.name.text.clone()) {
                self.keys.push(key);
            } else {
                let message = format!("'{}' is given twice; the first counts.", key.name.text);
                self.fault(key.name.range, message, None);
            }
        }
    }
}

/// Whether the `{` at byte `open` of `source` begins attributes, so that a `]` before it ends a span.
pub fn begins_attributes(source: &str, open: usize) -> bool {
    matches!(Attributes::read(source, open, &mut FailedItems::default()), Reading::Attributes(_))
}

/// Where the run of bytes from `at` that are neither white space nor `stops` nor another span's `]{` ends.
fn bare_end(bytes: &[u8], at: usize, stops: impl Fn(u8) -> bool) -> usize {
    (at..bytes.len())
        .find(|at| bytes[*at].is_ascii_whitespace() || stops(bytes[*at]) || is_seam(bytes, *at))
        .unwrap_or(bytes.len())
}

/// Whether a span's brackets end and its braces begin at byte `at`.
fn is_seam(bytes: &[u8], at: usize) -> bool {
    bytes[at..].starts_with(b"]{")
}

/// The quoted value that opens at `open`, escapes resolved, the bytes of it that were escaped, and the byte after it. None
/// where it is not closed, or only by the quotation mark of another span: after a closing brace no `]{` stands in a value
/// but with a backslash.
fn quoted(source: &str, open: usize) -> Option<(Word, Vec<usize>, usize)> {
    let (mut text, mut escapes) = (String::new(), Vec::new());
    let mut braced = false;
    let mut chars = source[open + 1..].char_indices();
    while let Some((at, char)) = chars.next() {
        match char {
            '"' => {
                let end = open + 1 + at;
                return Some((Word { text, range: range(open + 1, end) }, escapes, end + 1));
            }
            '\\' => {
                escapes.push(text.len());
                text.push(chars.next()?.1);
            }
            ']' if braced && source[open + 1 + at..].starts_with("]{") => return None,
            _ => {
                braced |= char == '}';
                text.push(char);
            }
        }
    }
    None
}

fn word(source: &str, start: usize, end: usize) -> Word {
    Word { text: source[start..end].to_owned(), range: range(start, end) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The prose, the spans as `class:words`, and the faults' messages.
    fn read(source: &str) -> (String, Vec<String>, Vec<String>) {
        let markup = Markup::parse(source);
        let prose = markup.prose.text().to_owned();
        let spans = markup
            .spans
            .iter()
            .map(|span| {
                let class = span.classes.first().map_or("", |class| &class.text);
                format!("{class}:{}", &prose[span.prose])
            })
            .collect();
        (prose, spans, markup.faults.into_iter().map(|fault| fault.message).collect())
    }

    #[test]
    fn spans_nest_and_leave_the_words() {
        let (prose, spans, faults) = read(
            "[Diplomatic sources]{#s1 .source anon=organisation} [said]{.cue} [the [US]{.actor ref=usa} is keen]{.claim by=s1}.",
        );
        assert_eq!(prose, "Diplomatic sources said the US is keen.");
        assert_eq!(spans, ["source:Diplomatic sources", "cue:said", "claim:the US is keen", "actor:US"]);
        assert!(faults.is_empty());
    }

    #[test]
    fn a_bracket_without_attributes_is_text() {
        let source = "He “[sic]” wrote [that] and [this]{that} then f(x)[1].";
        assert_eq!(read(source), (source.to_owned(), vec![], vec![]));
    }

    #[test]
    fn an_escape_counts_only_where_there_would_be_markup() {
        assert_eq!(read(r"\[a]{.claim} C:\[x] [b \] c]{.own}").0, r"[a]{.claim} C:\[x] b ] c");
        assert_eq!(read(r"\\[a]{.own} \\server").0, r"\a \\server");
    }

    #[test]
    fn an_escape_in_a_comment_is_part_of_the_comment() {
        assert_eq!(read(r"[a<!-- \]{.own} -->]{.own} b").0, "a b");
    }

    #[test]
    fn a_broken_span_hides_no_other() {
        let (_, spans, faults) = read("a]{.claim} [b]{.own why=\"x} and [c]{.actor");
        assert_eq!(spans, ["own:b"]);
        assert_eq!(faults.len(), 3, "{faults:?}");
        let (prose, spans, faults) = read("[a]{.own why=\"x} and [b]{.own why=\"y\"} here");
        assert_eq!((prose.as_str(), spans), ("a and b here", vec!["own:a".to_owned(), "own:b".to_owned()]));
        assert_eq!(faults, ["This value's quotation mark is not closed."]);
    }

    #[test]
    fn braces_that_do_not_close_leave_the_next_span_its_own() {
        let (prose, spans, faults) = read("[a]{.claim [b]{.own} [c]{ of [d]{#e .claim}");
        assert_eq!(spans, ["own:b", "claim:d"]);
        assert_eq!(prose, "[a]{.claim b [c]{ of d");
        assert_eq!(faults, ["These attributes are not closed: they need '}'."]);
    }

    #[test]
    fn a_backslash_in_a_comment_is_no_escape() {
        let source = r"[<!--\]-->x]{.a}";
        assert_eq!(Markup::parse(source).prose.text(), "x");
    }

    #[test]
    fn values_in_quotation_marks_hold_white_space_and_escapes() {
        let markup = Markup::parse(r#"[x]{.claim by="s1 s2" on="the \"vote\""}"#);
        let span = &markup.spans[0];
        assert_eq!(span.values("by").map(|(word, _)| word).collect::<Vec<_>>(), ["s1", "s2"]);
        assert_eq!(span.value("on").map(|word| word.text.as_str()), Some("the \"vote\""));
    }

    #[test]
    fn words_after_an_escape_keep_their_places() {
        let source = r#"[x]{.claim by="\s1 \\ é\"s2 s3"}"#;
        let markup = Markup::parse(source);
        let placed: Vec<(&str, &str)> =
            markup.spans[0].values("by").map(|(word, place)| (word, &source[place])).collect();
        assert_eq!(placed, [("s1", r"\s1"), ("\\", r"\\"), ("é\"s2", r#"é\"s2"#), ("s3", "s3")]);
    }

    #[test]
    fn ten_thousand_nested_spans_are_read() {
        let source = format!("{}x{}", "[".repeat(10_000), "]{.own}".repeat(10_000));
        let markup = Markup::parse(&source);
        assert_eq!(markup.spans.len(), 10_000);
        assert_eq!(markup.spans[9_999].parent, Some(9_998));
        assert_eq!(markup.prose.text(), "x");
    }

    proptest! {
        #[test]
        fn prose_and_markup_together_are_the_source(source in r#"([\[\]{}\\<>!.#="-]|\]\{\.a\}|<!--|-->|[a-cé ]){0,60}"#) {
            let markup = Markup::parse(&source);
            prop_assert_eq!(markup.prose.restore(&source), source.clone());
            for span in &markup.spans {
                prop_assert!(source.get(std::ops::Range::<usize>::from(span.range)).is_some());
                prop_assert!(markup.prose.text().get(std::ops::Range::<usize>::from(span.prose)).is_some());
            }
        }
    }
}
