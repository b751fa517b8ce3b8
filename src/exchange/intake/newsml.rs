//! The IPTC's `NewsML-G2`: news items, alone or in a news message, with the text inside as NITF, XHTML or plain.

use super::passages::text;
use super::tree::{Element, Tree};
use super::{Intake, IntakeError, Place, html, last_part, names, nitf, some};

/// Reads every news item.
pub(super) fn read(text: &str) -> Vec<Result<Intake, IntakeError>> {
    let tree = match Tree::xml(text) {
        Ok(tree) => tree,
        Err(error) => return vec![Err(error)],
    };
    let items: Vec<Element<'_>> = tree.root().all("newsItem").collect();
    if items.is_empty() {
        return vec![Err(IntakeError::new(
            "it has no <newsItem>, which is what NewsML-G2 holds an article in",
        ))];
    }
    let many = items.len() > 1;
    let mut out = Vec::with_capacity(items.len());
    for (index, element) in items.into_iter().enumerate() {
        let place = many.then_some(Place::Item(index + 1));
        out.push(match item(element) {
            Ok(article) => Ok(Intake { place, ..article }),
            Err(error) => Err(IntakeError { place: place.or(error.place), ..error }),
        });
    }
    out
}

fn item(root: Element<'_>) -> Result<Intake, IntakeError> {
    let words = |path: &[&'static str]| root.find(path).and_then(|found| some(&found.text()));
    let value = |path: &[&'static str], key| root.find(path).and_then(|found| some(found.attribute(key)?));
    let Some(content) = root.find(&["contentSet"]) else {
        return Err(IntakeError::new("the news item has no <contentSet>, where its text stands"));
    };
    let mut out = inside(content)?;
    let own = Intake {
        id: root.attribute("guid").and_then(last_part),
        title: words(&["contentMeta", "headline"]).or_else(|| words(&["itemMeta", "title"])),
        byline: words(&["contentMeta", "by"]).as_deref().and_then(names).or_else(|| creators(root)),
        outlet: words(&["itemMeta", "provider", "name"])
            .or_else(|| words(&["contentMeta", "infoSource", "name"])),
        url: root
            .all("link")
            .find_map(|link| some(link.attribute("href")?))
            .filter(|url| url.starts_with("http")),
        language: value(&["contentMeta", "language"], "tag")
            .or_else(|| root.attribute("lang").and_then(some)),
        ..Intake::default()
    };
    out.id = own.id.or(out.id);
    out.title = own.title.or(out.title);
    out.byline = own.byline.or(out.byline);
    out.outlet = own.outlet.or(out.outlet);
    out.url = own.url.or(out.url);
    out.language = own.language.or(out.language);
    let day = words(&["contentMeta", "contentCreated"])
        .or_else(|| words(&["itemMeta", "firstCreated"]))
        .or_else(|| words(&["itemMeta", "versionCreated"]));
    if let Some(day) = day.filter(|_| out.date.is_none()) {
        out.set_date(&day);
    }
    Ok(out)
}

/// The people who made the content.
fn creators(root: Element<'_>) -> Option<String> {
    let meta = root.find(&["contentMeta"])?;
    let name = |creator: Element<'_>| creator.find(&["name"]).and_then(|name| some(&name.text()));
    some(&meta.all("creator").filter_map(name).collect::<Vec<_>>().join(", "))
}

/// The text in a content set, and what its form says of it.
fn inside(content: Element<'_>) -> Result<Intake, IntakeError> {
    if let Some(document) = content.find(&["inlineXML", "nitf"]) {
        return nitf::document(document);
    }
    let page = content.find(&["inlineXML", "body"]).or_else(|| content.find(&["inlineXML"]));
    if let Some(page) = page {
        let text = text(page, &html::PAGE);
        if !text.is_empty() {
            return Ok(Intake { text, ..Intake::default() });
        }
    }
    if let Some(data) = content.find(&["inlineData"]) {
        let text = data.text().trim().to_owned();
        if !text.is_empty() {
            return Ok(Intake { text, ..Intake::default() });
        }
    }
    let remote = content.find(&["remoteContent"]).and_then(|remote| remote.attribute("href"));
    Err(IntakeError::new(match remote {
        Some(address) => format!(
            "its content is elsewhere, in '{address}': an article has its text inside, in <inlineXML> or <inlineData>"
        ),
        None => "its content is empty; the text stands in <inlineXML> as NITF or XHTML, or in <inlineData>"
            .to_owned(),
    }))
}
