//! Words and phrases looked for in a text.

use rustc_hash::FxHashMap;

use super::RuleContext;
use super::word_list::added;
use crate::language::word_set::WordShapes;
use crate::language::{Tokens, entries, tokenize, with_lower_case};
use crate::text::TextRange;

/// Phrases by their first word, in lower case.
pub(super) struct Phrases<'a> {
    rests: FxHashMap<&'a str, Vec<Vec<&'a str>>>,
    /// Of those that are a word alone.
    alone: WordShapes,
    /// Of the first and second words of the others: many begin as most of a text's phrases do, with "in" or "the".
    firsts: WordShapes,
    seconds: WordShapes,
}

impl Phrases<'static> {
    /// Reads a list: one phrase a line, its tokens apart, `#` begins a comment.
    pub(super) fn read(list: &'static str) -> Self {
        Self::of(entries(list))
    }
}

impl<'w> Phrases<'w> {
    fn of(phrases: impl Iterator<Item = &'w str>) -> Self {
        let mut map: FxHashMap<&str, Vec<Vec<&str>>> = FxHashMap::default();
        for phrase in phrases {
            let mut words = phrase.split(' ');
            if let Some(first) = words.next() {
                map.entry(first).or_default().push(words.collect());
            }
        }
        let all =
            || map.iter().flat_map(|(first, rests)| rests.iter().map(move |rest| (*first, rest.first())));
        Self {
            alone: WordShapes::of(all().filter(|(_, second)| second.is_none()).map(|(first, _)| first)),
            firsts: WordShapes::of(all().filter(|(_, second)| second.is_some()).map(|(first, _)| first)),
            seconds: WordShapes::of(all().filter_map(|(_, second)| second.copied())),
            rests: map,
        }
    }

    /// The length in tokens of the longest phrase that begins at token `at`.
    #[inline]
    pub(super) fn at(&self, tokens: Tokens<'_>, at: usize) -> Option<usize> {
        // Asked of each token by many lists: mostly its shape says no.
        let several =
            || self.firsts.may_have_token(tokens, at) && self.seconds.may_have_token(tokens, at + 1);
        if self.alone.may_have_token(tokens, at) || several() { self.longest(tokens, at) } else { None }
    }

    fn longest(&self, tokens: Tokens<'_>, at: usize) -> Option<usize> {
        let text = tokens.text(at);
        let rests = self.rests.get(text).or_else(|| {
            let capital = tokens.list.get(at).is_some_and(|token| token.capital);
            capital.then(|| with_lower_case(text, |lower| self.rests.get(lower))).flatten().flatten()
        })?;
        let stands = |rest: &&Vec<&str>| rest.iter().zip(at + 1..).all(|(word, at)| tokens.is(at, word));
        rests.iter().filter(stands).map(|rest| 1 + rest.len()).max()
    }

    /// The places of phrases outside quotation marks, in bytes of the prose, with what the settings add to
    /// and take out of the list of the rule `code`.
    pub(super) fn unquoted<'a>(
        &'a self,
        context: &'a RuleContext<'_>,
        code: &'a str,
    ) -> impl Iterator<Item = TextRange> + 'a {
        let tokens = context.passage.tokens();
        let changed = context.settings.words.iter().any(|change| change.code == code);
        let own = if changed {
            // Their words apart, as the text's are.
            let own: Vec<String> =
                added(context.settings, code).map(|phrase| apart(&phrase.to_ascii_lowercase())).collect();
            Phrases::of(own.iter().map(String::as_str)).all(tokens)
        } else {
            Vec::new()
        };
        let stays = move |range: &TextRange| {
            !changed || {
                let words: Vec<&str> = context.passage.prose()[*range].split_whitespace().collect();
                context.settings.is_listed(code, &words.join(" "), true)
            }
        };
        let built_in = (0..tokens.len())
            .filter_map(move |at| Some(tokens.span(at, at + self.at(tokens, at)? - 1)))
            .filter(stays);
        built_in.chain(own).filter(|range| !context.passage.is_quoted(*range))
    }

    fn all(&self, tokens: Tokens<'_>) -> Vec<TextRange> {
        let found = (0..tokens.len()).filter_map(|at| Some(tokens.span(at, at + self.at(tokens, at)? - 1)));
        found.collect()
    }

    /// Whether one of them stands among the tokens `within`.
    pub(super) fn any(&self, tokens: Tokens<'_>, within: std::ops::Range<usize>) -> bool {
        within.into_iter().any(|at| self.at(tokens, at).is_some())
    }
}

/// `phrase` with one space between two of its tokens.
fn apart(phrase: &str) -> String {
    let tokens = tokenize(phrase);
    let words: Vec<&str> = tokens.iter().map(|token| &phrase[token.range]).collect();
    words.join(" ")
}
