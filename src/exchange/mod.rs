//! Export and import: the rows and files other tools read.

pub mod attributions;
