//! The engine of rules and lexicons.
//!
//! A passage is read in four passes, the surest first: quotations with their tags, clauses with a
//! tag after them, cues from left to right, and quotations that stand alone. What one pass has
//! taken the next leaves alone, so attributions do not nest.

use std::ops::Range;

use super::cue::{self, After, Cue, Form};
use super::features::{self, Anchor, Circumstance};
use super::judge::{Judge, Question, SURE};
use super::reading::Reading;
use super::{Attribution, Link, SourceKind, State, content, source};
use crate::language::{Lemma, VerbForm, WordClass};
use crate::text::TextRange;

/// A verb of a tag counts as a cue above this, in tenths of log odds.
const THRESHOLD: i32 = -3;
/// The rules take a verb after "to" for a part of the cue before it above this.
const INFINITIVE: i32 = -5;
/// A verb of a tag is put to the judge above this, in tenths of log odds.
const LEAST_TAG: i32 = -5;
/// The rules take it for a cue above this.
const SURE_TAG: i32 = 5;
/// One with its subject after it, above this.
const LEAST_INVERTED: i32 = 10;
/// What a quotation before it adds to a verb's score.
const AFTER_QUOTATION: i32 = 20;

/// An attribution in the making, in token indices.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) source: Range<usize>,
    pub(super) cue: Range<usize>,
    pub(super) content: Vec<Range<usize>>,
    pub(super) link: Link,
    /// The natural logarithm of the odds that it is one.
    pub(super) log_odds: f32,
}

impl Draft {
    /// The tokens from its first to its last.
    pub(super) fn extent(&self) -> Range<usize> {
        let mut out = self.cue.clone();
        for range in self.content.iter().chain([&self.source]).filter(|range| !range.is_empty()) {
            if out.is_empty() {
                out = range.clone();
            }
            out = out.start.min(range.start)..out.end.max(range.end);
        }
        out
    }
}

pub(super) struct Engine<'a> {
    pub(super) reading: Reading<'a>,
    judge: Judge<'a>,
    taken: Vec<bool>,
    pub(super) drafts: Vec<Draft>,
}

impl<'a> Engine<'a> {
    pub(super) fn run(reading: Reading<'a>, incoming: &State, judge: Judge<'a>) -> Self {
        let taken = vec![false; reading.len()];
        let mut engine = Self { reading, judge, taken, drafts: Vec::new() };
        engine.quotations();
        for sentence in engine.reading.passage.sentences() {
            engine.tags(sentence);
        }
        for sentence in engine.reading.passage.sentences() {
            engine.cues(sentence);
        }
        engine.drafts.sort_by_key(|draft| draft.extent().start);
        engine.neighbours(incoming);
        engine.drafts.sort_by_key(|draft| draft.extent().start);
        engine
    }

    /// The drafts as attributions in bytes.
    pub(super) fn finish(&self) -> Vec<Attribution> {
        let reading = &self.reading;
        let bytes = |range: &Range<usize>| -> Vec<TextRange> {
            reading.bytes(&reading.trimmed(range.clone())).into_iter().collect()
        };
        // A colon that is the cue is not trimmed off.
        let cue = |range: &Range<usize>| -> Vec<TextRange> { reading.bytes(range).into_iter().collect() };
        let source = |draft: &Draft| -> Vec<TextRange> {
            let source = source::closed(reading, reading.trimmed(draft.source.clone()), draft.cue.start);
            reading.bytes(&source).into_iter().collect()
        };
        self.drafts
            .iter()
            .map(|draft| Attribution {
                source: source(draft),
                cue: cue(&draft.cue),
                content: draft.content.iter().flat_map(bytes).collect(),
                kind: source::kind(reading, &reading.trimmed(draft.source.clone())),
                link: draft.link,
                confidence: 1.0 / (1.0 + (-draft.log_odds).exp()),
            })
            .collect()
    }

    fn take(&mut self, draft: Draft) {
        for range in draft.content.iter().chain([&draft.cue, &draft.source]) {
            for index in range.clone() {
                if let Some(taken) = self.taken.get_mut(index) {
                    *taken = true;
                }
            }
        }
        self.drafts.push(draft);
    }

    fn is_taken(&self, index: usize) -> bool {
        self.taken.get(index).copied().unwrap_or(false)
    }

    /// The first token from `start` on, up to `end`, that belongs to an attribution already found.
    fn free_until(&self, start: usize, end: usize) -> usize {
        (start..end).find(|at| self.is_taken(*at)).unwrap_or(end)
    }

    // Quotations with their tags.

    fn quotations(&mut self) {
        for index in 0..self.reading.quotes.len() {
            let quote = self.reading.quotes[index].clone();
            if !is_speech(&self.reading, &quote) || self.is_taken(quote.start) {
                continue;
            }
            if let Some(draft) = self.tag_after(&quote) {
                self.take(draft);
            } else {
                self.continue_quotation(&quote);
            }
        }
    }

    /// "…," she said. / "…," said Ann Lee.
    fn tag_after(&self, quote: &Range<usize>) -> Option<Draft> {
        let reading = &self.reading;
        let sentence = reading.sentence_of(quote.end - 1);
        let mut at = quote.end;
        if reading.is_comma(at) {
            at += 1;
        } else if reading.text(quote.end.checked_sub(2)?) == "." {
            return None;
        }
        let content = vec![self.with_lead(quote, &sentence)];
        // "Why?" Lee asked: the mark may seem to have ended the sentence.
        let apart = at >= sentence.end;
        let sentence = if apart && matches!(reading.text(quote.end - 2), "?" | "!") && at < reading.len() {
            reading.sentence_of(at)
        } else {
            sentence
        };
        if at >= sentence.end {
            return None;
        }
        let next_quote = reading.quotes.get(reading.quotes.partition_point(|next| next.start < at));
        let next_quote = next_quote.map(|next| next.start);
        let limit = sentence.end.min(next_quote.unwrap_or(sentence.end));
        let mut verb = at;
        while reading.is_adverb(verb) && verb < limit {
            verb += 1;
        }
        if let Some(cue) = cue::verb_cue(reading, verb, &(at..sentence.end))
            && matches!(cue.form, Form::Past | Form::Present)
            && cue.score + AFTER_QUOTATION > THRESHOLD
            && begins_phrase(reading, verb + 1)
        {
            let source = source::following(reading, verb + 1, limit);
            let log_odds = self.tag_log_odds(&cue, tenths(cue.score + AFTER_QUOTATION), &sentence, at);
            if !source.is_empty() && log_odds > self.judge.least() {
                let mut anchor = Anchor::of(&cue);
                anchor.group = cue.group.start..verb + 1;
                let source = self.source(&anchor, source, &content, at, &(at..limit));
                return Some(Draft { source, cue: anchor.group, content, link: Link::CueAfter, log_odds });
            }
        }
        if reading.is(at, "according") && reading.is(at + 1, "to") {
            let source = source::following(reading, at + 2, limit);
            return Some(Draft {
                source,
                cue: at..at + 2,
                content,
                link: Link::AccordingTo,
                log_odds: tenths(40),
            });
        }
        for verb in at..limit.min(at + 30) {
            let Some(cue) = cue::verb_cue(reading, verb, &(at..sentence.end)) else { continue };
            let bare = cue.form == Form::Base && !reading.is_finite(verb);
            if !is_finite(&cue) || bare || cue.group.start <= at || cue.score + AFTER_QUOTATION <= THRESHOLD {
                continue;
            }
            let source = source::before(reading, at, cue.group.start);
            let gap = (at..source.start)
                .all(|at| reading.is_adverb(at) || reading.class(at).contains(WordClass::COORDINATOR));
            if apart && !ends_here(reading, &cue, &sentence) {
                break;
            }
            if source.is_empty() || !gap {
                if reading.is_finite(verb) {
                    break;
                }
                continue;
            }
            let log_odds = self.tag_log_odds(&cue, tenths(cue.score + AFTER_QUOTATION), &sentence, at);
            if log_odds <= self.judge.least() {
                continue;
            }
            let source = self.source(&Anchor::of(&cue), source, &content, at, &(at..limit));
            return Some(Draft { source, cue: cue.group.clone(), content, link: Link::CueAfter, log_odds });
        }
        None
    }

    /// The quotation with the words of its sentence before it: "The plan is 'dead,' he said."
    fn with_lead(&self, quote: &Range<usize>, sentence: &Range<usize>) -> Range<usize> {
        let reading = &self.reading;
        if quote.start <= sentence.start {
            return quote.clone();
        }
        let lead = sentence.start..quote.start;
        if lead.clone().any(|at| self.is_taken(at)) || reading.text(quote.start - 1) == ":" {
            return quote.clone();
        }
        let comma = reading.is_comma(quote.start - 1);
        if comma && lead.clone().all(|at| !reading.is_finite(at)) {
            quote.clone()
        } else {
            sentence.start..quote.end
        }
    }

    /// "…," he said. "…": the second quotation belongs to the tag before it.
    fn continue_quotation(&mut self, quote: &Range<usize>) {
        let Some(last) = self.drafts.last() else { return };
        let extent = last.extent();
        let reading = &self.reading;
        if last.link == Link::AccordingTo || extent.end > quote.start {
            return;
        }
        let here = reading.sentence_of(quote.start);
        let there = reading.sentence_of(extent.end.saturating_sub(1));
        let begins = quote.start == here.start;
        let same = here == there || begins && here.start == there.end;
        let between = extent.end..quote.start;
        let verbs = between
            .clone()
            .any(|at| cue::verb_cue(reading, at, &here).is_some_and(|cue| cue.score > THRESHOLD));
        let opens = begins || matches!(reading.text(quote.start - 1), "," | ":");
        if same && opens && (begins || !verbs) && between.len() < 25 {
            let piece = quote.clone();
            for index in piece.clone() {
                self.taken[index] = true;
            }
            if let Some(last) = self.drafts.last_mut() {
                if here == there && last.link == Link::CueAfter {
                    last.link = Link::CueInside;
                }
                last.content.push(piece);
            }
        }
    }

    // Clauses with a tag after them.

    fn tags(&mut self, sentence: &Range<usize>) {
        for at in sentence.clone().skip(3) {
            if self.is_taken(at) || self.reading.is_quoted(at) {
                continue;
            }
            if let Some(draft) = self.according_after(at, sentence).or_else(|| self.tag(at, sentence)) {
                self.take(draft);
                return;
            }
        }
    }

    /// "…, according to X."
    fn according_after(&self, at: usize, sentence: &Range<usize>) -> Option<Draft> {
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

    /// "…, she said." / "…, said Ann Lee."
    fn tag(&self, head: usize, sentence: &Range<usize>) -> Option<Draft> {
        let reading = &self.reading;
        let cue = cue::verb_cue(reading, head, sentence)?;
        if !is_finite(&cue) || cue::score_at_end(&cue) <= LEAST_TAG {
            return None;
        }
        let before = cue.group.start.checked_sub(1).filter(|before| *before > sentence.start)?;
        let inverted = reading.is_comma(before)
            && matches!(cue.form, Form::Past | Form::Present)
            && begins_phrase(reading, head + 1)
            && cue.after == After::Noun
            && cue::takes_clause(cue.lemma)
            && !addresses(cue.lemma)
            && cue::score_at_end(&cue) > LEAST_INVERTED
            && !has_main_verb(reading, head + 1, sentence.end);
        let (source, comma, link) = if inverted {
            (
                source::following(reading, head + 1, self.free_until(head + 1, sentence.end)),
                before,
                Link::CueAfter,
            )
        } else {
            let source = source::before(reading, sentence.start, cue.group.start);
            let mut comma = source.start.checked_sub(1)?;
            let open = reading.is(comma, "as");
            if open {
                comma = comma.checked_sub(1)?;
            }
            if !(reading.is_comma(comma) || open) || !ends_here(reading, &cue, sentence) {
                return None;
            }
            (source, if reading.is_comma(comma) { comma } else { comma + 1 }, Link::CueAfter)
        };
        if source.is_empty() || comma <= sentence.start {
            return None;
        }
        let start = self.clause_start(sentence, comma);
        let lead = start..comma;
        let tail = cue.group.end.max(source.end);
        // "The plan, she said, is dead": the clause may have its verb after the tag.
        let parted = !inverted
            && reading.is_comma(tail)
            && (!begins_adverbial(reading, start) || !reading.is_quote(tail + 1))
            && reading.has_finite(tail + 1..sentence.end)
            && (!reading.is_quote(tail + 1) || !reading.is_capital(tail + 2));
        if lead.is_empty()
            || begins_subordinate(reading, start)
            || !parted && (lead.len() < 3 || !has_main_verb(reading, lead.start, lead.end))
        {
            return None;
        }
        let mut content = vec![lead];
        let mut link = link;
        if !inverted && reading.is_comma(tail) && !reading.text(tail + 1).ends_with("ing") {
            let rest = tail + 1..self.free_until(tail + 1, sentence.end);
            if rest.len() > 3 && !reading.class(rest.start).intersects(WordClass::WH | WordClass::COORDINATOR)
            {
                content.push(rest);
                link = Link::CueInside;
            }
        }
        let log_odds =
            self.tag_log_odds(&cue, tenths(cue::score_at_end(&cue) - SURE_TAG), sentence, sentence.start);
        if log_odds <= self.judge.least() {
            return None;
        }
        let source = self.source(&Anchor::of(&cue), source, &content, sentence.start, sentence);
        Some(Draft { source, cue: cue.group.clone(), content, link, log_odds })
    }

    /// The log odds that `cue` is the cue of what stands before it.
    fn tag_log_odds(&self, cue: &Cue, ruled: f32, sentence: &Range<usize>, first: usize) -> f32 {
        let reading = &self.reading;
        self.judge.log_odds(Question::Tag(cue.head), ruled, |features| {
            let limit = self.free_until(cue.group.end, sentence.end);
            let beside = self.circumstance(cue.head, sentence);
            features::verb(features, reading, cue, sentence, first, limit, beside);
        })
    }

    /// The log odds that the word or mark at `at` is the cue between `source` and `content`.
    fn frame_log_odds(
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

    /// Where the words that a tag before `end` covers begin: after what is taken.
    fn clause_start(&self, sentence: &Range<usize>, end: usize) -> usize {
        if let Some(taken) = (sentence.start..end).rev().find(|at| self.is_taken(*at)) {
            return taken + 1;
        }
        // A sentence that begins inside a quotation belongs to the words that lead up to it.
        match self.reading.quote_around(sentence.start) {
            Some(quote) if quote.start < sentence.start => {
                let lead = self.reading.sentence_of(quote.start);
                if lead.clone().any(|at| self.is_taken(at)) { quote.start } else { lead.start }
            }
            _ => sentence.start,
        }
    }

    // Cues from left to right.

    fn cues(&mut self, sentence: &Range<usize>) {
        if let Some(draft) = self.colon(sentence) {
            self.take(draft);
        }
        let mut at = sentence.start;
        while at < sentence.end {
            if self.is_taken(at) || self.reading.is_quoted(at) {
                at += 1;
                continue;
            }
            let draft = self
                .according_before(at, sentence)
                .or_else(|| self.in_poll(at, sentence))
                .or_else(|| self.verb(at, sentence))
                .or_else(|| self.nominal(at, sentence));
            if let Some(draft) = draft {
                self.take(draft);
            }
            at += 1;
        }
    }

    /// "According to X, …"
    fn according_before(&self, at: usize, sentence: &Range<usize>) -> Option<Draft> {
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

    /// "In a poll of voters, …"
    fn in_poll(&self, at: usize, sentence: &Range<usize>) -> Option<Draft> {
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

    fn verb(&self, head: usize, sentence: &Range<usize>) -> Option<Draft> {
        let reading = &self.reading;
        let cue = cue::verb_cue(reading, head, sentence)?;
        // "the expected vote"
        if cue.form == Form::Noun || cue.form == Form::Past && reading.follows_article(head) {
            return None;
        }
        let first = self.bound(sentence, cue.group.start);
        let log_odds = self.judge.log_odds(Question::Verb(head), tenths(cue.score - THRESHOLD), |features| {
            let limit = self.free_until(cue.group.end, sentence.end);
            features::verb(
                features,
                reading,
                &cue,
                sentence,
                first,
                limit,
                self.circumstance(head, sentence),
            );
        });
        if log_odds <= self.judge.least() {
            return None;
        }
        let cue = self.with_particle(cue, sentence);
        let cue = self.with_noun(self.with_infinitive(cue, sentence), sentence);
        let cue = self.with_extent(cue, first, sentence);
        let (mut source, mut pieces) = (0..0, Vec::new());
        let base = cue.lemma.text();
        let subject = || {
            let near = source::before(reading, first, cue.group.start);
            if near.is_empty() { self.main_subject(sentence, cue.group.start) } else { near }
        };
        let limit = self.free_until(cue.group.end, fronted_end(reading, head, sentence));
        let raising = is_raising(&cue);
        let by = agent(reading, cue.group.end, limit);
        let reduced = cue.form == Form::Past && by == Some(cue.group.end);
        match cue.form {
            _ if reduced => {
                let mut end = cue.group.start;
                if end > first && reading.is_comma(end - 1) {
                    end -= 1;
                }
                pieces.push(source::before(reading, first, end));
                source = source::following(reading, cue.group.end + 1, limit);
            }
            Form::Passive => {
                let asked =
                    matches!(base, "ask" | "tell" | "remind" | "inform" | "warn" | "press" | "question");
                if !asked && !is_expletive(reading, &cue) {
                    pieces.push(subject());
                }
                if let Some(by) = by {
                    source = source::following(reading, by + 1, limit);
                    if by > cue.group.end {
                        pieces.push(cue.group.end..by);
                    }
                } else if !matches!(cue.after, After::Mark | After::End) {
                    pieces.push(self.content(&cue, limit));
                }
            }
            _ if raising => {
                if !is_expletive(reading, &cue) {
                    pieces.push(subject());
                }
                pieces.push(self.content(&cue, limit));
            }
            _ if is_fronted(reading, head, sentence) && limit < sentence.end => {
                if cue.form == Form::Gerund {
                    source = following_subject(reading, limit + 1, sentence.end);
                }
                pieces.push(self.content(&cue, limit));
            }
            Form::Gerund if modifies_noun(reading, &cue, sentence) => {
                source = source::before(reading, first, cue.group.start);
                pieces.push(self.content(&cue, limit));
            }
            Form::Gerund | Form::Infinitive => {
                source = self.main_subject(sentence, cue.group.start);
                pieces.push(self.content(&cue, limit));
            }
            _ => {
                source = subject();
                // "an event that she says led him there": the relative pronoun is part of what is said.
                if let Some(relative) =
                    source.start.checked_sub(1).filter(|at| *at > sentence.start && *at >= first)
                    && reading.is_any(relative, &["that", "which", "whom", "what"])
                    && reading.verb(relative - 1).is_none()
                    && !self.is_taken(relative)
                    && !source.is_empty()
                {
                    pieces.push(relative..relative + 1);
                }
                pieces.push(self.content(&cue, limit));
            }
        }
        let pieces: Vec<_> =
            pieces.into_iter().filter(|piece| !reading.trimmed(piece.clone()).is_empty()).collect();
        if pieces.is_empty() {
            return None;
        }
        let source = self.source(&Anchor::of(&cue), source, &pieces, first, sentence);
        Some(Draft { source, cue: cue.group.clone(), content: pieces, link: Link::CueBefore, log_odds })
    }

    /// `cue` from and to where the judge sees its first and last word.
    fn with_extent(&self, mut cue: Cue, first: usize, sentence: &Range<usize>) -> Cue {
        let reading = &self.reading;
        let closed = |at: usize| reading.is_mark(at) || reading.is_quote(at) || self.is_taken(at);
        let anchor = Anchor::of(&cue);
        let ruled = cue.group.end;
        let mut ends = vec![ruled];
        for end in cue.head + 1..=sentence.end.min(cue.head + 8) {
            if end > cue.head + 1 && closed(end - 1) {
                break;
            }
            if end != ruled {
                ends.push(end);
            }
        }
        let end = self.judge.choose(
            &ends,
            |end| Question::CueEnd(cue.head, *end),
            |features, end| features::cue_end(features, reading, &anchor, *end, ruled, sentence.end),
        );
        if let Some(end) = end.filter(|end| *end != ruled) {
            cue.group.end = end;
            cue.after = cue::after(reading, end - 1, sentence.end);
        }
        let ruled = cue.group.start;
        let mut starts = vec![ruled];
        for start in (first.max(ruled.saturating_sub(5))..=cue.head).rev() {
            if start < cue.head && closed(start) {
                break;
            }
            if start != ruled {
                starts.push(start);
            }
        }
        let start = self.judge.choose(
            &starts,
            |start| Question::CueStart(cue.head, *start),
            |features, start| features::cue_start(features, reading, &anchor, *start, ruled, first),
        );
        cue.group.start = start.unwrap_or(ruled);
        cue
    }

    /// Who is cited: the likeliest of the phrases around the cue of `anchor`, where the rules say
    /// `ruled`; none that touches `pieces`.
    fn source(
        &self,
        anchor: &Anchor,
        ruled: Range<usize>,
        pieces: &[Range<usize>],
        first: usize,
        sentence: &Range<usize>,
    ) -> Range<usize> {
        let reading = &self.reading;
        let start = anchor.group.start;
        let ruled = reading.trimmed(ruled);
        let mut options = vec![(ruled.clone(), 0)];
        let mut add = |option: Range<usize>, origin: u32| {
            let option = reading.trimmed(option);
            let clash = pieces
                .iter()
                .chain([&anchor.group])
                .any(|piece| piece.start < option.end && option.start < piece.end);
            if !option.is_empty() && !clash && options.iter().all(|(known, _)| *known != option) {
                options.push((option, origin));
            }
        };
        let near = source::before(reading, first, start);
        add(near.clone(), 1);
        add(self.main_subject(sentence, start), 2);
        for draft in self.drafts.iter().rev().take(2).filter(|draft| sentence.contains(&draft.cue.start)) {
            add(draft.source.clone(), 3);
        }
        for base in [ruled.clone(), near] {
            if base.is_empty() {
                continue;
            }
            let low = if base.start >= first { first.max(base.start.saturating_sub(8)) } else { base.start };
            for at in (low..base.end.min(base.start + 8)).rev() {
                let before = at.checked_sub(1).filter(|before| *before >= sentence.start);
                let fresh = before.is_none_or(|before| may_end_before_phrase(reading, before, at));
                if fresh {
                    add(at..base.end, 4);
                }
            }
            if base.start >= anchor.group.end {
                for end in source::further_ends(reading, &base, self.free_until(base.end, sentence.end)) {
                    add(base.start..end, 11);
                }
            }
            if let Some(comma) = base.clone().find(|at| reading.is_comma(*at)) {
                add(base.start..comma, 5);
            }
            if let Some(dash) = base.clone().find(|at| reading.is_dash(*at) || reading.text(*at) == "(") {
                add(base.start..dash, 5);
            }
            if let Some(of) =
                base.clone().skip(1).find(|at| reading.class(*at).contains(WordClass::PREPOSITION))
            {
                add(base.start..of, 6);
            }
        }
        // "Lee, writing for the council, |", "Lee, for instance, |"
        let commas = (first + 1..start).rev().take(40).filter(|at| reading.is_comma(*at));
        for comma in commas.take(4) {
            let outer = source::before(reading, first, comma);
            if !outer.is_empty() {
                add(outer.start..start, 9);
                add(outer, 10);
            }
        }
        // The subjects of the verbs before, the nearest first.
        let finite = (sentence.start + 1..start).rev().filter(|at| reading.is_finite(*at));
        for verb in finite.take(3) {
            let begin = (sentence.start + 1..verb).rev().find(|at| !reading.is_adverb(*at));
            add(source::before(reading, sentence.start, begin.map_or(verb, |at| at + 1)), 12);
        }
        // All that stands before the cue, up to a mark or the start of its clause.
        for at in source::opening_places(reading, first, start) {
            add(at..start, 13);
        }
        let by = (anchor.group.end..sentence.end.min(anchor.group.end + 12)).find(|at| reading.is(*at, "by"));
        if let Some(by) = by {
            add(source::following(reading, by + 1, self.free_until(by + 1, sentence.end)), 7);
        }
        if !ruled.is_empty() {
            options.push((start..start, 8));
        }
        let choice = self.judge.choose(
            &options,
            |(option, _)| Question::Source(anchor.head, option.start, option.end),
            |features, (option, origin)| {
                features::source_option(features, reading, anchor, option, *origin, &ruled, sentence);
            },
        );
        choice.map_or(ruled, |(option, _)| option)
    }

    /// What is said after `cue`, up to `limit`: where it ends, the judge decides at each comma,
    /// coordinator and the like.
    fn content(&self, cue: &Cue, limit: usize) -> Range<usize> {
        let reading = &self.reading;
        let start = self.content_start(cue, limit);
        let ruled = content::end(reading, cue, start, limit);
        if ruled > limit || start >= limit || reading.quote_from(start).is_some() {
            return start..ruled;
        }
        let mut at = start + 1;
        while at < limit {
            if let Some(quote) = reading.quote_from(at) {
                at = quote.end.max(at + 1);
                continue;
            }
            let open = at == ruled || content::may_end(reading, at);
            if open
                && self.judge.log_odds(Question::End(start, at), sure(at == ruled), |features| {
                    features::end(features, reading, cue, start, at, ruled, limit);
                }) > 0.0
            {
                return start..at;
            }
            at += 1;
        }
        start..at.max(limit)
    }

    /// Where what is said after `cue` begins.
    fn content_start(&self, cue: &Cue, limit: usize) -> usize {
        let reading = &self.reading;
        let ruled = content::start(reading, cue, limit);
        let anchor = Anchor::of(cue);
        let mut starts = vec![ruled];
        for at in cue.group.end..limit.min(cue.group.end + 12) {
            if reading.is_stop(at) || at > ruled + 8 {
                break;
            }
            let before = at.saturating_sub(1);
            if at != ruled
                && !reading.is_mark(at)
                && (at == cue.group.end || may_end_before_phrase(reading, before, at))
            {
                starts.push(at);
            }
        }
        let start = self.judge.choose(
            &starts,
            |start| Question::Start(cue.head, *start),
            |features, start| features::start(features, reading, &anchor, *start, ruled, limit),
        );
        start.unwrap_or(ruled)
    }

    /// What is known beside the words at `at`.
    fn circumstance(&self, at: usize, sentence: &Range<usize>) -> Circumstance {
        let here = self.drafts.iter().filter(|draft| sentence.contains(&draft.cue.start)).count();
        let gap = (sentence.start..at).rev().take(7).take_while(|at| !self.is_taken(*at)).count();
        let since = match self.drafts.iter().map(|draft| draft.cue.start).filter(|cue| *cue < at).max() {
            Some(last) if last >= sentence.start => 0,
            Some(last) if self.reading.sentence_of(last).end == sentence.start => 1,
            Some(_) => 2,
            None => 3,
        };
        Circumstance {
            drafts: u32::try_from(here.min(3)).unwrap_or(3),
            gap: u32::try_from(gap).unwrap_or(7),
            taken_after: (at..sentence.end).any(|at| self.is_taken(at)),
            since,
        }
    }

    /// "called for", "pointed out": the particle or preposition belongs to the cue if the judge says so.
    fn with_particle(&self, mut cue: Cue, sentence: &Range<usize>) -> Cue {
        let reading = &self.reading;
        let mut next = cue.head + 1;
        while next < sentence.end && reading.is_adverb(next) {
            next += 1;
        }
        if next < sentence.end
            && cue.group.end <= next + 1
            && reading.class(next).contains(WordClass::PREPOSITION)
            && !self.is_taken(next)
        {
            let ruled = cue.group.end == next + 1;
            let goes_on = self.judge.log_odds(Question::Extension(cue.head, next), sure(ruled), |features| {
                features::extension(features, reading, &cue, next, ruled, sentence.end);
            }) > 0.0;
            cue.group.end = if goes_on { next + 1 } else { cue.head + 1 };
        }
        cue
    }

    /// "continued to say": the two verbs are one cue, and what is said is what the second takes.
    fn with_infinitive(&self, cue: Cue, sentence: &Range<usize>) -> Cue {
        let reading = &self.reading;
        let to = if reading.is(cue.group.end - 1, "to") { cue.group.end } else { cue.group.end + 1 };
        if !reading.is(to - 1, "to")
            || self.is_taken(to)
            || !matches!(cue.after, After::To | After::Preposition)
        {
            return cue;
        }
        match cue::verb_cue(reading, to, sentence) {
            Some(next)
                if self.judge.log_odds(
                    Question::Extension(cue.head, to),
                    sure(next.score > INFINITIVE),
                    |features| {
                        features::extension(
                            features,
                            reading,
                            &cue,
                            to,
                            next.score > INFINITIVE,
                            sentence.end,
                        );
                    },
                ) > 0.0 =>
            {
                Cue { group: cue.group.start..next.group.end, form: cue.form, score: cue.score, ..next }
            }
            _ => cue,
        }
    }

    /// "expressed concern that": the noun is part of the cue.
    fn with_noun(&self, mut cue: Cue, sentence: &Range<usize>) -> Cue {
        let reading = &self.reading;
        if cue.after != After::Noun {
            return cue;
        }
        let noun = (cue.head + 1..sentence.end.min(cue.head + 5)).find(|at| {
            reading.class(at + 1).intersects(WordClass::PREPOSITION)
                || reading.is(at + 1, "that")
                || reading.is_mark(*at)
        });
        let Some(noun) = noun.filter(|at| !reading.is_mark(*at) && !reading.is_capital(*at)) else {
            return cue;
        };
        if cue::light_verb(reading, cue.head, noun) == Some(cue.head)
            && (cue::nominal(reading, noun) == Some(false) || matches!(cue.lemma.text(), "express" | "voice"))
        {
            let link = reading.is_any(noun + 1, &["that", "to", "whether"]);
            cue.group.end = if link { noun + 1 } else { noun + 2 };
        }
        cue
    }

    /// Where the search for a subject before `at` has to stop.
    fn bound(&self, sentence: &Range<usize>, at: usize) -> usize {
        (sentence.start..at).rev().find(|at| self.is_taken(*at)).map_or(sentence.start, |taken| taken + 1)
    }

    /// The subject of the sentence's main clause, for a verb at `at` without one of its own: the
    /// source of the attribution before it, or the subject of the finite verb before it.
    fn main_subject(&self, sentence: &Range<usize>, at: usize) -> Range<usize> {
        let before = self
            .drafts
            .iter()
            .filter(|draft| {
                !draft.source.is_empty()
                    && draft.link != Link::Nominal
                    && sentence.contains(&draft.source.start)
                    && draft.cue.start < at
            })
            .max_by_key(|draft| draft.cue.start);
        if let Some(draft) = before {
            return draft.source.clone();
        }
        let reading = &self.reading;
        for verb in (sentence.start + 1)..at {
            if reading.is_finite(verb)
                && !reading.is_quoted(verb)
                && !(reading.verb(verb).is_some() && reading.is_finite(verb + 1))
            {
                let mut begin = verb;
                while begin > sentence.start && reading.is_adverb(begin - 1) {
                    begin -= 1;
                }
                let found = source::before(reading, sentence.start, begin);
                let relative = found.len() == 1 && reading.is_any(found.start, &["who", "which", "that"]);
                if !found.is_empty() && !relative {
                    return found;
                }
            }
        }
        at..at
    }

    /// "X's claim that …", "support for …", "is confident that …"
    fn nominal(&self, at: usize, sentence: &Range<usize>) -> Option<Draft> {
        let reading = &self.reading;
        let listed = cue::nominal(reading, at);
        let adjective = listed.or_else(|| cue::nominal_form(reading, at))?;
        let link_word = at + 1;
        let with_link = !reading.is_any(link_word, &["that", "to", "whether"]);
        let limit = self.free_until(link_word, sentence.end);
        let log_odds = self.judge.log_odds(Question::Nominal(at), sure(listed.is_some()), |features| {
            let marks = u32::from(adjective) * 2 + u32::from(listed.is_some());
            let beside = self.circumstance(at, sentence);
            features::nominal(features, reading, at, marks, sentence, limit, beside);
        });
        if log_odds <= self.judge.least() {
            return None;
        }
        let content =
            content::noun_or_clause(reading, if with_link { link_word + 1 } else { link_word }, limit);
        if reading.trimmed(content.clone()).is_empty() {
            return None;
        }
        let mut start = at;
        let first = self.bound(sentence, at);
        let mut source = 0..0;
        if adjective {
            while start > first
                && (reading.is_adverb(start - 1)
                    || reading
                        .class(start - 1)
                        .intersects(WordClass::BE | WordClass::HAVE | WordClass::MODAL)
                    || reading.is_any(start - 1, &["more", "less", "very", "so", "too"]))
            {
                start -= 1;
            }
            source = source::before(reading, first, start);
        } else {
            let owner = (first..at).rev().take(4).find(|at| {
                reading.is_possessive(*at)
                    || reading.is_any(*at, &["his", "her", "their", "its", "my", "our"])
            });
            if let Some(owner) = owner {
                start = owner + 1;
                source = if reading.is_possessive(owner) {
                    source::owner(reading, first, owner)..owner + 1
                } else {
                    owner..owner + 1
                };
            } else if let Some(verb) = cue::light_verb(reading, first, at) {
                start = cue::group_start(reading, verb, first);
                source = source::before(reading, first, start);
                if source.is_empty() {
                    source = self.main_subject(sentence, start);
                }
            }
        }
        let cue = start..if with_link { link_word + 1 } else { at + 1 };
        let anchor = Anchor::nominal(reading, at, adjective, cue.clone());
        let content = vec![content];
        let source = self.source(&anchor, source, &content, first, sentence);
        if source.is_empty() && adjective {
            return None;
        }
        Some(Draft { source, cue, content, link: Link::Nominal, log_odds })
    }

    /// "X: …" in a headline or a transcript.
    fn colon(&self, sentence: &Range<usize>) -> Option<Draft> {
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

    // Quotations that stand alone.

    /// "Lee wrote to the mayor: '…'", "Ann Lee: '…'"
    fn after_colon(&self, quote: Range<usize>, sentence: &Range<usize>) -> Draft {
        let reading = &self.reading;
        let colon = quote.start - 1;
        let first = self.bound(sentence, colon);
        let verb = (first..colon)
            .filter(|at| !reading.is_quoted(*at))
            .filter_map(|at| cue::verb_cue(reading, at, sentence))
            .filter(|cue| is_finite(cue) && cue.score + AFTER_QUOTATION > THRESHOLD)
            .max_by_key(|cue| cue.score);
        let subject = |end: usize| {
            let near = source::before(reading, first, end);
            if near.is_empty() { self.main_subject(sentence, end) } else { near }
        };
        match verb {
            Some(cue) => Draft {
                source: subject(cue.group.start),
                cue: cue.group.clone(),
                content: vec![quote],
                link: Link::CueBefore,
                log_odds: tenths(cue.score),
            },
            None => Draft {
                source: if reading.is_capital(colon - 1) {
                    subject(colon)
                } else {
                    self.main_subject(sentence, colon)
                },
                cue: colon..quote.start,
                content: vec![quote],
                link: Link::Colon,
                log_odds: tenths(0),
            },
        }
    }

    fn neighbours(&mut self, incoming: &State) {
        for index in 0..self.reading.quotes.len() {
            let quote = self.reading.quotes[index].clone();
            let reading = &self.reading;
            if self.is_taken(quote.start) || quote.len() < 6 || !is_speech(reading, &quote) {
                continue;
            }
            let sentence = reading.sentence_of(quote.start);
            if quote.start > sentence.start + 1 && reading.text(quote.start - 1) == ":" {
                let draft = self.after_colon(quote, &sentence);
                self.take(draft);
                continue;
            }
            if quote.start != sentence.start && !reading.is_any(quote.start - 1, &[":", ","]) {
                continue;
            }
            let last = self.drafts.iter().rposition(|draft| draft.extent().start < quote.start);
            let near = last.filter(|last| {
                let end = self.drafts[*last].extent().end.saturating_sub(1);
                let there = reading.sentence_of(end);
                there.end + 1 >= sentence.start && !self.drafts[*last].source.is_empty()
            });
            for index in quote.clone() {
                self.taken[index] = true;
            }
            if let Some(last) = near {
                self.drafts[last].content.push(quote);
            } else if incoming.speaker.is_some() && (incoming.quoting || sentence.start == 0) {
                self.drafts.push(Draft {
                    source: 0..0,
                    cue: quote.start..quote.start,
                    content: vec![quote],
                    link: Link::Neighbour,
                    log_odds: tenths(0),
                });
            }
        }
    }
}

/// What the rules hold of a plain yes or no, in log odds.
fn sure(yes: bool) -> f32 {
    if yes { SURE } else { -SURE }
}

/// Log odds from tenths of them.
fn tenths(score: i32) -> f32 {
    f32::from(i16::try_from(score.clamp(-100, 100)).unwrap_or(0)) / 10.0
}

fn is_finite(cue: &Cue) -> bool {
    matches!(
        cue.form,
        Form::Past | Form::Present | Form::Base | Form::Perfect | Form::Modal | Form::Progressive
    )
}

/// Whether `quote` is a saying rather than a title or a single phrase.
fn is_speech(reading: &Reading<'_>, quote: &Range<usize>) -> bool {
    let Some(last) = quote.end.checked_sub(2).filter(|last| *last > quote.start) else { return false };
    let words = quote.clone().filter(|at| reading.is_word(*at)).count();
    let ends = reading.is_stop(last)
        || reading.is_comma(last)
        || reading.is_dash(last)
        || !reading.is_quote(quote.end - 1);
    let comma_after = reading.is_comma(quote.end);
    words >= 1 && ends || words >= 4 && comma_after || words >= 6
}

/// Whether a noun phrase can begin at `at`.
fn begins_phrase(reading: &Reading<'_>, at: usize) -> bool {
    let class = reading.class(at);
    reading.is_word(at)
        && !reading.is(at, "that")
        && (reading.is_capital(at)
            || class.intersects(WordClass::DETERMINER | WordClass::SUBJECT)
            || !class.intersects(
                WordClass::PREPOSITION
                    | WordClass::SUBORDINATOR
                    | WordClass::COORDINATOR
                    | WordClass::WH
                    | WordClass::TIME,
            ))
}

/// Whether a phrase can begin at `at`, after the word or mark at `before`.
fn may_end_before_phrase(reading: &Reading<'_>, before: usize, at: usize) -> bool {
    let opens = WordClass::DETERMINER
        | WordClass::SUBJECT
        | WordClass::PREPOSITION
        | WordClass::SUBORDINATOR
        | WordClass::WH
        | WordClass::PRONOUN;
    !reading.is_word(before)
        || !reading.class(before).is_empty()
        || reading.verb(before).is_some()
        || reading.class(at).intersects(opens)
        || reading.is_capital(at) && !reading.is_capital(before)
        || reading.kind(at) == Some(crate::language::TokenKind::Number)
        || reading.is_quote(at)
}

/// Whether nothing is said after the cue: its clause ends, or goes on with a time or place alone.
fn ends_here(reading: &Reading<'_>, cue: &Cue, sentence: &Range<usize>) -> bool {
    match cue.after {
        After::End => true,
        After::Mark => {
            !(reading.text(cue.group.end) == ":"
                || reading.is_comma(cue.group.end) && reading.is(cue.group.end + 1, "that"))
        }
        After::Preposition | After::Noun => {
            let end = (cue.group.end..sentence.end)
                .find(|at| {
                    reading.is_stop(*at) || reading.is_dash(*at) || matches!(reading.text(*at), "," | ";")
                })
                .unwrap_or(sentence.end);
            let rest = cue.group.end..end;
            let told = matches!(cue.lemma.text(), "tell" | "ask" | "remind" | "write");
            rest.len() <= 12
                && !rest
                    .clone()
                    .any(|at| reading.is(at, "that") || reading.is_quote(at) || reading.is_finite(at))
                && (cue.after == After::Preposition
                    || told
                    || reading.class(cue.group.end).contains(WordClass::TIME))
        }
        _ => false,
    }
}

/// Whether the gerund follows a noun of its own: "a couple claiming allegiance".
fn modifies_noun(reading: &Reading<'_>, cue: &Cue, sentence: &Range<usize>) -> bool {
    let Some(before) = cue.group.start.checked_sub(1).filter(|at| *at >= sentence.start) else {
        return false;
    };
    reading.is_word(before)
        && !reading.is_finite(before)
        && !reading.class(before).intersects(
            WordClass::PREPOSITION | WordClass::COORDINATOR | WordClass::SUBORDINATOR | WordClass::DETERMINER,
        )
        && !reading.class(before).contains(WordClass::TIME)
}

/// Whether the subject of `cue` is the empty "it" of "it is believed that".
fn is_expletive(reading: &Reading<'_>, cue: &Cue) -> bool {
    cue.group.start.checked_sub(1).is_some_and(|at| reading.is(at, "it"))
        && (cue.group.end..reading.len().min(cue.group.end + 4)).any(|at| reading.is(at, "that"))
}

/// The subject of the clause that begins at `start`.
fn following_subject(reading: &Reading<'_>, start: usize, end: usize) -> Range<usize> {
    let verb = (start + 1..end.min(start + 12)).find(|at| reading.is_finite(*at));
    verb.map_or(start..start, |verb| source::before(reading, start, verb))
}

/// Whether the verb at `head` is a participle that opens the sentence: "Asked about the dam, he …".
fn is_fronted(reading: &Reading<'_>, head: usize, sentence: &Range<usize>) -> bool {
    head == sentence.start
        && reading
            .verb(head)
            .is_some_and(|verb| matches!(verb.form, VerbForm::Gerund | VerbForm::Past | VerbForm::Participle))
}

/// Where the clause of the verb at `head` ends: at the comma, when it is a subordinate clause that
/// opens the sentence ("While she backs the bill, he …"), else with the sentence.
fn fronted_end(reading: &Reading<'_>, head: usize, sentence: &Range<usize>) -> usize {
    let mut first = sentence.start;
    while reading.class(first).contains(WordClass::COORDINATOR) || reading.is_quote(first) {
        first += 1;
    }
    let opens = reading.class(first).contains(WordClass::SUBORDINATOR)
        && !reading.class(first).contains(WordClass::DETERMINER)
        || is_fronted(reading, head, sentence);
    if !opens || (first..head).any(|at| reading.is_comma(at)) {
        return sentence.end;
    }
    (head..sentence.end)
        .find(|at| {
            let comma = reading.is_comma(*at) && !reading.is_quoted(*at);
            let after = at + 1;
            comma
                && (reading.is_capital(after)
                    || reading.class(after).intersects(WordClass::SUBJECT | WordClass::DETERMINER))
                && !reading.is_any(after, &["who", "which", "whose", "that"])
        })
        .unwrap_or(sentence.end)
}

/// Whether there is a finite verb in `start..end` outside relative clauses.
fn has_main_verb(reading: &Reading<'_>, start: usize, end: usize) -> bool {
    let mut relative = false;
    for at in start..end {
        if reading.is_any(at, &["who", "which", "whose"]) && at > start {
            relative = true;
        } else if reading.is_finite(at) || reading.is_quoted(at) && reading.verb(at).is_some() {
            if !relative {
                return true;
            }
        } else if reading.is_comma(at) {
            relative = false;
        }
    }
    false
}

fn begins_adverbial(reading: &Reading<'_>, at: usize) -> bool {
    reading.class(at).intersects(WordClass::PREPOSITION | WordClass::SUBORDINATOR)
        && !reading.class(at).contains(WordClass::DETERMINER)
}

/// Whether a subordinate clause begins at `at`, which a tag after it would not cover: "When asked, he said".
fn begins_subordinate(reading: &Reading<'_>, at: usize) -> bool {
    reading.class(at).contains(WordClass::SUBORDINATOR) && !reading.class(at).contains(WordClass::DETERMINER)
        || reading.verb(at).is_some_and(|verb| verb.form == VerbForm::Gerund)
}

/// Whether the subject belongs to what is said: "he seems to have left".
fn is_raising(cue: &Cue) -> bool {
    matches!(cue.lemma.text(), "seem" | "appear")
        && matches!(cue.after, After::To | After::Noun | After::Preposition | After::As | After::Gerund)
}

/// The "by" after a passive that ends at token `end`, before `limit`.
fn agent(reading: &Reading<'_>, end: usize, limit: usize) -> Option<usize> {
    (end..limit.min(end + 8))
        .find(|at| reading.is(*at, "by") || reading.is_mark(*at) || reading.is(*at, "to"))
        .filter(|at| reading.is(*at, "by"))
}

/// Whether the one spoken to stands between the verb and what is said: "told reporters that".
pub(super) fn addresses(lemma: Lemma) -> bool {
    matches!(lemma.text(), "tell" | "remind" | "assure" | "inform" | "notify" | "reassure" | "email" | "text")
}
