use std::sync::Arc;

use super::*;
use crate::actors::Registry;
use crate::analysis::{Analysis, Setup};
use crate::settings::Settings;

fn figures(articles: &[&str]) -> Statistics {
    let settings = ArticleClaims::settings(Settings::default());
    let setup = Arc::new(Setup { settings, ..Setup::default() });
    let read = |(at, text): (usize, &&str)| {
        let analysis = Analysis::new(Arc::from(*text), Arc::clone(&setup));
        ArticleClaims::new(&format!("{at}.article"), &analysis, &Registry::default())
    };
    Statistics::new(articles.iter().enumerate().map(read).collect())
}

/// A table as words, a line a row.
fn drawn(figures: &Statistics, name: &str) -> Vec<String> {
    let tables = figures.tables();
    let table = tables.iter().find(|table| table.name == name).unwrap();
    let row = |row: &Vec<Cell>| row.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    table.rows.iter().map(row).collect()
}

/// Each claim as `source anonymity: actors`.
fn claims(article: &str) -> Vec<String> {
    let figures = figures(&[article]);
    let claim = |(_, claim): &(usize, Claim)| {
        let actors: Vec<&str> = claim.actors.iter().map(|actor| actor.id.as_str()).collect();
        let anonymity = claim.anonymity.map_or("-", Anonymity::name);
        format!("{} {anonymity}: {}", claim.source.name(), actors.join(" ")).trim_end().to_owned()
    };
    figures.claims.iter().map(claim).collect()
}

const PIER: &str = "---
date: 2026-03-02
outlet: The Courier
actors:
  ek: {name: Bo Ek, kind: person}
  lee: {name: Ann Lee, kind: person}
  club: {name: Sailing Club, kind: organisation}
on:
  pier: Closing the pier
  fee: A fee for boats
---
";

fn pier(body: &str) -> String {
    format!("{PIER}{body}\n")
}

#[test]
fn who_takes_the_same_side_agrees_and_who_takes_it_twice_agrees_once() {
    let text = pier(
        "[Close it]{.claim by=ek on=pier stance=support}. [Close it now]{.claim by=ek on=pier stance=support}. \
         [Shut it]{.claim by=lee on=pier stance=support}. [Tax boats]{.claim by=lee on=fee stance=support}. \
         [Keep it]{.claim by=club on=pier stance=oppose}. [No fee]{.claim by=\"club ek\" on=fee stance=oppose}.",
    );
    let figures = figures(&[&text]);
    // Congruence, conflict, the difference, and that over the average of the sides the two take, which is 2 each.
    assert_eq!(
        drawn(&figures, "network"),
        ["Ann Lee Sailing Club 0 2 -2 -1", "Bo Ek Ann Lee 1 1 0 0", "Bo Ek Sailing Club 1 1 0 0",]
    );
}

#[test]
fn neutral_claims_tie_nobody() {
    let text = pier(
        "[Perhaps]{.claim by=ek on=pier stance=neutral} and [perhaps]{.claim by=lee on=pier stance=neutral}.",
    );
    assert_eq!(drawn(&figures(&[&text]), "network"), Vec::<String>::new());
}

#[test]
fn a_source_is_as_anonymous_as_its_span_says_and_of_several_the_best_named_counts() {
    assert_eq!(
        claims(&pier(
            "[Staff]{#s1 .source anon=role} [said]{.cue for=a} [it leaks]{#a .claim by=s1}. \
             [Officials]{#s2 .source anon=official} and [Bo Ek]{#s3 .source anon=named ref=ek} said \
             [it does]{.claim by=\"s2 s3\"}. [It will]{.claim by=none} reportedly [close]{.quote part-of=a}."
        )),
        ["role role:", "person named: person/bo-ek", "nobody -:"]
    );
}

#[test]
fn what_is_found_is_named_by_its_words() {
    assert_eq!(
        claims("Maria Keller said the pier leaks. Officials said it is safe. Sources said it is not."),
        ["person named: person/maria-keller", "unnamed official:", "unnamed unnamed:"]
    );
    assert_eq!(
        claims(
            "The harbour master, Maria Keller, said the pier leaks. The harbour master said it will close."
        ),
        ["person named: person/maria-keller", "role role:"]
    );
}

#[test]
fn a_caption_is_no_claim_of_whose_picture_it_is() {
    assert_eq!(
        claims("Maria Keller said the pier leaks.\n\nThe pier at dawn. Image: Bo Ek."),
        ["person named: person/maria-keller"]
    );
}

#[test]
fn an_article_in_which_somebody_marked_claims_has_no_others() {
    let text = pier("[It leaks]{.claim by=ek}. Ann Lee said that it does not.");
    assert_eq!(claims(&text), ["person named: person/bo-ek"]);
}

#[test]
fn an_actor_is_one_over_articles_by_name_and_kind_or_by_the_shared_registry() {
    let other = "---\nactors:\n  mayor: {name: Bo Ek, kind: person}\n---\n[It leaks]{.claim by=mayor}. [So what]{.claim by=usa}.\n";
    let figures = figures(&[&pier("[It leaks]{.claim by=ek}."), other]);
    assert_eq!(
        drawn(&figures, "actors"),
        ["Bo Ek person person/bo-ek 2 2 0 0 0 0 0", "United States country usa 1 1 0 0 0 0 0"]
    );
}

#[test]
fn time_without_articles_is_a_period_too() {
    let on = |day: &str| format!("---\ndate: {day}\n---\n[It leaks]{{.claim by=none}}.\n");
    let figures = figures(&[&on("2026-03-02"), &on("2026-03-04")]);
    assert_eq!(
        drawn(&figures, "time"),
        ["2026-03-02 1 1 0 0 0 0 0 1", "2026-03-03 0 0 0 0 0 0 0 0", "2026-03-04 1 1 0 0 0 0 0 1"]
    );
}

#[test]
fn a_draft_nobody_accepted_is_no_claim() {
    let text = pier("[It leaks]{.claim by=ek}. [It will close]{.claim .draft by=lee}.");
    assert_eq!(claims(&text), ["person named: person/bo-ek"]);
}
