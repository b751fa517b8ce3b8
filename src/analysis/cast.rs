//! Who is who in the whole article.

use super::Analysis;
use crate::actors::{ActorKind, Cast, CastMember, Form, Mention, Registry, Why};
use crate::language::Passage;
use crate::text::{TextRange, TextSize};

/// The cast of an article with what the article attributes to each member.
#[derive(Debug)]
pub(super) struct ArticleCast {
    cast: Cast,
    /// The index of each block's first piece among the passages the cast was made from.
    firsts: Vec<usize>,
    /// The first piece of the content of each claim of each member, in bytes of the article.
    claims: Vec<Vec<TextRange>>,
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

    /// What the article attributes to the member `member` of the cast: the first piece of each
    /// content, in bytes of the article.
    pub fn claims_of(&self, member: usize) -> &[TextRange] {
        self.article_cast().claims.get(member).map_or(&[], Vec::as_slice)
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
    /// them, else the first of whatever kind. "US President Joe Biden" is Joe Biden. An index into
    /// the members of [`Analysis::cast`].
    pub fn member_in(&self, range: TextRange) -> Option<usize> {
        let all = self.article_cast();
        self.named_in(&all.cast, &all.firsts, range)
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

    fn named_in(&self, cast: &Cast, firsts: &[usize], range: TextRange) -> Option<usize> {
        let place = self.place(range.start())?;
        let inside = self.piece(place).mentions.iter().enumerate().filter(|(_, mention)| {
            let words = self.to_article(place.block, place.piece, mention.range);
            range.contains_range(words) && mention.form != Form::Adjective
        });
        let passage = firsts[place.block] + place.piece;
        let mut first = None;
        for member in inside.filter_map(|(index, _)| cast.index(passage, index)) {
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
                passages.extend(block.pieces.iter().map(|piece| (&piece.passage, piece.mentions.as_slice())));
            }
            let cast = Cast::new(&passages, &self.registry, self.header.day());
            let mut claims = vec![Vec::new(); cast.members().len()];
            for attribution in self.attributions() {
                let source =
                    attribution.source.iter().find_map(|range| self.named_in(&cast, &firsts, *range));
                if let (Some(member), Some(content)) = (source, attribution.content.first()) {
                    claims[member].push(*content);
                }
            }
            ArticleCast { cast, firsts, claims }
        })
    }
}
