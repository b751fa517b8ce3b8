//! What leads to an actor of one layer: ids, surnames, and names word by word.

use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::Range;
use std::sync::LazyLock;

use fst::Map;
use fst::raw::{CompiledAddr, Node, Output};
use rustc_hash::FxHashMap;

use super::actor::{Actor, ActorKind, Reference};
use super::index_keys::{indexed, indexed_word, surname};
use crate::language::memo::Memo;
use crate::language::{Tokens, tokenize};

/// An actor's place in its layer, and how a word refers to it.
pub(super) type Entry = (u32, Reference);

/// The index of one layer.
#[derive(Debug)]
pub(super) enum Index {
    /// Of actors read while the program runs: few, or soon others.
    Read(ReadIndex),
    /// Of the gazetteer, compiled with the program.
    Compiled(&'static CompiledIndex),
}

impl Index {
    /// The place of the actor with this id.
    pub(super) fn id(&self, id: &str) -> Option<u32> {
        match self {
            Self::Read(index) => index.ids.get(id).copied(),
            Self::Compiled(index) => CompiledIndex::entries(&index.ids, id).first().map(|(actor, _)| *actor),
        }
    }

    /// The persons whose name ends in `surname`.
    pub(super) fn surname(&self, surname: &str) -> &[Entry] {
        match self {
            Self::Read(index) => index.surnames.get(surname).map_or(&[], Vec::as_slice),
            Self::Compiled(index) => CompiledIndex::entries(&index.surnames, surname),
        }
    }

    /// The longest name that begins at token `at` and ends before token `end`: how many tokens it has, and
    /// whom it names.
    pub(super) fn longest(&self, tokens: Tokens<'_>, at: usize, end: usize) -> Option<(usize, &[Entry])> {
        match self {
            _ if at >= end => None,
            Self::Read(index) if index.words.is_empty() => None,
            Self::Read(index) => {
                let step = |node, word: &str, _| index.step(node, word);
                let first = either_case(tokens.text(at), |word| index.step(0, word))?;
                longest(tokens, at..end, first, step, |node| index.ends(node))
            }
            Self::Compiled(index) => {
                let step = |place, word: &str, apart| index.step(place, word, apart);
                let first = index.first_step(tokens.text(at))?;
                longest(tokens, at..end, first, step, |place| index.ends(place))
            }
        }
    }
}

/// Follows the tokens in `range` from `place`, to which the first has led, a word at a time: `step` goes on from a place by
/// a word, told whether it stands apart from the word before; `ends` are those whose name ends at a place.
fn longest<'a, Place: Copy>(
    tokens: Tokens<'_>,
    range: Range<usize>,
    mut place: Place,
    step: impl Fn(Place, &str, bool) -> Option<Place>,
    ends: impl Fn(Place) -> &'a [Entry],
) -> Option<(usize, &'a [Entry])> {
    let mut best = None;
    let mut at = range.start;
    loop {
        at += 1;
        let found = ends(place);
        if !found.is_empty() {
            best = Some((at - range.start, found));
        }
        if at >= range.end {
            return best;
        }
        let apart = tokens.list[at - 1].range.end() < tokens.list[at].range.start();
        let Some(next) = either_case(tokens.text(at), |word| step(place, word, apart)) else { return best };
        place = next;
    }
}

/// Where `step` leads by `word`; one all in capitals may be the same with one.
fn either_case<Place>(word: &str, step: impl Fn(&str) -> Option<Place>) -> Option<Place> {
    let mut buffer = [0_u8; 24];
    step(indexed_word(word)).or_else(|| step(with_one_capital(word, &mut buffer)?))
}

/// `word`, all in capitals, with all but its first letter small.
fn with_one_capital<'b>(word: &str, buffer: &'b mut [u8; 24]) -> Option<&'b str> {
    if word.len() < 4 || !word.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return None;
    }
    let buffer = buffer.get_mut(..word.len())?;
    buffer.copy_from_slice(word.as_bytes());
    buffer.get_mut(1..)?.make_ascii_lowercase();
    std::str::from_utf8(buffer).ok()
}

/// An index made while the program runs; names are a trie over tokens.
#[derive(Debug, Default)]
pub(super) struct ReadIndex {
    ids: FxHashMap<Cow<'static, str>, u32>,
    surnames: FxHashMap<String, Vec<Entry>>,
    words: FxHashMap<String, u32>,
    next: FxHashMap<(u32, u32), u32>,
    ends: Vec<Vec<Entry>>,
}

impl ReadIndex {
    /// The index of `actors`. Of two with one id the first is found by it.
    pub(super) fn of(actors: &[Actor]) -> Self {
        let mut index = Self::default();
        for (at, actor) in (0_u32..).zip(actors) {
            index.ids.entry(actor.id.clone()).or_insert(at);
            index.insert(&actor.name, at, Reference::Name);
            for alias in &actor.aliases {
                index.insert(&alias.text, at, alias.reference);
            }
            if actor.kind == ActorKind::Person {
                let entries = index.surnames.entry(surname(&actor.name).to_owned()).or_default();
                entries.push((at, Reference::Name));
            }
        }
        index
    }

    fn insert(&mut self, name: &str, actor: u32, reference: Reference) {
        let name = indexed(name);
        let mut node = 0;
        for token in &tokenize(name) {
            let text = indexed_word(&name[token.range]);
            let fresh = self.words.len() + 1;
            let word = *self.words.entry(text.to_owned()).or_insert(u32::try_from(fresh).unwrap_or(u32::MAX));
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

    fn step(&self, node: u32, word: &str) -> Option<u32> {
        self.next.get(&(node, *self.words.get(word)?)).copied()
    }

    fn ends(&self, node: u32) -> &[Entry] {
        self.ends.get(node as usize).map_or(&[], Vec::as_slice)
    }
}

/// The automata of `build.rs`, read in place: a key leads to a stretch of [`ENTRIES`].
#[derive(Debug)]
pub(super) struct CompiledIndex {
    ids: Map<&'static [u8]>,
    surnames: Map<&'static [u8]>,
    names: Map<&'static [u8]>,
}

/// A place in an automaton, and what was given out on the way.
type Place = (CompiledAddr, Output);

include!(concat!(env!("OUT_DIR"), "/entries.rs"));

impl CompiledIndex {
    /// The index of the gazetteer.
    pub(super) fn gazetteer() -> &'static Self {
        static INDEX: LazyLock<CompiledIndex> = LazyLock::new(|| CompiledIndex {
            ids: automaton(include_bytes!(concat!(env!("OUT_DIR"), "/ids.fst"))),
            surnames: automaton(include_bytes!(concat!(env!("OUT_DIR"), "/surnames.fst"))),
            names: automaton(include_bytes!(concat!(env!("OUT_DIR"), "/names.fst"))),
        });
        &INDEX
    }

    /// Where the names lie that begin with `word`. There is one index of this kind, so words tell all.
    fn first_step(&'static self, word: &str) -> Option<Place> {
        thread_local! {
            static MEMO: RefCell<Memo<Option<Place>>> = const { Memo::new() };
        }
        let root = (self.names.as_fst().root().addr(), Output::zero());
        Memo::of(&MEMO, word, |word| either_case(word, |word| self.step(root, word, false)))
    }

    fn step(&self, (node, output): Place, word: &str, apart: bool) -> Option<Place> {
        let space: &[u8] = if apart { b" " } else { b"" };
        let mut node = self.names.as_fst().node(node);
        let mut output = output;
        for byte in space.iter().chain(word.as_bytes()) {
            let next = node.transition(node.find_input(*byte)?);
            output = output.cat(next.out);
            node = self.names.as_fst().node(next.addr);
        }
        Some((node.addr(), output))
    }

    fn ends(&self, (node, output): Place) -> &'static [Entry] {
        let node: Node<'_> = self.names.as_fst().node(node);
        if node.is_final() { Self::stretch(output.cat(node.final_output())) } else { &[] }
    }

    fn entries(keys: &Map<&'static [u8]>, key: &str) -> &'static [Entry] {
        keys.as_fst().get(key.as_bytes()).map_or(&[], Self::stretch)
    }

    /// The entries an output stands for: their number in the low byte, the place of the first above it.
    fn stretch(output: Output) -> &'static [Entry] {
        let start = usize::try_from(output.value() >> 8).unwrap_or(usize::MAX);
        let count = (output.value() & 0xff) as usize;
        ENTRIES.get(start..start.saturating_add(count)).unwrap_or(&[])
    }
}

/// The automaton in `bytes`, which `build.rs` wrote.
#[expect(clippy::expect_used, reason = "what was compiled with the program is whole")]
pub(super) fn automaton(bytes: &'static [u8]) -> Map<&'static [u8]> {
    Map::new(bytes).expect("what build.rs wrote")
}
