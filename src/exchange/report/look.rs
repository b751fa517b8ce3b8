//! How stances look: each has a colour and a sign of its own, so that colour is not all that tells it.

use crate::exchange::statistics::Stance;
use crate::stance::Side;

/// The signs of the built-in stances, whose classes in the style sheet are their names.
const BUILT_IN: [(&str, &str); 5] =
    [("support", "+"), ("oppose", "−"), ("neutral", "○"), ("mixed", "±"), ("unrelated", "·")];

/// The classes and signs of those a codebook adds, in its order: no arrows, which would say for or against. From the
/// seventh on they come again.
const ADDED: [(&str, &str); 6] = [
    ("added-1", "◆"),
    ("added-2", "■"),
    ("added-3", "★"),
    ("added-4", "●"),
    ("added-5", "◇"),
    ("added-6", "□"),
];

/// A stance as it is shown.
pub(super) struct Look<'a> {
    pub(super) stance: &'a Stance,
    /// Its class in the style sheet.
    pub(super) class: &'static str,
    pub(super) sign: &'static str,
}

/// How the stances of `vocabulary` look, in its order.
pub(super) fn looks(vocabulary: &[Stance]) -> Vec<Look<'_>> {
    let mut added = ADDED.into_iter().cycle();
    let look = |stance| {
        let (class, sign) = built_in(stance).or_else(|| added.next()).unwrap_or_default();
        Look { stance, class, sign }
    };
    vocabulary.iter().map(look).collect()
}

fn built_in(stance: &Stance) -> Option<(&'static str, &'static str)> {
    BUILT_IN.into_iter().find(|(name, _)| *name == stance.name)
}

/// The class of all that is on `side`, and a word for it.
pub(super) const fn of_side(side: Side) -> &'static str {
    match side {
        Side::For => BUILT_IN[0].0,
        Side::Against => BUILT_IN[1].0,
    }
}
