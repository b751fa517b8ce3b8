//! The named and pointed-at actors of an article, as JSON lines; offsets are code points into the file.

use serde::Serialize;

use crate::actors::{ActorKind, Form};
use crate::analysis::Analysis;
use crate::text::Places;

/// The mentions of one article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MentionsRow {
    /// The article's path.
    pub path: String,
    /// Who is named or pointed at, in text order.
    pub mentions: Vec<MentionRow>,
}

/// One mention.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MentionRow {
    /// Where it begins, in code points.
    pub start: usize,
    /// Where it ends, in code points.
    pub end: usize,
    /// person, organisation, country, place, outlet, group or other.
    pub kind: &'static str,
    /// False for pronouns, offices and adjectives.
    pub name: bool,
    /// The actor's id, null where the article does not tell. An actor only the article knows has an
    /// id made of its kind and name; two mentions of one actor have the same.
    pub actor: Option<String>,
}

/// The row of the article at `path`.
pub fn mentions(path: &str, analysis: &Analysis) -> MentionsRow {
    let places = Places::new(analysis.text());
    let mut out = Vec::new();
    for (block, of) in analysis.blocks().iter().enumerate() {
        for (piece, placed) in of.pieces.iter().enumerate() {
            for (index, mention) in placed.mentions.iter().enumerate() {
                let member = analysis.member(block, piece, index);
                if member.is_none() && (mention.is_name() || mention.is_thing()) {
                    continue;
                }
                let people = mention.form == Form::People;
                let resolved = member.and_then(|member| member.kind).filter(|_| !people);
                let range = analysis.to_article(block, piece, mention.range);
                out.push(MentionRow {
                    start: places.at(range.start()).offset,
                    end: places.at(range.end()).offset,
                    kind: resolved.or(mention.kind).map_or("other", ActorKind::as_str),
                    name: mention.is_name(),
                    actor: member.map(|member| member.id(analysis.registry())),
                });
            }
        }
    }
    MentionsRow { path: path.to_owned(), mentions: out }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn row(text: &str) -> MentionsRow {
        mentions("a.txt", &Analysis::new(Arc::from(text), Arc::default()))
    }

    #[test]
    fn offsets_are_code_points_and_markup_is_left_out() {
        let text =
            "date 2022-10-09 “Señor” [Shehbaz Sharif]{.actor ref=pm} met the Pakistani press. He left.";
        let rows = row(text).mentions;
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
        let rows = row(text).mentions;
        assert_eq!(rows[0].actor.as_deref(), Some("pm"));
    }
}
