//! VRB01: "claimed", a verb of saying that judges.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::phrases::Phrases;
use super::{Applicability, Fix};
use super::{Check, Family, RUNNING_TEXT, Report, Rule, RuleContext, Severity};
use crate::attribution::{Attribution, Link};
use crate::language::word_set::word_set;
use crate::language::{FiniteForm, TokenKind, Tokens, VerbForm, WordClass, entries, finite_form, verb};
use crate::text::{TextEdit, TextRange};

pub(super) static RULE: Rule = Rule {
    code: "VRB01",
    name: "loaded-verb",
    severity: Severity::Information,
    family: Family::Wording,
    rank: 2,
    in_news: true,
    kinds: RUNNING_TEXT,
    page: include_str!("VRB01.md"),
    check: Check::Piece(check),
};

/// Verbs that are mostly the exact word for what was done: an accusation nobody has proved yet, a point granted against
/// one's own side.
const EXACT: [&str; 2] = ["allege", "concede"];

/// What people admit.
static FAULTS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| word_set(include_str!("vrb01-faults.txt")));
static OTHER: LazyLock<FxHashSet<&str>> = LazyLock::new(|| word_set(include_str!("vrb01-other.txt")));
/// Words that show what the verb says.
static SHOWN: LazyLock<Phrases<'static>> = LazyLock::new(|| Phrases::read(include_str!("vrb01-shown.txt")));

/// Words of courts and their papers, which do allege, and before which people admit.
static COURT: LazyLock<Phrases<'static>> = LazyLock::new(|| Phrases::read(include_str!("vrb01-court.txt")));

fn check(context: &RuleContext<'_>, report: &mut Report<'_>) {
    let tokens = context.passage.tokens();
    for attribution in context.attributions.iter().filter(|attribution| !attribution.source.is_empty()) {
        let Some((at, verb)) = context.cue_verb(attribution) else { continue };
        let lemma = verb.lemma.text();
        let built_in = VERBS.iter().find(|(word, _)| *word == lemma);
        let asked = built_in.is_some() && (context.asks_widely() || !EXACT.contains(&lemma));
        if !context.settings.is_listed(RULE.code, lemma, asked) {
            continue;
        }
        // Whoever writes "I confessed" judges nobody else.
        if attribution.source.iter().any(|source| &context.passage.prose()[*source] == "I")
            && !context.asks_widely()
        {
            continue;
        }
        let tells = built_in.map_or("a judgement", |(_, tells)| *tells);
        let range = tokens.list[at].range;
        let follows = tokens.text(at + 1).to_ascii_lowercase();
        let reports = attribution.content.iter().any(|content| reports_words(context, *content, lemma))
            // "claimed at least eight lives and left thousands homeless"
            && !(lemma == "claim" && tokens.text(at + 1) != "that" && costs_lives(tokens, at + 1));
        let question = tokens.is(at.saturating_sub(1), "not") || tokens.is(at.saturating_sub(1), "n't");
        let sentence = context.passage.sentences()[context.passage.sentence_at(range.start())].clone();
        let noun = attribution.link == Link::Nominal || verb.form == VerbForm::Base;
        if noun
            || !reports
            || OTHER.contains(follows.as_str())
            || question
            || context.passage.is_quoted(range)
            || SHOWN.any(tokens, sentence.clone())
            || matches!(lemma, "claim" | "admit" | "confess") && COURT.any(tokens, sentence)
            || matches!(lemma, "admit" | "confess") && owns_up(tokens, attribution)
            || lemma == "allege" && COURT.any(tokens, 0..tokens.len())
            || lemma == "insist"
                && (demands(context, attribution)
                    || refuses(tokens, attribution)
                    || !context.asks_widely() && is_perfect(tokens, at))
            || is_plural_noun(tokens, verb.form, attribution)
        {
            continue;
        }
        let text = tokens.text(at);
        let finding = report.add(
            range,
            format!("'{text}' tells of {tells} besides who said what. Write 'said' unless that is shown."),
        );
        let plain = match verb.form {
            VerbForm::Past => "said",
            VerbForm::Third => "says",
            VerbForm::Gerund => "saying",
            VerbForm::Base | VerbForm::Participle => continue,
        };
        if !["into", "out", "by"].contains(&follows.as_str()) && !text.starts_with(['s', 'b', 'l']) {
            finding.fixes.push(Fix {
                title: format!("Write '{plain}' for '{text}'"),
                edits: vec![TextEdit { range, new_text: plain.to_owned() }],
                applicability: Applicability::Suggested,
            });
        }
    }
}

/// Whether what is admitted is a fault or a deed of one's own, as the verb says: "admitted he was wrong", "admitted
/// planning the attack".
fn owns_up(tokens: Tokens<'_>, attribution: &Attribution) -> bool {
    let Some(words) = attribution.content.first().map(|content| tokens.inside(*content)) else {
        return false;
    };
    let subject = words.start + usize::from(tokens.is(words.start, "that"));
    let does = |at: usize| verb(tokens.text(at)).is_some_and(|verb| verb.form == VerbForm::Gerund);
    if does(words.start) && !tokens.list[words.start].capital {
        return true;
    }
    let own = ["he", "she", "they", "it", "his", "her", "their", "its"];
    let denies = |at: usize| tokens.class(at).contains(WordClass::NEGATION);
    own.iter().any(|word| tokens.is(subject, word))
        && !words.clone().any(denies)
        && words.into_iter().any(|at| FAULTS.contains(tokens.text(at)))
}

/// Whether "has", "have" or "had" stands before the verb at `at`: "has insisted" tells of a position somebody holds.
fn is_perfect(tokens: Tokens<'_>, at: usize) -> bool {
    let before = (at.saturating_sub(2)..at).rev().find(|at| !tokens.class(*at).contains(WordClass::ADVERB));
    before.is_some_and(|at| tokens.class(at).contains(WordClass::HAVE))
}

/// Whether the object that begins at token `at` is lives that were lost.
fn costs_lives(tokens: Tokens<'_>, at: usize) -> bool {
    (at..at + 5).any(|at| ["lives", "life"].iter().any(|word| tokens.is(at, word)))
}

/// Whether a base form, "should" or "must" is what the source wants done, and nothing it holds to be so: "insisted that
/// the firm stop".
fn demands(context: &RuleContext<'_>, attribution: &Attribution) -> bool {
    let tokens = context.passage.tokens();
    let Some(first) = attribution.content.first() else { return false };
    let words = tokens.inside(*first);
    let that = tokens.is(words.start, "that");
    // A verb right after an article is a noun: "the report was".
    let predicate = words.clone().skip(1 + usize::from(that)).take(DEMAND).find(|at| {
        tokens.list[*at].kind == TokenKind::Word
            && !tokens.list[*at].capital
            && !tokens.class(*at - 1).contains(WordClass::DETERMINER)
            && (tokens.class(*at).contains(WordClass::AUXILIARY) || verb(tokens.text(*at)).is_some())
    });
    let wanted =
        predicate.is_some_and(|at| ["should", "ought", "must"].iter().any(|word| tokens.is(at, word)));
    wanted
        || that
            && predicate.is_some_and(|at| {
                let subject = tokens.text(at - 1);
                let plural = subject.ends_with('s') || tokens.class(at - 1).contains(WordClass::SUBJECT);
                tokens.is(at, "be")
                    || !plural && verb(tokens.text(at)).is_some_and(|verb| verb.form == VerbForm::Base)
            })
}

/// Whether somebody stands by what they will not do: "insisted that he would not accept less".
fn refuses(tokens: Tokens<'_>, attribution: &Attribution) -> bool {
    let Some(first) = attribution.content.first() else { return false };
    let start = tokens.inside(*first).start;
    let subject = start + usize::from(tokens.is(start, "that"));
    ["he", "she", "they"].iter().any(|word| tokens.is(subject, word))
        && ["would", "will"].iter().any(|word| tokens.is(subject + 1, word))
        && tokens.class(subject + 2).contains(WordClass::NEGATION)
}

/// Whether the word is no verb but what a preposition governs: "losses from the Harbour Electric claims".
fn is_plural_noun(tokens: Tokens<'_>, form: VerbForm, attribution: &Attribution) -> bool {
    let before = attribution.source.first().and_then(|source| tokens.inside(*source).start.checked_sub(1));
    form == VerbForm::Third
        && before.is_some_and(|at| {
            tokens.class(at).contains(WordClass::PREPOSITION)
                && !tokens.class(at).intersects(WordClass::SUBORDINATOR)
        })
}

/// The predicate of what is demanded stands within so many tokens.
const DEMAND: usize = 8;

/// Whether `said` is a clause or a quotation, and not just an object of the verb `lemma`: "claimed two lives".
fn reports_words(context: &RuleContext<'_>, said: TextRange, lemma: &str) -> bool {
    let tokens = context.passage.tokens();
    // "Claimed the backing of firms that own it": the verb is the relative clause's; "claimed all of the loan, made in
    // May": it is the aside's.
    let clause = tokens.is(tokens.inside(said).start, "that");
    let aside = |at: usize| {
        let form = verb(tokens.text(at + 1)).map(|verb| verb.form);
        lemma == "claim"
            && tokens.is(at, ",")
            && matches!(form, Some(VerbForm::Past | VerbForm::Participle | VerbForm::Gerund))
    };
    let ends = |at: usize| !clause && (["who", "which"].iter().any(|word| tokens.is(at, word)) || aside(at));
    context.passage.is_quoted(said)
        || tokens.inside(said).take_while(|at| !ends(*at)).any(|at| {
            tokens.class(at).contains(WordClass::AUXILIARY)
                || finite_form(tokens.text(at)).intersects(FiniteForm::FINITE)
        })
}

static VERBS: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    entries(include_str!("vrb01-verbs.txt")).filter_map(|line| line.split_once(' ')).collect()
});
