//! Where the words of keys stand in the file itself, for a program that edits it and leaves all else as it is.

use super::ANNOTATION_PREFIX;
use crate::text::{TextRange, range};

/// A word of the value of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SidecarWord {
    /// The key, without the prefix of its term.
    pub key: String,
    /// The word as it reads.
    pub text: String,
    /// Where it stands, in bytes of the file.
    pub range: TextRange,
}

/// The words of all ids and keys of spans in `json`, the text of a file beside an article, in its order. What is no JSON
/// is passed over.
pub fn sidecar_words(json: &str) -> Vec<SidecarWord> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some((from, to)) = string(json, at) {
        at = to + 1;
        let Some(key) = json[from..to].strip_prefix(ANNOTATION_PREFIX) else { continue };
        let Some(value) = json[at..].trim_start().strip_prefix(':').map(str::trim_start) else { continue };
        if !value.starts_with('"') {
            continue;
        }
        let Some((from, to)) = string(json, json.len() - value.len()) else { break };
        at = to + 1;
        for word in json[from..to].split_ascii_whitespace() {
            let start = word.as_ptr() as usize - json.as_ptr() as usize;
            // Other programs write letters beyond ASCII as escapes.
            let Ok(text) = serde_json::from_str(&format!("\"{word}\"")) else { continue };
            out.push(SidecarWord { key: key.to_owned(), text, range: range(start, start + word.len()) });
        }
    }
    out
}

/// What is between the quotation marks of the next string from byte `at` on.
fn string(json: &str, at: usize) -> Option<(usize, usize)> {
    let from = at + json.get(at..)?.find('"')? + 1;
    let mut escaped = false;
    let end = json[from..].bytes().position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    })?;
    Some((from, from + end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_keys_are_found_where_they_stand_and_other_strings_are_not() {
        let json = r#"{ "items": [ { "body": [ { "value": "\"onrecord:by\": \"s1\"" },
            { "onrecord:id" : "c1", "onrecord:by":"s1  Zo\u00eb", "type": "onrecord:Span" } ], "onrecord:on": 7 "#;
        let words = sidecar_words(json);
        let shown: Vec<String> =
            words.iter().map(|word| format!("{} {} {}", word.key, word.text, &json[word.range])).collect();
        assert_eq!(shown, ["id c1 c1", "by s1 s1", r"by Zoë Zo\u00eb"]);
        assert_eq!(sidecar_words("\"onrecord:id\": \"c"), []);
    }
}
