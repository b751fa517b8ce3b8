//! `export --format mentions`: the named and pointed-at actors of an article, as JSON lines.

use serde::Serialize;

use std::sync::Arc;

use crate::actors::{ActorKind, Cast, Form, LayerKind, Mention, Registry, RegistryLayer, mentions};
use crate::article::{Header, Markup, blocks};
use crate::language::Passage;
use crate::text::TextRange;

/// One mention.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MentionRow {
    /// Where it begins, in Unicode code points of the article.
    pub start: usize,
    /// Where it ends, in Unicode code points of the article.
    pub end: usize,
    /// person, organisation, country, place, outlet, group or other.
    pub kind: &'static str,
    /// False for pronouns, offices and adjectives.
    pub name: bool,
    /// The actor's id, null where the article does not tell.
    pub actor: Option<String>,
}

/// The mentions of the article `text`, in text order.
///
/// An actor only the article knows has an id made of its kind and name; two mentions of one actor
/// have the same.
pub fn mention_rows(text: &str, registry: &Registry) -> Vec<MentionRow> {
    let header = Header::parse(text);
    let registry =
        registry.clone().with(LayerKind::Header, Arc::new(RegistryLayer::declared(&header.actors)));
    let blocks = blocks(text, usize::from(header.range.end()));
    let markup: Vec<Markup> = blocks.iter().map(|block| Markup::parse(&text[block.range])).collect();
    let passages: Vec<Passage> = markup.iter().map(|markup| Passage::read(markup.prose.text())).collect();
    let found: Vec<Vec<Mention>> = passages.iter().map(|passage| mentions(passage, &registry)).collect();
    let pairs: Vec<(&Passage, &[Mention])> =
        passages.iter().zip(&found).map(|(passage, found)| (passage, found.as_slice())).collect();
    let cast = Cast::new(&pairs, &registry, header.day());
    let mut points = CodePoints { text, byte: 0, point: 0 };
    let mut out = Vec::new();
    for (block, list) in found.iter().enumerate() {
        for (index, mention) in list.iter().enumerate() {
            let member = cast.resolve(block, index);
            if member.is_none() && mention.is_name() {
                continue;
            }
            let source = markup[block].prose.to_source(mention.range) + blocks[block].range.start();
            let (start, end) = points.of(source);
            let kind = if mention.form == Form::People {
                mention.kind
            } else {
                member.and_then(|member| member.kind).or(mention.kind)
            };
            out.push(MentionRow {
                start,
                end,
                kind: kind.map_or("other", ActorKind::as_str),
                name: mention.is_name(),
                actor: member.map(|member| member.id(&registry)),
            });
        }
    }
    out
}

/// Bytes to code points, for ranges that come in text order.
struct CodePoints<'a> {
    text: &'a str,
    byte: usize,
    point: usize,
}

impl CodePoints<'_> {
    fn of(&mut self, range: TextRange) -> (usize, usize) {
        (self.at(usize::from(range.start())), self.at(usize::from(range.end())))
    }

    fn at(&mut self, byte: usize) -> usize {
        if byte < self.byte {
            (self.byte, self.point) = (0, 0);
        }
        self.point += self.text[self.byte..byte].chars().count();
        self.byte = byte;
        self.point
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_code_points_and_markup_is_left_out() {
        let text =
            "date 2022-10-09 “Señor” [Shehbaz Sharif]{.actor ref=pm} met the Pakistani press. He left.";
        let rows = mention_rows(text, &Registry::built_in());
        let chars: Vec<char> = text.chars().collect();
        let read: Vec<(String, bool, Option<&str>)> = rows
            .iter()
            .map(|row| (chars[row.start..row.end].iter().collect(), row.name, row.actor.as_deref()))
            .filter(|(words, ..)| words != "Señor")
            .collect();
        assert_eq!(
            read,
            [
                ("Shehbaz Sharif".to_owned(), true, Some("person/shehbaz-sharif")),
                ("Pakistani".to_owned(), false, Some("pak")),
                ("He".to_owned(), false, Some("person/shehbaz-sharif")),
            ]
        );
    }

    #[test]
    fn an_actor_of_the_header_comes_before_the_built_in() {
        let text = "---\nactors:\n  pm:\n    name: Shehbaz Sharif\n---\nShehbaz Sharif left.\n";
        let rows = mention_rows(text, &Registry::built_in());
        assert_eq!(rows[0].actor.as_deref(), Some("pm"));
    }
}
