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
