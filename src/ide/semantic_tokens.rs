//! What each stretch of an article is, for editors that colour it.

use std::cmp::Reverse;

use crate::analysis::{AnalysedBlock, Analysis};
use crate::article::{HeaderForm, Span, SpanClass};
use crate::stance;
use crate::text::{TextRange, TextSize, range};

/// A stretch of an article that is one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SemanticToken {
    /// Where it stands, in bytes of the article; never empty.
    pub range: TextRange,
    /// What it is.
    pub kind: TokenKind,
}

/// What a stretch of an article is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// A name.
    Actor,
    /// Who is cited.
    Source,
    /// The reporting words.
    Cue,
    /// What is claimed.
    Claim,
    /// Words quoted.
    Quote,
    /// The newsroom's own reporting.
    Own,
    /// A place where a mention was lost.
    Missing,
    /// The brackets and braces of a span, the lines around a header.
    Punctuation,
    /// The class of a span.
    Class,
    /// The id of a span.
    Id,
    /// A key of a span or of the header.
    Key,
    /// A value of a key.
    Value,
    /// A value out of a vocabulary.
    Term,
    /// A comment.
    Comment,
}

impl TokenKind {
    /// All kinds; the place in this list is a kind's number.
    pub const ALL: [Self; 14] = [
        Self::Actor,
        Self::Source,
        Self::Cue,
        Self::Claim,
        Self::Quote,
        Self::Own,
        Self::Missing,
        Self::Punctuation,
        Self::Class,
        Self::Id,
        Self::Key,
        Self::Value,
        Self::Term,
        Self::Comment,
    ];

    /// The name of its own, for an editor that knows it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Actor => "actor",
            Self::Source => "source",
            Self::Cue => "cue",
            Self::Claim => "claim",
            Self::Quote => "quote",
            Self::Own => "own",
            Self::Missing => "missing",
            _ => self.standard(),
        }
    }

    /// The nearest of the language server protocol's own types, for which every theme has a colour.
    pub fn standard(self) -> &'static str {
        match self {
            Self::Actor => "type",
            Self::Source => "parameter",
            Self::Cue => "keyword",
            Self::Claim | Self::Quote | Self::Value => "string",
            Self::Own => "decorator",
            Self::Missing => "event",
            Self::Punctuation => "operator",
            Self::Class => "class",
            Self::Id => "variable",
            Self::Key => "property",
            Self::Term => "enumMember",
            Self::Comment => "comment",
        }
    }

    fn of(class: SpanClass) -> Self {
        match class {
            SpanClass::Actor => Self::Actor,
            SpanClass::Source => Self::Source,
            SpanClass::Cue => Self::Cue,
            SpanClass::Claim => Self::Claim,
            SpanClass::Quote => Self::Quote,
            SpanClass::Missing => Self::Missing,
            SpanClass::Own => Self::Own,
        }
    }
}

/// The tokens that touch `within`, in order of their beginnings, a wider one before those in it; none
/// crosses another.
///
/// Of annotated words it is what they are marked as; of the rest, the sources and reporting words that
/// attribution found and the names of the cast. What is claimed in plain text is not among them: that
/// is most of an article.
pub fn semantic_tokens(analysis: &Analysis, within: TextRange) -> Vec<SemanticToken> {
    let blocks = analysis.blocks();
    let first = blocks.partition_point(|block| block.range.end() < within.start());
    let last = blocks.partition_point(|block| block.range.start() <= within.end());
    let mut tokens = Tokens(Vec::new());
    if analysis.header().range.start() <= within.end() && within.start() <= analysis.header().range.end() {
        tokens.header(analysis);
    }
    for (index, block) in blocks.iter().enumerate().take(last).skip(first) {
        for span in block.markup.annotations() {
            tokens.span(analysis, block, span);
        }
        for comment in &block.markup.comments {
            tokens.push(comment.range + block.range.start(), TokenKind::Comment);
        }
        tokens.found(analysis, index);
    }
    let mut tokens = tokens.0;
    tokens.sort_by_key(|token| (token.range.start(), Reverse(token.range.end())));
    // A name that is marked is found too.
    tokens.dedup();
    nest(&mut tokens);
    tokens.retain(|token| token.range.start() < within.end() && within.start() < token.range.end());
    tokens
}

/// The same stretches with each byte in one token only: that of the narrowest of `tokens`.
pub fn flat(tokens: &[SemanticToken]) -> Vec<SemanticToken> {
    let mut out = Vec::with_capacity(tokens.len());
    let mut open: Vec<SemanticToken> = Vec::new();
    let mut done = TextSize::new(0);
    let mut emit = |from: TextSize, to: TextSize, kind: TokenKind| {
        if from < to {
            out.push(SemanticToken { range: TextRange::new(from, to), kind });
        }
    };
    for token in tokens {
        while let Some(outer) = open.pop_if(|outer| outer.range.end() <= token.range.start()) {
            emit(done, outer.range.end(), outer.kind);
            done = done.max(outer.range.end());
        }
        if let Some(outer) = open.last() {
            emit(done, token.range.start(), outer.kind);
        }
        done = token.range.start();
        open.push(*token);
    }
    while let Some(outer) = open.pop() {
        emit(done, outer.range.end(), outer.kind);
        done = done.max(outer.range.end());
    }
    out
}

/// The same stretches cut at the ends of the lines of `text`, line breaks left out.
pub fn by_line(tokens: &[SemanticToken], text: &str) -> Vec<SemanticToken> {
    let mut out = Vec::with_capacity(tokens.len());
    for token in tokens {
        let start = usize::from(token.range.start());
        let words = &text[token.range];
        let mut from = 0;
        for end in memchr::memchr2_iter(b'\n', b'\r', words.as_bytes()).chain([words.len()]) {
            if from < end {
                out.push(SemanticToken { range: range(start + from, start + end), kind: token.kind });
            }
            from = end + 1;
        }
    }
    out.sort_by_key(|token| (token.range.start(), Reverse(token.range.end())));
    out
}

/// Cuts what begins in a token and ends after it at that token's end.
fn nest(tokens: &mut Vec<SemanticToken>) {
    let mut around: Vec<TextSize> = Vec::new();
    tokens.retain_mut(|token| {
        while around.pop_if(|end| *end <= token.range.start()).is_some() {}
        if let Some(end) = around.last() {
            token.range = TextRange::new(token.range.start(), token.range.end().min(*end));
        }
        around.push(token.range.end());
        !token.range.is_empty()
    });
}

struct Tokens(Vec<SemanticToken>);

impl Tokens {
    fn push(&mut self, range: TextRange, kind: TokenKind) {
        if !range.is_empty() {
            self.0.push(SemanticToken { range, kind });
        }
    }

    fn header(&mut self, analysis: &Analysis) {
        let (header, text) = (analysis.header(), analysis.text());
        match header.form {
            Some(HeaderForm::Wire) => {
                let lead = text[header.range].len() - text[header.range].trim_start().len();
                let start = usize::from(header.range.start()) + lead;
                self.push(range(start, start + "date".len()), TokenKind::Key);
                if let Some((_, day)) = header.date {
                    self.push(day, TokenKind::Value);
                }
            }
            Some(HeaderForm::FrontMatter) => {
                let mut start = usize::from(header.range.start());
                for line in text[header.range].split_inclusive(['\n', '\r']) {
                    self.header_line(line, start);
                    start += line.len();
                }
            }
            None => {}
        }
    }

    /// A line of front matter that begins at the byte `start`.
    fn header_line(&mut self, line: &str, start: usize) {
        let place = |part: &str| {
            let from = start + (part.as_ptr() as usize - line.as_ptr() as usize);
            range(from, from + part.len())
        };
        let words = line.trim();
        if matches!(words, "---" | "...") {
            return self.push(place(words), TokenKind::Punctuation);
        }
        if words.starts_with('#') {
            return self.push(place(words), TokenKind::Comment);
        }
        let item = words.strip_prefix("- ").unwrap_or(words).trim_start();
        match item.split_once(':').filter(|(key, _)| !key.contains([' ', '"', '\'', '{', '['])) {
            Some((key, value)) => {
                self.push(place(key), TokenKind::Key);
                self.push(place(value.trim()), TokenKind::Value);
            }
            None => self.push(place(item), TokenKind::Value),
        }
    }

    fn span(&mut self, analysis: &Analysis, block: &AnalysedBlock, span: &Span) {
        let start = block.range.start();
        let mut push = |range: TextRange, kind| self.push(range + start, kind);
        if let Some(class) = span.class() {
            push(span.content, TokenKind::of(class));
        }
        if span.is_beside() {
            return;
        }
        let one = TextSize::of('[');
        push(TextRange::at(span.range.start(), one), TokenKind::Punctuation);
        push(TextRange::new(span.content.end(), span.attributes.start() + one), TokenKind::Punctuation);
        push(TextRange::new(span.attributes.end() - one, span.attributes.end()), TokenKind::Punctuation);
        let marked = |word: TextRange| TextRange::new(word.start() - one, word.end());
        if let Some(id) = &span.id {
            push(marked(id.range), TokenKind::Id);
        }
        for class in &span.classes {
            push(marked(class.range), TokenKind::Class);
        }
        for key in &span.keys {
            push(key.name.range, TokenKind::Key);
            let vocabulary = stance::vocabulary_in(analysis.settings(), &key.name.text);
            let term = vocabulary.is_some_and(|vocabulary| vocabulary.value(&key.value.text).is_some());
            push(key.value.range, if term { TokenKind::Term } else { TokenKind::Value });
        }
    }

    /// Names, and the sources and cues that nobody marked, of the block `index`.
    fn found(&mut self, analysis: &Analysis, index: usize) {
        let block = &analysis.blocks()[index];
        let by_hand: Vec<TextRange> =
            block.markup.annotations().map(|span| span.content + block.range.start()).collect();
        let is_marked = |range: &TextRange| {
            by_hand.iter().any(|hand| hand.intersect(*range).is_some_and(|both| !both.is_empty()))
        };
        for (at, piece) in block.pieces.iter().enumerate() {
            for attribution in &piece.attributions {
                let place = |list: &[TextRange]| -> Vec<TextRange> {
                    list.iter().map(|range| analysis.to_article(index, at, *range)).collect()
                };
                let (sources, cues) = (place(&attribution.source), place(&attribution.cue));
                if sources.iter().chain(&cues).any(is_marked) {
                    continue;
                }
                for (ranges, kind) in [(sources, TokenKind::Source), (cues, TokenKind::Cue)] {
                    for range in ranges {
                        self.push(range, kind);
                    }
                }
            }
            for (number, mention) in piece.mentions.iter().enumerate() {
                if mention.is_name() && analysis.member_index(index, at, number).is_some() {
                    self.push(analysis.to_article(index, at, mention.range), TokenKind::Actor);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    /// The flat tokens of `text`, each as `kind:words`.
    fn tokens(text: &str) -> Vec<String> {
        let analysis = Analysis::new(Arc::from(text), Arc::default());
        let all = semantic_tokens(&analysis, range(0, text.len()));
        flat(&all).iter().map(|token| format!("{}:{}", token.kind.name(), &text[token.range])).collect()
    }

    #[test]
    fn annotation_is_what_it_is_marked_as() {
        assert_eq!(
            tokens("[Lee]{#s1 .source} [the [vote]{.actor} failed]{.claim by=s1 stance=oppose}."),
            [
                "operator:[",
                "source:Lee",
                "operator:]{",
                "variable:#s1",
                "class:.source",
                "operator:}",
                "operator:[",
                "claim:the ",
                "operator:[",
                "actor:vote",
                "operator:]{",
                "class:.actor",
                "operator:}",
                "claim: failed",
                "operator:]{",
                "class:.claim",
                "property:by",
                "string:s1",
                "property:stance",
                "enumMember:oppose",
                "operator:}",
            ]
        );
    }

    #[test]
    fn plain_text_has_its_names_sources_and_cues() {
        assert_eq!(
            tokens("date 2022-10-09 The deficit would fall, the mayor Maria Keller said on Monday."),
            ["property:date", "string:2022-10-09", "source:the mayor ", "actor:Maria Keller", "cue:said"]
        );
    }

    #[test]
    fn a_header_has_keys_and_values() {
        assert_eq!(
            tokens("---\ndate: 2022-10-09\n# why\nsources:\n  s1:\n    name: Lee\n---\n\nText.\n"),
            [
                "operator:---",
                "property:date",
                "string:2022-10-09",
                "comment:# why",
                "property:sources",
                "property:s1",
                "property:name",
                "string:Lee",
                "operator:---",
            ]
        );
    }

    #[test]
    fn only_what_touches_the_range_is_told() {
        let text = "Maria Keller left.\n\nMaria Keller came.\n";
        let analysis = Analysis::new(Arc::from(text), Arc::default());
        let second = semantic_tokens(&analysis, range(20, text.len()));
        assert_eq!(second.len(), 1);
        assert_eq!(second[0].range.start(), TextSize::new(20));
    }

    #[test]
    fn tokens_that_span_lines_are_cut() {
        let token = SemanticToken { range: range(0, 6), kind: TokenKind::Claim };
        let cut: Vec<_> = by_line(&[token], "ab\r\ncd").iter().map(|token| token.range).collect();
        assert_eq!(cut, [range(0, 2), range(4, 6)]);
    }
}
