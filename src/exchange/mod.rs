//! Out of the article and into other forms.

mod attributions;
mod mentions;
mod strip;

pub use attributions::{AttributionRow, AttributionsRow, attributions};
pub use mentions::{MentionRow, MentionsRow, mentions};
pub use strip::strip;
