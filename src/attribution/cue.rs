//! Cues: which verbs, nouns and adjectives report, and how surely.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::reading::Reading;
use crate::language::{Lemma, VerbForm, WordClass, entries, with_lower_case};

/// What a clause or quotation after a verb's particle adds to its score.
const AFTER_PARTICLE: i32 = 25;

/// What follows a verb, adverbs left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum After {
    Quote,
    That,
    To,
    As,
    Wh,
    Preposition,
    Noun,
    Gerund,
    Mark,
    End,
}

const AFTER: [&str; 10] = ["quote", "that", "to", "as", "wh", "prep", "noun", "gerund", "mark", "end"];

/// The form a verb has with what stands around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Past,
    Present,
    Base,
    Perfect,
    Modal,
    Passive,
    Progressive,
    Gerund,
    Infinitive,
    Noun,
}

const FORMS: [&str; 10] =
    ["past", "present", "base", "perfect", "modal", "passive", "progressive", "gerund", "infinitive", "noun"];

/// What stands before a verb, adverbs and auxiliaries left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Before {
    Start,
    Pronoun,
    Who,
    Which,
    It,
    And,
    Mark,
    Preposition,
    Determiner,
    Name,
    Plural,
    Noun,
}

const BEFORE: [&str; 12] =
    ["start", "pronoun", "who", "which", "it", "and", "mark", "prep", "det", "name", "plural", "noun"];

/// What is known of one verb, in tenths of log odds.
#[derive(Clone, Debug, Default)]
struct Weights {
    base: i32,
    after: [i32; AFTER.len()],
    /// Prepositions and particles that belong to the cue.
    with: Vec<&'static str>,
}

#[derive(Default)]
struct Contexts {
    bias: i32,
    form: [i32; FORMS.len()],
    after: [i32; AFTER.len()],
    before: [i32; BEFORE.len()],
    form_after: [[i32; AFTER.len()]; FORMS.len()],
    form_before: [[i32; BEFORE.len()]; FORMS.len()],
}

fn place(names: &[&str], name: &str) -> Option<usize> {
    names.iter().position(|known| *known == name)
}

static VERBS: LazyLock<(Vec<Option<Weights>>, Weights)> = LazyLock::new(|| {
    let mut verbs = vec![None; Lemma::count()];
    let mut other = Weights::default();
    for entry in entries(include_str!("lexicon/cue-verbs.txt")) {
        let mut parts = entry.split(' ');
        let lemma = parts.next().unwrap_or_default();
        let mut weights = Weights { base: number(parts.next()), ..Weights::default() };
        for part in parts {
            let Some((name, value)) = part.split_once('=') else { continue };
            if name == "with" {
                weights.with = value.split(',').collect();
            } else if let Some(at) = place(&AFTER, name) {
                weights.after[at] = number(Some(value));
            }
        }
        if lemma == "?" {
            other = weights;
        } else if let Some(slot) = Lemma::of(lemma).and_then(|lemma| verbs.get_mut(lemma.index())) {
            *slot = Some(weights);
        }
    }
    (verbs, other)
});

static CONTEXTS: LazyLock<Contexts> = LazyLock::new(|| {
    let mut contexts = Contexts::default();
    for entry in entries(include_str!("lexicon/cue-contexts.txt")) {
        let parts: Vec<&str> = entry.split(' ').collect();
        match parts.as_slice() {
            ["bias", value] => contexts.bias = number(Some(value)),
            [list, name, value] => {
                let (names, table): (&[&str], &mut [i32]) = match *list {
                    "form" => (&FORMS, &mut contexts.form),
                    "after" => (&AFTER, &mut contexts.after),
                    _ => (&BEFORE, &mut contexts.before),
                };
                if let Some(at) = place(names, name) {
                    table[at] = number(Some(value));
                }
            }
            ["form-after", form, after, value] => {
                if let (Some(form), Some(after)) = (place(&FORMS, form), place(&AFTER, after)) {
                    contexts.form_after[form][after] = number(Some(value));
                }
            }
            ["form-before", form, before, value] => {
                if let (Some(form), Some(before)) = (place(&FORMS, form), place(&BEFORE, before)) {
                    contexts.form_before[form][before] = number(Some(value));
                }
            }
            _ => {}
        }
    }
    contexts
});

/// Each noun and adjective with the words that lead to its content.
static NOMINALS: LazyLock<FxHashMap<&'static str, (bool, Vec<&'static str>)>> = LazyLock::new(|| {
    let read = |list: &'static str, adjective: bool| {
        entries(list).filter_map(move |entry| {
            let mut parts = entry.split(' ');
            Some((parts.next()?, (adjective, parts.collect())))
        })
    };
    read(include_str!("lexicon/cue-nouns.txt"), false)
        .chain(read(include_str!("lexicon/cue-adjectives.txt"), true))
        .collect()
});

fn number(text: Option<&str>) -> i32 {
    text.and_then(|text| text.parse().ok()).unwrap_or(0)
}

/// A verb that may be a cue.
#[derive(Clone, Debug)]
pub(super) struct Cue {
    /// The verb itself.
    pub(super) head: usize,
    /// Its lemma.
    pub(super) lemma: Lemma,
    /// The verb with its auxiliaries, adverbs, particle and preposition.
    pub(super) group: Range<usize>,
    pub(super) form: Form,
    pub(super) after: After,
    /// Tenths of log odds.
    pub(super) score: i32,
}

/// The verb at `head` as a cue, however unlikely.
pub(super) fn verb_cue(reading: &Reading<'_>, head: usize, sentence: &Range<usize>) -> Option<Cue> {
    let verb = reading.verb(head)?;
    let form = form(reading, head, verb.form, sentence.start);
    let after = after(reading, head, sentence.end);
    let before = before(reading, head, sentence.start);
    let contexts = &*CONTEXTS;
    let weights = VERBS.0.get(verb.lemma.index()).and_then(Option::as_ref).unwrap_or(&VERBS.1);
    let (f, a, b) = (form as usize, after as usize, before as usize);
    let mut score = contexts.bias
        + contexts.form[f]
        + contexts.after[a]
        + contexts.before[b]
        + contexts.form_after[f][a]
        + contexts.form_before[f][b]
        + weights.base
        + weights.after[a];
    let mut end = head + 1;
    let mut next = end;
    while next < sentence.end && reading.is_adverb(next) && !reading.is_mark(next) {
        next += 1;
    }
    if next < sentence.end && weights.with.iter().any(|with| reading.is(next, with)) {
        end = next + 1;
        // "pointed out that": the particle stands in the way of what tells most.
        if after == After::Preposition
            && (reading.is(end, "that")
                || reading.is_quote(end)
                || reading.is_comma(end) && reading.is_quote(end + 1))
        {
            score += AFTER_PARTICLE;
        }
    }
    // "pushed back on", "wrote back"
    if reading.is(end, "back") {
        end += 1;
        if reading.is_any(end, &["on", "against", "at"]) {
            end += 1;
        }
    }
    let start = group_start(reading, head, sentence.start);
    Some(Cue { head, lemma: verb.lemma, group: start..end, form, after, score })
}

/// The score `cue` would have with nothing after it, as in a tag: "…, she said."
pub(super) fn score_at_end(cue: &Cue) -> i32 {
    let weights = VERBS.0.get(cue.lemma.index()).and_then(Option::as_ref).unwrap_or(&VERBS.1);
    let at = |after: After| {
        CONTEXTS.after[after as usize]
            + CONTEXTS.form_after[cue.form as usize][after as usize]
            + weights.after[after as usize]
    };
    cue.score - at(cue.after) + at(After::End)
}

/// Whether what the verb reports is a clause as a rule: "say", "believe", not "praise".
pub(super) fn takes_clause(lemma: Lemma) -> bool {
    VERBS.0.get(lemma.index()).and_then(Option::as_ref).is_some_and(|weights| {
        weights.after[After::That as usize] > 3 || weights.base + weights.after[After::That as usize] > 15
    })
}

/// Where the verb group of the verb at `head` begins: its auxiliaries, adverbs and "to" are part of it.
pub(super) fn group_start(reading: &Reading<'_>, head: usize, first: usize) -> usize {
    let gerund = reading.verb(head).is_some_and(|verb| verb.form == VerbForm::Gerund);
    let base = reading.verb(head).is_some_and(|verb| verb.form == VerbForm::Base);
    let mut start = head;
    while start > first {
        let before = start - 1;
        let class = reading.class(before);
        let auxiliary = class.intersects(WordClass::BE | WordClass::HAVE | WordClass::MODAL)
            || reading.is_possessive(before) && gerund;
        let adverb = class.contains(WordClass::ADVERB) && before > first;
        let to = base && reading.is(before, "to");
        if !(auxiliary || adverb || to) || reading.is_quoted(before) {
            break;
        }
        start = before;
    }
    start
}

fn form(reading: &Reading<'_>, head: usize, form: VerbForm, first: usize) -> Form {
    let mut at = head;
    while at > first && reading.is_adverb(at - 1) {
        at -= 1;
    }
    let before = at.checked_sub(1).filter(|before| *before >= first);
    let class = before.map_or(WordClass::empty(), |before| reading.class(before));
    let past = matches!(form, VerbForm::Past | VerbForm::Participle);
    if before.is_some_and(|before| reading.is(before, "to")) {
        return Form::Infinitive;
    }
    let be = class.contains(WordClass::BE) || before.is_some_and(|before| reading.is_possessive(before));
    if form == VerbForm::Gerund {
        return if be { Form::Progressive } else { Form::Gerund };
    }
    if class.contains(WordClass::MODAL) {
        return Form::Modal;
    }
    if past && be {
        return Form::Passive;
    }
    if past && class.contains(WordClass::HAVE) {
        return Form::Perfect;
    }
    let adjacent = head.checked_sub(1).filter(|before| *before >= first);
    if matches!(form, VerbForm::Base | VerbForm::Third) && adjacent.is_some() && reading.follows_article(head)
    {
        return Form::Noun;
    }
    match form {
        VerbForm::Base => Form::Base,
        VerbForm::Third => Form::Present,
        _ => Form::Past,
    }
}

/// What follows the word at `head`, adverbs and times left out.
pub(super) fn after(reading: &Reading<'_>, head: usize, end: usize) -> After {
    let mut at = head + 1;
    while at < end && (reading.is_adverb(at) || is_time(reading, at)) {
        at += 1;
    }
    let text = reading.text(at);
    if at >= reading.len() {
        return After::End;
    }
    if reading.is_quote(at) || matches!(text, "," | ":") && reading.is_quote(at + 1) {
        return After::Quote;
    }
    let class = reading.class(at);
    if at >= end || reading.is_stop(at) || matches!(text, ";" | ")") {
        After::End
    } else if reading.is(at, "that") {
        After::That
    } else if reading.is(at, "to") {
        After::To
    } else if reading.is(at, "as") {
        After::As
    } else if class.contains(WordClass::WH) {
        After::Wh
    } else if class.contains(WordClass::PREPOSITION) {
        After::Preposition
    } else if matches!(text, "," | ":") || reading.is_dash(at) {
        After::Mark
    } else if text.len() > 4 && text.ends_with("ing") && !reading.is_capital(at) {
        After::Gerund
    } else {
        After::Noun
    }
}

/// Whether the word at `at` belongs to a time: "on Tuesday", "last week", "late Thursday".
pub(super) fn is_time(reading: &Reading<'_>, at: usize) -> bool {
    reading.class(at).contains(WordClass::TIME)
        || reading.is_any(at, &["on", "last", "this"]) && reading.class(at + 1).contains(WordClass::TIME)
}

fn before(reading: &Reading<'_>, head: usize, first: usize) -> Before {
    let mut at = head;
    while at > first {
        let class = reading.class(at - 1);
        let skip = WordClass::ADVERB | WordClass::BE | WordClass::HAVE | WordClass::MODAL;
        if !(class.intersects(skip) || reading.is(at - 1, "to")) {
            break;
        }
        at -= 1;
    }
    let Some(before) = at.checked_sub(1).filter(|before| *before >= first) else { return Before::Start };
    let class = reading.class(before);
    let text = reading.text(before);
    if reading.is_any(before, &["he", "she", "they", "i", "we", "you"]) {
        Before::Pronoun
    } else if reading.is(before, "who") {
        Before::Who
    } else if reading.is_any(before, &["that", "which"]) {
        Before::Which
    } else if reading.is_any(before, &["it", "this", "there"]) {
        Before::It
    } else if reading.is_any(before, &["and", "or", "but"]) {
        Before::And
    } else if reading.is_quote(before) || matches!(text, "," | "(" | ")") || reading.is_dash(before) {
        Before::Mark
    } else if class.contains(WordClass::PREPOSITION) {
        Before::Preposition
    } else if class.contains(WordClass::DETERMINER) || reading.is_possessive(before) {
        Before::Determiner
    } else if reading.is_capital(before) {
        Before::Name
    } else if reading.is_mark(before) {
        Before::Start
    } else if text.ends_with('s') {
        Before::Plural
    } else {
        Before::Noun
    }
}

/// The verb that says little beside its noun, for a noun at `noun` with at most a few words between:
/// "|made| an unprompted call for".
pub(super) fn light_verb(reading: &Reading<'_>, first: usize, noun: usize) -> Option<usize> {
    let verb = (first..noun).rev().take(5).find(|at| {
        reading.verb(*at).is_some()
            || reading.is_mark(*at)
            || reading.is_quote(*at)
            || reading.class(*at).intersects(WordClass::PREPOSITION | WordClass::HAVE)
    })?;
    if reading.class(verb).contains(WordClass::HAVE) {
        return (verb + 1 < noun).then_some(verb);
    }
    with_lower_case(reading.verb(verb)?.lemma.text(), |lemma| LIGHT_VERBS.contains(lemma))?.then_some(verb)
}

static LIGHT_VERBS: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| entries(include_str!("lexicon/light-verbs.txt")).collect());

/// Whether the word at `at` is a noun or adjective that reports with the word after it; `true` inside
/// for an adjective.
pub(super) fn nominal(reading: &Reading<'_>, at: usize) -> Option<bool> {
    if !reading.is_word(at)
        || !reading.class(at + 1).intersects(WordClass::PREPOSITION | WordClass::SUBORDINATOR)
    {
        return None;
    }
    with_lower_case(reading.text(at), |lower| {
        let (adjective, links) = NOMINALS.get(lower)?;
        links.iter().any(|link| reading.is(at + 1, link)).then_some(*adjective)
    })
    .flatten()
}

/// Whether the word at `at` may be a noun or adjective that reports, though it is not listed; `true`
/// inside for an adjective.
pub(super) fn nominal_form(reading: &Reading<'_>, at: usize) -> Option<bool> {
    let leads = reading.class(at + 1).intersects(WordClass::PREPOSITION | WordClass::SUBORDINATOR);
    let open = reading.is_word(at) && !reading.is_capital(at) && reading.class(at).is_empty();
    if !leads || !open {
        return None;
    }
    let before = (0..at).rev().find(|at| !reading.is_adverb(*at));
    let be = before.is_some_and(|before| reading.class(before).contains(WordClass::BE));
    Some(be && !reading.text(at).ends_with('s'))
}

/// Whether the one spoken to stands between the verb and what is said: "told reporters that".
pub(super) fn addresses(lemma: Lemma) -> bool {
    matches!(lemma.text(), "tell" | "remind" | "assure" | "inform" | "notify" | "reassure" | "email" | "text")
}
