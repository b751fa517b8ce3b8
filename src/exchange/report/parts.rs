//! How claims are coloured: by how well their source is named.

use crate::exchange::statistics::{Anonymity, Claims, Statistics};

/// How well the source of a claim is named, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Named,
    Organisation,
    Role,
    Official,
    Unnamed,
    /// A pronoun nobody was found for.
    Unclear,
    Nobody,
}

impl Part {
    pub(super) const ALL: [Self; 7] = [
        Self::Named,
        Self::Organisation,
        Self::Role,
        Self::Official,
        Self::Unnamed,
        Self::Unclear,
        Self::Nobody,
    ];

    /// Its class in the style sheet.
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Named => "named",
            Self::Organisation => "organisation",
            Self::Role => "role",
            Self::Official => "official",
            Self::Unnamed => "unnamed",
            Self::Unclear => "unclear",
            Self::Nobody => "nobody",
        }
    }

    /// What it means.
    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::Named => "By name",
            Self::Organisation => "An organisation or document",
            Self::Role => "An office or part",
            Self::Official => "“Officials” and no more",
            Self::Unnamed => "Unnamed",
            Self::Unclear => "A pronoun, unresolved",
            Self::Nobody => "Nobody",
        }
    }
}

/// `claims` by how well their source is named, in the order of [`Part::ALL`].
pub(super) fn split(figures: &Statistics, claims: &[u32]) -> [Claims; 7] {
    let mut out: [Claims; 7] = Default::default();
    for number in claims {
        let Some((_, claim)) = figures.claim(*number) else { continue };
        let part = match claim.anonymity {
            Some(Anonymity::Named) => Part::Named,
            Some(Anonymity::Organisation) => Part::Organisation,
            Some(Anonymity::Role) => Part::Role,
            Some(Anonymity::Official) => Part::Official,
            Some(Anonymity::Unnamed) => Part::Unnamed,
            None if claim.source.is_nobody() => Part::Nobody,
            None => Part::Unclear,
        };
        out[part as usize].push(*number);
    }
    out
}
