//! The IPTC's JSON for news: an item, a list of them, or one a line; versions 1 to 3.

use serde_json::Value;

use super::passages::text;
use super::tree::Tree;
use super::{Intake, IntakeError, Place, html, last_part, names, some};

/// Reads every item.
pub(super) fn read(text: &str) -> Vec<Result<Intake, IntakeError>> {
    let mut items: Vec<Value> = Vec::new();
    for value in serde_json::Deserializer::from_str(text).into_iter() {
        match value {
            Ok(Value::Array(list)) => items.extend(list),
            Ok(value) => items.push(value),
            Err(error) => {
                let place = Place::Line(error.line() as u64);
                let mut out = all(items);
                out.push(Err(IntakeError::at(place, format!("this is not JSON: {error}"))));
                return out;
            }
        }
    }
    if items.is_empty() {
        return vec![Err(IntakeError::new(
            "it is empty; an item of ninjs is {\"uri\": …, \"body_text\": …}",
        ))];
    }
    all(items)
}

fn all(items: Vec<Value>) -> Vec<Result<Intake, IntakeError>> {
    let many = items.len() > 1;
    let place = |index: usize| many.then_some(Place::Item(index + 1));
    let read = |(index, value): (usize, Value)| match item(&value) {
        Ok(article) => Ok(Intake { place: place(index), ..article }),
        Err(error) => Err(IntakeError { place: place(index), ..error }),
    };
    items.into_iter().enumerate().map(read).collect()
}

fn item(value: &Value) -> Result<Intake, IntakeError> {
    let word = |keys: &[&str]| keys.iter().find_map(|key| some(value.get(*key)?.as_str()?));
    let first = |list: &str| {
        let items = value.get(list)?.as_array()?;
        let main = items.iter().find(|item| item.get("role").and_then(Value::as_str) == Some("main"));
        some(main.or(items.first())?.get("value")?.as_str()?)
    };
    let uri = word(&["uri"]);
    let mut out = Intake {
        id: uri.as_deref().and_then(last_part).or_else(|| word(&["altid", "guid"])),
        title: word(&["headline"]).or_else(|| first("headlines")).or_else(|| word(&["title", "slugline"])),
        byline: word(&["byline", "by"])
            .or_else(|| first("bylines"))
            .as_deref()
            .and_then(names)
            .or_else(|| people(value)),
        outlet: word(&["provider", "copyrightholder", "copyrightHolder"]),
        url: word(&["url"]).or(uri).filter(|url| url.starts_with("http")),
        language: word(&["language"]),
        text: body(value)?,
        ..Intake::default()
    };
    let day = [
        "contentcreated",
        "contentCreated",
        "firstcreated",
        "firstCreated",
        "versioncreated",
        "versionCreated",
    ];
    if let Some(day) = word(&day) {
        out.set_date(&day);
    }
    Ok(out)
}

/// The names of those who wrote it.
fn people(value: &Value) -> Option<String> {
    let people = value.get("person").or_else(|| value.get("people"))?.as_array()?;
    let wrote = |person: &&Value| {
        person.get("rel").and_then(Value::as_str).is_some_and(|rel| matches!(rel, "author" | "creator"))
    };
    let names = people.iter().filter(wrote).filter_map(|person| person.get("name")?.as_str());
    some(&names.collect::<Vec<_>>().join(", "))
}

/// The text: as it is where there is a plain one, else the paragraphs of the XHTML.
fn body(value: &Value) -> Result<String, IntakeError> {
    let plain = |text: &str| Some(text.to_owned()).filter(|text| !text.trim().is_empty());
    let page = |text: &str| match text_of_page(text) {
        Ok(text) => plain(&text).map(Ok),
        Err(error) => Some(Err(error)),
    };
    let key = |key: &str| value.get(key).and_then(Value::as_str);
    if let Some(text) = key("body_text").and_then(plain) {
        return Ok(text);
    }
    if let Some(text) = ["body_xhtml", "body_html"].iter().filter_map(|name| key(name)).find_map(page) {
        return text;
    }
    // Version 2 and later.
    let bodies = value.get("bodies").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let read = |wanted: bool| {
        bodies.iter().find_map(|body| {
            let kind = body.get("contentType").or_else(|| body.get("contenttype")).and_then(Value::as_str);
            let is_page = kind.is_some_and(|kind| kind.contains("html"));
            let text = body.get("value")?.as_str()?;
            if is_page != wanted {
                None
            } else if is_page {
                page(text)
            } else {
                plain(text).map(Ok)
            }
        })
    };
    read(false).or_else(|| read(true)).unwrap_or_else(|| {
        let message = "the item has no text: it stands in 'body_text', 'body_xhtml' or 'bodies'";
        Err(IntakeError::new(message))
    })
}

fn text_of_page(page: &str) -> Result<String, IntakeError> {
    Ok(text(Tree::html(page)?.root(), &html::PAGE))
}
