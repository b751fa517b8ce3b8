//! Training: from marked passages to a model.
//!
//! The engine reads every passage with what people marked in the judge's place; each question it
//! puts becomes a lesson. A logistic regression is fitted to the lessons by stochastic gradient
//! descent with the steps of `AdaGrad` (Duchi, Hazan and Singer, 2011).

use rustc_hash::{FxHashMap, FxHashSet};

use super::State;
use super::engine::Engine;
use super::judge::{Judge, Lesson, Teacher};
use super::model::{Model, slot};
use super::reading::Reading;
use crate::language::Passage;
use crate::text::TextRange;

/// How a model is trained.
#[derive(Clone, Copy, Debug)]
pub struct Training {
    /// How often each lesson is gone through.
    pub epochs: u32,
    /// Where the order of the lessons comes from.
    pub seed: u64,
}

impl Default for Training {
    fn default() -> Self {
        Self { epochs: 8, seed: 1 }
    }
}

/// The size of the first steps.
const RATE: f32 = 0.02;
/// How strongly a weight is drawn to zero.
const DECAY: f32 = 1e-3;
/// A feature is kept if it is found in so many articles.
const ARTICLES: u32 = 5;
/// The binary logarithm of the number of weights.
const BITS: u8 = 18;
/// A weight beyond this is cut.
const LIMIT: f32 = 4.0;

/// A passage with what people marked in it, in bytes of its prose.
#[derive(Clone, Debug)]
pub struct MarkedPassage {
    /// Its words.
    pub passage: Passage,
    /// What the passage before handed on.
    pub incoming: State,
    /// The reporting words.
    pub cues: Vec<TextRange>,
    /// What is said.
    pub contents: Vec<TextRange>,
}

impl Training {
    /// Trains a model on `articles`, each a list of passages; `progress` hears the number of every
    /// epoch that is done and the loss in it, in bits a lesson.
    pub fn run(self, articles: &[Vec<MarkedPassage>], mut progress: impl FnMut(u32, f64)) -> Model {
        let mut lessons = Vec::new();
        let mut articles_with: FxHashMap<u32, u32> = FxHashMap::default();
        for article in articles {
            let first = lessons.len();
            article.iter().for_each(|passage| lessons.extend(passage.lessons()));
            let here: FxHashSet<u32> =
                lessons.iter().skip(first).flat_map(|lesson| &lesson.features).copied().collect();
            here.into_iter().for_each(|feature| *articles_with.entry(feature).or_default() += 1);
        }
        for lesson in &mut lessons {
            lesson
                .features
                .retain(|feature| articles_with.get(feature).is_some_and(|count| *count >= ARTICLES));
        }
        let mut fit = Fit { weights: vec![0.0; 1 << BITS], squares: vec![1.0; 1 << BITS] };
        let mut order: Vec<usize> = (0..lessons.len()).collect();
        let mut random = Random(self.seed);
        for epoch in 1..=self.epochs {
            random.shuffle(&mut order);
            let loss: f64 =
                order.iter().filter_map(|at| lessons.get(*at)).map(|lesson| fit.learn(lesson)).sum();
            #[expect(clippy::cast_precision_loss, reason = "for the eye")]
            progress(epoch, loss / lessons.len().max(1) as f64);
        }
        fit.quantised()
    }
}

impl MarkedPassage {
    /// Every question the engine puts on the passage, with its answer.
    fn lessons(&self) -> Vec<Lesson> {
        let reading = Reading::of(&self.passage);
        let teacher = Teacher {
            cues: self.cues.iter().map(|range| reading.tokens.inside(*range)).collect(),
            contents: self
                .contents
                .iter()
                .map(|range| reading.trimmed(reading.tokens.inside(*range)))
                .collect(),
            ..Teacher::default()
        };
        Engine::run(reading, &self.incoming, Judge::Teacher(&teacher));
        teacher.lessons.into_inner()
    }
}

/// Weights in the making.
struct Fit {
    weights: Vec<f32>,
    /// The sums of the squared gradients.
    squares: Vec<f32>,
}

impl Fit {
    /// Takes one step; returns the loss before it, in bits.
    fn learn(&mut self, lesson: &Lesson) -> f64 {
        let slots = || lesson.features.iter().map(|feature| slot(*feature, BITS));
        let sum: f32 = slots().filter_map(|slot| self.weights.get(slot)).sum();
        let said = 1.0 / (1.0 + (-sum).exp());
        let error = said - if lesson.answer { 1.0 } else { 0.0 };
        for slot in slots() {
            if let (Some(weight), Some(squares)) = (self.weights.get_mut(slot), self.squares.get_mut(slot)) {
                let gradient = error + DECAY * *weight;
                *squares += gradient * gradient;
                *weight -= RATE * gradient / squares.sqrt();
            }
        }
        -f64::from((1.0 - error.abs()).max(1e-6)).log2()
    }

    fn quantised(&self) -> Model {
        let largest = self.weights.iter().fold(0.0_f32, |most, weight| most.max(weight.abs())).min(LIMIT);
        let scale = largest.max(f32::MIN_POSITIVE) / 127.0;
        #[expect(clippy::cast_possible_truncation, reason = "at most 127 after the division and the cut")]
        let weights: Vec<i8> =
            self.weights.iter().map(|weight| (weight / scale).round().clamp(-127.0, 127.0) as i8).collect();
        Model::new(&weights, BITS, scale)
    }
}

/// A small source of chance, the same for the same seed (`SplitMix64`; Steele, Lea and Flood, 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut out = self.0;
        out = (out ^ (out >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        out = (out ^ (out >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        out ^ (out >> 31)
    }

    fn shuffle(&mut self, list: &mut [usize]) {
        for at in (1..list.len()).rev() {
            let bound = u64::try_from(at + 1).unwrap_or(u64::MAX);
            let with = usize::try_from(self.next() % bound).unwrap_or(0);
            list.swap(at, with);
        }
    }
}
