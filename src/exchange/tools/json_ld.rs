//! Claims as schema.org's JSON-LD, for search engines and fact-checkers.
//!
//! <https://schema.org/Claim>, <https://schema.org/ClaimReview>. An article is a `NewsArticle`, a claim a
//! `Claim` that appears in it. A `ClaimReview` needs a rating and annotation has none, so none is written;
//! what one reviews is read.

use serde_json::{Map, Value, json};

use crate::actors::{ActorKind, slug};
use crate::article::SpanClass;
use crate::exchange::intake::{Intake, KnownActor};
use crate::exchange::registry::ImportError;
use crate::exchange::{AnnotatedSpan, Annotations, Imported};
use crate::text::range;

/// What tells a kind of actor in schema.org, and as what it is an author: there an author is a person or an organization,
/// so a country is its government too.
const KINDS: [(ActorKind, &[&str]); 4] = [
    (ActorKind::Country, &["Country", "GovernmentOrganization"]),
    (ActorKind::Place, &["Place", "Organization"]),
    (ActorKind::Outlet, &["NewsMediaOrganization"]),
    (ActorKind::Person, &["Person"]),
];

/// The article and its claims, and what has no place there.
pub(super) fn write(annotations: &Annotations) -> (String, Vec<String>) {
    let header = &annotations.header;
    let day = header.day().map(|day| day.to_string());
    let mut article = json!({ "@type": "NewsArticle", "@id": "#article" });
    let mut set = |key: &str, value: Value| article[key] = value;
    if let Some(day) = &day {
        set("datePublished", json!(day));
    }
    for (key, word) in [("headline", &header.title), ("url", &header.url), ("inLanguage", &header.language)] {
        if let Some(word) = word {
            set(key, json!(word.text));
        }
    }
    if let Some(byline) = &header.byline {
        set("author", json!({ "@type": "Person", "name": byline.text }));
    }
    if let Some(outlet) = &header.outlet {
        set("publisher", json!({ "@type": "NewsMediaOrganization", "name": outlet.text }));
    }
    set("articleBody", json!(&annotations.text[annotations.body()..]));
    let mut graph = vec![article];
    let (mut spans, mut keys) = (0, 0);
    for (index, span) in annotations.spans.iter().enumerate() {
        let is_claim = matches!(span.class(), Some(SpanClass::Claim | SpanClass::Quote));
        if is_claim && span.value("part-of").is_some() {
            continue;
        }
        if !is_claim || span.range.is_empty() {
            spans += 1;
            continue;
        }
        keys += span.keys.iter().filter(|(key, _)| !matches!(key.as_str(), "by" | "on")).count();
        let id = span.id.clone().unwrap_or_else(|| format!("claim-{}", index + 1));
        let pieces: Vec<&str> = std::iter::once(span)
            .chain(annotations.pieces(span))
            .map(|piece| annotations.words(piece))
            .filter(|words| !words.is_empty())
            .collect();
        let mut claim = json!({
            "@type": "Claim",
            "@id": format!("#{id}"),
            "text": pieces.join(" "),
            "appearance": { "@id": "#article" },
        });
        if pieces.len() > 1 {
            let part = |words: &&str| json!({ "@type": "CreativeWork", "text": words });
            claim["hasPart"] = pieces.iter().map(part).collect();
        }
        let authors: Vec<Value> = annotations.speakers(span).iter().map(author).collect();
        if !authors.is_empty() {
            claim["author"] = json!(authors);
        }
        if let Some(on) = span.value("on") {
            claim["about"] = json!({ "@type": "Thing", "name": annotations.label(on), "identifier": on });
        }
        if let Some(day) = &day {
            claim["datePublished"] = json!(day);
        }
        graph.push(claim);
    }
    let mut lost = Vec::new();
    for (count, what) in [(spans, "spans that are no claims"), (keys, "keys of claims")] {
        if count > 0 {
            lost.push(format!("{count} {what} have no place in JSON-LD"));
        }
    }
    let whole = json!({ "@context": "https://schema.org", "@graph": graph });
    (format!("{whole:#}\n"), lost)
}

fn author(actor: &KnownActor) -> Value {
    let known = KINDS.iter().find(|(kind, _)| *kind == actor.kind);
    let types = match known.map_or(&["Organization"][..], |(_, types)| types) {
        [only] => json!(only),
        several => json!(several),
    };
    json!({ "@type": types, "name": actor.name, "identifier": actor.id })
}

/// An article from JSON-LD with its text in `articleBody` and claims that are found in it by their words.
///
/// # Errors
/// [`ImportError`] where it is no JSON, or no article in it has a text.
pub(super) fn read(name: &str, text: &str) -> Result<Imported, ImportError> {
    let value: Value =
        serde_json::from_str(text).map_err(|error| ImportError::new(error.line(), error.to_string()))?;
    let mut objects = Vec::new();
    gather(&value, &mut objects);
    let article =
        objects.iter().find(|object| words(object.get("articleBody")).is_some()).ok_or_else(|| {
            ImportError::new(
                1,
                "no object has an 'articleBody': the text belongs beside the claims, as a NewsArticle",
            )
        })?;
    let body = words(article.get("articleBody")).unwrap_or_default();
    let mut actors: Vec<KnownActor> = Vec::new();
    let mut issues: Vec<(String, String)> = Vec::new();
    let mut spans: Vec<AnnotatedSpan> = Vec::new();
    let mut lost = Vec::new();
    let mut from = 0;
    let claims = objects.iter().filter(|object| is(object, "Claim") || is(object, "ClaimReview"));
    for (number, claim) in claims.enumerate() {
        // What a review reviews is an object of its own.
        if is(claim, "ClaimReview")
            && claim.get("itemReviewed").is_some_and(|item| item.get("text").is_some())
        {
            continue;
        }
        let whole = words(claim.get("text")).or_else(|| words(claim.get("claimReviewed")));
        let Some(whole) = whole else { continue };
        let pieces: Vec<&str> =
            list(claim.get("hasPart")).filter_map(|part| words(part.get("text"))).collect();
        let pieces = if pieces.is_empty() { vec![whole] } else { pieces };
        let id = words(claim.get("@id")).and_then(|id| id.rsplit('#').next()).map(slug);
        let id = id.filter(|id| !id.is_empty()).unwrap_or_else(|| format!("claim-{}", number + 1));
        for (index, piece) in pieces.iter().enumerate() {
            let after = body.get(from..).and_then(|rest| rest.find(piece)).map(|at| from + at);
            let Some(start) = after.or_else(|| body.find(piece)) else {
                lost.push(format!("the claim '{piece}' is not in the text word for word"));
                break;
            };
            from = start;
            let end = start + piece.len();
            let mut span = AnnotatedSpan {
                classes: vec!["claim".to_owned()],
                range: range(start, end),
                ..AnnotatedSpan::default()
            };
            if index > 0 {
                span.set("part-of", &id);
            } else {
                span.id = Some(id.clone());
                let by: Vec<String> =
                    list(claim.get("author")).filter_map(|author| speaker(author, &mut actors)).collect();
                if !by.is_empty() {
                    span.set("by", &by.join(" "));
                }
                if let Some(about) = list(claim.get("about")).next()
                    && let Some(label) = words(Some(about)).or_else(|| words(about.get("name")))
                {
                    let on = identifier(about, label);
                    span.set("on", &on);
                    if !issues.iter().any(|(known, _)| *known == on) {
                        issues.push((on, label.to_owned()));
                    }
                }
            }
            spans.push(span);
        }
    }
    let named = |key: &str| {
        let value = list(article.get(key)).next();
        value.and_then(|value| words(Some(value)).or_else(|| words(value.get("name")))).map(str::to_owned)
    };
    let intake = Intake {
        title: named("headline"),
        byline: named("author"),
        outlet: named("publisher"),
        url: named("url"),
        language: named("inLanguage"),
        date: named("datePublished").and_then(|day| day.get(..10)?.parse().ok()),
        ..Intake::default()
    };
    let head = intake.front_matter(&actors, &issues);
    for span in &mut spans {
        span.range += crate::text::size(head.len());
    }
    let mut annotations = Annotations::of_text(name, format!("{head}{body}"));
    annotations.spans = spans;
    annotations.sort();
    Ok(Imported { annotations, lost })
}

/// All objects in `value`, an outer one before those in it.
fn gather<'a>(value: &'a Value, out: &mut Vec<&'a Map<String, Value>>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| gather(item, out)),
        Value::Object(object) => {
            out.push(object);
            object.values().for_each(|value| gather(value, out));
        }
        _ => {}
    }
}

/// Whether `object` is of the type `kind`.
fn is(object: &Map<String, Value>, kind: &str) -> bool {
    list(object.get("@type")).any(|name| name.as_str() == Some(kind))
}

/// The values in `value`: a list's items, or itself.
fn list(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    let items = match value {
        Some(Value::Array(items)) => items.as_slice(),
        Some(value) => std::slice::from_ref(value),
        None => &[],
    };
    items.iter()
}

/// The words of `value`, where it has any.
fn words(value: Option<&Value>) -> Option<&str> {
    value.and_then(Value::as_str).filter(|words| !words.trim().is_empty())
}

/// The id of `object`, else one made of `name`.
fn identifier(object: &Value, name: &str) -> String {
    let own = words(object.get("identifier")).filter(|id| !id.contains(char::is_whitespace));
    own.map_or_else(|| slug(name), str::to_owned)
}

/// The id of an author, who is among `actors` then.
fn speaker(author: &Value, actors: &mut Vec<KnownActor>) -> Option<String> {
    let name = words(Some(author)).or_else(|| words(author.get("name")))?;
    let id = identifier(author, name);
    let types: Vec<&str> = list(author.get("@type")).filter_map(Value::as_str).collect();
    let known = KINDS.iter().find(|(_, names)| types.contains(&names[0])).map(|(kind, _)| *kind);
    let otherwise = if types.is_empty() { ActorKind::Person } else { ActorKind::Organisation };
    let kind = known.unwrap_or(otherwise);
    if !actors.iter().any(|known| known.id == id) {
        actors.push(KnownActor { id: id.clone(), name: name.to_owned(), kind, note: None });
    }
    Some(id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::annotations::annotated_articles;

    /// The words of the claims, each with its pieces.
    fn claims(annotations: &Annotations) -> Vec<Vec<String>> {
        let is_claim = |span: &&AnnotatedSpan| {
            matches!(span.class(), Some(SpanClass::Claim | SpanClass::Quote))
                && span.value("part-of").is_none()
                && !span.range.is_empty()
        };
        let of = |span: &AnnotatedSpan| {
            let pieces = std::iter::once(span).chain(annotations.pieces(span));
            pieces
                .map(|piece| annotations.words(piece).to_owned())
                .filter(|words| !words.is_empty())
                .collect()
        };
        let mut out: Vec<Vec<String>> = annotations.spans.iter().filter(is_claim).map(of).collect();
        out.sort();
        out
    }

    #[test]
    fn text_and_claims_come_back_from_json_ld() {
        for (path, article) in annotated_articles() {
            let before = Annotations::read(&path, &article);
            let after = read(&path, &write(&before).0).unwrap();
            assert!(after.lost.is_empty(), "{path}: {:?}", after.lost);
            assert_eq!(
                after.annotations.text[after.annotations.body()..],
                before.text[before.body()..],
                "{path}"
            );
            assert_eq!(claims(&after.annotations), claims(&before), "{path}");
            let days = [&after.annotations, &before].map(|one| one.header.day());
            assert_eq!(days[0], days[1], "{path}");
        }
    }

    #[test]
    fn a_claim_has_author_subject_and_the_article_it_appears_in() {
        let article = "---\ndate: 2026-03-02\nactors:\n  council: {name: Town Council, kind: organisation}\non:\n  pier: Closing the pier\n---\n[“Shut it,”]{#c1 .claim by=council on=pier stance=support} it [said]{.cue for=c1}. [“Now.”]{.claim part-of=c1}";
        let (json, lost) = write(&Annotations::read("a", article));
        let json: Value = serde_json::from_str(&json).unwrap();
        assert_eq!(
            json["@graph"][1],
            json!({
                "@type": "Claim",
                "@id": "#c1",
                "text": "“Shut it,” “Now.”",
                "hasPart": [{"@type": "CreativeWork", "text": "“Shut it,”"}, {"@type": "CreativeWork", "text": "“Now.”"}],
                "appearance": {"@id": "#article"},
                "author": [{"@type": "Organization", "name": "Town Council", "identifier": "council"}],
                "about": {"@type": "Thing", "name": "Closing the pier", "identifier": "pier"},
                "datePublished": "2026-03-02",
            })
        );
        assert_eq!(
            lost,
            [
                "1 spans that are no claims have no place in JSON-LD",
                "1 keys of claims have no place in JSON-LD"
            ]
        );
    }

    #[test]
    fn an_author_is_a_person_or_an_organization_whatever_else_it_is() {
        let author = |kind| author(&KnownActor { id: "a".into(), name: "A".into(), kind, note: None });
        assert_eq!(author(ActorKind::Country)["@type"], json!(["Country", "GovernmentOrganization"]));
        assert_eq!(author(ActorKind::Group)["@type"], json!("Organization"));
        for kind in ActorKind::ALL.into_iter().filter(|kind| *kind != ActorKind::Group) {
            let mut actors = Vec::new();
            speaker(&author(kind), &mut actors);
            assert_eq!(actors[0].kind, kind);
        }
    }

    #[test]
    fn what_a_claim_review_reviews_is_a_claim() {
        let json = r#"[{"@type": "NewsArticle", "headline": "Pier", "articleBody": "Ann Lee says the pier is safe."},
            {"@type": "ClaimReview", "claimReviewed": "The pier is safe", "reviewRating": {"ratingValue": 1},
             "itemReviewed": {"@type": "Claim", "text": "the pier is safe", "author": {"@type": "Person", "name": "Ann Lee"}}},
            {"@type": "ClaimReview", "claimReviewed": "It floats"}]"#;
        let read = read("a", json).unwrap();
        assert_eq!(
            read.annotations.write().article,
            "---\ntitle: Pier\nactors:\n  ann-lee:\n    name: Ann Lee\n    kind: person\n---\nAnn Lee says [the pier is safe]{#claim-2 .claim by=ann-lee}."
        );
        assert_eq!(read.lost, ["the claim 'It floats' is not in the text word for word"]);
    }

    #[test]
    fn json_without_a_text_is_an_error() {
        assert!(read("a", "{}").unwrap_err().to_string().starts_with("1: no object has an 'articleBody'"));
        assert!(read("a", "{\n?").unwrap_err().to_string().starts_with("2: "));
    }
}
