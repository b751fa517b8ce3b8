//! Actors known before an article is read, in layers, and the index of their names.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::{Arc, LazyLock};

use rustc_hash::FxHashMap;

use super::actor::{Actor, ActorKind, Alias, Reference, Role};
use super::gazetteer;
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
#[derive(Clone, Debug, Default)]
pub struct RegistryLayer {
    actors: Vec<Actor>,
    by_id: FxHashMap<Cow<'static, str>, u32>,
    by_surname: FxHashMap<Cow<'static, str>, Vec<u32>>,
    index: AliasIndex,
}

impl RegistryLayer {
    /// A layer of `actors`. Of two with one id the first is found by it.
    pub fn new(actors: Vec<Actor>) -> Self {
        let mut layer = Self { actors, ..Self::default() };
        layer.by_id.reserve(layer.actors.len());
        layer.index.reserve(layer.actors.len() * 4);
        for (at, actor) in (0_u32..).zip(&layer.actors) {
            layer.by_id.entry(actor.id.clone()).or_insert(at);
            layer.index.insert(&actor.name, at, Reference::Name);
            for alias in &actor.aliases {
                layer.index.insert(&alias.text, at, alias.reference);
            }
            if actor.kind == ActorKind::Person
                && let Some(surname) = last_word(&actor.name)
            {
                layer.by_surname.entry(surname).or_default().push(at);
            }
        }
        layer
    }

    /// The layer of an article's header.
    pub fn declared(actors: &[DeclaredActor]) -> Self {
        Self::new(actors.iter().map(declared).collect())
    }

    /// The actors, in the order given.
    pub fn actors(&self) -> &[Actor] {
        &self.actors
    }

    fn built_in() -> Self {
        let mut layer = Self::new(gazetteer::actors());
        for (word, id, reference) in gazetteer::references() {
            if let Some(at) = layer.by_id.get(id).copied() {
                layer.index.insert(&Cow::Borrowed(word), at, reference);
            }
        }
        layer
    }
}

/// The last word of `name`.
#[expect(clippy::ptr_arg, reason = "what is borrowed for ever stays so")]
fn last_word(name: &Cow<'static, str>) -> Option<Cow<'static, str>> {
    Some(match name {
        Cow::Borrowed(name) => Cow::Borrowed(name.rsplit(' ').next()?),
        Cow::Owned(name) => Cow::Owned(name.rsplit(' ').next()?.to_owned()),
    })
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
    /// What is built in and nothing else. The gazetteer is read at the first call.
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
        self.layers[actor.layer as usize].actors.get(actor.index as usize)
    }

    /// The nearest actor with this id.
    pub fn find(&self, id: &str) -> Option<ActorRef> {
        self.each()
            .find_map(|(layer, content)| content.by_id.get(id).map(|index| ActorRef { layer, index: *index }))
    }

    /// The entry of `actor` in the nearest layer that has its id.
    fn nearest(&self, actor: ActorRef) -> ActorRef {
        let above = &self.layers[..actor.layer as usize];
        if above.iter().all(|layer| layer.actors.is_empty()) {
            return actor;
        }
        self.get(actor).and_then(|known| self.find(&known.id)).unwrap_or(actor)
    }

    /// Every actor, the nearest layer first.
    pub fn all(&self) -> impl Iterator<Item = ActorRef> {
        self.each().flat_map(|(layer, content)| {
            (0_u32..).zip(&content.actors).map(move |(index, _)| ActorRef { layer, index })
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
            let found = content.by_surname.get(surname).map_or(&[][..], Vec::as_slice);
            found.iter().map(move |index| ActorRef { layer, index: *index })
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
        self.each().flat_map(|(_, content)| content.actors.iter().map(|actor| actor.id.as_ref()))
    }

    fn each(&self) -> impl Iterator<Item = (LayerKind, &RegistryLayer)> {
        let kinds = [LayerKind::Header, LayerKind::Folder, LayerKind::Workspace, LayerKind::BuiltIn];
        kinds.into_iter().zip(self.layers.iter().map(|layer| &**layer))
    }
}

/// A name found in the index.
pub(super) struct Found<'a> {
    /// How many tokens it has.
    pub(super) len: usize,
    registry: &'a Registry,
    layer: LayerKind,
    entries: &'a [(u32, Reference)],
}

impl Found<'_> {
    /// The actors of that name; of one that several layers know, the nearest entry.
    pub(super) fn actors(&self) -> impl Iterator<Item = (ActorRef, Reference)> + '_ {
        self.entries.iter().map(|(index, reference)| {
            (self.registry.nearest(ActorRef { layer: self.layer, index: *index }), *reference)
        })
    }
}

/// Names as a trie over tokens.
#[derive(Clone, Debug, Default)]
struct AliasIndex {
    words: FxHashMap<Cow<'static, str>, u32>,
    next: FxHashMap<(u32, u32), u32>,
    ends: Vec<Vec<(u32, Reference)>>,
}

impl AliasIndex {
    /// Makes room for about `words` words.
    fn reserve(&mut self, words: usize) {
        self.words.reserve(words);
        self.next.reserve(words);
        self.ends.reserve(words);
    }

    /// Adds `name`. A leading article is not part of a name, but one word alone needs it ("The
    /// Guardian", "the West").
    #[expect(clippy::ptr_arg, reason = "what is borrowed for ever stays so")]
    fn insert(&mut self, name: &Cow<'static, str>, actor: u32, reference: Reference) {
        let words = words(name);
        let skip = usize::from(words.len() > 2 && name[words[0].clone()].eq_ignore_ascii_case("the"));
        let mut node = 0;
        for Range { start, end } in words.into_iter().skip(skip) {
            let text = match name {
                Cow::Borrowed(name) => Cow::Borrowed(&name[start..end]),
                Cow::Owned(name) => Cow::Owned(name[start..end].to_owned()),
            };
            let text = if text == "The" { Cow::Borrowed("the") } else { text };
            let fresh = self.words.len() + 1;
            let word = *self.words.entry(text).or_insert(u32::try_from(fresh).unwrap_or(u32::MAX));
            let fresh = self.next.len() + 1;
            node = *self.next.entry((node, word)).or_insert(u32::try_from(fresh).unwrap_or(u32::MAX));
        }
        if node == 0 {
            return;
        }
        let place = node as usize;
        if self.ends.len() <= place {
            self.ends.resize_with(place + 1, Vec::new);
        }
        if !self.ends[place].iter().any(|(known, _)| *known == actor) {
            self.ends[place].push((actor, reference));
        }
    }

    fn longest(&self, tokens: Tokens<'_>, at: usize, end: usize) -> Option<(usize, &[(u32, Reference)])> {
        if self.words.is_empty() {
            return None;
        }
        let mut node = 0;
        let mut best = None;
        for len in 1..=end.saturating_sub(at) {
            let Some(word) = self.word(tokens.text(at + len - 1)) else { break };
            let Some(next) = self.next.get(&(node, word)) else { break };
            node = *next;
            if let Some(entries) = self.ends.get(node as usize)
                && !entries.is_empty()
            {
                best = Some((len, entries.as_slice()));
            }
        }
        best
    }

    /// The number of `text`, or of the same word with one capital where it is all capitals.
    fn word(&self, text: &str) -> Option<u32> {
        if let Some(word) = self.words.get(text) {
            return Some(*word);
        }
        if text == "The" {
            return self.words.get("the").copied();
        }
        let mut buffer = [0_u8; 24];
        if text.len() < 4 || !text.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return None;
        }
        let buffer = buffer.get_mut(..text.len())?;
        buffer.copy_from_slice(text.as_bytes());
        buffer.get_mut(1..)?.make_ascii_lowercase();
        self.words.get(std::str::from_utf8(buffer).ok()?).copied()
    }
}

/// Where the words of `name` stand, cut as tokens are.
fn words(name: &str) -> Vec<Range<usize>> {
    if name.bytes().any(|byte| !byte.is_ascii_alphabetic() && byte != b' ') {
        return tokenize(name).iter().map(|token| token.range.into()).collect();
    }
    // Most names are letters alone and need no tokenizer, which the start of the program feels.
    let mut at = 0;
    let words = name.split(' ').map(|word| {
        let start = at;
        at += word.len() + 1;
        start..start + word.len()
    });
    words.filter(|word| !word.is_empty()).collect()
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
    fn offices_answer_for_the_day() {
        let registry = Registry::built_in();
        let office = |id: &str, on| -> Vec<String> {
            let actor = registry.find(id).and_then(|actor| registry.get(actor)).unwrap();
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
