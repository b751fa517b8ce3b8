//! What was looked up of the words met last, so that it is not looked up again.
//!
//! News says most of its words over and over: most words of a text are among the few thousand met last.

use std::cell::RefCell;
use std::thread::LocalKey;

/// Longer words, in bytes, are looked up each time.
const LONGEST: usize = 16;

/// The binary logarithm of how many words are kept.
const BITS: u32 = 12;

/// Answers by word. A word has one place, which it shares with others: there the one met last is kept.
pub(crate) struct Memo<T>(Vec<Option<Kept<T>>>);

#[derive(Clone, Copy)]
struct Kept<T> {
    /// The word's bytes: with its length they tell it from every other.
    word: [u64; 2],
    /// In bytes.
    length: u8,
    answer: T,
}

/// The memo of one question in one thread.
pub(crate) type Local<T> = LocalKey<RefCell<Memo<T>>>;

impl<T: Copy> Memo<T> {
    /// One that knows no word yet.
    pub(crate) const fn new() -> RefCell<Self> {
        RefCell::new(Self(Vec::new()))
    }

    /// What `look`, which sees nothing but the word, says of `word`.
    #[inline]
    pub(crate) fn of(memo: &'static Local<T>, word: &str, look: impl FnOnce(&str) -> T) -> T {
        let Some((key, length)) = key(word) else { return look(word) };
        let place = place(key);
        let known = memo.with_borrow(|memo| match memo.0.get(place) {
            Some(Some(kept)) if kept.word == key && kept.length == length => Some(kept.answer),
            _ => None,
        });
        if let Some(answer) = known {
            return answer;
        }
        let answer = look(word);
        memo.with_borrow_mut(|memo| {
            if memo.0.is_empty() {
                memo.0.resize(1 << BITS, None);
            }
            memo.0[place] = Some(Kept { word: key, length, answer });
        });
        answer
    }
}

/// The bytes of `word` in two numbers, those in the middle of a short one in both, and its length.
fn key(word: &str) -> Option<([u64; 2], u8)> {
    let bytes = word.as_bytes();
    let key = if bytes.len() > LONGEST {
        return None;
    } else if let (Some(start), Some(end)) = (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        [start, end].map(|half| u64::from_le_bytes(*half))
    } else if let (Some(start), Some(end)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        [start, end].map(|half| u64::from(u32::from_le_bytes(*half)))
    } else if let [first, .., last] = bytes {
        [u64::from(*first), u64::from(bytes[1]) << 8 | u64::from(*last)]
    } else {
        [bytes.first().map_or(0, |byte| u64::from(*byte)), 0]
    };
    Some((key, u8::try_from(bytes.len()).ok()?))
}

/// Where the word `key` is kept: the high bits of a product depend on all of its bytes.
fn place([start, end]: [u64; 2]) -> usize {
    let mixed =
        (start ^ end.rotate_left(29).wrapping_mul(0x9e37_79b9_7f4a_7c15)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    (mixed >> (64 - BITS)) as usize
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn a_word_is_looked_up_once_and_never_taken_for_another() {
        thread_local! {
            static LENGTHS: RefCell<Memo<(usize, u8)>> = const { Memo::new() };
        }
        let looked = Cell::new(0);
        let ask = |word: &str| {
            Memo::of(&LENGTHS, word, |word| {
                looked.set(looked.get() + 1);
                (word.len(), word.bytes().fold(0, u8::wrapping_add))
            })
        };
        let words: Vec<String> =
            (0..20_000).map(|number| format!("w{number}\0").repeat(1 + number % 4)).collect();
        for word in &words {
            assert_eq!(ask(word), (word.len(), word.bytes().fold(0, u8::wrapping_add)), "{word}");
            assert_eq!(ask(word).0, word.len(), "{word}");
        }
        let short = words.iter().filter(|word| word.len() <= LONGEST).count();
        assert_eq!(looked.get(), short + 2 * (words.len() - short));
    }
}
