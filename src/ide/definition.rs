//! Where the thing under the cursor is defined.

use super::attributes::{Part, braces};
use super::claims::span_with_id;
use crate::analysis::Analysis;
use crate::text::{TextRange, TextSize};

/// The definition of what stands at `offset`, in bytes of the article: for a reference the span it
/// names or the entry of an actor or a topic in the header; for a name the actor's entry in the
/// header, or else the place where the article first names it.
pub fn definition(analysis: &Analysis, offset: TextSize) -> Option<TextRange> {
    reference(analysis, offset).or_else(|| name(analysis, offset))
}

fn name(analysis: &Analysis, offset: TextSize) -> Option<TextRange> {
    let found = analysis.mention_at(offset)?;
    let member = &analysis.cast().members()[found.member?];
    let actor = member.actor.and_then(|actor| analysis.registry().get(actor));
    let declared = analysis.header().actors.iter();
    let entry = actor.and_then(|actor| declared.clone().find(|declared| declared.id.text == actor.id));
    entry.map(|entry| entry.id.range).or_else(|| analysis.first_mention(member))
}

fn reference(analysis: &Analysis, offset: TextSize) -> Option<TextRange> {
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

    #[test]
    fn a_short_name_leads_to_the_full_one() {
        let text = "Maria Keller spoke in Berlin. Mrs Keller left early.";
        assert_eq!(defined(text, "Mrs Kel"), Some("Maria Keller".to_owned()));
    }

    #[test]
    fn a_declared_actors_name_leads_to_its_entry() {
        let text = "---\nactors:\n  lee: Ann Lee\n---\n\nThe vote failed, Ann Lee said.";
        assert_eq!(defined(text, "failed, Ann"), Some("lee".to_owned()));
    }
}
