//! Out of the article and into other forms.

mod agreement;
mod annotations;
mod attributions;
mod bootstrap;
mod coding;
mod corpus;
mod evaluation;
mod gold;
mod intake;
mod mentions;
mod merge;
mod registry;
mod report;
mod statistics;
mod tools;
mod training;
mod xml;

pub use agreement::{Agreement, ClassAgreement, Disagreement, Figure, LabelAgreement};
pub use annotations::{AnnotatedSpan, Annotations, Leftover, Misfit, Written};
pub use attributions::{AttributionRow, AttributionsRow, attributions, read_attributions};
pub use coding::{Coding, CodingError, Comparison};
pub use corpus::{CorpusError, CorpusFile, CorpusFormat, ExportedCorpus};
pub use evaluation::{Calibration, Evaluation, Scores, Tally};
pub use gold::{GoldArticle, GoldAttribution, GoldError, GoldRow, GoldSpans};
pub use intake::{Columns, ColumnsError, Intake, IntakeError, IntakeFormat, Place, take_in};
pub use mentions::{MentionRow, MentionsRow, mentions};
pub use merge::{MergeError, Merged, merge};
pub use registry::{ImportError, RegistryFormat, read_actors, read_dna_actors};
pub use report::{is_report, report};
pub use statistics::{
    ActorFigures, Anonymity, ArticleClaims, ByStance, Cell, CitedActor, CitedSource, Claim, Claims, Column,
    OutletFigures, Period, Stance, Statistics, Table, Tie,
};
pub use tools::{Exported, Imported, ToolFormat};
pub use training::marked_passages;
