//! Sources whose name is withheld, and what the text says of them instead: what the rules of the
//! sourcing family share.

use rustc_hash::FxHashSet;

use super::RuleContext;
use crate::attribution::{Attribution, SourceKind};
use crate::language::{TokenKind, Tokens, WordClass};
use crate::text::TextRange;

/// A source without a name: "a senior diplomat who attended".
pub(super) struct AnonymousSource {
    /// From its first word to its noun, as indices of tokens.
    pub(super) words: std::ops::RangeInclusive<usize>,
    /// Words after the noun say more of it: "… who attended", "… close to the talks".
    pub(super) is_specified: bool,
    /// The last token of the source, after which the sentence goes on.
    pub(super) last: usize,
}

impl AnonymousSource {
    /// The sources of `context`'s attributions that withhold a name and have one of `heads` as their
    /// noun, outside quotation marks, without those pointed back to ("the source").
    pub(super) fn all(context: &RuleContext<'_>, heads: &FxHashSet<&str>) -> Vec<Self> {
        let tokens = context.passage.tokens();
        // Nothing rests on one who did not speak, or of whose words nothing is told.
        let silent: Vec<TextRange> = context
            .attributions
            .iter()
            .filter(|attribution| says_nothing(context, attribution))
            .flat_map(|attribution| attribution.source.iter().copied())
            .collect();
        let sources = context
            .attributions
            .iter()
            .filter(|attribution| attribution.kind == SourceKind::Unnamed)
            .flat_map(|attribution| &attribution.source);
        sources
            .filter(|source| !context.passage.is_quoted(**source) && !silent.contains(source))
            .filter_map(|source| Self::read(tokens, *source, heads))
            .collect()
    }

    fn read(tokens: Tokens<'_>, source: TextRange, heads: &FxHashSet<&str>) -> Option<Self> {
        let inside = tokens.inside(source);
        let head =
            inside.clone().find(|at| heads.contains(tokens.text(*at).to_ascii_lowercase().as_str()))?;
        let start = inside.start;
        if ["the", "that", "this", "these", "those"].iter().any(|word| tokens.is(start, word)) {
            return None;
        }
        let next = tokens.text(head + 1);
        // "sources of income" speak to nobody.
        if next.eq_ignore_ascii_case("of") {
            return None;
        }
        let follows = head + 1 < inside.end
            || tokens.class(head + 1).contains(WordClass::PREPOSITION)
            || ["who", "familiar", "close", "briefed", "involved", "observing", "attending"]
                .iter()
                .any(|word| next.eq_ignore_ascii_case(word));
        Some(Self { words: start..=head, is_specified: follows, last: inside.end - 1 })
    }

    /// Its noun, in small letters.
    pub(super) fn noun(&self, tokens: Tokens<'_>) -> String {
        tokens.text(*self.words.end()).to_ascii_lowercase()
    }

    /// The words before the noun.
    pub(super) fn modifiers<'a>(&self, tokens: Tokens<'a>) -> impl Iterator<Item = &'a str> + use<'a> {
        (*self.words.start()..*self.words.end())
            .filter(move |at| tokens.list[*at].kind != TokenKind::Mark)
            .map(move |at| tokens.text(at))
    }

    /// From its first word to its noun, in bytes of the prose.
    pub(super) fn range(&self, tokens: Tokens<'_>) -> TextRange {
        tokens.span(*self.words.start(), *self.words.end())
    }
}

/// "have not said", "weighed in about whether": the cue tells that somebody did not speak, or spoke, and nothing of what
/// was said.
fn says_nothing(context: &RuleContext<'_>, attribution: &Attribution) -> bool {
    let tokens = context.passage.tokens();
    let negated = attribution
        .cue
        .iter()
        .any(|cue| tokens.inside(*cue).any(|at| tokens.class(at).contains(WordClass::NEGATION)));
    negated || context.cue_verb(attribution).is_some_and(|(_, verb)| verb.lemma.text() == "weigh")
}
