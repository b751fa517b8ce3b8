//! Annotations beside an article, in `NAME.article.json`: W3C Web Annotations, which are found again by their
//! words when the article was edited.
//!
//! <https://www.w3.org/TR/annotation-model/>. Classes are textual bodies, id and keys a body of the type
//! `onrecord:Span`. Reading never fails: what is no page of annotations is a fault, and has none.

mod anchor;
mod words;

use anchor::Anchors;
use serde_json::Value;
pub use words::{SidecarWord, sidecar_words};

use super::SpanClass;
use crate::text::TextRange;

/// The prefix of terms that the W3C's vocabulary does not have.
pub const ANNOTATION_PREFIX: &str = "onrecord:";

/// The annotations of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sidecar {
    /// The annotations, in the file's order.
    pub annotations: Vec<WebAnnotation>,
    /// The file they are of, as it is written there.
    pub source: Option<String>,
    /// What is wrong with the file as a whole, with its line from 1.
    pub fault: Option<(usize, String)>,
}

/// What one annotation says of some words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WebAnnotation {
    /// What it is called in its file: its id, or its number from 1.
    pub name: String,
    /// The id of the span, without `#`.
    pub id: Option<String>,
    /// Its classes, without full stops.
    pub classes: Vec<String>,
    /// Its keys in the file's order.
    pub keys: Vec<(String, String)>,
    /// What in it is neither, and has no place in an article; a sentence each.
    pub lost: Vec<String>,
    /// The words; none where the annotation has no selector that is known.
    pub target: Option<Target>,
}

/// The words that an annotation is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Target {
    /// The words themselves.
    pub quote: Option<Quote>,
    /// Where they stood, in code points of the text without markup.
    pub position: Option<(usize, usize)>,
}

/// Words, and what stood around them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quote {
    /// The words; empty for a hole.
    pub exact: String,
    /// What stood before them.
    pub prefix: String,
    /// What stood after them.
    pub suffix: String,
}

/// An annotation that has no place in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LostAnnotation {
    /// About where it was, in bytes of the text.
    pub near: TextRange,
    /// Why it has none, as the end of a sentence that begins with its name.
    pub why: String,
}

impl Sidecar {
    /// Reads `json`: a page, a collection, a list of annotations, one, or what Hypothesis answers.
    pub fn read(json: &str) -> Self {
        let page: Value = match serde_json::from_str(json) {
            Ok(page) => page,
            Err(error) => {
                return Self { fault: Some((error.line(), error.to_string())), ..Self::default() };
            }
        };
        let Some(items) = items(&page) else {
            let form =
                "an annotation page with 'items', a list of annotations or one annotation belongs here";
            return Self { fault: Some((1, form.to_owned())), ..Self::default() };
        };
        let source = items.iter().find_map(|item| target(item)?.get("source")?.as_str().map(str::to_owned));
        let annotations = items.iter().enumerate().map(|(index, item)| WebAnnotation::read(index, item));
        Self { annotations: annotations.collect(), source, fault: None }
    }

    /// Where each annotation is in `text`, an article without its markup; in the file's order.
    pub fn places(&self, text: &str) -> Vec<Result<TextRange, LostAnnotation>> {
        let anchors = Anchors::new(text);
        let place = |annotation: &WebAnnotation| {
            let Some(target) = &annotation.target else {
                let why = "has neither a text quote nor a text position in the text as its target".to_owned();
                return Err(LostAnnotation { near: anchors.near(&Target::default()), why });
            };
            anchors.find(target).ok_or_else(|| {
                let why = match &target.quote {
                    Some(Quote { exact, prefix, .. }) => {
                        let [exact, prefix] = [exact, prefix].map(|words| one_line(words));
                        let after = if prefix.is_empty() { prefix } else { format!(" (after '{prefix}')") };
                        format!("marks '{exact}'{after}, which is not in the text any more")
                    }
                    None => "marks a place that lies outside the text".to_owned(),
                };
                LostAnnotation { near: anchors.near(target), why }
            })
        };
        self.annotations.iter().map(place).collect()
    }
}

impl WebAnnotation {
    /// Reads `item`, the annotation `index` of its file.
    fn read(index: usize, item: &Value) -> Self {
        let text = |of: &Value, key: &str| of.get(key).and_then(Value::as_str).map(str::to_owned);
        let name = text(item, "id").unwrap_or_else(|| format!("annotation {}", index + 1));
        let mut out = Self { name, target: Target::read(item), ..Self::default() };
        for body in each(item.get("body")) {
            let purpose = text(body, "purpose").or_else(|| text(item, "motivation")).unwrap_or_default();
            let value = text(body, "value").unwrap_or_default();
            if text(body, "type").is_some_and(|kind| kind.strip_prefix(ANNOTATION_PREFIX) == Some("Span")) {
                for (key, value) in body.as_object().into_iter().flatten() {
                    match (key.strip_prefix(ANNOTATION_PREFIX), value.as_str()) {
                        (Some("id"), Some(id)) => out.id = Some(id.to_owned()),
                        (Some(key), Some(value)) => out.keys.push((key.to_owned(), value.to_owned())),
                        _ => {}
                    }
                }
            } else if matches!(purpose.as_str(), "classifying" | "tagging")
                && !value.contains(char::is_whitespace)
            {
                out.classes.push(class(&value));
            } else {
                out.lost
                    .push(format!("the body '{value}' is no class; a comment has no place in an article"));
            }
        }
        // Hypothesis has tags and a comment instead of bodies.
        out.classes.extend(each(item.get("tags")).filter_map(Value::as_str).map(class));
        let comment = text(item, "text").or_else(|| text(item, "bodyValue"));
        if let Some(words) = comment.filter(|words| !words.is_empty()) {
            out.lost.push(format!("the comment '{words}' has no place in an article"));
        }
        out
    }
}

impl Target {
    fn read(item: &Value) -> Option<Self> {
        let selectors: Vec<&Value> = each(target(item)?.get("selector")).collect();
        let of =
            |kind: &str| selectors.iter().find(|one| one.get("type").and_then(Value::as_str) == Some(kind));
        let number = |value: &Value, key: &str| {
            value.get(key).and_then(Value::as_u64).and_then(|number| usize::try_from(number).ok())
        };
        let position =
            of("TextPositionSelector").and_then(|one| Some((number(one, "start")?, number(one, "end")?)));
        let quote = of("TextQuoteSelector").map(|quote| {
            let part = |key: &str| quote.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
            Quote { exact: part("exact"), prefix: part("prefix"), suffix: part("suffix") }
        });
        (quote.is_some() || position.is_some()).then_some(Self { quote, position })
    }
}

/// `words` with one space for white space of any kind and length.
fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `word` as a class is written.
fn class(word: &str) -> String {
    let lower = word.to_lowercase();
    if SpanClass::from_name(&lower).is_some() { lower } else { word.to_owned() }
}

/// The annotations of a page, a collection, a list, or Hypothesis's answer.
fn items(page: &Value) -> Option<&[Value]> {
    match page {
        Value::Array(items) => Some(items),
        Value::Object(map) => {
            let list = ["items", "rows"].into_iter().find_map(|key| map.get(key)?.as_array());
            let first = || map.get("first").and_then(items);
            let one = || map.contains_key("target").then(|| std::slice::from_ref(page));
            list.map(Vec::as_slice).or_else(first).or_else(one)
        }
        _ => None,
    }
}

/// The (first) target of an annotation.
fn target(item: &Value) -> Option<&Value> {
    let target = item.get("target")?;
    target.as_array().map_or(Some(target), |list| list.first())
}

/// `value`, or what is in it where it is a list.
fn each(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    value.into_iter().flat_map(|value| match value {
        Value::Array(list) => list.as_slice(),
        one => std::slice::from_ref(one),
    })
}
