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
