//! Figures over many articles: who makes claims, how well they are named, where they stand, by when and where.
//!
//! Each number is a list of claims, so that it can be checked: [`Statistics::claims`] has their places.

mod claim;
mod discourse;
mod graphml;
mod period;
mod table;

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::actors::ActorKind;
use crate::stance::Side;

pub use claim::{Anonymity, ArticleClaims, CitedActor, CitedSource, Claim, Stance};
pub use discourse::Tie;
pub use period::Period;
pub use table::{Cell, Column, Table};

/// Claims, as indices into [`Statistics::claims`], in order.
pub type Claims = Vec<u32>;

/// Claims by their stance, in the order of [`Statistics::vocabulary`].
pub type ByStance = Vec<Claims>;

/// The figures over the articles they were made of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Statistics {
    /// The articles, in the order given. Their claims have moved to [`Self::claims`], their stances to
    /// [`Self::vocabulary`].
    pub articles: Vec<ArticleClaims>,
    /// All claims, each with the index of its article.
    pub claims: Vec<(usize, Claim)>,
    /// Who makes claims; who makes most comes first.
    pub actors: Vec<ActorFigures>,
    /// What stances are about, in the order of their ids: id and label.
    pub issues: Vec<(String, String)>,
    /// What stances can be: what the settings of the articles say, in their order.
    pub vocabulary: Vec<Stance>,
    /// Who stands where: indices of an actor and an issue, in that order.
    pub stances: Vec<(usize, usize, ByStance)>,
    /// The discourse network of those who are for or against something.
    pub network: Vec<Tie>,
    /// Claims by what kind of source makes them, and how well it is named.
    pub sources: BTreeMap<(CitedSource, Option<Anonymity>), Claims>,
    /// The articles' days, in periods of one length.
    pub periods: Vec<Period>,
    /// The outlets; who published most comes first.
    pub outlets: Vec<OutletFigures>,
}

/// An actor and what it claims.
#[derive(Clone, Debug, PartialEq)]
pub struct ActorFigures {
    /// Its id.
    pub id: String,
    /// The name shown.
    pub name: String,
    /// What it is.
    pub kind: Option<ActorKind>,
    /// What it claims.
    pub claims: Claims,
    /// In how many articles.
    pub articles: usize,
}

/// An outlet and what its articles say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OutletFigures {
    /// Its name; none for the articles that do not say.
    pub name: Option<String>,
    /// How many articles it published.
    pub articles: usize,
    /// Their claims.
    pub claims: Claims,
}

impl Statistics {
    /// The figures over `articles`. The same articles in the same order give the same figures.
    pub fn new(mut articles: Vec<ArticleClaims>) -> Self {
        let claims: Vec<(usize, Claim)> = articles
            .iter_mut()
            .enumerate()
            .flat_map(|(at, article)| {
                std::mem::take(&mut article.claims).into_iter().map(move |claim| (at, claim))
            })
            .collect();
        let mut vocabulary: Vec<Stance> = Vec::new();
        for stance in articles.iter_mut().flat_map(|article| std::mem::take(&mut article.stances)) {
            if !vocabulary.iter().any(|known| known.name == stance.name) {
                vocabulary.push(stance);
            }
        }
        let mut figures = Self { articles, claims, vocabulary, ..Self::default() };
        let actor_of = figures.count_actors();
        figures.count_stances(&actor_of);
        figures.network = discourse::network(&figures);
        for (number, (_, claim)) in (0..).zip(&figures.claims) {
            figures.sources.entry((claim.source, claim.anonymity)).or_default().push(number);
        }
        figures.periods = period::periods(&figures);
        figures.count_outlets();
        figures
    }

    /// The claims `wanted`.
    pub fn claims_where(&self, wanted: impl Fn(&Claim) -> bool) -> Claims {
        (0..).zip(&self.claims).filter(|(_, (_, claim))| wanted(claim)).map(|(number, _)| number).collect()
    }

    /// The claims nobody is on record for.
    pub fn nobodys(&self) -> Claims {
        self.claims_where(|claim| claim.source.is_nobody())
    }

    /// The claims of sources whose name is withheld.
    pub fn nameless(&self) -> Claims {
        self.claims_where(|claim| {
            matches!(claim.anonymity, Some(Anonymity::Official | Anonymity::Unnamed))
                && !claim.source.is_nobody()
        })
    }

    /// The side that `claim` takes of what it is about.
    pub fn side(&self, claim: &Claim) -> Option<Side> {
        let name = claim.stance.as_ref()?;
        self.vocabulary.iter().find(|stance| stance.name == *name)?.side
    }

    /// The claims of `cell` by which its actor takes `side`.
    pub fn on_side(&self, cell: &ByStance, side: Side) -> Claims {
        let taking = self.vocabulary.iter().zip(cell).filter(|(stance, _)| stance.side == Some(side));
        let mut claims: Claims = taking.flat_map(|(_, claims)| claims).copied().collect();
        claims.sort_unstable();
        claims
    }

    /// The claim `number` with its article.
    pub fn claim(&self, number: u32) -> Option<(&ArticleClaims, &Claim)> {
        let (article, claim) = self.claims.get(number as usize)?;
        Some((self.articles.get(*article)?, claim))
    }

    /// Counts the actors; their places by id.
    fn count_actors(&mut self) -> FxHashMap<String, usize> {
        let mut by_id: FxHashMap<&str, (&CitedActor, Claims)> = FxHashMap::default();
        for (number, (_, claim)) in (0..).zip(&self.claims) {
            for actor in &claim.actors {
                by_id.entry(&actor.id).or_insert_with(|| (actor, Claims::new())).1.push(number);
            }
        }
        let mut actors: Vec<ActorFigures> = by_id
            .into_values()
            .map(|(actor, claims)| {
                let mut articles: Vec<usize> =
                    claims.iter().map(|number| self.claims[*number as usize].0).collect();
                articles.dedup();
                let CitedActor { id, name, kind } = actor.clone();
                ActorFigures { id, name, kind, claims, articles: articles.len() }
            })
            .collect();
        actors.sort_by(|a, b| {
            let by_claims = b.claims.len().cmp(&a.claims.len());
            by_claims.then_with(|| (&a.name, &a.id).cmp(&(&b.name, &b.id)))
        });
        let places = actors.iter().enumerate().map(|(at, actor)| (actor.id.clone(), at)).collect();
        self.actors = actors;
        places
    }

    fn count_stances(&mut self, actor_of: &FxHashMap<String, usize>) {
        let mut labels: BTreeMap<&str, &str> = BTreeMap::new();
        for (article, claim) in &self.claims {
            let Some(issue) = &claim.issue else { continue };
            let declared = self.articles[*article].issues.iter().find(|(id, _)| id == issue);
            let label = labels.entry(issue).or_insert(issue);
            if let Some((_, declared)) = declared.filter(|_| *label == issue) {
                *label = declared;
            }
        }
        let issues: Vec<(String, String)> =
            labels.into_iter().map(|(id, label)| (id.to_owned(), label.to_owned())).collect();
        let mut cells: BTreeMap<(usize, usize), ByStance> = BTreeMap::new();
        for (number, (_, claim)) in (0..).zip(&self.claims) {
            let (Some(issue), Some(stance)) = (&claim.issue, &claim.stance) else { continue };
            let Some(stance) = self.vocabulary.iter().position(|known| known.name == *stance) else {
                continue;
            };
            let Ok(issue) = issues.binary_search_by(|(id, _)| id.cmp(issue)) else { continue };
            for actor in claim.actors.iter().filter_map(|actor| actor_of.get(&actor.id)) {
                let cell = cells.entry((*actor, issue));
                cell.or_insert_with(|| vec![Claims::new(); self.vocabulary.len()])[stance].push(number);
            }
        }
        self.issues = issues;
        self.stances = cells.into_iter().map(|((actor, issue), cell)| (actor, issue, cell)).collect();
    }

    fn count_outlets(&mut self) {
        let mut by_name: BTreeMap<Option<&str>, OutletFigures> = BTreeMap::new();
        for article in &self.articles {
            let name = article.outlet.as_deref();
            let outlet = by_name.entry(name).or_default();
            outlet.name = name.map(str::to_owned);
            outlet.articles += 1;
        }
        for (number, (article, _)) in (0..).zip(&self.claims) {
            by_name.entry(self.articles[*article].outlet.as_deref()).or_default().claims.push(number);
        }
        let mut outlets: Vec<OutletFigures> = by_name.into_values().collect();
        outlets.sort_by_key(|outlet| std::cmp::Reverse(outlet.articles));
        self.outlets = outlets;
    }
}

#[cfg(test)]
mod tests;
