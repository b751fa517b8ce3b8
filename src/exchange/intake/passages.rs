//! The paragraphs of a tree.

use super::tree::Element;

/// What the elements of a form are.
pub(super) struct Shape {
    /// Those that stand apart from what is before and after them. All others are part of a line.
    pub(super) blocks: &'static [&'static str],
    /// Whether an element, with all in it, is no text of the article.
    pub(super) drops: fn(Element<'_>) -> bool,
}

/// What ends a line without ending a paragraph.
const BREAK: &str = "br";

/// The text of `root`: a paragraph each, with a blank line between two. White space is one blank, as the
/// form means it; a break stays a line break, and two are the end of a paragraph.
pub(super) fn text(root: Element<'_>, shape: &Shape) -> String {
    paragraphs(root, shape).join("\n\n")
}

/// The same as a list.
pub(super) fn paragraphs(root: Element<'_>, shape: &Shape) -> Vec<String> {
    let mut out = Vec::new();
    let mut line = String::new();
    // What is to be looked at, the next one last; none stands for the end of a block.
    let mut waiting: Vec<Option<Element<'_>>> = vec![None];
    waiting.extend(root.children().rev().map(Some));
    while let Some(next) = waiting.pop() {
        let Some(element) = next else {
            flush(&mut line, &mut out);
            continue;
        };
        if let Some(words) = element.words() {
            // Line breaks of the source are blanks; only those of `br` are kept.
            line.extend(words.chars().map(|char| if is_blank(char) { ' ' } else { char }));
        } else if element.name() == BREAK {
            line.push('\n');
        } else if !(shape.drops)(element) {
            if shape.blocks.contains(&element.name()) {
                flush(&mut line, &mut out);
                waiting.push(None);
            }
            waiting.extend(element.children().rev().map(Some));
        }
    }
    out
}

/// What HTML and XML take for white space; a no-break space is a character.
fn is_blank(char: char) -> bool {
    matches!(char, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

/// Ends the paragraph in `line`, at two breaks also inside it.
fn flush(line: &mut String, out: &mut Vec<String>) {
    let mut paragraph: Vec<String> = Vec::new();
    for part in std::mem::take(line).split('\n') {
        let words = part.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        if words.trim().is_empty() {
            out.extend((!paragraph.is_empty()).then(|| std::mem::take(&mut paragraph).join("\n")));
        } else {
            paragraph.push(words);
        }
    }
    out.extend((!paragraph.is_empty()).then(|| paragraph.join("\n")));
}
