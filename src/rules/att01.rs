//! ATT01: a statement worth a source that has none.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::num01::share;
use super::phrases::Phrases;
use super::{Check, Family, RUNNING_TEXT, Report, Rule, RuleContext, Severity};
use crate::actors::ActorKind;
use crate::article::Genre;
use crate::attribution::names_count;
use crate::language::word_set::WordShapes;
use crate::language::{TokenKind, Tokens, VerbForm, WordClass, entries, verb};
use crate::text::TextRange;

pub(super) static RULE: Rule = Rule {
    code: "ATT01",
    name: "unattributed-claim",
    severity: Severity::Warning,
    family: Family::Claim,
    rank: 5,
    in_news: true,
    kinds: RUNNING_TEXT,
    page: include_str!("ATT01.md"),
    check: Check::Piece(check),
};

/// The weight at which a signal is reported whatever the rest of the sentence is: "a flurry of".
const ENOUGH: i32 = 2;

/// Shorter sentences, in words, are not weighed: "That will change."
const WORDS: usize = 7;

/// A sentence of fewer tokens may announce the next.
const ANNOUNCING: usize = 13;

/// The same in the profiles that ask of every statement.
const FEWEST: usize = 4;

/// Why a statement is worth a source.
struct Signal {
    reason: &'static str,
    weight: i32,
    /// The words after the first.
    rest: Vec<&'static str>,
}

/// The signals by their first word, in lower case.
static SIGNALS: LazyLock<FxHashMap<&'static str, Vec<Signal>>> = LazyLock::new(|| {
    let mut map: FxHashMap<&str, Vec<Signal>> = FxHashMap::default();
    for entry in entries(include_str!("att01-signals.txt")) {
        let mut words = entry.split(' ');
        let (Some(reason), Some(weight), Some(first)) = (words.next(), words.next(), words.next()) else {
            continue;
        };
        let Ok(weight) = weight.parse() else { continue };
        map.entry(first).or_default().push(Signal { reason, weight, rest: words.collect() });
    }
    map
});

/// The shapes of their first words.
static FIRSTS: LazyLock<WordShapes> = LazyLock::new(|| WordShapes::of(SIGNALS.keys().copied()));

/// What the model weighs besides the signals, with what it means: see `att01-weights.txt`.
static WEIGHTS: LazyLock<FxHashMap<&'static str, (f32, &'static str)>> = LazyLock::new(|| {
    let lines = include_str!("att01-weights.txt").lines().filter_map(|line| line.split_once(" # "));
    lines
        .filter_map(|(entry, meaning)| {
            let (name, weight) = entry.split_once(' ')?;
            Some((name, (weight.trim().parse().ok()?, meaning)))
        })
        .collect()
});

/// What begins a rough count.
static ROUGHLY: LazyLock<Phrases<'static>> =
    LazyLock::new(|| Phrases::read(include_str!("att01-rough-counts.txt")));

/// A clause of fewer words says too little of what is claimed.
const CLAUSE: usize = 4;

/// How many words of a claim a message quotes at most.
const SHOWN: usize = 12;

/// How many marks of the sentence's shape the hover names.
const NAMED: usize = 3;

fn check(context: &RuleContext<'_>, report: &mut Report<'_>) {
    let tokens = context.passage.tokens();
    let strict = context.asks_widely();
    let sentences = 0..context.passage.sentences().len();
    let sourced: Vec<bool> = if strict {
        sentences.map(|at| context.is_covered(at)).collect()
    } else {
        sentences.map(|at| context.is_sourced(at)).collect()
    };
    for (index, sentence) in context.passage.sentences().iter().enumerate() {
        if let Some(words) = untagged(context, index) {
            let message = format!(
                "The comma announces who said this, and no one is on record for it: '{}'. Name the speaker.",
                shown(context, words)
            );
            report.add(words, message);
            continue;
        }
        let last = tokens.text(sentence.end - 1);
        if sentence.len() < if strict { FEWEST } else { WORDS } || last.contains('?') || sourced[index] {
            continue;
        }
        // The newsroom speaks of itself, or to the reader.
        let own = |at: usize| {
            ["we", "i", "you", "our"].iter().any(|word| tokens.is(at, word))
                // "Part I of the law" is a numeral.
                && !(tokens.is(at, "i") && at > sentence.start && tokens.list[at - 1].capital)
                && !context.passage.is_quoted(tokens.list[at].range)
        };
        if !strict && sentence.clone().any(own) {
            continue;
        }
        let worth = weigh(context, sentence.clone());
        // The public record, and a sentence that announces what the next tells with its source, need none.
        let announces = sentence.len() < ANNOUNCING && index + 1 < sourced.len() && context.cites(index + 1);
        let released = context.header.genre == Some(Genre::PressRelease);
        let told = || {
            sentence.clone().any(|at| {
                estimates(context, sentence, at)
                    || they_estimate(tokens, sentence, at)
                    || is_shown_by(tokens, at)
                    || is_quote_of_market(tokens, at)
            })
        };
        if !strict && (worth.on_record || announces || released || told()) {
            continue;
        }
        let heard = context.follows_source(index);
        let features = features(context, index, &sourced, &worth, heard);
        let weight = |name: &str| WEIGHTS.get(name).map_or(0.0, |(weight, _)| *weight);
        let odds = weight("always") + features.iter().map(|name| weight(name)).sum::<f32>();
        // What goes on with somebody's forecast is expected by them.
        let expected = heard && worth.reasons.contains(&"forecast");
        let by_itself = !expected && worth.strongest.is_some_and(|(_, weight)| weight >= ENOUGH);
        let odd = odds < 0.0
            || is_of_the_books(context, sentence.clone(), &worth)
            || is_polled(context, sentence.clone())
            || context.follows_body(index)
            || context.header.is_commentary() && !counts(tokens, sentence.clone(), &worth)
            || is_agency_copy(context) && !is_somebodys(tokens, sentence.clone(), &worth, heard);
        if !strict && (!by_itself && odd || is_announced(context, sentence.clone())) {
            continue;
        }
        let signal = worth.strongest.map_or_else(|| beginning(context, sentence.clone()), |(words, _)| words);
        if context.passage.is_quoted(signal) && !(strict && opens_quotation(context, index)) {
            continue;
        }
        let words = match worth.strongest {
            Some((signal, _)) => clause(context, sentence.clone(), signal),
            // No words of it stand out.
            None => whole(tokens, sentence),
        };
        let message = format!(
            "No one is on record for this: '{}'. Name the source, or mark it as your own reporting.",
            shown(context, words)
        );
        let shape = shape(&features, &worth);
        report.add(words, message).reasons =
            worth.reasons.iter().copied().chain(shape).map(str::to_owned).collect();
    }
}

/// Whether it is a figure of business copy: those come from exchanges, results and offices, whose they are by convention.
fn is_of_the_books(context: &RuleContext<'_>, sentence: std::ops::Range<usize>, worth: &Worth) -> bool {
    let tokens = context.passage.tokens();
    let is_year = |at: usize| tokens.text(at).len() == 4 && tokens.text(at).starts_with(['1', '2']);
    let figure = |at: usize| tokens.list[at].kind == TokenKind::Number && !is_year(at);
    context.header.manner.is_business
        && sentence.into_iter().any(figure)
        && !worth.reasons.iter().any(|reason| matches!(*reason, "blame" | "motive"))
}

/// Whether the article is written as agencies and broadcasters write, of events and offices, one source going on over
/// short paragraphs: of what only shape and numbers spoke for there two readers kept one finding of eight.
fn is_agency_copy(context: &RuleContext<'_>) -> bool {
    let manner = context.header.manner;
    manner.is_business || manner.in_single_sentences
}

/// Whether a statement is somebody's wherever it stands: it looks into heads, ranks, guesses, or begins with a rough count
/// where nobody was `heard` right before. Of those in agency copy the two readers kept every other one.
fn is_somebodys(tokens: Tokens<'_>, sentence: std::ops::Range<usize>, worth: &Worth, heard: bool) -> bool {
    const SEEMING: [&str; 6] = ["likely", "unlikely", "appears", "appear", "seems", "seem"];
    let guesses = |at: usize| guesses(tokens, at) || SEEMING.iter().any(|word| tokens.is(at, word));
    worth.reasons.iter().any(|reason| matches!(*reason, "mind" | "motive" | "superlative"))
        || sentence.clone().any(guesses)
        || !heard && counts_roughly(tokens, sentence.start)
}

/// Whether token `at` takes something for possible; "May" is a month.
fn guesses(tokens: Tokens<'_>, at: usize) -> bool {
    !tokens.list[at].capital && ["may", "might", "could", "should"].iter().any(|word| tokens.is(at, word))
}

/// Whether a rough count begins at token `at`: "Up to 700 volunteers", "Most of the boats".
fn counts_roughly(tokens: Tokens<'_>, at: usize) -> bool {
    ROUGHLY.at(tokens, at).is_some()
}

/// Whether it tells a share where a poll, a report or figures were named before, which mostly go on.
fn is_polled(context: &RuleContext<'_>, sentence: std::ops::Range<usize>) -> bool {
    let tokens = context.passage.tokens();
    sentence.into_iter().any(|at| share(tokens, at).is_some())
        && (context.incoming.counted || names_count(tokens))
}

/// Whether the statement counts or ranks, which an argument of the writer's does not.
fn counts(tokens: Tokens<'_>, mut sentence: std::ops::Range<usize>, worth: &Worth) -> bool {
    worth.reasons.iter().any(|reason| matches!(*reason, "number" | "superlative"))
        || sentence.any(|at| tokens.list[at].kind == TokenKind::Number)
}

/// What makes a statement one that can be checked.
const MARKS: [&str; 6] = ["number", "superlative", "blame", "motive", "comparison", "condition"];

/// Of these one is among the marks that count: what else compares and reasons is not enough.
const CORE: [&str; 4] = ["number", "superlative", "blame", "motive"];

/// Whether two things at once can be checked of a sentence with these features, a number that is no year among them where
/// it `counts`.
fn has_marks(features: &[&str], counts: bool) -> bool {
    let has = |name: &&&str| features.contains(*name);
    MARKS.iter().filter(has).count() + usize::from(counts) >= 2 && CORE.iter().any(|name| has(&name))
}

/// Whether the sentence is a programme ("will speak in Harbour on Monday", "the deadline is March 1") or goes on with what
/// a poll found: both are for everybody to look up.
fn is_announced(context: &RuleContext<'_>, sentence: std::ops::Range<usize>) -> bool {
    let tokens = context.passage.tokens();
    let to_come = sentence.clone().any(|at| {
        ["will", "scheduled"].iter().any(|word| tokens.is(at, word))
            || is_due(tokens, at)
            || ["is", "are", "set"].iter().any(|word| tokens.is(at, word)) && tokens.is(at + 1, "to")
    });
    let polled = context.incoming.distance <= POLLED
        && context.incoming.speaker.as_ref().is_some_and(|speaker| {
            let text = speaker.text.to_ascii_lowercase();
            ["poll", "survey"].iter().any(|word| text.contains(word))
        });
    polled || to_come && sentence.clone().any(|at| is_time(tokens, at))
}

/// Whether something is due at token `at`, on a day or to be done: not "was due to" a cause.
fn is_due(tokens: Tokens<'_>, at: usize) -> bool {
    let present = ["is", "are"].iter().any(|word| tokens.is(at.wrapping_sub(1), word));
    let done = tokens.is(at + 1, "to")
        && !tokens.class(at + 2).contains(WordClass::DETERMINER)
        && (present || verb(tokens.text(at + 2)).is_some_and(|verb| verb.form == VerbForm::Base));
    tokens.is(at, "due") && (done || ["on", "in", "by", "at"].iter().any(|word| tokens.is(at + 1, word)))
}

/// A speaker cited in a paragraph before may still be heard with so many sentences between.
const NEAR: u8 = 2;

/// So many sentences after a poll was cited its figures still go on.
const POLLED: u8 = 5;

/// Whether a day or an hour is named at token `at`: "Monday", "March 1", "next week", "8 p.m.".
fn is_time(tokens: Tokens<'_>, at: usize) -> bool {
    const DAYS: [&str; 9] =
        ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "tomorrow", "tonight"];
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let is_number = |at: usize| tokens.list.get(at).is_some_and(|token| token.kind == TokenKind::Number);
    let text = tokens.text(at);
    DAYS.contains(&text)
        || text.get(..3).is_some_and(|start| MONTHS.contains(&start))
            && (is_number(at + 1) || tokens.text(at + 1) == "." && is_number(at + 2))
        || tokens.is(at, "next") && ["week", "month", "year"].iter().any(|word| tokens.is(at + 1, word))
        || is_number(at)
            && ["a.m", "p.m", "a.m.", "p.m.", "am", "pm"].iter().any(|word| tokens.is(at + 1, word))
}

/// Whether figures or papers are named at token `at` as what shows it: "the new accounts show".
fn is_shown_by(tokens: Tokens<'_>, at: usize) -> bool {
    const PAPERS: [&str; 10] = [
        "accounts",
        "figures",
        "data",
        "records",
        "documents",
        "statistics",
        "results",
        "minutes",
        "filings",
        "files",
    ];
    PAPERS.iter().any(|word| tokens.is(at, word))
        && ["show", "showed", "indicate", "indicated", "suggest"].iter().any(|word| tokens.is(at + 1, word))
        && !tokens.is(at.wrapping_sub(1), "whose")
}

/// Whether token `at` is what markets bid and ask, which is public: "3.85/95", "1.6175/85".
fn is_quote_of_market(tokens: Tokens<'_>, at: usize) -> bool {
    let digits = |part: &str| part.len() > 1 && part.chars().all(|char| char.is_ascii_digit() || char == '.');
    tokens.text(at).split_once('/').is_some_and(|(bid, asked)| {
        bid.contains('.') && digits(bid) && digits(asked) && !["10", "100"].contains(&asked)
    })
}

/// Whether somebody is named before token `at` as having estimated or detailed it, by a verb that may be a noun or that
/// mostly reports nothing, so that no attribution was seen: "…, ASA estimates.", "Ann Lee forecasts a rise".
fn estimates(context: &RuleContext<'_>, sentence: &std::ops::Range<usize>, at: usize) -> bool {
    let tokens = context.passage.tokens();
    let listed = ["estimates", "forecasts", "projects", "reckons", "calculates"];
    let name = at.checked_sub(1).filter(|before| *before >= sentence.start && tokens.list[*before].capital);
    let Some(name) = name else { return false };
    let capitals = |from: usize| (from..name).all(|at| tokens.list[at].capital || tokens.is(at, "the"));
    let last = tokens.list.get(at + 1).is_none_or(|next| next.kind == TokenKind::Stop);
    // "…, Ann Lee detailed.", but not "After the fraud had cost savers millions, Lee resigned."
    let comma = (name.saturating_sub(TAG).max(sentence.start)..name).rev().find(|at| tokens.is(*at, ","));
    let clause = tokens.class(sentence.start).intersects(WordClass::PREPOSITION | WordClass::SUBORDINATOR);
    let tag = last && !clause && comma.is_some_and(|comma| capitals(comma + 1));
    let verb =
        verb(tokens.text(at)).is_some_and(|verb| matches!(verb.form, VerbForm::Past | VerbForm::Third));
    let opens = || {
        capitals(sentence.start)
            && context
                .mentions
                .iter()
                .any(|found| found.is_name() && tokens.inside(found.range).contains(&name))
    };
    verb && tag || listed.iter().any(|word| tokens.is(at, word)) && (last || opens())
}

/// Whether several are named at a sentence's head as those who estimate, before the verb at token `at`: "Authorities
/// estimate more than 60 homes were lost".
fn they_estimate(tokens: Tokens<'_>, sentence: &std::ops::Range<usize>, at: usize) -> bool {
    const VERBS: [&str; 5] = ["estimate", "forecast", "project", "reckon", "calculate"];
    VERBS.iter().any(|word| tokens.is(at, word))
        && (sentence.start + 1..=sentence.start + HEADS).contains(&at)
        && tokens.text(at - 1).ends_with('s')
        && (tokens.list.get(at + 1).is_some_and(|next| next.kind == TokenKind::Number)
            || tokens.is(at + 1, "that")
            || tokens.class(at + 1).contains(WordClass::DETERMINER)
            || counts_roughly(tokens, at + 1))
}

/// They are named in so many tokens.
const HEADS: usize = 3;

/// The name in a tag has at most so many tokens.
const TAG: usize = 5;

/// What of the sentence's shape speaks most for its being a claim, in words.
fn shape(features: &[&str], worth: &Worth) -> impl Iterator<Item = &'static str> + use<> {
    let mut marks: Vec<(f32, &str)> = features
        .iter()
        .filter(|name| !worth.features.contains(name))
        .filter_map(|name| WEIGHTS.get(*name).copied())
        .filter(|(weight, _)| *weight > 0.0)
        .collect();
    marks.sort_by(|one, other| other.0.total_cmp(&one.0));
    marks.into_iter().take(NAMED).map(|(_, meaning)| meaning)
}

/// Whether a quotation begins with sentence `index`: the sentences after it may share its speaker.
fn opens_quotation(context: &RuleContext<'_>, index: usize) -> bool {
    let sentence = context.sentence(index);
    context.passage.quotations().iter().any(|quotation| quotation.range.start() == sentence.start())
}

/// The quotation that ends sentence `index` with a comma inside its marks, after which nobody is named who says it:
/// "… the road is open,". Where the sentence is the quotation's alone and ends in a full stop, somebody cited in the sentence
/// before is no answer: after a speaker told before, the quotation would end without its comma.
fn untagged(context: &RuleContext<'_>, index: usize) -> Option<TextRange> {
    let (prose, sentence) = (context.passage.prose(), context.sentence(index));
    let quotation = context.passage.quotations().iter().find(|quotation| {
        let after = quotation.range.end();
        quotation.depth == 0
            && quotation.closed
            && sentence.start() < after
            && after <= sentence.end()
            && prose[quotation.inner].ends_with(',')
            && matches!(prose[TextRange::new(after, sentence.end())].trim(), "" | ".")
    })?;
    let words = quotation.inner.intersect(sentence)?;
    let alone = quotation.range.start() <= sentence.start() && quotation.range.end() < sentence.end();
    let long = context.passage.tokens().inside(words).len() > FEWEST;
    (long && (alone || !context.cites(index))).then_some(words)
}

/// The clause of `sentence` in which the words at `signal` stand, from comma to comma; the sentence without its full
/// stop where that has fewer words than [`CLAUSE`].
fn clause(context: &RuleContext<'_>, sentence: std::ops::Range<usize>, signal: TextRange) -> TextRange {
    let tokens = context.passage.tokens();
    let inside = tokens.inside(signal);
    let breaks = |at: &usize| matches!(tokens.text(*at), "," | ";" | ":" | "—" | "–" | "--" | "(" | ")");
    let end = end(tokens, &sentence);
    let first = (sentence.start..inside.start).rev().find(breaks).map_or(sentence.start, |at| at + 1);
    let last = (inside.end..end).find(breaks).unwrap_or(end);
    let words = (first..last).filter(|at| tokens.list[*at].kind == TokenKind::Word).count();
    if words < CLAUSE || context.passage.is_quoted(tokens.span(first, first)) {
        return whole(tokens, &sentence);
    }
    tokens.span(first, last - 1)
}

/// `sentence` without its full stop.
fn whole(tokens: Tokens<'_>, sentence: &std::ops::Range<usize>) -> TextRange {
    tokens.span(sentence.start, end(tokens, sentence).max(sentence.start + 1) - 1)
}

/// The token at which the words of `sentence` end: its full stop, or what comes after it.
fn end(tokens: Tokens<'_>, sentence: &std::ops::Range<usize>) -> usize {
    let last = sentence.end - 1;
    if tokens.list[last].kind == TokenKind::Word { sentence.end } else { last }
}

/// The words at `range` as a message quotes them: the first [`SHOWN`].
fn shown(context: &RuleContext<'_>, range: TextRange) -> String {
    let words: Vec<&str> = context.passage.prose()[range].split_whitespace().collect();
    if words.len() <= SHOWN {
        return words.join(" ");
    }
    format!("{} …", words.iter().take(SHOWN).copied().collect::<Vec<_>>().join(" "))
}

/// The first words of a sentence, up to a comma.
fn beginning(context: &RuleContext<'_>, sentence: std::ops::Range<usize>) -> TextRange {
    let tokens = context.passage.tokens();
    let end = sentence.clone().skip(3).take(6).find(|at| tokens.list[*at].kind != TokenKind::Word);
    let end = end.unwrap_or(sentence.start + 8).min(sentence.end);
    tokens.span(sentence.start, end.max(sentence.start + 1) - 1)
}

/// What speaks for or against sentence `index` being somebody's claim, by the names that
/// `att01-weights.txt` gives weights to.
fn features(
    context: &RuleContext<'_>,
    index: usize,
    sourced: &[bool],
    worth: &Worth,
    heard: bool,
) -> Vec<&'static str> {
    let tokens = context.passage.tokens();
    let sentence = context.passage.sentences()[index].clone();
    let extent = context.sentence(index);
    let mut out = worth.features.clone();
    let mut add = |name: &'static str, holds: bool| {
        if holds {
            out.push(name);
        }
    };
    let any = |words: &[&str]| sentence.clone().any(|at| words.iter().any(|word| tokens.is(at, word)));
    let begins = |words: &[&str]| words.iter().any(|word| tokens.is(sentence.start, word));
    let mark = |mark: &str| sentence.clone().any(|at| tokens.text(at) == mark);
    // Where it stands, if that tells anything.
    let tells = !context.header.manner.in_single_sentences;
    add("opens", tells && index == 0);
    add("alone", tells && sourced.len() == 1);
    add("closes", tells && index + 1 == sourced.len() && index > 0);
    add(
        "first-of-article",
        index == 0 && context.incoming.speaker.is_none() && context.incoming.distance == 0,
    );
    // What its neighbours carry.
    add("source-far", context.incoming.speaker.is_none() || context.incoming.distance > 4);
    add("source-near", index == 0 && context.incoming.speaker.is_some() && context.incoming.distance == NEAR);
    add("heard", heard);
    add("unheard", context.incoming.speaker.is_none());
    // Marks of a source that was not recognised.
    add(
        "agentless",
        context.attributions.iter().any(|attribution| {
            attribution.source.is_empty()
                && attribution.pieces().any(|piece| piece.intersect(extent).is_some())
        }),
    );
    add("colon", mark(":"));
    add("semicolon", mark(";"));
    add(
        "quoting",
        context
            .passage
            .quotations()
            .iter()
            .any(|quotation| quotation.range.intersect(extent).is_some_and(|shared| !shared.is_empty())),
    );
    add("dash", mark("—") || mark("–") || mark("--"));
    add("no-stop", tokens.text(sentence.end - 1) != ".");
    // Of whom it speaks.
    let names = || {
        context.mentions.iter().filter(|mention| mention.is_name() && extent.contains_range(mention.range))
    };
    add("person", names().any(|mention| mention.kind == Some(ActorKind::Person)));
    add("nobody", names().next().is_none());
    add("begins-pronoun", tokens.class(sentence.start).intersects(WordClass::PRONOUN | WordClass::SUBJECT));
    add("begins-contrast", begins(&["but", "and", "yet", "so"]));
    add("begins-amount", begins(&["about", "more", "some", "most", "many", "nearly", "almost", "half"]));
    add(
        "begins-when",
        begins(&["in", "on", "at", "after", "before", "during", "since", "when", "as", "while"]),
    );
    add(
        "begins-preposition",
        tokens.class(sentence.start).intersects(WordClass::PREPOSITION | WordClass::SUBORDINATOR),
    );
    add("begins-there", begins(&["there"]));
    add("begins-demonstrative", begins(&["this", "that", "these", "those", "such"]));
    add("possessive", any(&["his", "her", "their"]));
    add("introduced", sentence.clone().filter(|at| tokens.is(*at, "the")).count() >= 3);
    // Its predicate.
    add("perfect", any(&["has", "have", "had", "been"]));
    add("present", any(&["is", "are", "has", "have", "does", "do"]));
    add("will", any(&["will"]));
    add("would", any(&["would"]));
    add("was", any(&["was", "were"]));
    add("guess", sentence.clone().any(|at| guesses(tokens, at)));
    add("condition", any(&["because", "if"]));
    // Size, time and number.
    add("no-comma", !mark(","));
    add("long", sentence.len() > 28);
    add("comparison", any(&["more", "less", "than", "most", "least", "fewer", "better", "worse"]));
    add("relative", any(&["who", "which"]));
    add("than", any(&["than"]));
    add("ranked", any(&RANKS));
    let changes = |at: usize| verb(tokens.text(at)).is_some_and(|verb| CHANGES.contains(&verb.lemma.text()));
    add("change", sentence.clone().any(changes));
    add("money", sentence.clone().any(|at| is_sum(tokens, at)));
    add("spelled", any(&SPELLED));
    let mut numbers = sentence.clone().filter(|at| tokens.list[*at].kind == TokenKind::Number).peekable();
    add("counted", numbers.clone().any(|at| share(tokens, at).is_none()));
    add("commentary", context.header.is_commentary());
    let counts = numbers.peek().is_some() && numbers.all(|at| tokens.text(at).len() != 4);
    if has_marks(&out, counts) {
        out.push("marks");
    }
    out
}

/// Words that set something above or before others.
const RANKS: [&str; 17] = [
    "first", "second", "third", "largest", "biggest", "highest", "lowest", "only", "worst", "best",
    "fastest", "smallest", "oldest", "leading", "top", "most", "least",
];

/// Verbs, and the nouns that look like them, for what is more or less than before.
const CHANGES: [&str; 18] = [
    "grow", "rise", "increase", "decline", "drop", "fall", "decrease", "surge", "climb", "shrink", "slow",
    "expand", "double", "triple", "soar", "plunge", "jump", "gain",
];

/// Whether token `at` is a sum of money by its sign: "$40 million".
fn is_sum(tokens: Tokens<'_>, at: usize) -> bool {
    const SIGNS: [char; 4] = ['$', '£', '€', '¥'];
    let signed = |text: &str| text.starts_with(SIGNS) || text.ends_with(SIGNS);
    tokens.list[at].kind == TokenKind::Number
        && (signed(tokens.text(at)) || at > 0 && signed(tokens.text(at - 1)))
}

/// Numbers that are spelled out, and what multiplies them.
const SPELLED: [&str; 17] = [
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "dozen",
    "dozens",
    "hundreds",
    "thousands",
    "million",
    "millions",
    "billion",
    "trillion",
];

/// What a sentence's signals come to.
#[derive(Default)]
struct Worth {
    /// The words of the signal that weighs most, and its weight.
    strongest: Option<(TextRange, i32)>,
    /// It tells what everybody can look up, so that nobody has to be named.
    on_record: bool,
    /// The reasons that add weight, each once.
    reasons: Vec<&'static str>,
    /// The reasons that add or take away weight.
    features: Vec<&'static str>,
}

/// Weighs the sentence; each reason counts once, with the signal that weighs most.
fn weigh(context: &RuleContext<'_>, sentence: std::ops::Range<usize>) -> Worth {
    let tokens = context.passage.tokens();
    let mut by_reason: Vec<(&'static str, i32)> = Vec::new();
    let mut out = Worth::default();
    for at in sentence.clone() {
        // One of weight 0 only keeps a shorter one from speaking: "the most recent".
        let found = signal(tokens, at, sentence.end).filter(|(signal, _)| signal.weight != 0);
        let Some((signal, len)) = found else { continue };
        let words = phrase(tokens, at, at + len, &sentence);
        if context.passage.is_quoted(words) {
            continue;
        }
        match by_reason.iter_mut().find(|(reason, _)| *reason == signal.reason) {
            Some((_, weight)) if weight.abs() >= signal.weight.abs() => {}
            Some((_, weight)) => *weight = signal.weight,
            None => by_reason.push((signal.reason, signal.weight)),
        }
        out.on_record |= signal.weight <= -ENOUGH;
        if signal.weight > out.strongest.map_or(0, |(_, weight)| weight) {
            out.strongest = Some((words, signal.weight));
        }
    }
    if let Some(words) = sentence.clone().find_map(|at| of_all_time(tokens, at, sentence.end))
        && !context.passage.is_quoted(words)
    {
        out.strongest = Some((words, ENOUGH));
        if by_reason.iter().all(|(reason, _)| *reason != "superlative") {
            by_reason.push(("superlative", 1));
        }
    }
    out.features = by_reason.iter().map(|(reason, _)| *reason).collect();
    out.reasons = by_reason.into_iter().filter(|(_, weight)| *weight > 0).map(|(reason, _)| reason).collect();
    out
}

/// The words of a record over all time that begin at token `at`: "the worst drought in the county's history", "the largest
/// ever".
fn of_all_time(tokens: Tokens<'_>, at: usize, end: usize) -> Option<TextRange> {
    let word = tokens.text(at);
    let superlative = ["worst", "best", "most", "first", "only"].iter().any(|other| tokens.is(at, other))
        || word.len() > 5 && word.ends_with("est") && !tokens.list[at].capital;
    if !superlative || at == 0 || !tokens.class(at - 1).contains(WordClass::DETERMINER) {
        return None;
    }
    // "her answer to the worst drought in the county's history": that it was is taken as known.
    if at > 1 && tokens.class(at - 2).contains(WordClass::PREPOSITION) && !tokens.is(at - 2, "for") {
        return None;
    }
    let is =
        |at: usize, words: &[&str]| words.iter().enumerate().all(|(index, word)| tokens.is(at + index, word));
    (at + 1..(at + RECORD).min(end))
        .take_while(|at| !matches!(tokens.text(*at), "," | ";" | ":" | "."))
        .find(|at| {
            tokens.is(*at, "history")
                || tokens.is(*at, "ever")
                || is(*at, &["on", "record"])
                || is(*at, &["of", "all", "time"])
        })
        .map(|last| tokens.span(at - 1, last))
}

/// A record names its time within so many tokens.
const RECORD: usize = 10;

/// The signal that begins at token `at`, the longest where several do, and its length in tokens.
fn signal(tokens: Tokens<'_>, at: usize, end: usize) -> Option<(&'static Signal, usize)> {
    let word = tokens.text(at);
    if !FIRSTS.may_have(word) {
        return None;
    }
    let list = SIGNALS.get(word).or_else(|| {
        // Only a word at a sentence's head has a capital that says nothing.
        let token = tokens.list.get(at)?;
        token.capital.then(|| SIGNALS.get(word.to_ascii_lowercase().as_str()))?
    })?;
    list.iter()
        .filter(|signal| at + signal.rest.len() < end)
        .filter(|signal| signal.rest.iter().enumerate().all(|(index, word)| tokens.is(at + 1 + index, word)))
        .map(|signal| (signal, 1 + signal.rest.len()))
        .max_by_key(|(_, len)| *len)
}

/// The words of the signal at tokens `from..to` with those that belong to them: a determiner and
/// adjectives before, a noun and its "of" after.
fn phrase(tokens: Tokens<'_>, from: usize, to: usize, sentence: &std::ops::Range<usize>) -> TextRange {
    let mut first = from;
    let modifier = |at: usize| {
        let class = tokens.class(at);
        class.contains(WordClass::DETERMINER) || (tokens.list[at].kind == TokenKind::Number)
    };
    if first > sentence.start && modifier(first - 1) {
        first -= 1;
    }
    let mut last = to - 1;
    let stop = |at: usize| {
        let class = tokens.class(at);
        let of = tokens.is(at, "of");
        let breaks =
            WordClass::AUXILIARY | WordClass::SUBORDINATOR | WordClass::COORDINATOR | WordClass::PRONOUN;
        !matches!(tokens.list[at].kind, TokenKind::Word | TokenKind::Number)
            || class.intersects(breaks)
            || (class.contains(WordClass::PREPOSITION) && !of)
    };
    while last + 1 < sentence.end && last + 1 < to + 3 && !stop(last + 1) {
        last += 1;
    }
    // A phrase does not end in its preposition or article.
    while last >= to && tokens.class(last).intersects(WordClass::PREPOSITION | WordClass::DETERMINER) {
        last -= 1;
    }
    tokens.span(first, last)
}
