//! YAML as a tree with the place of every scalar, for front matter.

use std::borrow::Cow;

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use crate::text::{TextRange, range};

/// How deep front matter may nest; deeper is refused, so that dropping the tree is safe.
const MAX_DEPTH: usize = 64;

/// A value with its place in the text handed to [`parse`].
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    /// A single value; `plain` when it was written without quotation marks.
    Scalar { text: String, plain: bool, range: TextRange },
    /// A list.
    Sequence { items: Vec<Node>, range: TextRange },
    /// Pairs in the order they were written, duplicates kept.
    Mapping { pairs: Vec<(Node, Node)>, range: TextRange },
}

impl Node {
    pub(super) fn range(&self) -> TextRange {
        match self {
            Self::Scalar { range, .. } | Self::Sequence { range, .. } | Self::Mapping { range, .. } => *range,
        }
    }
}

/// What is not YAML, and where.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct YamlError {
    pub(super) message: String,
    pub(super) range: TextRange,
}

/// Reads `text`, whose first byte is byte `base` of the article. Empty text is `Ok(None)`.
pub(super) fn parse(text: &str, base: usize) -> Result<Option<Node>, YamlError> {
    let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let byte = |char: usize| base + places.get(char).copied().unwrap_or(text.len());
    let place = |span: Span| range(byte(span.start.index()), byte(span.end.index()));
    let mut stack: Vec<Open> = Vec::new();
    let mut root = None;
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| {
            let at = byte(error.marker().index());
            YamlError { message: error.info().to_owned(), range: range(at, at) }
        })?;
        let done = match event {
            Event::Scalar(value, style, ..) => Some(scalar(value, style, place(span))),
            Event::SequenceStart(..) => {
                stack.push(Open { mapping: false, nodes: Vec::new(), start: place(span) });
                None
            }
            Event::MappingStart(..) => {
                stack.push(Open { mapping: true, nodes: Vec::new(), start: place(span) });
                None
            }
            Event::SequenceEnd | Event::MappingEnd => stack.pop().map(Open::close),
            Event::Alias(_) => {
                return Err(YamlError {
                    message: "aliases are not read here".to_owned(),
                    range: place(span),
                });
            }
            _ => None,
        };
        if stack.len() > MAX_DEPTH {
            return Err(YamlError { message: "this nests too deep".to_owned(), range: place(span) });
        }
        if let Some(node) = done {
            match stack.last_mut() {
                Some(open) => open.nodes.push(node),
                None => root = Some(node),
            }
        }
    }
    Ok(root)
}

/// A list or mapping that has begun.
struct Open {
    mapping: bool,
    nodes: Vec<Node>,
    start: TextRange,
}

impl Open {
    fn close(self) -> Node {
        let range = self.nodes.iter().fold(self.start, |range, node| range.cover(node.range()));
        if !self.mapping {
            return Node::Sequence { items: self.nodes, range };
        }
        let mut nodes = self.nodes.into_iter();
        let mut pairs = Vec::new();
        while let (Some(key), Some(value)) = (nodes.next(), nodes.next()) {
            pairs.push((key, value));
        }
        Node::Mapping { pairs, range }
    }
}

fn scalar(value: Cow<'_, str>, style: ScalarStyle, range: TextRange) -> Node {
    Node::Scalar { text: value.into_owned(), plain: style == ScalarStyle::Plain, range }
}
