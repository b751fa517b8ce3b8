//! Pages of web sites.
//!
//! What a page says of itself comes from JSON-LD (schema.org's `Article` and what derives from it), then Open
//! Graph and other `meta`, then its elements. The text is what the page marks as such: `articleBody`,
//! `<article>`, `<main>`; else the element whose own paragraphs have the most words outside links, as
//! Readability and its kin measure it.

use rustc_hash::FxHashMap;
use serde_json::Value;

use super::passages::{Shape, paragraphs};
use super::tree::{Element, Tree};
use super::{Intake, IntakeError, last_part, line, names, some};

/// The elements of pages. A link is dropped with its paragraph where that is nothing but links.
pub(super) const PAGE: Shape = Shape {
    blocks: &[
        "address",
        "article",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "html",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ],
    drops: |element| is_furniture(element) || is_links(element),
};

/// Reads the article of a page.
pub(super) fn read(text: &str) -> Result<Intake, IntakeError> {
    let tree = Tree::html(text)?;
    let root = tree.root();
    let mut out = Intake {
        language: root.all("html").find_map(|html| html.attribute("lang")).and_then(some),
        ..Intake::default()
    };
    let mut said = Said::default();
    let stated = linked_data(root);
    if let Some(article) = &stated {
        said.read_linked(article);
    }
    said.read_page(root);
    out.title = said.title;
    out.byline = said.byline.as_deref().and_then(names);
    out.outlet = said.outlet;
    out.id = said.url.as_deref().and_then(last_part);
    out.url = said.url;
    if let Some(language) = said.language {
        out.language = Some(language);
    }
    if let Some(date) = said.date {
        out.set_date(&date);
    }
    let mut body = body(root).map_or_else(Vec::new, |body| paragraphs(body, &PAGE));
    // What the front matter says need not stand at the head of the text too.
    let is_said = |paragraph: &String| {
        Some(line(paragraph)) == out.title || out.byline.is_some() && names(paragraph) == out.byline
    };
    while body.first().is_some_and(is_said) {
        body.remove(0);
    }
    out.text = body.join("\n\n");
    if out.text.is_empty()
        && let Some(text) = stated.as_ref().and_then(|article| article.get("articleBody")?.as_str())
    {
        text.trim().clone_into(&mut out.text);
    }
    if out.text.is_empty() {
        return Err(IntakeError::new(
            "no text was found: an article stands in <article>, <main> or <p>, or is 'articleBody' in JSON-LD; a page that a script fills has to be saved after it ran",
        ));
    }
    Ok(out)
}

/// What a page says of itself; what was said first counts.
#[derive(Default)]
struct Said {
    title: Option<String>,
    byline: Option<String>,
    date: Option<String>,
    outlet: Option<String>,
    url: Option<String>,
    language: Option<String>,
}

fn or(own: &mut Option<String>, other: impl FnOnce() -> Option<String>) {
    if own.is_none() {
        *own = other();
    }
}

impl Said {
    fn read_linked(&mut self, article: &Value) {
        let text = |key: &str| article.get(key).and_then(Value::as_str).and_then(some);
        self.title = text("headline").or_else(|| text("name"));
        self.byline = article.get("author").and_then(named);
        self.date = text("datePublished").or_else(|| text("dateCreated"));
        self.outlet = article.get("publisher").and_then(named);
        let page = article.get("mainEntityOfPage");
        let page = page.and_then(|page| page.get("@id").unwrap_or(page).as_str()).and_then(some);
        self.url = text("url").or(page).filter(|url| url.contains("://"));
        self.language = text("inLanguage");
    }

    fn read_page(&mut self, root: Element<'_>) {
        let mut meta: FxHashMap<String, &str> = FxHashMap::default();
        for element in root.all("meta") {
            let key = ["property", "name", "itemprop"].iter().find_map(|key| element.attribute(key));
            if let (Some(key), Some(value)) = (key, element.attribute("content")) {
                meta.entry(key.to_ascii_lowercase()).or_insert(value);
            }
        }
        let of = |keys: &[&str]| keys.iter().find_map(|key| some(meta.get(*key)?));
        let words = |name| root.all(name).next().and_then(|element| some(&element.text()));
        or(&mut self.title, || of(&["og:title", "dc.title", "twitter:title", "headline"]));
        or(&mut self.title, || words("h1").or_else(|| words("title")));
        or(&mut self.outlet, || of(&["og:site_name", "application-name", "dc.publisher"]));
        or(&mut self.byline, || of(&["author", "dc.creator", "byl", "parsely-author"]));
        or(&mut self.byline, || of(&["article:author"]).filter(|author| !author.contains("://")));
        or(&mut self.byline, || {
            let is_author = |element: &Element<'_>| {
                element.attribute("rel") == Some("author") || element.attribute("itemprop") == Some("author")
            };
            root.descendants().find(is_author).and_then(|element| some(&element.text()))
        });
        or(&mut self.date, || {
            of(&[
                "article:published_time",
                "datepublished",
                "date",
                "dc.date",
                "dc.date.issued",
                "parsely-pub-date",
                "pubdate",
            ])
        });
        or(&mut self.date, || root.all("time").find_map(|time| some(time.attribute("datetime")?)));
        or(&mut self.url, || {
            let mut links = root.all("link").filter(|link| link.attribute("rel") == Some("canonical"));
            links.find_map(|link| some(link.attribute("href")?)).filter(|url| url.contains("://"))
        });
        or(&mut self.url, || of(&["og:url"]));
    }
}

/// The article among what the page's JSON-LD describes.
fn linked_data(root: Element<'_>) -> Option<Value> {
    let scripts = root.all("script").filter(|script| script.attribute("type") == Some("application/ld+json"));
    scripts.filter_map(|script| serde_json::from_str(&script.text()).ok()).find_map(article)
}

/// `value`, or one in it, when it is an article.
fn article(value: Value) -> Option<Value> {
    match value {
        Value::Array(items) => items.into_iter().find_map(article),
        Value::Object(mut object) => {
            let is_article = |name: &Value| {
                let name = name.as_str().unwrap_or_default();
                name.ends_with("Article") || name.ends_with("BlogPosting") || name == "Report"
            };
            let found = match object.get("@type") {
                Some(Value::Array(types)) => types.iter().any(is_article),
                Some(one) => is_article(one),
                None => false,
            };
            if found { Some(Value::Object(object)) } else { object.remove("@graph").and_then(article) }
        }
        _ => None,
    }
}

/// The names of people or of an organisation in JSON-LD.
fn named(value: &Value) -> Option<String> {
    match value {
        Value::String(name) => some(name).filter(|name| !name.contains("://")),
        Value::Object(object) => object.get("name").and_then(named),
        Value::Array(items) => some(&items.iter().filter_map(named).collect::<Vec<_>>().join(", ")),
        _ => None,
    }
}

/// The element that holds the text.
fn body<'a>(root: Element<'a>) -> Option<Element<'a>> {
    let inside = |element: &Element<'_>| !element.ancestors().any(is_furniture);
    let most = |found: Vec<Element<'a>>| {
        let scored = found.into_iter().filter(inside).map(|element| (words_below(element), element));
        scored
            .rev()
            .max_by_key(|(words, _)| *words)
            .filter(|(words, _)| *words > 0)
            .map(|(_, element)| element)
    };
    let marked = |element: &Element<'_>| {
        element
            .attribute("itemprop")
            .is_some_and(|prop| prop.split_whitespace().any(|prop| prop == "articleBody"))
    };
    let main = |element: &Element<'_>| element.name() == "main" || element.attribute("role") == Some("main");
    most(root.descendants().filter(marked).collect())
        .or_else(|| most(root.all("article").collect()))
        .or_else(|| most(root.descendants().filter(main).collect()))
        .or_else(|| densest(root))
        .or_else(|| root.all("body").next().filter(|body| words_below(*body) > 0))
}

/// The letters of the paragraphs in `element`.
fn words_below(element: Element<'_>) -> usize {
    paragraphs(element, &PAGE).iter().map(String::len).sum()
}

/// The element whose own paragraphs have the most letters outside links; those one deeper count half.
fn densest<'a>(root: Element<'a>) -> Option<Element<'a>> {
    let mut scores: Vec<(Element<'a>, usize)> = Vec::new();
    let mut add = |element: Option<Element<'a>>, score: usize| {
        let Some(element) = element else { return };
        match scores.iter_mut().rev().find(|(known, _)| *known == element) {
            Some((_, known)) => *known += score,
            None => scores.push((element, score)),
        }
    };
    for paragraph in root.all("p").filter(|paragraph| !paragraph.ancestors().any(is_furniture)) {
        let letters = paragraph.text().len().saturating_sub(linked(paragraph));
        add(paragraph.parent(), letters);
        add(paragraph.parent().and_then(Element::parent), letters / 2);
    }
    scores.into_iter().rev().max_by_key(|(_, score)| *score).map(|(element, _)| element)
}

/// The letters of links in `element`.
fn linked(element: Element<'_>) -> usize {
    element.all("a").map(|link| line(&link.text()).len()).sum()
}

/// Whether a paragraph, list or box is nothing but links: a menu, or "Read more: …".
fn is_links(element: Element<'_>) -> bool {
    let is_box = |element: Element<'_>| matches!(element.name(), "div" | "section" | "p" | "ul" | "ol");
    match element.name() {
        "p" | "ul" | "ol" => {}
        // Of boxes in boxes the innermost are looked at, so that each word is looked at once.
        "div" | "section" if !element.children().any(is_box) => {}
        _ => return false,
    }
    let links = linked(element);
    links > 0 && links * 10 >= line(&element.text()).len() * 9
}

/// Whether an element is about the page and not the article.
fn is_furniture(element: Element<'_>) -> bool {
    let role = || element.attribute("role").unwrap_or_default();
    let hides = || element.attribute("hidden").is_some() || element.attribute("aria-hidden") == Some("true");
    match element.name() {
        "script" | "style" | "noscript" | "template" | "nav" | "aside" | "header" | "footer" | "form"
        | "button" | "iframe" | "svg" | "math" | "select" | "input" | "textarea" | "label" | "dialog"
        | "head" | "title" | "object" | "video" | "audio" | "canvas" | "#comment" => true,
        // A picture's text is its caption.
        "figure" => element.all("figcaption").next().is_none(),
        "" => false,
        _ => {
            matches!(
                role(),
                "navigation"
                    | "complementary"
                    | "banner"
                    | "contentinfo"
                    | "search"
                    | "dialog"
                    | "menu"
                    | "form"
                    | "toolbar"
                    | "tablist"
                    | "alert"
            ) || hides()
        }
    }
}
