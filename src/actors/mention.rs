//! Mentions: the places in a passage where somebody is named or pointed at.

use super::actor::{ActorKind, Reference, Sex};
use super::name;
use super::registry::{ActorRef, Registry};
use crate::language::Passage;
use crate::text::TextRange;

/// A place in a passage where an actor is named or pointed at. Ranges are bytes of the prose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The name alone: no article, title, role, possessive or apposition.
    pub range: TextRange,
    /// What it names, none when the passage does not tell.
    pub kind: Option<ActorKind>,
    /// How sure the kind is, and for the first word of a sentence whether it is a name at all.
    pub certainty: Certainty,
    /// How it points.
    pub form: Form,
    /// The title or office written before the name: "Army Chief General".
    pub title: Option<TextRange>,
    /// What is said of it after a comma: "a spokesman for the ministry".
    pub said: Option<TextRange>,
    /// The actors of the registry it may be, none for a name in no list.
    pub candidates: Vec<Candidate>,
    /// The sex its title, given name or the pronoun tells.
    pub sex: Option<Sex>,
    /// For an acronym in brackets and for "who", the index of the mention before it that it stands for.
    pub stands_for: Option<usize>,
}

impl Mention {
    /// Whether it only points at somebody: a pronoun or an office.
    pub fn is_pointer(&self) -> bool {
        matches!(self.form, Form::Pronoun | Form::Role | Form::Writer)
    }

    /// Whether it is a name, not a pronoun, office, adjective or a mere guess.
    pub fn is_name(&self) -> bool {
        matches!(self.form, Form::Name | Form::Acronym | Form::People) && !self.is_thing()
    }

    /// Whether it names a thing, which no reader asks for.
    pub fn is_thing(&self) -> bool {
        self.certainty == Certainty::Thing
    }
}

/// An actor a mention may be, and how its words refer to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The actor.
    pub actor: ActorRef,
    /// How the words refer to it.
    pub reference: Reference,
}

/// How sure a mention's kind is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// It is told to be a thing, as a ship or a film: no actor, nor are the same words elsewhere in the
    /// article unless something there tells of one.
    Thing,
    /// It may be no name at all: a word that begins a sentence. It counts only where the rest of
    /// the article bears it out.
    Doubtful,
    /// A name; its kind is a guess.
    Guess,
    /// Something beside it speaks for the kind.
    Likely,
    /// A title, a list or a word of the name itself tells the kind.
    Sure,
}

/// How a mention points at its actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// A name: "Pakistan", "Joe Biden".
    Name,
    /// Initials: "UNGA".
    Acronym,
    /// A country's or place's adjective: "Pakistani".
    Adjective,
    /// A people: "Pakistanis", "Muslims".
    People,
    /// An office: "the president".
    Role,
    /// "he", "she".
    Pronoun,
    /// "I", outside quotation marks: who writes.
    Writer,
}

/// The mentions of `passage` in text order; none overlaps another.
pub fn mentions(passage: &Passage, registry: &Registry) -> Vec<Mention> {
    name::find(passage, registry)
}
