//! Which items of a new list are those of an old one.

/// Two lists that share their beginning and their end, as the lists before and after an edit do.
pub(super) struct Alignment {
    prefix: usize,
    suffix: usize,
    old: usize,
    new: usize,
}

impl Alignment {
    /// Compares lists of `old` and `new` items with `same(old index, new index)`.
    pub(super) fn new(old: usize, new: usize, same: impl Fn(usize, usize) -> bool) -> Self {
        let shorter = old.min(new);
        let prefix = (0..shorter).take_while(|index| same(*index, *index)).count();
        let suffix = (0..shorter - prefix).take_while(|back| same(old - 1 - back, new - 1 - back)).count();
        Self { prefix, suffix, old, new }
    }

    /// The old item that stands for the new item `index`, and whether it is the same. Between the
    /// shared ends items stand for one another only when there are as many.
    pub(super) fn old(&self, index: usize) -> Option<(usize, bool)> {
        if index < self.prefix {
            return Some((index, true));
        }
        let back = self.new - index;
        if back <= self.suffix {
            return Some((self.old - back, true));
        }
        (self.old == self.new).then_some((index, false))
    }
}
