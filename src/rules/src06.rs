//! SRC06: another outlet's report is the source.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::finding::MOST_RELATED;
use super::phrases::Phrases;
use super::speech::SPEECH;
use super::summary::{Gist, Remarks, Summary};
use super::{ArticleContext, Check, Family, RUNNING_TEXT, Related, Report, Rule, RuleContext, Severity};
use crate::attribution::{Attribution, SourceKind};
use crate::language::word_set::word_set;
use crate::language::{TokenKind, VerbForm, WordClass, verb};
use crate::text::TextRange;

pub(super) static RULE: Rule = Rule {
    code: "SRC06",
    name: "second-hand",
    severity: Severity::Information,
    family: Family::Sourcing,
    rank: 6,
    in_news: true,
    kinds: RUNNING_TEXT,
    page: include_str!("SRC06.md"),
    check: Check::Article(check),
};

/// So many paragraphs begin an article, its headline among them.
const LEAD: usize = 3;

fn check(context: &ArticleContext<'_>, report: &mut Report<'_>) {
    let cited = |(at, (index, gist)): (usize, (usize, Gist))| -> Vec<(usize, TextRange, String)> {
        let pieces =
            if gist.remarks.contains(Remarks::SECOND_HAND) { (context.pieces)(index) } else { Vec::new() };
        let follows = || {
            let next = Some(index + 1).filter(|next| *next < context.gists.len());
            next.is_some_and(|next| (context.pieces)(next).first().is_some_and(|(_, next)| quotes(next, 0)))
        };
        let outlets = pieces.iter().flat_map(|(summary, piece)| {
            let outlets = summary.second_hand.iter().filter(|source| {
                let next = piece.passage.sentence_at(source.start()) + 1;
                let last = next >= piece.passage.sentences().len();
                let told = if last { piece.ends_block && follows() } else { quotes(piece, next) };
                context.asks_widely() || !told
            });
            outlets.map(|source| (at, piece.to_article(*source), piece.passage.prose()[*source].to_owned()))
        });
        outlets.collect()
    };
    let mut places = context.body().enumerate().flat_map(cited).take(1 + MOST_RELATED).peekable();
    let Some((paragraph, range, name)) = places.next() else { return };
    // One report told of on the way is not what the article rests on.
    if !context.asks_widely() && paragraph >= LEAD && places.peek().is_none() {
        return;
    }
    let message = format!(
        "This is what '{name}' reported. Name its source too, or ask somebody who knows it at first hand."
    );
    report.add(range, message).related.extend(
        places.map(|(_, range, name)| Related { range, message: format!("'{name}' again is the source") }),
    );
}

/// Whether the sentence `sentence` of `piece` tells whom the newsroom before it has it from ("It cited two ministers", "The
/// paper quoted …", "Lee was quoted as saying"), or that a broadcast was heard at first hand ("The radio, monitored in …").
fn quotes(piece: &RuleContext<'_>, sentence: usize) -> bool {
    let tokens = piece.passage.tokens();
    let words = piece.passage.sentences().get(sentence).cloned().unwrap_or_default();
    let is = |at: usize, words: &[&str]| words.iter().any(|word| tokens.is(at, word));
    let broadcast = is(words.start, &["the"]) && is(words.start + 1, &["radio", "station", "television"]);
    let newsroom = is(words.start, &["it"]) || is(words.start, &["the"]) && is(words.start + 1, &NEWSROOMS);
    words.into_iter().any(|at| {
        newsroom && is(at, &["quoted", "quoting", "cited", "citing"])
            || is(at, &["quoted"]) && is(at + 1, &["as"])
            || broadcast && is(at, &["monitored"])
    })
}

/// What a newsroom is called where its name stands in the sentence before.
const NEWSROOMS: [&str; 8] =
    ["paper", "newspaper", "daily", "weekly", "magazine", "agency", "broadcaster", "report"];

/// The sources of a piece, outside quotation marks, that are outlets other than one's own.
pub(super) fn summarize(piece: &RuleContext<'_>, summary: &mut Summary) {
    let outlet = piece.header.outlet.iter().map(|outlet| outlet.text.as_str());
    let own = || outlet.clone().chain(piece.settings.own_outlets.iter().map(String::as_str));
    summary.second_hand = piece
        .attributions
        .iter()
        .filter(|attribution| attribution.kind == SourceKind::Outlet && rests_on_it(piece, attribution))
        .filter(|attribution| piece.asks_widely() || is_a_report(piece, attribution))
        .flat_map(|attribution| attribution.source.iter().copied())
        .filter(|source| !piece.passage.is_quoted(*source))
        .filter(|source| {
            let text = &piece.passage.prose()[*source];
            let name = bare(text);
            // "The agency" names no outlet: which it is stands before.
            let named = text
                .split_whitespace()
                .any(|word| word.starts_with(char::is_uppercase) && !word.eq_ignore_ascii_case("the"));
            // "The Fisheries Agency" speaks for itself.
            let office = name.ends_with(" agency")
                && !["news agency", "press agency"].iter().any(|end| name.ends_with(end));
            // A journal of a science publishes what was found by those who write in it.
            let science = ["medical", "scientific", "academic", "science", "peer-reviewed"]
                .iter()
                .any(|field| name.ends_with(&format!("{field} journal")));
            named && !office && !science && own().all(|own| !name.contains(bare(own).as_str()))
        })
        .collect();
    summary.note(Remarks::SECOND_HAND, !summary.second_hand.is_empty());
}

/// Whether what the outlet says is told of something and comes from nobody else: not what it calls somebody, how it came
/// by it itself, nor what it has from a source that is named too.
fn rests_on_it(piece: &RuleContext<'_>, attribution: &Attribution) -> bool {
    let tokens = piece.passage.tokens();
    let labels = piece.cue_verb(attribution).is_some_and(|(_, verb)| LABELS.contains(&verb.lemma.text()));
    let mut content = attribution.content.iter().flat_map(|content| tokens.inside(*content));
    let itself = content.clone().take(2).any(|at| tokens.is(at, "it"));
    // "Lee also believes", "he said": a subject and its verb.
    let passed_on = content.any(|at| {
        let speaks = verb(tokens.text(at)).is_some_and(|verb| {
            !tokens.list[at].capital
                && !matches!(verb.form, VerbForm::Base | VerbForm::Gerund)
                && (SPEECH.contains(verb.lemma.text()) || verb.lemma.text() == "believe")
        });
        let before = (1..=2)
            .filter_map(|back| at.checked_sub(back))
            .find(|at| !tokens.class(*at).contains(WordClass::ADVERB));
        speaks
            && before.is_some_and(|before| {
                tokens.class(before).contains(WordClass::SUBJECT)
                    || tokens.list[before].capital && tokens.list[before].kind == TokenKind::Word
            })
    });
    // "according to the Courier, Ann Lee, its chair, said": an attribution inside what the outlet says.
    let inside = attribution
        .inner
        .iter()
        .any(|inner| matches!(inner.kind, SourceKind::Person | SourceKind::Pronoun | SourceKind::Role));
    !labels && !itself && !passed_on && !inside
}

/// Whether the outlet found out and tells what happened, and is no agency, whose subscribers use it as their own: not
/// what it asked, shows or makes of something, nor a count it keeps, nor a report that is given credit for coming first.
fn is_a_report(piece: &RuleContext<'_>, attribution: &Attribution) -> bool {
    let tokens = piece.passage.tokens();
    let Some(source) = attribution.source.first().copied() else { return false };
    let name = bare(&piece.passage.prose()[source]);
    let verb = piece.cue_verb(attribution);
    let finds = verb.is_none_or(|(_, verb)| REPORTING.contains(&verb.lemma.text()));
    let words = tokens.inside(source);
    let of_somebody = words.clone().any(|at| tokens.is(at, "'s") || tokens.is(at, "’s"))
        || ["a", "an"].iter().any(|article| tokens.is(words.start, article));
    let around = |at: usize| at.saturating_sub(2)..at + 2;
    let mut near = around(words.start).chain(verb.map_or(0..0, |(at, _)| around(at)));
    let credited = near.any(|at| CREDIT.iter().any(|word| tokens.is(at, word)));
    let counted = verb.is_none()
        && attribution
            .content
            .iter()
            .any(|content| tokens.inside(*content).any(|at| tokens.list[at].kind == TokenKind::Number));
    let agency = AGENCIES.contains(name.as_str()) || name.ends_with("agency");
    // "…," Lee said, the Courier reported: Lee is the source, and is named.
    let sentence = piece.passage.sentence_at(source.start());
    let by_name = piece.attributions.iter().any(|other| {
        matches!(other.kind, SourceKind::Person | SourceKind::Pronoun | SourceKind::Role)
            && other.source.iter().any(|words| piece.passage.sentence_at(words.start()) == sentence)
    });
    finds && !of_somebody && !credited && !counted && !agency && !by_name && is_hidden(piece, attribution)
}

/// Whether the outlet tells what others could not watch or look up: plans and wishes, what somebody knows, talks, what is
/// alleged. Of what all could see or read an outlet's word is enough.
fn is_hidden(piece: &RuleContext<'_>, attribution: &Attribution) -> bool {
    let tokens = piece.passage.tokens();
    let verbs = |at: usize| verb(tokens.text(at)).is_some_and(|verb| VERBS.contains(verb.lemma.text()));
    let inside = |words: Range<usize>| HIDDEN.any(tokens, words.clone()) || words.into_iter().any(verbs);
    attribution.content.iter().any(|content| inside(tokens.inside(*content)))
}

/// Verbs by which a newsroom tells what it found out.
const REPORTING: [&str; 5] = ["report", "reveal", "learn", "disclose", "uncover"];

/// Words that give an earlier report its due, make it an event of its own, or tell where the newsroom has it from.
const CREDIT: [&str; 9] = ["by", "first", "previously", "has", "have", "after", "since", "when", "citing"];

/// Verbs for what nobody outside can watch, and other words for it.
static VERBS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| word_set(include_str!("src06-verbs.txt")));
static HIDDEN: LazyLock<Phrases<'static>> = LazyLock::new(|| Phrases::read(include_str!("src06-hidden.txt")));

/// Agencies, whose copy is bought to be printed.
static AGENCIES: LazyLock<FxHashSet<&str>> = LazyLock::new(|| word_set(include_str!("src06-agencies.txt")));

/// Verbs that give somebody a name.
const LABELS: [&str; 4] = ["call", "dub", "label", "nickname"];

/// An outlet's name without its article and capitals.
pub(super) fn bare(name: &str) -> String {
    let lower = name.trim().to_lowercase();
    lower.strip_prefix("the ").unwrap_or(&lower).to_owned()
}
