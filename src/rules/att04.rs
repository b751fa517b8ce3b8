//! ATT04: "critics say", a crowd without a face.

use std::sync::LazyLock;

use std::ops::Range;

use crate::language::{VerbForm, WordClass, verb};
use crate::text::TextRange;
use rustc_hash::FxHashSet;

use super::speech::SPEECH;
use super::{Check, Family, RUNNING_TEXT, Report, Rule, RuleContext, Severity};
use crate::actors::ActorKind;
use crate::language::word_set::word_set;

pub(super) static RULE: Rule = Rule {
    code: "ATT04",
    name: "vague-collective",
    severity: Severity::Warning,
    family: Family::Claim,
    rank: 4,
    in_news: true,
    kinds: RUNNING_TEXT,
    page: include_str!("ATT04.md"),
    check: Check::Piece(check),
};

static NOUNS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| word_set(include_str!("att04-nouns.txt")));
/// Groups of whom some may speak.
static GROUPS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| word_set(include_str!("att04-groups.txt")));
static QUANTIFIERS: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| word_set(include_str!("att04-quantifiers.txt")));
fn check(context: &RuleContext<'_>, report: &mut Report<'_>) {
    let tokens = context.passage.tokens();
    for attribution in context.attributions {
        let spoken =
            context.cue_verb(attribution).is_some_and(|(_, verb)| SPEECH.contains(verb.lemma.text()));
        for source in attribution.source.iter().filter(|_| spoken) {
            let words = tokens.inside(*source);
            // "Many" before a word that tells of whom it speaks is a part of the source alone.
            let cut = words.len() == 1
                && !is_noun(context, words.start)
                && !attribution.cue.iter().any(|cue| {
                    let cue = tokens.inside(*cue).start;
                    (words.end..=words.end + 2).contains(&cue) || cue < words.start
                });
            // "Some may recall": it is not told that anybody did.
            let supposed = ["may", "might", "could"].iter().any(|word| tokens.is(words.end, word));
            if cut || supposed || !is_vague(context, words.clone()) || context.passage.is_quoted(*source) {
                continue;
            }
            let sentence = context.passage.sentence_at(source.start());
            // "Said Lee: …", whose source the engine does not see.
            let told_after =
                context.attributions.iter().filter(|other| other.source.is_empty()).any(|other| {
                    other.cue.iter().any(|cue| {
                        context.passage.sentence_at(cue.start()) == sentence + 1
                            && context.mentions.iter().any(|mention| {
                                mention.is_name()
                                    && tokens.inside(mention.range).start == tokens.inside(*cue).end
                            })
                    })
                });
            if context.names_speaker_near(sentence)
                || !context.asks_widely()
                    && (names_one_of(context, words.end, sentence)
                        || is_some_of_those(context, words.clone(), *source))
                || told_after
                || !context.asks_widely() && context.hands_over(sentence)
            {
                continue;
            }
            let text = &context.passage.prose()[*source];
            report.add(
                *source,
                format!("'{text}' could be anybody. Name at least one of them, or say how many and where."),
            );
        }
    }
    for sentence in 0..context.passage.sentences().len() {
        let answered = !context.asks_widely() && context.hands_over(sentence);
        if let Some(range) = vague_subject(context, sentence).filter(|_| !answered) {
            let text = &context.passage.prose()[range];
            report.add(range, format!("'{text}' could be anybody, and no one is on record for this. Name them, or say who counted."));
        }
    }
}

/// Whether the sentence after `sentence` cites one of those the noun before token `end` counts: "Analysts noted … The rate
/// will hold, analyst Ann Lee said".
fn names_one_of(context: &RuleContext<'_>, end: usize, sentence: usize) -> bool {
    let tokens = context.passage.tokens();
    let one = tokens.text(end.saturating_sub(1)).trim_end_matches('s').to_ascii_lowercase();
    let sources = context.attributions.iter().flat_map(|other| &other.source);
    sources.filter(|source| context.passage.sentence_at(source.start()) == sentence + 1).any(|source| {
        let words = tokens.inside(*source);
        let named = context.mentions.iter().any(|mention| {
            mention.is_name()
                && mention.kind == Some(ActorKind::Person)
                && source.contains_range(mention.range)
        });
        named && words.into_iter().any(|at| tokens.is(at, &one))
    })
}

/// Whether "some" and "others" are some of those who were cited before, in the paragraph or right above it ("Two analysts see
/// a fall. Some said …"), or "others" the rest of those whom the sentence spoke of ("Some sources hoped for a vote, but
/// others said …").
fn is_some_of_those(context: &RuleContext<'_>, words: Range<usize>, source: TextRange) -> bool {
    let tokens = context.passage.tokens();
    if words.len() != 1 || !["some", "others"].iter().any(|word| tokens.is(words.start, word)) {
        return false;
    }
    let are_several = |word: &str| {
        let word = word.to_ascii_lowercase();
        GROUPS.contains(word.as_str()) || is_vague_noun(context, &word)
    };
    let cited = |before: &TextRange| {
        before.end() <= source.start() && tokens.inside(*before).any(|at| are_several(tokens.text(at)))
    };
    let above = context.incoming.speaker.as_ref().filter(|_| context.incoming.distance <= ABOVE);
    let sentence = &context.passage.sentences()[context.passage.sentence_at(source.start())];
    // They are told of as a part: "Some sources hoped …".
    let part = || {
        let (some, noun) = (sentence.start, sentence.start + 1);
        let acts = tokens.class(noun + 1).contains(WordClass::AUXILIARY)
            || verb(tokens.text(noun + 1)).is_some_and(|verb| verb.form != VerbForm::Gerund);
        noun < words.start && tokens.is(some, "some") && are_several(tokens.text(noun)) && acts
    };
    context.attributions.iter().flat_map(|other| &other.source).any(cited)
        || above.is_some_and(|speaker| speaker.text.split(' ').any(are_several))
        || part()
}

/// With so many sentences between, those who were cited above are still spoken of.
const ABOVE: u8 = 1;

/// Whether the token `at` is a vague noun.
fn is_noun(context: &RuleContext<'_>, at: usize) -> bool {
    is_vague_noun(context, &context.passage.tokens().text(at).to_ascii_lowercase())
}

/// Whether `word`, in small letters, is one.
fn is_vague_noun(context: &RuleContext<'_>, word: &str) -> bool {
    context.settings.is_listed(RULE.code, word, NOUNS.contains(word))
}

/// Whether `words` are a vague noun with nothing before it but vague words.
fn is_vague(context: &RuleContext<'_>, words: Range<usize>) -> bool {
    let tokens = context.passage.tokens();
    let lower = |at: usize| tokens.text(at).to_ascii_lowercase();
    let Some(last) = words.end.checked_sub(1).filter(|_| !words.is_empty() && words.len() <= 3) else {
        return false;
    };
    let alone = words.len() == 1 && ["some", "many", "others"].iter().any(|word| tokens.is(last, word));
    alone
        || is_noun(context, last)
            && words.clone().take(words.len() - 1).all(|at| QUANTIFIERS.contains(lower(at).as_str()))
            && (words.len() > 1
                || !["people", "countries", "nations", "supporters"].contains(&lower(last).as_str()))
}

/// "Many western countries are …" as the subject of an unsourced sentence: at its head, or after a
/// comma near it.
fn vague_subject(context: &RuleContext<'_>, index: usize) -> Option<TextRange> {
    let tokens = context.passage.tokens();
    let sentence = context.passage.sentences().get(index)?.clone();
    if sentence.len() < 8 || tokens.text(sentence.end - 1).contains('?') {
        return None;
    }
    let begins = |at: usize| at == sentence.start || tokens.text(at - 1) == ",";
    let at = sentence.clone().take(16).find(|at| {
        begins(*at) && ["many", "some", "several", "most"].iter().any(|word| tokens.is(*at, word))
    })?;
    let noun = (at + 1..(at + 4).min(sentence.end)).find(|at| is_noun(context, *at))?;
    // "Many others" are those besides the ones told of.
    if !context.asks_widely() && tokens.is(noun, "others") {
        return None;
    }
    let vague = (at + 1..noun).all(|at| QUANTIFIERS.contains(tokens.text(at).to_ascii_lowercase().as_str()));
    let verb = tokens.class(noun + 1).contains(WordClass::AUXILIARY) || verb(tokens.text(noun + 1)).is_some();
    let range = tokens.span(at, noun);
    // Vague people who want or do something are no source for it.
    let itself = context.attributions.iter().any(|attribution| {
        attribution.source.contains(&range)
            && !context.cue_verb(attribution).is_some_and(|(_, verb)| SPEECH.contains(verb.lemma.text()))
    });
    let open = itself || !context.is_sourced(index);
    (open && vague && verb && !context.passage.is_quoted(range)).then_some(range)
}
