//! UIMA's CAS in XML: XMI, and the type system that tells its layers.

use std::fmt::Write as _;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::cas::{Layer, Layers, features, set, types};
use crate::exchange::annotations::{Graph, Offsets};
use crate::exchange::registry::ImportError;
use crate::exchange::xml::escaped;
use crate::exchange::{AnnotatedSpan, Annotations, Imported};

/// The layers as a UIMA type system description.
pub(super) fn type_system() -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<typeSystemDescription xmlns=\"http://uima.apache.org/resourceSpecifier\">\n  <types>\n",
    );
    for (name, features) in types() {
        let _ = writeln!(
            out,
            "    <typeDescription>\n      <name>{name}</name>\n      <description/>\n      <supertypeName>uima.tcas.Annotation</supertypeName>\n      <features>"
        );
        for (feature, of) in features {
            let _ = writeln!(
                out,
                "        <featureDescription>\n          <name>{feature}</name>\n          <description/>\n          <rangeTypeName>{of}</rangeTypeName>\n        </featureDescription>"
            );
        }
        out += "      </features>\n    </typeDescription>\n";
    }
    out + "  </types>\n</typeSystemDescription>\n"
}

/// The annotations as XMI; what XML has no place for is a space.
pub(super) fn write(annotations: &Annotations) -> String {
    let graph = Graph::of(annotations, false);
    let offsets = Offsets::utf16(&annotations.text);
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xmi:XMI xmlns:xmi=\"http://www.omg.org/XMI\" xmlns:cas=\"http:///uima/cas.ecore\" xmlns:tcas=\"http:///uima/tcas.ecore\" xmlns:custom=\"http:///webanno/custom.ecore\" xmi:version=\"2.0\">\n  <cas:NULL xmi:id=\"0\"/>\n",
    );
    let _ = writeln!(
        out,
        "  <tcas:DocumentAnnotation xmi:id=\"2\" sofa=\"1\" begin=\"0\" end=\"{}\" language=\"en\"/>",
        offsets.count()
    );
    let first = 3;
    let mut id = first;
    for node in &graph.nodes {
        let [begin, end] = offsets.units(node.span.range);
        let _ = write!(out, "  <custom:Onrecord xmi:id=\"{id}\" sofa=\"1\" begin=\"{begin}\" end=\"{end}\"");
        for (feature, value) in features(&node.span) {
            let _ = write!(out, " {feature}=\"{}\"", escaped(&value));
        }
        out += "/>\n";
        id += 1;
    }
    for link in &graph.links {
        let [begin, end] = offsets.units(graph.nodes[link.to].span.range);
        let (governor, dependent) = (first + link.from, first + link.to);
        let _ = writeln!(
            out,
            "  <custom:OnrecordLink xmi:id=\"{id}\" sofa=\"1\" begin=\"{begin}\" end=\"{end}\" Dependent=\"{dependent}\" Governor=\"{governor}\" key=\"{}\"/>",
            link.key
        );
        id += 1;
    }
    let members: Vec<String> = (2..id).map(|member| member.to_string()).collect();
    let text = escaped(&annotations.text);
    let _ = write!(
        out,
        "  <cas:Sofa xmi:id=\"1\" sofaNum=\"1\" sofaID=\"_InitialView\" mimeType=\"text\" sofaString=\"{text}\"/>\n  <cas:View sofa=\"1\" members=\"{}\"/>\n</xmi:XMI>\n",
        members.join(" ")
    );
    out
}

/// An annotation as it stands in the file.
struct Element {
    line: usize,
    kind: String,
    attributes: Vec<(String, String)>,
}

impl Element {
    fn value(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    fn number(&self, name: &str) -> Result<u64, ImportError> {
        self.value(name)
            .and_then(|value| value.parse().ok())
            .ok_or_else(|| ImportError::new(self.line, format!("<{}> has no number '{name}'", self.kind)))
    }
}

/// The annotations of an XMI file.
///
/// # Errors
/// [`ImportError`] where it is none, or an annotation lies outside its text.
pub(super) fn read(name: &str, xmi: &str) -> Result<Imported, ImportError> {
    let elements = elements(xmi)?;
    let text =
        elements.iter().find(|one| one.kind == "uima.cas.Sofa").and_then(|one| one.value("sofaString"));
    let text = text.ok_or_else(|| ImportError::new(1, "there is no <cas:Sofa> with a 'sofaString'"))?;
    let offsets = Offsets::utf16(text);
    let mut layers = Layers::default();
    for one in &elements {
        match Layer::of(&one.kind) {
            Layer::Silent => {}
            Layer::Unknown => *layers.unheld.entry(one.kind.clone()).or_default() += 1,
            Layer::Link => {
                let key = one.value("key").unwrap_or_default().to_owned();
                layers.relations.push((key, one.number("Governor")?, one.number("Dependent")?));
            }
            layer => {
                let place = |key: &str| one.number(key).map(|n| usize::try_from(n).unwrap_or(usize::MAX));
                let range = offsets.range(place("begin")?, place("end")?);
                let range = range.map_err(|error| ImportError::new(one.line, error))?;
                let mut span = AnnotatedSpan { range, ..AnnotatedSpan::default() };
                let own = ["xmi:id", "sofa", "begin", "end"];
                for (feature, value) in one.attributes.iter().filter(|(key, _)| !own.contains(&key.as_str()))
                {
                    set(&mut span, feature, value);
                }
                layers.span(one.number("xmi:id")?, layer, span);
            }
        }
    }
    Ok(layers.imported(name, text.to_owned()))
}

/// The elements of an XMI file, each with the UIMA type it stands for.
fn elements(xmi: &str) -> Result<Vec<Element>, ImportError> {
    let mut reader = Reader::from_str(xmi);
    let mut spaces: Vec<(String, String)> = Vec::new();
    let mut out = Vec::new();
    let mut lines = (0, 1);
    let mut begun = false;
    loop {
        let before = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let event = reader.read_event();
        lines.1 += memchr::memchr_iter(b'\n', &xmi.as_bytes()[lines.0..before.min(xmi.len())]).count();
        lines.0 = before.min(xmi.len());
        let line = lines.1;
        match event {
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                let attributes = attributes_of(&tag, line)?;
                let name = tag.name().as_ref().to_owned();
                if !begun && name != "xmi:XMI" {
                    return Err(ImportError::new(
                        line,
                        format!("<{name}> is no XMI: that begins with <xmi:XMI>"),
                    ));
                }
                begun = true;
                for (key, uri) in &attributes {
                    if let Some(prefix) = key.strip_prefix("xmlns:") {
                        spaces.push((prefix.to_owned(), uri.clone()));
                    }
                }
                let Some((prefix, short)) = name.split_once(':') else { continue };
                let uri = spaces.iter().rev().find(|(known, _)| known == prefix).map(|(_, uri)| uri.as_str());
                let package = uri.and_then(|uri| uri.strip_prefix("http:///")?.strip_suffix(".ecore"));
                if let Some(package) = package {
                    let kind = format!("{}.{short}", package.replace('/', "."));
                    out.push(Element { line, kind, attributes });
                }
            }
            Ok(Event::Eof) if begun => return Ok(out),
            Ok(Event::Eof) => {
                return Err(ImportError::new(line, "this is no XMI: that begins with <xmi:XMI>"));
            }
            Ok(_) => {}
            Err(error) => return Err(ImportError::new(line, format!("this is not XML: {error}"))),
        }
    }
}

fn attributes_of(tag: &BytesStart<'_>, line: usize) -> Result<Vec<(String, String)>, ImportError> {
    let wrong = |error: &dyn std::fmt::Display| ImportError::new(line, format!("this is not XML: {error}"));
    let mut out = Vec::new();
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|error| wrong(&error))?;
        let value = quick_xml::escape::unescape(&attribute.value).map_err(|error| wrong(&error))?;
        out.push((attribute.key.as_ref().to_owned(), value.into_owned()));
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::annotations::articles_come_back;

    #[test]
    fn articles_come_back_from_xmi_as_they_were() {
        articles_come_back(|before| read(&before.name, &write(before)).unwrap());
    }

    #[test]
    fn white_space_and_signs_of_xml_survive() {
        let before = Annotations::read("a", "😀\ta < b & \"c\"\r\n\r\n[Zoë]{.source ref=\"a & <b>\"}\n");
        assert_eq!(read("a", &write(&before)).unwrap().annotations, before);
    }

    #[test]
    fn bad_files_are_errors_with_their_line() {
        let error = |xmi: &str| read("a", xmi).unwrap_err().to_string();
        assert!(error("<html/>").contains("begins with <xmi:XMI>"));
        assert!(error("").contains("begins with <xmi:XMI>"));
        let xmi = write(&Annotations::read("a", "[a]{.claim}"));
        assert!(
            error(&xmi.replace("end=\"1\" label", "end=\"x\" label"))
                .starts_with("5: <webanno.custom.Onrecord> has no number 'end'")
        );
        assert!(error(&xmi.replace("sofaString", "string")).contains("sofaString"));
    }
}
