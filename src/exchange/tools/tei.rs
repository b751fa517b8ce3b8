//! TEI P5: an article with its spans inline, and what they say as feature structures.
//!
//! <https://tei-c.org/release/doc/tei-p5-doc/en/html/>. A claim is `<said>`, a quotation `<quote>`, an actor
//! or source `<rs>`, a hole `<gap>`, any other span `<seg>`. `who` points at those who say it, `ana` at an
//! `<fs>` in `<standOff>` with id, classes and keys as they are written, which is what is read back. The
//! header stands as it is in `<xenoData>`. Paragraphs are runs of lines that are not blank.

use std::fmt::Write as _;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::article::SpanClass;
use crate::exchange::Place;
use crate::exchange::intake::Intake;
use crate::exchange::intake::tree::{Element, Tree};
use crate::exchange::registry::ImportError;
use crate::exchange::xml::{escaped, is_foreign};
use crate::exchange::{AnnotatedSpan, Annotations, Imported};
use crate::text::{TextRange, range};

/// The type of the `<xenoData>` that is an article's header.
const HEADER: &str = "onrecord-header";

/// Elements that are read as a claim, or as a mention of an actor.
const CLAIMS: [&str; 1] = ["said"];
const ACTORS: [&str; 5] = ["persName", "orgName", "placeName", "name", "rs"];

/// Elements that stand apart from those around them.
const BLOCKS: [&str; 7] = ["p", "ab", "head", "l", "item", "sp", "u"];

/// The article as TEI, and what TEI has no place for.
pub(super) fn write(annotations: &Annotations) -> (String, Vec<String>) {
    let header = &annotations.header;
    let (head, body) = annotations.text.split_at(annotations.body());
    let title = header.title.as_ref().map_or(annotations.name.as_str(), |title| &title.text);
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TEI xmlns=\"http://www.tei-c.org/ns/1.0\">\n  <teiHeader>\n    <fileDesc>\n      <titleStmt>\n        <title>{}</title>\n",
        text_of(title)
    );
    if let Some(byline) = &header.byline {
        let _ = writeln!(out, "        <author>{}</author>", text_of(&byline.text));
    }
    out += "      </titleStmt>\n      <publicationStmt>\n";
    let outlet = header.outlet.as_ref().map_or("unknown", |outlet| &outlet.text);
    let _ = writeln!(out, "        <publisher>{}</publisher>", text_of(outlet));
    if let Some(day) = header.day() {
        let _ = writeln!(out, "        <date when=\"{day}\">{day}</date>");
    }
    out += "      </publicationStmt>\n      <sourceDesc>\n        <p>An annotated news article.</p>\n      </sourceDesc>\n    </fileDesc>\n";
    if !head.is_empty() {
        let _ = writeln!(
            out,
            "    <xenoData type=\"{HEADER}\" xml:space=\"preserve\">{}</xenoData>",
            text_of(head)
        );
    }
    out += "  </teiHeader>\n  <text>\n    <body xml:space=\"preserve\">";
    let mut writer = Writer::new(annotations);
    let mut done = annotations.body();
    let mut any = false;
    for paragraph in paragraphs(&annotations.text, annotations.body()) {
        out += &text_of(&annotations.text[done..usize::from(paragraph.start())]);
        writer.paragraph(&mut out, paragraph);
        done = paragraph.end().into();
        any = true;
    }
    let rest = text_of(&annotations.text[done..]);
    out += if any { "" } else { "<p/>" };
    let _ = write!(out, "{rest}</body>\n  </text>\n");
    if !writer.structures.is_empty() {
        let _ = writeln!(out, "  <standOff>\n{}  </standOff>", writer.structures);
    }
    out += "</TEI>\n";
    let mut lost = Vec::new();
    if writer.written < annotations.spans.len() {
        let count = annotations.spans.len() - writer.written;
        lost.push(format!(
            "{count} spans cross others or the end of a paragraph, and have no place in TEI inline"
        ));
    }
    if writer.strange > 0 {
        lost.push(format!("{} keys have names that XML does not know", writer.strange));
    }
    let foreign = head.chars().chain(body.chars()).filter(|char| is_foreign(*char)).count();
    if foreign > 0 {
        lost.push(format!("XML has no place for {foreign} characters; they are spaces there"));
    }
    (out, lost)
}

/// `text` as the content of an element.
fn text_of(text: &str) -> String {
    // Line breaks and tabs stay as they are there; what an attribute needs else is right here too.
    escaped(text).replace("&#10;", "\n").replace("&#9;", "\t").replace("&quot;", "\"")
}

/// The runs of lines from byte `from` that are not blank, without the last one's line break.
fn paragraphs(text: &str, from: usize) -> Vec<TextRange> {
    let mut out: Vec<TextRange> = Vec::new();
    let mut open: Option<(usize, usize)> = None;
    let mut at = from;
    for line in text[from..].split_inclusive(['\n', '\r']) {
        let end = at + line.trim_end_matches(['\n', '\r']).len();
        match (line.trim().is_empty(), &mut open) {
            // What stands between `\r` and `\n` is no line.
            (true, _) if line == "\n" && text[..at].ends_with('\r') => {}
            (true, open) => out.extend(open.take().map(|(start, end)| range(start, end))),
            (false, Some((_, last))) => *last = end,
            (false, open) => *open = Some((at, end)),
        }
        at += line.len();
    }
    out.extend(open.map(|(start, end)| range(start, end)));
    out
}

/// Writes spans as elements.
struct Writer<'a> {
    annotations: &'a Annotations,
    /// The ids that can stand as `xml:id`.
    ids: FxHashMap<&'a str, usize>,
    structures: String,
    written: usize,
    strange: usize,
}

impl<'a> Writer<'a> {
    fn new(annotations: &'a Annotations) -> Self {
        let mut ids: FxHashMap<&str, usize> = FxHashMap::default();
        for (index, span) in annotations.spans.iter().enumerate() {
            if let Some(id) = span.id.as_deref().filter(|id| is_name(id)) {
                ids.entry(id).or_insert(index);
            }
        }
        Self { annotations, ids, structures: String::new(), written: 0, strange: 0 }
    }

    fn paragraph(&mut self, out: &mut String, of: TextRange) {
        let annotations = self.annotations;
        let mut open: Vec<(usize, &'static str)> = Vec::new();
        let mut done = usize::from(of.start());
        out.push_str("<p>");
        for (index, span) in annotations.spans.iter().enumerate() {
            if !of.contains_range(span.range) {
                continue;
            }
            let (start, end) = (usize::from(span.range.start()), usize::from(span.range.end()));
            while let Some((to, name)) = open.last().copied()
                && (to < start || (to == start && start != end))
            {
                out.push_str(&text_of(&annotations.text[done..to]));
                let _ = write!(out, "</{name}>");
                done = to;
                open.pop();
            }
            if open.last().is_some_and(|(to, _)| *to < end) {
                continue;
            }
            out.push_str(&text_of(&annotations.text[done..start]));
            done = start;
            self.written += 1;
            let name = element_of(span);
            let _ = write!(out, "<{name}{}", self.attributes(index, span, name));
            if start == end {
                out.push_str("/>");
            } else {
                out.push('>');
                open.push((end, name));
            }
        }
        while let Some((to, name)) = open.pop() {
            out.push_str(&text_of(&annotations.text[done..to]));
            let _ = write!(out, "</{name}>");
            done = to;
        }
        out.push_str(&text_of(&annotations.text[done..usize::from(of.end())]));
        out.push_str("</p>");
    }

    /// The attributes of the element for the span at `index`, whose feature structure is written beside.
    fn attributes(&mut self, index: usize, span: &AnnotatedSpan, name: &str) -> String {
        let mut out = String::new();
        if let Some(id) = span.id.as_deref().filter(|id| self.ids.get(id) == Some(&index)) {
            let _ = write!(out, " xml:id=\"{}\"", escaped(id));
        }
        let pointers = |key: &str| -> Vec<String> {
            let known = span.values(key).filter(|id| self.ids.contains_key(id));
            known.map(|id| format!("#{}", escaped(id))).collect()
        };
        for (attribute, key, only) in
            [("who", "by", Some("said")), ("corresp", "for", None), ("prev", "part-of", None)]
        {
            let to = pointers(key);
            // `prev` points at one element.
            let fits = only.is_none_or(|only| only == name) && (attribute != "prev" || to.len() == 1);
            if fits && !to.is_empty() {
                let _ = write!(out, " {attribute}=\"{}\"", to.join(" "));
            }
        }
        if name == "rs" {
            if let Some(key) = span.value("ref").filter(|key| !key.contains(char::is_whitespace)) {
                let _ = write!(out, " key=\"{}\"", escaped(key));
            }
        } else if name == "gap" {
            out.push_str(" reason=\"missing\"");
        }
        if let Some(class) =
            span.classes.first().filter(|class| name != "said" && name != "gap" && is_name(class))
        {
            let _ = write!(out, " type=\"{}\"", escaped(class));
        }
        let _ = write!(out, " ana=\"#onrecord.{}\"", index + 1);
        self.structure(index, span);
        out
    }

    fn structure(&mut self, index: usize, span: &AnnotatedSpan) {
        let _ = writeln!(self.structures, "    <fs xml:id=\"onrecord.{}\" type=\"onrecord\">", index + 1);
        let mut feature = |name: &str, value: &str| {
            let _ =
                writeln!(self.structures, "      <f name=\"{name}\"><string>{}</string></f>", text_of(value));
        };
        span.id.iter().for_each(|id| feature("id", id));
        span.classes.iter().for_each(|class| feature("class", class));
        for (key, value) in &span.keys {
            if is_name(key) {
                feature(&format!("key.{key}"), value);
            } else {
                self.strange += 1;
            }
        }
        self.structures.push_str("    </fs>\n");
    }
}

/// The element for a span.
fn element_of(span: &AnnotatedSpan) -> &'static str {
    match span.class() {
        _ if span.range.is_empty() => "gap",
        Some(SpanClass::Claim) => "said",
        Some(SpanClass::Quote) => "quote",
        Some(SpanClass::Actor | SpanClass::Source) => "rs",
        _ => "seg",
    }
}

/// Whether `name` can be an `xml:id`: a letter, then letters, digits, `-`, `_` and full stops.
fn is_name(name: &str) -> bool {
    name.starts_with(|char: char| char.is_alphabetic() || char == '_')
        && name.chars().all(|char| char.is_alphanumeric() || matches!(char, '-' | '_' | '.'))
        && !name.starts_with("onrecord.")
}

/// Reads an article from TEI: its own, or another's, of which `<said>` becomes a claim and a name a mention
/// of an actor.
///
/// # Errors
/// [`ImportError`] where it is no XML, or has no `<body>`.
pub(super) fn read(name: &str, tei: &str) -> Result<Imported, ImportError> {
    let tree = Tree::xml(tei).map_err(|error| {
        let line = match error.place {
            Some(Place::Line(line)) => usize::try_from(line).unwrap_or(1),
            _ => 1,
        };
        ImportError::new(line, error.message)
    })?;
    let root = tree.root();
    let body = root.find(&["TEI", "text", "body"]);
    let body =
        body.ok_or_else(|| ImportError::new(1, "this is no TEI: there is no <body> in <TEI><text>"))?;
    let own = root.all("xenoData").find(|data| data.attribute("type") == Some(HEADER));
    let mut structures: FxHashMap<&str, AnnotatedSpan> = FxHashMap::default();
    for fs in root.all("fs").filter(|fs| fs.attribute("type") == Some("onrecord")) {
        structures.insert(fs.attribute("id").unwrap_or_default(), structure(fs));
    }
    let preserve = body.attribute("space") == Some("preserve");
    let head = match own {
        Some(header) => header.text(),
        None if preserve => String::new(),
        None => described(root).front_matter(&[], &[]),
    };
    let mut reader =
        Reader { text: head, preserve, structures, spans: Vec::new(), lost: FxHashSet::default() };
    let from = reader.text.len();
    reader.read(body, from);
    if !preserve {
        let end = reader.text.trim_end().len().max(from);
        reader.text.truncate(end);
    }
    let Reader { text, spans, lost, .. } = reader;
    let mut annotations = Annotations::of_text(name, text);
    annotations.spans = spans;
    annotations.sort();
    let mut lost: Vec<String> =
        lost.into_iter().map(|name| format!("<{name}> has no place in an article; its text stays")).collect();
    lost.sort();
    Ok(Imported { annotations, lost })
}

/// What a feature structure says of a span.
fn structure(fs: Element<'_>) -> AnnotatedSpan {
    let mut span = AnnotatedSpan::default();
    for f in fs.children().filter(|f| f.name() == "f") {
        let value = f.text();
        match f.attribute("name").unwrap_or_default() {
            "id" => span.id = Some(value),
            "class" => span.classes.push(value),
            key => span.set(key.strip_prefix("key.").unwrap_or(key), &value),
        }
    }
    span
}

/// What the header of another's TEI says of the article.
fn described(root: Element<'_>) -> Intake {
    let words =
        |path: &[&'static str]| root.find(path).map(Element::text).filter(|text| !text.trim().is_empty());
    let date = root.find(&["teiHeader", "date"]).and_then(|date| date.attribute("when"));
    Intake {
        title: words(&["titleStmt", "title"]),
        byline: words(&["titleStmt", "author"]),
        outlet: words(&["publicationStmt", "publisher"]),
        date: date.and_then(|date| date.get(..10)).and_then(|date| date.parse().ok()),
        ..Intake::default()
    }
}

struct Reader<'a> {
    text: String,
    /// Whether white space is the text's; else it is only how the file is laid out.
    preserve: bool,
    structures: FxHashMap<&'a str, AnnotatedSpan>,
    spans: Vec<AnnotatedSpan>,
    /// Elements that mean nothing here.
    lost: FxHashSet<String>,
}

impl Reader<'_> {
    /// Reads what is in `element`; the body began at byte `from`.
    fn read(&mut self, element: Element<'_>, from: usize) {
        for child in element.children() {
            if let Some(words) = child.words() {
                self.words(words, from);
                continue;
            }
            let name = child.name();
            if !self.preserve && BLOCKS.contains(&name) {
                let end = self.text.trim_end_matches(' ').len().max(from);
                self.text.truncate(end);
                if end > from {
                    self.text.push_str("\n\n");
                }
            }
            let place = self.spans.len();
            let start = self.text.len();
            let span = self.span(child);
            let is_span = span.is_some();
            self.spans.extend(span);
            self.read(child, from);
            if is_span {
                let end = self.text.len();
                let end = if self.preserve { end } else { self.text.trim_end().len().max(start) };
                self.spans[place].range = range(start, end);
            }
        }
    }

    fn words(&mut self, words: &str, from: usize) {
        if self.preserve {
            self.text.push_str(words);
            return;
        }
        for char in words.chars() {
            let blank = char.is_whitespace();
            if !blank {
                self.text.push(char);
            } else if self.text.len() > from && !self.text.ends_with([' ', '\n']) {
                self.text.push(' ');
            }
        }
    }

    /// The span an element stands for, without its place.
    fn span(&mut self, element: Element<'_>) -> Option<AnnotatedSpan> {
        let mut own = element.attribute("ana").unwrap_or_default().split_whitespace();
        if let Some(span) = own.find_map(|to| to.strip_prefix('#').and_then(|id| self.structures.get(id))) {
            return Some(span.clone());
        }
        let name = element.name();
        let class = match name {
            _ if CLAIMS.contains(&name) => "claim",
            _ if ACTORS.contains(&name) => "actor",
            "quote" | "q" => "quote",
            _ if BLOCKS.contains(&name) || matches!(name, "div" | "lb" | "pb" | "list") => return None,
            _ => {
                self.lost.insert(name.to_owned());
                return None;
            }
        };
        let mut span = AnnotatedSpan { classes: vec![class.to_owned()], ..AnnotatedSpan::default() };
        span.id = element.attribute("id").map(str::to_owned);
        if let Some(who) = element.attribute("who") {
            span.set("by", &who.replace('#', ""));
        }
        let actor = element.attribute("key").or(element.attribute("ref"));
        if let Some(actor) = actor.filter(|_| class == "actor") {
            span.set("ref", actor.trim_start_matches('#'));
        }
        Some(span)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::annotations::articles_come_back;

    #[test]
    fn articles_come_back_from_tei_as_they_were() {
        articles_come_back(|before| {
            let (tei, lost) = write(before);
            assert_eq!(lost, Vec::<String>::new(), "{}", before.name);
            read(&before.name, &tei).unwrap()
        });
    }

    #[test]
    fn a_claim_is_said_by_who_it_names() {
        let article = "date 2026-03-01 [Zoë & Co.]{#z .source ref=zoe} [said]{.cue for=c} [no []{.missing ref=fra}]{#c .claim by=z}\r\n";
        let (tei, _) = write(&Annotations::read("a", article));
        assert!(
            tei.contains("<body xml:space=\"preserve\"><p><rs xml:id=\"z\" key=\"zoe\" type=\"source\" ana=\"#onrecord.1\">Zoë &amp; Co.</rs> <seg corresp=\"#c\" type=\"cue\" ana=\"#onrecord.2\">said</seg> <said xml:id=\"c\" who=\"#z\" ana=\"#onrecord.3\">no <gap reason=\"missing\" ana=\"#onrecord.4\"/></said></p>&#13;\n</body>"),
            "{tei}"
        );
        assert_eq!(read("a", &tei).unwrap().annotations, Annotations::read("a", article));
    }

    #[test]
    fn the_tei_of_others_is_read() {
        let tei = "<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"><teiHeader><fileDesc><titleStmt><title>Pier shut</title></titleStmt>\n<publicationStmt><date when=\"2026-03-02\"/></publicationStmt></fileDesc></teiHeader>\n<text><body>\n  <p><persName ref=\"#lee\">Ann\n   Lee</persName> said <said who=\"#lee\">it is\n   <hi>shut</hi></said>.</p>\n  <p>So it was.</p>\n</body></text></TEI>";
        let read = read("a", tei).unwrap();
        assert_eq!(
            read.annotations.write().article,
            "---\ndate: 2026-03-02\ntitle: Pier shut\n---\n[Ann Lee]{.actor ref=lee} said [it is shut]{.claim by=lee}.\n\nSo it was."
        );
        assert_eq!(read.lost, ["<hi> has no place in an article; its text stays"]);
    }

    #[test]
    fn bad_files_are_errors_with_their_line() {
        let error = |tei: &str| read("a", tei).unwrap_err().to_string();
        assert!(error("<TEI/>").starts_with("1: this is no TEI"));
        assert!(error("<TEI>\n<text></TEI>").starts_with("2: this is not XML"));
    }
}
