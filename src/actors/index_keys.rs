//! How names are spelled as keys of an index, for `build.rs` and for what is read while the program runs.

/// `name` as an index holds it: a leading article is not part of a name, but one word alone needs it ("The
/// Guardian", "the West").
pub(super) fn indexed(name: &str) -> &str {
    match name.trim().split_once(' ') {
        Some((first, rest)) if first.eq_ignore_ascii_case("the") && rest.trim().contains(' ') => rest.trim(),
        _ => name.trim(),
    }
}

/// The last word of a person's `name`.
pub(super) fn surname(name: &str) -> &str {
    name.rsplit(' ').next().unwrap_or(name)
}

/// `word` of a name as an index holds it.
pub(super) fn indexed_word(word: &str) -> &str {
    if word == "The" { "the" } else { word }
}

/// The bit of `word` among those of all words that begin a name of the gazetteer (FNV-1a, folded to 16 bits).
pub(super) fn first_word_bit(word: &str) -> usize {
    let mix = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    let hash = word.bytes().fold(0x811c_9dc5, mix);
    (hash >> 16 ^ hash & 0xffff) as usize
}
