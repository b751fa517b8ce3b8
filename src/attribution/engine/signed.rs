//! Words whose source stands below them: a quotation or a statement with a signature, a caption with a credit.

use std::ops::Range;

use super::{Draft, Engine, tenths};
use crate::attribution::reading::Reading;
use crate::attribution::{Link, source};
use crate::language::{TokenKind, WordClass};

/// A signature or credit has at most so many tokens.
const LONGEST: usize = 16;

impl Engine<'_> {
    /// "'We lost the vote.' — Ann Lee", "We lost the vote. Ann Lee, senator"
    pub(super) fn signature(&mut self) {
        if let Some(draft) = self.signed_quotation().or_else(|| self.signed_statement()) {
            self.take(draft);
        }
    }

    /// A quotation with which the passage begins, a dash, and a name.
    fn signed_quotation(&self) -> Option<Draft> {
        let reading = &self.reading;
        let quote = reading.quote_from(0)?.clone();
        let dash = quote.end;
        if !(reading.is_dash(dash) && reading.is_quote(dash - 1) && quote.len() > 3) {
            return None;
        }
        let mut source = dash + 1..end(reading);
        if !is_name(reading, &source) {
            return None;
        }
        // "— Daily Courier, August 15, 2008": the date is when it was said.
        if let Some(comma) = source.clone().find(|at| reading.is_comma(*at) && is_date(reading, *at + 1)) {
            source.end = comma;
        }
        Some(Draft {
            source,
            cue: dash..dash + 1,
            content: vec![quote],
            link: Link::Colon,
            log_odds: tenths(40),
        })
    }

    /// Sentences in the first person or before an office, and a name that stands by itself after them.
    fn signed_statement(&self) -> Option<Draft> {
        let reading = &self.reading;
        let [.., before, last] = reading.passage.sentences() else { return None };
        let said = 0..before.end;
        if end(reading) < reading.len() || !is_name(reading, last) || !reading.is_stop(said.end - 1) {
            return None;
        }
        let speaks = || {
            let first = ["i", "me", "my", "we", "us", "our"];
            said.clone().any(|at| reading.is_any(at, &first) && !reading.is_quoted(at))
        };
        let comma = last.clone().find(|at| reading.is_comma(*at));
        let office =
            || comma.is_some_and(|comma| (comma + 1..last.end).any(|at| source::names_office(reading, at)));
        (speaks() || office()).then(|| Draft {
            source: last.clone(),
            cue: said.end..said.end,
            content: vec![said.clone()],
            link: Link::Neighbour,
            log_odds: tenths(20),
        })
    }

    /// "The harbour at dawn. |Image: Ann Lee.|": the words of the credit, which belong to nothing else.
    pub(super) fn credit(&mut self) -> Option<Credit> {
        let reading = &self.reading;
        let last = reading.len().saturating_sub(LONGEST)..reading.len();
        let mark = last.rev().find(|at| {
            (reading.text(*at) == ":" || reading.is(*at, "by"))
                && at.checked_sub(1).is_some_and(|label| source::is_picture_label(reading.text(label)))
        })?;
        let mut label = mark - 1;
        while label > 0 && source::is_picture_label(reading.text(label - 1)) {
            label -= 1;
        }
        let cue = if reading.is(mark, "by") { label..mark + 1 } else { label..mark };
        let mut source = mark + 1..end(reading);
        let mut caption = label.checked_sub(1)? + 1;
        if reading.text(caption - 1) == "(" && reading.text(source.end - 1) == ")" {
            caption -= 1;
            source.end -= 1;
        }
        // "shown in a photo by Ann Lee" is no credit.
        if caption == 0 || !reading.is_capital(label) || !is_name(reading, &source) {
            return None;
        }
        self.taken.get_mut(caption..)?.fill(true);
        Some(Credit { caption, cue, source })
    }

    /// The caption above `credit`: all that nobody else says in it.
    pub(super) fn caption(&mut self, credit: Credit) {
        let reading = &self.reading;
        let sentences = reading.passage.sentences().iter();
        let told = sentences.map(|sentence| sentence.start..sentence.end.min(credit.caption));
        let free = |told: &Range<usize>| {
            !reading.trimmed(told.clone()).is_empty() && !told.clone().any(|at| self.is_taken(at))
        };
        let content: Vec<_> = told.filter(free).collect();
        if !content.is_empty() {
            let Credit { source, cue, .. } = credit;
            self.take(Draft { source, cue, content, link: Link::Credit, log_odds: tenths(40) });
        }
    }
}

/// A picture's credit at the end of its caption, in token indices.
pub(super) struct Credit {
    /// Where the caption ends.
    caption: usize,
    /// "Image", "Photo by".
    cue: Range<usize>,
    source: Range<usize>,
}

/// Where the passage ends, its last full stop left out.
fn end(reading: &Reading<'_>) -> usize {
    let end = reading.len();
    if end > 0 && reading.is_stop(end - 1) { end - 1 } else { end }
}

/// Whether `tokens` are a name: words with a capital and what joins them; after a comma whatever holds no verb, as an
/// office does.
fn is_name(reading: &Reading<'_>, tokens: &Range<usize>) -> bool {
    let joins = WordClass::PREPOSITION | WordClass::DETERMINER | WordClass::COORDINATOR;
    let no_name = WordClass::SUBJECT | WordClass::ADVERB;
    let begins = tokens.clone().find(|at| reading.text(*at) != "@");
    let comma = tokens.clone().find(|at| reading.is_comma(*at)).unwrap_or(tokens.end);
    let belongs = |at: usize| match reading.kind(at) {
        Some(TokenKind::Word) => {
            reading.is_capital(at)
                || reading.class(at).intersects(joins)
                || at > comma && !reading.is_finite(at)
        }
        Some(TokenKind::Number) => true,
        Some(TokenKind::Mark) => !matches!(reading.text(at), ":" | ";"),
        _ => false,
    };
    tokens.len() <= LONGEST
        && begins.is_some_and(|at| reading.is_capital(at) && !reading.class(at).intersects(no_name))
        && tokens.clone().all(belongs)
}

/// Whether a date begins at `at`: "August 15", "2008".
fn is_date(reading: &Reading<'_>, at: usize) -> bool {
    reading.kind(at) == Some(TokenKind::Number)
        || reading.class(at).contains(WordClass::TIME)
        || reading.is_capital(at) && reading.kind(at + 1) == Some(TokenKind::Number)
}
