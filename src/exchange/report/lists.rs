//! The sentences behind the numbers.

use std::path::Path;

use maud::{Markup, html};
use rustc_hash::FxHashMap;

use super::{counted, grouped};
use crate::exchange::statistics::{Claim, Claims, Statistics};

/// Sentences of a list at most; those left out are counted.
const SENTENCES: usize = 6;

/// Sentences of a list that stands in a section of its own at most.
const MORE_SENTENCES: usize = 10;

/// Lists of a page at most: with all the others they keep it under a few megabytes.
const LISTS: usize = 1200;

/// The lists that numbers lead to, each once.
pub(super) struct Lists<'a> {
    figures: &'a Statistics,
    folder: Option<&'a Path>,
    places: FxHashMap<Claims, usize>,
    made: Vec<(String, Claims)>,
}

impl<'a> Lists<'a> {
    pub(super) fn new(figures: &'a Statistics, folder: Option<&'a Path>) -> Self {
        Self { figures, folder, places: FxHashMap::default(), made: Vec::new() }
    }

    /// The address in the page of the list of `claims`, which is made where it is not there; none for no claims, and
    /// where the page has too many.
    pub(super) fn address(&mut self, claims: &[u32], title: &str) -> Option<String> {
        if claims.is_empty() {
            return None;
        }
        let at = match self.places.get(claims) {
            Some(at) => *at,
            None if self.made.len() >= LISTS => return None,
            None => {
                self.made.push((title.to_owned(), claims.to_owned()));
                self.places.insert(claims.to_owned(), self.made.len() - 1);
                self.made.len() - 1
            }
        };
        Some(format!("#list-{}", at + 1))
    }

    /// How many `claims` are, leading to them.
    pub(super) fn number(&mut self, claims: &[u32], title: &str) -> Markup {
        self.link(claims, title, &grouped(claims.len()))
    }

    /// `text` leading to `claims`.
    pub(super) fn link(&mut self, claims: &[u32], title: &str, text: &str) -> Markup {
        let Some(address) = self.address(claims, title) else { return html! { (text) } };
        html! { a href=(address) { (text) } }
    }

    /// The sentences of `claims` where they stand.
    pub(super) fn sentences(&self, claims: &[u32]) -> Markup {
        self.list(claims, MORE_SENTENCES)
    }

    /// All lists.
    pub(super) fn render(&self) -> Markup {
        html! {
            p.quiet { "The sentences behind the numbers above, with path and line." }
            @for (at, (title, claims)) in self.made.iter().enumerate() {
                h3 id={ "list-" (at + 1) } {
                    (title) " " span.quiet { "(" (counted(claims.len(), "claim", "claims")) ")" }
                }
                (self.list(claims, SENTENCES))
            }
        }
    }

    /// The sentences of `claims`, one that holds several of them once. Of too many those shown are spread evenly over all.
    fn list(&self, claims: &[u32], most: usize) -> Markup {
        let mut sentences: Vec<(&str, &Claim, usize)> = Vec::new();
        for (article, claim) in claims.iter().filter_map(|number| self.figures.claim(*number)) {
            match sentences.last_mut() {
                Some((path, last, count))
                    if *path == article.path
                        && (last.line, &last.sentence) == (claim.line, &claim.sentence) =>
                {
                    *count += 1;
                }
                _ => sentences.push((&article.path, claim, 1)),
            }
        }
        let all = sentences.len();
        let shown = (0..all.min(most)).map(|at| &sentences[at * all / all.min(most)]);
        html! {
            ul.sentences {
                @for (path, claim, count) in shown {
                    li {
                        q { (claim.sentence) } " " code { (self.shown(path)) ":" (claim.line) }
                        @if *count > 1 { " " span.quiet { (count) " claims" } }
                    }
                }
                @if all > most {
                    li.quiet { (grouped(most)) " of " (counted(all, "sentence", "sentences")) ", spread evenly over all" }
                }
            }
        }
    }

    /// `path` from the folder of the page.
    fn shown<'p>(&self, path: &'p str) -> std::borrow::Cow<'p, str> {
        let inside = self.folder.and_then(|folder| Path::new(path).strip_prefix(folder).ok());
        inside.map_or(path.into(), Path::to_string_lossy)
    }
}
