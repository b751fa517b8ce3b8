//! What words tell about the names they stand in or beside.

use std::cell::RefCell;
use std::sync::LazyLock;

use bitflags::bitflags;
use fst::Map;
use rustc_hash::{FxHashMap, FxHashSet};

use super::actor::{ActorKind, Sex};
use super::index::automaton;
use crate::language::memo::Memo;
use crate::language::{entries, with_lower_case};

bitflags! {
    /// What a word can be in or beside a name.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub(super) struct NameWord: u16 {
        /// Ends a title: "president", "Gen."
        const TITLE = 1;
        /// Stands inside a title: "deputy", "foreign".
        const MODIFIER = 1 << 1;
        /// Makes the name an organisation's.
        const ORGANISATION = 1 << 2;
        /// Makes the name it ends an outlet's.
        const OUTLET = 1 << 3;
        /// Makes the name a place's.
        const PLACE = 1 << 4;
        /// Begins a place's name.
        const PLACE_OPENER = 1 << 5;
        /// No actor's name.
        const NOT_ACTOR = 1 << 6;
        /// A people, faith or party's members.
        const PEOPLE = 1 << 7;
        /// The adjective of one.
        const ADJECTIVE = 1 << 8;
        /// A small word inside a person's name.
        const PARTICLE = 1 << 9;
        /// A verb somebody is the subject of.
        const SPEECH = 1 << 10;
        /// A day, month or time zone.
        const CALENDAR = 1 << 11;
        /// A title only a man has.
        const MALE = 1 << 12;
        /// A title only a woman has.
        const FEMALE = 1 << 13;
        /// Names nobody when it stands alone.
        const LONE = 1 << 14;
    }
}

const LISTS: &[(&str, NameWord)] = &[
    (include_str!("lexicon/title-heads.txt"), NameWord::TITLE),
    (include_str!("lexicon/title-modifiers.txt"), NameWord::MODIFIER),
    (include_str!("lexicon/organisation-heads.txt"), NameWord::ORGANISATION),
    (include_str!("lexicon/outlet-heads.txt"), NameWord::OUTLET),
    (include_str!("lexicon/place-heads.txt"), NameWord::PLACE),
    (include_str!("lexicon/place-openers.txt"), NameWord::PLACE_OPENER),
    (include_str!("lexicon/not-actors.txt"), NameWord::NOT_ACTOR),
    (include_str!("lexicon/particles.txt"), NameWord::PARTICLE),
    (include_str!("lexicon/speech-verbs.txt"), NameWord::SPEECH),
    (include_str!("lexicon/calendar.txt"), NameWord::CALENDAR),
    (include_str!("lexicon/lone-words.txt"), NameWord::LONE),
];

static WORDS: LazyLock<FxHashMap<&'static str, NameWord>> = LazyLock::new(|| {
    let mut map: FxHashMap<&str, NameWord> = FxHashMap::default();
    let mut add = |word, class| {
        map.entry(word).and_modify(|known: &mut NameWord| *known |= class).or_insert(class);
    };
    for (list, class) in LISTS {
        for word in entries(list) {
            add(word, *class);
        }
    }
    for line in entries(include_str!("lexicon/peoples.txt")) {
        let Some((word, what)) = line.split_once(' ') else { continue };
        add(word, if what == "people" { NameWord::PEOPLE } else { NameWord::ADJECTIVE });
    }
    for line in entries(include_str!("lexicon/title-sexes.txt")) {
        let Some((word, sex)) = line.split_once(' ') else { continue };
        add(word, if sex == "f" { NameWord::FEMALE } else { NameWord::MALE });
    }
    map
});

/// A word list that `build.rs` compiled, as a static that is read in place.
macro_rules! compiled_list {
    ($name:ident, $file:literal) => {
        static $name: LazyLock<Map<&'static [u8]>> =
            LazyLock::new(|| automaton(include_bytes!(concat!(env!("OUT_DIR"), "/list-", $file, ".fst"))));
    };
}

compiled_list!(CITIES, "cities");
compiled_list!(COMMON_WORDS, "common-words");
compiled_list!(GIVEN_NAMES, "given-names");
compiled_list!(RARE_WORDS, "rare-words");
compiled_list!(SURNAMES, "surnames");

/// What `word`, whatever its capitals, can be in or beside a name.
pub(super) fn name_word(word: &str) -> NameWord {
    thread_local! {
        static MEMO: RefCell<Memo<NameWord>> = const { Memo::new() };
    }
    Memo::of(&MEMO, word, |word| {
        let listed = with_lower_case(word, |lower| WORDS.get(lower).copied());
        listed.flatten().unwrap_or(NameWord::empty())
    })
}

/// Whether `word` is a common English word; the list leaves out those of one or two letters.
pub(super) fn is_common(word: &str) -> bool {
    thread_local! {
        static MEMO: RefCell<Memo<bool>> = const { Memo::new() };
    }
    let listed = |lower: &str| {
        // The list lacks some plurals of those who do something ("protesters").
        let stem =
            lower.strip_suffix("ers").or_else(|| lower.strip_suffix('s')).filter(|stem| stem.len() > 4);
        COMMON_WORDS.contains_key(lower) || stem.is_some_and(|stem| COMMON_WORDS.contains_key(stem))
    };
    word.len() <= 2 || Memo::of(&MEMO, word, |word| with_lower_case(word, listed).unwrap_or(false))
}

/// Whether `word` is an English word at all, common or less so.
pub(super) fn is_english(word: &str) -> bool {
    let rare = |lower: &str| {
        let stem = lower.strip_suffix("es").filter(|stem| stem.ends_with(['s', 'h', 'x', 'o']));
        let stems = [Some(lower), lower.strip_suffix('s'), stem];
        stems.into_iter().flatten().any(|word| RARE_WORDS.contains_key(word))
    };
    is_common(word) || with_lower_case(word, rare).unwrap_or(false)
}

/// Whether `word` is English, or made of English words: "thirty-one", "unnervingly", "fundraising".
pub(super) fn is_english_or_made_of_it(word: &str) -> bool {
    const BEFORE: [&str; 9] = ["un", "non", "over", "under", "re", "pre", "super", "mis", "out"];
    const AFTER: [&str; 9] = ["ingly", "edly", "ly", "ing", "ness", "ish", "less", "ers", "ed"];
    let is_whole = |word: &str| word.len() > 3 && is_english(word);
    let is_stem = |stem: &str| {
        is_whole(stem)
            || stem.len() > 3
                && with_lower_case(stem, |lower| is_english(&format!("{lower}e"))).unwrap_or(false)
    };
    let made = |lower: &str| {
        BEFORE.iter().any(|start| lower.strip_prefix(start).is_some_and(is_whole))
            || AFTER.iter().any(|end| lower.strip_suffix(end).is_some_and(is_stem))
    };
    if word.contains('-') {
        return word.split('-').all(|part| !part.is_empty() && is_english(part));
    }
    is_english(word) || with_lower_case(word, made).unwrap_or(false)
}

/// Whether `word` is a doctrine's name or an adjective of one: "Zionism", "Islamophobic".
pub(super) fn is_doctrine(word: &str) -> bool {
    word.len() > 6 && ["ism", "isms", "phobia", "phobic"].iter().any(|end| word.ends_with(end))
}

/// Whether `name` is a larger city's; its capitals do not count.
pub(super) fn is_city(name: &str) -> bool {
    with_lower_case(name, |lower| CITIES.contains_key(lower)).unwrap_or(false)
}

/// Whether `noun` before (`before`) or after a name in no list tells that it is a thing.
pub(super) fn is_thing_noun(noun: &str, before: bool) -> bool {
    static NOUNS: LazyLock<FxHashSet<(&'static str, bool)>> = LazyLock::new(|| {
        entries(include_str!("lexicon/thing-nouns.txt"))
            .filter_map(|line| line.split_once(' '))
            .map(|(noun, side)| (noun, side == "before"))
            .collect()
    });
    NOUNS.contains(&(noun, before))
}

/// Whether `word`, an everyday one and so in no list of given names, is a given name too: "Hope", "Dean".
pub(super) fn is_name_too(word: &str) -> bool {
    const NAMES: [&str; 18] = [
        "april", "art", "dean", "dick", "faith", "gay", "gene", "guy", "hope", "joy", "june", "max", "may",
        "ray", "rich", "rusty", "will", "dusty",
    ];
    NAMES.iter().any(|name| word.eq_ignore_ascii_case(name))
}

/// Whether `word` has an outlet's as its last part: "Sun-Times".
pub(super) fn is_outlet_in_parts(word: &str) -> bool {
    let last = word.rsplit_once('-').map(|(_, last)| last);
    last.is_some_and(|last| {
        last.starts_with(char::is_uppercase) && name_word(last).contains(NameWord::OUTLET)
    })
}

/// Whether `word` is an office that a body has one of.
pub(super) fn is_single_office(word: &str) -> bool {
    const OFFICES: [&str; 9] =
        ["president", "chair", "chairman", "chairwoman", "chief", "director", "leader", "head", "ceo"];
    OFFICES.iter().any(|office| word.eq_ignore_ascii_case(office))
}

/// Whether a system told by `word` is run by a body of its own: "Federal Reserve System", but not "Accident Reporting
/// System".
pub(super) fn is_run_as_system(word: &str) -> bool {
    const RUN: [&str; 15] = [
        "reserve",
        "health",
        "healthcare",
        "care",
        "medical",
        "hospital",
        "hospitals",
        "library",
        "broadcasting",
        "transit",
        "court",
        "college",
        "university",
        "school",
        "schools",
    ];
    RUN.iter().any(|known| word.eq_ignore_ascii_case(known))
}

/// Whether `word` is a frequent surname.
pub(super) fn is_surname(word: &str) -> bool {
    with_lower_case(word, |lower| SURNAMES.contains_key(lower)).unwrap_or(false)
}

/// Whose given name `word` is: a woman's, a man's, both; none when it is in no list.
#[expect(clippy::option_option, reason = "in no list, and in one without a sex, are two things")]
pub(super) fn given_name(word: &str) -> Option<Option<Sex>> {
    thread_local! {
        static MEMO: RefCell<Memo<Option<Option<Sex>>>> = const { Memo::new() };
    }
    Memo::of(&MEMO, word, |word| {
        let sex = with_lower_case(word, |lower| GIVEN_NAMES.get(lower)).flatten()?;
        Some(match u8::try_from(sex) {
            Ok(b'f') => Some(Sex::Female),
            Ok(b'm') => Some(Sex::Male),
            _ => None,
        })
    })
}

/// The kind that a noun before (`before`) or after a name tells.
pub(super) fn noun_kind(noun: &str, before: bool) -> Option<ActorKind> {
    static NOUNS: LazyLock<FxHashMap<(&'static str, bool), ActorKind>> = LazyLock::new(|| {
        entries(include_str!("lexicon/kind-nouns.txt"))
            .filter_map(|line| {
                let mut words = line.split(' ');
                let (noun, side, kind) = (words.next()?, words.next()?, words.next()?);
                Some(((noun, side == "before"), ActorKind::from_name(kind)?))
            })
            .collect()
    });
    NOUNS.get(&(noun, before)).copied()
}

/// What "the" and `noun` describe: the kind, and whether the actor's name has the noun as well.
pub(super) fn description(noun: &str) -> Option<(ActorKind, bool)> {
    static NOUNS: LazyLock<FxHashMap<&'static str, (ActorKind, bool)>> = LazyLock::new(|| {
        entries(include_str!("lexicon/descriptions.txt"))
            .filter_map(|line| {
                let mut words = line.split(' ');
                let (noun, kind, named) = (words.next()?, words.next()?, words.next()?);
                Some((noun, (ActorKind::from_name(kind)?, named == "named")))
            })
            .collect()
    });
    NOUNS.get(noun).copied()
}

/// The sex a title tells.
pub(super) fn title_sex(title: &str) -> Option<Sex> {
    let word = name_word(title);
    if word.contains(NameWord::MALE) {
        Some(Sex::Male)
    } else {
        word.contains(NameWord::FEMALE).then_some(Sex::Female)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compiled_lists_have_their_first_last_and_middle_words() {
        for word in ["aback", "zooming", "officials", "volunteers"] {
            assert!(is_common(word), "{word}");
        }
        assert!(!is_common("basya") && !is_common("###"));
        assert!(is_surname("Abbott") && is_surname("Obama") && !is_surname("Basya"));
        assert_eq!(given_name("Angela"), Some(Some(Sex::Female)));
        assert_eq!(given_name("Vladimir"), Some(Some(Sex::Male)));
        assert_eq!(given_name("Basya"), None);
    }

    #[test]
    fn cities_are_found_by_their_whole_names() {
        for city in ["Aachen", "porto alegre", "Palo Alto", "Green Bay"] {
            assert!(is_city(city), "{city}");
        }
        assert!(!is_city("Porto") && !is_city("Green") && !is_city("#"));
    }

    #[test]
    fn words_made_of_english_words_are_known() {
        for word in ["thirty-one", "Unnervingly", "underestimation", "Stepped-up"] {
            assert!(is_english_or_made_of_it(word), "{word}");
        }
        assert!(!is_english_or_made_of_it("Keating") && !is_english_or_made_of_it("Jean-Pierre"));
    }
}
