//! Who is who in the whole article.
//!
//! The cast is made when first asked for. After an edit it is kept as long as the article still names the
//! same in the same way, which most keys leave as it is.

use std::sync::Arc;

use super::{Analysis, Place};
use crate::actors::{ActorKind, Cast, CastMember, Form, Mention, Registry, Why};
use crate::language::Passage;
use crate::text::{TextRange, TextSize};

/// The cast of an article with what the article attributes to each member.
#[derive(Debug)]
pub(super) struct ArticleCast {
    cast: Arc<Cast>,
    /// The index of each block's first piece among the passages the cast was made from.
    firsts: Arc<[usize]>,
    /// In text order.
    claims: Arc<[Claim]>,
}

/// An attribution of a piece to a member of the cast.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Claim {
    block: usize,
    piece: usize,
    attribution: usize,
    member: usize,
}

/// A mention, placed in the article.
#[derive(Clone, Copy, Debug)]
pub struct MentionAt<'a> {
    /// The mention; its own ranges are bytes of its piece's prose.
    pub mention: &'a Mention,
    /// Where it stands, in bytes of the article.
    pub range: TextRange,
    /// Who it is, as an index into the members of [`Analysis::cast`]; none where the article does
    /// not tell.
    pub member: Option<usize>,
    /// Why it is taken for that member.
    pub why: Option<Why>,
}

impl Analysis {
    /// The actors known to the article: what it was set up with, and what its header declares.
    pub fn registry(&self) -> &Registry {
        &self.registry
    }

    /// Everybody the article speaks of. Made when first asked for, in time linear in the mentions.
    pub fn cast(&self) -> &Cast {
        &self.article_cast().cast
    }

    /// The byte of `before`, an earlier analysis of the article, where the same stands that stands at `offset`
    /// here; none where that block has been read again since.
    pub fn place_in(&self, before: &Self, offset: TextSize) -> Option<TextSize> {
        let index = self.place(offset)?.block;
        let block = &self.blocks[index];
        let from_end = (before.blocks.len() + index).checked_sub(self.blocks.len());
        let old = [Some(index), from_end]
            .into_iter()
            .flatten()
            .find_map(|index| before.blocks.get(index).filter(|old| block.is_kept_from(old)))?;
        Some(offset - block.range.start() + old.range.start())
    }

    /// Whether [`Self::cast`] has been made, and will cost nothing.
    pub fn has_cast(&self) -> bool {
        self.cast.get().is_some()
    }

    /// What the article attributes to members of the cast, in text order: the member, and the first
    /// piece of the content in bytes of the article.
    pub fn claims(&self) -> impl Iterator<Item = (usize, TextRange)> {
        let claims = self.article_cast().claims.iter();
        claims.filter_map(|claim| Some((claim.member, self.content(claim)?)))
    }

    /// The same of one member, of whom there are as many claims as the second says: who counts them need not
    /// find them all.
    pub fn claims_of(&self, member: usize) -> (impl Iterator<Item = TextRange>, usize) {
        let claims = self.article_cast().claims.iter().filter(move |claim| claim.member == member);
        let count = claims.clone().count();
        (claims.filter_map(|claim| self.content(claim)), count)
    }

    /// The first piece of the content of `claim`, in bytes of the article.
    fn content(&self, claim: &Claim) -> Option<TextRange> {
        let piece = &self.blocks[claim.block].pieces[claim.piece];
        let content = *piece.attributions[claim.attribution].content.first()?;
        Some(self.to_article(claim.block, claim.piece, content))
    }

    /// Who mention `mention` of a piece is; none where the article does not tell.
    pub fn member(&self, block: usize, piece: usize, mention: usize) -> Option<&CastMember> {
        let all = self.article_cast();
        all.cast.resolve(all.firsts[block] + piece, mention)
    }

    /// The same as an index into the members of [`Analysis::cast`].
    pub fn member_index(&self, block: usize, piece: usize, mention: usize) -> Option<usize> {
        let all = self.article_cast();
        all.cast.index(all.firsts[block] + piece, mention)
    }

    /// The same with why it is taken for that member.
    pub fn resolved(&self, block: usize, piece: usize, mention: usize) -> Option<(usize, Why)> {
        let all = self.article_cast();
        let passage = all.firsts[block] + piece;
        Some((all.cast.index(passage, mention)?, all.cast.why(passage, mention)?))
    }

    /// The mention at the byte `offset` of the article.
    pub fn mention_at(&self, offset: TextSize) -> Option<MentionAt<'_>> {
        let place = self.place(offset)?;
        let mentions = &self.piece(place).mentions;
        let index = mentions.iter().position(|mention| mention.range.contains_inclusive(place.offset))?;
        let all = self.article_cast();
        let passage = all.firsts[place.block] + place.piece;
        Some(MentionAt {
            mention: &mentions[index],
            range: self.to_article(place.block, place.piece, mentions[index].range),
            member: all.cast.index(passage, index),
            why: all.cast.why(passage, index),
        })
    }

    /// Who the words at `range`, in bytes of the article, name or point at: the first person among
    /// them, else the first of whatever kind, owners left out. "US President Joe Biden" is Joe Biden, "Biden's doctor" is
    /// not. An index into the members of [`Analysis::cast`].
    pub fn member_in(&self, range: TextRange) -> Option<usize> {
        let all = self.article_cast();
        let Place { block, piece, offset } = self.place(range.start())?;
        let of = &self.blocks[block];
        let end = of.markup.prose.from_source(range.end() - of.range.start()) - of.pieces[piece].start;
        let end = end.min(TextSize::of(of.pieces[piece].passage.prose()));
        self.named_in(&all.cast, &all.firsts, (block, piece), TextRange::new(offset, end.max(offset)))
    }

    /// The name of a member: a registry's where one knows it, else the fullest the article gives.
    pub fn name_of<'a>(&'a self, member: &'a CastMember) -> &'a str {
        let known = member.actor.and_then(|actor| self.registry.get(actor));
        known.map_or(&member.name, |actor| &actor.name)
    }

    /// The range of a member's first mention, in bytes of the article.
    pub fn first_mention(&self, member: &CastMember) -> Option<TextRange> {
        let (passage, mention) = member.first;
        let firsts = &self.article_cast().firsts;
        let block = firsts.partition_point(|first| *first <= passage).checked_sub(1)?;
        let piece = passage - firsts[block];
        let range = self.blocks[block].pieces.get(piece)?.mentions.get(mention)?.range;
        Some(self.to_article(block, piece, range))
    }

    /// The same for a range of the prose of the piece `at`, the second of the block that is the first.
    fn named_in(&self, cast: &Cast, firsts: &[usize], at: (usize, usize), range: TextRange) -> Option<usize> {
        let (block, piece) = at;
        let of = &self.blocks[block].pieces[piece];
        let prose = of.passage.prose();
        let kind = |index: usize| {
            let member = cast.index(firsts[block] + piece, index);
            member.and_then(|member| cast.members()[member].kind).or(of.mentions[index].kind)
        };
        let persons: Vec<TextSize> = of
            .mentions
            .iter()
            .enumerate()
            .filter(|(index, mention)| {
                range.contains_range(mention.range) && kind(*index) == Some(ActorKind::Person)
            })
            .map(|(_, mention)| mention.range.start())
            .collect();
        let inside = of.mentions.iter().enumerate().filter(|(index, mention)| {
            if !range.contains_range(mention.range) || mention.form == Form::Adjective {
                return false;
            }
            let lead = &prose[TextRange::new(range.start(), mention.range.start())];
            let rest = &prose[TextRange::new(mention.range.end(), range.end())];
            let next = persons.iter().find(|start| **start > mention.range.end());
            let serves = next.is_some_and(|next| serves(&prose[TextRange::new(mention.range.end(), *next)]));
            let kind = kind(*index);
            let another = is_another(lead, kind) || tells_which(rest, kind);
            !owns(&prose[mention.range], rest) && !another && !serves
        });
        let mut first = None;
        for member in inside.filter_map(|(index, _)| cast.index(firsts[block] + piece, index)) {
            if cast.members()[member].kind == Some(ActorKind::Person) {
                return Some(member);
            }
            first = first.or(Some(member));
        }
        first
    }

    fn article_cast(&self) -> &ArticleCast {
        self.cast.get_or_init(|| {
            let mut firsts = Vec::with_capacity(self.blocks.len());
            let mut passages: Vec<(&Passage, &[Mention])> = Vec::with_capacity(self.blocks.len());
            for block in &self.blocks {
                firsts.push(passages.len());
                passages.extend(block.pieces.iter().map(|piece| piece.naming()));
            }
            let byline = self.header.byline.as_ref().map(|word| &*word.text);
            let cast = Cast::new(&passages, &self.registry, self.header.day(), byline);
            let pieces = self.blocks.iter().enumerate();
            let pieces = pieces.flat_map(|(block, of)| (0..of.pieces.len()).map(move |piece| (block, piece)));
            let claims = pieces.flat_map(|at| self.claims_in(at, &cast, &firsts)).collect();
            ArticleCast { cast: cast.into(), firsts: firsts.into(), claims }
        })
    }

    /// The claims in the piece `at`, the second of the block that is the first.
    fn claims_in(&self, at: (usize, usize), cast: &Cast, firsts: &[usize]) -> Vec<Claim> {
        let (block, piece) = at;
        let attributions = self.blocks[block].pieces[piece].attributions.iter().enumerate();
        let mut claims = Vec::new();
        for (attribution, found) in
            attributions.filter(|(_, found)| found.is_claim() && !found.content.is_empty())
        {
            let member = found.source.iter().find_map(|range| self.named_in(cast, firsts, at, *range));
            claims.extend(member.map(|member| Claim { block, piece, attribution, member }));
        }
        claims
    }

    /// Takes over the cast of `previous`, if it was made and the blocks `fresh`, the only ones that are
    /// not those of `previous`, name what theirs named.
    pub(super) fn keep_cast(&self, previous: &Self, fresh: &[usize]) {
        let Some(kept) = previous.cast.get() else { return };
        let alike = |block: &usize| {
            let (old, new) = (&previous.blocks[*block].pieces, &self.blocks[*block].pieces);
            old.len() == new.len()
                && old.iter().zip(new.iter()).all(|(old, new)| {
                    Arc::ptr_eq(&old.piece, &new.piece) || kept.cast.sees_alike(old.naming(), new.naming())
                })
        };
        if previous.blocks.len() != self.blocks.len() || !fresh.iter().all(alike) {
            return;
        }
        let (cast, firsts) = (Arc::clone(&kept.cast), Arc::clone(&kept.firsts));
        // In a long block that was read again most pieces are the same: a text on one line is one block.
        let pieces = |block: usize| {
            let both = previous.blocks[block].pieces.iter().zip(&self.blocks[block].pieces).enumerate();
            both.filter(|(_, (old, new))| !Arc::ptr_eq(&old.piece, &new.piece))
                .map(move |(at, _)| (block, at))
        };
        let pieces: Vec<(usize, usize)> = fresh.iter().flat_map(|block| pieces(*block)).collect();
        let is_fresh = |claim: &&Claim| pieces.binary_search(&(claim.block, claim.piece)).is_ok();
        let new: Vec<Claim> = pieces.iter().flat_map(|at| self.claims_in(*at, &cast, &firsts)).collect();
        let claims = if kept.claims.iter().filter(is_fresh).eq(&new) {
            Arc::clone(&kept.claims)
        } else {
            let old = kept.claims.iter().filter(|claim| !is_fresh(claim)).copied();
            let mut claims: Vec<Claim> = old.chain(new).collect();
            claims.sort_unstable();
            claims.into()
        };
        // It was made a moment ago: nobody can have asked for the cast yet.
        let _ = self.cast.set(ArticleCast { cast, firsts, claims });
    }
}

/// Whether `words`, before `rest` in the same source, are an owner's: in "Lee's doctor" and "his doctor" the doctor
/// speaks.
fn owns(words: &str, rest: &str) -> bool {
    ["'s ", "’s ", "' ", "’ "].iter().any(|mark| rest.starts_with(mark))
        || !rest.trim_start().is_empty() && ["his", "her"].iter().any(|word| words.eq_ignore_ascii_case(word))
}

/// Whether `between` a name and a person's is that person's office under the first: in "Lee Press Secretary Ann Berg"
/// Berg speaks.
fn serves(between: &str) -> bool {
    let words = between.strip_prefix(' ').and_then(|words| words.strip_suffix(' '));
    words.is_some_and(|words| {
        !words.is_empty() && words.split(' ').all(|word| word.starts_with(char::is_uppercase))
    })
}

/// Whether a name of the kind `kind` before `rest` in the same source only tells which others are meant: "Lee aides",
/// "Lee spokeswoman Ann Berg", "an Oslo-based team". "The Lee campaign" is Lee.
fn tells_which(rest: &str, kind: Option<ActorKind>) -> bool {
    if rest.starts_with('-') {
        return true;
    }
    let mut words = rest.split(' ').skip(1);
    let small = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase());
    let Some(next) = words.next().filter(|_| rest.starts_with(' ')) else { return false };
    let plural = next.strip_suffix([',', '.']).unwrap_or(next);
    // "the Ohio senator's allies".
    let plural = plural.strip_suffix("'s").or_else(|| plural.strip_suffix("’s")).unwrap_or(plural);
    let joining =
        ["and", "or", "who", "which", "as", "but", "is", "was", "has", "does", "says"].contains(&next);
    if joining || !small(plural) || is(&RELATING, next) {
        return false;
    }
    let named = || {
        let mut words = words.skip_while(|word| small(word) && !is(&RELATING, word) && *word != "and");
        next.len() == plural.len() && words.next().is_some_and(|word| word.starts_with(char::is_uppercase))
    };
    let placed = matches!(kind, Some(ActorKind::Country | ActorKind::Place)) && !is(&GOVERNING, plural);
    let body = matches!(kind, Some(ActorKind::Organisation | ActorKind::Outlet));
    let serving = kind == Some(ActorKind::Person) && is(&SERVING, plural) || body && is(&STAFF, plural);
    plural.ends_with('s') && !plural.ends_with("ss") || placed || serving || named()
}

/// Whether after `lead`, the beginning of a source, a mention of the kind `kind` only tells which others are meant:
/// "aides to Lee", "voters in Ohio", "a number of Democrats", "some Democrats". A body speaks through its people, a
/// person through a spokesman.
fn is_another(lead: &str, kind: Option<ActorKind>) -> bool {
    // What stands before a comma is another phrase: "his friend at Oslo, Ann Lee".
    let phrase = lead.rsplit([',', '(', '-', '–', '—', ':', ';']).next().unwrap_or(lead);
    let words: Vec<&str> = phrase.split_whitespace().collect();
    let group = kind == Some(ActorKind::Group) && words.iter().any(|word| is(&SEVERAL, word));
    if group
        || words.last().is_some_and(|word| is(&EXCEPT, word))
        || words.iter().any(|word| is(&RELATIVE, word))
        || words.windows(2).any(|pair| is(&WRITINGS, pair[0]) && pair[1] == "by")
    {
        return true;
    }
    let Some(last) = words.iter().rposition(|word| !is(&BETWEEN, word)) else { return false };
    let Some(head) = last.checked_sub(1).map(|head| words[head]).filter(|_| is(&RELATING, words[last]))
    else {
        return false;
    };
    match kind {
        Some(ActorKind::Organisation | ActorKind::Outlet) => is(&PARTS, head),
        Some(ActorKind::Country | ActorKind::Place) => !is(&GOVERNING, head),
        // A plural that begins the source is no title: "Aides to Lee".
        _ => {
            let common = head.starts_with(char::is_lowercase) || last == 1 && head.ends_with('s');
            common && !head.starts_with("spokes")
        }
    }
}

/// Words that relate what stands before them to a name.
const RELATING: [&str; 9] = ["of", "for", "from", "in", "at", "to", "with", "on", "by"];

/// Words that may stand between such a word and the name.
const BETWEEN: [&str; 12] =
    ["a", "an", "the", "his", "her", "their", "both", "mr.", "mrs.", "ms.", "dr.", "former"];

/// Words that make a group some of it.
const SEVERAL: [&str; 8] = ["some", "many", "most", "few", "several", "other", "more", "leading"];

/// Who is on somebody's side or against them, and speaks for nobody else: "a Lee supporter".
const SERVING: [&str; 20] = [
    "adviser",
    "advisor",
    "aide",
    "ally",
    "associate",
    "backer",
    "confidant",
    "critic",
    "delegate",
    "donor",
    "fan",
    "friend",
    "insider",
    "lawyer",
    "loyalist",
    "opponent",
    "staffer",
    "supporter",
    "surrogate",
    "voter",
];

/// Who works for a body and does not speak for it: "a Harbour Post reporter".
const STAFF: [&str; 13] = [
    "reporter",
    "correspondent",
    "journalist",
    "anchor",
    "columnist",
    "host",
    "contributor",
    "analyst",
    "commentator",
    "professor",
    "student",
    "employee",
    "worker",
];

/// What somebody writes; it says what it says by whomever.
const WRITINGS: [&str; 10] =
    ["analysis", "article", "book", "investigation", "letter", "memo", "paper", "report", "review", "study"];

/// Words after which somebody is left out: "everyone but Lee".
const EXCEPT: [&str; 3] = ["but", "except", "than"];

/// Words that tell which one is meant by what was done, and to whom: "the man who robbed Lee".
const RELATIVE: [&str; 4] = ["who", "whose", "which", "that"];

/// Parts of a body that do not speak for it, and those who only work or learn there.
const PARTS: [&str; 17] = [
    "members",
    "member",
    "some",
    "many",
    "most",
    "none",
    "one",
    "those",
    "leaders",
    "reporter",
    "reporters",
    "correspondent",
    "journalist",
    "professor",
    "student",
    "students",
    "fellow",
];

/// Those who are what the place is: "the city of Oslo".
const GOVERNING: [&str; 8] =
    ["government", "state", "states", "city", "cities", "republic", "kingdom", "people"];

fn is(list: &[&str], word: &str) -> bool {
    list.iter().any(|known| word.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::text::TextSize;

    /// Who speaks where `source` is the source in `article`.
    fn speaker(article: &str, source: &str) -> Option<String> {
        let analysis = Analysis::new(Arc::from(article), Arc::default());
        let start = TextSize::try_from(article.rfind(source)?).ok()?;
        let member = analysis.member_in(TextRange::at(start, TextSize::of(source)))?;
        Some(analysis.cast().members()[member].name.clone())
    }

    #[test]
    fn a_source_is_its_head_and_not_whom_it_is_told_apart_by() {
        let article = "Ivar Hollmann and the Harbour Party met in Oslo. ";
        for (source, who) in [
            ("Hollmann", Some("Ivar Hollmann")),
            ("Hollmann's doctor", None),
            ("his doctor", None),
            ("aides to Mr. Hollmann", None),
            ("Aides to Hollmann", None),
            ("a spokesman for Hollmann", Some("Ivar Hollmann")),
            ("a spokesman for the Harbour Party", Some("Harbour Party")),
            ("several members of the Harbour Party", None),
            ("Hollmann aides", None),
            ("the Hollmann campaign", Some("Ivar Hollmann")),
            ("Hollmann spokeswoman Mia Strand", Some("Mia Strand")),
            ("his friend at the Harbour Party, Mia Strand", Some("Mia Strand")),
            ("voters in Oslo", None),
            ("the city of Bergen", Some("Bergen")),
            ("Oslo officialdom", None),
            ("a Harbour Party reporter", None),
            ("one Hollmann supporter", None),
            ("A study by Mia Strand and Ivar Hollmann", None),
            ("an Oslo-based team", None),
            ("everyone but Hollmann", None),
            ("the man who robbed Hollmann", None),
            ("a reporter for the Harbour Party", None),
            ("Hollmann Press Secretary Mia Strand", Some("Mia Strand")),
        ] {
            let whole = format!("{article}He left, {source} said.");
            assert_eq!(speaker(&whole, source).as_deref(), who, "{source}");
        }
    }
}
