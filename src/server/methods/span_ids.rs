//! `textDocument/linkedEditingRange`, and what highlights, references and renaming make of the ids of spans.

use std::sync::Arc;

use tower_lsp::ls_types as lsp;

use super::Reading;
use crate::analysis::Analysis;
use crate::article::NOBODY;
use crate::ide::{self, SpanIdPlace};
use crate::server::from_proto;
use crate::server::session::Session;
use crate::server::snapshot::Snapshot;
use crate::text::TextRange;

/// What an id may be made of while it is typed, a regular expression as JavaScript has them.
const PATTERN: &str = r##"[^\s{}\[\]="#,]*"##;

/// The places that are edited together with the one at `position`.
pub(super) fn linked(reading: &Reading<'_>, position: lsp::Position) -> Option<lsp::LinkedEditingRanges> {
    let found = ide::linked_ids(reading.analysis, reading.offset(position)?)?;
    Some(lsp::LinkedEditingRanges {
        ranges: found.into_iter().map(|range| reading.range(range)).collect(),
        word_pattern: Some(PATTERN.to_owned()),
    })
}

pub(super) fn highlight(reading: &Reading<'_>, id: &str) -> Vec<lsp::DocumentHighlight> {
    let places = ide::span_id_places(reading.analysis, id).into_iter();
    let highlight = |place: SpanIdPlace| lsp::DocumentHighlight {
        range: reading.range(place.range),
        kind: Some(if place.given {
            lsp::DocumentHighlightKind::WRITE
        } else {
            lsp::DocumentHighlightKind::READ
        }),
    };
    places.map(highlight).collect()
}

/// The id of a span at a place of an article.
pub(super) struct Found {
    pub(super) place: SpanIdPlace,
    analysis: Arc<Analysis>,
}

/// The id of a span at `position` of `snapshot`, if that is an article. Blocks.
pub(super) fn at(snapshot: &Snapshot, session: &Session, position: lsp::Position) -> Option<Found> {
    let offset = from_proto::offset(snapshot.rope.as_ref()?, position, session.support()?.encoding).ok()?;
    let analysis = snapshot.analysis().ok().flatten()?;
    Some(Found { place: ide::span_id_at(&analysis, offset)?, analysis })
}

impl Found {
    /// Where the id stands; `given` says whether the place counts where the span is given it.
    pub(super) fn places(&self, given: bool) -> Vec<TextRange> {
        let places = ide::span_id_places(&self.analysis, &self.place.id).into_iter();
        places.filter(|place| given || !place.given).map(|place| place.range).collect()
    }

    /// Where the id stands in `json`, the file beside the article.
    pub(super) fn places_beside(&self, json: &str) -> Vec<TextRange> {
        let places = ide::span_id_places_beside(&self.analysis, json, &self.place.id).into_iter();
        places.map(|place| place.range).collect()
    }

    /// That the id can become `new`; `json` is the file beside the article, where there is one.
    ///
    /// # Errors
    /// A message for the person when it cannot.
    pub(super) fn takes(&self, new: &str, json: Option<&str>) -> Result<(), String> {
        let given = |id: &str| {
            let beside = json.map(|json| ide::span_id_places_beside(&self.analysis, json, id));
            let places =
                ide::span_id_places(&self.analysis, id).into_iter().chain(beside.into_iter().flatten());
            places.filter(|place| place.given).count()
        };
        let old = &self.place.id;
        if given(old) > 1 {
            return Err(format!("Two spans have the id '{old}'. Give one of them another by hand first."));
        }
        if new == *old {
            return Ok(());
        }
        if given(new) > 0 {
            return Err(format!("'{new}' is the id of another span of this article."));
        }
        if !new.starts_with(char::is_alphabetic) {
            return Err(format!("The id of a span begins with a letter; '{new}' does not."));
        }
        if new == NOBODY {
            return Err(format!("'{new}' says that nobody is named, so it is no span's id."));
        }
        let declared = self.analysis.header().sources.iter().any(|source| source.id.text == new);
        if declared || self.analysis.registry().find(new).is_some() {
            return Err(format!("'{new}' is an actor's id, so 'by={new}' could mean either."));
        }
        Ok(())
    }
}
