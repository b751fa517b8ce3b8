//! HTML and XML as one tree, in a table so that depth costs no call stack.

use std::borrow::Cow;
use std::cell::{Cell, RefCell, RefMut};
use std::rc::Rc;

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink as _};
use html5ever::{Attribute, ParseOpts, QualName, parse_document};
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::{IntakeError, Place};

/// How deep an element may stand: as deep as browsers let it.
const MAX_DEPTH: usize = 512;

/// How many bytes of a page are read between two looks at how deep it is.
const STRETCH: usize = 16 * 1024;

/// A document. Its first node is the document itself, which has no name.
#[derive(Debug)]
pub(in crate::exchange) struct Tree {
    nodes: Vec<Node>,
}

#[derive(Debug, Default)]
struct Node {
    /// The local name in small letters for HTML, as written for XML; empty for text.
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
    children: Vec<usize>,
    parent: Option<usize>,
    /// In HTML, in how many others it stood when it was put there.
    depth: usize,
}

/// A node of a [`Tree`].
#[derive(Clone, Copy, Debug)]
pub(in crate::exchange) struct Element<'a> {
    tree: &'a Tree,
    at: usize,
}

impl PartialEq for Element<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.tree, other.tree) && self.at == other.at
    }
}

impl Tree {
    /// Reads a page as a browser does. It fails at one thing only: HTML's rules look through all open elements
    /// at each tag, so that a page may not nest deeper than any that was made to be read.
    pub(in crate::exchange) fn html(text: &str) -> Result<Self, IntakeError> {
        let too_deep = Rc::new(Cell::new(false));
        let nodes = RefCell::new(vec![Node::default()]);
        let sink = Sink { nodes, root: Handle::root(), too_deep: Rc::clone(&too_deep) };
        let mut parser = parse_document(sink, ParseOpts::default());
        let mut rest = text;
        while !rest.is_empty() {
            let end = (0..=STRETCH.min(rest.len())).rev().find(|at| rest.is_char_boundary(*at));
            let (stretch, after) = rest.split_at(end.unwrap_or(rest.len()));
            parser.process(stretch.into());
            if too_deep.get() {
                let message = format!("this page nests more than {MAX_DEPTH} elements deep");
                return Err(IntakeError::new(message));
            }
            rest = after;
        }
        Ok(parser.finish())
    }

    /// Reads XML; names are without their prefixes.
    pub(in crate::exchange) fn xml(text: &str) -> Result<Self, IntakeError> {
        let mut nodes = vec![Node::default()];
        let mut open = vec![0];
        let mut reader = Reader::from_str(text);
        let mut depth_passed = false;
        loop {
            let event = reader.read_event();
            let at = usize::try_from(reader.error_position()).unwrap_or(0);
            let wrong = |message: &str| {
                let line = 1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count() as u64;
                IntakeError::at(Place::Line(line), format!("this is not XML: {message}"))
            };
            let event = event.map_err(|error| wrong(&error.to_string()))?;
            let top = open.last().copied().unwrap_or(0);
            match event {
                Event::Start(start) => {
                    depth_passed |= open.len() > MAX_DEPTH;
                    if depth_passed {
                        return Err(wrong("it nests too deep"));
                    }
                    open.push(push(&mut nodes, top, element(&start)));
                }
                Event::Empty(start) => {
                    push(&mut nodes, top, element(&start));
                }
                Event::End(_) => {
                    open.pop();
                }
                Event::Text(words) => write(&mut nodes, top, &words.xml10_content()),
                Event::CData(words) => write(&mut nodes, top, &words.xml10_content()),
                Event::GeneralRef(name) => {
                    let char = name.resolve_char_ref().map_err(|error| wrong(&error.to_string()))?;
                    let name = name.xml10_content();
                    match char {
                        Some(char) => write(&mut nodes, top, char.encode_utf8(&mut [0; 4])),
                        None => match quick_xml::escape::resolve_html5_entity(&name) {
                            Some(words) => write(&mut nodes, top, words),
                            None => return Err(wrong(&format!("'&{name};' is not known"))),
                        },
                    }
                }
                Event::Eof if open.len() > 1 => {
                    let name = nodes.get(top).map_or("", |node| &node.name);
                    return Err(wrong(&format!("<{name}> is not closed")));
                }
                Event::Eof => return Ok(Self { nodes }),
                _ => {}
            }
        }
    }

    pub(in crate::exchange) fn root(&self) -> Element<'_> {
        Element { tree: self, at: 0 }
    }
}

fn element(start: &BytesStart<'_>) -> Node {
    let mut read = start.attributes();
    let attributes = read.with_checks(false).flatten().map(|attribute| {
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).unwrap_or_default();
        (local(attribute.key.as_ref()), value.into_owned())
    });
    let attributes = attributes.collect();
    Node { name: local(start.name().as_ref()), attributes, ..Node::default() }
}

/// A name without its prefix.
fn local(name: impl AsRef<[u8]>) -> String {
    let name = String::from_utf8_lossy(name.as_ref());
    name.rsplit(':').next().unwrap_or_default().to_owned()
}

fn push(nodes: &mut Vec<Node>, parent: usize, node: Node) -> usize {
    let at = nodes.len();
    nodes.push(Node { parent: Some(parent), ..node });
    if let Some(parent) = nodes.get_mut(parent) {
        parent.children.push(at);
    }
    at
}

/// Adds `words` to the text `parent` ends with, or as a new one.
fn write(nodes: &mut Vec<Node>, parent: usize, words: &str) {
    let last = nodes.get(parent).and_then(|node| node.children.last().copied());
    match last.and_then(|last| nodes.get_mut(last)).filter(|last| last.name.is_empty()) {
        Some(last) => last.text.push_str(words),
        None => {
            push(nodes, parent, Node { text: words.to_owned(), ..Node::default() });
        }
    }
}

impl<'a> Element<'a> {
    fn node(self) -> &'a Node {
        static NONE: Node = Node {
            name: String::new(),
            attributes: Vec::new(),
            text: String::new(),
            children: Vec::new(),
            parent: None,
            depth: 0,
        };
        self.tree.nodes.get(self.at).unwrap_or(&NONE)
    }

    /// Its name; empty for text and the document.
    pub(in crate::exchange) fn name(self) -> &'a str {
        &self.node().name
    }

    /// Its own words, when it is text.
    pub(in crate::exchange) fn words(self) -> Option<&'a str> {
        (self.name().is_empty() && self.at != 0).then_some(&self.node().text)
    }

    pub(in crate::exchange) fn attribute(self, name: &str) -> Option<&'a str> {
        let found = self.node().attributes.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    pub(in crate::exchange) fn parent(self) -> Option<Self> {
        self.node().parent.map(|at| Self { at, ..self })
    }

    pub(in crate::exchange) fn ancestors(self) -> impl Iterator<Item = Self> {
        std::iter::successors(self.parent(), |above| above.parent())
    }

    pub(in crate::exchange) fn children(self) -> impl DoubleEndedIterator<Item = Self> {
        self.node().children.iter().map(move |at| Self { at: *at, ..self })
    }

    /// All below it in document order, itself left out.
    pub(in crate::exchange) fn descendants(self) -> impl Iterator<Item = Self> {
        let mut waiting: Vec<Self> = self.children().rev().collect();
        std::iter::from_fn(move || {
            let next = waiting.pop()?;
            waiting.extend(next.children().rev());
            Some(next)
        })
    }

    /// The elements below it called `name`.
    pub(in crate::exchange) fn all(self, name: &'a str) -> impl Iterator<Item = Self> {
        self.descendants().filter(move |element| element.name() == name)
    }

    /// The first element below it that the names lead to, each somewhere below the one before.
    pub(in crate::exchange) fn find(self, path: &[&'a str]) -> Option<Self> {
        path.iter().try_fold(self, |element, name| element.all(name).next())
    }

    /// All its words.
    pub(in crate::exchange) fn text(self) -> String {
        self.descendants().filter_map(Self::words).collect()
    }
}

/// What html5ever builds the tree with.
struct Sink {
    nodes: RefCell<Vec<Node>>,
    root: Handle,
    too_deep: Rc<Cell<bool>>,
}

#[derive(Clone)]
struct Handle {
    at: usize,
    name: Rc<QualName>,
}

impl Handle {
    fn root() -> Self {
        let name = QualName::new(None, html5ever::ns!(), html5ever::local_name!(""));
        Self { at: 0, name: Rc::new(name) }
    }
}

impl Sink {
    fn nodes(&self) -> RefMut<'_, Vec<Node>> {
        self.nodes.borrow_mut()
    }

    fn detach(nodes: &mut [Node], at: usize) {
        let parent = nodes.get_mut(at).and_then(|node| node.parent.take());
        if let Some(parent) = parent.and_then(|parent| nodes.get_mut(parent)) {
            parent.children.retain(|child| *child != at);
        }
    }

    /// Puts `child` under `parent`, before its child at `before` or last.
    fn insert(&self, parent: usize, before: Option<usize>, child: NodeOrText<Handle>) {
        let mut nodes = self.nodes();
        let at = match child {
            NodeOrText::AppendNode(handle) => handle.at,
            NodeOrText::AppendText(words) if before.is_none() => return write(&mut nodes, parent, &words),
            NodeOrText::AppendText(words) => {
                nodes.push(Node { text: words.to_string(), ..Node::default() });
                nodes.len() - 1
            }
        };
        Self::detach(&mut nodes, at);
        let depth = nodes.get(parent).map_or(0, |parent| parent.depth + 1);
        if depth > MAX_DEPTH {
            self.too_deep.set(true);
        }
        if let Some(node) = nodes.get_mut(at) {
            node.parent = Some(parent);
            node.depth = depth;
        }
        if let Some(parent) = nodes.get_mut(parent) {
            let place = before.and_then(|before| parent.children.iter().position(|child| *child == before));
            parent.children.insert(place.unwrap_or(parent.children.len()), at);
        }
    }

    fn create(&self, name: QualName, attributes: Vec<Attribute>) -> Handle {
        let attribute =
            |attribute: Attribute| (attribute.name.local.to_string(), attribute.value.to_string());
        let mut nodes = self.nodes();
        nodes.push(Node {
            name: name.local.to_string(),
            attributes: attributes.into_iter().map(attribute).collect(),
            ..Node::default()
        });
        Handle { at: nodes.len() - 1, name: Rc::new(name) }
    }
}

/// What a comment is called; no element is.
const COMMENT: &str = "#comment";

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = Tree;
    type ElemName<'a> = &'a QualName;

    fn finish(self) -> Tree {
        Tree { nodes: self.nodes.into_inner() }
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        self.root.clone()
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> &'a QualName {
        &target.name
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Handle {
        self.create(name, attributes)
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        let mut handle = self.create(QualName::clone(&self.root.name), Vec::new());
        if let Some(node) = self.nodes().get_mut(handle.at) {
            COMMENT.clone_into(&mut node.name);
        }
        handle.name = Rc::clone(&self.root.name);
        handle
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        self.create_comment(StrTendril::new())
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.insert(parent.at, None, child);
    }

    fn append_based_on_parent_node(&self, element: &Handle, before: &Handle, child: NodeOrText<Handle>) {
        let has_parent = self.nodes().get(element.at).is_some_and(|node| node.parent.is_some());
        if has_parent {
            self.append_before_sibling(element, child);
        } else {
            self.append(before, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Handle) -> Handle {
        target.clone()
    }

    fn same_node(&self, one: &Handle, other: &Handle) -> bool {
        one.at == other.at
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        let parent = self.nodes().get(sibling.at).and_then(|node| node.parent);
        if let Some(parent) = parent {
            self.insert(parent, Some(sibling.at), child);
        }
    }

    fn add_attrs_if_missing(&self, target: &Handle, attributes: Vec<Attribute>) {
        let mut nodes = self.nodes();
        let Some(node) = nodes.get_mut(target.at) else { return };
        for attribute in attributes {
            let name = attribute.name.local.to_string();
            if !node.attributes.iter().any(|(known, _)| *known == name) {
                node.attributes.push((name, attribute.value.to_string()));
            }
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        Self::detach(&mut self.nodes(), target.at);
    }

    fn reparent_children(&self, node: &Handle, new: &Handle) {
        let children = self.nodes().get_mut(node.at).map(|node| std::mem::take(&mut node.children));
        let mut nodes = self.nodes();
        for child in children.into_iter().flatten() {
            if let Some(moved) = nodes.get_mut(child) {
                moved.parent = Some(new.at);
            }
            if let Some(new) = nodes.get_mut(new.at) {
                new.children.push(child);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_is_read_as_a_browser_reads_it() {
        let tree = Tree::html(
            "<!DOCTYPE html><p>One<p>Two <b>bold<i>both</b>italic</i> &eacute;<table>stray<tr><td>cell</table>",
        )
        .unwrap();
        let paragraphs: Vec<String> = tree.root().all("p").map(Element::text).collect();
        assert_eq!(paragraphs, ["One", "Two boldbothitalic é"]);
        assert_eq!(tree.root().find(&["table", "td"]).map(Element::text).as_deref(), Some("cell"));
    }

    #[test]
    fn xml_is_read_without_prefixes_and_faults_are_placed() {
        let tree =
            Tree::xml("<a xmlns:x='u'><x:b k='&lt;1'>T&#233;<![CDATA[ <raw>]]> &amp;&nbsp;x</x:b></a>")
                .unwrap();
        let found = tree.root().find(&["a", "b"]).unwrap();
        assert_eq!((found.text().as_str(), found.attribute("k")), ("Té <raw> &\u{a0}x", Some("<1")));
        let error = |text: &str| Tree::xml(text).unwrap_err().to_string();
        assert!(error("<a>\n<b></a>").starts_with("2: this is not XML: "), "{}", error("<a>\n<b></a>"));
        assert!(error("<a>\n<b>").contains("<b> is not closed"));
        assert!(error(&"<a>".repeat(1000)).contains("too deep"));
    }

    #[test]
    fn a_page_nests_as_deep_as_any_page_does() {
        let page = |deep: usize| format!("{}<p>Deep.", "<div>".repeat(deep));
        assert_eq!(Tree::html(&page(500)).unwrap().root().text(), "Deep.");
        assert!(Tree::html(&page(20_000)).unwrap_err().to_string().contains("512 elements deep"));
    }
}
