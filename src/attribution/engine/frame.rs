//! Frames: "according to", "in a poll" and the colon, which are cues beside their source.

use std::ops::Range;

use super::tag::has_main_verb;
use super::{Draft, Engine, is_finite, tenths};
use crate::attribution::cue;
use crate::attribution::features;
use crate::attribution::judge::Question;
use crate::attribution::{Link, SourceKind, source};
use crate::language::WordClass;

/// Verbs that, after "as", tell who says what follows.
const AS_VERBS: [&str; 14] = [
    "acknowledge",
    "argue",
    "explain",
    "note",
    "observe",
    "point",
    "predict",
    "put",
    "remark",
    "report",
    "say",
    "tell",
    "warn",
    "write",
];

/// "As", its subject and its verb end within so many tokens.
const AS: usize = 20;

impl Engine<'_> {
    /// The log odds that the word or mark at `at` is the cue between `source` and `content`.
    pub(super) fn frame_log_odds(
        &self,
        at: usize,
        link: Link,
        source: &Range<usize>,
        content: &Range<usize>,
        sentence: &Range<usize>,
    ) -> f32 {
        self.judge.log_odds(Question::Frame(at), tenths(10), |features| {
            features::frame(features, &self.reading, at, link, source, content, sentence);
        })
    }

    /// "…, according to X."
    pub(super) fn according_after(&self, at: usize, sentence: &Range<usize>) -> Option<Draft> {
        let reading = &self.reading;
        if !(reading.is(at, "according") && reading.is(at + 1, "to")) {
            return None;
        }
        let start = self.clause_start(sentence, at);
        let content = start..at;
        if content.len() < 3 {
            return None;
        }
        let end = self.free_until(at + 2, sentence.end);
        let source = source::following(reading, at + 2, end);
        let mut content = vec![content];
        // "The point, according to X, is that …"
        if reading.is_comma(source.end) && reading.is_finite(source.end + 1) {
            content.push(source.end + 1..end);
        }
        (!source.is_empty()).then(|| Draft {
            source,
            cue: at..at + 2,
            content,
            link: Link::AccordingTo,
            log_odds: tenths(40),
        })
    }

    /// "According to X, …"
    pub(super) fn according_before(&self, at: usize, sentence: &Range<usize>) -> Option<Draft> {
        let reading = &self.reading;
        if !(reading.is(at, "according") && reading.is(at + 1, "to")) {
            return None;
        }
        let comma = (at + 2..sentence.end).find(|at| reading.is_comma(*at))?;
        let mut end = comma;
        // "According to Ann Lee, a senator from Ohio, …"
        if reading.class(comma + 1).contains(WordClass::DETERMINER)
            && let Some(second) = (comma + 1..sentence.end).find(|at| reading.is_comma(*at))
            && !reading.has_finite(comma + 1..second)
        {
            end = second;
        }
        let content = end + 1..self.free_until(end + 1, sentence.end);
        Some(Draft {
            source: at + 2..end,
            cue: at..at + 2,
            content: vec![content],
            link: Link::AccordingTo,
            log_odds: tenths(40),
        })
    }

    /// "As Ann Lee noted on Monday, …"
    pub(super) fn as_before(&self, at: usize, sentence: &Range<usize>) -> Option<Draft> {
        let reading = &self.reading;
        let first =
            at == sentence.start || at == sentence.start + 1 && reading.is_any(at - 1, &["but", "and"]);
        if !first || !reading.is(at, "as") {
            return None;
        }
        let comma = (at + 3..sentence.end.min(at + AS)).find(|at| reading.is_comma(*at))?;
        let cue = (at + 2..comma).find_map(|head| cue::verb_cue(reading, head, sentence))?;
        if !is_finite(&cue) || !AS_VERBS.contains(&cue.lemma.text()) || cue.group.end > comma {
            return None;
        }
        let source = source::before(reading, at + 1, cue.group.start);
        // "As he said goodbye, …" tells when.
        let aside = cue.group.end..comma;
        let tells = aside.is_empty()
            || matches!(cue.lemma.text(), "tell" | "put" | "point")
            || reading
                .class(aside.start)
                .intersects(WordClass::PREPOSITION | WordClass::TIME | WordClass::ADVERB);
        let content = comma + 1..self.free_until(comma + 1, sentence.end);
        let whole = source.start == at + 1 && !source.is_empty();
        (whole && tells && !reading.has_finite(aside) && has_main_verb(reading, content.start, content.end))
            .then(|| Draft {
                source,
                cue: cue.group.clone(),
                content: vec![content],
                link: Link::CueBefore,
                log_odds: tenths(40),
            })
    }

    /// "In a poll of voters, …"
    pub(super) fn in_poll(&self, at: usize, sentence: &Range<usize>) -> Option<Draft> {
        let reading = &self.reading;
        if at != sentence.start || !reading.is_any(at, &["in", "from", "per", "among", "by", "under"]) {
            return None;
        }
        let comma = (at + 2..sentence.end.min(at + 20)).find(|at| reading.is_comma(*at))?;
        let source = at + 1..comma;
        let content = comma + 1..self.free_until(comma + 1, sentence.end);
        let said = [SourceKind::Document, SourceKind::Outlet];
        if !said.contains(&source::kind(reading, &reading.trimmed(source.clone()))) {
            return None;
        }
        let log_odds = self.frame_log_odds(at, Link::AccordingTo, &source, &content, sentence);
        (log_odds > self.judge.least()).then(|| Draft {
            source,
            cue: at..at + 1,
            content: vec![content],
            link: Link::AccordingTo,
            log_odds,
        })
    }

    /// "X: …" in a headline or a transcript.
    pub(super) fn colon(&self, sentence: &Range<usize>) -> Option<Draft> {
        let reading = &self.reading;
        let colon = sentence.clone().take(10).find(|at| reading.text(*at) == ":")?;
        let name = sentence.start..colon;
        if name.is_empty()
            || source::is_label(reading.text(colon - 1))
            || colon + 3 > sentence.end
            || name.clone().any(|at| self.is_taken(at) || reading.is_quote(at))
        {
            return None;
        }
        let transcript = sentence.start == 0 && name.len() == 1 && reading.text(name.start) == "A";
        let shouted = name.clone().filter(|at| reading.is_word(*at)).all(|at| {
            let text = reading.text(at);
            text.len() > 2
                && text.bytes().all(|byte| byte.is_ascii_uppercase() || !byte.is_ascii_alphabetic())
        });
        let open = !reading.is_stop(sentence.end - 1) && !reading.is_stop(sentence.end.saturating_sub(2));
        let headline = (open || reading.is_title_case(sentence.clone()))
            && name.len() <= 6
            && name.clone().all(|at| {
                reading.is_capital(at)
                    || !reading.is_word(at)
                    || reading.class(at).contains(WordClass::PREPOSITION)
            })
            && matches!(
                source::kind(reading, &name),
                SourceKind::Person
                    | SourceKind::Outlet
                    | SourceKind::Organisation
                    | SourceKind::Document
                    | SourceKind::Role
            );
        if !(shouted || headline || transcript) {
            return None;
        }
        // An answer goes on to the end of its paragraph.
        let end = if (shouted || transcript) && sentence.start == 0 { reading.len() } else { sentence.end };
        let content = colon + 1..self.free_until(colon + 1, end);
        let log_odds = self.frame_log_odds(colon, Link::Colon, &name, &content, sentence);
        (log_odds > self.judge.least()).then(|| Draft {
            source: name,
            cue: colon..colon + 1,
            content: vec![content],
            link: Link::Colon,
            log_odds,
        })
    }
}
