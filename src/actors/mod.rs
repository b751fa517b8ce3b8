//! Who can speak or be spoken of.
//!
//! [`Registry`] holds what is known of actors before an article is read: the gazetteer that is
//! built in (`gazetteer/`, plain text), a workspace's own, and what the article's header declares,
//! the nearest first. [`mentions`] finds names, titles and pronouns in a passage, [`Cast`] brings
//! the mentions of one article together and says who each of them is.

mod actor;
mod cast;
mod gazetteer;
mod index;
mod index_keys;
mod lexicon;
mod mention;
mod name;
mod registry;
#[cfg(test)]
mod tests;

pub use actor::{Actor, ActorKind, Alias, Reference, Role, Sex};
pub use cast::{Cast, CastMember, Why, slug};
pub use mention::{Candidate, Certainty, Form, Mention, mentions};
pub use registry::{ActorRef, LayerKind, Registry, RegistryLayer};
