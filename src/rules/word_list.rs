//! The word lists of rules that a configuration can extend or cut.

use crate::language::entries;
use crate::settings::Settings;

/// A rule's list of words.
#[derive(Debug, PartialEq, Eq)]
pub struct WordList {
    /// The rule's code.
    pub code: &'static str,
    /// What stands in it, for those who write into it.
    pub about: &'static str,
    text: &'static str,
    /// After the first word of an entry stands what is to be said of it.
    explained: bool,
}

/// All of them, by code.
pub static WORD_LISTS: [WordList; 11] = [
    list("ATT03", "Adverbs that say that somebody says so, and not who.", include_str!("att03-adverbs.txt")),
    list("ATT04", "Nouns, in the plural, for people in general.", include_str!("att04-nouns.txt")),
    list("ATT08", "Verbs, in the base form, for what goes on in a mind.", include_str!("att08-verbs.txt")),
    list("ATT09", "Phrases for research that is not named.", include_str!("att09-phrases.txt")),
    list("ENT05", "Acronyms that need no writing out.", include_str!("ent05-known.txt")),
    list("LNG01", "Words and phrases by which the writer judges.", include_str!("lng01-words.txt")),
    list(
        "SRC08",
        "Words and phrases that say that somebody says nothing.",
        include_str!("src08-silence.txt"),
    ),
    list("SRC10", "Phrases for a further source that confirms.", include_str!("src10-phrases.txt")),
    WordList {
        explained: true,
        ..list("VRB01", "Verbs, in the base form, that judge who speaks.", include_str!("vrb01-verbs.txt"))
    },
    list("VRB02", "Verbs, in the base form, by which nothing is said.", include_str!("vrb02-verbs.txt")),
    list(
        "VRB03",
        "Verbs, in the base form, after which words count as true.",
        include_str!("vrb03-verbs.txt"),
    ),
];

const fn list(code: &'static str, about: &'static str, text: &'static str) -> WordList {
    WordList { code, about, text, explained: false }
}

impl WordList {
    /// The list of the rule `code`.
    pub fn find(code: &str) -> Option<&'static Self> {
        WORD_LISTS.iter().find(|list| list.code == code)
    }

    /// Its words and phrases, one space between two words.
    pub fn words(&self) -> impl Iterator<Item = &'static str> {
        let explained = self.explained;
        entries(self.text)
            .map(move |entry| if explained { entry.split(' ').next().unwrap_or(entry) } else { entry })
    }
}

/// The words and phrases that `settings` add to the list of the rule `code`.
pub(super) fn added<'a>(settings: &'a Settings, code: &'a str) -> impl Iterator<Item = &'a str> {
    let of = settings.words.iter().filter(move |change| change.code == code);
    let words = of.flat_map(|change| &change.add).map(String::as_str);
    words.filter(move |word| settings.is_listed(code, word, false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_list_is_that_of_a_rule_whose_page_says_so() {
        for list in &WORD_LISTS {
            let rule = crate::rules::find(list.code).expect("a rule");
            let options = rule.page().section("Options").unwrap_or_default();
            assert!(options.contains(&format!("[words.{}]", list.code)), "{}", list.code);
            assert!(list.words().next().is_some(), "{}", list.code);
        }
    }
}
