//! Who said what: source, cue and content.
//!
//! An attribution has, after PARC 3 and PolNeAR, a *source* (who is cited), a *cue* (the reporting
//! words) and a *content* (what is said), each of one or more pieces. A source may be missing
//! ("is expected").

mod carry;
mod content;
mod cue;
mod engine;
mod features;
mod judge;
mod model;
mod reading;
mod source;
#[cfg(test)]
mod tests;
mod token_keys;
mod train;

use std::sync::Arc;

use crate::language::Passage;
use crate::text::TextRange;

pub use carry::{Carried, may_name_count, names_count};
pub use judge::Marked;
pub use model::{Model, ModelError};
pub(crate) use train::Random;
pub use train::{MarkedPassage, Training};

/// What a passage hands to the next.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct State {
    /// The passage ended inside a quotation, which the next takes up if it begins with a mark.
    pub quoting: bool,
    /// Who spoke last.
    pub speaker: Option<Speaker>,
    /// The last sentence has that source or goes on with one that has.
    pub carries: bool,
    /// Whole sentences since that source was cited, at most [`State::FAR`].
    pub distance: u8,
    /// A poll, a report, a set of figures was named, whose numbers may come further down.
    pub counted: bool,
}

impl State {
    /// The distance at which counting stops.
    pub const FAR: u8 = 15;
}

/// A source handed on to the next passage.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Speaker {
    /// The source as it is written.
    pub text: Arc<str>,
    /// What kind of source it is.
    pub kind: SourceKind,
}

/// What was found in a passage.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// The attributions in text order; none of them overlap. What is attributed inside one of them is in
    /// its [`inner`](Attribution::inner).
    ///
    /// One with [`Link::Neighbour`] and no source goes on with what the speaker of the passage
    /// before said.
    pub attributions: Vec<Attribution>,
    /// The sentences without a source of their own that go on with the one before.
    pub carried: Vec<Carried>,
    /// What the next passage should know.
    pub outgoing: State,
}

/// The attributions of `passage` by rules and lexicons; `incoming` is what the passage before handed
/// on.
///
/// Verbs are weighed by counts in `PolNeAR` (Newell, Margolin and Ruths, 2018), whose notion of
/// attribution this follows: what is said, thought, wanted or planned, with the widest extent of each
/// part.
pub fn attribute(passage: &Passage, incoming: &State, model: &Model) -> Found {
    let judge = judge::Judge::of(model);
    let mut engine = engine::Engine::run(reading::Reading::of(passage), incoming, judge);
    let attributions = engine.finish();
    let (carried, outgoing) = carry::carry(&engine, &attributions, incoming);
    Found { attributions, carried, outgoing }
}

/// One attribution in a passage. All ranges are bytes of the passage's prose.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// Who is cited, with the comma that closes an apposition before the cue; empty where nobody is.
    pub source: Vec<TextRange>,
    /// The reporting words.
    pub cue: Vec<TextRange>,
    /// What is said.
    pub content: Vec<TextRange>,
    /// What kind of source it is.
    pub kind: SourceKind,
    /// How source, cue and content were brought together.
    pub link: Link,
    /// How sure the engine is, from 0 to 1.
    pub confidence: f32,
    /// What is attributed inside what is said: "Lee said |Kim had told him that …|". At most four levels are looked for,
    /// so that a sentence of nothing else takes no longer than any other.
    pub inner: Vec<Self>,
}

/// What kind of source is cited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SourceKind {
    /// A person by name.
    Person,
    /// A body, firm, country or its government.
    Organisation,
    /// A report, statement, letter, poll …
    Document,
    /// A newspaper, agency, broadcaster.
    Outlet,
    /// A person by office alone: "the minister".
    Role,
    /// Several people by what they are: "residents", "Republicans".
    Group,
    /// Somebody whose name is withheld: "sources", "officials", "a person familiar with …".
    Unnamed,
    /// "he", "they", "who".
    Pronoun,
    /// Nobody: "is expected", "reportedly".
    None,
}

impl Attribution {
    /// Every piece: source, cue and content.
    pub fn pieces(&self) -> impl Iterator<Item = TextRange> + '_ {
        self.source.iter().chain(&self.cue).chain(&self.content).copied()
    }

    /// The same with every range moved by `place`.
    #[must_use]
    pub fn map(&self, place: impl Fn(TextRange) -> TextRange) -> Self {
        self.placed(&place)
    }

    fn placed(&self, place: &dyn Fn(TextRange) -> TextRange) -> Self {
        let all = |list: &[TextRange]| list.iter().map(|range| place(*range)).collect();
        let inner = self.inner.iter().map(|inner| inner.placed(place)).collect();
        Self { source: all(&self.source), cue: all(&self.cue), content: all(&self.content), inner, ..*self }
    }

    /// Itself and what is attributed inside it, an outer one before its inner ones.
    pub fn with_inner(&self) -> Vec<&Self> {
        let mut out = vec![self];
        out.extend(self.inner.iter().flat_map(Self::with_inner));
        out
    }

    /// Whether somebody says the content: a caption is only what stands below somebody's picture.
    pub fn is_claim(&self) -> bool {
        self.link != Link::Credit
    }

    /// Whether it goes on with what the speaker of an earlier passage said.
    pub fn continues(&self) -> bool {
        self.link == Link::Neighbour && self.source.is_empty()
    }
}

impl SourceKind {
    /// As it is written in exports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "organisation",
            Self::Document => "document",
            Self::Outlet => "outlet",
            Self::Role => "role",
            Self::Group => "group",
            Self::Unnamed => "unnamed",
            Self::Pronoun => "pronoun",
            Self::None => "none",
        }
    }
}

/// How the pieces of an attribution were brought together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Link {
    /// Source, cue, content: "She said that …".
    CueBefore,
    /// Content, then source and cue: "…, she said".
    CueAfter,
    /// The cue stands inside the content: "'A,' he said, 'B'".
    CueInside,
    /// "According to X, …".
    AccordingTo,
    /// "X: …", "'…' — X".
    Colon,
    /// A quotation whose speaker stands in a sentence nearby, or a statement with a signature below.
    Neighbour,
    /// A noun: "X's claim that …".
    Nominal,
    /// The credit of a picture, at the end of the caption: "… Image: X".
    Credit,
}
