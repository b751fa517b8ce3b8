//! Whether a text is plainly business copy.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::lexicon::with_lower_case;
use super::word_set::word_set;

/// Words of markets, results and trade.
static BUSINESS: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| word_set(include_str!("lexicon/business-words.txt")));

/// Different business words a text needs for what it is to be plain.
const LEAST: usize = 4;

/// Of how many words one is among them in business copy. Of Reuters's wire of 1987 three of five articles have as
/// many, of the 924 training articles of `PolNeAR`, on politics, four.
const OF_WORDS: usize = 40;

/// Whether a text with this [`beginning`](super::beginning) is of markets, firms' results and trade, by its words.
pub fn is_business_copy(beginning: &str) -> bool {
    let words = beginning.split(|char: char| !char.is_ascii_alphabetic());
    let (mut all, mut business, mut different) = (0, 0, FxHashSet::default());
    for word in words.filter(|word| !word.is_empty()) {
        all += 1;
        if let Some(known) = with_lower_case(word, |lower| BUSINESS.get(lower).copied()).flatten() {
            business += 1;
            different.insert(known);
        }
    }
    different.len() >= LEAST && business * OF_WORDS >= all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markets_and_results_are_business_and_politics_is_not() {
        let results = "Harbour Electric said net profit rose to 4 million dollars in the quarter. Sales fell, and the share price \
            of the firm closed lower in heavy trading. Traders said the market had expected more.";
        let council = "The council voted on Monday to close the pier, which has been leaking since the storm in March. The \
            mayor said the price was too high, and that 40 percent of the town was against it.";
        let war = "The army suffered heavy losses on Tuesday and agreed to a prisoner exchange. Its losses were the worst in a \
            year, and the exchange led to protests in the market of the town.";
        assert!(is_business_copy(results));
        assert!(!is_business_copy(war));
        assert!(!is_business_copy(council));
        assert!(!is_business_copy("Sales rose."));
    }
}
