//! Training: from marked passages to a model.
//!
//! The engine reads every passage with what people marked in the judge's place; each question it
//! puts becomes a lesson. It reads them once more by the answers of the model so far, so that the
//! model meets what its own mistakes lead to (Ross, Gordon and Bagnell, 2011). A logistic regression is fitted to the lessons by stochastic gradient
//! descent with the steps of `AdaGrad` (Duchi, Hazan and Singer, 2011).

use rustc_hash::{FxHashMap, FxHashSet};

use super::State;
use super::engine::Engine;
use super::judge::{Judge, Lesson, Marked, Teacher};
use super::model::{Model, slot};
use super::reading::Reading;
use crate::language::Passage;
use crate::text::TextRange;

/// How a model is trained.
#[derive(Clone, Copy, Debug)]
pub struct Training {
    /// How often each lesson is gone through, in each of the two rounds.
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
const BITS: u8 = 21;
/// A weight beyond this is cut.
const LIMIT: f32 = 4.0;

/// A passage with what people marked in it, in bytes of its prose.
#[derive(Clone, Debug)]
pub struct MarkedPassage {
    /// Its words.
    pub passage: Passage,
    /// What the passage before handed on.
    pub incoming: State,
    /// Who said what.
    pub marked: Vec<Marked<TextRange>>,
}

impl Training {
    /// How many epochs `progress` is told of.
    pub fn steps(self) -> u32 {
        2 * self.epochs
    }

    /// Trains a model on `articles`, each a list of passages; `progress` hears the number of every
    /// epoch that is done and the loss in it, in bits a lesson.
    pub fn run(self, articles: &[Vec<MarkedPassage>], mut progress: impl FnMut(u32, f64)) -> Model {
        let mut lessons = Lessons::default();
        lessons.take(articles, None);
        let first = self.fit(&lessons, &mut progress);
        lessons.take(articles, Some(&first));
        self.fit(&lessons, |epoch, loss| progress(self.epochs + epoch, loss))
    }

    fn fit(self, lessons: &Lessons, mut progress: impl FnMut(u32, f64)) -> Model {
        let list = lessons.common();
        let mut fit = Fit { weights: vec![0.0; 1 << BITS], squares: vec![1.0; 1 << BITS] };
        let mut order: Vec<usize> = (0..list.len()).collect();
        let mut random = Random(self.seed);
        for epoch in 1..=self.epochs {
            random.shuffle(&mut order);
            let loss: f64 = order.iter().filter_map(|at| list.get(*at)).map(|lesson| fit.learn(lesson)).sum();
            #[expect(clippy::cast_precision_loss, reason = "for the eye")]
            progress(epoch, loss / list.len().max(1) as f64);
        }
        fit.quantised()
    }
}

/// The lessons of a corpus, and in how many articles each feature is found.
#[derive(Default)]
struct Lessons {
    list: Vec<Lesson>,
    articles: FxHashMap<u32, u32>,
}

impl Lessons {
    /// Adds what `articles` teach while the engine goes by the answers of `pupil`, or the right ones.
    fn take(&mut self, articles: &[Vec<MarkedPassage>], pupil: Option<&Model>) {
        let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
        for article in articles {
            let first = self.list.len();
            for passage in article {
                self.list.extend(passage.lessons(pupil));
            }
            let here: FxHashSet<u32> = self
                .list
                .iter()
                .skip(first)
                .flat_map(|lesson| lesson.options.iter().flatten())
                .copied()
                .collect();
            for feature in here {
                *counts.entry(feature).or_default() += 1;
            }
        }
        for (feature, count) in counts {
            let most = self.articles.entry(feature).or_default();
            *most = count.max(*most);
        }
    }

    /// The lessons without the features of too few articles.
    fn common(&self) -> Vec<Lesson> {
        let common = |feature: &u32| self.articles.get(feature).is_some_and(|articles| *articles >= ARTICLES);
        let lesson = |lesson: &Lesson| Lesson {
            options: lesson
                .options
                .iter()
                .map(|option| option.iter().copied().filter(common).collect())
                .collect(),
            right: lesson.right,
        };
        self.list.iter().map(lesson).collect()
    }
}

impl MarkedPassage {
    /// Every question the engine puts on the passage, with its answer.
    fn lessons(&self, pupil: Option<&Model>) -> Vec<Lesson> {
        let reading = Reading::of(&self.passage);
        let tokens = |list: &[TextRange]| -> Vec<_> {
            list.iter().map(|range| reading.trimmed(reading.tokens.inside(*range))).collect()
        };
        // A colon that is the cue is not trimmed off.
        let cue = |list: &[TextRange]| list.iter().map(|range| reading.tokens.inside(*range)).collect();
        let marked = self.marked.iter().map(|marked| Marked {
            source: tokens(&marked.source),
            cue: cue(&marked.cue),
            content: tokens(&marked.content),
        });
        let teacher = Teacher { pupil, marked: marked.collect(), ..Teacher::default() };
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
        let slots = |option: &[u32]| option.iter().map(|feature| slot(*feature, BITS)).collect::<Vec<_>>();
        let options: Vec<Vec<usize>> = lesson.options.iter().map(|option| slots(option)).collect();
        let sum =
            |slots: &Vec<usize>| -> f32 { slots.iter().filter_map(|slot| self.weights.get(*slot)).sum() };
        let sums: Vec<f32> = options.iter().map(sum).collect();
        let most = sums.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let total: f32 = sums.iter().map(|sum| (sum - most).exp()).sum();
        let mut loss = 0.0;
        for ((option, slots), sum) in options.iter().enumerate().zip(sums) {
            let said = (sum - most).exp() / total;
            let right = option == lesson.right;
            if right {
                loss = -f64::from(said.max(1e-6)).log2();
            }
            let error = said - if right { 1.0 } else { 0.0 };
            for slot in slots {
                if let (Some(weight), Some(squares)) =
                    (self.weights.get_mut(*slot), self.squares.get_mut(*slot))
                {
                    let gradient = error + DECAY * *weight;
                    *squares += gradient * gradient;
                    *weight -= RATE * gradient / squares.sqrt();
                }
            }
        }
        loss
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
#[derive(Clone, Copy, Debug)]
pub(crate) struct Random(pub(crate) u64);

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
            list.swap(at, self.below(at + 1));
        }
    }

    /// A number below `bound`, or 0.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.next() % bound).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribution::attribute;
    use crate::text::range;

    /// Articles in which somebody reports one thing and walks another.
    fn articles() -> Vec<Vec<MarkedPassage>> {
        let article = |town: &str| {
            let prose = format!("The mayor reported that {town} was lost. The mayor walked that road.");
            let at = |words: &str| prose.find(words).map(|start| range(start, start + words.len())).unwrap();
            let content = at(&format!("that {town} was lost"));
            vec![MarkedPassage {
                marked: vec![Marked {
                    source: vec![at("The mayor")],
                    cue: vec![at("reported")],
                    content: vec![content],
                }],
                passage: Passage::read(prose.as_str()),
                incoming: State::default(),
            }]
        };
        ["the dam", "the bridge", "the vote", "the road", "the ship", "the case"].map(article).to_vec()
    }

    #[test]
    fn the_same_seed_gives_the_same_file() {
        let train = |seed| Training { seed, ..Training::default() }.run(&articles(), |_, _| ()).write();
        assert_eq!(train(7), train(7));
    }

    #[test]
    fn what_was_marked_is_found_again() {
        let mut steps = 0;
        let training = Training { epochs: 60, seed: 1 };
        let model = training.run(&articles(), |_, _| steps += 1);
        assert_eq!(steps, training.steps());
        let passage = Passage::read("The mayor reported that the mill was lost. The mayor walked that road.");
        let found = attribute(&passage, &State::default(), &model).attributions;
        let cues: Vec<&str> = found.iter().map(|one| &passage.prose()[one.cue[0]]).collect();
        assert_eq!(cues, ["reported"]);
    }
}
