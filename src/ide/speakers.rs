//! Who speaks in an article, and what they say.

use rustc_hash::FxHashMap;

use super::claims::{Claim, Origin, claims};
use super::{block_of, prose};
use crate::actors::ActorKind;
use crate::analysis::Analysis;
use crate::article::SpanClass;
use crate::attribution::SourceKind;
use crate::language::{WordClass, classes};
use crate::text::TextRange;

/// Somebody who speaks. Ranges are bytes of the article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Speaker {
    /// As the outline names them.
    pub name: String,
    /// The words that name them where they speak first.
    pub words: TextRange,
    /// The block in which they speak first.
    pub block: usize,
    /// They are an actor: one of the cast, or one a registry knows.
    pub is_actor: bool,
    /// What they say, in text order.
    pub claims: Vec<Said>,
}

/// A claim of a speaker. Ranges are bytes of the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said {
    /// All of it: source, cue and content.
    pub range: TextRange,
    /// The first piece of what is said.
    pub content: TextRange,
    /// The first piece of the reporting words.
    pub cue: Option<TextRange>,
    /// It is in the speaker's own words, between quotation marks.
    pub is_quote: bool,
}

/// The entry for claims whose speaker is a word that points back to nobody the article names.
pub(super) const UNCLEAR: &str = "Speaker not clear";

/// What an outlet's story is called once the outlet was named: its words are the outlet's.
const ITS_REPORT: &str = "the report";

/// A name, the words it was found by, and whether it is an actor's.
pub(super) struct Named {
    pub(super) name: String,
    pub(super) words: TextRange,
    pub(super) is_actor: bool,
}

/// Everybody who speaks, in the order in which they first do.
pub fn speakers(analysis: &Analysis) -> Vec<Speaker> {
    let mut out: Vec<Speaker> = Vec::new();
    let mut outlet: Option<String> = None;
    let mut known: FxHashMap<String, usize> = FxHashMap::default();
    for block in 0..analysis.blocks().len() {
        for claim in claims(analysis, block) {
            let (Some(content), Some(named)) =
                (claim.content.first(), named(analysis, &claim, outlet.as_deref()))
            else {
                continue;
            };
            if is_outlets(analysis, &claim) {
                outlet = Some(named.name.clone());
            }
            let said = Said {
                range: claim.range(),
                content: *content,
                cue: claim.cues.first().copied(),
                is_quote: is_quote(analysis, &claim, *content),
            };
            let at = *known.entry(named.name.to_lowercase()).or_insert_with(|| {
                let Named { name, words, is_actor } = named;
                out.push(Speaker { name, words, block, is_actor, claims: Vec::new() });
                out.len() - 1
            });
            out[at].claims.push(said);
        }
    }
    out
}

/// Who makes `claim`, as the outline names them: a name where the article tells whose words they are,
/// so that "he" and "Mr Sharif" are one speaker. `outlet` is the one that spoke last before.
pub(super) fn named(analysis: &Analysis, claim: &Claim<'_>, outlet: Option<&str>) -> Option<Named> {
    let place = claim.sources.first().or_else(|| claim.content.first()).copied()?;
    let mut sources = claim.sources.iter().copied();
    if let Some(found) = sources.find_map(|range| name_of_source(analysis, claim, range, outlet)) {
        return Some(found);
    }
    match claim.actors.first() {
        Some(id) => Some(Named { name: name_of_actor(analysis, id), words: place, is_actor: true }),
        None if claim.sources.is_empty() => None,
        None => Some(Named { name: UNCLEAR.to_owned(), words: place, is_actor: false }),
    }
}

/// The name of the source at `words`: of the actor it is marked as or found to be, else its own
/// words; none where these only point back and the article does not tell to whom.
fn name_of_source(
    analysis: &Analysis,
    claim: &Claim<'_>,
    words: TextRange,
    outlet: Option<&str>,
) -> Option<Named> {
    if let Some(id) = reference(analysis, words) {
        return Some(Named { name: name_of_actor(analysis, id), words, is_actor: true });
    }
    let found = match claim.origin {
        Origin::Found(found) => Some(found.kind),
        Origin::Marked(_) => None,
    };
    let member = analysis.member_in(words).filter(|_| found != Some(SourceKind::Unnamed));
    if let Some(member) = member {
        let name = analysis.name_of(&analysis.cast().members()[member]).to_owned();
        return Some(Named { name, words, is_actor: true });
    }
    let text = prose(analysis, words);
    if text.eq_ignore_ascii_case(ITS_REPORT)
        && let Some(outlet) = outlet
    {
        return Some(Named { name: outlet.to_owned(), words, is_actor: true });
    }
    let points_back = found == Some(SourceKind::Pronoun) || classes(&text).contains(WordClass::PRONOUN);
    (!points_back).then_some(Named { name: text, words, is_actor: false })
}

/// The `ref` of the span whose words are at `range`.
fn reference(analysis: &Analysis, range: TextRange) -> Option<&str> {
    let block = block_of(analysis, range)?;
    let mut spans = block.markup.annotations();
    let span =
        spans.find(|span| span.content + block.range.start() == range && span.value("ref").is_some())?;
    Some(span.value("ref")?.text.as_str())
}

/// The name of the actor `id`; the id where no registry knows it.
pub(super) fn name_of_actor(analysis: &Analysis, id: &str) -> String {
    let id = id.strip_prefix("actor:").unwrap_or(id);
    analysis.registry().with_id(id).map_or_else(|| id.to_owned(), |actor| actor.name.to_string())
}

/// Whether `claim` is an outlet's, said under its name.
fn is_outlets(analysis: &Analysis, claim: &Claim<'_>) -> bool {
    match claim.origin {
        Origin::Found(found) => found.kind == SourceKind::Outlet,
        Origin::Marked(_) => {
            claim.sources.iter().filter_map(|range| reference(analysis, *range)).any(|id| {
                analysis.registry().with_id(id).is_some_and(|actor| actor.kind == ActorKind::Outlet)
            })
        }
    }
}

/// Whether most of `content` stands between quotation marks.
fn is_quote(analysis: &Analysis, claim: &Claim<'_>, content: TextRange) -> bool {
    if let Origin::Marked(span) = claim.origin
        && span.class() == Some(SpanClass::Quote)
    {
        return true;
    }
    let Some(place) = analysis.place(content.start()) else { return false };
    let end = analysis.place(content.end()).map_or(place.offset, |end| end.offset);
    let words = TextRange::new(place.offset, end.max(place.offset));
    let quotations = analysis.piece(place).passage.quotations().iter();
    let mut shared = quotations.filter_map(|quotation| quotation.range.intersect(words));
    shared.any(|both| usize::from(both.len()) * 2 > usize::from(words.len()))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    /// The speakers of `text`, each with the number of its claims.
    fn heard(text: &str) -> Vec<(String, usize)> {
        let analysis = Analysis::new(Arc::from(text), Arc::default());
        speakers(&analysis).into_iter().map(|speaker| (speaker.name, speaker.claims.len())).collect()
    }

    #[test]
    fn pronouns_and_short_names_are_one_speaker() {
        let text = "The deficit would fall, Maria Keller said on Monday. “We kept our word,” Keller said. She said the vote was safe.";
        assert_eq!(heard(text), [("Maria Keller".to_owned(), 3)]);
    }

    #[test]
    fn a_pronoun_that_points_at_nobody_is_no_speaker() {
        assert_eq!(heard("They said the bridge would close."), [(UNCLEAR.to_owned(), 1)]);
    }

    #[test]
    fn a_marked_pronoun_is_whoever_it_is_marked_as() {
        let text = "[It]{#s1 .source ref=fra} [said]{.cue for=c1} [the bridge would close]{#c1 .claim by=s1}. [They]{#s2 .source} wanted [it open]{.claim by=\"s2 deu\"}.";
        assert_eq!(heard(text), [("France".to_owned(), 1), ("Germany".to_owned(), 1)]);
    }

    #[test]
    fn the_report_of_an_outlet_is_the_outlets() {
        let text =
            "The bridge will close, Reuters reported on Monday. Repairs would take a year, the report said.";
        assert_eq!(heard(text), [("Reuters".to_owned(), 2)]);
    }

    #[test]
    fn words_between_quotation_marks_are_quotes() {
        let text = "The deficit would fall, Maria Keller said. “We kept our word,” Keller said.";
        let analysis = Analysis::new(Arc::from(text), Arc::default());
        let quotes: Vec<bool> = speakers(&analysis)[0].claims.iter().map(|said| said.is_quote).collect();
        assert_eq!(quotes, [false, true]);
    }
}
