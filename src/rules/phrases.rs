//! Words and phrases looked for in a text.

use rustc_hash::FxHashMap;

use super::RuleContext;
use crate::language::word_set::WordShapes;
use crate::language::{Tokens, entries, with_lower_case};
use crate::text::TextRange;

/// Phrases by their first word, in lower case.
pub(super) struct Phrases {
    rests: FxHashMap<&'static str, Vec<Vec<&'static str>>>,
    firsts: WordShapes,
}

impl Phrases {
    /// Reads a list: one phrase a line, its tokens apart, `#` begins a comment.
    pub(super) fn read(list: &'static str) -> Self {
        let mut map: FxHashMap<&str, Vec<Vec<&str>>> = FxHashMap::default();
        for entry in entries(list) {
            let mut words = entry.split(' ');
            if let Some(first) = words.next() {
                map.entry(first).or_default().push(words.collect());
            }
        }
        Self { firsts: WordShapes::of(map.keys().copied()), rests: map }
    }

    /// The length in tokens of the longest phrase that begins at token `at`.
    pub(super) fn at(&self, tokens: Tokens<'_>, at: usize) -> Option<usize> {
        let text = tokens.text(at);
        if !self.firsts.may_have(text) {
            return None;
        }
        let rests = self.rests.get(text).or_else(|| {
            let capital = tokens.list.get(at).is_some_and(|token| token.capital);
            capital.then(|| with_lower_case(text, |lower| self.rests.get(lower))).flatten().flatten()
        })?;
        let stands = |rest: &&Vec<&str>| rest.iter().zip(at + 1..).all(|(word, at)| tokens.is(at, word));
        rests.iter().filter(stands).map(|rest| 1 + rest.len()).max()
    }

    /// The places of phrases outside quotation marks, in bytes of the prose.
    pub(super) fn unquoted<'a>(
        &'a self,
        context: &'a RuleContext<'_>,
    ) -> impl Iterator<Item = TextRange> + 'a {
        let tokens = context.passage.tokens();
        (0..tokens.len())
            .filter_map(move |at| Some(tokens.span(at, at + self.at(tokens, at)? - 1)))
            .filter(|range| !context.passage.is_quoted(*range))
    }

    /// Whether one of them stands among the tokens `within`.
    pub(super) fn any(&self, tokens: Tokens<'_>, within: std::ops::Range<usize>) -> bool {
        within.into_iter().any(|at| self.at(tokens, at).is_some())
    }
}
