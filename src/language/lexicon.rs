//! Word classes from plain word lists.
//!
//! A list holds closed classes and the words journalism hangs on; what a word is in its sentence
//! is decided by those who use it.

use std::sync::LazyLock;

use bitflags::bitflags;
use rustc_hash::{FxHashMap, FxHashSet};

bitflags! {
    /// The classes a word form can have. A form may have several.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub struct WordClass: u16 {
        /// Begins a sentence and never continues a name: "the", "he", "in", "but" …
        const OPENER = 1;
        /// "the", "a", "this", "its" …
        const DETERMINER = 1 << 1;
        /// "he", "they", "who" as subject …
        const PRONOUN = 1 << 2;
        /// "of", "in", "against" …
        const PREPOSITION = 1 << 3;
        /// "and", "but", "or".
        const COORDINATOR = 1 << 4;
        /// "that", "because", "while", "if" …
        const SUBORDINATOR = 1 << 5;
        /// Finite forms of be, have, do, and the modals.
        const AUXILIARY = 1 << 6;
        /// "not", "n't", "never" …
        const NEGATION = 1 << 7;
        /// Forms of "be".
        const BE = 1 << 8;
        /// Forms of "have".
        const HAVE = 1 << 9;
        /// Modals and forms of "do".
        const MODAL = 1 << 10;
        /// Adverbs inside a verb group: "also", "never", "repeatedly" …
        const ADVERB = 1 << 11;
        /// "Friday", "week", "ago" …
        const TIME = 1 << 12;
        /// "how", "whether", "who" …
        const WH = 1 << 13;
        /// Pronouns that are a subject by their form: "he", "they", "who" …
        const SUBJECT = 1 << 14;
        /// Not an adverb for all its -ly.
        const NOT_ADVERB = 1 << 15;
    }
}

/// Each list with the class it gives.
const LISTS: &[(&str, WordClass)] = &[
    (include_str!("lexicon/determiners.txt"), WordClass::DETERMINER.union(WordClass::OPENER)),
    (include_str!("lexicon/pronouns.txt"), WordClass::PRONOUN.union(WordClass::OPENER)),
    (include_str!("lexicon/prepositions.txt"), WordClass::PREPOSITION.union(WordClass::OPENER)),
    (include_str!("lexicon/coordinators.txt"), WordClass::COORDINATOR.union(WordClass::OPENER)),
    (include_str!("lexicon/subordinators.txt"), WordClass::SUBORDINATOR.union(WordClass::OPENER)),
    (include_str!("lexicon/auxiliaries.txt"), WordClass::AUXILIARY),
    (include_str!("lexicon/negations.txt"), WordClass::NEGATION),
    (include_str!("lexicon/openers.txt"), WordClass::OPENER),
    (include_str!("lexicon/be.txt"), WordClass::BE),
    (include_str!("lexicon/have.txt"), WordClass::HAVE),
    (include_str!("lexicon/modals.txt"), WordClass::MODAL),
    (include_str!("lexicon/adverbs.txt"), WordClass::ADVERB),
    (include_str!("lexicon/not-adverbs.txt"), WordClass::NOT_ADVERB),
    (include_str!("lexicon/times.txt"), WordClass::TIME),
    (include_str!("lexicon/wh-words.txt"), WordClass::WH),
    (include_str!("lexicon/subjects.txt"), WordClass::SUBJECT),
];

static CLASSES: LazyLock<FxHashMap<&'static str, WordClass>> = LazyLock::new(|| {
    let mut map: FxHashMap<&str, WordClass> = FxHashMap::default();
    for (list, class) in LISTS {
        for word in entries(list) {
            map.entry(word).and_modify(|known| *known |= *class).or_insert(*class);
        }
    }
    map
});

/// Words of markets, results and trade.
static BUSINESS: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| entries(include_str!("lexicon/business-words.txt")).collect());

static ABBREVIATIONS: LazyLock<FxHashMap<&'static str, bool>> = LazyLock::new(|| {
    let titles = entries(include_str!("lexicon/title-abbreviations.txt")).map(|word| (word, true));
    let others = entries(include_str!("lexicon/abbreviations.txt")).map(|word| (word, false));
    others.chain(titles).collect()
});

/// The entries of a word list: one a line, `#` begins a comment.
pub(crate) fn entries(list: &'static str) -> impl Iterator<Item = &'static str> {
    // The lists are read at the start, some ten thousand lines.
    let entry = |line: &'static str| &line[..memchr::memchr(b'#', line.as_bytes()).unwrap_or(line.len())];
    list.lines().map(move |line| entry(line).trim()).filter(|line| !line.is_empty())
}

/// The classes of `lower`, which is in lower case.
pub(super) fn listed_classes(lower: &str) -> WordClass {
    let listed = CLASSES.get(lower).copied().unwrap_or(WordClass::empty());
    let adverb = lower.len() > 4 && lower.ends_with("ly") && !listed.contains(WordClass::NOT_ADVERB);
    if adverb { listed | WordClass::ADVERB } else { listed }
}

/// Whether `lower`, which is in lower case, is a word of markets, results and trade.
pub(super) fn is_listed_business(lower: &str) -> bool {
    BUSINESS.contains(lower)
}

/// What `look` says of the lower-case form (ASCII) of `word`, nothing for very long words.
pub(crate) fn with_lower_case<T>(word: &str, look: impl FnOnce(&str) -> T) -> Option<T> {
    let mut lower = [0_u8; 24];
    let buffer = lower.get_mut(..word.len())?;
    // Most words need no copy.
    if !word.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return Some(look(word));
    }
    buffer.copy_from_slice(word.as_bytes());
    buffer.make_ascii_lowercase();
    std::str::from_utf8(buffer).ok().map(look)
}

/// Whether `word`, without its full stop, is written with one.
pub(super) fn is_abbreviation(word: &str) -> bool {
    ABBREVIATIONS.contains_key(word)
}

/// Whether `word`, with its full stop, is a title that stands before a name.
pub(super) fn is_title(word: &str) -> bool {
    ABBREVIATIONS.get(word.trim_end_matches('.')).copied().unwrap_or(false)
}
