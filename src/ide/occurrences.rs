//! Where an actor is named, pointed at, or referred to by its id.

use super::attributes::{Part, braces};
use super::claims::span_with_id;
use crate::analysis::Analysis;
use crate::article::{NOBODY, SidecarWord, sidecar_words};
use crate::text::{TextRange, TextSize};

/// The actor at an offset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActorAt {
    /// Its id.
    pub id: String,
    /// The words that refer to it, in bytes of the article.
    pub range: TextRange,
    /// Whether the words are the id itself.
    pub by_id: bool,
}

/// A place where an actor is referred to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// Where, in bytes of the article.
    pub range: TextRange,
    /// How.
    pub kind: OccurrenceKind,
}

/// How a place refers to an actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OccurrenceKind {
    /// By a name, an office or a pronoun.
    Mention,
    /// By its id, in an attribute of a span.
    Id,
    /// By its entry in the article's header.
    Entry,
}

/// The actor that is named, pointed at or referred to by its id at `offset`.
pub fn actor_at(analysis: &Analysis, offset: TextSize) -> Option<ActorAt> {
    if let Some(found) = braces(analysis.text(), offset) {
        let Part::Value { key: key @ ("ref" | "by"), range } = found.at else { return None };
        let word = &analysis.text()[range];
        let id = word.strip_prefix("actor:").unwrap_or(word);
        let is_span = key == "by" && id == word && span_with_id(analysis, id).is_some();
        let at = TextRange::new(range.end() - TextSize::of(id), range.end());
        let is_actor = !id.is_empty() && id != NOBODY && !is_span;
        return is_actor.then(|| ActorAt { id: id.to_owned(), range: at, by_id: true });
    }
    let declared = analysis.header().actors.iter().find(|actor| actor.id.range.contains_inclusive(offset));
    if let Some(declared) = declared {
        return Some(ActorAt { id: declared.id.text.clone(), range: declared.id.range, by_id: true });
    }
    let found = analysis.mention_at(offset)?;
    let member = &analysis.cast().members()[found.member?];
    Some(ActorAt { id: member.id(analysis.registry()), range: found.range, by_id: false })
}

/// All places of the article that refer to the actor `id`, aliases and resolved pronouns included, in text
/// order.
pub fn occurrences(analysis: &Analysis, id: &str) -> Vec<Occurrence> {
    let of_actor: Vec<bool> =
        analysis.cast().members().iter().map(|member| member.id(analysis.registry()) == id).collect();
    let mut out = id_occurrences(analysis, id);
    if of_actor.contains(&true) {
        each_mention(analysis, |range, member| {
            if of_actor[member] {
                out.push(Occurrence { range, kind: OccurrenceKind::Mention });
            }
        });
    }
    out.sort_by_key(|found| (found.range.start(), found.range.end(), found.kind));
    out
}

/// The places of the article where the id `id` itself stands.
pub fn id_occurrences(analysis: &Analysis, id: &str) -> Vec<Occurrence> {
    let mut out = Vec::new();
    let declared = analysis.header().actors.iter().filter(|actor| actor.id.text == id);
    out.extend(declared.map(|actor| Occurrence { range: actor.id.range, kind: OccurrenceKind::Entry }));
    let is_span = span_with_id(analysis, id).is_some();
    for block in analysis.blocks() {
        for span in &block.markup.spans {
            for (key, (word, range)) in
                ["ref", "by"].into_iter().flat_map(|key| span.values(key).map(move |value| (key, value)))
            {
                let bare = word.strip_prefix("actor:").unwrap_or(word);
                if bare == id && (key == "ref" || bare != word || !is_span) {
                    let range = range + block.range.start();
                    let range = TextRange::new(range.end() - TextSize::of(bare), range.end());
                    out.push(Occurrence { range, kind: OccurrenceKind::Id });
                }
            }
        }
    }
    out
}

/// The places where the id `id` of an actor stands in `json`, the file beside the article, in bytes of that.
pub fn actor_id_places_beside(analysis: &Analysis, json: &str, id: &str) -> Vec<TextRange> {
    let is_span = span_with_id(analysis, id).is_some();
    let place = |word: SidecarWord| {
        let bare = word.text.strip_prefix("actor:").unwrap_or(&word.text);
        let prefix = TextSize::of(&word.text[..word.text.len() - bare.len()]);
        let is_actor = match word.key.as_str() {
            "ref" => true,
            "by" => prefix > TextSize::new(0) || !is_span,
            _ => false,
        };
        (is_actor && bare == id).then(|| TextRange::new(word.range.start() + prefix, word.range.end()))
    };
    sidecar_words(json).into_iter().filter_map(place).collect()
}

/// Calls `see` with each mention that is resolved, as a range of the article and an index into the members of
/// its cast, in text order.
fn each_mention(analysis: &Analysis, mut see: impl FnMut(TextRange, usize)) {
    for (block, of) in analysis.blocks().iter().enumerate() {
        for (piece, placed) in of.pieces.iter().enumerate() {
            for (index, mention) in placed.mentions.iter().enumerate() {
                if let Some(member) = analysis.member_index(block, piece, index) {
                    see(analysis.to_article(block, piece, mention.range), member);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn words(text: &str, at: &str) -> Vec<String> {
        let analysis = Analysis::new(Arc::from(text), Arc::default());
        let offset = crate::text::size(text.find(at).unwrap() + 1);
        let Some(actor) = actor_at(&analysis, offset) else { return Vec::new() };
        occurrences(&analysis, &actor.id).iter().map(|found| text[found.range].to_owned()).collect()
    }

    #[test]
    fn full_name_surname_and_pronoun_are_one_actor() {
        let text = "Maria Keller spoke in Berlin. She left early. Mrs Keller was tired.";
        assert_eq!(words(text, "Keller was"), ["Maria Keller", "She", "Keller"]);
    }

    #[test]
    fn ids_and_the_headers_entry_count() {
        let text = "---\nactors:\n  lee: Ann Lee\n---\n\n[The mayor]{.source ref=lee} said [it failed]{.claim by=actor:lee}. Ann Lee left.";
        assert_eq!(words(text, "lee}"), ["lee", "lee", "lee", "Ann Lee"]);
        assert_eq!(words(text, "Ann Lee left"), ["lee", "lee", "lee", "Ann Lee"]);
    }
}
