//! UIMA's CAS, as INCEpTION exchanges it: one span layer with the keys as features, one relation layer.
//!
//! Offsets are UTF-16 units. The JSON form is UIMA JSON CAS 0.4
//! (<https://github.com/apache/uima-uimaj-io-jsoncas>); [`super::xmi`] is the same in XML.

use rustc_hash::FxHashMap;
use serde_json::{Map, Value, json};

use crate::article::SpanClass;
use crate::exchange::annotations::{Graph, Link, Node, Offsets, attributes, from_attributes};
use crate::exchange::registry::ImportError;
use crate::exchange::{AnnotatedSpan, Annotations, Imported};

/// The span layer.
pub(super) const SPAN: &str = "webanno.custom.Onrecord";
/// The relation layer: from the span whose key it is (governor) to the one it names (dependent).
pub(super) const LINK: &str = "webanno.custom.OnrecordLink";

/// The features of the span layer, each with the key it has. `label` is the class, `identifier` the
/// id, `more` further classes and keys in the article's own form; no name is a keyword of Java or Python.
pub(super) const FEATURES: [(&str, &str); 14] = [
    ("label", ""),
    ("identifier", ""),
    ("ref", "ref"),
    ("anon", "anon"),
    ("basis", "basis"),
    ("on", "on"),
    ("stance", "stance"),
    ("voice", "voice"),
    ("act", "act"),
    ("by", "by"),
    ("cueFor", "for"),
    ("partOf", "part-of"),
    ("why", "why"),
    ("more", ""),
];

/// Layers that say nothing about who says what: segmentation and what a CAS always has.
const SILENT: [&str; 6] = [
    "uima.",
    "de.tudarmstadt.ukp.dkpro.core.api.segmentation.",
    "de.tudarmstadt.ukp.dkpro.core.api.metadata.",
    "de.tudarmstadt.ukp.clarin.webanno.api.type.",
    "de.tudarmstadt.ukp.inception.api.type.",
    "org.dkpro.core.api.xml.",
];

/// What a layer is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layer {
    /// [`SPAN`].
    Span,
    /// [`LINK`].
    Link,
    /// A layer called as a class is.
    Class(SpanClass),
    /// Nothing, and nothing is lost.
    Silent,
    /// Nothing.
    Unknown,
}

impl Layer {
    /// The layer of the type `name`.
    pub(super) fn of(name: &str) -> Self {
        let short = name.rsplit('.').next().unwrap_or(name).to_lowercase();
        match SpanClass::from_name(&short) {
            _ if name == SPAN => Self::Span,
            _ if name == LINK => Self::Link,
            Some(class) => Self::Class(class),
            None if SILENT.iter().any(|begin| name.starts_with(begin)) => Self::Silent,
            None => Self::Unknown,
        }
    }
}

/// The features of `span` that have a value.
pub(super) fn features(span: &AnnotatedSpan) -> Vec<(&'static str, String)> {
    let mut rest = span.clone();
    let label = (!rest.classes.is_empty()).then(|| rest.classes.remove(0));
    let mut own = vec![("label", label), ("identifier", rest.id.take())];
    for (feature, key) in FEATURES.iter().filter(|(_, key)| !key.is_empty()) {
        own.push((feature, rest.value(key).map(str::to_owned)));
        rest.keys.retain(|(name, _)| name != key);
    }
    own.push(("more", attributes(&rest).filter(|text| text != "{}")));
    own.into_iter().filter_map(|(feature, value)| Some((feature, value?))).collect()
}

/// Gives `span` what `feature` says.
pub(super) fn set(span: &mut AnnotatedSpan, feature: &str, value: &str) {
    match feature {
        "label" => {
            let lower = value.to_lowercase();
            let class = if SpanClass::from_name(&lower).is_some() { lower } else { value.to_owned() };
            span.classes.insert(0, class);
        }
        "identifier" => span.id = Some(value.to_owned()),
        "more" => {
            let read = from_attributes(value).unwrap_or_default();
            span.classes.extend(read.classes);
            read.keys.iter().for_each(|(key, value)| span.set(key, value));
        }
        _ => {
            let key = FEATURES.iter().find(|(name, _)| *name == feature).map_or(feature, |(_, key)| key);
            span.set(key, value);
        }
    }
}

/// The type system of both layers as `(type, features)`, each feature with its range.
pub(super) fn types() -> [(&'static str, Vec<(&'static str, &'static str)>); 2] {
    let string = "uima.cas.String";
    let span = FEATURES.iter().map(|(feature, _)| (*feature, string)).collect();
    [(SPAN, span), (LINK, vec![("Dependent", SPAN), ("Governor", SPAN), ("key", string)])]
}

/// What a CAS has been read as, to be completed.
#[derive(Default)]
pub(super) struct Layers {
    pub(super) graph: Graph,
    /// The node of each feature structure that is a span.
    pub(super) nodes: FxHashMap<u64, usize>,
    /// The relations: key, governor and dependent.
    pub(super) relations: Vec<(String, u64, u64)>,
    /// How many annotations each layer has that has no place in an article.
    pub(super) unheld: FxHashMap<String, usize>,
}

impl Layers {
    /// The article that was read.
    pub(super) fn imported(mut self, name: &str, text: String) -> Imported {
        let mut lost: Vec<String> = self
            .unheld
            .iter()
            .map(|(layer, count)| {
                format!("{count} annotations of the layer {layer} have no place in an article")
            })
            .collect();
        lost.sort();
        for (key, from, to) in &self.relations {
            match (self.nodes.get(from), self.nodes.get(to)) {
                (Some(from), Some(to)) => {
                    self.graph.links.push(Link { key: key.clone(), from: *from, to: *to });
                }
                _ => lost.push(format!("a relation '{key}' links what is no span")),
            }
        }
        Imported { annotations: self.graph.annotations(name, text), lost }
    }

    /// A span of the layer `layer` with the features `features`.
    pub(super) fn span(&mut self, id: u64, layer: Layer, span: AnnotatedSpan) {
        let mut span = span;
        if let Layer::Class(class) = layer {
            span.classes.insert(0, class.name().to_owned());
        }
        self.nodes.insert(id, self.graph.nodes.len());
        self.graph.nodes.push(Node { span, further: Vec::new() });
    }
}

/// The annotations as JSON CAS.
pub(super) fn write(annotations: &Annotations) -> String {
    let graph = Graph::of(annotations, false);
    let offsets = Offsets::utf16(&annotations.text);
    let mut types = Map::new();
    for (name, features) in types_of_json() {
        types.insert(name.to_owned(), features);
    }
    let mut structures = vec![
        json!({"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView", "mimeType": "text", "sofaString": annotations.text}),
        json!({"%ID": 2, "%TYPE": "uima.tcas.DocumentAnnotation", "@sofa": 1, "begin": 0, "end": offsets.count(), "language": "en"}),
    ];
    let first = structures.len() + 1;
    for node in &graph.nodes {
        let [begin, end] = offsets.units(node.span.range);
        let mut one =
            json!({"%ID": structures.len() + 1, "%TYPE": SPAN, "@sofa": 1, "begin": begin, "end": end});
        for (feature, value) in features(&node.span) {
            one[feature] = value.into();
        }
        structures.push(one);
    }
    for link in &graph.links {
        let [begin, end] = offsets.units(graph.nodes[link.to].span.range);
        structures
            .push(json!({"%ID": structures.len() + 1, "%TYPE": LINK, "@sofa": 1, "begin": begin, "end": end,
            "@Governor": first + link.from, "@Dependent": first + link.to, "key": link.key}));
    }
    let members: Vec<usize> = (2..=structures.len()).collect();
    let cas = json!({
        "%TYPES": types,
        "%FEATURE_STRUCTURES": structures,
        "%VIEWS": {"_InitialView": {"%SOFA": 1, "%MEMBERS": members}},
    });
    format!("{cas:#}\n")
}

fn types_of_json() -> Vec<(&'static str, Value)> {
    let one = |(name, features): (&'static str, Vec<(&str, &str)>)| {
        let mut out = json!({"%NAME": name, "%SUPER_TYPE": "uima.tcas.Annotation"});
        for (feature, of) in features {
            out[feature] = json!({"%NAME": feature, "%RANGE": of});
        }
        (name, out)
    };
    types().into_iter().map(one).collect()
}

/// The annotations of a JSON CAS.
///
/// # Errors
/// [`ImportError`] where it is none, or an annotation lies outside its text.
pub(super) fn read(name: &str, cas: &str) -> Result<Imported, ImportError> {
    let cas: Value =
        serde_json::from_str(cas).map_err(|error| ImportError::new(error.line(), error.to_string()))?;
    let wrong = |message: String| ImportError::new(1, message);
    let structures: Vec<(u64, &Value)> = match &cas["%FEATURE_STRUCTURES"] {
        Value::Array(list) => list.iter().map(|one| (one["%ID"].as_u64().unwrap_or_default(), one)).collect(),
        // The form before 0.4 names them by their ids.
        Value::Object(map) => map.iter().map(|(id, one)| (id.parse().unwrap_or_default(), one)).collect(),
        _ => return Err(wrong("a JSON CAS has a list '%FEATURE_STRUCTURES'".to_owned())),
    };
    let text = structures.iter().find_map(|(_, one)| one["sofaString"].as_str());
    let text = text.ok_or_else(|| wrong("there is no uima.cas.Sofa with a 'sofaString'".to_owned()))?;
    let offsets = Offsets::utf16(text);
    let mut layers = Layers::default();
    for (id, one) in structures {
        let kind = one["%TYPE"].as_str().unwrap_or_default();
        match Layer::of(kind) {
            Layer::Silent => {}
            Layer::Unknown => *layers.unheld.entry(kind.to_owned()).or_default() += 1,
            Layer::Link => {
                let number = |key: &str| one[key].as_u64().unwrap_or_default();
                let key = one["key"].as_str().unwrap_or_default().to_owned();
                layers.relations.push((key, number("@Governor"), number("@Dependent")));
            }
            layer => {
                let place = |key: &str| one[key].as_u64().and_then(|n| usize::try_from(n).ok());
                let (Some(begin), Some(end)) = (place("begin"), place("end")) else {
                    return Err(wrong(format!(
                        "the annotation {id} of {kind} has no numbers 'begin' and 'end'"
                    )));
                };
                let range =
                    offsets.range(begin, end).map_err(|error| wrong(format!("annotation {id}: {error}")))?;
                let mut span = AnnotatedSpan { range, ..AnnotatedSpan::default() };
                for (feature, value) in one.as_object().into_iter().flatten() {
                    if let Some(value) = value.as_str().filter(|_| !feature.starts_with(['%', '@'])) {
                        set(&mut span, feature, value);
                    }
                }
                layers.span(id, layer, span);
            }
        }
    }
    Ok(layers.imported(name, text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::annotations::articles_come_back;

    #[test]
    fn articles_come_back_from_json_cas_as_they_were() {
        articles_come_back(|before| read(&before.name, &write(before)).unwrap());
    }

    #[test]
    fn offsets_are_utf16_and_what_features_cannot_say_is_kept() {
        let before = Annotations::read(
            "a",
            "😀 [Zoë]{#z .source .key frame=x ref=zoe} [said]{.cue for=c} [“no”]{#c .claim by=\"z usa\"}",
        );
        let cas = write(&before);
        let json: Value = serde_json::from_str(&cas).unwrap();
        assert_eq!(json["%FEATURE_STRUCTURES"][2]["begin"], 3);
        assert_eq!(json["%FEATURE_STRUCTURES"][2]["more"], "{.key frame=x}");
        assert_eq!(read("a", &cas).unwrap().annotations, before);
    }

    #[test]
    fn other_layers_are_named_and_bad_files_are_errors() {
        let cas = r#"{"%FEATURE_STRUCTURES": [{"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaString": "All is well."},
            {"%ID": 2, "%TYPE": "webanno.custom.Claim", "begin": 0, "end": 11, "stance": "support"},
            {"%ID": 3, "%TYPE": "x.y.Frame", "begin": 0, "end": 3}]}"#;
        let read_one = read("a", cas).unwrap();
        assert_eq!(read_one.annotations.write().article, "[All is well]{.claim stance=support}.");
        assert_eq!(read_one.lost, ["1 annotations of the layer x.y.Frame have no place in an article"]);
        let error = |cas: &str| read("a", cas).unwrap_err().to_string();
        assert!(error("{}").contains("%FEATURE_STRUCTURES"));
        assert!(error(&cas.replace("11", "99")).contains("the span 0 to 99 lies outside the text"));
        assert!(error("{\n?").starts_with("2: "));
    }
}
