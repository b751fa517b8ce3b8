//! In what manner a text is written: of business, in paragraphs of one sentence, as a commentary.

use super::lexicon::is_abbreviation;
use super::word_form::WordForm;
use crate::article::{Manner, block_ranges, quotations};

/// How many different business words a text needs, and of how many words one has to be among them, for what it is to be
/// plain; where there are fewer, more of the text has to be made of them. Of Reuters's wire of 1987 three of four articles
/// have as many, of the 840 training articles of `PolNeAR`, on politics, nine.
const BUSINESS: [(usize, usize); 3] = [(4, 60), (3, 50), (2, 40)];

/// A text of fewer words needs as many different ones as the first of these says: a brief of a war has losses as well.
const BRIEF: usize = 80;

/// Paragraphs a text needs for how they are made to be plain.
const PARAGRAPHS: usize = 4;

/// Bytes a paragraph of running text has at least: what is shorter is a headline or a label.
const PARAGRAPH: usize = 40;

/// Of so many words outside quotation marks one speaks of writer and reader in a commentary, and at least [`PERSONS`] do.
const PERSONAL: usize = 500;
const PERSONS: usize = 2;

/// Of more words than this one tells that somebody said something in a report.
const REPORTING: usize = 100;

/// In what manner a text is written, as this [`beginning`](super::beginning) plainly shows. Of the 840 training articles of
/// `PolNeAR` 115 are in single sentences, as are three of four of the wires, and 78 are commentaries; of 30 in which a reader
/// called sentences a column's argument 20 are.
pub fn manner(beginning: &str) -> Manner {
    let paragraphs: Vec<&str> =
        block_ranges(beginning, 0).into_iter().map(|range| &beginning[range]).collect();
    Manner {
        is_business: is_business(beginning),
        in_single_sentences: is_in_single_sentences(&paragraphs),
        is_commentary: is_commentary(&paragraphs),
    }
}

fn is_business(beginning: &str) -> bool {
    let words = beginning.split(|char: char| !char.is_ascii_alphabetic());
    let (mut all, mut business) = (0, 0);
    let most = BUSINESS[0].0;
    let mut different: Vec<&str> = Vec::with_capacity(most);
    for word in words.filter(|word| !word.is_empty()) {
        all += 1;
        if WordForm::of(word).is_business {
            business += 1;
            if different.len() < most && !different.iter().any(|known| known.eq_ignore_ascii_case(word)) {
                different.push(word);
            }
        }
    }
    let enough = if all < BRIEF { &BUSINESS[..1] } else { &BUSINESS };
    enough.iter().any(|(words, of)| different.len() >= *words && business * of >= all)
}

fn is_in_single_sentences(paragraphs: &[&str]) -> bool {
    let (mut all, mut single) = (0, 0);
    for paragraph in paragraphs.iter().filter(|text| text.len() >= PARAGRAPH && is_ended(text)) {
        all += 1;
        single += usize::from(ends(paragraph) <= 1);
    }
    all >= PARAGRAPHS && single * 4 >= all * 3
}

fn is_commentary(paragraphs: &[&str]) -> bool {
    let (mut all, mut own, mut persons, mut reporting) = (0, 0, 0, 0);
    for paragraph in paragraphs {
        let (quotations, _) = quotations(paragraph);
        let mut quoted = quotations.iter().filter(|found| !found.mark.is_single()).peekable();
        for word in paragraph.split(|char: char| !char.is_ascii_alphabetic()).filter(|word| !word.is_empty())
        {
            let at = word.as_ptr().addr() - paragraph.as_ptr().addr();
            all += 1;
            reporting += usize::from(is_reporting(word));
            while quoted.next_if(|found| usize::from(found.range.end()) <= at).is_some() {}
            if quoted.peek().is_none_or(|found| at < usize::from(found.range.start())) {
                own += 1;
                persons += usize::from(is_personal(word));
            }
        }
    }
    persons >= PERSONS && persons * PERSONAL >= own && reporting * REPORTING < all
}

/// Whether `word` speaks of who writes or who reads.
fn is_personal(word: &str) -> bool {
    const WORDS: [&str; 9] = ["we", "us", "our", "ours", "my", "me", "you", "your", "let"];
    // "US" is a country.
    word == "I" || word != "US" && WORDS.iter().any(|other| word.eq_ignore_ascii_case(other))
}

/// Whether `word` tells that somebody said something.
fn is_reporting(word: &str) -> bool {
    const WORDS: [&str; 12] = [
        "said",
        "says",
        "told",
        "according",
        "added",
        "asked",
        "reported",
        "wrote",
        "argued",
        "announced",
        "tweeted",
        "saying",
    ];
    WORDS.contains(&word)
}

/// What may close a sentence after its stop.
const CLOSING: [char; 6] = ['"', '”', '’', '\'', ')', ']'];

/// Whether `paragraph` is running text.
fn is_ended(paragraph: &str) -> bool {
    paragraph.trim_end_matches(CLOSING).ends_with(['.', '!', '?'])
}

/// How many sentences end in `text`, by their stops alone: it is asked at each key near the head of a text, which would
/// otherwise be cut into tokens once more.
fn ends(text: &str) -> usize {
    let ends = |at: usize| {
        let rest = text[at + 1..].trim_start_matches(CLOSING);
        let begins = || {
            let next = rest.trim_start().chars().next();
            next.is_none_or(|char| char.is_uppercase() || matches!(char, '"' | '“' | '‘' | '\''))
        };
        // Of "U.S." the last letter.
        let letters = |char: char| char.is_whitespace() || char == '.';
        let word = || text[..at].rsplit(letters).next().unwrap_or_default();
        let ends_word = || text.as_bytes()[at] != b'.' || !(word().len() == 1 || is_abbreviation(word()));
        (rest.is_empty() || rest.starts_with(char::is_whitespace)) && begins() && ends_word()
    };
    text.match_indices(['.', '!', '?']).filter(|(at, _)| ends(*at)).count()
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
        assert!(manner(results).is_business);
        assert!(!manner(war).is_business);
        assert!(!manner(council).is_business);
        assert!(!manner("Sales rose.").is_business);
    }

    #[test]
    fn a_broadcasters_paragraphs_are_a_sentence_each_even_when_it_has_abbreviations_and_quotations() {
        let told = "The pier in Harbour was closed on Monday after a storm.\n\n\
            Mayor Ann Lee says Mr. J. Smith of the U.S. Coast Guard is\nlooking at the damage.\n\n\
            \"It will take weeks,\" she said at the harbour.\n\n";
        let last = "Some 40 boats were torn from their moorings.\n\n";
        let longer = "The ferry is out as well. It will not leave before Friday at the earliest.\n\n";
        let single = |text: String| manner(&text).in_single_sentences;
        assert!(single(format!("PIER CLOSED\r\n\r\n{told}{last}")));
        assert!(single(format!("{told}{last}").replace('\n', "\r\n")));
        assert!(single(format!("{told}{longer}")));
        assert!(!single(format!("{told}{longer}{longer}")));
        assert!(!single(told.to_owned()));
    }

    #[test]
    fn a_column_speaks_in_person_and_cites_nobody_and_a_report_quotes_who_does() {
        let column = "The pier has been shut for a year. You would think that somebody had looked at it by now, and we have \
            paid for it twice.\n\nI walk past it each morning. Nobody works there.";
        let report = "The pier has been shut for a year. \"You would think that somebody had looked at it by now, and we have \
            paid for it twice,\" said Ann Lee.\n\n\"I walk past it each morning,\" the baker said. Nobody works there.";
        let told = "I asked Ann Lee, who runs the harbour, why the pier is shut. She said that it was not safe. We walked along \
            it, and she told me that two pillars were gone.";
        assert!(manner(column).is_commentary);
        assert!(!manner(report).is_commentary);
        assert!(!manner(told).is_commentary);
        assert!(!manner("The US sent ships. The US will not say where they are.").is_commentary);
    }
}
