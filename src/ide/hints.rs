//! What an article leaves unsaid, in a word or two between its words.

use rustc_hash::FxHashSet;
use serde::Deserialize;

use super::claims::{Claim, Origin, claims, span_with_id};
use super::speakers::{name_of_actor, named};
use super::{escape, shorten};
use crate::actors::{Form, Why};
use crate::analysis::{AnalysedBlock, Analysis};
use crate::article::{Span, SpanClass};
use crate::attribution::Attribution;
use crate::stance;
use crate::text::{TextRange, TextSize, size};

/// A few words between the words of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// Where it stands, in bytes of the article.
    pub offset: TextSize,
    /// What it says.
    pub label: String,
    /// What it tells.
    pub kind: HintKind,
    /// Why it says so: Markdown; whatever comes from the article is escaped.
    pub reason: String,
}

/// What a hint tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HintKind {
    /// Where a source stands; after the claim or its reporting words.
    Stance,
    /// Whose words they are; before them.
    Speaker,
    /// Whom a pronoun or an office means; after it.
    Pronoun,
}

/// Which hints are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct HintKinds {
    /// [`HintKind::Stance`].
    pub stance: bool,
    /// [`HintKind::Speaker`].
    pub speaker: bool,
    /// [`HintKind::Pronoun`].
    pub pronoun: bool,
}

impl Default for HintKinds {
    fn default() -> Self {
        Self { stance: true, speaker: true, pronoun: true }
    }
}

/// How sure attribution has to be before a stance is guessed from its reporting words.
const SURE: f32 = 0.75;

/// A source this many bytes before what it says, or more, stands far off.
const FAR: u32 = 240;

/// Sentences since the source was cited from which a carried sentence is told whose it is.
const CARRIED: u8 = 2;

/// Characters of a name that a hint shows.
const SHOWN: usize = 32;

/// The hints of the kinds `wanted` in `within`, in text order.
pub fn hints(analysis: &Analysis, within: TextRange, wanted: HintKinds) -> Vec<Hint> {
    let blocks = analysis.blocks();
    let first = blocks.partition_point(|block| block.range.end() < within.start());
    let last = blocks.partition_point(|block| block.range.start() <= within.end());
    let mut out = Vec::new();
    for index in first..last.max(first) {
        if wanted.stance || wanted.speaker {
            for claim in claims(analysis, index) {
                if wanted.stance {
                    out.extend(stance(analysis, index, &claim));
                }
                if wanted.speaker {
                    out.extend(speaker(analysis, index, &claim));
                }
            }
        }
        if wanted.speaker {
            carried(analysis, index, &mut out);
        }
        if wanted.pronoun {
            pronouns(analysis, index, &mut out);
        }
    }
    out.retain(|hint| within.contains_inclusive(hint.offset));
    out.sort_by_key(|hint| hint.offset);
    out
}

/// Where the source of a claim stands: as it is marked, else where the reporting words take a side.
fn stance(analysis: &Analysis, index: usize, claim: &Claim<'_>) -> Option<Hint> {
    let block = &analysis.blocks()[index];
    let hint = |offset, label: String, reason| Hint { offset, label, kind: HintKind::Stance, reason };
    match claim.origin {
        Origin::Marked(span) => {
            let word = &span.value("stance")?.text;
            let vocabulary = stance::vocabulary_in(analysis.settings(), "stance")?;
            let value = vocabulary.value(word)?;
            let on = span.value("on").map(|on| label_of(analysis, &on.text));
            let end = match claim.cues.first() {
                Some(cue) => after(block, cue.end()),
                None => span.range.end() + block.range.start(),
            };
            let about = on.map_or(String::new(), |on| format!(" On “{}”.", escape(&on)));
            let reason = format!("Marked **{word}**: {}{about}", value.definition);
            Some(hint(end, format!("→ {word}"), reason))
        }
        Origin::Found(found) => {
            if found.confidence < SURE {
                return None;
            }
            let words: Vec<String> = claim.cues.iter().map(|cue| super::prose(analysis, *cue)).collect();
            let cue = words.join(" ");
            // "opposed → oppose?" would tell a reader nothing.
            let value = stance::from_cue(&cue).filter(|value| !stance::names_value(&cue, value))?;
            // The folder's own vocabulary need not have it.
            stance::vocabulary_in(analysis.settings(), "stance")?.value(&value.name)?;
            let reason = format!(
                "Guessed **{}** from the words “{}”: {} What is marked as `stance` counts instead.",
                value.name,
                escape(&shorten(&cue, SHOWN)),
                value.definition
            );
            let end = after(block, claim.cues.last()?.end());
            Some(hint(end, format!("→ {}?", value.name), reason))
        }
    }
}

/// What the header says the stances on `id` are about.
fn label_of(analysis: &Analysis, id: &str) -> String {
    let declared = analysis.header().on.iter().find(|(known, _)| known.text == id);
    declared.map_or_else(|| id.to_owned(), |(_, label)| label.text.clone())
}

/// The end of the spans whose words end at `offset`.
fn after(block: &AnalysedBlock, offset: TextSize) -> TextSize {
    let mut end = offset;
    // Inner spans stand behind the outer ones.
    for span in block.markup.spans.iter().rev() {
        if span.content.end() + block.range.start() == end {
            end = span.range.end() + block.range.start();
        }
    }
    end
}

/// Whose words a claim is, where its source does not stand beside it.
fn speaker(analysis: &Analysis, index: usize, claim: &Claim<'_>) -> Option<Hint> {
    let content = *claim.content.first()?;
    match claim.origin {
        Origin::Marked(span) => {
            let start = span.range.start() + analysis.blocks()[index].range.start();
            if let Some(whole) = span.value("part-of") {
                let (block, first) = span_with_id(analysis, &whole.text)?;
                let by = first.values("by").next()?.0;
                let name = name_of(analysis, by);
                let here = analysis.blocks()[index].range == block.range;
                let reason = format!("A further piece of the claim `{}`.", escape(&whole.text));
                return (!here).then(|| before(start, &name, reason));
            }
            let Some(source) = claim.sources.first() else {
                let id = claim.actors.first()?;
                if is_named(analysis, index, id) {
                    return None;
                }
                let reason = format!("Marked with `by={}`; nothing in this paragraph names it.", escape(id));
                return Some(before(start, &name_of_actor(analysis, id), reason));
            };
            if !is_far(*source, content) {
                return None;
            }
            let found = named(analysis, claim, None)?;
            Some(before(start, &found.name, "Marked; the source stands further up or down.".to_owned()))
        }
        Origin::Found(found) => {
            let piece = piece_of(analysis, index, found)?;
            let goes_on = found.continues() && piece.incoming.speaker.is_some();
            let reason = "The quotation goes on with the words of who spoke before it.".to_owned();
            let text = piece.incoming.speaker.as_ref().filter(|_| goes_on)?.text.clone();
            Some(before(content.start(), &full_name(analysis, &text), reason))
        }
    }
}

/// Whether the block `index` names the actor `id`, or has words that are marked as it.
fn is_named(analysis: &Analysis, index: usize, id: &str) -> bool {
    let block = &analysis.blocks()[index];
    let id = id.strip_prefix("actor:").unwrap_or(id);
    let by_hand = |span: &Span| span.value("ref").is_some_and(|reference| reference.text == id);
    if block.markup.annotations().any(by_hand) {
        return true;
    }
    let Some(actor) = analysis.registry().find(id) else { return false };
    block.pieces.iter().enumerate().any(|(at, piece)| {
        (0..piece.mentions.len())
            .filter_map(|number| analysis.member(index, at, number))
            .any(|member| member.actor == Some(actor))
    })
}

fn is_far(source: TextRange, content: TextRange) -> bool {
    let gap = if source.end() <= content.start() {
        content.start() - source.end()
    } else {
        source.start().checked_sub(content.end()).unwrap_or(size(0))
    };
    u32::from(gap) >= FAR
}

/// The name behind `by`, a span's id or an actor's.
fn name_of(analysis: &Analysis, by: &str) -> String {
    let Some((block, span)) = span_with_id(analysis, by) else { return name_of_actor(analysis, by) };
    if let Some(reference) = span.value("ref") {
        return name_of_actor(analysis, &reference.text);
    }
    let words = span.content + block.range.start();
    let member = analysis.member_in(words).and_then(|member| analysis.cast().members().get(member));
    member.map_or_else(|| super::prose(analysis, words), |member| analysis.name_of(member).to_owned())
}

fn before(offset: TextSize, name: &str, reason: String) -> Hint {
    Hint { offset, label: format!("{}:", shorten(name, SHOWN)), kind: HintKind::Speaker, reason }
}

/// The piece of the block `index` in which `found` was found.
fn piece_of<'a>(
    analysis: &'a Analysis,
    index: usize,
    found: &Attribution,
) -> Option<&'a crate::analysis::PlacedPiece> {
    let mut pieces = analysis.blocks()[index].pieces.iter();
    pieces.find(|piece| piece.attributions.iter().any(|one| std::ptr::eq(one, found)))
}

/// The name of the one of the cast whom `text`, a source's words, names; else the words.
fn full_name(analysis: &Analysis, text: &str) -> String {
    let named = analysis.cast().members().iter().find(|member| {
        let mut names = member.names.iter().map(String::as_str).chain([member.name.as_str()]);
        names.any(|name| text == name || text.ends_with(name) && text.contains(' '))
    });
    named.map_or_else(|| text.to_owned(), |member| analysis.name_of(member).to_owned())
}

/// Whose words the sentences are that go on, some way off, with what a source said.
fn carried(analysis: &Analysis, index: usize, out: &mut Vec<Hint>) {
    for (at, piece) in analysis.blocks()[index].pieces.iter().enumerate() {
        let mut told = None;
        for carried in &piece.carried {
            let far = carried.from.is_none() || carried.distance >= CARRIED;
            // One hint is enough for sentences that follow on one another.
            let follows = told.is_some_and(|before: usize| before + 1 == carried.sentence);
            if far {
                told = Some(carried.sentence);
            }
            if !far || follows {
                continue;
            }
            let Some(range) = piece.passage.sentence_ranges().nth(carried.sentence) else { continue };
            let name = match carried.from {
                None => piece.incoming.speaker.as_ref().map(|speaker| full_name(analysis, &speaker.text)),
                Some(from) => piece.attributions.get(from).and_then(|attribution| {
                    let source = analysis.to_article(index, at, *attribution.source.first()?);
                    let member = analysis.member_in(source);
                    let member = member.and_then(|member| analysis.cast().members().get(member));
                    member.map(|member| analysis.name_of(member).to_owned())
                }),
            };
            let Some(name) = name else { continue };
            let sentences = super::symbols::counted(usize::from(carried.distance), "sentence");
            let reason = format!("Goes on with what was said; the source stands {sentences} before.");
            out.push(before(analysis.to_article(index, at, range).start(), &name, reason));
        }
    }
}

/// Whom the pronouns and offices of a block mean: each person once, and not where the name stands in
/// the same sentence.
fn pronouns(analysis: &Analysis, index: usize, out: &mut Vec<Hint>) {
    let block = &analysis.blocks()[index];
    let is_marked = |range: TextRange| {
        block.markup.annotations().any(|span| {
            matches!(span.class(), Some(SpanClass::Actor | SpanClass::Source))
                && span.content + block.range.start() == range
                && span.value("ref").is_some()
        })
    };
    let mut told: FxHashSet<usize> = FxHashSet::default();
    for (at, piece) in block.pieces.iter().enumerate() {
        let mut named: Vec<(usize, usize)> = Vec::new();
        for (number, mention) in piece.mentions.iter().enumerate() {
            let Some((member, why)) = analysis.resolved(index, at, number) else { continue };
            let sentence = piece.passage.sentence_at(mention.range.start());
            let words = &piece.passage.prose()[mention.range];
            let points = match mention.form {
                Form::Pronoun => ["he", "she", "they"].iter().any(|word| words.eq_ignore_ascii_case(word)),
                Form::Role => true,
                _ => false,
            };
            if !points || !matches!(why, Why::Pronoun | Why::Description) {
                named.push((member, sentence));
                continue;
            }
            let range = analysis.to_article(index, at, mention.range);
            if named.contains(&(member, sentence)) || is_marked(range) || !told.insert(member) {
                continue;
            }
            let name = analysis.name_of(&analysis.cast().members()[member]);
            let reason = if mention.form == Form::Role {
                format!("The only one in this article that “{}” can mean.", escape(words))
            } else {
                format!("The only one “{}” can mean, named here or in the sentence before.", escape(words))
            };
            out.push(Hint {
                offset: after(block, range.end()),
                label: format!("= {}", shorten(name, SHOWN)),
                kind: HintKind::Pronoun,
                reason,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    /// `text` with its hints in ‹ ›.
    fn shown(text: &str) -> String {
        let analysis = Analysis::new(Arc::from(text), Arc::default());
        let mut out = text.to_owned();
        for hint in hints(&analysis, TextRange::up_to(size(text.len())), HintKinds::default()).iter().rev() {
            out.insert_str(hint.offset.into(), &format!("‹{}›", hint.label));
        }
        out
    }

    #[test]
    fn a_stance_stands_after_the_reporting_words() {
        let text = "[Lee]{#s1 .source} [denied]{.cue for=c1} [it]{#c1 .claim by=s1 stance=oppose}.";
        assert_eq!(
            shown(text),
            "[Lee]{#s1 .source} [denied]{.cue for=c1}‹→ oppose› [it]{#c1 .claim by=s1 stance=oppose}."
        );
        assert_eq!(
            shown("Maria Keller denied that the vote was lost. Maria Keller said it was won."),
            "Maria Keller denied‹→ oppose?› that the vote was lost. Maria Keller said it was won."
        );
    }

    #[test]
    fn a_pronoun_says_whom_it_means_where_the_name_is_not_beside_it() {
        assert_eq!(
            shown("Maria Keller left the hall. She was tired, and she went home."),
            "Maria Keller left the hall. She‹= Maria Keller› was tired, and she went home."
        );
        assert_eq!(shown("Maria Keller said she was tired."), "Maria Keller said she was tired.");
    }

    #[test]
    fn a_claim_far_from_its_source_says_whose_it_is() {
        let text = "[It]{.claim by=fra} closed.";
        assert_eq!(shown(text), "‹France:›[It]{.claim by=fra} closed.");
        let text = "[A]{#c1 .claim by=fra} and so on.\n\n[B]{.claim part-of=c1}.";
        assert!(shown(text).contains("‹France:›[B]"), "{}", shown(text));
    }

    #[test]
    fn kinds_are_left_out_when_not_wanted() {
        let text = "Maria Keller denied that it was lost. She left.";
        let analysis = Analysis::new(Arc::from(text), Arc::default());
        let only = HintKinds { stance: false, ..HintKinds::default() };
        let kinds: Vec<HintKind> =
            hints(&analysis, TextRange::up_to(size(text.len())), only).iter().map(|hint| hint.kind).collect();
        assert_eq!(kinds, [HintKind::Pronoun]);
    }
}
