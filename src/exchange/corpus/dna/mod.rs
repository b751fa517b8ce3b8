//! The Discourse Network Analyzer: its database, and its statements as a table.
//!
//! <https://github.com/leifeld/dna>. What it can count is a statement: who, of which organization, about
//! what, for or against. In a database a second type of statement, `Onrecord`, keeps each span in the
//! article's own form, so that nothing is lost on the way back; a document's notes keep the header. Offsets
//! are UTF-16 units, as in its editor.

mod read;
mod write;

use crate::actors::ActorKind;
use crate::article::{Date, SpanClass};
use crate::exchange::intake::KnownActor;
use crate::exchange::{AnnotatedSpan, Annotations};
use crate::stance::Side;

pub(super) use read::read;
pub(in crate::exchange) use read::{Entity, entities};
pub(super) use write::{STATEMENTS, statements, write};

/// The type of statement that DNA begins with.
const STATEMENT: &str = "DNA Statement";

/// The type of statement that is a span in the article's own form.
const SPAN: &str = "Onrecord";

/// The day from which dates count, and the seconds of a day.
const EPOCH: Date = jiff::civil::date(1970, 1, 1);
const DAY: i64 = 86_400;

/// A statement of one speaker.
struct Statement<'a> {
    claim: &'a AnnotatedSpan,
    speaker: KnownActor,
    concept: &'a str,
    agreement: bool,
}

impl Statement<'_> {
    /// The person and the organization, one of them empty.
    fn who(&self) -> [&str; 2] {
        match self.speaker.kind {
            ActorKind::Person => [&self.speaker.name, ""],
            _ => ["", &self.speaker.name],
        }
    }
}

/// The stances there are, each with the side it takes.
type Sides = [(String, Option<Side>)];

/// The statements of `article`, one for each speaker of a claim that is for or against something.
fn of<'a>(article: &'a Annotations, sides: &Sides) -> Vec<Statement<'a>> {
    let mut out = Vec::new();
    for claim in article.spans.iter().filter(|span| is_claim(span) && !span.range.is_empty()) {
        let (Some(on), Some(agreement)) = (claim.value("on"), agreement(claim, sides)) else { continue };
        let concept = article.label(on);
        out.extend(article.speakers(claim).into_iter().map(|speaker| Statement {
            claim,
            speaker,
            concept,
            agreement,
        }));
    }
    out
}

/// Whether it is a claim, and no further piece of one.
fn is_claim(span: &AnnotatedSpan) -> bool {
    matches!(span.class(), Some(SpanClass::Claim | SpanClass::Quote)) && span.value("part-of").is_none()
}

/// Whether a claim is for or against what it is about.
fn agreement(claim: &AnnotatedSpan, sides: &Sides) -> Option<bool> {
    let stance = claim.value("stance")?;
    let (_, side) = sides.iter().find(|(known, _)| known == stance)?;
    side.map(|side| side == Side::For)
}

/// The first stance there is for an agreement.
fn stance(agreement: bool, sides: &Sides) -> &str {
    let (side, otherwise) = if agreement { (Side::For, "support") } else { (Side::Against, "oppose") };
    sides.iter().find(|(_, known)| *known == Some(side)).map_or(otherwise, |(name, _)| name)
}
