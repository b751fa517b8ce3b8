//! Marking selected words as what they are.

use super::keys::{FreeIds, Keys, actor_id, by, holder, marked_source, source_keys, stance_keys};
use super::spans::{NewSpan, Stretch, insertions, settle, stretch};
use crate::analysis::Analysis;
use crate::article::{Markup, SpanClass, attributes};
use crate::text::{TextEdit, TextRange, TextSize, range, size};

/// What selected words can be marked as, in the order of a menu.
pub const MARKS: [SpanClass; 6] =
    [SpanClass::Claim, SpanClass::Source, SpanClass::Cue, SpanClass::Actor, SpanClass::Quote, SpanClass::Own];

/// The edits that mark the words at `selection` as `class`, with the keys that the attribution around them makes
/// likely; what nobody can know yet is left empty, so that completion is offered there. A claim or quotation whose source
/// nothing names yet brings it along: the source is marked too.
///
/// White space at the ends is left out, and spans whose words are selected are taken in whole. None where the
/// selection has no words, leaves its paragraph, would cross a span, or is that already.
pub fn mark(analysis: &Analysis, selection: TextRange, class: SpanClass) -> Option<Vec<TextEdit>> {
    let (index, words) = words(analysis, selection)?;
    let block = &analysis.blocks()[index];
    let known = block.markup.annotations().any(|span| {
        span.class() == Some(class)
            && (span.content + block.range.start() == words || span.range + block.range.start() == words)
    });
    if known {
        return None;
    }
    let (id, mut keys) = likely(analysis, words, class);
    let marked = |id: Option<&str>, keys: &Keys| {
        let keys: Vec<(&str, &str)> = keys.iter().map(|(key, value)| (*key, value.as_str())).collect();
        NewSpan { range: words, attributes: attributes(id, &[class.name()], &keys) }
    };
    let mut choices = vec![vec![marked(id.as_deref(), &keys)]];
    if let Some(by) = keys.iter_mut().find(|(key, value)| *key == "by" && value.is_empty())
        && let Some((source, span)) = source_of(analysis, index, words)
    {
        by.1 = source;
        choices.insert(0, vec![marked(id.as_deref(), &keys), span]);
    }
    let place = Stretch::new(analysis.text(), stretch(analysis, index));
    let literal = literal(analysis.text(), &block.markup, block.range, words);
    choices.iter().find_map(|spans| {
        // A backslash is written only where the words would otherwise be read as markup.
        let edits = [&[], literal.as_slice()].into_iter().map(|literal| insertions(spans, literal));
        edits.into_iter().find(|edits| place.takes(edits, spans))
    })
}

/// The source of what is said in `words` of the block `index`, where it stands there in one piece and nothing marks it yet:
/// the id it gets, and a span around it.
fn source_of(analysis: &Analysis, index: usize, said: TextRange) -> Option<(String, NewSpan)> {
    let attributions = analysis.attributions();
    let found = holder(&attributions, said, |found| &found.content)?;
    let [source] = found.source[..] else { return None };
    let (block, range) = words(analysis, source)?;
    let apart = range.end() <= said.start() || said.end() <= range.start();
    if block != index || !apart || marked_source(analysis, range).is_some() {
        return None;
    }
    let id = FreeIds::new(analysis).of('s').next()?;
    let keys = source_keys(analysis, range, Some(found.kind));
    let keys: Vec<(&str, &str)> = keys.iter().map(|(key, value)| (*key, value.as_str())).collect();
    let attributes = attributes(Some(&id), &[SpanClass::Source.name()], &keys);
    Some((id, NewSpan { range, attributes }))
}

/// The words at `selection` as a span can hold them, in bytes of the article, with the index of their block.
fn words(analysis: &Analysis, selection: TextRange) -> Option<(usize, TextRange)> {
    let selected = analysis.text().get(std::ops::Range::<usize>::from(selection))?;
    let start = usize::from(selection.start()) + (selected.len() - selected.trim_start().len());
    let words = range(start, start + selected.trim().len());
    let index = analysis.blocks().partition_point(|block| block.range.end() < words.end());
    let block = analysis.blocks().get(index).filter(|block| block.range.contains_range(words))?;
    let settled = settle(&block.markup, words - block.range.start())?;
    let prose = &block.markup.prose;
    let is_empty = prose.from_source(settled.start()) == prose.from_source(settled.end());
    (!is_empty).then(|| (index, settled + block.range.start()))
}

/// The id and the keys of a span of `class` around `words`.
fn likely(analysis: &Analysis, words: TextRange, class: SpanClass) -> (Option<String>, Keys) {
    let attributions = analysis.attributions();
    let ids = FreeIds::new(analysis);
    let empty = |key: &'static str| (key, String::new());
    let said = || holder(&attributions, words, |found| &found.content);
    match class {
        SpanClass::Claim => {
            let found = said();
            let mut keys = found.map_or_else(Vec::new, |found| stance_keys(analysis, found));
            keys.push(("by", found.and_then(|found| by(analysis, found)).unwrap_or_default()));
            keys.extend(topic(analysis).map(|topic| ("on", topic)));
            if !keys.iter().any(|(key, _)| *key == "stance") {
                keys.push(empty("stance"));
            }
            (ids.of('c').next(), keys)
        }
        SpanClass::Quote => {
            let by = said().and_then(|found| by(analysis, found)).unwrap_or_default();
            (ids.of('q').next(), vec![("by", by)])
        }
        SpanClass::Source => {
            let kind = holder(&attributions, words, |found| &found.source).map(|found| found.kind);
            (ids.of('s').next(), source_keys(analysis, words, kind))
        }
        SpanClass::Cue => {
            let found = holder(&attributions, words, |found| &found.cue);
            (
                None,
                vec![("for", found.and_then(|found| claim_id(analysis, &found.content)).unwrap_or_default())],
            )
        }
        SpanClass::Actor | SpanClass::Missing => {
            let marked = marked_source(analysis, words).and_then(|span| span.value("ref"));
            let id = actor_id(analysis, words).or_else(|| marked.map(|word| word.text.clone()));
            (None, vec![("ref", id.unwrap_or_default())])
        }
        SpanClass::Own => (None, Vec::new()),
    }
}

/// The value of `on` for a new claim: what the header declares where that is one thing, empty where there are more to
/// choose from.
fn topic(analysis: &Analysis) -> Option<String> {
    match analysis.header().on.as_slice() {
        [] => None,
        [(id, _)] => Some(id.text.clone()),
        _ => Some(String::new()),
    }
}

/// The id of the claim that is marked over most of `content`.
fn claim_id(analysis: &Analysis, content: &[TextRange]) -> Option<String> {
    let spans = analysis.blocks().iter().flat_map(|block| {
        let place = block.range.start();
        block.markup.annotations().map(move |span| (span, span.content + place))
    });
    let shared = |place: TextRange| -> TextSize {
        content.iter().filter_map(|piece| piece.intersect(place)).map(TextRange::len).sum()
    };
    let claims = spans.filter(|(span, _)| matches!(span.class(), Some(SpanClass::Claim | SpanClass::Quote)));
    let named = claims.filter_map(|(span, place)| Some((span.id.as_ref()?, shared(place))));
    let (id, _) =
        named.max_by_key(|(_, shared)| *shared).filter(|(_, shared)| *shared > TextSize::default())?;
    Some(id.text.clone())
}

/// The places before which a backslash keeps `words` what they are inside brackets: brackets without a partner, and
/// backslashes that stand before a bracket or brace. In bytes of the article.
fn literal(article: &str, markup: &Markup, block: TextRange, words: TextRange) -> Vec<TextSize> {
    let (base, bytes) = (usize::from(block.start()), article[block].as_bytes());
    let (from, to) = (usize::from(words.start()) - base, usize::from(words.end()) - base);
    let removed: Vec<TextRange> = markup.prose.removed().collect();
    let is_prose = |at: usize| {
        let next = removed.partition_point(|cut| usize::from(cut.end()) <= at);
        removed.get(next).is_none_or(|cut| usize::from(cut.start()) > at)
    };
    let mut out = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut at = from;
    while at < to {
        if !is_prose(at) {
            at += 1;
            continue;
        }
        let start = at;
        while at < to && bytes[at] == b'\\' && is_prose(at) {
            at += 1;
        }
        let slashes = at - start;
        let next = bytes.get(at).copied().filter(|_| at < to);
        let escaped = start > 0 && bytes[start - 1] == b'\\' && !is_prose(start - 1);
        if slashes > 0 && next.is_none_or(|next| b"[]{}".contains(&next)) {
            // The bracket that closes the span follows the last word.
            out.push(start);
        }
        // With one more, an odd number of backslashes makes the others literal and not the bracket.
        let is_bracket = if slashes > 0 { slashes % 2 == 1 } else { !escaped };
        match next {
            Some(b'[') if is_bracket => open.push(at),
            Some(b']') if is_bracket && open.pop().is_none() => out.push(at),
            _ => {}
        }
        at += usize::from(at < to);
    }
    out.extend(open);
    // A backslash before the span would make its own bracket literal.
    let slash = from.checked_sub(1).filter(|before| bytes[*before] == b'\\' && is_prose(*before));
    out.extend(slash);
    out.sort_unstable();
    out.into_iter().map(|at| size(at + base)).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::text::apply_edits;

    /// `article` with the words between `«` and `»` marked as `class`; none where that is not offered.
    fn marked(article: &str, class: SpanClass) -> Option<String> {
        let start = article.find('«')?;
        let text = article.replacen('«', "", 1);
        let end = text.find('»')?;
        let text = text.replacen('»', "", 1);
        let analysis = Analysis::new(Arc::from(text.as_str()), Arc::default());
        let edits = mark(&analysis, range(start, end), class)?;
        Some(apply_edits(&text, &edits))
    }

    fn claim(article: &str) -> String {
        marked(article, SpanClass::Claim).unwrap_or_default()
    }

    #[test]
    fn a_claim_has_its_source_and_its_stance() {
        assert_eq!(
            claim("Pakistan condemned «the attack on the harbour»."),
            "Pakistan condemned [the attack on the harbour]{#c1 .claim by=pak stance=oppose}."
        );
        assert_eq!(
            claim("Pakistan backs «the new treaty»."),
            "Pakistan backs [the new treaty]{#c1 .claim by=pak stance=support}."
        );
        assert_eq!(
            claim("[The mayor]{#mayor .source} denied that «the bridge had been unsafe»."),
            "[The mayor]{#mayor .source} denied that [the bridge had been unsafe]{#c1 .claim by=mayor stance=oppose voice=deny}."
        );
    }

    #[test]
    fn what_nobody_can_know_is_left_for_completion() {
        assert_eq!(
            claim("“«The bridge is safe»,” the mayor said."),
            "“[The bridge is safe]{#c1 .claim by=s1 stance=},” [the mayor]{#s1 .source anon=role} said."
        );
        // A source inside what it says, or marked already, is left as it is.
        assert_eq!(
            claim("«“The bridge,” the mayor said, “is safe.”»"),
            "[“The bridge,” the mayor said, “is safe.”]{#c1 .claim by= stance=}"
        );
        assert_eq!(
            claim("“«It failed»,” [the mayor]{.source} said."),
            "“[It failed]{#c1 .claim by= stance=},” [the mayor]{.source} said."
        );
        assert_eq!(claim("It «rained on Monday»."), "It [rained on Monday]{#c1 .claim by= stance=}.");
        assert_eq!(
            claim("---\non:\n  pier: The pier\n---\nIt «rained»."),
            "---\non:\n  pier: The pier\n---\nIt [rained]{#c1 .claim by= on=pier stance=}."
        );
        assert_eq!(marked("«It» rained.", SpanClass::Actor).unwrap(), "[It]{.actor ref=} rained.");
    }

    #[test]
    fn a_source_says_what_the_article_says_of_it() {
        let source = |article| marked(article, SpanClass::Source).unwrap();
        assert_eq!(
            source("«A spokesman for the ministry» said that the road was open."),
            "[A spokesman for the ministry]{#s1 .source anon=role basis=official} said that the road was open."
        );
        assert_eq!(
            source("«Joe Biden» said that the road was open."),
            "[Joe Biden]{#s1 .source anon=named ref=person/joe-biden} said that the road was open."
        );
        assert_eq!(
            source("Two «officials» said that the road was open."),
            "Two [officials]{#s1 .source anon=official} said that the road was open."
        );
    }

    #[test]
    fn an_actor_a_cue_a_quotation_and_own_reporting() {
        assert_eq!(
            marked("The «US» is keen.", SpanClass::Actor).unwrap(),
            "The [US]{.actor ref=usa} is keen."
        );
        assert_eq!(
            marked("Lee «said» [it failed]{#x .claim by=none}.", SpanClass::Cue).unwrap(),
            "Lee [said]{.cue for=x} [it failed]{#x .claim by=none}."
        );
        assert_eq!(
            marked("Pakistan said: «“It failed.”»", SpanClass::Quote).unwrap(),
            "Pakistan said: [“It failed.”]{#q1 .quote by=pak}"
        );
        assert_eq!(
            marked("«The square was empty.»", SpanClass::Own).unwrap(),
            "[The square was empty.]{.own}"
        );
    }

    #[test]
    fn white_space_at_the_ends_stays_outside() {
        assert_eq!(claim("It« rained \n»"), "It [rained]{#c1 .claim by= stance=} \n");
    }

    #[test]
    fn selected_spans_are_taken_in_whole_and_none_is_crossed() {
        assert_eq!(
            claim("It [«rained]{.quote by=none} on Monday»."),
            "It [[rained]{.quote by=none} on Monday]{#c1 .claim by= stance=}."
        );
        assert_eq!(
            claim("[It «rained»]{.quote by=none}."),
            "[It [rained]{#c1 .claim by= stance=}]{.quote by=none}."
        );
        for article in [
            "It [ra«ined]{.quote by=none} on» Monday.",
            "It [rained]{.quo«te by=no»ne} on Monday.",
            "It «rained.\n\nIt» stopped.",
            "It rained.« »",
            "It «rained».".replace("«rained»", "[«rained»]{#c .claim by=none}").as_str(),
        ] {
            assert_eq!(marked(article, SpanClass::Claim), None, "{article}");
        }
    }

    #[test]
    fn brackets_among_the_words_stay_words() {
        let own = |article| marked(article, SpanClass::Own).unwrap_or_default();
        assert_eq!(own("“«He [sic] left»”"), "“[He [sic] left]{.own}”");
        assert_eq!(own("«a] b»"), r"[a\] b]{.own}");
        assert_eq!(own("«a [ b»"), r"[a \[ b]{.own}");
        assert_eq!(own(r"«C:\[x] y»"), r"[C:\\[x] y]{.own}");
        assert_eq!(own(r"C:\«John»"), r"C:\\[John]{.own}");
        assert_eq!(own(r"«C:\»"), r"[C:\\]{.own}");
        assert_eq!(own("«f{x}»{y}"), "[f{x}]{.own}{y}");
    }
}
