//! Out of the article and into other forms.

mod attributions;
mod strip;

pub use attributions::{AttributionRow, AttributionsRow, attributions};
pub use strip::strip;
