//! Coefficients of agreement between coders.

use std::collections::BTreeMap;

/// What two coders said of each unit, counted: how often the first said the one and the second the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Table<L>(BTreeMap<(L, L), u32>);

impl<L> Default for Table<L> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<L: Copy + Ord> Table<L> {
    /// Counts units of which the first coder says `a` and the second `b`.
    pub(super) fn add(&mut self, a: L, b: L, times: u32) {
        if times > 0 {
            *self.0.entry((a, b)).or_default() += times;
        }
    }

    /// Counts what `other` counts too.
    pub(super) fn add_all(&mut self, other: &Self) {
        for ((a, b), times) in &other.0 {
            self.add(*a, *b, *times);
        }
    }

    /// How many units there are.
    pub(super) fn units(&self) -> u32 {
        self.0.values().sum()
    }

    /// The share of units of which both say the same; none without units.
    pub(super) fn same(&self) -> Option<f64> {
        let same: u32 = self.0.iter().filter(|((a, b), _)| a == b).map(|(_, times)| times).sum();
        (self.units() > 0).then(|| f64::from(same) / f64::from(self.units()))
    }

    /// Cohen's kappa (A coefficient of agreement for nominal scales, 1960); none where chance explains all.
    pub(super) fn kappa(&self) -> Option<f64> {
        let units = f64::from(self.units());
        let (mut first, mut second): (BTreeMap<L, u32>, BTreeMap<L, u32>) = Default::default();
        for ((a, b), times) in &self.0 {
            *first.entry(*a).or_default() += times;
            *second.entry(*b).or_default() += times;
        }
        let by_chance = |(label, times): (&L, &u32)| {
            f64::from(*times) / units * f64::from(second.get(label).copied().unwrap_or(0)) / units
        };
        let expected: f64 = first.iter().map(by_chance).sum();
        (expected < 1.0).then_some((self.same()? - expected) / (1.0 - expected))
    }

    /// Krippendorff's alpha for nominal data: see [`alpha`].
    pub(super) fn alpha(&self) -> Option<f64> {
        let mut coincidences = BTreeMap::new();
        for ((a, b), times) in &self.0 {
            *coincidences.entry((*a, *b)).or_default() += f64::from(*times);
            *coincidences.entry((*b, *a)).or_default() += f64::from(*times);
        }
        alpha(&coincidences)
    }
}

/// Krippendorff's alpha for nominal data (Computing Krippendorff's Alpha-Reliability, 2011, section C): from
/// coincidences of values, each pair of values of a unit in both orders, weighted by one over the unit's values less
/// one. None where there is only one value, so that nothing could differ.
pub(super) fn alpha<L: Copy + Ord>(coincidences: &BTreeMap<(L, L), f64>) -> Option<f64> {
    let mut of_value: BTreeMap<L, f64> = BTreeMap::new();
    for ((value, _), weight) in coincidences {
        *of_value.entry(*value).or_default() += weight;
    }
    let all: f64 = of_value.values().sum();
    let observed: f64 = coincidences.iter().filter(|((a, b), _)| a != b).map(|(_, weight)| weight).sum();
    let expected = all * all - of_value.values().map(|weight| weight * weight).sum::<f64>();
    (expected > 0.0).then(|| 1.0 - (all - 1.0) * observed / expected)
}

/// Krippendorff's alpha for unitizing, of one category and two coders (Measuring the Reliability of Qualitative Text
/// Analysis Data, 2004): how well the units agree that two people cut out of a continuum of `length`, each as where it
/// begins and ends, in order and apart. None where nobody marked any.
pub(super) fn alpha_u(length: u32, units: [&[(u32, u32)]; 2]) -> Option<f64> {
    let [first, second] = units.map(|units| Section::all(length, units));
    let mut observed = 0.0;
    let mut from = 0;
    for one in &first {
        while second.get(from).is_some_and(|other| other.end <= one.start) {
            from += 1;
        }
        let met = second[from..].iter().take_while(|other| other.start < one.end);
        observed += met.map(|other| one.distance(*other)).sum::<f64>();
    }
    let length = f64::from(length);
    observed /= length * length;
    let all = || first.iter().chain(&second);
    let count = f64::from(u32::try_from(all().filter(|section| section.is_unit).count()).ok()?);
    let (mut expected, mut inside) = (0.0, 0.0);
    for unit in all().filter(|section| section.is_unit) {
        let long = unit.length();
        let gaps = all().filter(|gap| !gap.is_unit && gap.length() >= long);
        let room: f64 = gaps.map(|gap| gap.length() - long + 1.0).sum();
        let meets = (count - 1.0) / 3.0 * (2.0 * long.powi(3) - 3.0 * long.powi(2) + long);
        expected += meets + long * long * room;
        inside += long * (long - 1.0);
    }
    let ways = 2.0 * length * (2.0 * length - 1.0) - inside;
    expected *= 2.0 / length / ways;
    (expected > 0.0).then(|| 1.0 - observed / expected)
}

/// A unit, or a gap between two.
#[derive(Clone, Copy)]
struct Section {
    start: u32,
    end: u32,
    is_unit: bool,
}

impl Section {
    /// The units and the gaps around them.
    fn all(length: u32, units: &[(u32, u32)]) -> Vec<Self> {
        let mut out = Vec::with_capacity(2 * units.len() + 1);
        let mut done = 0;
        for (start, end) in units {
            out.push(Self { start: done, end: *start, is_unit: false });
            out.push(Self { start: *start, end: *end, is_unit: true });
            done = *end;
        }
        out.push(Self { start: done, end: length, is_unit: false });
        out.retain(|section| section.start < section.end);
        out
    }

    fn length(self) -> f64 {
        f64::from(self.end - self.start)
    }

    /// How far two sections that meet are apart, squared.
    fn distance(self, other: Self) -> f64 {
        let within = |inner: Self, outer: Self| outer.start <= inner.start && inner.end <= outer.end;
        let squared = |a: u32, b: u32| f64::from(a.abs_diff(b)).powi(2);
        match (self.is_unit, other.is_unit) {
            (true, true) => squared(self.start, other.start) + squared(self.end, other.end),
            (true, false) if within(self, other) => self.length().powi(2),
            (false, true) if within(other, self) => other.length().powi(2),
            _ => 0.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(value: Option<f64>, wanted: f64) {
        assert!(value.is_some_and(|value| (value - wanted).abs() < 0.0005), "{value:?} is not {wanted}");
    }

    fn table(a: &str, b: &str) -> Table<char> {
        let mut out = Table::default();
        for (a, b) in a.chars().zip(b.chars()) {
            out.add(a, b, 1);
        }
        out
    }

    #[test]
    fn alpha_is_that_of_the_worked_examples() {
        // Krippendorff 2011, A: binary data of two observers; B: nominal data of two observers.
        near(table("0100000010", "1110010000").alpha(), 0.095);
        near(table("aabbdcccedda", "babbbccceddd").alpha(), 0.692);
        // C: nominal data of four observers, with missing values.
        let observers = ["123321412   ", "1233224125 3", " 3332342251 ", "12332441251 "];
        let mut coincidences: BTreeMap<(char, char), f64> = BTreeMap::new();
        for unit in 0..12 {
            let values: Vec<char> = observers
                .iter()
                .filter_map(|line| line.chars().nth(unit))
                .filter(|value| *value != ' ')
                .collect();
            for (one, a) in values.iter().enumerate() {
                for (_, b) in values.iter().enumerate().filter(|(other, _)| *other != one) {
                    let others = f64::from(u32::try_from(values.len() - 1).unwrap());
                    *coincidences.entry((*a, *b)).or_default() += 1.0 / others;
                }
            }
        }
        near(alpha(&coincidences), 0.743);
    }

    #[test]
    fn kappa_is_that_of_the_worked_example() {
        // Cohen 1960, table 1, as counts of 200 units.
        let mut cohen = Table::default();
        for (a, row) in [[88, 14, 18], [10, 40, 10], [2, 6, 12]].into_iter().enumerate() {
            for (b, times) in row.into_iter().enumerate() {
                cohen.add(a, b, times);
            }
        }
        near(cohen.same(), 0.70);
        near(cohen.kappa(), 0.492);
    }

    #[test]
    fn where_nothing_could_differ_there_is_no_coefficient() {
        assert_eq!(table("aaa", "aaa").alpha(), None);
        assert_eq!(table("aaa", "aaa").kappa(), None);
        assert_eq!(table("", "").same(), None);
        assert_eq!(alpha_u(10, [&[], &[]]), None);
    }

    #[test]
    fn alpha_of_units_is_that_of_the_worked_example() {
        // Krippendorff 2004: a continuum from 150 to 450, categories c and k.
        let (i, j) = ([(75, 145), (220, 250)], [(70, 150), (205, 225), (250, 270)]);
        near(alpha_u(300, [&i, &j]), 0.7285);
        let k = [(30, 90), (150, 200)];
        near(alpha_u(300, [&k, &k]), 1.0);
    }
}
