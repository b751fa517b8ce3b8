//! The figures as one HTML page: no script, no network, for screens and paper, light and dark.
//!
//! Each number leads to the sentences it comes from. Whatever comes from a text, a path or a registry goes through
//! `maud`, which escapes it.

mod chart;
mod lists;
mod look;
mod network;
mod parts;
mod tables;

use std::path::Path;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::statistics::{Anonymity, Statistics, Table};
use lists::Lists;
use parts::Part;

/// How the page looks.
const STYLE: &str = include_str!("page.css");

/// Nothing is loaded from anywhere, and no script runs.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// The program, as the page names what it was made by.
const MAKER: &str = concat!("onrecord ", env!("CARGO_PKG_VERSION"));

/// How the page begins, up to the version of the program that made it.
const BEGINNING: &str = "<!DOCTYPE html><html lang=\"en\"><head><meta name=\"generator\" content=\"onrecord ";

/// Bars of a picture at most.
const BARS: usize = 15;

/// Issues whose stances are drawn over time at most.
const TIMES: usize = 6;

/// The page. Paths are shown from `folder`, where one is given. The same figures give the same bytes.
pub fn report(figures: &Statistics, folder: Option<&Path>) -> String {
    let mut lists = Lists::new(figures, folder);
    let name = folder.and_then(|folder| {
        let whole = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        whole.file_name().map(|name| name.to_string_lossy().into_owned())
    });
    let title = match &name {
        Some(name) => format!("On the record: {name}"),
        None => "On the record".to_owned(),
    };
    let tables = figures.tables();
    let table = |name: &str| tables.iter().find(|table| table.name == name);
    let sections: Vec<(&str, &str, Markup)> = [
        ("nobody", "Nobody on record", nobody(figures, &mut lists)),
        ("sources", "Sources", sources(figures, table("sources"), &mut lists)),
        ("actors", "Actors", actors(figures, table("actors"), &mut lists)),
        ("stances", "Who stands where", Some(tables::stances(figures, &mut lists))),
        ("network", "Who agrees with whom", discourse(figures, table("network"), &mut lists)),
        ("time", "Over time", time(figures, [table("time"), table("stance-time")], &mut lists)),
        ("outlets", "Outlets", outlets(figures, table("outlets"), &mut lists)),
        ("method", "How this was counted", Some(method(figures))),
    ]
    .into_iter()
    .filter_map(|(id, title, body)| Some((id, title, body?)))
    .collect();
    let first = overview(figures, &mut lists);
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                // First, so that the page is known by how it begins.
                meta name="generator" content=(MAKER);
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a.skip href="#main" { "Skip to the figures" }
                header { h1 { (title) } (first) }
                nav aria-label="Contents" {
                    ul {
                        @for (id, title, _) in &sections { li { a href={ "#" (id) } { (title) } } }
                        li { a href="#sentences" { "Sentences" } }
                    }
                }
                main #main {
                    @for (id, title, body) in &sections {
                        section aria-labelledby=(id) { h2 #(id) { (title) } (body) }
                    }
                    section.lists aria-labelledby="sentences" { h2 #sentences { "Sentences" } (lists.render()) }
                }
                footer { p { "Made by Onrecord " (env!("CARGO_PKG_VERSION")) "." } }
            }
        }
    };
    page.into_string()
}

/// Whether `file` is a page that [`report`] made.
pub fn is_report(file: &[u8]) -> bool {
    file.starts_with(BEGINNING.as_bytes())
}

/// `count` of a thing, with its noun.
fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(count), if count == 1 { one } else { many })
}

/// `number` with its digits in groups of three.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `part` of `whole` in per cent.
#[expect(clippy::cast_precision_loss, reason = "no corpus has so many claims")]
fn percent(part: usize, whole: usize) -> String {
    let share = if whole == 0 { 0.0 } else { part as f64 * 100.0 / whole as f64 };
    if part > 0 && share < 1.0 { "under 1 %".to_owned() } else { format!("{share:.0} %") }
}

/// What an editor wants to know first.
fn overview(figures: &Statistics, lists: &mut Lists<'_>) -> Markup {
    let all = figures.claims_where(|_| true);
    let parts = parts::split(figures, &all);
    let (nobody, nameless) = (figures.nobodys(), figures.nameless());
    let named = &parts[Part::Source(Anonymity::Named).at()];
    let days = figures.periods.first().zip(figures.periods.last());
    let span = days.map(|(first, last)| {
        if first.name == last.name { first.name.clone() } else { format!("{} to {}", first.name, last.name) }
    });
    let articles = figures.articles.len();
    html! {
        p.lead {
            @if all.is_empty() {
                "No claim was found in " (counted(articles, "article", "articles")) "."
            } @else {
                "Nobody is on record for " strong.nobody-ink { (grouped(nobody.len())) } " of "
                strong { (counted(all.len(), "claim", "claims")) } "."
                @if !nameless.is_empty() {
                    " Another " strong { (grouped(nameless.len())) }
                    @if nameless.len() == 1 { " rests" } @else { " rest" } " on sources without a name."
                }
            }
        }
        p.quiet {
            (counted(articles, "article", "articles"))
            @if let Some(span) = &span { ", " (span) }
            ". " (origin(figures))
        }
        @if !all.is_empty() {
            dl.cards {
                div.nobody { dt { "Nobody on record" } dd { (lists.number(&nobody, "Nobody on record")) }
                    dd.share { (percent(nobody.len(), all.len())) " of claims" } }
                div.unnamed { dt { "Without a name" } dd { (lists.number(&nameless, "Sources without a name")) }
                    dd.share { (percent(nameless.len(), all.len())) " of claims" } }
                div.named { dt { "By name" } dd { (lists.number(named, "Sources by name")) }
                    dd.share { (percent(named.len(), all.len())) " of claims" } }
                div { dt { "Actors on record" } dd { a href="#actors" { (grouped(figures.actors.len())) } }
                    dd.share { (grouped(figures.claims_where(|claim| !claim.actors.is_empty()).len())) " claims" } }
            }
            (chart::share(&parts, all.len(), lists))
        }
    }
}

/// Where the claims come from.
fn origin(figures: &Statistics) -> String {
    let articles = figures.articles.len();
    let annotated = figures.articles.iter().filter(|article| article.annotated).count();
    match annotated {
        0 => "Claims and sources were found by the program; no article is annotated.".to_owned(),
        all if all == articles => "Claims, sources and stances are those people marked.".to_owned(),
        some => format!(
            "In {} claims are those people marked, in the other {} those the program found.",
            counted(some, "article", "articles"),
            grouped(articles - some)
        ),
    }
}

fn nobody(figures: &Statistics, lists: &mut Lists<'_>) -> Option<Markup> {
    let bare = figures.claims_where(|claim| claim.source == super::CitedSource::Bare);
    let impersonal = figures.claims_where(|claim| claim.source == super::CitedSource::Nobody);
    if bare.is_empty() && impersonal.is_empty() {
        return None;
    }
    Some(html! {
        p {
            @if !bare.is_empty() {
                (lists.number(&bare, "Statements without attribution"))
                @if bare.len() == 1 { " is a statement that needs a source and has none" }
                @else { " are statements that need a source and have none" }
                " (rule ATT01)" @if impersonal.is_empty() { "." } @else { "; " }
            }
            @if !impersonal.is_empty() {
                (lists.number(&impersonal, "Reporting words without a source"))
                @if impersonal.len() == 1 { " has" } @else { " have" }
                " reporting words and no source, as in “is expected” or “reportedly”."
            }
        }
        @if !bare.is_empty() { h3 { "Statements without attribution" } (lists.sentences(&bare)) }
        @if !impersonal.is_empty() { h3 { "Reporting words without a source" } (lists.sentences(&impersonal)) }
    })
}

fn sources(figures: &Statistics, table: Option<&Table>, lists: &mut Lists<'_>) -> Option<Markup> {
    let table = table.filter(|table| !table.rows.is_empty())?;
    let rows: Vec<chart::Bar> = super::CitedSource::ALL
        .into_iter()
        .map(|source| (source, figures.claims_where(|claim| claim.source == source)))
        .filter(|(_, claims)| !claims.is_empty())
        .map(|(source, claims)| chart::Bar::split(source.name(), figures, &claims))
        .collect();
    Some(html! {
        (chart::bars("sources-picture", "Claims by kind of source, coloured by how the source is named", &rows, lists))
        (tables::table(table, lists))
    })
}

fn actors(figures: &Statistics, table: Option<&Table>, lists: &mut Lists<'_>) -> Option<Markup> {
    let table = table.filter(|table| !table.rows.is_empty())?;
    let rows: Vec<chart::Bar> = figures
        .actors
        .iter()
        .take(BARS)
        .map(|actor| chart::Bar::whole(&actor.name, Part::Source(Anonymity::Named), actor.claims.clone()))
        .collect();
    Some(html! {
        p { "Who is cited with a name that can be told, or by a word for it: “he”, “the minister”. In all articles one actor is one by its registry entry, else by its name and kind." }
        (chart::bars("actors-picture", "Actors by claims", &rows, lists))
        (tables::table(table, lists))
    })
}

fn discourse(figures: &Statistics, table: Option<&Table>, lists: &mut Lists<'_>) -> Option<Markup> {
    let table = table.filter(|table| !table.rows.is_empty())?;
    Some(html! {
        p { "Two actors agree (congruence) each time both take the same side of an issue, and disagree (conflict) each time they take opposite sides. Subtract is congruence less conflict; normalised, that over the average activity of the two." }
        (network::picture(figures, lists))
        (tables::table(table, lists))
    })
}

fn time(figures: &Statistics, found: [Option<&Table>; 2], lists: &mut Lists<'_>) -> Option<Markup> {
    let [claims, stances] = found.map(|table| table.filter(|table| !table.rows.is_empty()));
    let claims = claims?;
    let undated = figures.articles.iter().filter(|article| article.date.is_none()).count();
    let columns: Vec<chart::Bar> = figures
        .periods
        .iter()
        .map(|period| chart::Bar::split(&period.name, figures, &period.claims))
        .collect();
    Some(html! {
        @if undated > 0 { p.quiet { (counted(undated, "article", "articles")) " without a date left out." } }
        @if columns.len() > 1 {
            (chart::columns("time-picture", "Claims by the article’s date, coloured by how the source is named", &columns, lists))
        }
        (tables::table(claims, lists))
        @if let Some(stances) = stances {
            h3 { "Stances" }
            @if columns.len() > 1 { (stance_times(figures, lists)) }
            (tables::table(stances, lists))
        }
    })
}

/// A picture of who was for and against each of the issues most spoken of.
fn stance_times(figures: &Statistics, lists: &mut Lists<'_>) -> Markup {
    let mut issues: Vec<(usize, &(String, String))> = figures
        .issues
        .iter()
        .map(|issue| (figures.claims_where(|claim| claim.issue.as_ref() == Some(&issue.0)).len(), issue))
        .collect();
    issues.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    html! {
        @for (at, (_, (id, label))) in issues.iter().take(TIMES).enumerate() {
            @let sides = chart::Sides::over_time(figures, id);
            @if !sides.iter().all(chart::Sides::is_empty) {
                (chart::sides(&format!("stances-{at}"), label, &sides, lists))
            }
        }
    }
}

fn outlets(figures: &Statistics, table: Option<&Table>, lists: &mut Lists<'_>) -> Option<Markup> {
    let table = table.filter(|table| !table.rows.is_empty())?;
    let rows: Vec<chart::Bar> = figures
        .outlets
        .iter()
        .take(BARS)
        .map(|outlet| {
            let name = outlet.name.as_deref().unwrap_or("not given");
            chart::Bar::split(name, figures, &outlet.claims)
        })
        .collect();
    Some(html! {
        @if figures.outlets.iter().any(|outlet| outlet.name.is_some()) {
            (chart::bars("outlets-picture", "Claims by outlet, coloured by how the source is named", &rows, lists))
        }
        (tables::table(table, lists))
    })
}

fn method(figures: &Statistics) -> Markup {
    let found = figures.articles.iter().any(|article| !article.annotated);
    html! {
        ul {
            li { "A claim is what somebody says, thinks, wants or plans. In an article in which a person marked claims, those are counted and no others." }
            @if found {
                li { "In articles without annotation the program finds claims, sources and pronouns. It errs: follow a number to its sentences before you rely on it. What a claim is about, and so who stands where, it does not know: stances are those people marked." }
            }
            li { "A claim with several sources counts once among the sources, by the one named best, and for each of its actors." }
            li { "Without a name are sources of whom an article tells no more than that they are official, and less. A pronoun nobody was found for is counted as such." }
            li { "Who takes a side of an issue ten times takes it once in the network (Leifeld, Discourse Network Analysis, 2017; in Discourse Network Analyzer: qualifier aggregation “subtract”, duplicates ignored across the date range, normalisation “average activity”)." }
            li { "Long tables and lists are cut, with what is left out counted. “onrecord stats” prints all of it, also as CSV and JSON." }
        }
    }
}
