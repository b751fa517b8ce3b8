//! Where the thing under the cursor is defined.

use super::attributes::{Part, braces};
use super::claims::span_with_id;
use crate::analysis::Analysis;
use crate::text::{TextRange, TextSize};

/// The definition of what stands at `offset`, in bytes of the article: the span a reference names,
/// or the entry of an actor or a topic in the header.
pub fn definition(analysis: &Analysis, offset: TextSize) -> Option<TextRange> {
    let text = analysis.text();
    let Part::Value { key, range } = braces(text, offset)?.at else { return None };
    let word = &text[range];
    let header = analysis.header();
    match key {
        "by" | "for" | "part-of" | "ref" => {
            let id = word.strip_prefix("actor:").unwrap_or(word);
            let actor = || header.actors.iter().find(|actor| actor.id.text == id).map(|actor| actor.id.range);
            if key == "ref" || id != word {
                return actor();
            }
            let span = span_with_id(analysis, id).map(|(block, span)| span.range + block.range.start());
            span.or_else(actor)
        }
        "on" => header.on.iter().find(|(id, _)| id.text == word).map(|(id, _)| id.range),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn defined(text: &str, at: &str) -> Option<String> {
        let analysis = Analysis::new(Arc::from(text), Arc::default());
        let offset = crate::text::size(text.find(at).unwrap() + at.len());
        definition(&analysis, offset).map(|range| text[range].to_owned())
    }

    const TEXT: &str = "---\nactors:\n  lee: Ann Lee\non:\n  vote: the vote\n---\n\n[Lee]{#s1 .source ref=lee} [said]{.cue for=c1} [it failed]{#c1 .claim by=s1 on=vote}.";

    #[test]
    fn references_lead_to_spans_and_entries() {
        assert_eq!(defined(TEXT, "by=s"), Some("[Lee]{#s1 .source ref=lee}".to_owned()));
        assert_eq!(defined(TEXT, "for=c"), Some("[it failed]{#c1 .claim by=s1 on=vote}".to_owned()));
        assert_eq!(defined(TEXT, "ref=l"), Some("lee".to_owned()));
        assert_eq!(defined(TEXT, "on=v"), Some("vote".to_owned()));
        assert_eq!(defined(TEXT, "it f"), None);
    }
}
