//! Attributions as JSON lines, in the shape the corpora have: offsets are code points into the file.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::annotations::{Graph, Link, Node, Offsets};
use super::{AnnotatedSpan, Annotations, Imported};
use crate::analysis::Analysis;
use crate::article::{NOBODY, SpanClass, stripped};
use crate::attribution::Attribution;
use crate::text::{Places, TextRange};

/// The attributions of one article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AttributionsRow {
    /// The article's path.
    pub path: String,
    /// Who said what.
    pub attributions: Vec<AttributionRow>,
}

/// One attribution; each piece is `[start, end)` in code points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AttributionRow {
    /// Who is cited.
    pub source: Vec<[usize; 2]>,
    /// The reporting words.
    pub cue: Vec<[usize; 2]>,
    /// What is said.
    pub content: Vec<[usize; 2]>,
    /// The id of the actor the source is, null where the article does not tell.
    pub actor: Option<String>,
    /// What kind of source it is.
    pub kind: &'static str,
    /// What is attributed inside what is said; left out where nothing is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub inner: Vec<Self>,
}

/// The row of the article at `path`.
pub fn attributions(path: &str, analysis: &Analysis) -> AttributionsRow {
    let places = Places::new(analysis.text());
    let attributions = analysis.attributions().iter().map(|found| row(found, analysis, &places)).collect();
    AttributionsRow { path: path.to_owned(), attributions }
}

fn row(attribution: &Attribution, analysis: &Analysis, places: &Places<'_>) -> AttributionRow {
    let points = |list: &[TextRange]| -> Vec<[usize; 2]> {
        list.iter().map(|range| [places.at(range.start()).offset, places.at(range.end()).offset]).collect()
    };
    AttributionRow {
        source: points(&attribution.source),
        cue: points(&attribution.cue),
        content: points(&attribution.content),
        actor: attribution
            .source
            .iter()
            .find_map(|range| analysis.member_in(*range))
            .map(|member| analysis.cast().members()[member].id(analysis.registry())),
        kind: attribution.kind.name(),
        inner: attribution.inner.iter().map(|inner| row(inner, analysis, places)).collect(),
    }
}

/// A row as it is read: of this export, of a corpus with its text, or from another program.
#[derive(Deserialize)]
struct ReadRow {
    path: Option<String>,
    doc_id: Option<String>,
    text: Option<String>,
    attributions: Vec<ReadAttribution>,
}

#[derive(Deserialize)]
struct ReadAttribution {
    #[serde(default)]
    source: Vec<[usize; 2]>,
    #[serde(default)]
    cue: Vec<[usize; 2]>,
    #[serde(default)]
    content: Vec<[usize; 2]>,
    actor: Option<String>,
    kind: Option<String>,
    #[serde(default)]
    inner: Vec<Self>,
}

impl ReadAttribution {
    /// Itself and what is attributed inside it, an outer one before its inner ones.
    fn with_inner(&self) -> Vec<&Self> {
        let mut out = vec![self];
        out.extend(self.inner.iter().flat_map(Self::with_inner));
        out
    }
}

/// The article that `line`, a row of attributions, is of, with the attributions as spans beside those it
/// has. Where the row has no `text`, `file` reads the file at its `path`.
///
/// # Errors
/// A sentence that says what is wrong with the row.
pub fn read_attributions(
    line: &str,
    file: &dyn Fn(&str) -> Result<String, String>,
) -> Result<Imported, String> {
    let row: ReadRow = serde_json::from_str(line).map_err(|error| {
        format!("{error}; a row is {{\"path\": …, \"attributions\": [{{\"source\": [[0, 5]], \"cue\": …, \"content\": …}}]}}")
    })?;
    let stem = |path: &String| Some(Path::new(path).file_stem()?.to_string_lossy().into_owned());
    // An id can hold any sign, and becomes the name of a file.
    let id = row.doc_id.as_ref().map(|id| id.replace(['/', '\\'], "-")).filter(|id| !id.is_empty());
    let name = id.or_else(|| row.path.as_ref().and_then(stem));
    let name = name.ok_or_else(|| "a row has a 'path' or a 'doc_id'".to_owned())?;
    let article = match (row.text, &row.path) {
        (Some(text), _) => text,
        (None, Some(path)) => file(path)?,
        (None, None) => return Err("a row without 'text' has a 'path'".to_owned()),
    };
    let before = Annotations::read(&name, &article);
    let clean = stripped(&article);
    let offsets = Offsets::code_points(&article);
    let ranges = |pieces: &[[usize; 2]]| -> Result<Vec<TextRange>, String> {
        let range = |[start, end]: &[usize; 2]| {
            let range = offsets.range(*start, *end)?;
            let start = clean.clean(range.start());
            Ok(TextRange::new(start, clean.clean(range.end()).max(start)))
        };
        pieces.iter().map(range).collect()
    };
    let mut spans = Spans { graph: Graph::of(&before, false) };
    let mut lost = Vec::new();
    let numbered = row.attributions.iter().enumerate();
    let numbered =
        numbered.flat_map(|(index, read)| read.with_inner().into_iter().map(move |read| (index, read)));
    for (index, read) in numbered {
        let mut content = ranges(&read.content)?;
        content.sort_by_key(|range| range.start());
        let Some((head, pieces)) = content.split_first() else {
            lost.push(format!(
                "attribution {} of {name} has no content and no place in an article",
                index + 1
            ));
            continue;
        };
        let claim = spans.at(*head, SpanClass::Claim);
        for piece in pieces {
            let piece = spans.at(*piece, SpanClass::Claim);
            spans.link("part-of", piece, claim);
        }
        for cue in ranges(&read.cue)? {
            let cue = spans.at(cue, SpanClass::Cue);
            spans.link("for", cue, claim);
        }
        let sources = ranges(&read.source)?;
        for source in &sources {
            let source = spans.at(*source, SpanClass::Source);
            spans.link("by", claim, source);
            spans.describe(source, read);
        }
        if sources.is_empty() {
            let nobody = (read.kind.as_deref() == Some("none")).then_some(NOBODY);
            if let Some(by) = read.actor.as_deref().or(nobody) {
                spans.graph.nodes[claim].span.set("by", by);
            }
        }
    }
    let mut annotations = spans.graph.annotations(&name, before.text);
    annotations.comments = before.comments;
    Ok(Imported { annotations, lost })
}

/// The spans of an article to which attributions are added.
struct Spans {
    graph: Graph,
}

impl Spans {
    /// The node of `class` at `range`, a new one where there is none.
    fn at(&mut self, range: TextRange, class: SpanClass) -> usize {
        let here = |node: &Node| node.span.range == range && node.span.class() == Some(class);
        self.graph.nodes.iter().position(here).unwrap_or_else(|| {
            let classes = vec![class.name().to_owned()];
            let span = AnnotatedSpan { classes, range, ..AnnotatedSpan::default() };
            self.graph.nodes.push(Node { span, further: Vec::new() });
            self.graph.nodes.len() - 1
        })
    }

    fn link(&mut self, key: &str, from: usize, to: usize) {
        let link = Link { key: key.to_owned(), from, to };
        if from != to && !self.graph.links.contains(&link) {
            self.graph.links.push(link);
        }
    }

    /// Notes on a source who it is and what kind it is of, where it does not say so itself.
    fn describe(&mut self, source: usize, read: &ReadAttribution) {
        let (key, value) = match read.kind.as_deref() {
            Some("person") => ("anon", "named"),
            Some(kind @ ("role" | "organisation" | "unnamed")) => ("anon", kind),
            Some("document") => ("basis", "document"),
            _ => ("", ""),
        };
        let span = &mut self.graph.nodes[source].span;
        for (key, value) in [(key, value), ("ref", read.actor.as_deref().unwrap_or_default())] {
            if !value.is_empty() && span.value(key).is_none() {
                span.set(key, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn row(text: &str) -> AttributionsRow {
        attributions("a.txt", &Analysis::new(Arc::from(text), Arc::default()))
    }

    fn words(text: &str, spans: &[[usize; 2]]) -> Vec<String> {
        spans.iter().map(|[start, end]| text.chars().skip(*start).take(end - start).collect()).collect()
    }

    #[test]
    fn spans_are_code_points_of_the_file_with_its_header_and_markup() {
        let text = "---\ndate: 2026-03-01\n---\nIn the café, [Zoë]{.actor} said it is closed.\n";
        let rows = row(text).attributions;
        assert_eq!(rows.len(), 1);
        assert_eq!(words(text, &rows[0].source), ["Zoë"]);
        assert_eq!(words(text, &rows[0].cue), ["said"]);
    }

    #[test]
    fn a_quotation_in_the_next_paragraph_is_a_piece_of_the_same_row() {
        let text =
            "“We lost the vote,” the minister said on Monday. “We know why.\n\n“And we will try again.”\n";
        let rows = row(text).attributions;
        assert_eq!(rows.len(), 1);
        assert_eq!(
            words(text, &rows[0].content),
            ["“We lost the vote,”", "“We know why", "“And we will try again.”"]
        );
    }

    #[test]
    fn a_row_becomes_spans_of_its_article() {
        let article = "Zoë’s view: “non,” [the mayor]{.actor ref=m} said Monday, “never.”\n\n[Lee]{#s .source} [denies]{.cue for=c} [it]{#c .claim by=s}.";
        let place = |words: &str| {
            let at = article.find(words).unwrap();
            let start = article[..at].chars().count();
            format!("[{start}, {}]", start + words.chars().count())
        };
        let row = format!(
            r#"{{"path": "in/a.article", "attributions": [{{"source": [{}], "cue": [{}], "content": [{}, {}], "actor": "m", "kind": "role"}}]}}"#,
            place("the mayor"),
            place("said"),
            place("“non,”"),
            place("“never.”"),
        );
        let read = read_attributions(&row, &|path| {
            assert_eq!(path, "in/a.article");
            Ok(article.to_owned())
        })
        .unwrap();
        assert_eq!(read.annotations.name, "a");
        assert_eq!(
            read.annotations.write().article,
            "Zoë’s view: [“non,”]{#c1 .claim by=s2} [[the mayor]{#s2 .source anon=role ref=m}]{.actor ref=m} [said]{.cue for=c1} Monday, [“never.”]{.claim part-of=c1}\n\n[Lee]{#s .source} [denies]{.cue for=c} [it]{#c .claim by=s}."
        );
    }

    #[test]
    fn the_row_of_an_annotated_article_comes_back_as_its_attributions() {
        let text = "The vote was lost on Monday, officials said.";
        let line = serde_json::to_string(&row(text)).unwrap();
        let read = read_attributions(&line, &|_| Ok(text.to_owned())).unwrap();
        assert_eq!(
            read.annotations.write().article,
            "[The vote was lost on Monday]{#c1 .claim by=s2}, [officials]{#s2 .source anon=unnamed} [said]{.cue for=c1}."
        );
    }

    #[test]
    fn what_is_attributed_inside_a_content_stands_inside_its_row_and_comes_back() {
        let text = "Lee said Kim had told him that the dam was old.";
        let rows = row(text);
        let (outer, inner) = (&rows.attributions[0], &rows.attributions[0].inner[0]);
        assert_eq!(rows.attributions.len(), 1);
        assert_eq!(words(text, &outer.content), ["Kim had told him that the dam was old"]);
        assert_eq!(words(text, &inner.source), ["Kim"]);
        assert_eq!(words(text, &inner.content), ["that the dam was old"]);
        let line = serde_json::to_string(&rows).unwrap();
        let read = read_attributions(&line, &|_| Ok(text.to_owned())).unwrap();
        assert_eq!(
            read.annotations.write().article,
            "[Lee]{#s2 .source anon=named} [said]{.cue for=c1} [[Kim]{#s4 .source anon=named ref=person/kim} [had told]{.cue for=c3} him [that the dam was old]{#c3 .claim by=s4}]{#c1 .claim by=s2}."
        );
    }

    #[test]
    fn a_bad_row_says_what_would_be_right() {
        let error = |line: &str| read_attributions(line, &|_| Ok("a".to_owned())).unwrap_err();
        assert!(error("{}").contains("a row is {\"path\""));
        assert!(error(r#"{"attributions": []}"#).contains("'path' or a 'doc_id'"));
        assert!(
            error(r#"{"path": "a", "attributions": [{"content": [[0, 7]]}]}"#).contains("outside the text")
        );
    }

    #[test]
    fn the_row_is_the_documented_json() {
        let json = serde_json::to_value(row("The vote was lost on Monday, officials said.")).unwrap();
        assert_eq!(
            json,
            serde_json::json!({"path": "a.txt", "attributions": [{
                "source": [[29, 38]], "cue": [[39, 43]], "content": [[0, 27]], "actor": null, "kind": "unnamed",
            }]})
        );
    }
}
