//! Whether a text is plainly business copy.

use super::word_form::WordForm;

/// Different business words a text needs for what it is to be plain.
const LEAST: usize = 4;

/// Of how many words one is among them in business copy. Of Reuters's wire of 1987 three of five articles have as
/// many, of the 924 training articles of `PolNeAR`, on politics, four.
const OF_WORDS: usize = 40;

/// Whether a text with this [`beginning`](super::beginning) is of markets, firms' results and trade, by its words.
pub fn is_business_copy(beginning: &str) -> bool {
    let words = beginning.split(|char: char| !char.is_ascii_alphabetic());
    let (mut all, mut business) = (0, 0);
    let mut different: Vec<&str> = Vec::with_capacity(LEAST);
    for word in words.filter(|word| !word.is_empty()) {
        all += 1;
        if WordForm::of(word).is_business {
            business += 1;
            if different.len() < LEAST && !different.iter().any(|known| known.eq_ignore_ascii_case(word)) {
                different.push(word);
            }
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
