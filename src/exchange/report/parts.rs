//! How claims are coloured: by how well their source is named.

use crate::exchange::statistics::{Anonymity, Claim, Claims, Statistics};

/// How well the source of a claim is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// There is one.
    Source(Anonymity),
    /// A pronoun nobody was found for.
    Unclear,
    Nobody,
}

/// Claims by how well their source is named, in the order of [`Part::ALL`].
pub(super) type Parts = [Claims; Part::ALL.len()];

impl Part {
    /// All of them, the best named first.
    pub(super) const ALL: [Self; 7] = {
        let [named, organisation, role, official, unnamed] = Anonymity::ALL;
        [
            Self::Source(named),
            Self::Source(organisation),
            Self::Source(role),
            Self::Source(official),
            Self::Source(unnamed),
            Self::Unclear,
            Self::Nobody,
        ]
    };

    fn of(claim: &Claim) -> Self {
        match claim.anonymity {
            Some(anonymity) => Self::Source(anonymity),
            None if claim.source.is_nobody() => Self::Nobody,
            None => Self::Unclear,
        }
    }

    /// Its place in [`Self::ALL`].
    pub(super) const fn at(self) -> usize {
        match self {
            Self::Source(anonymity) => anonymity as usize,
            Self::Unclear => Anonymity::ALL.len(),
            Self::Nobody => Anonymity::ALL.len() + 1,
        }
    }

    /// Its class in the style sheet.
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Source(anonymity) => anonymity.name(),
            Self::Unclear => "unclear",
            Self::Nobody => "nobody",
        }
    }

    /// What it means.
    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::Source(Anonymity::Named) => "By name",
            Self::Source(Anonymity::Organisation) => "An organisation or document",
            Self::Source(Anonymity::Role) => "An office or part",
            Self::Source(Anonymity::Official) => "“Officials” and no more",
            Self::Source(Anonymity::Unnamed) => "Unnamed",
            Self::Unclear => "A pronoun, unresolved",
            Self::Nobody => "Nobody",
        }
    }
}

/// `claims` by how well their source is named.
pub(super) fn split(figures: &Statistics, claims: &[u32]) -> Parts {
    let mut out = Parts::default();
    for number in claims {
        if let Some((_, claim)) = figures.claim(*number) {
            out[Part::of(claim).at()].push(*number);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_is_where_it_says() {
        assert!(Part::ALL.into_iter().enumerate().all(|(at, part)| part.at() == at));
    }
}
