//! The index over all articles: who is mentioned where, and how much is on record for whom.
//!
//! An article is summed up from its analysis, which is then dropped. A mention costs 12 bytes, an actor in an
//! article 12 more; names and paths are kept once.

mod cache;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::actors::ActorKind;
use crate::analysis::Analysis;
use crate::text::{TextRange, range};

pub use cache::{IndexCache, Stamp};

/// What the index keeps of one article.
#[derive(Clone, Debug, Default)]
pub struct ArticleSummary {
    /// A number made of the text it was made of.
    hash: u64,
    actors: Vec<SummaryActor>,
    mentions: Vec<Mention>,
}

/// An actor of one article.
#[derive(Clone, Debug)]
struct SummaryActor {
    id: String,
    name: String,
    kind: Option<ActorKind>,
    claims: u32,
}

/// A mention: whose, an index into the actors of the summary or of the index, and where.
#[derive(Clone, Copy, Debug)]
struct Mention {
    actor: u32,
    start: u32,
    len: u32,
}

/// What the articles of a folder say of an actor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// How many articles name it.
    pub articles: usize,
    /// How many mentions they have of it.
    pub mentions: usize,
    /// How many claims they attribute to it.
    pub claims: usize,
}

/// An actor that articles name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexedActor {
    /// Its id.
    pub id: Arc<str>,
    /// The name shown.
    pub name: String,
    /// What it is, where anything tells.
    pub kind: Option<ActorKind>,
    /// What the articles say of it.
    pub evidence: Evidence,
}

#[derive(Debug)]
struct Article {
    path: PathBuf,
    hash: u64,
    mentions: Box<[Mention]>,
    /// The actors it names, each with how many claims it attributes to it.
    actors: Box<[(u32, u32)]>,
}

#[derive(Debug)]
struct Known {
    actor: IndexedActor,
    /// The articles that name it.
    articles: Vec<u32>,
}

/// The index over the articles of all folders. Usable while it is being filled.
#[derive(Debug, Default)]
pub struct Index {
    articles: Vec<Option<Article>>,
    by_path: FxHashMap<PathBuf, u32>,
    actors: Vec<Known>,
    by_id: FxHashMap<Arc<str>, u32>,
    free: Vec<u32>,
}

impl ArticleSummary {
    /// Sums up `analysis`.
    pub fn new(analysis: &Analysis) -> Self {
        let cast = analysis.cast();
        let mut claims = vec![0; cast.members().len()];
        analysis.claims().for_each(|(member, _)| claims[member] += 1);
        let actors: Vec<SummaryActor> = cast
            .members()
            .iter()
            .enumerate()
            .map(|(index, member)| SummaryActor {
                id: member.id(analysis.registry()),
                name: analysis.name_of(member).to_owned(),
                kind: member.kind,
                claims: claims[index],
            })
            .collect();
        let mut mentions = Vec::new();
        for (block, of) in analysis.blocks().iter().enumerate() {
            for (piece, placed) in of.pieces.iter().enumerate() {
                for (index, mention) in placed.mentions.iter().enumerate() {
                    if let Some(member) = analysis.member_index(block, piece, index) {
                        let range = analysis.to_article(block, piece, mention.range);
                        mentions.push(Mention {
                            actor: count(member),
                            start: range.start().into(),
                            len: range.len().into(),
                        });
                    }
                }
            }
        }
        Self { hash: hash(analysis.text()), actors, mentions }
    }
}

/// A number made of `text`, by which a change is noticed.
pub fn hash(text: &str) -> u64 {
    use std::hash::Hasher as _;
    let mut hasher = rustc_hash::FxHasher::default();
    hasher.write(text.as_bytes());
    hasher.finish()
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

impl Index {
    /// Puts the article at `path` into the index in place of what it said before.
    pub fn put(&mut self, path: &Path, summary: ArticleSummary) {
        self.remove(path);
        let number = self.free.pop().unwrap_or_else(|| {
            self.articles.push(None);
            count(self.articles.len() - 1)
        });
        let mut totals: FxHashMap<u32, (u32, u32)> = FxHashMap::default();
        let ids: Vec<u32> = summary
            .actors
            .into_iter()
            .map(|actor| {
                let claims = actor.claims;
                let id = self.actor(actor);
                totals.entry(id).or_default().1 += claims;
                id
            })
            .collect();
        let mut mentions: Vec<Mention> = Vec::with_capacity(summary.mentions.len());
        for mention in summary.mentions {
            let Some(actor) = ids.get(mention.actor as usize).copied() else { continue };
            totals.entry(actor).or_default().0 += 1;
            mentions.push(Mention { actor, ..mention });
        }
        for (actor, (named, claims)) in &totals {
            let known = &mut self.actors[*actor as usize];
            known.articles.push(number);
            known.actor.evidence.articles += 1;
            known.actor.evidence.mentions += *named as usize;
            known.actor.evidence.claims += *claims as usize;
        }
        let actors = totals.into_iter().map(|(actor, (_, claims))| (actor, claims)).collect();
        self.articles[number as usize] =
            Some(Article { path: path.to_owned(), hash: summary.hash, mentions: mentions.into(), actors });
        self.by_path.insert(path.to_owned(), number);
    }

    /// Takes the article at `path` out; false when it was not in.
    pub fn remove(&mut self, path: &Path) -> bool {
        let Some(number) = self.by_path.remove(path) else { return false };
        let Some(article) = self.articles.get_mut(number as usize).and_then(Option::take) else {
            return false;
        };
        for mention in &article.mentions {
            self.actors[mention.actor as usize].actor.evidence.mentions -= 1;
        }
        for (actor, claims) in &article.actors {
            let known = &mut self.actors[*actor as usize];
            known.articles.retain(|of| *of != number);
            known.actor.evidence.articles -= 1;
            known.actor.evidence.claims -= *claims as usize;
        }
        self.free.push(number);
        true
    }

    /// Takes out the articles under `folder`.
    pub fn remove_under(&mut self, folder: &Path) {
        let under: Vec<PathBuf> =
            self.by_path.keys().filter(|path| path.starts_with(folder)).cloned().collect();
        for path in under {
            self.remove(&path);
        }
    }

    /// Empties it.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// What it keeps of the article at `path`, as if it were summed up anew.
    fn summary(&self, path: &Path) -> Option<ArticleSummary> {
        let article = self.articles.get(*self.by_path.get(path)? as usize)?.as_ref()?;
        let mut numbers: FxHashMap<u32, u32> = FxHashMap::default();
        let mut actors = Vec::with_capacity(article.actors.len());
        for (number, (at, claims)) in article.actors.iter().enumerate() {
            let actor = &self.actors.get(*at as usize)?.actor;
            numbers.insert(*at, count(number));
            let (id, name) = (actor.id.to_string(), actor.name.clone());
            actors.push(SummaryActor { id, name, kind: actor.kind, claims: *claims });
        }
        let of_article =
            |mention: &Mention| Some(Mention { actor: *numbers.get(&mention.actor)?, ..*mention });
        let mentions = article.mentions.iter().map(of_article).collect::<Option<_>>()?;
        Some(ArticleSummary { hash: article.hash, actors, mentions })
    }

    /// How many articles it holds.
    pub fn len(&self) -> usize {
        self.by_path.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.by_path.is_empty()
    }

    /// The paths of all articles.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.by_path.keys().map(PathBuf::as_path)
    }

    /// What the articles say of the actor `id`, in constant time.
    pub fn evidence(&self, id: &str) -> Evidence {
        self.by_id.get(id).map(|at| self.actors[*at as usize].actor.evidence).unwrap_or_default()
    }

    /// The articles that mention the actor `id`: path, [`hash`] of the text, and the mentions in bytes.
    pub fn mentions<'a>(&'a self, id: &str) -> impl Iterator<Item = (&'a Path, u64, Vec<TextRange>)> {
        let at = self.by_id.get(id).copied();
        let articles = at.map_or(&[][..], |at| self.actors[at as usize].articles.as_slice());
        articles.iter().filter_map(move |number| {
            let article = self.articles.get(*number as usize)?.as_ref()?;
            let of_actor = article.mentions.iter().filter(|mention| Some(mention.actor) == at);
            let ranges = of_actor.map(|mention| {
                let start = mention.start as usize;
                range(start, start + mention.len as usize)
            });
            Some((article.path.as_path(), article.hash, ranges.collect()))
        })
    }

    /// The first mention of the actor `id`, in the first of its articles by path: path and bytes.
    pub fn first_mention(&self, id: &str) -> Option<(&Path, u64, TextRange)> {
        let found = self.mentions(id).filter(|(_, _, ranges)| !ranges.is_empty());
        let (path, hash, ranges) = found.min_by_key(|(path, ..)| *path)?;
        Some((path, hash, *ranges.first()?))
    }

    /// The actors whose name or id has the letters of `query` in order, whatever their case; those most
    /// written of first.
    pub fn search(&self, query: &str) -> Vec<&IndexedActor> {
        let known = self.actors.iter().map(|known| &known.actor).filter(|actor| actor.evidence.articles > 0);
        let mut found: Vec<&IndexedActor> =
            known.filter(|actor| has_letters(&actor.name, query) || has_letters(&actor.id, query)).collect();
        found.sort_by(|a, b| b.evidence.mentions.cmp(&a.evidence.mentions).then_with(|| a.id.cmp(&b.id)));
        found
    }

    /// About how much memory it takes, in bytes.
    pub fn bytes(&self) -> usize {
        let articles: usize = self
            .articles
            .iter()
            .flatten()
            .map(|article| {
                size_of_val(&*article.mentions)
                    + size_of_val(&*article.actors)
                    + 2 * article.path.as_os_str().len()
            })
            .sum();
        let actors: usize = self
            .actors
            .iter()
            .map(|known| {
                known.actor.id.len() + 16 + known.actor.name.capacity() + known.articles.capacity() * 4
            })
            .sum();
        articles
            + actors
            + self.articles.capacity() * size_of::<Option<Article>>()
            + self.actors.capacity() * size_of::<Known>()
            + self.by_id.capacity() * (size_of::<(Arc<str>, u32)>() + 1)
            + self.by_path.capacity() * (size_of::<(PathBuf, u32)>() + 1)
    }

    /// How many mentions it holds.
    pub fn mention_count(&self) -> usize {
        self.articles.iter().flatten().map(|article| article.mentions.len()).sum()
    }

    /// The number of `actor`.
    fn actor(&mut self, actor: SummaryActor) -> u32 {
        if let Some(at) = self.by_id.get(actor.id.as_str()) {
            return *at;
        }
        let at = count(self.actors.len());
        let id: Arc<str> = actor.id.into();
        let new = IndexedActor {
            id: Arc::clone(&id),
            name: actor.name,
            kind: actor.kind,
            evidence: Evidence::default(),
        };
        self.actors.push(Known { actor: new, articles: Vec::new() });
        self.by_id.insert(id, at);
        at
    }
}

/// Whether `text` has the letters of `query` in order, whatever their case.
pub fn has_letters(text: &str, query: &str) -> bool {
    let mut letters = text.chars().flat_map(char::to_lowercase);
    query
        .chars()
        .filter(|char| !char.is_whitespace())
        .flat_map(char::to_lowercase)
        .all(|wanted| letters.any(|char| char == wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn summary(text: &str) -> ArticleSummary {
        ArticleSummary::new(&Analysis::new(text.into(), Arc::default()))
    }

    #[test]
    fn articles_come_change_and_go() {
        let (one, two) = (Path::new("/a.txt"), Path::new("/b.txt"));
        let mut index = Index::default();
        index.put(one, summary("Maria Keller spoke in Berlin. “It rains,” Keller said."));
        index.put(two, summary("Maria Keller left."));
        let keller = index.evidence("person/maria-keller");
        assert_eq!(keller, Evidence { articles: 2, mentions: 3, claims: 1 });
        let places: Vec<_> = index
            .mentions("person/maria-keller")
            .map(|(path, _, ranges)| (path.to_owned(), ranges.len()))
            .collect();
        assert_eq!(places, [(one.to_owned(), 2), (two.to_owned(), 1)]);
        assert_eq!(&*index.search("mkel")[0].name, "Maria Keller");
        index.put(one, summary("Nobody spoke."));
        assert_eq!(index.evidence("person/maria-keller").articles, 1);
        assert!(index.remove(two) && !index.remove(two));
        assert_eq!(index.evidence("person/maria-keller"), Evidence::default());
        assert!(index.search("keller").is_empty());
    }
}
