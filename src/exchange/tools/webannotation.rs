//! W3C Web Annotations: what is said of a text, beside it, found again by its words.
//!
//! <https://www.w3.org/TR/annotation-model/>. Each span is an annotation with a text quote and a text
//! position selector (code points); its classes are textual bodies, its id and keys a body of the type
//! `onrecord:Span`. Such a page beside an article, `NAME.article.json`, holds what has no place in it.

use serde_json::{Map, Value, json};

use crate::article::{ANNOTATION_PREFIX, Sidecar};
use crate::exchange::annotations::Offsets;
use crate::exchange::registry::ImportError;
use crate::exchange::{AnnotatedSpan, Annotations};

/// Characters before and after a span that are noted with it, as Hypothesis does.
const CONTEXT: usize = 32;

/// What the prefix stands for.
const VOCABULARY: &str = "https://github.com/onrecord/onrecord#";

/// `spans` of `text` as a page of annotations of `source`, both files side by side: `file` is the page's own name.
pub(super) fn write<'a>(
    file: &str,
    source: &str,
    text: &str,
    spans: impl IntoIterator<Item = &'a AnnotatedSpan>,
) -> String {
    let offsets = Offsets::code_points(text);
    let item = |(index, span): (usize, &AnnotatedSpan)| {
        let classes = span
            .classes
            .iter()
            .map(|class| json!({"type": "TextualBody", "purpose": "classifying", "value": class}));
        let mut own = Map::new();
        own.insert("type".to_owned(), format!("{ANNOTATION_PREFIX}Span").into());
        if let Some(id) = &span.id {
            own.insert(format!("{ANNOTATION_PREFIX}id"), id.as_str().into());
        }
        for (key, value) in &span.keys {
            own.insert(format!("{ANNOTATION_PREFIX}{key}"), value.as_str().into());
        }
        let bodies: Vec<Value> = classes.chain((own.len() > 1).then_some(Value::Object(own))).collect();
        let [start, end] = offsets.units(span.range);
        let before: Vec<char> = text[..usize::from(span.range.start())].chars().rev().take(CONTEXT).collect();
        let prefix: String = before.into_iter().rev().collect();
        let suffix: String = text[usize::from(span.range.end())..].chars().take(CONTEXT).collect();
        json!({
            "id": format!("#{}", index + 1),
            "type": "Annotation",
            "motivation": "classifying",
            "body": bodies,
            "target": {
                "source": source,
                "selector": [
                    {"type": "TextQuoteSelector", "exact": &text[span.range], "prefix": prefix, "suffix": suffix},
                    {"type": "TextPositionSelector", "start": start, "end": end},
                ],
            },
        })
    };
    let items: Vec<Value> = spans.into_iter().enumerate().map(item).collect();
    let page = json!({
        "@context": ["http://www.w3.org/ns/anno.jsonld", {"onrecord": VOCABULARY}],
        "id": file,
        "type": "AnnotationPage",
        "items": items,
    });
    format!("{page:#}\n")
}

/// Adds the annotations of `sidecar` to `annotations`. Gives what could not be added, a sentence each: words that
/// the text does not have any more, and bodies that are no class.
///
/// # Errors
/// [`ImportError`] where it is no file of annotations.
pub(super) fn add(sidecar: &Sidecar, annotations: &mut Annotations) -> Result<Vec<String>, ImportError> {
    if let Some((line, fault)) = &sidecar.fault {
        return Err(ImportError::new(*line, fault.as_str()));
    }
    let mut lost = Vec::new();
    for (found, place) in sidecar.annotations.iter().zip(sidecar.places(&annotations.text)) {
        lost.extend(found.lost.iter().map(|what| format!("{}: {what}", found.name)));
        match place {
            Ok(range) => {
                let (id, classes) = (found.id.clone(), found.classes.clone());
                let mut span = AnnotatedSpan { id, classes, range, ..AnnotatedSpan::default() };
                found.keys.iter().for_each(|(key, value)| span.set(key, value));
                annotations.spans.push(span);
            }
            Err(nowhere) => lost.push(format!("{} {}", found.name, nowhere.why)),
        }
    }
    annotations.sort();
    Ok(lost)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::annotations::annotated_articles;

    #[test]
    fn articles_come_back_from_web_annotations_as_they_were() {
        for (path, article) in annotated_articles() {
            let before = Annotations::read(&path, &article);
            let page = write("a.json", "a.txt", &before.text, &before.spans);
            let mut after = Annotations::of_text(&path, before.text.clone());
            assert_eq!(add(&Sidecar::read(&page), &mut after).unwrap(), Vec::<String>::new(), "{path}");
            assert_eq!(after.spans, before.spans, "{path}");
            assert_eq!(Sidecar::read(&page).source.as_deref(), Some("a.txt"));
        }
    }

    /// The article made of the annotations of `before` on the text `after`, and what was lost.
    fn moved(before: &str, after: &str) -> (String, Vec<String>) {
        let old = Annotations::read("a", before);
        let mut new = Annotations::of_text("a", after.to_owned());
        let page = write("a.json", "a.txt", &old.text, &old.spans);
        let lost = add(&Sidecar::read(&page), &mut new).unwrap();
        (new.write().article, lost)
    }

    #[test]
    fn annotations_are_found_again_after_edits() {
        let before = "The minister [said]{.cue} no. Later, [the mayor]{.source} [said]{.cue} [the bridge is safe]{.claim}.";
        assert_eq!(
            moved(before, "On Monday the minister said no. Later, the mayor said the old bridge is safe."),
            (
                "On Monday the minister [said]{.cue} no. Later, [the mayor]{.source} [said]{.cue} [the old bridge is safe]{.claim}.".to_owned(),
                vec![]
            )
        );
        let (article, lost) = moved(before, "The minister said no. Later, the mayor resigned.");
        assert_eq!(article, "The minister [said]{.cue} no. Later, [the mayor]{.source} resigned.");
        assert_eq!(
            lost,
            [
                "#3 marks 'said' (after 'ister said no. Later, the mayor'), which is not in the text any more",
                "#4 marks 'the bridge is safe' (after 'said no. Later, the mayor said'), which is not in the text any more",
            ]
        );
    }

    #[test]
    fn a_hole_is_found_between_its_neighbours() {
        let (article, lost) =
            moved("against []{.missing ref=rus}for invading", "Votes against for invading, again");
        assert_eq!(
            (article.as_str(), lost.len()),
            ("Votes against []{.missing ref=rus}for invading, again", 0)
        );
    }

    #[test]
    fn what_hypothesis_answers_is_read_and_comments_are_named() {
        let json = r#"{"rows": [{"id": "x1", "tags": ["Claim"], "text": "Really?", "target": [{"source": "https://example.org/a",
            "selector": [{"type": "TextQuoteSelector", "exact": "all is well", "prefix": "", "suffix": ""}]}]}]}"#;
        let mut annotations = Annotations::of_text("a", "She said all is well.".to_owned());
        let lost = add(&Sidecar::read(json), &mut annotations).unwrap();
        assert_eq!(annotations.write().article, "She said [all is well]{.claim}.");
        assert_eq!(lost, ["x1: the comment 'Really?' has no place in an article"]);
    }

    #[test]
    fn what_is_no_page_is_an_error_with_its_line() {
        let mut annotations = Annotations::default();
        let mut error = |json| add(&Sidecar::read(json), &mut annotations).unwrap_err().to_string();
        assert!(error("{\n  \"items\": [}").starts_with("2: "));
        assert!(error("3").contains("'items'"));
    }
}
