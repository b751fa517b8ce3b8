//! Where a source likely stands, by the reporting words alone.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::{Value, vocabulary};
use crate::language::{entries, verb};

/// How many words may stand between two words of an entry.
const GAP: usize = 2;

/// Words that turn what follows them: "refused to endorse".
const TURNING: &[&str] = &[
    "not", "never", "no", "cannot", "without", "neither", "nor", "hardly", "refuse", "refusal", "decline",
    "fail", "stop", "avoid", "steer",
];

/// An entry of `cues.txt`: its further words and its value.
struct Entry {
    rest: Vec<&'static str>,
    value: &'static str,
}

/// The entries by their first word, the longest first.
static CUES: LazyLock<FxHashMap<&'static str, Vec<Entry>>> = LazyLock::new(|| {
    let mut cues: FxHashMap<&'static str, Vec<Entry>> = FxHashMap::default();
    for (value, list) in entries(include_str!("cues.txt")).filter_map(|line| line.split_once(':')) {
        for cue in list.split(',') {
            let mut words = cue.split_whitespace();
            let Some(first) = words.next() else { continue };
            cues.entry(first).or_default().push(Entry { rest: words.collect(), value });
        }
    }
    for list in cues.values_mut() {
        list.sort_by_key(|entry| std::cmp::Reverse(entry.rest.len()));
    }
    cues
});

/// The value of `stance` that the reporting words `cue` make likely, if they take a side: "called for" is support,
/// "denied" is oppose.
///
/// Negation turns support to oppose. Who does not oppose a thing is not for it yet, so that gives none.
pub fn from_cue(cue: &str) -> Option<&'static Value> {
    let words = words(cue);
    let mut turned = false;
    let mut found = None;
    for (index, word) in words.iter().enumerate() {
        let value =
            entry_at(&words[index..]).and_then(|value| if turned { opposite(value) } else { Some(value) });
        if word.turns() {
            // It may only turn what follows; else it stands for itself, as "refused" does.
            turned = true;
            found = value;
        } else if entry_at(&words[index..]).is_some() {
            found = value;
            break;
        }
    }
    vocabulary("stance")?.value(found?)
}

/// The value of `voice` whose examples hold the reporting words `cue`: "denied" is deny, "claimed" distance. None of
/// words that only repeat what was said, and of negated ones.
pub fn voice_from_cue(cue: &str) -> Option<&'static Value> {
    let words = words(cue);
    if words.iter().any(Word::turns) {
        return None;
    }
    let holds = |value: &&Value| {
        let examples = value.example.iter().flat_map(|examples| examples.split(','));
        examples.map(self::words).filter(|example| !example.is_empty()).any(|example| {
            words.windows(example.len()).any(|here| here.iter().zip(&example).all(|(a, b)| a.is(b)))
        })
    };
    vocabulary("voice")?.values.iter().find(holds).filter(|value| value.name != "acknowledge")
}

/// Whether the reporting words `cue` hold the name of a value themselves: "opposed" says "oppose".
pub fn names_value(cue: &str, value: &Value) -> bool {
    words(cue).iter().any(|word| word.readings().any(|reading| reading == value.name))
}

fn words(cue: &str) -> Vec<Word> {
    cue.split(|char: char| char.is_whitespace() || char == '-').filter_map(Word::of).collect()
}

/// The value of the longest entry that begins with the first of `words`.
fn entry_at(words: &[Word]) -> Option<&'static str> {
    let (first, rest) = words.split_first()?;
    let list = first.readings().find_map(|reading| CUES.get(reading))?;
    list.iter().find(|entry| follows(rest, &entry.rest)).map(|entry| entry.value)
}

/// Whether `wanted` stand in `words` in this order, close together.
fn follows(words: &[Word], wanted: &[&str]) -> bool {
    let Some((next, further)) = wanted.split_first() else { return true };
    let near = words.iter().take(GAP + 1);
    let at = near.enumerate().find(|(_, word)| word.readings().any(|reading| reading == *next));
    at.is_some_and(|(at, _)| follows(&words[at + 1..], further))
}

fn opposite(value: &str) -> Option<&'static str> {
    (value == "support").then_some("oppose")
}

/// A word of a cue.
struct Word {
    lower: String,
    base: Option<&'static str>,
    /// With the "e" that "-ing" takes away: "rejoice" for "rejoicing".
    restored: Option<String>,
}

impl Word {
    fn of(word: &str) -> Option<Self> {
        let lower = word.trim_matches(|char: char| !char.is_alphanumeric()).to_lowercase().replace('’', "'");
        let base = verb(&lower).map(|verb| verb.lemma.text());
        let restored = lower.strip_suffix("ing").map(|stem| format!("{stem}e"));
        (!lower.is_empty()).then_some(Self { lower, base, restored })
    }

    /// As it may stand in the list: as it is, as a verb's base, without the ending of a plural or of a verb that is
    /// not among the listed ones.
    fn readings(&self) -> impl Iterator<Item = &str> {
        let stems =
            ["s", "es", "d", "ed", "ing"].into_iter().filter_map(|ending| self.lower.strip_suffix(ending));
        [Some(self.lower.as_str()), self.base, self.restored.as_deref()].into_iter().flatten().chain(stems)
    }

    /// Whether the two are forms of one word.
    fn is(&self, other: &Self) -> bool {
        self.lower == other.lower || self.base.is_some() && self.base == other.base
    }

    fn turns(&self) -> bool {
        self.lower.ends_with("n't") || self.readings().any(|reading| TURNING.contains(&reading))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stance(cue: &str) -> &'static str {
        from_cue(cue).map_or("", |value| value.name.as_str())
    }

    #[test]
    fn the_cue_tells_the_side() {
        assert_eq!(stance("condemned"), "oppose");
        assert_eq!(stance("has been calling for"), "support");
        assert_eq!(stance("called it"), "");
        assert_eq!(stance("voiced grave concerns"), "oppose");
        assert_eq!(stance("denied"), "oppose");
        assert_eq!(stance("was scoffing"), "oppose");
        assert_eq!(stance("was clearly rejoicing in"), "support");
        assert_eq!(stance("voted against"), "oppose");
        assert_eq!(stance("said"), "");
    }

    #[test]
    fn negation_turns_support_and_leaves_no_side_of_the_rest() {
        assert_eq!(stance("does not support"), "oppose");
        assert_eq!(stance("won’t back"), "oppose");
        assert_eq!(stance("refused to endorse"), "oppose");
        assert_eq!(stance("refused"), "oppose");
        assert_eq!(stance("did not deny"), "");
        assert_eq!(stance("did not refuse"), "");
        assert_eq!(stance("avoided criticising"), "");
        assert_eq!(stance("declined to comment"), "");
    }

    #[test]
    fn the_cue_tells_how_the_article_presents_the_claim() {
        let voice = |cue| voice_from_cue(cue).map_or("", |value| value.name.as_str());
        assert_eq!(voice("denied"), "deny");
        assert_eq!(voice("claims"), "distance");
        assert_eq!(voice("pointed out"), "endorse");
        assert_eq!(voice("said"), "");
        assert_eq!(voice("did not deny"), "");
    }

    #[test]
    fn a_cue_may_name_its_side_itself() {
        let named = |cue| names_value(cue, from_cue(cue).unwrap());
        assert!(named("opposed") && named("has been supporting"));
        assert!(!named("condemned") && !named("does not support"));
    }

    #[test]
    fn every_entry_has_a_value_of_the_vocabulary() {
        let known = vocabulary("stance").unwrap();
        assert!(CUES.values().flatten().all(|entry| known.value(entry.value).is_some()));
    }
}
