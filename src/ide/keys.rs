//! The keys a span likely has, from the attribution its words belong to.

use std::collections::HashSet;

use rustc_hash::{FxBuildHasher, FxHashSet};

use super::prose;
use crate::analysis::Analysis;
use crate::article::{NOBODY, Span, SpanClass};
use crate::attribution::{Attribution, SourceKind};
use crate::language::entries;
use crate::stance;
use crate::text::{TextRange, TextSize};

/// Keys with their values.
pub(super) type Keys = Vec<(&'static str, String)>;

/// The one of `attributions` whose part, as `part` picks it, holds most of `range`.
pub(super) fn holder<'a>(
    attributions: &'a [Attribution],
    range: TextRange,
    part: impl Fn(&'a Attribution) -> &'a [TextRange],
) -> Option<&'a Attribution> {
    let shared = |found: &&'a Attribution| -> TextSize {
        part(found).iter().filter_map(|piece| piece.intersect(range)).map(TextRange::len).sum()
    };
    // The first of several that hold as much.
    attributions.iter().rev().max_by_key(shared).filter(|found| shared(found) > TextSize::default())
}

/// The id of the actor a registry knows whom the words at `range` name or point at.
pub(super) fn actor_id(analysis: &Analysis, range: TextRange) -> Option<String> {
    let member = &analysis.cast().members()[analysis.member_in(range)?];
    Some(analysis.registry().get(member.actor?)?.id.to_string())
}

/// The span of a source or an actor that a person or a draft put over some of the words at `range`, with the most
/// words.
pub(super) fn marked_source(analysis: &Analysis, range: TextRange) -> Option<&Span> {
    let block = analysis.blocks().iter().find(|block| block.range.contains_range(range))?;
    let place = range - block.range.start();
    let touches = |span: &&Span| span.content.intersect(place).is_some_and(|shared| !shared.is_empty());
    let of = |wanted: SpanClass| {
        let spans = block.markup.annotations().filter(move |span| span.class() == Some(wanted));
        spans.filter(touches).max_by_key(|span| span.content.len())
    };
    of(SpanClass::Source).or_else(|| of(SpanClass::Actor))
}

/// The value of `by` for what `found` attributes: the spans of its source, or actors; `none` where it cites nobody. None
/// where the text does not tell.
pub(super) fn by(analysis: &Analysis, found: &Attribution) -> Option<String> {
    if found.source.is_empty() {
        return (!found.continues()).then(|| NOBODY.to_owned());
    }
    let mut ids: Vec<String> = Vec::new();
    for source in &found.source {
        let marked = marked_source(analysis, *source);
        let span = marked.and_then(|span| span.id.as_ref().or_else(|| span.value("ref")));
        let id = span.map(|word| word.text.clone()).or_else(|| actor_id(analysis, *source));
        ids.extend(id.filter(|id| !ids.contains(id)));
    }
    (!ids.is_empty()).then(|| ids.join(" "))
}

/// `stance` and `voice` as the reporting words of `found` make them likely.
pub(super) fn stance_keys(analysis: &Analysis, found: &Attribution) -> Keys {
    let words: Vec<String> = found.cue.iter().map(|range| prose(analysis, *range)).collect();
    let cue = words.join(" ");
    let stance = stance::from_cue(&cue).map(|value| ("stance", value.name.clone()));
    let voice = stance::voice_from_cue(&cue).map(|value| ("voice", value.name.clone()));
    // The folder's own vocabulary need not have it.
    let is_value = |(key, value): &(&str, String)| {
        stance::vocabulary_in(analysis.settings(), key).is_some_and(|list| list.value(value).is_some())
    };
    stance.into_iter().chain(voice).filter(is_value).collect()
}

/// `ref`, `anon` and `basis` of the source at `range`, as far as the text tells.
pub(super) fn source_keys(analysis: &Analysis, range: TextRange, kind: Option<SourceKind>) -> Keys {
    let words = prose(analysis, range).to_lowercase();
    let says =
        |list: &[&str]| words.split(|char: char| !char.is_alphanumeric()).any(|word| list.contains(&word));
    let id = actor_id(analysis, range);
    let anon = match kind {
        Some(SourceKind::Person | SourceKind::Outlet) => Some("named"),
        Some(SourceKind::Pronoun | SourceKind::Organisation) if id.is_some() => Some("named"),
        Some(SourceKind::Organisation) => Some("organisation"),
        Some(SourceKind::Role) => Some("role"),
        Some(SourceKind::Unnamed) if says(&["official", "officials"]) => Some("official"),
        Some(SourceKind::Unnamed) => Some("unnamed"),
        _ => None,
    };
    let listed = entries(include_str!("basis.txt")).filter_map(|line| line.split_once(':'));
    let mut bases = listed
        .filter(|(_, list)| says(&list.split(',').map(str::trim).collect::<Vec<_>>()))
        .map(|(value, _)| value);
    let basis = bases.next().or_else(|| (kind == Some(SourceKind::Document)).then_some("document"));
    let id = id.map(|id| ("ref", id));
    let told = [("anon", anon), ("basis", basis)];
    let told = told.into_iter().filter_map(|(key, value)| Some((key, value?.to_owned())));
    told.chain(id).collect()
}

/// Ids for new spans: `c1`, `c2`, …
pub(super) struct FreeIds<'a> {
    analysis: &'a Analysis,
    taken: HashSet<&'a str, FxBuildHasher>,
}

impl<'a> FreeIds<'a> {
    pub(super) fn new(analysis: &'a Analysis) -> Self {
        let spans = analysis.blocks().iter().flat_map(|block| block.markup.annotations());
        let taken: FxHashSet<&str> = spans.filter_map(|span| Some(span.id.as_ref()?.text.as_str())).collect();
        Self { analysis, taken }
    }

    /// The ids that begin with `letter` and that neither a span nor an actor has, in order.
    pub(super) fn of(&self, letter: char) -> impl Iterator<Item = String> + '_ {
        let ids = (1_usize..).map(move |number| format!("{letter}{number}"));
        ids.filter(|id| !self.taken.contains(id.as_str()) && self.analysis.registry().find(id).is_none())
    }
}
