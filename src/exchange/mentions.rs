//! The named and pointed-at actors of an article, as JSON lines; offsets are code points into the file.

use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::actors::{ActorKind, Form};
use crate::analysis::{AnalysedBlock, Analysis};
use crate::article::SpanClass;
use crate::text::{Places, TextRange};

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
    /// The actor's id: the one a person marked the words with, else the one that was found, null where the article
    /// does not tell. An actor only the article knows has an id made of its kind and name; two mentions of one
    /// actor have the same.
    pub actor: Option<String>,
}

/// The row of the article at `path`.
pub fn mentions(path: &str, analysis: &Analysis) -> MentionsRow {
    let places = Places::new(analysis.text());
    let mut out = Vec::new();
    // Who a member of the cast is, by the marks of its names; and the rows that go by it.
    let mut called: FxHashMap<usize, &str> = FxHashMap::default();
    let mut follow: Vec<(usize, usize)> = Vec::new();
    for (block, of) in analysis.blocks().iter().enumerate() {
        let mut marked = marked(of);
        for (piece, placed) in of.pieces.iter().enumerate() {
            for (index, mention) in placed.mentions.iter().enumerate() {
                let member = analysis.member(block, piece, index);
                let range = analysis.to_article(block, piece, mention.range);
                let by_hand = marked.iter().position(|(words, _)| *words == range);
                let by_hand = by_hand.map(|at| marked.swap_remove(at).1);
                if by_hand.is_none() && member.is_none() && (mention.is_name() || mention.is_thing()) {
                    continue;
                }
                let people = mention.form == Form::People;
                let found = member.and_then(|member| member.kind).filter(|_| !people).or(mention.kind);
                let kind = by_hand.and_then(|id| kind_of(analysis, id)).or(found);
                match (by_hand, analysis.member_index(block, piece, index)) {
                    (Some(id), Some(member)) if mention.is_name() => {
                        called.entry(member).or_insert(id);
                    }
                    (None, Some(member)) => follow.push((out.len(), member)),
                    _ => {}
                }
                let id = by_hand.map(str::to_owned);
                out.push(MentionRow {
                    start: places.at(range.start()).offset,
                    end: places.at(range.end()).offset,
                    kind: kind.map_or("other", ActorKind::as_str),
                    name: mention.is_name(),
                    actor: id.or_else(|| member.map(|member| member.id(analysis.registry()))),
                });
            }
        }
        // What only a person saw: "the council".
        out.extend(marked.into_iter().map(|(range, id)| MentionRow {
            start: places.at(range.start()).offset,
            end: places.at(range.end()).offset,
            kind: kind_of(analysis, id).map_or("other", ActorKind::as_str),
            name: false,
            actor: Some(id.to_owned()),
        }));
    }
    for (row, member) in follow {
        if let Some(id) = called.get(&member) {
            out[row].actor = Some((*id).to_owned());
        }
    }
    out.sort_by_key(|row: &MentionRow| (row.start, row.end));
    MentionsRow { path: path.to_owned(), mentions: out }
}

/// The words of `block` that a person marked as an actor's, in bytes of the article, each with the actor's id.
fn marked(block: &AnalysedBlock) -> Vec<(TextRange, &str)> {
    let spans = block.markup.annotations().filter(|span| {
        matches!(span.class(), Some(SpanClass::Actor | SpanClass::Source)) && span.is_settled()
    });
    spans
        .filter_map(|span| {
            let id = span.value("ref")?.text.as_str();
            let words = span.content + block.range.start();
            (!words.is_empty()).then(|| (words, id.strip_prefix("actor:").unwrap_or(id)))
        })
        .collect()
}

/// The kind of the actor `id` by the registry.
fn kind_of(analysis: &Analysis, id: &str) -> Option<ActorKind> {
    analysis.registry().with_id(id).map(|actor| actor.kind)
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
                ("Shehbaz Sharif".to_owned(), true, Some("pm")),
                ("Pakistani".to_owned(), false, Some("pak")),
                ("He".to_owned(), false, Some("pm")),
            ]
        );
    }

    #[test]
    fn who_a_person_says_it_is_comes_before_who_was_found() {
        let text =
            "Ann Lee left. [She]{.actor ref=khan} was late, and [the council]{.source ref=council} met.";
        let rows = row(text).mentions;
        let read: Vec<(&str, Option<&str>)> =
            rows.iter().map(|row| (&text[row.start..row.end], row.actor.as_deref())).collect();
        assert_eq!(
            read,
            [("Ann Lee", Some("person/ann-lee")), ("She", Some("khan")), ("the council", Some("council"))]
        );
    }

    #[test]
    fn an_actor_of_the_header_comes_before_the_built_in() {
        let text = "---\nactors:\n  pm:\n    name: Shehbaz Sharif\n---\nShehbaz Sharif left.\n";
        let rows = row(text).mentions;
        assert_eq!(rows[0].actor.as_deref(), Some("pm"));
    }
}
