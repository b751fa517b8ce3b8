//! Sentences, as ranges of tokens.

use std::ops::Range;

use super::{TokenKind, Tokens, WordClass, lexicon};

/// The sentences of `tokens`, as ranges of token indices that follow one another without gaps.
///
/// A sentence ends at a full stop, question or exclamation mark with the quotation marks and
/// brackets that follow it, or at a line break after which a capital or a quotation mark begins
/// anew. An abbreviation ends one only when what follows cannot continue it.
pub fn sentences(tokens: Tokens<'_>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < tokens.len() {
        if ends_sentence(tokens, at) {
            let end = closing(tokens, at + 1);
            if begins_sentence(tokens, end) {
                out.push(start..end);
                start = end;
            }
            at = end;
        } else {
            at += 1;
        }
    }
    if start < tokens.len() {
        out.push(start..tokens.len());
    }
    out
}

/// Whether the token at `at` can be the last of a sentence, closing marks aside.
fn ends_sentence(tokens: Tokens<'_>, at: usize) -> bool {
    if tokens.list[at].kind == TokenKind::Stop {
        return true;
    }
    let text = tokens.text(at);
    if !text.ends_with('.') {
        return false;
    }
    // An abbreviation's full stop ends the sentence too when a word that only begins one follows.
    let next = tokens.list.get(at + 1);
    next.is_none_or(|next| next.kind == TokenKind::Quote && gap(tokens, at + 1).is_empty())
        || (!lexicon::is_title(text)
            && !is_initial(text)
            && next.is_some_and(|next| next.capital && next.class.intersects(WordClass::OPENER)))
}

fn is_initial(text: &str) -> bool {
    text.chars().filter(|char| char.is_alphabetic()).count() == 1
}

/// The first token after `at` that is not a mark that closes what came before.
fn closing(tokens: Tokens<'_>, mut at: usize) -> usize {
    while at < tokens.len() {
        let text = tokens.text(at);
        let closes = match text {
            "”" | "’" | ")" | "]" => true,
            "\"" | "'" | "''" => gap(tokens, at).is_empty(),
            _ => false,
        };
        if !closes {
            break;
        }
        at += 1;
    }
    at
}

/// Whether a sentence can begin at token `at`, having ended just before.
fn begins_sentence(tokens: Tokens<'_>, at: usize) -> bool {
    let Some(token) = tokens.list.get(at) else { return true };
    let gap = gap(tokens, at);
    if gap.contains(['\n', '\r']) {
        return true;
    }
    match token.kind {
        TokenKind::Word => {
            token.capital && !is_in_ticker(tokens, at)
                || (!gap.is_empty() && at > 0 && tokens.text(at - 1) == ".")
        }
        TokenKind::Quote | TokenKind::Number => !gap.is_empty(),
        TokenKind::Stop => false,
        TokenKind::Mark => !gap.is_empty() && !matches!(tokens.text(at), "," | ";" | ":"),
    }
}

/// Whether the word at `at` is the last part of a share's ticker: "PA" of "<AINP.PA>", "O" of "(AAPL.O)".
fn is_in_ticker(tokens: Tokens<'_>, at: usize) -> bool {
    let Some(open) = at.checked_sub(3) else { return false };
    matches!((tokens.text(open), tokens.text(at + 1)), ("<", ">") | ("(", ")"))
        && (open + 1..=at + 1).all(|at| gap(tokens, at).is_empty())
}

/// The white space before token `at`.
fn gap(tokens: Tokens<'_>, at: usize) -> &str {
    let (Some(token), Some(before)) = (tokens.list.get(at), at.checked_sub(1)) else { return "" };
    &tokens.prose[usize::from(tokens.list[before].range.end())..usize::from(token.range.start())]
}

#[cfg(test)]
mod tests {
    use super::super::tokenize;
    use super::*;

    fn cut(prose: &str) -> Vec<&str> {
        let list = tokenize(prose);
        let tokens = Tokens { prose, list: &list };
        sentences(tokens)
            .iter()
            .map(|sentence| &prose[tokens.span(sentence.start, sentence.end - 1)])
            .collect()
    }

    #[test]
    fn titles_and_initials_do_not_end_a_sentence() {
        let one = "Sen. J. Smith of the U.S. Senate met Gov. Lee.";
        assert_eq!(cut(one), [one]);
    }

    #[test]
    fn a_ticker_does_not_end_a_sentence() {
        let one = "Airbus <AINP.PA> sold jets to Apple (AAPL.O), it said.";
        assert_eq!(cut(one), [one]);
        assert_eq!(cut("The road is closed.Nobody objected."), ["The road is closed.", "Nobody objected."]);
    }

    #[test]
    fn an_abbreviation_ends_one_before_a_word_that_opens_the_next() {
        assert_eq!(
            cut("He flew to the U.S. The visit was short."),
            ["He flew to the U.S.", "The visit was short."]
        );
    }

    #[test]
    fn closing_marks_belong_to_the_sentence_before() {
        assert_eq!(
            cut("“We object.” She left. (He did not.) \"No.\" Then"),
            ["“We object.”", "She left.", "(He did not.)", "\"No.\"", "Then"]
        );
    }

    #[test]
    fn a_question_inside_a_quotation_goes_on_with_its_tag() {
        assert_eq!(cut("“Why?” he asked. Nobody knew."), ["“Why?” he asked.", "Nobody knew."]);
    }

    #[test]
    fn a_sentence_that_lost_its_first_word_still_begins() {
        assert_eq!(cut("They left. defended its move."), ["They left.", "defended its move."]);
    }
}
