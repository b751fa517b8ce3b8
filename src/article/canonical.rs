//! A span's attributes as they are written.

use std::fmt::Write as _;

/// `{#id .class key=value}` in canonical order: the id, the classes as they come, the keys by their names. A
/// value stands in quotation marks where it needs them; an empty one waits for somebody to choose.
pub fn attributes(id: Option<&str>, classes: &[&str], keys: &[(&str, &str)]) -> String {
    let mut items: Vec<String> = id.iter().map(|id| format!("#{id}")).collect();
    items.extend(classes.iter().map(|class| format!(".{class}")));
    let mut keys = keys.to_vec();
    keys.sort_unstable();
    items.extend(keys.into_iter().map(|(key, value)| format!("{key}={}", written(value))));
    format!("{{{}}}", items.join(" "))
}

fn written(value: &str) -> String {
    // The beginning of a comment would be one in a value too.
    let comment = value.contains("<!--");
    if !comment
        && !value.contains(|char: char| char.is_whitespace() || matches!(char, '"' | '}' | '\\' | '\'' | '='))
    {
        return value.to_owned();
    }
    let mut out = String::from('"');
    for (at, char) in value.char_indices() {
        // After a brace, this would be taken for the end of another span.
        let ends_a_span = value[at..].starts_with("]{");
        let escaped = matches!(char, '"' | '\\') || char == '!' && comment || ends_a_span;
        let escape = if escaped { "\\" } else { "" };
        let _ = write!(out, "{escape}{char}");
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Markup;

    #[test]
    fn id_class_and_keys_in_order() {
        let keys = [("stance", "oppose"), ("by", "usa rus"), ("on", "")];
        let written = attributes(Some("c1"), &["claim", "draft"], &keys);
        assert_eq!(written, r#"{#c1 .claim .draft by="usa rus" on= stance=oppose}"#);
    }

    #[test]
    fn a_value_reads_back() {
        for value in ["", "a", "a b", "a}b", r#"say "no""#, r"a\b", "it's", "<!--!", "a} [b]{.c}"] {
            let source = format!("[x]{}", attributes(None, &["own"], &[("why", value)]));
            let markup = Markup::parse(&source);
            assert_eq!(markup.spans[0].value("why").map(|word| word.text.as_str()), Some(value), "{source}");
            assert!(markup.faults.is_empty(), "{source}");
        }
    }
}
