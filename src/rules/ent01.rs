//! ENT01: a sentence out of which a name was lost.
//!
//! A hole shows where words meet that English keeps apart: a verb where a subject should stand, or
//! a preposition or verb before something that cannot be its object.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::{Check, Ending, Family, RUNNING_TEXT, Report, Rule, RuleContext, Severity};
use crate::article::SpanClass;
use crate::language::word_set::word_set;
use crate::language::{
    FiniteForm, TokenKind, Tokens, VerbForm, WordClass, entries, finite_form, verb, with_lower_case,
};
use crate::text::{TextRange, range};

pub(super) static RULE: Rule = Rule {
    code: "ENT01",
    name: "missing-mention",
    severity: Severity::Warning,
    family: Family::Name,
    rank: 0,
    in_news: true,
    kinds: RUNNING_TEXT,
    page: include_str!("ENT01.md"),
    check: Check::Piece(check),
};

/// A place where a name is missing: before token `before`, shown by the tokens from `first` to `last`.
struct Hole {
    before: usize,
    first: usize,
    last: usize,
    missing: Missing,
}

/// What the lost name was to its sentence.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Missing {
    Subject,
    Object,
}

fn check(context: &RuleContext<'_>, report: &mut Report<'_>) {
    let tokens = context.passage.tokens();
    for sentence in context.passage.sentences() {
        // A line that goes on with the one before has its subject there.
        let goes_on = sentence.start == 0 && context.before == Ending::Open;
        let opening = if goes_on { None } else { opening(tokens, sentence.clone()) };
        let mut from = sentence.start;
        if let Some(hole) = opening {
            from = hole.last + 1;
            tell(context, &hole, report);
        }
        while from < sentence.end {
            let hole = lost_subject(tokens, sentence, from).or_else(|| lost_object(tokens, sentence, from));
            from = hole.as_ref().map_or(from, |hole| hole.last) + 1;
            if let Some(hole) = hole {
                tell(context, &hole, report);
            }
        }
    }
}

/// Reports `hole` unless it lies in a quotation, which may well leave out its subject, or a person
/// marked what is missing.
fn tell(context: &RuleContext<'_>, hole: &Hole, report: &mut Report<'_>) {
    let tokens = context.passage.tokens();
    let words = tokens.span(hole.first, hole.last);
    // Who marks the hole may put it at the head of the phrase or right before the verb.
    let holes = gap(tokens, hole.first).cover(gap(tokens, hole.before));
    let marked = context.spans(SpanClass::Missing).any(|(_, place)| holes.contains_inclusive(place.start()));
    if marked || context.passage.is_quoted(words) {
        return;
    }
    let text = &context.passage.prose()[words];
    let message = match hole.missing {
        Missing::Subject => {
            format!("A name seems to be missing before '{}'. Say who.", tokens.text(hole.before))
        }
        Missing::Object if tokens.text(hole.first).eq_ignore_ascii_case(tokens.text(hole.before)) => {
            let word = tokens.text(hole.first);
            format!("'{word}' stands twice. Take one out, or say whom or what is missing between the two.")
        }
        Missing::Object => {
            format!("A name seems to be missing in '{text}'. Say whom or what it is about.")
        }
    };
    report.add(words, message);
}

/// The white space before token `at`, or the text's beginning.
fn gap(tokens: Tokens<'_>, at: usize) -> TextRange {
    let start = at.checked_sub(1).and_then(|before| tokens.list.get(before)).map(|token| token.range.end());
    let end = tokens.list.get(at).map(|token| token.range.start());
    range(start.map_or(0, usize::from), end.or(start).map_or(0, usize::from))
}

/// A sentence that begins in lower case with a verb, or with a phrase and then a verb.
fn opening(tokens: Tokens<'_>, sentence: Range<usize>) -> Option<Hole> {
    let start = sentence.start;
    let first = tokens.list.get(start)?;
    if first.kind != TokenKind::Word || sentence.len() < 3 {
        return None;
    }
    if first.capital {
        return capital_opening(tokens, &sentence);
    }
    let before = start.checked_sub(1).map_or("", |before| tokens.text(before));
    // A short capitalised word with a full stop may be an abbreviation the lexicon does not have.
    let abbreviated = start >= 2
        && before == "."
        && tokens.list[start - 2].capital
        && tokens.text(start - 2).len() <= 3
        && !tokens.text(start - 2).chars().all(char::is_uppercase);
    if abbreviated || !(before.is_empty() || before == ".") {
        return None;
    }
    if let Some(verb) = predicate(tokens, start, sentence.end) {
        let hole = Hole {
            before: start,
            first: start,
            last: complement(tokens, verb, sentence.end),
            missing: Missing::Subject,
        };
        return Some(hole);
    }
    if !tokens.class(start).contains(WordClass::PREPOSITION) {
        return None;
    }
    let verb = phrase_then_verb(tokens, start, sentence.end)?;
    Some(Hole {
        before: verb,
        first: verb.saturating_sub(3).max(start),
        last: verb,
        missing: Missing::Subject,
    })
}

/// "Has maintained …" at a sentence's start, where nothing is asked.
fn capital_opening(tokens: Tokens<'_>, sentence: &Range<usize>) -> Option<Hole> {
    let start = sentence.start;
    let perfect = tokens.is(start, "has") || tokens.is(start, "had");
    let participle = !tokens.list.get(start + 1)?.capital
        && finite_form(tokens.text(start + 1)).contains(FiniteForm::PAST_OR_PARTICIPLE);
    let stated = tokens.text(sentence.end - 1) == ".";
    (perfect && participle && stated).then_some(Hole {
        before: start,
        first: start,
        last: start + 1,
        missing: Missing::Subject,
    })
}

/// The index of the finite verb that stands at `at`, adverbs before it left out.
fn predicate(tokens: Tokens<'_>, at: usize, end: usize) -> Option<usize> {
    let verb = (at..end.min(at + 3)).find(|index| !is_adverb(tokens, *index))?;
    (is_auxiliary(tokens, verb) || is_finite(tokens, verb)).then_some(verb)
}

/// The token up to which a verb at `verb` is shown: its participle, or its object when that is a
/// determiner and a noun.
fn complement(tokens: Tokens<'_>, verb: usize, end: usize) -> usize {
    let next = |index: usize| index < end && tokens.list[index].kind == TokenKind::Word;
    if is_auxiliary(tokens, verb) && next(verb + 1) {
        return verb + 1;
    }
    let object = tokens.class(verb + 1).contains(WordClass::DETERMINER) && next(verb + 1) && next(verb + 2);
    if object { verb + 2 } else { verb }
}

/// The verb after a phrase of a few words that begins at `start` and holds no subject of its own:
/// "at the time joined".
fn phrase_then_verb(tokens: Tokens<'_>, start: usize, end: usize) -> Option<usize> {
    for at in start + 1..end.min(start + 7) {
        let token = &tokens.list[at];
        let breaks = token.kind != TokenKind::Word
            || token.class.intersects(WordClass::PRONOUN | WordClass::SUBORDINATOR)
                && !token.class.contains(WordClass::DETERMINER);
        if breaks {
            return None;
        }
        let verb = is_auxiliary(tokens, at) || is_finite(tokens, at);
        let noun_before = !tokens.class(at - 1).intersects(WordClass::DETERMINER | WordClass::PREPOSITION);
        if verb && noun_before {
            return Some(at);
        }
    }
    None
}

/// A conjunction, or a phrase set off by a comma, and then a finite verb: "because has", "that in
/// these talks, has remained".
fn lost_subject(tokens: Tokens<'_>, sentence: &Range<usize>, at: usize) -> Option<Hole> {
    let end = sentence.end;
    let found = |before: usize, first: usize, last: usize| {
        Some(Hole { before, first, last, missing: Missing::Subject })
    };
    let verb = at + 1;
    if verb >= end {
        return None;
    }
    if tokens.text(at) == "," && set_off_phrase(tokens, sentence, at) && is_perfect(tokens, verb, end) {
        return found(verb, at - 1, verb + 1);
    }
    let verb = if is_adverb(tokens, verb) && !tokens.is(verb, "not") { verb + 1 } else { verb };
    if verb >= end || tokens.list[verb].kind != TokenKind::Word || tokens.list[verb].capital {
        return None;
    }
    let lost = with_lower_case(tokens.text(at), |word| match word {
        // "because claims have": the plural of a noun.
        "because" => {
            let next = tokens.class(verb + 1);
            let noun = next.intersects(WordClass::AUXILIARY | WordClass::BE | WordClass::HAVE)
                || next.contains(WordClass::PREPOSITION)
                    && !tokens.is(verb + 1, "to")
                    && PLURALS.contains(tokens.text(verb));
            // "Because had he stayed": an "if" of its own.
            let inverted = tokens.class(verb).contains(WordClass::HAVE)
                && tokens.class(verb + 1).contains(WordClass::SUBJECT);
            is_auxiliary(tokens, verb) && !inverted
                || is_finite(tokens, verb) && !is_participial(tokens, verb) && (!noun || verb + 1 >= end)
        }
        "although" | "while" | "unless" | "if" | "whether" => {
            is_auxiliary(tokens, verb) || is_plainly_finite(tokens, verb)
        }
        // "The sales though were small": an adverb, where no clause stands before it.
        "though" => {
            (is_auxiliary(tokens, verb) || is_plainly_finite(tokens, verb))
                && (at == sentence.start
                    || (sentence.start..at).any(|at| {
                        is_auxiliary(tokens, at) || is_finite(tokens, at) || is_participial(tokens, at)
                    }))
        }
        // "After declines in May": the plural of a noun, unless it has an object.
        "after" => {
            let plural = finite_form(tokens.text(verb)).contains(FiniteForm::THIRD)
                && !tokens.class(verb + 1).contains(WordClass::DETERMINER);
            !follows_time(tokens, at)
                && (is_auxiliary(tokens, verb) || is_plainly_finite(tokens, verb) && !plural)
        }
        "when" => {
            is_plainly_finite(tokens, verb) || is_auxiliary(tokens, verb) && !is_question(tokens, verb, end)
        }
        _ => false,
    });
    if lost == Some(true) { found(at + 1, at, verb) } else { None }
}

/// Whether the words between the comma at `comma` and the last "that" or the sentence's start are one
/// phrase with a preposition, so that a subject must follow.
fn set_off_phrase(tokens: Tokens<'_>, sentence: &Range<usize>, comma: usize) -> bool {
    let lowest = comma.saturating_sub(8).max(sentence.start);
    for at in (lowest..comma).rev() {
        let token = &tokens.list[at];
        if token.kind != TokenKind::Word && token.kind != TokenKind::Number {
            return false;
        }
        let opens = token.class.contains(WordClass::PREPOSITION);
        let reported = at > sentence.start + 1
            && tokens.is(at - 1, "that")
            && (is_finite(tokens, at - 2) || is_participial(tokens, at - 2));
        if opens && (at == sentence.start || reported) {
            return true;
        }
        if is_auxiliary(tokens, at) || token.class.intersects(WordClass::COORDINATOR) {
            return false;
        }
    }
    false
}

/// "has remained", "had been", "has not said".
fn is_perfect(tokens: Tokens<'_>, at: usize, end: usize) -> bool {
    (tokens.is(at, "has") || tokens.is(at, "had"))
        && at + 1 < end
        && (finite_form(tokens.text(at + 1)).contains(FiniteForm::PAST_OR_PARTICIPLE)
            || is_adverb(tokens, at + 1))
        && !tokens.list[at + 1].capital
}

/// A preposition or verb whose object is not there.
fn lost_object(tokens: Tokens<'_>, sentence: &Range<usize>, at: usize) -> Option<Hole> {
    let end = sentence.end;
    let token = tokens.list.get(at)?;
    if token.kind != TokenKind::Word || at + 1 >= tokens.len() || at == sentence.start {
        return None;
    }
    let found = |last: usize| Some(Hole { before: at + 1, first: at, last, missing: Missing::Object });
    let governs = || GOVERNING.contains(tokens.text(at));
    let next = tokens.text(at + 1);
    if matches!(next, "." | "," | ";" | "?" | "!") {
        // An ellipsis, or a comma that was set before the quotation instead of after the verb.
        let misplaced = tokens.list.get(at + 2).is_some_and(|token| {
            token.kind == TokenKind::Stop || token.kind == TokenKind::Quote && gap(tokens, at + 2).is_empty()
        });
        let said = next == "." && closes_tag(tokens, sentence, at);
        let apart =
            &tokens.prose[gap(tokens, at + 1)] == " " && !is_decimal(tokens, at + 1) && !said && !misplaced;
        let wants = governs()
            || token.class.contains(WordClass::PREPOSITION)
            || TRANSITIVE.contains(tokens.text(at))
            || !token.capital && tokens.text(at).len() > 5 && tokens.text(at).ends_with("ing")
            || is_participial(tokens, at);
        let fetched = || asks(tokens, sentence, at) || is_relative(tokens, sentence, at);
        return if apart && wants && !fetched() { found(at + 1) } else { None };
    }
    let begins = BEGINNING.contains(next)
        && !is_measure(tokens, at + 1)
        && !is_broken(tokens, at + 1)
        && !is_degree(tokens, at + 1);
    if at + 2 >= end || token.capital || !begins {
        return None;
    }
    if governs() {
        let normal = PAIRS.iter().any(|(first, second)| *first == tokens.text(at) && *second == next);
        return if normal || is_adverbial(tokens, at) || is_stranded(tokens, sentence, at) {
            None
        } else {
            found(next_word(tokens, at + 1, end))
        };
    }
    // "There is support for it": a noun after "be".
    let auxiliary = is_auxiliary(tokens, at - 1) && !tokens.class(at - 1).contains(WordClass::BE);
    let infinitive = TRANSITIVE.contains(tokens.text(at)) && (tokens.is(at - 1, "to") || auxiliary);
    let easy = at >= 2
        && tokens.is(at - 1, "to")
        && [
            "easy",
            "easier",
            "hard",
            "harder",
            "difficult",
            "impossible",
            "tough",
            "tougher",
            "simple",
            "close",
            "closer",
            "near",
            "due",
        ]
        .iter()
        .any(|word| tokens.is(at - 2, word));
    let fetched = || asks(tokens, sentence, at) || is_relative(tokens, sentence, at);
    if infinitive && !easy && !fetched() { found(at + 1) } else { None }
}

/// Whether the full stop at `at` begins a number: "at .237 ounces".
fn is_decimal(tokens: Tokens<'_>, at: usize) -> bool {
    let number = tokens.list.get(at + 1).is_some_and(|token| token.kind == TokenKind::Number);
    number && gap(tokens, at + 1).is_empty()
}

/// Whether the verb at `at` stands after its subject in a tag, so that only a space too many is before the full stop: "The
/// road is closed, Ann Lee said ."
fn closes_tag(tokens: Tokens<'_>, sentence: &Range<usize>, at: usize) -> bool {
    let reports = verb(tokens.text(at))
        .is_some_and(|verb| matches!(verb.lemma.text(), "say" | "add" | "report" | "announce"));
    let subject = at - 1;
    let named = tokens.list[subject].capital || tokens.class(subject).contains(WordClass::SUBJECT);
    let opens = |at: usize| tokens.text(at) == "," || tokens.list[at].kind == TokenKind::Quote;
    let first = subject.saturating_sub(TAG).max(sentence.start + 1);
    reports && named && (first..subject).any(opens)
}

/// Tokens before a tag's verb back to which the mark that opens the tag is looked for.
const TAG: usize = 8;

/// Whether the word at `at` is the first half of one that was broken at a line's end: "by over- sight".
fn is_broken(tokens: Tokens<'_>, at: usize) -> bool {
    tokens.is(at + 1, "-") && gap(tokens, at + 1).is_empty() && !gap(tokens, at + 2).is_empty()
}

/// The token after `at` when it is a word, else `at`.
fn next_word(tokens: Tokens<'_>, at: usize, end: usize) -> usize {
    if at + 1 < end && tokens.list[at + 1].kind == TokenKind::Word { at + 1 } else { at }
}

/// Whether the token at `at` is a number in words.
fn is_numeral(tokens: Tokens<'_>, at: usize) -> bool {
    tokens.text(at).split('-').all(|part| NUMERALS.contains(part))
}

/// "over optimistic assumptions", "over the counter dealers": a word that goes with the adjective after it, as it does where
/// two plain words follow.
fn is_degree(tokens: Tokens<'_>, at: usize) -> bool {
    let plain = (at + 1..at + 3).all(|at| {
        tokens
            .list
            .get(at)
            .is_some_and(|next| next.kind == TokenKind::Word && !next.capital && next.class.is_empty())
    });
    let over_the_counter = tokens.is(at + 1, "the") && tokens.is(at + 2, "counter");
    tokens.is(at, "over") && (plain || over_the_counter)
}

/// "over 500", "over fifty", "at least", "as many as", "in 10": a measure, which can be an object.
fn is_measure(tokens: Tokens<'_>, at: usize) -> bool {
    let number = tokens.list.get(at + 1).is_some_and(|token| token.kind == TokenKind::Number)
        || ["$", "£", "€", "a", "an", "half", "several"].iter().any(|word| tokens.is(at + 1, word))
        || is_numeral(tokens, at + 1);
    // "over US 4 billion"
    let currency = tokens.text(at + 1).bytes().all(|byte| byte.is_ascii_uppercase())
        && tokens.list.get(at + 2).is_some_and(|token| token.kind == TokenKind::Number);
    (number || currency) && tokens.is(at, "over")
        || tokens.is(at, "at") && (tokens.is(at + 1, "least") || tokens.is(at + 1, "most"))
        || tokens.is(at, "as")
            && [
                "many", "much", "few", "little", "low", "high", "long", "soon", "far", "well", "young",
                "old", "early", "late", "large", "small",
            ]
            .iter()
            .any(|word| tokens.is(at + 1, word))
}

/// Whether the preposition at `at` wants no object, or has one that begins like a phrase: "drove by in a car", "instead
/// of on Monday", "unheard of in town", "from in vitro".
fn is_adverbial(tokens: Tokens<'_>, at: usize) -> bool {
    let is = |at: usize, words: &[&str]| words.iter().any(|word| tokens.is(at, word));
    let moves = || with_lower_case(tokens.text(at - 1), |word| MOTION.contains(word)) == Some(true);
    tokens.is(at, "by") && moves()
        || tokens.is(at, "of") && is(at - 1, &["instead", "unheard"])
        || tokens.is(at + 1, "in") && is(at + 2, &["vitro", "vivo", "utero", "situ", "absentia", "camera"])
}

/// Whether the preposition at `at` may have its object further left: after a participle ("called for
/// by"), or where something is asked or a relative clause runs ("the man he voted for in March").
fn is_stranded(tokens: Tokens<'_>, sentence: &Range<usize>, at: usize) -> bool {
    !tokens.is(at, "by")
        && finite_form(tokens.text(at - 1)).intersects(FiniteForm::PAST | FiniteForm::PAST_OR_PARTICIPLE)
        || tokens.class(at - 1).intersects(WordClass::PREPOSITION | WordClass::SUBORDINATOR)
        || tokens.is(at, "for") && ["look", "looking", "unheard"].iter().any(|word| tokens.is(at - 1, word))
        || asks(tokens, sentence, at)
        || is_relative(tokens, sentence, at)
}

/// Whether a noun and a clause about it stand before `at`: "the party he was part of in May", "a subject that she
/// had no time for in May".
fn is_relative(tokens: Tokens<'_>, sentence: &Range<usize>, at: usize) -> bool {
    let noun = |at: usize| {
        let token = &tokens.list[at];
        let plain = WordClass::DETERMINER | WordClass::TIME | WordClass::NOT_ADVERB;
        token.kind == TokenKind::Word
            && token.class.difference(plain).is_empty()
            && !token.class.contains(WordClass::DETERMINER)
            && (verb(tokens.text(at)).is_none_or(|verb| verb.form == VerbForm::Base)
                || at > sentence.start && tokens.is(at - 1, "the"))
            && !finite_form(tokens.text(at)).intersects(FiniteForm::PAST | FiniteForm::PAST_OR_PARTICIPLE)
    };
    let words = (at.saturating_sub(RELATIVE).max(sentence.start + 1)..at).rev();
    words
        .take_while(|at| tokens.list[*at].kind == TokenKind::Word)
        .any(|at| (tokens.is(at, "that") || tokens.class(at).contains(WordClass::SUBJECT)) && noun(at - 1))
}

/// Tokens back to which a clause about a noun is looked for.
const RELATIVE: usize = 9;

/// Whether a word that fetches an object from the left stands shortly before `at`.
fn asks(tokens: Tokens<'_>, sentence: &Range<usize>, at: usize) -> bool {
    (at.saturating_sub(7).max(sentence.start)..at).any(|index| {
        ["what", "who", "whom", "which", "whatever", "whoever"].iter().any(|word| tokens.is(index, word))
    })
}

fn is_auxiliary(tokens: Tokens<'_>, at: usize) -> bool {
    tokens.class(at).contains(WordClass::AUXILIARY)
        && !tokens.text(at).contains(['\'', '’'])
        && !tokens.list[at].capital
        && !tokens.is(at, "have")
}

fn is_finite(tokens: Tokens<'_>, at: usize) -> bool {
    !tokens.list[at].capital && finite_form(tokens.text(at)).intersects(FiniteForm::FINITE)
}

fn is_participial(tokens: Tokens<'_>, at: usize) -> bool {
    finite_form(tokens.text(at)).contains(FiniteForm::PAST_OR_PARTICIPLE)
}

/// A verb that can be no participle, or one with an object right after it.
fn is_plainly_finite(tokens: Tokens<'_>, at: usize) -> bool {
    let form = finite_form(tokens.text(at));
    form.contains(FiniteForm::PAST)
        || form.contains(FiniteForm::THIRD)
            && !tokens.class(at).contains(WordClass::DETERMINER)
            && !PLURALS.contains(tokens.text(at))
        || form.contains(FiniteForm::PAST_OR_PARTICIPLE)
            && ["the", "his", "her", "its", "their", "that"].iter().any(|word| tokens.is(at + 1, word))
            // "Although cut the year before": when, and no object.
            && !tokens.class(at + 2).contains(WordClass::TIME)
            && !["next", "whole"].iter().any(|word| tokens.is(at + 2, word))
            && !TWO_OBJECTS.contains(tokens.text(at))
}

/// "when did he", "when will voters": the subject follows the auxiliary.
fn is_question(tokens: Tokens<'_>, auxiliary: usize, end: usize) -> bool {
    let next = auxiliary + 1;
    if next >= end || tokens.list[next].capital {
        return true;
    }
    let begins = tokens.is(next, "a")
        || tokens.is(next, "an")
        || is_adverb(tokens, next)
        || is_participial(tokens, next)
        || tokens.text(next).ends_with("ing")
        || tokens.class(next).contains(WordClass::PREPOSITION);
    !begins
}

/// "the day after was": the conjunction is an adverb.
fn follows_time(tokens: Tokens<'_>, at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| {
        [
            "day", "days", "week", "weeks", "month", "months", "year", "years", "hour", "hours", "minutes",
            "soon", "shortly", "ever", "look", "looked", "looking", "morning", "night", "and",
        ]
        .iter()
        .any(|word| tokens.is(before, word))
    })
}

fn is_adverb(tokens: Tokens<'_>, at: usize) -> bool {
    tokens.class(at).contains(WordClass::ADVERB) && !tokens.list[at].capital
}

static MOTION: LazyLock<FxHashSet<&str>> = LazyLock::new(|| word_set(include_str!("ent01-motion.txt")));
static GOVERNING: LazyLock<FxHashSet<&str>> = LazyLock::new(|| word_set(include_str!("ent01-governing.txt")));
static BEGINNING: LazyLock<FxHashSet<&str>> = LazyLock::new(|| word_set(include_str!("ent01-beginning.txt")));
static TRANSITIVE: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| word_set(include_str!("ent01-transitive.txt")));
static TWO_OBJECTS: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| word_set(include_str!("ent01-two-objects.txt")));
static NUMERALS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| word_set(include_str!("ent01-numerals.txt")));
static PLURALS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| word_set(include_str!("ent01-plurals.txt")));
static PAIRS: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    entries(include_str!("ent01-pairs.txt")).filter_map(|pair| pair.split_once(' ')).collect()
});
