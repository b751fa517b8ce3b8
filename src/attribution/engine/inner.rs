//! Attributions inside what somebody said: "Lee said Kim had told him that …".

use std::ops::Range;

use super::{Draft, Engine, THRESHOLD, is_finite};
use crate::attribution::cue;

/// What is attributed inside what is said is one above these log odds, seven to three: the model never met
/// any, since the corpus it learned from marks none.
const LEAST: f32 = 0.847_297_9;

/// So many levels are looked for inside what somebody said. Each reads the rest of its sentence again, and nobody who
/// writes for readers goes deeper.
pub(super) const DEEPEST: usize = 4;

impl Engine<'_> {
    /// The attributions inside `content`, which is taken, in text order: a finite verb that reports, with a
    /// source and a content of its own.
    pub(super) fn inside(&mut self, content: &[Range<usize>]) -> Vec<Draft> {
        let mut out = Vec::new();
        let passage = self.reading.passage;
        let sentences = passage.sentences();
        for piece in content {
            let first = sentences.partition_point(|sentence| sentence.end <= piece.start);
            for sentence in sentences.iter().skip(first).take_while(|sentence| sentence.start < piece.end) {
                let clause = self.unquoted(piece.start.max(sentence.start)..piece.end.min(sentence.end));
                out.append(&mut self.inside_clause(&clause));
            }
        }
        out
    }

    fn inside_clause(&mut self, clause: &Range<usize>) -> Vec<Draft> {
        self.set_taken(clause, false);
        for head in clause.clone() {
            // Most words of a clause inside another are taken by its first verb, whatever they are.
            if self.is_taken(head) || !self.may_report(head, clause) {
                continue;
            }
            if let Some(draft) = self.verb(head, clause).filter(|draft| is_whole(draft, clause)) {
                self.take(draft);
            }
        }
        self.set_taken(clause, true);
        std::mem::take(&mut self.drafts)
    }

    /// Whether the word at `at` is a finite verb after which a clause is said as a rule.
    fn may_report(&self, at: usize, clause: &Range<usize>) -> bool {
        self.reading.verb(at).is_some_and(|verb| cue::takes_clause(verb.lemma))
            && cue::verb_cue(&self.reading, at, clause)
                .is_some_and(|cue| is_finite(&cue) && cue.score > THRESHOLD)
    }

    /// `tokens` without the quotation marks at their ends.
    fn unquoted(&self, tokens: Range<usize>) -> Range<usize> {
        let Range { mut start, mut end } = tokens;
        while start < end && self.reading.is_quote(start) {
            start += 1;
        }
        while start < end && self.reading.is_quote(end - 1) {
            end -= 1;
        }
        start..end
    }

    fn set_taken(&mut self, tokens: &Range<usize>, taken: bool) {
        if let Some(tokens) = self.taken.get_mut(tokens.clone()) {
            tokens.fill(taken);
        }
    }
}

/// Whether `draft` has all its parts, and all of them in `clause`.
fn is_whole(draft: &Draft, clause: &Range<usize>) -> bool {
    let extent = draft.extent();
    draft.log_odds > LEAST
        && !draft.source.is_empty()
        && draft.content.iter().any(|piece| piece.len() > 2)
        && clause.start <= extent.start
        && extent.end <= clause.end
}
