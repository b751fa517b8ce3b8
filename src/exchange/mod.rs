//! Out of the article and into other forms.

mod annotations;
mod attributions;
mod brat;
mod cas;
mod evaluation;
mod gold;
mod mentions;
mod registry;
mod strip;
mod tools;
mod training;
mod webanno_tsv;
mod webannotation;
mod xmi;

pub use annotations::{AnnotatedSpan, Annotations, Leftover, Misfit, Written};
pub use attributions::{AttributionRow, AttributionsRow, attributions, read_attributions};
pub use evaluation::{Calibration, Evaluation, Scores, Tally};
pub use gold::{GoldArticle, GoldAttribution, GoldError, GoldRow, GoldSpans};
pub use mentions::{MentionRow, MentionsRow, mentions};
pub use registry::{ImportError, RegistryFormat, read_actors};
pub use strip::strip;
pub use tools::{Exported, Imported, ToolFormat};
pub use training::marked_passages;
