//! Export: what an article holds, in the forms other tools read.

pub mod mentions;
