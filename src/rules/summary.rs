//! What a piece has for the rules that look at the whole article.

use super::{RuleContext, att07, att10, ent04, ent05, num02, quo03, src05, src06};
use crate::article::BlockKind;

/// What a piece has for the rules that look at the whole article. Found once for each piece: after
/// a key those rules read the summaries, and the words of the pieces alone that they speak of.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// The kind of block the piece belongs to.
    pub kind: BlockKind,
    pub(super) documents: att07::Documents,
    pub(super) denials: att10::Denials,
    pub(super) names: ent04::Names,
    pub(super) acronyms: ent05::Acronyms,
    pub(super) poll: num02::Poll,
    pub(super) marks: quo03::Marks,
    pub(super) sources: src05::Sources,
    pub(super) outlets: src06::Outlets,
}

impl Summary {
    /// The summary of a piece.
    pub fn of(piece: &RuleContext<'_>) -> Self {
        let body = piece.kind == BlockKind::Body;
        Self {
            kind: piece.kind,
            documents: att07::Documents::of(piece),
            denials: att10::Denials::of(piece),
            names: if body { ent04::Names::of(piece) } else { ent04::Names::default() },
            acronyms: ent05::Acronyms::of(piece),
            poll: if body { num02::Poll::of(piece) } else { num02::Poll::default() },
            marks: if body { quo03::Marks::of(piece) } else { quo03::Marks::default() },
            sources: if body { src05::Sources::of(piece) } else { src05::Sources::default() },
            outlets: if body { src06::Outlets::of(piece) } else { src06::Outlets::default() },
        }
    }

    /// Whether the piece is running text.
    pub(super) fn is_body(&self) -> bool {
        self.kind == BlockKind::Body
    }
}
