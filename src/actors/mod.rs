//! Who can speak or be spoken of.
