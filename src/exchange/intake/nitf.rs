//! The IPTC's News Industry Text Format.

use super::passages::{Shape, text};
use super::tree::{Element, Tree};
use super::{Intake, IntakeError, last_part, names, some};

const DOCUMENT: Shape = Shape {
    blocks: &[
        "abstract",
        "block",
        "body.content",
        "bq",
        "caption",
        "credit",
        "dd",
        "dl",
        "dt",
        "fn",
        "hl1",
        "hl2",
        "hr",
        "li",
        "media",
        "media-caption",
        "nitf-table",
        "note",
        "ol",
        "p",
        "pre",
        "table",
        "td",
        "th",
        "tr",
        "ul",
    ],
    // Of a picture the caption is text; who made it and where it lies is not.
    drops: |element| {
        matches!(
            element.name(),
            "media-reference"
                | "media-metadata"
                | "media-producer"
                | "media-object"
                | "nitf-table-metadata"
                | "custom-table"
        )
    },
};

/// Reads a document.
pub(super) fn read(text: &str) -> Result<Intake, IntakeError> {
    let tree = Tree::xml(text)?;
    let Some(root) = tree.root().find(&["nitf"]) else {
        let found =
            tree.root().children().map(Element::name).find(|name| !name.is_empty()).unwrap_or("nothing");
        return Err(IntakeError::new(format!("it holds <{found}>; NITF is <nitf> with <head> and <body>")));
    };
    document(root)
}

/// Reads the element `nitf`.
pub(super) fn document(root: Element<'_>) -> Result<Intake, IntakeError> {
    let words = |path: &[&'static str]| root.find(path).and_then(|found| some(&found.text()));
    let value = |path: &[&'static str], key| root.find(path).and_then(|found| some(found.attribute(key)?));
    let mut out = Intake {
        id: value(&["doc-id"], "id-string").and_then(|id| last_part(&id)),
        title: words(&["body.head", "hl1"]).or_else(|| words(&["head", "title"])),
        byline: root.find(&["body.head", "byline"]).and_then(byline),
        outlet: value(&["pubdata"], "name").or_else(|| words(&["body.head", "distributor"])),
        url: value(&["pubdata"], "ex-ref").filter(|url| url.contains("://")),
        language: ["lang", "xml:lang"].iter().find_map(|key| some(root.attribute(key)?)),
        ..Intake::default()
    };
    let day = value(&["docdata", "date.issue"], "norm")
        .or_else(|| value(&["pubdata"], "date.publication"))
        .or_else(|| value(&["dateline", "story.date"], "norm"))
        .or_else(|| value(&["docdata", "date.release"], "norm"));
    if let Some(day) = day {
        out.set_date(&day);
    }
    let Some(content) = root.find(&["body", "body.content"]) else {
        return Err(IntakeError::new("it has no <body.content>, where the text of NITF stands"));
    };
    out.text = text(content, &DOCUMENT);
    if out.text.is_empty() {
        return Err(IntakeError::new("<body.content> is empty; the text of NITF stands there in <p>"));
    }
    Ok(out)
}

/// The names in a byline, without the titles that stand beside them.
fn byline(element: Element<'_>) -> Option<String> {
    let people: Vec<String> = element.all("person").filter_map(|person| some(&person.text())).collect();
    if !people.is_empty() {
        return Some(people.join(", "));
    }
    let is_title = |word: &Element<'_>| word.ancestors().any(|above| above.name() == "byttl");
    let words: String =
        element.descendants().filter(|word| !is_title(word)).filter_map(Element::words).collect();
    names(&words)
}
