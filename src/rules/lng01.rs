//! LNG01: a word that judges.

use std::ops::Range;
use std::sync::LazyLock;

use super::phrases::Phrases;
use super::{Check, Ending, Family, RUNNING_TEXT, Report, Rule, RuleContext, Severity};
use crate::language::{TokenKind, Tokens, WordClass, verb};
use crate::text::TextRange;

pub(super) static RULE: Rule = Rule {
    code: "LNG01",
    name: "editorial-word",
    severity: Severity::Information,
    family: Family::Wording,
    rank: 3,
    in_news: true,
    kinds: RUNNING_TEXT,
    page: include_str!("LNG01.md"),
    check: Check::Piece(check),
};

static WORDS: LazyLock<Phrases<'static>> = LazyLock::new(|| Phrases::read(include_str!("lng01-words.txt")));

fn check(context: &RuleContext<'_>, report: &mut Report<'_>) {
    // What a colon announces is somebody's words, with marks or without; in a commentary the writer is to judge.
    if context.before == Ending::Colon || !context.asks_widely() && context.header.is_commentary() {
        return;
    }
    let tokens = context.passage.tokens();
    for range in WORDS.unquoted(context, RULE.code) {
        let wide = context.asks_widely();
        if is_name(context, range) || !wide && (is_others(context, range) || is_term(context, range)) {
            continue;
        }
        // "almost certainly" says how likely something is.
        let (at, after) = (tokens.inside(range).start, tokens.inside(range).end);
        if at > 0 && ["almost", "nearly"].iter().any(|word| tokens.is(at - 1, word)) {
            continue;
        }
        // "Senate races and, of course, the presidential campaign": what everybody expects in a list.
        if tokens.is(at, "of") && at > 1 && tokens.is(at - 1, ",") && tokens.is(at - 2, "and") && !wide {
            continue;
        }
        // "certainly do not mind", "(Unfortunately, …": an aside that claims little.
        let denies = |at: usize| tokens.class(at).contains(WordClass::NEGATION);
        let aside = tokens.is(at, "certainly") && (denies(at + 1) || denies(at + 2))
            || at > 0 && tokens.is(at - 1, "(");
        // "which she considered obviously illegal"
        let held =
            at > 0 && verb(tokens.text(at - 1)).is_some_and(|verb| HOLDING.contains(&verb.lemma.text()));
        if (aside || held) && !wide {
            continue;
        }
        // "Certainly, not all agreed", "Of course, talks could break down": what links a sentence to the one before.
        let links = ["certainly", "course"].iter().any(|word| tokens.is(after - 1, word));
        if links && begins_sentence(context, at) && tokens.is(after, ",") && !wide {
            continue;
        }
        // "fortunately for the council": whose luck it is.
        let luck = ["fortunately", "unfortunately"].iter().any(|word| tokens.is(at, word));
        if luck && tokens.is(at + 1, "for") && !wide {
            continue;
        }
        // What is clear the reader mostly can see as well.
        if tokens.is(at, "clearly") && !wide && !context.settings.is_listed(RULE.code, "clearly", false) {
            continue;
        }
        // "was never clearly marked", "is clearly spelled out", "said it more clearly": how it was done.
        let degree = ["more", "most", "as", "so", "very", "how", "been"];
        let participle = tokens.class(at.saturating_sub(1)).contains(WordClass::BE)
            && MANNER.iter().any(|word| tokens.is(at + 1, word));
        if tokens.is(at, "clearly")
            && at > 0
            && (participle
                || tokens.class(at - 1).contains(WordClass::NEGATION)
                || degree.iter().any(|word| tokens.is(at - 1, word)))
        {
            continue;
        }
        let words = &context.passage.prose()[range];
        report.add(
            range,
            format!("'{words}' is a judgement of the writer's. Leave it out, show it, or quote who says so."),
        );
    }
}

/// To hold something to be so: the judgement is of whoever does.
const HOLDING: [&str; 5] = ["call", "consider", "deem", "find", "think"];

/// What is done clearly, as a manner and no judgement.
const MANNER: [&str; 9] =
    ["marked", "spelled", "spelt", "written", "labelled", "labeled", "stated", "defined", "explained"];

/// Whether the word belongs to a name: "Notorious RBG".
fn is_name(context: &RuleContext<'_>, range: TextRange) -> bool {
    let tokens = context.passage.tokens();
    let inside = tokens.inside(range);
    let capital = |at: usize| tokens.list.get(at).is_some_and(|token| token.capital);
    !begins_sentence(context, inside.start) && capital(inside.start) && capital(inside.end)
}

fn begins_sentence(context: &RuleContext<'_>, at: usize) -> bool {
    context.passage.sentences().iter().any(|sentence| sentence.start == at)
}

/// Whether the judgement is somebody else's or the writer's in person: what a source is cited for, what stands after a
/// speaker's name and a colon, a sentence with "I".
fn is_others(context: &RuleContext<'_>, range: TextRange) -> bool {
    let tokens = context.passage.tokens();
    let sentence = &context.passage.sentences()[context.passage.sentence_at(range.start())];
    let spoken = tokens.is(1, ":") && tokens.list[0].capital;
    let person = |at: usize| {
        ["I", "my", "me", "myself"].contains(&tokens.text(at))
            && !context.passage.is_quoted(tokens.list[at].range)
    };
    let said = context.is_said_on_record(range) && !is_epithet(tokens, tokens.inside(range));
    // "Ironically, diplomats said, the road …"
    let inserted = tokens.inside(range).end + 1;
    let tagged = tokens.is(inserted - 1, ",")
        && context.attributions.iter().any(|found| {
            let ends = found.source.iter().chain(&found.cue).map(|piece| tokens.inside(*piece).end);
            found.source.first().is_some_and(|source| tokens.inside(*source).start == inserted)
                && ends.max().is_some_and(|end| tokens.is(end, ","))
        });
    said || tagged || spoken || sentence.clone().any(person)
}

/// Whether the word stands before what it judges, "her notorious adviser", which is the writer's also where the rest is
/// somebody's words.
fn is_epithet(tokens: Tokens<'_>, word: Range<usize>) -> bool {
    let next = tokens.list.get(word.end);
    let named = next.is_some_and(|next| next.kind == TokenKind::Word && next.class.is_empty());
    named && word.len() == 1 && !tokens.text(word.start).ends_with("ly")
}

/// Whether the word brings in a term and need not doubt it, "the so-called carried interest", unless the settings ask
/// for it.
fn is_term(context: &RuleContext<'_>, range: TextRange) -> bool {
    let words = &context.passage.prose()[range];
    words.eq_ignore_ascii_case("so-called") && !context.settings.is_listed(RULE.code, "so-called", false)
}
