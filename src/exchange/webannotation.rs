//! W3C Web Annotations: what is said of a text, beside it, found again by its words.
//!
//! <https://www.w3.org/TR/annotation-model/>. Each span is an annotation with a text quote and a text
//! position selector (code points); its classes are textual bodies, its id and keys a body of the type
//! `onrecord:Span`. Such a page beside an article, `NAME.article.json`, holds what has no place in it.

use std::cmp::Ordering;

use serde_json::{Map, Value, json};
use similar::TextDiff;

use super::annotations::Offsets;
use super::registry::ImportError;
use super::{AnnotatedSpan, Annotations};
use crate::article::SpanClass;
use crate::text::{TextRange, range};

/// Characters before and after a span that are noted with it, as Hypothesis does.
const CONTEXT: usize = 32;

/// The share of characters that have to be the same for words to count as the ones annotated
/// (`similar`'s ratio: twice the common ones by the sum of both).
const SIMILAR: f32 = 0.8;

/// Words of so many bytes are taken to stand in an article once.
const DISTINCT: usize = 20;

/// The prefix of terms that the W3C's vocabulary does not have.
const PREFIX: &str = "onrecord:";
const VOCABULARY: &str = "https://github.com/onrecord/onrecord#";

/// `spans` of `text` as a page of annotations of `source`.
pub(super) fn write<'a>(
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
        own.insert("type".to_owned(), format!("{PREFIX}Span").into());
        if let Some(id) = &span.id {
            own.insert(format!("{PREFIX}id"), id.as_str().into());
        }
        for (key, value) in &span.keys {
            own.insert(format!("{PREFIX}{key}"), value.as_str().into());
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
        "type": "AnnotationPage",
        "items": items,
    });
    format!("{page:#}\n")
}

/// The file that the annotations of `json` are of, as it is written there.
pub(super) fn source(json: &str) -> Option<String> {
    let page: Value = serde_json::from_str(json).ok()?;
    items(&page)?.iter().find_map(|item| target(item)?.get("source")?.as_str().map(str::to_owned))
}

/// Adds the annotations of `json`, a page, a collection, a list or what Hypothesis answers, to
/// `annotations`. Gives what could not be added, a sentence each: words that the text does not have
/// any more, and bodies that are no class.
///
/// # Errors
/// [`ImportError`] where it is no such JSON.
pub(super) fn read(json: &str, annotations: &mut Annotations) -> Result<Vec<String>, ImportError> {
    let page: Value =
        serde_json::from_str(json).map_err(|error| ImportError::new(error.line(), error.to_string()))?;
    let form = "an annotation page with 'items', a list of annotations or one annotation belongs here";
    let items = items(&page).ok_or_else(|| ImportError::new(1, form))?;
    let anchors = Anchors::new(&annotations.text);
    let mut lost = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let name = item
            .get("id")
            .and_then(Value::as_str)
            .map_or_else(|| format!("annotation {}", index + 1), str::to_owned);
        let mut span = span(item, &name, &mut lost);
        match anchors.find(item) {
            Ok(range) => {
                span.range = range;
                annotations.spans.push(span);
            }
            Err(why) => lost.push(format!("{name}: {why}")),
        }
    }
    annotations.sort();
    Ok(lost)
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

/// Classes, id and keys of an annotation.
fn span(item: &Value, name: &str, lost: &mut Vec<String>) -> AnnotatedSpan {
    let mut span = AnnotatedSpan::default();
    let text = |body: &Value, key: &str| body.get(key).and_then(Value::as_str).map(str::to_owned);
    let class = |word: &str| {
        let lower = word.to_lowercase();
        if SpanClass::from_name(&lower).is_some() { lower } else { word.to_owned() }
    };
    for body in each(item.get("body")) {
        let kind = text(body, "type").unwrap_or_default();
        let purpose = text(body, "purpose").or_else(|| text(item, "motivation")).unwrap_or_default();
        let value = text(body, "value").unwrap_or_default();
        if kind == format!("{PREFIX}Span") {
            for (key, value) in body.as_object().into_iter().flatten() {
                match (key.strip_prefix(PREFIX), value.as_str()) {
                    (Some("id"), Some(id)) => span.id = Some(id.to_owned()),
                    (Some(key), Some(value)) => span.set(key, value),
                    _ => {}
                }
            }
        } else if matches!(purpose.as_str(), "classifying" | "tagging")
            && !value.contains(char::is_whitespace)
        {
            span.classes.push(class(&value));
        } else {
            lost.push(format!(
                "{name}: the body '{value}' is no class; a comment has no place in an article"
            ));
        }
    }
    // Hypothesis has tags and a comment instead of bodies.
    for tag in each(item.get("tags")).filter_map(Value::as_str) {
        span.classes.push(class(tag));
    }
    if let Some(words) =
        text(item, "text").or_else(|| text(item, "bodyValue")).filter(|words| !words.is_empty())
    {
        lost.push(format!("{name}: the comment '{words}' has no place in an article"));
    }
    span
}

/// Finds the places of annotations in a text that may have been edited since.
struct Anchors<'a> {
    text: &'a str,
    offsets: Offsets,
    /// The words, each by where it begins and ends.
    words: Vec<(usize, usize)>,
}

impl<'a> Anchors<'a> {
    fn new(text: &'a str) -> Self {
        let words = text.split_whitespace().map(|word| {
            let at = word.as_ptr() as usize - text.as_ptr() as usize;
            (at, at + word.len())
        });
        Self { text, offsets: Offsets::code_points(text), words: words.collect() }
    }

    /// Where `item` is, or why it is nowhere.
    fn find(&self, item: &Value) -> Result<TextRange, String> {
        let selectors: Vec<&Value> = each(target(item).and_then(|target| target.get("selector"))).collect();
        let of =
            |kind: &str| selectors.iter().find(|one| one.get("type").and_then(Value::as_str) == Some(kind));
        let number = |value: &Value, key: &str| {
            value.get(key).and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok())
        };
        let position =
            of("TextPositionSelector").and_then(|one| Some((number(one, "start")?, number(one, "end")?)));
        let position = position.and_then(|(start, end)| self.offsets.range(start, end).ok());
        let Some(quote) = of("TextQuoteSelector") else {
            return position.ok_or_else(|| {
                "it has neither a text quote nor a text position in the text as its target".to_owned()
            });
        };
        let part = |key: &str| quote.get(key).and_then(Value::as_str).unwrap_or_default();
        let (exact, prefix, suffix) = (part("exact"), part("prefix"), part("suffix"));
        if let Some(here) = position
            && &self.text[here] == exact
            && (!exact.is_empty() || self.context(here, prefix, suffix) == prefix.len() + suffix.len())
        {
            return Ok(here);
        }
        let near = position.map_or(0, |here| usize::from(here.start()));
        let found = if exact.is_empty() {
            self.hole(prefix, suffix)
        } else {
            self.exact(exact, prefix, suffix, near).or_else(|| self.similar(exact, prefix, suffix))
        };
        found.ok_or_else(|| format!("'{exact}' (after '{prefix}') is not in the text any more"))
    }

    /// How many bytes around `here` are as they were.
    fn context(&self, here: TextRange, prefix: &str, suffix: &str) -> usize {
        let before = self.text[..usize::from(here.start())].bytes().rev().zip(prefix.bytes().rev());
        let after = self.text[usize::from(here.end())..].bytes().zip(suffix.bytes());
        before.take_while(|(a, b)| a == b).count() + after.take_while(|(a, b)| a == b).count()
    }

    /// Whether words that moved are the ones annotated: "said" is in every article, so short ones
    /// need something of what stood around them.
    fn is_sure(&self, here: TextRange, exact: &str, prefix: &str, suffix: &str) -> bool {
        exact.len() >= DISTINCT
            || self.context(here, prefix, suffix) >= (prefix.len() + suffix.len()).min(DISTINCT / 2)
    }

    /// The place of the very words with most of their context, then nearest to where they were.
    fn exact(&self, exact: &str, prefix: &str, suffix: &str, near: usize) -> Option<TextRange> {
        let places = self.text.match_indices(exact).map(|(at, words)| range(at, at + words.len()));
        let places = places.filter(|here| self.is_sure(*here, exact, prefix, suffix));
        places.max_by_key(|here| {
            let away = usize::from(here.start()).abs_diff(near);
            (self.context(*here, prefix, suffix), std::cmp::Reverse(away))
        })
    }

    /// The place between `prefix` and `suffix`, or beside the one that is there once.
    fn hole(&self, prefix: &str, suffix: &str) -> Option<TextRange> {
        let once = |words: &str| {
            let mut places = self.text.match_indices(words).map(|(at, _)| at);
            let at = places.next().filter(|_| !words.trim().is_empty())?;
            places.next().is_none().then_some(at)
        };
        let both = once(&format!("{prefix}{suffix}")).map(|at| at + prefix.len());
        let at = both.or_else(|| once(prefix).map(|at| at + prefix.len())).or_else(|| once(suffix))?;
        Some(range(at, at))
    }

    /// The run of words most like `exact`, at least [`SIMILAR`].
    fn similar(&self, exact: &str, prefix: &str, suffix: &str) -> Option<TextRange> {
        let count = exact.split_whitespace().count();
        let mut best: Option<(f32, usize, TextRange)> = None;
        for (first, (start, _)) in self.words.iter().enumerate() {
            // An edit can add a word or take one away.
            for length in [count, count + 1, count.saturating_sub(1).max(1)] {
                let Some((_, end)) = self.words.get(first + length - 1) else { continue };
                let (start, end) = trimmed(self.text, *start, *end, exact);
                let words = &self.text[start..end];
                if words.len().abs_diff(exact.len()) * 3 > exact.len() + 6 || !shares_words(exact, words) {
                    continue;
                }
                let ratio = TextDiff::from_chars(exact, words).ratio();
                let here = range(start, end);
                let context = self.context(here, prefix, suffix);
                let better = best.is_none_or(|(most, around, _)| {
                    ratio.total_cmp(&most).then(context.cmp(&around)) == Ordering::Greater
                });
                if ratio >= SIMILAR && better && self.is_sure(here, exact, prefix, suffix) {
                    best = Some((ratio, context, here));
                }
            }
        }
        best.map(|(.., here)| here)
    }
}

/// `start..end` without the punctuation at its ends that `exact` does not have.
fn trimmed(text: &str, start: usize, end: usize, exact: &str) -> (usize, usize) {
    let outer = |char: char| !char.is_alphanumeric();
    let (mut start, mut end) = (start, end);
    if exact.starts_with(char::is_alphanumeric) {
        start += text[start..end].len() - text[start..end].trim_start_matches(outer).len();
    }
    if exact.ends_with(char::is_alphanumeric) {
        end = start + text[start..end].trim_end_matches(outer).len();
    }
    (start, end.max(start))
}

/// Whether half the words of `a` are in `b`, or there are too few to tell.
fn shares_words(a: &str, b: &str) -> bool {
    let all: Vec<&str> = a.split_whitespace().collect();
    let there = all.iter().filter(|word| b.contains(**word)).count();
    all.len() < 4 || there * 2 >= all.len()
}

#[cfg(test)]
mod tests {
    use super::super::annotations::annotated_articles;
    use super::*;

    #[test]
    fn articles_come_back_from_web_annotations_as_they_were() {
        for (path, article) in annotated_articles() {
            let before = Annotations::read(&path, &article);
            let page = write("a.txt", &before.text, &before.spans);
            let mut after = Annotations::of_text(&path, before.text.clone());
            assert_eq!(read(&page, &mut after).unwrap(), Vec::<String>::new(), "{path}");
            assert_eq!(after.spans, before.spans, "{path}");
            assert_eq!(source(&page).as_deref(), Some("a.txt"));
        }
    }

    /// The article made of the annotations of `before` on the text `after`, and what was lost.
    fn moved(before: &str, after: &str) -> (String, Vec<String>) {
        let old = Annotations::read("a", before);
        let mut new = Annotations::of_text("a", after.to_owned());
        let lost = read(&write("a.txt", &old.text, &old.spans), &mut new).unwrap();
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
                "#3: 'said' (after 'ister said no. Later, the mayor ') is not in the text any more",
                "#4: 'the bridge is safe' (after ' said no. Later, the mayor said ') is not in the text any more",
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
        let lost = read(json, &mut annotations).unwrap();
        assert_eq!(annotations.write().article, "She said [all is well]{.claim}.");
        assert_eq!(lost, ["x1: the comment 'Really?' has no place in an article"]);
    }

    #[test]
    fn what_is_no_page_is_an_error_with_its_line() {
        let mut annotations = Annotations::default();
        assert!(read("{\n  \"items\": [}", &mut annotations).unwrap_err().to_string().starts_with("2: "));
        assert!(read("3", &mut annotations).unwrap_err().to_string().contains("'items'"));
    }
}
