//! Who can speak or be spoken of.

/// A name in text.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {}
