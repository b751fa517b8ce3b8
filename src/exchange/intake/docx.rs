//! Documents of word processors: Office Open XML.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use super::passages::{Shape, paragraphs};
use super::tree::{Element, Tree};
use super::{Intake, IntakeError, MAX_BYTES, line, some};

const DOCUMENT: Shape = Shape {
    blocks: &["p", "tbl", "tr", "tc"],
    // Text that was deleted while changes were tracked, what fields are made of, and copies for old programs.
    drops: |element| {
        matches!(
            element.name(),
            "del"
                | "moveFrom"
                | "delText"
                | "instrText"
                | "Fallback"
                | "pPr"
                | "rPr"
                | "sectPr"
                | "drawing"
                | "pict"
        )
    },
};

/// Reads a document. Its days are those of a file and not of an article, so they are left alone.
pub(super) fn read(bytes: Vec<u8>) -> Result<Intake, IntakeError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| {
        IntakeError::new(format!(
            "this is not a .docx document ({error}); one saved as .doc has to be saved as .docx"
        ))
    })?;
    let Some(document) = part(&mut archive, "word/document.xml")? else {
        return Err(IntakeError::new(
            "it has no word/document.xml, so it is no document of a word processor",
        ));
    };
    let tree = Tree::xml(&document).map_err(|error| within("word/document.xml", &error))?;
    let Some(body) = tree.root().find(&["document", "body"]) else {
        return Err(IntakeError::new("word/document.xml has no <w:body>, where the text stands"));
    };
    let mut out = Intake::default();
    if let Some(core) = part(&mut archive, "docProps/core.xml")? {
        let core = Tree::xml(&core).map_err(|error| within("docProps/core.xml", &error))?;
        let word = |name| core.root().find(&[name]).and_then(|found| some(&found.text()));
        out.title = word("title");
        out.byline = word("creator");
        out.language = word("language");
    }
    let titled = body
        .all("p")
        .find(|paragraph| style(*paragraph) == Some("Title"))
        .and_then(|title| some(&title.text()));
    out.title = out.title.or(titled);
    let mut text = paragraphs(body, &DOCUMENT);
    if text.first().is_some_and(|first| Some(line(first)) == out.title) {
        text.remove(0);
    }
    out.text = text.join("\n\n");
    if out.text.is_empty() {
        return Err(IntakeError::new("the document has no text"));
    }
    Ok(out)
}

/// The style of a paragraph.
fn style(paragraph: Element<'_>) -> Option<&str> {
    paragraph.find(&["pPr", "pStyle"])?.attribute("val")
}

fn within(name: &str, error: &IntakeError) -> IntakeError {
    IntakeError::new(format!("{name}:{error}"))
}

/// The text of a part of the archive.
fn part(archive: &mut ZipArchive<Cursor<Vec<u8>>>, name: &str) -> Result<Option<String>, IntakeError> {
    let Ok(file) = archive.by_name(name) else { return Ok(None) };
    let mut text = String::new();
    let failed = |error| IntakeError::new(format!("{name}: {error}"));
    // Packed, a file of any length may be a few bytes.
    file.take(MAX_BYTES + 1).read_to_string(&mut text).map_err(failed)?;
    if text.len() as u64 > MAX_BYTES {
        return Err(IntakeError::new(format!("{name} has more than {} MB", MAX_BYTES >> 20)));
    }
    Ok(Some(text))
}
