//! How far a figure over articles might lie elsewhere on others like them.

use crate::attribution::Random;

/// How many samples of the articles are drawn.
const SAMPLES: usize = 1000;

/// For each figure that `measure` takes of some articles, between what it lies in 95 of 100 samples of `articles`:
/// a percentile bootstrap (Efron and Tibshirani, *An Introduction to the Bootstrap*, 1993, chapter 13), the same at
/// each run. Samples of which a figure is not defined do not count; none where that is all.
pub(super) fn intervals<T>(
    articles: &[T],
    measure: impl Fn(&[&T]) -> Vec<Option<f64>>,
) -> Vec<Option<[f64; 2]>> {
    let mut random = Random(1);
    let mut drawn: Vec<Vec<f64>> = Vec::new();
    for _ in 0..SAMPLES {
        let draw = (0..articles.len()).filter_map(|_| articles.get(random.below(articles.len())));
        let figures = measure(&draw.collect::<Vec<_>>());
        drawn.resize_with(figures.len().max(drawn.len()), Vec::new);
        for (values, figure) in drawn.iter_mut().zip(figures) {
            values.extend(figure);
        }
    }
    let interval = |mut values: Vec<f64>| {
        values.sort_by(f64::total_cmp);
        let tail = values.len() / 40;
        Some([*values.get(tail)?, *values.get(values.len().checked_sub(1 + tail)?)?])
    };
    drawn.into_iter().map(interval).collect()
}
