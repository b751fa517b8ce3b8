//! Whether a text is plainly business copy.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::lexicon::with_lower_case;
use super::word_set::word_set;

/// Words of markets, results and trade.
static BUSINESS: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| word_set(include_str!("lexicon/business-words.txt")));

/// Bytes that are read, from the beginning.
const READ: usize = 8 << 10;

/// Business words a text needs for what it is to be plain.
const LEAST: usize = 6;

/// Of how many words one is among them in business copy. Of Reuters's wire of 1987 two of three articles have as many, of
/// the 924 training articles of `PolNeAR`, on politics, five.
const OF_WORDS: usize = 33;

/// Whether `text` is of markets, firms' results and trade, by its words.
pub fn is_business_copy(text: &str) -> bool {
    let end = (0..=READ.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    let words = text[..end.unwrap_or(0)].split(|char: char| !char.is_ascii_alphabetic());
    let words = words.filter(|word| !word.is_empty());
    let (mut all, mut business) = (0, 0);
    for word in words {
        all += 1;
        business += usize::from(with_lower_case(word, |lower| BUSINESS.contains(lower)).unwrap_or(false));
    }
    business >= LEAST && business * OF_WORDS >= all
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
        assert!(is_business_copy(results));
        assert!(!is_business_copy(council));
        assert!(!is_business_copy("Sales rose."));
    }
}
