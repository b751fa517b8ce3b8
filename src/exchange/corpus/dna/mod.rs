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

/// The statements of `article`, one for each speaker of a claim that is for or against something.
fn of(article: &Annotations) -> Vec<Statement<'_>> {
    let mut out = Vec::new();
    for claim in article.spans.iter().filter(|span| is_claim(span) && !span.range.is_empty()) {
        let (Some(on), Some(agreement)) = (claim.value("on"), agreement(claim)) else { continue };
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
fn agreement(claim: &AnnotatedSpan) -> Option<bool> {
    match claim.value("stance") {
        Some("support") => Some(true),
        Some("oppose") => Some(false),
        _ => None,
    }
}

/// The value of `stance` for an agreement.
fn stance(agreement: bool) -> &'static str {
    if agreement { "support" } else { "oppose" }
}
