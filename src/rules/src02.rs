//! SRC02: "diplomatic sources said", a source described by its field alone.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::anonymity::AnonymousSource;
use super::phrases::Phrases;
use super::speech::SPEECH;
use super::{Check, Family, RUNNING_TEXT, Report, Rule, RuleContext, Severity};
use crate::actors::{ActorKind, Certainty, Mention};
use crate::attribution::{Attribution, SourceKind};
use crate::language::word_set::word_set;
use crate::language::{TokenKind, WordClass, verb};
use crate::text::TextRange;

pub(super) static RULE: Rule = Rule {
    code: "SRC02",
    name: "anonymous-thin",
    severity: Severity::Warning,
    family: Family::Sourcing,
    rank: 2,
    in_news: true,
    kinds: RUNNING_TEXT,
    page: include_str!("SRC02.md"),
    check: Check::Piece(check),
};

static HEADS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| word_set(include_str!("src02-heads.txt")));
static BARE: LazyLock<FxHashSet<&str>> = LazyLock::new(|| word_set(include_str!("src01-bare.txt")));
/// What a body has in its name.
static BODIES: LazyLock<FxHashSet<&str>> = LazyLock::new(|| word_set(include_str!("src02-bodies.txt")));
/// Words that tell a field and no body.
static FIELDS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| word_set(include_str!("src02-fields.txt")));
static NEARNESS: LazyLock<Phrases<'static>> =
    LazyLock::new(|| Phrases::read(include_str!("src02-nearness.txt")));
/// Said of a source's wish to stay unnamed.
static REASONS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| word_set(include_str!("src02-reasons.txt")));

fn check(context: &RuleContext<'_>, report: &mut Report<'_>) {
    let tokens = context.passage.tokens();
    for source in AnonymousSource::all(context, &HEADS) {
        let range = source.range(tokens);
        let sentence = &context.passage.sentences()[context.passage.sentence_at(range.start())];
        let after = if context.asks_widely() { sentence.end } else { next_end(context, range) };
        let reason =
            (sentence.start..after).any(|at| REASONS.contains(tokens.text(at).to_ascii_lowercase().as_str()));
        let bare_source = source.noun(tokens).starts_with("source")
            && source.modifiers(tokens).all(|word| BARE.contains(word.to_ascii_lowercase().as_str()));
        if reason || !context.asks_widely() && !withholds_a_name(context, &source) {
            continue;
        }
        if let Some(range) = nearness(context, &source) {
            let message = format!(
                "'{}' says whom they are near, and not how they know this. Say how many they are, what they saw or read, and why they are not named.",
                &context.passage.prose()[range]
            );
            report.add(range, message);
            continue;
        }
        if source.is_specified || bare_source || names_a_body(context, &source) {
            continue;
        }
        let message = format!(
            "'{}' tells the field and no more. Say how many they are, how they know this and why they are not named.",
            &context.passage.prose()[range]
        );
        report.add(range, message);
    }
}

/// The token at which the sentence after that of `range` ends, which may tell why nobody is named.
fn next_end(context: &RuleContext<'_>, range: TextRange) -> usize {
    let sentences = context.passage.sentences();
    let at = context.passage.sentence_at(range.start());
    sentences.get(at + 1).unwrap_or(&sentences[at]).end
}

/// Whether somebody of whom `source` tells no more than this spoke, and no one is named instead: neither a body whose
/// officials speak for it ("election officials") nor a person beside them.
fn withholds_a_name(context: &RuleContext<'_>, source: &AnonymousSource) -> bool {
    let range = source.range(context.passage.tokens());
    let sentence = context.passage.sentence_at(range.start());
    let mut speeches = context
        .attributions
        .iter()
        .filter(|attribution| attribution.source.iter().any(|words| words.contains_range(range)));
    let spoke = speeches.any(|attribution| {
        context.cue_verb(attribution).is_none_or(|(_, verb)| SPEECH.contains(verb.lemma.text()))
    });
    let noun = source.noun(context.passage.tokens());
    // Sources are nobody's voice, whoever speaks beside them.
    let answered =
        !noun.starts_with("source") && (context.names_speaker_near(sentence) || context.hands_over(sentence));
    let known = noun.ends_with('s') && is_of_body_before(context, source);
    spoke && !answered && !known && !speaks_for_a_body(context, source)
}

/// Whether the source is plainly of the body that was cited right before, "the county's police department said in a
/// statement. Officials said …", or those who were cited go on, "US officials said … Officials said", or others beside
/// them, "Other officials said". Sources are nobody's.
fn is_of_body_before(context: &RuleContext<'_>, source: &AnonymousSource) -> bool {
    let tokens = context.passage.tokens();
    let noun = source.noun(tokens);
    let mut described = source.modifiers(tokens);
    let first = described.next();
    let others = first.is_some_and(|word| word.eq_ignore_ascii_case("other"));
    if noun.starts_with("source") || noun.starts_with("insider") || first.is_some() && !others {
        return false;
    }
    let is_body = |kind: SourceKind, text: &str| {
        let mut words = text.split(|char: char| !char.is_alphanumeric()).map(str::to_ascii_lowercase);
        let known = |word: String| BODIES.contains(word.as_str()) || word == noun || word == "they";
        kind == SourceKind::Organisation || others || words.any(known)
    };
    let start = tokens.list[*source.words.start()].range.start();
    let cited = |found: &&Attribution| found.source.first().is_some_and(|words| words.start() < start);
    if let Some(last) = context.attributions.iter().rfind(cited) {
        return last.source.iter().any(|words| is_body(last.kind, &context.passage.prose()[*words]));
    }
    let before = context.incoming.speaker.as_ref().filter(|_| context.incoming.distance <= BEFORE);
    before.is_some_and(|speaker| is_body(speaker.kind, &speaker.text))
}

/// A body cited with so many sentences between still is who its officials are.
const BEFORE: u8 = 1;

/// Whether the source is the voice of a body: a word before it names one.
fn speaks_for_a_body(context: &RuleContext<'_>, source: &AnonymousSource) -> bool {
    let tokens = context.passage.tokens();
    let (start, head) = (*source.words.start(), *source.words.end());
    let noun = source.noun(tokens);
    if noun.starts_with("source") || noun.starts_with("insider") {
        return (start..head).any(|at| ["media", "news", "press"].iter().any(|word| tokens.is(at, word)));
    }
    let sentence = context.passage.sentence_at(tokens.list[start].range.start());
    let first = context.passage.sentences()[sentence].start;
    let is_in =
        |list: &FxHashSet<&str>, at: usize| list.contains(tokens.text(at).to_ascii_lowercase().as_str());
    // "Fed officials", of which the source is the second word.
    if start > first + 1 && tokens.list[start - 1].capital && tokens.list[start - 1].kind == TokenKind::Word {
        return true;
    }
    let describing =
        || (start..head).filter(|at| tokens.list[*at].kind == TokenKind::Word && !is_in(&BARE, *at));
    let named = |at: usize| {
        let from = |mention: &Mention| {
            matches!(mention.kind, Some(ActorKind::Country | ActorKind::Place | ActorKind::Group))
                && mention.range.contains_range(tokens.list[at].range)
        };
        tokens.list[at].capital && at > first && !is_in(&FIELDS, at) && !context.mentions.iter().any(from)
    };
    if describing().any(named) {
        return true;
    }
    // One, or some of them: they chose not to be named. Without an article it is a headline's word or one that
    // describes somebody named.
    let counted = (start..head).any(|at| is_in(&BARE, at));
    if !noun.ends_with('s') {
        return !counted;
    }
    !counted && describing().any(|at| (!tokens.list[at].capital || at == first) && !is_in(&FIELDS, at))
}

/// How many words what a source is near has at most.
const LONGEST: usize = 4;

/// The source with the words that tell only what it is near: "sources close to the board". Where a clause tells more
/// of it ("… who read the letter") there is none.
fn nearness(context: &RuleContext<'_>, source: &AnonymousSource) -> Option<TextRange> {
    let tokens = context.passage.tokens();
    let after = source.words.end() + 1;
    let phrase = NEARNESS.at(tokens, after)?;
    let mut last = source.last.max(source.words.end() + phrase);
    // What it is near belongs to it: "… close to the board".
    let of_name = |at: usize| {
        let ends =
            WordClass::AUXILIARY | WordClass::PREPOSITION | WordClass::COORDINATOR | WordClass::PRONOUN;
        let is_word = tokens.list.get(at).is_some_and(|token| token.kind == TokenKind::Word);
        is_word && !tokens.class(at).intersects(ends) && verb(tokens.text(at)).is_none()
    };
    if last == source.words.end() + phrase {
        last += (last + 1..last + 1 + LONGEST).take_while(|at| of_name(*at)).count();
    }
    let told = (after..=last + 2)
        .any(|at| ["who", "whose", "briefed", "involved"].iter().any(|word| tokens.is(at, word)));
    (!told).then(|| tokens.span(*source.words.start(), last))
}

/// Whether a word before the noun names whom the source works for ("Foreign Office sources", "her
/// aides"), more than a country or place does, or the source is one of several ("leaders and
/// diplomats").
fn names_a_body(context: &RuleContext<'_>, source: &AnonymousSource) -> bool {
    let tokens = context.passage.tokens();
    let words = *source.words.start()..*source.words.end();
    let belongs = words.clone().any(|at| {
        ["'s", "’s", "'", "’", "his", "her", "its", "their", "and"].iter().any(|word| tokens.is(at, word))
    });
    let before = source.range(tokens);
    let where_from = [ActorKind::Country, ActorKind::Place, ActorKind::Group];
    belongs
        || context.mentions.iter().any(|mention| {
            let body = mention.kind.is_none_or(|kind| !where_from.contains(&kind));
            body && mention.is_name()
                && mention.certainty > Certainty::Doubtful
                && before.contains_range(mention.range)
        })
}
