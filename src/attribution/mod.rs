//! Who said what: source, cue and content.
//!
//! An attribution has, after PARC 3 and PolNeAR, a *source* (who is cited), a *cue* (the reporting
//! words) and a *content* (what is said), each of one or more pieces. A source may be missing
//! ("is expected").

use crate::text::TextRange;

/// One attribution in a passage. All ranges are bytes of the passage's prose.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// Who is cited; empty where nobody is.
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
    /// "X: …".
    Colon,
    /// A quotation whose speaker stands in a sentence nearby.
    Neighbour,
    /// A noun: "X's claim that …".
    Nominal,
}

/// What a passage hands to the next.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct State {
    /// The passage before ended inside a quotation that this one takes up.
    pub quoting: bool,
    /// Who spoke last.
    pub speaker: Option<Speaker>,
    /// Whole sentences since that source was named, up to a small number.
    pub distance: u8,
}

/// Who spoke.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Speaker {
    /// The words as written.
    pub text: String,
    /// What kind of source.
    pub kind: SourceKind,
}

/// A sentence that has no source of its own and continues one that has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Carried {
    /// The sentence's index in its passage.
    pub sentence: usize,
    /// The attribution in this passage it continues; none when it stands in an earlier one.
    pub from: Option<usize>,
    /// How many sentences back the source was named.
    pub distance: u8,
}

/// What [`attribute`] found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// The attributions in order of their first piece.
    pub attributions: Vec<Attribution>,
    /// The sentences a source carries into.
    pub carried: Vec<Carried>,
    /// What the next passage starts with.
    pub outgoing: State,
}

/// Finds who says what in `passage`.
pub fn attribute(_passage: &crate::language::Passage, _incoming: &State) -> Found {
    Found::default()
}

impl Attribution {
    /// Every piece: source, cue and content.
    pub fn pieces(&self) -> impl Iterator<Item = TextRange> + '_ {
        self.source.iter().chain(&self.cue).chain(&self.content).copied()
    }
}
