//! Replacing ranges of a text.

use super::TextRange;

/// One replacement in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextEdit {
    /// What is replaced, in bytes of the text before any edit.
    pub range: TextRange,
    /// What stands there afterwards.
    pub new_text: String,
}

/// `text` with all `edits` made at once.
///
/// Edits are taken in order of their start; one that overlaps an earlier one is left out, so two
/// fixes never garble each other. Ranges that lie outside the text or split a character are left
/// out too.
pub fn apply_edits(text: &str, edits: &[TextEdit]) -> String {
    let mut sorted: Vec<&TextEdit> = edits.iter().collect();
    sorted.sort_by_key(|edit| (edit.range.start(), edit.range.end()));
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for edit in sorted {
        let (start, end) = (usize::from(edit.range.start()), usize::from(edit.range.end()));
        let Some(kept) = text.get(done..start) else { continue };
        if text.get(start..end).is_none() {
            continue;
        }
        out.push_str(kept);
        out.push_str(&edit.new_text);
        done = end;
    }
    out.push_str(&text[done..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::range;

    fn edit(start: usize, end: usize, new_text: &str) -> TextEdit {
        TextEdit { range: range(start, end), new_text: new_text.to_owned() }
    }

    #[test]
    fn edits_are_made_in_text_order() {
        let edits = [edit(6, 11, "there"), edit(0, 5, "hi")];
        assert_eq!(apply_edits("hello world", &edits), "hi there");
    }

    #[test]
    fn an_overlapping_edit_is_left_out() {
        let edits = [edit(0, 7, "x"), edit(5, 11, "y")];
        assert_eq!(apply_edits("hello world", &edits), "xorld");
    }

    #[test]
    fn an_edit_inside_a_character_is_left_out() {
        assert_eq!(apply_edits("é", &[edit(1, 2, "x")]), "é");
    }
}
