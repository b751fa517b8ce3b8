//! The spans of an article as annotation tools have them: nodes with features, and links among them.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{AnnotatedSpan, Annotations};
use crate::article::{SpanClass, blocks};
use crate::text::{TextRange, range};

/// The keys whose values name spans.
pub(in crate::exchange) const LINKS: [&str; 3] = ["by", "for", "part-of"];

/// Nodes and links.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::exchange) struct Graph {
    pub(in crate::exchange) nodes: Vec<Node>,
    pub(in crate::exchange) links: Vec<Link>,
}

/// A span, without the keys that are links.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::exchange) struct Node {
    pub(in crate::exchange) span: AnnotatedSpan,
    /// Further pieces of it, in text order, after it and apart.
    pub(in crate::exchange) further: Vec<TextRange>,
}

/// That the key `key` of node `from` names node `to`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::exchange) struct Link {
    pub(in crate::exchange) key: String,
    pub(in crate::exchange) from: usize,
    pub(in crate::exchange) to: usize,
}

impl Graph {
    /// The graph of `annotations`. With `gather`, a piece that says nothing of its own is part of the
    /// node it is a piece of; else it is a node with a link `part-of`.
    ///
    /// A key that names spans alone becomes links; one that also names actors stays as it is written,
    /// beside the links.
    pub(in crate::exchange) fn of(annotations: &Annotations, gather: bool) -> Self {
        let mut first: FxHashMap<&str, usize> = FxHashMap::default();
        for (index, span) in annotations.spans.iter().enumerate() {
            if let Some(id) = &span.id {
                first.entry(id).or_insert(index);
            }
        }
        let mut further: FxHashMap<usize, Vec<TextRange>> = FxHashMap::default();
        let mut is_piece = vec![false; annotations.spans.len()];
        for (index, span) in annotations.spans.iter().enumerate().filter(|_| gather) {
            let Some(head) = span.value("part-of").and_then(|id| first.get(id).copied()) else { continue };
            let of = &annotations.spans[head];
            let pieces = further.entry(head).or_default();
            let last = pieces.last().map_or(of.range, |last| *last);
            if span.id.is_none()
                && span.keys.len() == 1
                && span.classes == of.classes
                && !span.range.is_empty()
                && !of.range.is_empty()
                && last.end() < span.range.start()
            {
                pieces.push(span.range);
                is_piece[index] = true;
            }
        }
        let mut place: FxHashMap<usize, usize> = FxHashMap::default();
        let mut out = Self::default();
        for (index, span) in annotations.spans.iter().enumerate().filter(|(index, _)| !is_piece[*index]) {
            place.insert(index, out.nodes.len());
            let further = further.remove(&index).unwrap_or_default();
            out.nodes.push(Node { span: span.clone(), further });
        }
        for (index, span) in annotations.spans.iter().enumerate() {
            let Some(from) = place.get(&index).copied() else { continue };
            for key in LINKS {
                let words: Vec<&str> = span.values(key).collect();
                let mut seen = FxHashSet::default();
                let target = |word: &&str| {
                    let to = first.get(word).filter(|to| **to != index)?;
                    place.get(to).copied().filter(|to| seen.insert(*to))
                };
                let targets: Vec<usize> = words.iter().filter_map(target).collect();
                if !words.is_empty() && targets.len() == words.len() {
                    out.nodes[from].span.keys.retain(|(name, _)| name != key);
                }
                out.links.extend(targets.into_iter().map(|to| Link { key: key.to_owned(), from, to }));
            }
        }
        out
    }

    /// The annotations of `text` that the graph stands for. Nodes that links name get an id where they
    /// have none; a claim or quotation over several paragraphs becomes a piece in each.
    pub(in crate::exchange) fn annotations(mut self, name: &str, text: String) -> Annotations {
        let mut out = Annotations::of_text(name, text);
        let paragraphs: Vec<TextRange> =
            blocks(&out.text, out.body()).into_iter().map(|block| block.range).collect();
        for node in &mut self.nodes {
            node.span.range = without_breaks(&out.text, node.span.range);
            if matches!(node.span.class(), Some(SpanClass::Claim | SpanClass::Quote)) {
                node.split(&paragraphs);
            }
        }
        self.name();
        for Link { key, from, to } in &self.links {
            let Some(id) = self.nodes[*to].span.id.clone() else { continue };
            let span = &mut self.nodes[*from].span;
            if !span.values(key).any(|word| word == id) {
                let value = [span.value(key).unwrap_or_default(), &id].join(" ");
                span.set(key, value.trim());
            }
        }
        for Node { span, further } in self.nodes {
            let piece = |range: TextRange| {
                let mut piece =
                    AnnotatedSpan { classes: span.classes.clone(), range, ..AnnotatedSpan::default() };
                piece.set("part-of", span.id.as_deref().unwrap_or_default());
                piece
            };
            let pieces: Vec<AnnotatedSpan> = further.iter().map(|range| piece(*range)).collect();
            out.spans.push(span);
            out.spans.extend(pieces);
        }
        out.sort();
        out
    }

    /// Gives an id to each node that needs one.
    fn name(&mut self) {
        let mut needed: Vec<bool> = self.nodes.iter().map(|node| !node.further.is_empty()).collect();
        for link in &self.links {
            needed[link.to] = true;
        }
        let mut known: FxHashSet<String> =
            self.nodes.iter().filter_map(|node| node.span.id.clone()).collect();
        let mut count = 0;
        for (node, _) in self.nodes.iter_mut().zip(needed).filter(|(_, needed)| *needed) {
            let letter = node.span.class().map_or('x', |class| class.name().chars().next().unwrap_or('x'));
            while node.span.id.is_none() {
                count += 1;
                let id = format!("{letter}{count}");
                if known.insert(id.clone()) {
                    node.span.id = Some(id);
                }
            }
        }
    }
}

impl Node {
    /// Cuts the span where it runs over the end of a paragraph.
    fn split(&mut self, paragraphs: &[TextRange]) {
        let whole = self.span.range;
        let parts = paragraphs.iter().filter_map(|paragraph| paragraph.intersect(whole));
        let mut parts = parts.filter(|part| !part.is_empty());
        let (Some(first), rest) = (parts.next(), parts.collect::<Vec<_>>()) else { return };
        if !rest.is_empty() {
            self.span.range = first;
            self.further.splice(0..0, rest);
        }
    }
}

/// `of` without line breaks and the white space beside them at its ends.
fn without_breaks(text: &str, of: TextRange) -> TextRange {
    let words = &text[of];
    let lead = words.len() - words.trim_start().len();
    let tail = words.trim_end().len();
    if lead >= tail {
        return of;
    }
    let broken = |blank: &str| blank.contains(['\n', '\r']);
    let start = usize::from(of.start()) + if broken(&words[..lead]) { lead } else { 0 };
    let end = if broken(&words[tail..]) { usize::from(of.start()) + tail } else { of.end().into() };
    range(start, end)
}

#[cfg(test)]
mod tests {
    use super::super::annotated_articles;
    use super::*;

    #[test]
    fn the_graph_of_an_article_is_the_article() {
        for (path, article) in annotated_articles() {
            let read = Annotations::read(&path, &article);
            for gather in [true, false] {
                let graph = Graph::of(&read, gather);
                assert!(!graph.links.is_empty(), "{path}");
                assert_eq!(graph.annotations(&path, read.text.clone()), read, "{path}");
            }
        }
    }

    #[test]
    fn a_claim_over_two_paragraphs_is_a_claim_and_a_piece_of_it() {
        let text = "One two.\n\nThree four.\n";
        let claim = AnnotatedSpan {
            classes: vec!["claim".to_owned()],
            range: range(4, 15),
            ..AnnotatedSpan::default()
        };
        let graph = Graph { nodes: vec![Node { span: claim, further: vec![] }], links: vec![] };
        let written = graph.annotations("a", text.to_owned()).write();
        assert_eq!(written.article, "One [two.]{#c1 .claim}\n\n[Three]{.claim part-of=c1} four.\n");
    }
}
