//! The picture of the discourse network: two camps, ties within and across.

use std::cmp::Ordering;

use maud::{Markup, html};
use rustc_hash::FxHashSet;

use super::lists::Lists;
use crate::exchange::statistics::{Statistics, Tie};
use crate::ide::shorten;

/// Actors of the picture at most, those most active.
const ACTORS: usize = 24;

/// Ties of the picture, the strongest; beyond these an actor's strongest where it would have none.
const TIES: usize = 60;

/// Width of the picture, and how far the camps stand from its sides.
const WIDTH: f64 = 720.0;
const SIDE: f64 = 250.0;

/// Height of a place, and how far the middle of a camp bulges.
const ROW: f64 = 34.0;
const BULGE: f64 = 46.0;

/// Characters of a name.
const NAME: usize = 26;

/// How often the camps' vector is multiplied: enough for it to settle.
const ROUNDS: usize = 200;

/// Where an actor is drawn.
struct Place {
    actor: usize,
    x: f64,
    y: f64,
    is_left: bool,
}

/// The network, with each tie and each actor leading to their claims.
pub(super) fn picture(figures: &Statistics, lists: &mut Lists<'_>) -> Markup {
    let actors = shown_actors(figures);
    let mut ties: Vec<&Tie> =
        figures.network.iter().filter(|tie| tie.actors.iter().all(|actor| actors.contains(actor))).collect();
    ties.sort_by(|a, b| b.normalised().abs().total_cmp(&a.normalised().abs()));
    let places = layout(&actors, &camps(&actors, &ties));
    let mut tied: FxHashSet<usize> = FxHashSet::default();
    let mut drawn = 0;
    ties.retain(|tie| {
        let is_first = tie.actors.iter().filter(|actor| tied.insert(**actor)).count() > 0;
        drawn += 1;
        is_first || drawn <= TIES
    });
    let height = places.iter().map(|place| place.y).fold(0.0, f64::max) + ROW;
    let at = |actor: usize| places.iter().find(|place| place.actor == actor);
    let title = "Discourse network: solid lines join those who agree, dashed ones those who disagree, dotted ones those who do both as much";
    html! {
        figure {
            div.scroll tabindex="0" role="region" aria-label="Discourse network" {
                svg.picture viewBox={ "0 0 " (WIDTH) " " (format!("{height:.0}")) } role="group" aria-labelledby="network-picture" {
                    title #network-picture { (title) }
                    @for tie in &ties {
                        @if let (Some(one), Some(other)) = (at(tie.actors[0]), at(tie.actors[1])) {
                            (line(figures, tie, one, other, lists))
                        }
                    }
                    @for place in &places { (node(figures, place, lists)) }
                }
            }
            figcaption {
                (title) ". The stronger the tie (normalised), the broader the line."
                @if ties.len() < figures.network.len() { " The strongest " (ties.len()) " of " (figures.network.len()) " ties are drawn." }
            }
        }
    }
}

/// The most active of those who have ties, in the order of the actors.
fn shown_actors(figures: &Statistics) -> Vec<usize> {
    let mut tied: Vec<usize> = figures.network.iter().flat_map(|tie| tie.actors).collect();
    tied.sort_unstable();
    let mut counts: Vec<(usize, usize)> =
        tied.chunk_by(|a, b| a == b).map(|same| (same.len(), same[0])).collect();
    counts.sort_by_key(|(count, actor)| (std::cmp::Reverse(*count), *actor));
    counts.truncate(ACTORS);
    let mut actors: Vec<usize> = counts.into_iter().map(|(_, actor)| actor).collect();
    actors.sort_unstable();
    actors
}

/// On which side each of `actors` stands, by the sign of the leading eigenvector of the ties, as for the balance of signed
/// networks. Found by multiplying, from a fixed beginning and with operations that round alike everywhere.
fn camps(actors: &[usize], ties: &[&Tie]) -> Vec<bool> {
    let place = |actor: usize| actors.binary_search(&actor).ok();
    let edges: Vec<(usize, usize, f64)> = ties
        .iter()
        .filter_map(|tie| Some((place(tie.actors[0])?, place(tie.actors[1])?, tie.subtract())))
        .collect();
    let mut degrees = vec![0.0; actors.len()];
    for (one, other, weight) in &edges {
        degrees[*one] += weight.abs();
        degrees[*other] += weight.abs();
    }
    // Shifted so that no eigenvalue is below nought: the leading one is then the largest.
    let shift = degrees.iter().copied().fold(0.0, f64::max);
    let mut vector: Vec<f64> = (0_u32..).take(actors.len()).map(|at| 1.0 / f64::from(at + 1)).collect();
    for _ in 0..ROUNDS {
        let mut next: Vec<f64> = vector.iter().map(|value| value * shift).collect();
        for (one, other, weight) in &edges {
            next[*one] += weight * vector[*other];
            next[*other] += weight * vector[*one];
        }
        let length = next.iter().map(|value| value * value).sum::<f64>().sqrt();
        if length <= 0.0 {
            break;
        }
        vector = next.iter().map(|value| value / length).collect();
    }
    let first = vector.first().copied().unwrap_or(0.0);
    vector.iter().map(|value| value * first >= 0.0).collect()
}

/// The camps at the left and the right, each on an arc.
#[expect(clippy::cast_precision_loss, reason = "there are a few dozen at most")]
fn layout(actors: &[usize], is_left: &[bool]) -> Vec<Place> {
    let mut sides: [Vec<usize>; 2] = [Vec::new(), Vec::new()];
    for (actor, left) in actors.iter().zip(is_left) {
        sides[usize::from(!left)].push(*actor);
    }
    // One camp alone: half of it to each side.
    if sides[1].is_empty() {
        sides[1] = sides[0].split_off(sides[0].len().div_ceil(2));
    }
    let most = sides[0].len().max(sides[1].len()) as f64;
    let mut places = Vec::with_capacity(actors.len());
    for (side, is_left) in sides.iter().zip([true, false]) {
        let top = (most - side.len() as f64) * ROW / 2.0;
        for (at, actor) in side.iter().enumerate() {
            let t = (at as f64 + 0.5) / side.len() as f64 * 2.0 - 1.0;
            let bulge = BULGE * (1.0 - t * t).sqrt();
            let x = if is_left { SIDE - bulge } else { WIDTH - SIDE + bulge };
            places.push(Place { actor: *actor, x, y: top + (at as f64 + 0.75) * ROW, is_left });
        }
    }
    places
}

fn line(figures: &Statistics, tie: &Tie, one: &Place, other: &Place, lists: &mut Lists<'_>) -> Markup {
    let names = tie.actors.map(|actor| figures.actors[actor].name.as_str());
    let name = format!(
        "{} and {}: congruence {}, conflict {}, normalised {:.2}",
        names[0],
        names[1],
        tie.congruence,
        tie.conflict,
        tie.normalised()
    );
    let class = match tie.congruence.cmp(&tie.conflict) {
        Ordering::Greater => "congruence",
        Ordering::Less => "conflict",
        Ordering::Equal => "balance",
    };
    // Within a camp the line bends towards the middle.
    let bend =
        if one.is_left == other.is_left { ((one.y - other.y).abs() * 0.6).min(100.0) + 12.0 } else { 0.0 };
    let bend = if one.is_left { bend } else { -bend };
    let (x, y) = (f64::midpoint(one.x, other.x) + bend, f64::midpoint(one.y, other.y));
    let path = format!("M{:.1} {:.1}Q{x:.1} {y:.1} {:.1} {:.1}", one.x, one.y, other.x, other.y);
    let mut claims = [tie.agreeing.as_slice(), &tie.disagreeing].concat();
    claims.sort_unstable();
    claims.dedup();
    let address = lists.address(&claims, &format!("{} and {}", names[0], names[1]));
    let width = format!("{:.1}", 0.75 + 2.25 * tie.normalised().abs().min(1.0));
    html! {
        a href=[address] aria-label=(name) {
            title { (name) }
            path.tie.(class) d=(path) stroke-width=(width) {}
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a radius")]
fn node(figures: &Statistics, place: &Place, lists: &mut Lists<'_>) -> Markup {
    let actor = &figures.actors[place.actor];
    let radius = (3.0 + (actor.claims.len() as f64).sqrt()).min(12.0);
    let title = format!("{}: {}", actor.name, super::counted(actor.claims.len(), "claim", "claims"));
    let (anchor, x) =
        if place.is_left { ("end", place.x - radius - 6.0) } else { ("start", place.x + radius + 6.0) };
    html! {
        // Its title is its name: a label beside the words that are seen would have to hold those too.
        a href=[lists.address(&actor.claims, &format!("{}: claims", actor.name))] {
            title { (title) }
            circle.actor cx=(format!("{:.1}", place.x)) cy=(format!("{:.1}", place.y)) r=(format!("{radius:.1}")) {}
            text.label x=(format!("{x:.1}")) y=(format!("{:.1}", place.y + 4.5)) text-anchor=(anchor) { (shorten(&actor.name, NAME)) }
        }
    }
}
