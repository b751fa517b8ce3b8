//! Who makes a claim, as other forms name them: a name and a kind instead of a span.

use super::super::intake::KnownActor;
use super::{AnnotatedSpan, Annotations};
use crate::actors::{ActorKind, Registry, slug};
use crate::article::NOBODY;

impl Annotations {
    /// Who makes `claim`: the actors that `by` names and those of the sources it names, in that order. A
    /// source that is no known actor goes by its words.
    pub(in crate::exchange) fn speakers(&self, claim: &AnnotatedSpan) -> Vec<KnownActor> {
        let mut out: Vec<KnownActor> = Vec::new();
        for id in claim.values("by").filter(|id| *id != NOBODY) {
            let speaker = match self.span(id) {
                Some(source) => match source.value("ref") {
                    Some(actor) => self.actor(actor),
                    None => self.unknown(source),
                },
                None => self.actor(id.strip_prefix("actor:").unwrap_or(id)),
            };
            if !out.iter().any(|known| known.id == speaker.id) {
                out.push(speaker);
            }
        }
        out
    }

    /// The label of what stances are `on`: the header's, else the id.
    pub(in crate::exchange) fn label<'a>(&'a self, on: &'a str) -> &'a str {
        let declared = self.header.on.iter().find(|(id, _)| id.text == on);
        declared.map_or(on, |(_, label)| &label.text)
    }

    fn actor(&self, id: &str) -> KnownActor {
        let known =
            |name: &str, kind| KnownActor { id: id.to_owned(), name: name.to_owned(), kind, note: None };
        if let Some(declared) = self.header.actors.iter().find(|actor| actor.id.text == id) {
            let kind = declared.kind.as_ref().and_then(|kind| ActorKind::from_name(&kind.text));
            let name = declared.name.as_ref().map_or(id, |name| &name.text);
            return known(name, kind.unwrap_or(ActorKind::Person));
        }
        let registry = Registry::built_in();
        registry
            .with_id(id)
            .map_or_else(|| known(id, ActorKind::Person), |actor| known(&actor.name, actor.kind))
    }

    fn unknown(&self, source: &AnnotatedSpan) -> KnownActor {
        let name = self.words(source).split_whitespace().collect::<Vec<_>>().join(" ");
        let name = if name.is_empty() { source.id.clone().unwrap_or_default() } else { name };
        let kind = match source.value("anon") {
            Some("organisation") => ActorKind::Organisation,
            _ => ActorKind::Person,
        };
        KnownActor { id: slug(&name), name, kind, note: None }
    }
}
