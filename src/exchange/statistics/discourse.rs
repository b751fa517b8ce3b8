//! The discourse network: who agrees with whom on what.
//!
//! After Leifeld, "Discourse Network Analysis" (The Oxford Handbook of Political Networks, 2017) and the program Discourse
//! Network Analyzer, with the options it calls one-mode network, qualifier aggregation "congruence", "conflict" and
//! "subtract", duplicates ignored across the date range, and normalisation "average activity".

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::{Claims, Statistics};
use crate::stance::Side;

/// How two actors stand to each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Tie {
    /// Indices of the two, the smaller first.
    pub actors: [usize; 2],
    /// How many times both take the same side of an issue.
    pub congruence: usize,
    /// How many times they take opposite sides of one.
    pub conflict: usize,
    /// The mean number of sides of issues the two take: their average activity.
    pub activity: f64,
    /// The claims by which they agree.
    pub agreeing: Claims,
    /// The claims by which they disagree.
    pub disagreeing: Claims,
}

impl Tie {
    /// Congruence less conflict.
    #[expect(clippy::cast_precision_loss, reason = "no corpus has so many issues")]
    pub fn subtract(&self) -> f64 {
        self.congruence as f64 - self.conflict as f64
    }

    /// [`Self::subtract`] over the average activity, so that who speaks much does not lead by that alone.
    pub fn normalised(&self) -> f64 {
        if self.activity > 0.0 { self.subtract() / self.activity } else { 0.0 }
    }
}

/// The ties among those who are for or against something; who takes a side ten times takes it once.
pub(super) fn network(figures: &Statistics) -> Vec<Tie> {
    let mut activity: FxHashMap<usize, u32> = FxHashMap::default();
    let mut by_issue: BTreeMap<usize, Vec<(usize, Side, Claims)>> = BTreeMap::new();
    for (actor, issue, cell) in &figures.stances {
        for side in [Side::For, Side::Against] {
            let claims = figures.on_side(cell, side);
            if !claims.is_empty() {
                *activity.entry(*actor).or_default() += 1;
                by_issue.entry(*issue).or_default().push((*actor, side, claims));
            }
        }
    }
    let mut ties: BTreeMap<[usize; 2], Tie> = BTreeMap::new();
    for positions in by_issue.values() {
        for (at, (one, side, claims)) in positions.iter().enumerate() {
            for (other, other_side, others) in &positions[at + 1..] {
                if one == other {
                    continue;
                }
                let pair = [*one.min(other), *one.max(other)];
                let tie = ties.entry(pair).or_insert_with(|| Tie {
                    actors: pair,
                    congruence: 0,
                    conflict: 0,
                    activity: pair.iter().map(|actor| f64::from(activity[actor])).sum::<f64>() / 2.0,
                    agreeing: Claims::new(),
                    disagreeing: Claims::new(),
                });
                let (count, list) = if side == other_side {
                    (&mut tie.congruence, &mut tie.agreeing)
                } else {
                    (&mut tie.conflict, &mut tie.disagreeing)
                };
                *count += 1;
                list.extend(claims.iter().chain(others));
            }
        }
    }
    let tidy = |mut tie: Tie| {
        for list in [&mut tie.agreeing, &mut tie.disagreeing] {
            list.sort_unstable();
            list.dedup();
        }
        tie
    };
    ties.into_values().map(tidy).collect()
}
