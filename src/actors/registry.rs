//! Actors known before an article is read, in layers, and the index of their names.

use std::borrow::Cow;
use std::sync::{Arc, LazyLock, OnceLock};

use super::actor::{Actor, ActorKind, Alias, Reference, Role};
use super::gazetteer::{self, Record};
use super::index::{CompiledIndex, Entry, Index, ReadIndex};
use crate::article::{DeclaredActor, Word};
use crate::language::{Tokens, tokenize};

/// Which layer of the registry an actor stands in; the first wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LayerKind {
    /// The article's own header.
    Header,
    /// The registry of the article's folder, where there is one besides the workspace's.
    Folder,
    /// The workspace's registry.
    Workspace,
    /// What is built in.
    BuiltIn,
}

/// An actor of a [`Registry`], cheap to copy and keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ActorRef {
    /// The layer it stands in.
    pub layer: LayerKind,
    /// Its place in that layer.
    index: u32,
}

/// Actors from one source, with the index of their names.
#[derive(Debug)]
pub struct RegistryLayer {
    actors: Actors,
    index: Index,
}

/// The actors of a layer.
#[derive(Debug)]
enum Actors {
    Read(Vec<Actor>),
    /// Of the gazetteer, each read when it is first asked for.
    BuiltIn(Vec<(Record, OnceLock<Box<Actor>>)>),
}

impl Default for RegistryLayer {
    fn default() -> Self {
        Self::new(Vec::new())
    }
}

impl RegistryLayer {
    /// A layer of `actors`. Of two with one id the first is found by it.
    pub fn new(actors: Vec<Actor>) -> Self {
        let index = Index::Read(ReadIndex::of(&actors));
        Self { actors: Actors::Read(actors), index }
    }

    /// The layer of an article's header.
    pub fn declared(actors: &[DeclaredActor]) -> Self {
        Self::new(actors.iter().map(declared).collect())
    }

    fn built_in() -> Self {
        let records = gazetteer::records().map(|record| (record, OnceLock::new()));
        Self {
            actors: Actors::BuiltIn(records.collect()),
            index: Index::Compiled(CompiledIndex::gazetteer()),
        }
    }

    /// How many actors it has.
    fn len(&self) -> usize {
        match &self.actors {
            Actors::Read(actors) => actors.len(),
            Actors::BuiltIn(records) => records.len(),
        }
    }

    /// The actor at `index`, in the order given.
    fn get(&self, index: u32) -> Option<&Actor> {
        match &self.actors {
            Actors::Read(actors) => actors.get(index as usize),
            Actors::BuiltIn(records) => {
                let (record, actor) = records.get(index as usize)?;
                Some(actor.get_or_init(|| Box::new(record.actor())))
            }
        }
    }
}

fn declared(declared: &DeclaredActor) -> Actor {
    let owned = |word: &Word| Cow::Owned(word.text.clone());
    let alias = |word: &Word| Alias { text: owned(word), reference: Reference::Name };
    Actor {
        id: owned(&declared.id),
        name: declared.name.as_ref().map_or_else(|| owned(&declared.id), owned),
        aliases: declared.aliases.iter().map(alias).collect(),
        kind: declared
            .kind
            .as_ref()
            .and_then(|kind| ActorKind::from_name(&kind.text))
            .unwrap_or(ActorKind::Person),
        note: declared.note.as_ref().map_or(Cow::Borrowed(""), owned),
        sex: None,
        country: None,
        roles: declared
            .roles
            .iter()
            .filter_map(|role| {
                Some(Role {
                    title: owned(role.title.as_ref()?),
                    of: role.of.as_ref().map(owned),
                    from: role.from,
                    to: role.to,
                })
            })
            .collect(),
        links: declared.links.iter().map(|(to, link)| (owned(to), owned(link))).collect(),
    }
}

static BUILT_IN: LazyLock<Arc<RegistryLayer>> = LazyLock::new(|| Arc::new(RegistryLayer::built_in()));

/// All actors known before an article is read: its header's, the workspace's, the built-in ones.
#[derive(Clone, Debug)]
pub struct Registry {
    /// The nearest first.
    layers: [Arc<RegistryLayer>; 4],
}

impl Default for Registry {
    fn default() -> Self {
        Self::built_in()
    }
}

impl Registry {
    /// What is built in and nothing else. A record of the gazetteer is read when it is first asked for.
    pub fn built_in() -> Self {
        static EMPTY: LazyLock<Arc<RegistryLayer>> = LazyLock::new(Arc::default);
        Self { layers: [Arc::clone(&EMPTY), Arc::clone(&EMPTY), Arc::clone(&EMPTY), Arc::clone(&BUILT_IN)] }
    }

    /// This registry with `layer` as its layer of that kind.
    #[must_use]
    pub fn with(mut self, kind: LayerKind, layer: Arc<RegistryLayer>) -> Self {
        self.layers[kind as usize] = layer;
        self
    }

    /// The actor `actor` stands for; none when it is of another registry.
    pub fn get(&self, actor: ActorRef) -> Option<&Actor> {
        self.layers[actor.layer as usize].get(actor.index)
    }

    /// The nearest actor with this id.
    pub fn find(&self, id: &str) -> Option<ActorRef> {
        self.each().find_map(|(layer, content)| content.index.id(id).map(|index| ActorRef { layer, index }))
    }

    /// The same, read.
    pub fn with_id(&self, id: &str) -> Option<&Actor> {
        self.get(self.find(id)?)
    }

    /// The entry of `actor` in the nearest layer that has its id.
    fn nearest(&self, actor: ActorRef) -> ActorRef {
        let above = &self.layers[..actor.layer as usize];
        if above.iter().all(|layer| layer.len() == 0) {
            return actor;
        }
        self.get(actor).and_then(|known| self.find(&known.id)).unwrap_or(actor)
    }

    /// Every actor, the nearest layer first.
    pub fn all(&self) -> impl Iterator<Item = ActorRef> {
        self.each().flat_map(|(layer, content)| {
            (0_u32..).take(content.len()).map(move |index| ActorRef { layer, index })
        })
    }

    /// All actors of the nearest layer that knows `name` (whole, as it is written), each with how
    /// the name refers to it.
    pub fn named(&self, name: &str) -> Vec<(ActorRef, Reference)> {
        let list = tokenize(name);
        let tokens = Tokens { prose: name, list: &list };
        match self.longest(tokens, 0, list.len()) {
            Some(found) if found.len == list.len() => found.actors().collect(),
            _ => Vec::new(),
        }
    }

    /// The persons of all layers whose name ends in `surname`.
    pub fn with_surname(&self, surname: &str) -> impl Iterator<Item = ActorRef> {
        self.each().flat_map(move |(layer, content)| {
            content.index.surname(surname).iter().map(move |(index, _)| ActorRef { layer, index: *index })
        })
    }

    /// The longest name that begins at token `at` and ends before token `end`.
    pub(super) fn longest(&self, tokens: Tokens<'_>, at: usize, end: usize) -> Option<Found<'_>> {
        let mut best: Option<Found<'_>> = None;
        for (layer, content) in self.each() {
            if let Some((len, entries)) = content.index.longest(tokens, at, end)
                && best.as_ref().is_none_or(|best| best.len < len)
            {
                best = Some(Found { registry: self, len, layer, entries });
            }
        }
        best
    }

    /// The ids of all actors, the nearest layer first; one that several layers know comes several times.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.all().filter_map(|actor| self.get(actor)).map(|actor| actor.id.as_ref())
    }

    fn each(&self) -> impl Iterator<Item = (LayerKind, &RegistryLayer)> {
        let kinds = [LayerKind::Header, LayerKind::Folder, LayerKind::Workspace, LayerKind::BuiltIn];
        kinds.into_iter().zip(self.layers.iter().map(|layer| &**layer))
    }
}

/// A name found in the index.
#[derive(Clone, Copy)]
pub(super) struct Found<'a> {
    /// How many tokens it has.
    pub(super) len: usize,
    registry: &'a Registry,
    layer: LayerKind,
    entries: &'a [Entry],
}

impl Found<'_> {
    /// The actors of that name; of one that several layers know, the nearest entry.
    pub(super) fn actors(&self) -> impl Iterator<Item = (ActorRef, Reference)> + '_ {
        self.entries.iter().map(|(index, reference)| {
            (self.registry.nearest(ActorRef { layer: self.layer, index: *index }), *reference)
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn ids(name: &str) -> Vec<(String, Reference)> {
        let registry = Registry::built_in();
        registry
            .named(name)
            .into_iter()
            .filter_map(|(actor, reference)| Some((registry.get(actor)?.id.to_string(), reference)))
            .collect()
    }

    #[test]
    fn a_country_answers_to_its_people_adjective_and_capital() {
        for (word, id, reference) in [
            ("Pakistan", "pak", Reference::Name),
            ("Pakistani", "pak", Reference::Adjective),
            ("Pakistanis", "pak", Reference::People),
            ("Islamabad", "pak", Reference::Capital),
            ("US", "usa", Reference::Name),
            ("U.S.", "usa", Reference::Name),
            ("Burma", "mmr", Reference::Name),
            ("Soviet Union", "rus", Reference::Former),
        ] {
            assert!(ids(word).contains(&(id.to_owned(), reference)), "{word}: {:?}", ids(word));
        }
    }

    #[test]
    fn a_name_with_two_bearers_has_two_candidates() {
        let candidates = ids("Congolese");
        assert_eq!(candidates.len(), 2, "{candidates:?}");
    }

    #[test]
    fn a_name_is_found_in_capitals_and_over_a_line_break() {
        for (words, id) in [
            ("PAKISTAN", "pak"),
            ("SAUDI ARABIA", "sau"),
            ("Saudi\nArabia", "sau"),
            ("The Guardian", "outlet/guardian"),
            ("World  Bank", "organisation/world-bank"),
        ] {
            assert!(ids(words).iter().any(|(known, _)| known == id), "{words}: {:?}", ids(words));
        }
        assert!(ids("SaudiArabia").is_empty());
        assert!(ids("Saudi").is_empty() || ids("Saudi").iter().all(|(_, how)| *how == Reference::Adjective));
    }

    #[test]
    fn offices_answer_for_the_day() {
        let registry = Registry::built_in();
        let office = |id: &str, on| -> Vec<String> {
            let actor = registry.with_id(id).unwrap();
            actor.roles_on(on).map(|role| format!("{} {}", role.title, role.of.as_deref().unwrap())).collect()
        };
        let day = date(2022, 10, 9);
        assert_eq!(office("person/shehbaz-sharif", day), ["Prime Minister pak"]);
        assert_eq!(office("person/joe-biden", day), ["President usa"]);
        assert_eq!(office("person/bilawal-bhutto-zardari", day), ["Foreign Minister pak"]);
        assert_eq!(office("person/qamar-javed-bajwa", day), ["Chief of Army Staff pak"]);
        assert!(office("person/shehbaz-sharif", date(2022, 4, 10)).is_empty());
        assert_eq!(office("person/joe-biden", date(2016, 12, 31)), ["Vice President usa"]);
    }

    #[test]
    fn the_header_comes_before_the_workspace_and_what_is_built_in() {
        let mut actor = Registry::built_in().get(Registry::built_in().find("pak").unwrap()).unwrap().clone();
        actor.name = Cow::Borrowed("Pakistan (ours)");
        let layer = Arc::new(RegistryLayer::new(vec![actor]));
        let registry = Registry::built_in().with(LayerKind::Workspace, layer);
        let found = registry.find("pak").unwrap();
        assert_eq!(found.layer, LayerKind::Workspace);
        assert_eq!(registry.named("Pakistani")[0].0.layer, LayerKind::Workspace);
        assert_eq!(registry.named("Indian")[0].0.layer, LayerKind::BuiltIn);
    }
}
