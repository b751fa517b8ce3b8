//! What a piece has for the rules that look at the whole article.

use std::hash::Hasher as _;

use rustc_hash::FxHasher;

use super::{Rule, RuleContext, att07, att10, ent04, ent05, num02, quo03, src05, src06};
use crate::article::BlockKind;
use crate::text::TextRange;

bitflags::bitflags! {
    /// What a piece has for a rule that looks at the whole article.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub(super) struct Remarks: u32 {
        /// ATT07: a source that is "the" and a noun.
        const BARE = 1;
        /// ATT07: an outlet or a document is cited.
        const CITED = 1 << 1;
        /// ATT07: a body is cited.
        const BODY_CITED = 1 << 17;
        /// NUM02: what a poll found.
        const POLL = 1 << 2;
        /// NUM02: how many were asked.
        const SIZE = 1 << 3;
        /// NUM02: a day or time.
        const DAY = 1 << 4;
        /// QUO03: the piece is a paragraph from its beginning to its end.
        const WHOLE = 1 << 5;
        /// QUO03: some mark has no partner, or one of another kind.
        const ODD = 1 << 6;
        /// QUO03: the paragraph begins with an opening mark.
        const OPENS = 1 << 7;
        /// QUO03: a mark closes what nothing in the paragraph has opened, before any quotation.
        const CLOSES = 1 << 8;
        /// SRC05: sources other than outlets are on record.
        const OTHERS = 1 << 9;
        /// SRC05: outlets are.
        const OUTLETS = 1 << 10;
        /// SRC06: another newsroom is the source.
        const SECOND_HAND = 1 << 11;
        /// ATT10: an accusation, or words of a source that may be one.
        const ACCUSED = 1 << 12;
        /// ATT10: a denial with no accusation before it in the piece.
        const DENIED = 1 << 13;
        /// ENT04: names of more than one word.
        const FULL_NAMES = 1 << 14;
        /// ENT05: an acronym that needs writing out.
        const ACRONYMS = 1 << 15;
        /// ENT05: an acronym is written out, or may be.
        const EXPLAINED = 1 << 16;
    }
}

/// What a piece or a block has for the rules that look at the whole article, in a few bytes: after a
/// key those rules read these, and the words of the blocks alone that they speak of.
#[derive(Clone, Copy, Debug, Default)]
pub struct Gist {
    pub(super) kind: BlockKind,
    pub(super) remarks: Remarks,
    /// ATT07: the documents spoken of, a bit for each line of its list.
    pub(super) told: u32,
    /// ENT04: a number made of the names of more than one word; blocks with the same number have the same names.
    pub(super) names: u32,
}

impl Gist {
    /// The gist of a block from those of its pieces.
    pub fn of<'a>(pieces: impl IntoIterator<Item = &'a Summary>) -> Self {
        let mut pieces = pieces.into_iter().map(|summary| summary.gist);
        let first = pieces.next().unwrap_or_default();
        pieces.fold(first, |all, next| Self {
            kind: all.kind,
            remarks: all.remarks | (next.remarks - (Remarks::OPENS | Remarks::CLOSES)),
            told: all.told | next.told,
            names: (all.names.rotate_left(5) ^ next.names).wrapping_mul(0x9E37_79B9),
        })
    }
}

/// A number made of `text`, by which two texts can be told apart without keeping them.
pub(super) fn number(text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(text.as_bytes());
    hasher.finish()
}

/// Sums a piece up for one rule.
type Summarize = fn(&RuleContext<'_>, &mut Summary);

/// The rules that look at the whole article and what sums a piece up for each; also whether it asks of
/// running text alone.
static SUMMARIES: [(&Rule, bool, Summarize); 8] = [
    (&att07::RULE, false, att07::summarize),
    (&att10::RULE, false, att10::summarize),
    (&ent05::RULE, false, ent05::summarize),
    (&ent04::RULE, true, ent04::summarize),
    (&num02::RULE, true, num02::summarize),
    (&quo03::RULE, true, quo03::summarize),
    (&src05::RULE, true, src05::summarize),
    (&src06::RULE, true, src06::summarize),
];

/// What the rules that look at the whole article need of a piece. Found once for each piece.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    pub(super) gist: Gist,
    /// ATT07: the sources that are "the" and a noun.
    pub(super) bare: Box<[att07::Bare]>,
    /// ATT10: what is denied with no accusation before it in the piece.
    pub(super) denied: Option<TextRange>,
    /// ENT04: the names of more than one word, outside quotation marks.
    pub(super) full_names: Box<[ent04::Name]>,
    /// ENT05: the acronyms.
    pub(super) acronyms: ent05::Acronyms,
    /// NUM02: the first words that say what a poll found.
    pub(super) poll: Option<TextRange>,
    /// SRC05: the outlets on record.
    pub(super) outlets: Box<[TextRange]>,
    /// SRC06: those that are another newsroom's.
    pub(super) second_hand: Box<[TextRange]>,
}

impl Summary {
    /// The summary of a piece: what the rules that speak need of it.
    pub fn of(piece: &RuleContext<'_>) -> Self {
        let mut summary = Self::default();
        summary.gist.kind = piece.kind;
        for (rule, running, summarize) in &SUMMARIES {
            if (!running || piece.kind == BlockKind::Body) && rule.speaks(piece.settings, piece.header) {
                summarize(piece, &mut summary);
            }
        }
        summary
    }

    /// Notes `remark` if it `holds`.
    pub(super) fn note(&mut self, remark: Remarks, holds: bool) {
        self.gist.remarks.set(remark, holds);
    }
}
