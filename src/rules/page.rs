//! A rule's page: the one text that serves hover, command line and documentation.

/// A page, cut into its sections.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<'a> {
    /// The whole text, Markdown.
    pub text: &'a str,
    /// The first line's title, without `# `.
    pub title: &'a str,
    /// The sections: heading and text.
    pub sections: Vec<(&'a str, &'a str)>,
}

impl<'a> Page<'a> {
    /// Cuts `text` at its `## ` headings.
    pub fn read(text: &'a str) -> Self {
        let mut parts = text.split("\n## ");
        let head = parts.next().unwrap_or("");
        let title = head.lines().next().unwrap_or("").trim_start_matches("# ");
        let sections = parts
            .map(|part| part.split_once('\n').unwrap_or((part, "")))
            .map(|(a, b)| (a.trim(), b.trim()))
            .collect();
        Self { text, title, sections }
    }

    /// The text of the section `heading`.
    pub fn section(&self, heading: &str) -> Option<&'a str> {
        self.sections.iter().find(|(name, _)| *name == heading).map(|(_, text)| *text)
    }

    /// The articles in the code fences of a section, in order.
    pub fn articles(&self, heading: &str) -> Vec<&'a str> {
        let Some(mut rest) = self.section(heading) else { return Vec::new() };
        let mut out = Vec::new();
        while let Some((_, after)) = rest.split_once("```article\n") {
            let Some((article, tail)) = after.split_once("```") else { break };
            out.push(article);
            rest = tail;
        }
        out
    }
}
