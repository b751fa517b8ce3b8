//! Bars and columns as SVG. Drawn here and not by a library of plots: those write colours and sizes into the picture, so
//! it has no dark side, no names and no links.

use maud::{Markup, html};

use super::lists::Lists;
use super::look;
use super::parts::{self, Part, Parts};
use super::{grouped, percent};
use crate::exchange::statistics::{Claims, Statistics};
use crate::ide::shorten;
use crate::stance::Side;

/// Width of a picture, in units of the picture.
const WIDTH: usize = 720;

/// Width of a character of a label, a little more than it is on average.
const CHARACTER: usize = 7;

/// Room for the number behind a bar.
const NUMBERS: usize = 60;

/// Height of a bar with the gap below it.
const ROW: usize = 26;

/// Characters of a label.
const LABEL: usize = 28;

/// Height of a picture of columns, and of the room for their names below.
const COLUMNS: usize = 220;
const NAMES: usize = 24;

/// Columns of a picture at most, the last.
const COLUMNS_SHOWN: usize = 60;

/// A bar, in parts.
pub(super) struct Bar {
    label: String,
    parts: Parts,
}

impl Bar {
    /// A bar of `claims` by how well their source is named.
    pub(super) fn split(label: &str, figures: &Statistics, claims: &[u32]) -> Self {
        Self { label: label.to_owned(), parts: parts::split(figures, claims) }
    }

    /// A bar of one part.
    pub(super) fn whole(label: &str, part: Part, claims: Claims) -> Self {
        let mut parts = Parts::default();
        parts[part.at()] = claims;
        Self { label: label.to_owned(), parts }
    }

    fn len(&self) -> usize {
        self.parts.iter().map(Vec::len).sum()
    }

    /// Its parts that are not empty: what, which claims, from where and how long on a scale on which `whole` claims
    /// are `length` long.
    fn segments(&self, length: usize, whole: usize) -> Vec<(Part, &Claims, usize, usize)> {
        let whole = whole.max(1);
        let mut at = 0;
        let mut out = Vec::new();
        for (part, claims) in Part::ALL.into_iter().zip(&self.parts).filter(|(_, claims)| !claims.is_empty())
        {
            let from = length * at / whole;
            at += claims.len();
            out.push((part, claims, from, (length * at / whole - from).max(1)));
        }
        out
    }
}

/// What a part of a bar is called.
fn name(label: &str, part: Part, count: usize, is_split: bool) -> String {
    if is_split {
        format!("{label}, {}: {}", part.label(), grouped(count))
    } else {
        format!("{label}: {}", grouped(count))
    }
}

/// A bar of all claims, with what its parts are and how much of the whole.
pub(super) fn share(parts: &Parts, whole: usize, lists: &mut Lists<'_>) -> Markup {
    let bar = Bar { label: "All claims".to_owned(), parts: parts.clone() };
    let segments = bar.segments(WIDTH, whole);
    html! {
        figure {
            svg.share viewBox={ "0 0 " (WIDTH) " 28" } preserveAspectRatio="none" role="group" aria-labelledby="share-title" {
                title #share-title { "How the sources of all claims are named" }
                @for (part, claims, from, length) in &segments { (segment(lists, &bar.label, *part, claims, [*from, 0, *length, 28], true)) }
            }
            figcaption {
                ul.key {
                    @for (part, claims, ..) in &segments {
                        li { span.swatch.(part.class()) {} (part.label()) " " b { (lists.number(claims, part.label())) } " " span.quiet { (percent(claims.len(), whole)) } }
                    }
                }
            }
        }
    }
}

/// One part of a bar, at x, y, width and height, leading to its claims.
fn segment(
    lists: &mut Lists<'_>,
    label: &str,
    part: Part,
    claims: &Claims,
    place: [usize; 4],
    is_split: bool,
) -> Markup {
    let name = name(label, part, claims.len(), is_split);
    let [x, y, width, height] = place;
    let address = lists.address(claims, &name);
    html! {
        a href=[address] aria-label=(name) {
            title { (name) }
            rect.(part.class()) x=(x) y=(y) width=(width) height=(height) {}
        }
    }
}

/// A frame around a picture: it scrolls in its box where there is no room for it.
fn picture(id: &str, title: &str, height: usize, body: &Markup, key: &[Part]) -> Markup {
    html! {
        figure {
            div.scroll tabindex="0" role="region" aria-label=(title) {
                svg.picture viewBox={ "0 0 " (WIDTH) " " (height) } role="group" aria-labelledby=(id) {
                    title #(id) { (title) }
                    (body)
                }
            }
            figcaption {
                (title) "."
                @if key.len() > 1 { ul.key { @for part in key { li { span.swatch.(part.class()) {} (part.label()) } } } }
            }
        }
    }
}

/// The parts there are in `bars`.
fn key(bars: &[Bar]) -> Vec<Part> {
    let has = |part: &Part| bars.iter().any(|bar| !bar.parts[part.at()].is_empty());
    Part::ALL.into_iter().filter(has).collect()
}

/// Bars below each other.
pub(super) fn bars(id: &str, title: &str, rows: &[Bar], lists: &mut Lists<'_>) -> Markup {
    let most = rows.iter().map(Bar::len).max().unwrap_or(0);
    let is_split = rows.iter().any(|row| row.segments(1, 1).len() > 1);
    let longest = rows.iter().map(|row| row.label.chars().count().min(LABEL)).max().unwrap_or(0);
    let labels = (longest * CHARACTER + 20).max(80);
    let length = WIDTH - labels - NUMBERS;
    let body = html! {
        @for (at, row) in rows.iter().enumerate() {
            @let y = at * ROW;
            text.label x=(labels - 10) y=(y + 17) text-anchor="end" { (shorten(&row.label, LABEL)) }
            @for (part, claims, from, long) in row.segments(length, most) {
                (segment(lists, &row.label, part, claims, [labels + from, y + 3, long, ROW - 7], is_split))
            }
            @let end = row.segments(length, most).last().map_or(0, |(_, _, from, length)| from + length);
            text.value x=(labels + end + 8) y=(y + 17) { (grouped(row.len())) }
        }
    };
    picture(id, title, rows.len() * ROW, &body, &key(rows))
}

/// Where the `at`-th of `count` columns begins, and how wide it is.
fn column(at: usize, count: usize) -> (usize, usize) {
    let (from, to) = (WIDTH * at / count, WIDTH * (at + 1) / count);
    let gap = ((to - from) / 6).clamp(1, 12);
    (from + gap, (to - from).saturating_sub(2 * gap).clamp(1, 80))
}

/// The names below `count` columns: as many as there is room for.
fn names<'a>(labels: impl ExactSizeIterator<Item = &'a str>, y: usize) -> Markup {
    let count = labels.len();
    let step = count.div_ceil(9).max(1);
    html! {
        @for (at, label) in labels.enumerate().step_by(step) {
            @let (x, width) = column(at, count);
            text.value x=(x + width / 2) y=(y) text-anchor=(if at == 0 && count > 9 { "start" } else { "middle" }) { (label) }
        }
    }
}

/// Columns beside each other, in the order of time.
pub(super) fn columns(id: &str, title: &str, all: &[Bar], lists: &mut Lists<'_>) -> Markup {
    let shown = &all[all.len().saturating_sub(COLUMNS_SHOWN)..];
    let most = shown.iter().map(Bar::len).max().unwrap_or(0);
    let top = 18;
    let body = html! {
        line.axis x1="0" x2=(WIDTH) y1=(COLUMNS) y2=(COLUMNS) {}
        @for (at, bar) in shown.iter().enumerate() {
            @let (x, width) = column(at, shown.len());
            @for (part, claims, from, length) in bar.segments(COLUMNS - top, most) {
                (segment(lists, &bar.label, part, claims, [x, COLUMNS - from - length, width, length], true))
            }
            @if shown.len() <= 24 && bar.len() > 0 {
                @let height = bar.segments(COLUMNS - top, most).last().map_or(0, |(_, _, from, length)| from + length);
                text.value x=(x + width / 2) y=(COLUMNS - height - 5) text-anchor="middle" { (grouped(bar.len())) }
            }
        }
        (names(shown.iter().map(|bar| bar.label.as_str()), COLUMNS + NAMES - 6))
    };
    picture(id, title, COLUMNS + NAMES, &body, &key(shown))
}

/// Who was for something and who against it, in one period.
pub(super) struct Sides {
    period: String,
    claims: [(Side, Claims); 2],
}

impl Sides {
    /// The sides taken of `issue` in each period.
    pub(super) fn over_time(figures: &Statistics, issue: &str) -> Vec<Self> {
        let periods = figures.periods.iter().map(|period| {
            let of = |side| {
                let is = |number: &u32| {
                    figures.claim(*number).is_some_and(|(_, claim)| {
                        claim.issue.as_deref() == Some(issue) && figures.side(claim) == Some(side)
                    })
                };
                (side, period.claims.iter().copied().filter(is).collect())
            };
            Self { period: period.name.clone(), claims: [of(Side::For), of(Side::Against)] }
        });
        periods.collect()
    }

    /// Whether nobody took a side.
    pub(super) fn is_empty(&self) -> bool {
        self.claims.iter().all(|(_, claims)| claims.is_empty())
    }
}

/// Support above a line, opposition below it, over time.
pub(super) fn sides(id: &str, issue: &str, all: &[Sides], lists: &mut Lists<'_>) -> Markup {
    let shown = &all[all.len().saturating_sub(COLUMNS_SHOWN)..];
    let lengths = shown.iter().flat_map(|sides| &sides.claims).map(|(_, claims)| claims.len());
    let most = lengths.max().unwrap_or(0).max(1);
    let (half, title) = (70, format!("{issue}: support above the line, opposition below"));
    let body = html! {
        line.axis x1="0" x2=(WIDTH) y1=(half) y2=(half) {}
        @for (at, sides) in shown.iter().enumerate() {
            @let (x, width) = column(at, shown.len());
            @for (side, claims) in &sides.claims {
                @if !claims.is_empty() {
                    @let height = (half * claims.len() / most).max(1);
                    @let class = look::of_side(*side);
                    @let name = format!("{issue}, {}, {class}: {}", sides.period, claims.len());
                    a href=[lists.address(claims, &name)] aria-label=(name) {
                        title { (name) }
                        rect.(class) x=(x) y=(if *side == Side::For { half - height } else { half }) width=(width) height=(height) {}
                    }
                }
            }
        }
        (names(shown.iter().map(|sides| sides.period.as_str()), 2 * half + NAMES - 6))
    };
    picture(id, &title, 2 * half + NAMES, &body, &[])
}
