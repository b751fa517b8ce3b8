//! The learned model: what its file holds and how it answers.
//!
//! A model is a table of small weights. A question is put as a list of features, each a hash; the
//! log odds of "yes" are the sum of the weights they lead to. The file holds no words, only the
//! table, and nothing in it is executed.

use std::borrow::Cow;
use std::sync::LazyLock;

/// What a model file begins with.
const MAGIC: &[u8; 8] = b"onrecmod";
/// The layout of the file together with the features its hashes stand for.
const VERSION: u16 = 3;
/// Magic, version, binary logarithm of the number of weights, a zero, scale, checksum.
const HEADER: usize = 8 + 2 + 1 + 1 + 4 + 8;
/// The binary logarithms of the numbers of weights that a file may have.
const BITS: std::ops::RangeInclusive<u8> = 8..=22;

/// Weights for the engine's decisions.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    weights: Cow<'static, [u8]>,
    bits: u8,
    scale: f32,
    /// A candidate is an attribution above these natural log odds.
    pub(super) least: f32,
}

/// Why a model could not be loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// The file does not begin as a model does.
    #[error("it is no model of onrecord")]
    NoModel,
    /// It was made for other features.
    #[error("it is a model of version {found}, and this onrecord reads version {VERSION}: train it again")]
    Version {
        /// The version it names.
        found: u16,
    },
    /// It is shorter or longer than its header says.
    #[error("it has {found} bytes where its header promises {expected}: it was cut short or added to")]
    Length {
        /// The bytes it has.
        found: usize,
        /// The bytes its header promises.
        expected: usize,
    },
    /// Its header promises a size no model has.
    #[error("its header promises 2^{bits} weights: it is damaged")]
    Size {
        /// The binary logarithm of the number of weights.
        bits: u8,
    },
    /// Its checksum does not fit what it holds.
    #[error("its checksum does not fit: it is damaged")]
    Checksum,
}

impl Model {
    /// The confidence above which F1 is best where everything that is said is to be found.
    pub const BALANCED: f32 = 0.3775;

    /// No weights: the rules decide alone.
    pub fn rules() -> Self {
        Self { weights: Cow::Borrowed(&[]), bits: 0, scale: 0.0, least: 0.0 }
    }

    /// Whether the rules decide alone.
    pub(super) fn is_rules(&self) -> bool {
        self.weights.is_empty()
    }

    /// The same model for another threshold: a candidate is an attribution above `confidence`, from 0 to
    /// 1. A model as it is read asks for more than one half, which is what warnings need.
    #[must_use]
    pub fn above(self, confidence: f32) -> Self {
        Self { least: log_odds(confidence), ..self }
    }

    /// The model that comes with the program; what it was trained on is in `docs/model-card.md`.
    pub fn built_in() -> &'static Self {
        #[expect(clippy::expect_used, reason = "a test reads the same bytes")]
        static BUILT_IN: LazyLock<Model> = LazyLock::new(|| {
            // It came with the program: adding up a megabyte at each start would tell nothing new.
            let file = include_bytes!("built-in.model").as_slice();
            Model::parse(Cow::Borrowed(file)).expect("the built-in model is whole").0
        });
        &BUILT_IN
    }

    /// Reads a model file.
    ///
    /// # Errors
    /// Where `file` is no model, one of another version, or damaged.
    pub fn read(file: Cow<'static, [u8]>) -> Result<Self, ModelError> {
        let (model, checksum) = Self::parse(file)?;
        if checksum != fingerprint(model.bits, model.scale.to_le_bytes(), &model.weights) {
            return Err(ModelError::Checksum);
        }
        Ok(model)
    }

    /// The model in `file`, and the checksum that it ought to have.
    fn parse(file: Cow<'static, [u8]>) -> Result<(Self, u64), ModelError> {
        let Some((header, _)) = file.split_first_chunk::<HEADER>() else {
            return Err(ModelError::NoModel);
        };
        let [m0, m1, m2, m3, m4, m5, m6, m7, v0, v1, bits, _, s0, s1, s2, s3, checksum @ ..] = *header;
        if [m0, m1, m2, m3, m4, m5, m6, m7] != *MAGIC {
            return Err(ModelError::NoModel);
        }
        let found = u16::from_le_bytes([v0, v1]);
        if found != VERSION {
            return Err(ModelError::Version { found });
        }
        if !BITS.contains(&bits) {
            return Err(ModelError::Size { bits });
        }
        let expected = HEADER + (1 << bits);
        if file.len() != expected {
            return Err(ModelError::Length { found: file.len(), expected });
        }
        let scale = f32::from_le_bytes([s0, s1, s2, s3]);
        let weights = match file {
            Cow::Borrowed(file) => Cow::Borrowed(file.get(HEADER..).unwrap_or_default()),
            Cow::Owned(file) => Cow::Owned(file.get(HEADER..).unwrap_or_default().to_vec()),
        };
        Ok((Self { weights, bits, scale, least: 0.0 }, u64::from_le_bytes(checksum)))
    }

    /// The model as a file.
    pub fn write(&self) -> Vec<u8> {
        let scale = self.scale.to_le_bytes();
        let mut file = Vec::with_capacity(HEADER + self.weights.len());
        file.extend_from_slice(MAGIC);
        file.extend_from_slice(&VERSION.to_le_bytes());
        file.extend_from_slice(&[self.bits, 0]);
        file.extend_from_slice(&scale);
        file.extend_from_slice(&fingerprint(self.bits, scale, &self.weights).to_le_bytes());
        file.extend_from_slice(&self.weights);
        file
    }

    /// The model with `weights`, of which there are two to the power of `bits`, each in steps of
    /// `scale`.
    pub(super) fn new(weights: &[i8], bits: u8, scale: f32) -> Self {
        let weights = weights.iter().map(|weight| weight.to_le_bytes()[0]).collect();
        Self { weights, bits, scale, least: 0.0 }
    }

    /// The table, to be looked up in.
    pub(super) fn weights(&self) -> Weights<'_> {
        Weights { table: &self.weights, shift: 64 - u32::from(self.bits), scale: self.scale }
    }
}

/// The table of a model.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weights<'a> {
    table: &'a [u8],
    /// The bits of a hash below those that tell its place.
    shift: u32,
    scale: f32,
}

impl Weights<'_> {
    /// Nothing weighs anything.
    pub(super) const NONE: Self = Self { table: &[], shift: 1, scale: 0.0 };

    /// The weight of the feature with `hash`, in steps of the scale.
    #[inline]
    pub(super) fn of(self, hash: u64) -> i32 {
        let byte = usize::try_from(hash >> self.shift).ok().and_then(|slot| self.table.get(slot));
        byte.map_or(0, |byte| i32::from(i8::from_le_bytes([*byte])))
    }

    /// The natural logarithm of the odds of "yes" to a question whose features weigh `sum`.
    pub(super) fn log_odds(self, sum: i32) -> f32 {
        #[expect(clippy::cast_precision_loss, reason = "a few hundred weights of seven bits")]
        let sum = sum as f32;
        sum * self.scale
    }
}

/// The natural logarithm of the odds of what has the probability `confidence`.
pub(super) fn log_odds(confidence: f32) -> f32 {
    (confidence / (1.0 - confidence)).ln()
}

/// The weight of `feature` in a table of two to the power of `bits`.
pub(super) fn slot(feature: u32, bits: u8) -> usize {
    (feature >> (32 - u32::from(bits))) as usize
}

/// FNV-1a over eight bytes at a time.
fn fingerprint(bits: u8, scale: [u8; 4], weights: &[u8]) -> u64 {
    let head = [bits, 0, 0, 0, scale[0], scale[1], scale[2], scale[3]];
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut take = |word: [u8; 8]| {
        hash = (hash ^ u64::from_le_bytes(word)).wrapping_mul(0x0000_0100_0000_01b3);
        hash ^= hash >> 29;
    };
    take(head);
    for chunk in weights.chunks(8) {
        let mut word = [0; 8];
        word.iter_mut().zip(chunk).for_each(|(to, from)| *to = *from);
        take(word);
    }
    hash
}

impl Default for Model {
    fn default() -> Self {
        Self::built_in().clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(change: impl FnOnce(&mut Vec<u8>)) -> String {
        let mut file = Model::new(&[1, -2, 3, 0].repeat(64), 8, 0.5).write();
        change(&mut file);
        Model::read(Cow::Owned(file)).unwrap_err().to_string()
    }

    #[test]
    fn a_model_reads_back_and_answers_the_same() {
        let model = Model::new(&[1, -2, 3, 0].repeat(64), 8, 0.5);
        let read = Model::read(Cow::Owned(model.write())).unwrap();
        assert_eq!(read, model);
        let weights = read.weights();
        let sum = [0, 1 << 56, 1 << 56].map(|feature| weights.of(feature)).iter().sum();
        assert!((weights.log_odds(sum) + 1.5).abs() < 1e-6);
    }

    #[test]
    fn a_feature_is_weighed_where_teaching_put_its_weight() {
        for bits in BITS {
            let length = 1_u32 << bits;
            let table: Vec<i8> = (0..length).map(|slot| slot.to_le_bytes()[0].cast_signed()).collect();
            let model = Model::new(&table, bits, 1.0);
            for hash in [0_u64, u64::MAX, 0x9e37_79b9_7f4a_7c15, 0x0123_4567_89ab_cdef] {
                let place = slot((hash >> 32) as u32, bits);
                assert_eq!(model.weights().of(hash), i32::from(table[place]), "{bits} bits");
            }
        }
    }

    #[test]
    fn the_built_in_model_is_whole() {
        let file = include_bytes!("built-in.model").as_slice();
        assert_eq!(Model::read(Cow::Borrowed(file)).as_ref(), Ok(Model::built_in()));
        assert!(file.len() < 4 << 20);
    }

    #[test]
    fn a_damaged_model_is_refused_with_the_reason() {
        assert_eq!(refused(|file| file.truncate(10)), "it is no model of onrecord");
        assert_eq!(refused(|file| file[0] = b'x'), "it is no model of onrecord");
        assert_eq!(
            refused(|file| file[8] = 9),
            "it is a model of version 9, and this onrecord reads version 3: train it again"
        );
        assert_eq!(refused(|file| file[10] = 60), "its header promises 2^60 weights: it is damaged");
        assert_eq!(
            refused(|file| file.truncate(100)),
            "it has 100 bytes where its header promises 280: it was cut short or added to"
        );
        assert_eq!(refused(|file| file[200] ^= 4), "its checksum does not fit: it is damaged");
        assert_eq!(refused(|file| file[12] ^= 4), "its checksum does not fit: it is damaged");
    }
}
