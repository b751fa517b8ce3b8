//! SRC06: another outlet's report is the source.

use super::finding::MOST_RELATED;
use super::speech::SPEECH;
use super::summary::{Remarks, Summary};
use super::{ArticleContext, Check, Family, RUNNING_TEXT, Related, Report, Rule, RuleContext, Severity};
use crate::attribution::{Attribution, SourceKind};
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

fn check(context: &ArticleContext<'_>, report: &mut Report<'_>) {
    let cited = |(summary, piece): (&Summary, RuleContext<'_>)| -> Vec<(TextRange, String)> {
        let outlets = summary.second_hand.iter();
        outlets.map(|source| (piece.to_article(*source), piece.passage.prose()[*source].to_owned())).collect()
    };
    let mut places = context.with(Remarks::SECOND_HAND).flat_map(cited).take(1 + MOST_RELATED);
    let Some((range, name)) = places.next() else { return };
    let message = format!(
        "This is what '{name}' reported. Name its source too, or ask somebody who knows it at first hand."
    );
    report.add(range, message).related.extend(
        places.map(|(range, name)| Related { range, message: format!("'{name}' again is the source") }),
    );
}

/// The sources of a piece, outside quotation marks, that are outlets other than one's own.
pub(super) fn summarize(piece: &RuleContext<'_>, summary: &mut Summary) {
    let outlet = piece.header.outlet.iter().map(|outlet| outlet.text.as_str());
    let own = || outlet.clone().chain(piece.settings.own_outlets.iter().map(String::as_str));
    summary.second_hand = piece
        .attributions
        .iter()
        .filter(|attribution| attribution.kind == SourceKind::Outlet && rests_on_it(piece, attribution))
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
            named && !office && own().all(|own| !name.contains(bare(own).as_str()))
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
    !labels && !itself && !passed_on
}

/// Verbs that give somebody a name.
const LABELS: [&str; 4] = ["call", "dub", "label", "nickname"];

/// An outlet's name without its article and capitals.
pub(super) fn bare(name: &str) -> String {
    let lower = name.trim().to_lowercase();
    lower.strip_prefix("the ").unwrap_or(&lower).to_owned()
}
