//! The formats of annotation tools: which files an article becomes, and which it is read from.

mod brat;
mod cas;
mod json_ld;
mod tei;
mod webanno_tsv;
mod webannotation;
mod xmi;

use crate::article::Sidecar;
use crate::exchange::registry::ImportError;
use crate::exchange::xml::is_foreign;
use crate::exchange::{Annotations, Leftover};
use crate::settings::Settings;

/// A form annotation tools read and write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToolFormat {
    /// brat's standoff: `.txt`, `.ann` and an `annotation.conf`.
    Brat,
    /// W3C Web Annotation: `.txt` and a page of annotations, `.json`.
    WebAnnotation,
    /// UIMA JSON CAS: `.json`.
    CasJson,
    /// UIMA XMI: `.xmi` and a `TypeSystem.xml`.
    CasXmi,
    /// WebAnno TSV 3: `.tsv`.
    WebannoTsv,
    /// TEI P5: `.xml`.
    Tei,
    /// schema.org's claims as JSON-LD: `.jsonld`.
    ClaimReview,
}

/// An article in a tool's form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exported {
    /// The files: what each is called after the article's name (`.ann`), and what is in it.
    pub files: Vec<(&'static str, String)>,
    /// What the form has no place for, a sentence each.
    pub lost: Vec<String>,
}

/// An article read from a tool's form.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// Its text and annotations.
    pub annotations: Annotations,
    /// What an article has no place for, a sentence each.
    pub lost: Vec<String>,
}

impl Annotations {
    /// Adds what stands beside the article in `NAME.article.json`, found by its words; what is not
    /// in the text any more is told, a sentence each.
    ///
    /// # Errors
    /// [`ImportError`] where `sidecar` is no page of web annotations.
    pub fn add_sidecar(&mut self, sidecar: &Sidecar) -> Result<Vec<String>, ImportError> {
        webannotation::add(sidecar, self)
    }

    /// The file `NAME.article.json` for the spans that have no place in the article.
    pub fn sidecar(&self, leftovers: &[Leftover]) -> String {
        let source = format!("{}.article", self.name);
        let spans = leftovers.iter().map(|left| &left.span);
        webannotation::write(&format!("{source}.json"), &source, &self.text, spans)
    }
}

impl ToolFormat {
    /// `annotations` in this form.
    pub fn export(self, annotations: &Annotations) -> Exported {
        let mut out = Exported::default();
        match self {
            Self::Brat => {
                out.files.push((".txt", annotations.text.clone()));
                out.files.push((".ann", brat::write(annotations)));
            }
            Self::WebAnnotation => {
                let text = &annotations.text;
                let [file, source] = [".json", ".txt"].map(|end| format!("{}{end}", annotations.name));
                out.files.push((".txt", text.clone()));
                out.files.push((".json", webannotation::write(&file, &source, text, &annotations.spans)));
            }
            Self::CasJson => out.files.push((".json", cas::write(annotations))),
            Self::CasXmi => {
                out.files.push((".xmi", xmi::write(annotations)));
                let foreign = annotations.text.chars().filter(|char| is_foreign(*char)).count();
                if foreign > 0 {
                    out.lost
                        .push(format!("XML has no place for {foreign} characters; they are spaces there"));
                }
            }
            Self::WebannoTsv => {
                let (tsv, lost) = webanno_tsv::write(annotations);
                out.files.push((".tsv", tsv));
                out.lost.extend(lost);
            }
            Self::Tei => {
                let (xml, lost) = tei::write(annotations);
                out.files.push((".xml", xml));
                out.lost.extend(lost);
            }
            Self::ClaimReview => {
                let (json, lost) = json_ld::write(annotations);
                out.files.push((".jsonld", json));
                out.lost.extend(lost);
            }
        }
        if !annotations.comments.is_empty() {
            out.lost.push(format!("{} comments have no place there", annotations.comments.len()));
        }
        out
    }

    /// The files that all articles of a folder share: their names and what is in them. The vocabularies are those of
    /// `settings`, which hold for the articles.
    pub fn shared<'a>(
        self,
        articles: impl IntoIterator<Item = &'a Annotations>,
        settings: &[Settings],
    ) -> Vec<(&'static str, String)> {
        match self {
            Self::Brat => vec![("annotation.conf", brat::configuration(articles, settings))],
            Self::CasXmi => vec![("TypeSystem.xml", xmi::type_system())],
            Self::WebAnnotation | Self::CasJson | Self::WebannoTsv | Self::Tei | Self::ClaimReview => {
                Vec::new()
            }
        }
    }

    /// The extension of the file an article is read from.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Brat => "ann",
            Self::WebAnnotation | Self::CasJson => "json",
            Self::CasXmi => "xmi",
            Self::WebannoTsv => "tsv",
            Self::Tei => "xml",
            Self::ClaimReview => "jsonld",
        }
    }

    /// Reads the article called `name` from `file`; `beside` reads the file that has another extension.
    ///
    /// # Errors
    /// [`ImportError`] at the first line that cannot be read, or where a file beside is not there.
    pub fn import(
        self,
        name: &str,
        file: &str,
        beside: &dyn Fn(&str) -> Result<String, String>,
    ) -> Result<Imported, ImportError> {
        match self {
            Self::Brat => {
                let text = beside(".txt").map_err(|error| ImportError::new(1, error))?;
                brat::read(name, text, file)
            }
            Self::WebAnnotation => {
                let sidecar = Sidecar::read(file);
                let named = sidecar.source.clone().filter(|source| !source.contains("://"));
                let source = named.unwrap_or_else(|| ".txt".to_owned());
                let text = beside(&source).map_err(|error| ImportError::new(1, error))?;
                // What stands beside an article is about its words; any other text is nothing but words.
                let mut annotations = if source.ends_with(".article") {
                    Annotations::read(name, &text)
                } else {
                    Annotations::of_text(name, text)
                };
                let lost = annotations.add_sidecar(&sidecar)?;
                Ok(Imported { annotations, lost })
            }
            Self::CasJson => cas::read(name, file),
            Self::CasXmi => xmi::read(name, file),
            Self::WebannoTsv => webanno_tsv::read(name, file),
            Self::Tei => tei::read(name, file),
            Self::ClaimReview => json_ld::read(name, file),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::exchange::AnnotatedSpan;
    use crate::text::range;

    const ALL: [ToolFormat; 6] = [
        ToolFormat::Brat,
        ToolFormat::WebAnnotation,
        ToolFormat::CasJson,
        ToolFormat::CasXmi,
        ToolFormat::WebannoTsv,
        ToolFormat::Tei,
    ];

    /// What comes back of `annotations`.
    fn round(format: ToolFormat, annotations: &Annotations) -> Imported {
        let exported = format.export(annotations);
        let file = |end: &str| {
            exported.files.iter().find(|(name, _)| end.ends_with(name)).map(|(_, text)| text.clone())
        };
        let main = file(&format!(".{}", format.extension())).unwrap();
        format.import(&annotations.name, &main, &|name| file(name).ok_or_else(|| name.to_owned())).unwrap()
    }

    /// `annotations` with the ids that a key names in order: they are a set.
    fn named_in_order(mut annotations: Annotations) -> Annotations {
        for (key, value) in annotations.spans.iter_mut().flat_map(|span| &mut span.keys) {
            if key == "by" || key == "for" {
                let mut ids: Vec<&str> = value.split_whitespace().collect();
                ids.sort_unstable();
                *value = ids.join(" ");
            }
        }
        annotations
    }

    proptest! {
        #[test]
        fn what_an_article_says_comes_back_from_every_format(
            text in r#"([a-c]{1,4}[ ,]|😀|é|\n\n|[\[\]{}"&<>|*;_\\-]){1,24}"#,
            places in prop::collection::vec((0..60_usize, 0..9_usize, 0..4_usize), 0..7),
        ) {
            let mut annotations = Annotations::of_text("a", text);
            for (index, (start, length, kind)) in places.iter().enumerate() {
                let classes = vec![["claim", "source", "cue", "Frame"][*kind].to_owned()];
                let mut span = AnnotatedSpan { classes, range: range(*start, start + length), ..AnnotatedSpan::default() };
                span.id = (index % 2 == 0).then(|| format!("s{index}"));
                let (key, value) = [("by", "s0 s2"), ("stance", "support"), ("for", "s4"), ("note", "a [b] | \"c\" _*")][*kind];
                span.set(key, value);
                annotations.spans.push(span);
            }
            // A line break at the end of a span is no part of what it says, and goes.
            let broken = |span: &AnnotatedSpan| annotations.text.get(std::ops::Range::<usize>::from(span.range)).is_some_and(|words| words.contains('\n'));
            let spans = annotations.spans.iter().filter(|span| !broken(span)).cloned().collect();
            annotations.spans = spans;
            let before = Annotations::read("a", &annotations.write().article);
            for format in ALL {
                let lost = format.export(&before).lost;
                if lost.is_empty() {
                    let after = round(format, &before);
                    prop_assert_eq!(named_in_order(after.annotations), named_in_order(before.clone()), "{:?}", format);
                    prop_assert!(after.lost.is_empty());
                }
            }
        }
    }
}
