//! In what manner a text is written: of business, and in paragraphs of one sentence.

use super::lexicon::is_abbreviation;
use super::word_form::WordForm;
use crate::article::Manner;

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

/// In what manner a text is written, as this [`beginning`](super::beginning) plainly shows. In single sentences are 107 of
/// the 840 training articles of `PolNeAR`, and three of four of the wires.
pub fn manner(beginning: &str) -> Manner {
    Manner { is_business: is_business(beginning), in_single_sentences: is_in_single_sentences(beginning) }
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

fn is_in_single_sentences(beginning: &str) -> bool {
    let (mut all, mut single) = (0, 0);
    let mut lines = beginning.lines().map(str::trim).peekable();
    while lines.peek().is_some() {
        // The lines of a paragraph, up to an empty one.
        let mut sentences = 0;
        let (mut bytes, mut last) = (0, "");
        for line in lines.by_ref().take_while(|line| !line.is_empty()) {
            sentences += ends(line);
            bytes += line.len();
            last = line;
        }
        if bytes >= PARAGRAPH && is_ended(last) {
            all += 1;
            single += usize::from(sentences <= 1);
        }
    }
    all >= PARAGRAPHS && single * 4 >= all * 3
}

/// What may close a sentence after its stop.
const CLOSING: [char; 6] = ['"', '”', '’', '\'', ')', ']'];

/// Whether the paragraph that `line` closes is running text.
fn is_ended(line: &str) -> bool {
    line.trim_end_matches(CLOSING).ends_with(['.', '!', '?'])
}

/// How many sentences end in `line`, by their stops alone: it is asked at each key near the head of a text, which would
/// otherwise be cut into tokens once more.
fn ends(line: &str) -> usize {
    let ends = |at: usize| {
        let rest = line[at + 1..].trim_start_matches(CLOSING);
        let begins = || {
            let next = rest.trim_start().chars().next();
            next.is_none_or(|char| char.is_uppercase() || matches!(char, '"' | '“' | '‘' | '\''))
        };
        // Of "U.S." the last letter.
        let letters = |char: char| char.is_whitespace() || char == '.';
        let word = || line[..at].rsplit(letters).next().unwrap_or_default();
        let ends_word = || line.as_bytes()[at] != b'.' || !(word().len() == 1 || is_abbreviation(word()));
        (rest.is_empty() || rest.starts_with(char::is_whitespace)) && begins() && ends_word()
    };
    line.match_indices(['.', '!', '?']).filter(|(at, _)| ends(*at)).count()
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
}
