//! Drafts of an article's annotation, for a person to correct.
//!
//! A draft is a span with the class `.draft` beside its own. It is put only where the text takes it without a
//! backslash, so that removing its markup gives the text back byte for byte.

use std::cell::Cell;
use std::collections::BTreeMap;

use super::claims::span_with_id;
use super::keys::{FreeIds, Keys, marked_source, source_keys, stance_keys};
use super::spans::{NewSpan, Stretch, crosses, insertions, settle, stretch};
use crate::actors::{ActorKind, Form};
use crate::analysis::Analysis;
use crate::article::{DRAFT, Markup, NOBODY, Span, SpanClass, attributes, strip};
use crate::attribution::Attribution;
use crate::text::{TextEdit, TextRange, TextSize, apply_edits};

/// How often a stretch of an article is read to find what it cannot hold; then the rest is left out.
const ATTEMPTS: usize = 64;

/// Drafts for an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drafts {
    /// What puts them into the text.
    pub edits: Vec<TextEdit>,
    /// How many spans there are of each class, in the order of [`SpanClass::ALL`], without those of which there are
    /// none.
    pub counts: Vec<(SpanClass, usize)>,
}

/// Drafts of all actors, sources, cues and claims that the article does not have as spans yet.
///
/// What is annotated stays as it is: a claim over words that are marked as said by somebody is left out, and so is
/// what would cross a span. A source that is marked is named, not marked again.
pub fn draft(analysis: &Analysis) -> Drafts {
    let spans = Plan::new(analysis).spans();
    let count = |class: SpanClass| spans.iter().filter(|(of, _)| *of == class).count();
    let counts = SpanClass::ALL.map(|class| (class, count(class)));
    let spans: Vec<NewSpan> = spans.into_iter().map(|(_, span)| span).collect();
    Drafts {
        edits: insertions(&spans, &[]),
        counts: counts.into_iter().filter(|(_, count)| *count > 0).collect(),
    }
}

/// The edits that take all drafts out of the article: their words stay.
pub fn remove_drafts(analysis: &Analysis) -> Vec<TextEdit> {
    let markup = drafts(analysis).flat_map(|(span, place)| {
        let opening = TextRange::new(span.range.start(), span.content.start());
        [opening, TextRange::new(span.content.end(), span.range.end())].map(|range| range + place)
    });
    let mut edits: Vec<TextEdit> = markup.map(|range| TextEdit { range, new_text: String::new() }).collect();
    edits.sort_by_key(|edit| edit.range.start());
    keeping_words(analysis, edits.into_iter())
}

/// The edits that accept drafts: the innermost one at `range` where that is empty, else those that lie in it; and those
/// they name, so that no accepted span names a draft.
pub fn accept_drafts(analysis: &Analysis, range: TextRange) -> Vec<TextEdit> {
    let all: Vec<(&Span, TextSize)> = drafts(analysis).collect();
    let place = |at: usize| all[at].0.range + all[at].1;
    let mut accepted: Vec<usize> = if range.is_empty() {
        let around = (0..all.len()).filter(|at| place(*at).contains_inclusive(range.start()));
        around.min_by_key(|at| place(*at).len()).into_iter().collect()
    } else {
        (0..all.len()).filter(|at| range.contains_range(place(*at))).collect()
    };
    let mut done = 0;
    while let Some(at) = accepted.get(done).copied() {
        done += 1;
        let named = ["by", "for", "part-of"].into_iter().flat_map(|key| all[at].0.values(key));
        for (_, span) in named.filter_map(|(id, _)| span_with_id(analysis, id)) {
            let next = all.iter().position(|(draft, _)| std::ptr::eq(*draft, span));
            accepted.extend(next.filter(|next| !accepted.contains(next)));
        }
    }
    accepted.sort_unstable();
    let edits = accepted.into_iter().filter_map(|at| without_class(analysis.text(), all[at].0, all[at].1));
    keeping_words(analysis, edits)
}

/// Those of `edits`, which come in text order, after which the words are what they were: beside braces and comments
/// that are broken, less markup can make other markup of what was text, and shorter lines other blocks.
fn keeping_words(analysis: &Analysis, edits: impl Iterator<Item = TextEdit>) -> Vec<TextEdit> {
    let mut edits = edits.peekable();
    let mut kept = Vec::new();
    for block in analysis.blocks() {
        let start = block.range.start();
        let mut of_block = Vec::new();
        while let Some(edit) = edits.next_if(|edit| block.range.contains_range(edit.range)) {
            of_block.push(TextEdit { range: edit.range - start, ..edit });
        }
        if of_block.is_empty() {
            continue;
        }
        let after = Markup::parse(&apply_edits(&analysis.text()[block.range], &of_block));
        if after.prose.text() == block.markup.prose.text() {
            let of_block = of_block.into_iter().map(|edit| TextEdit { range: edit.range + start, ..edit });
            kept.push(of_block.collect::<Vec<_>>());
        }
    }
    // Most articles have no drafts, and an editor asks at every step of the cursor.
    if kept.is_empty() {
        return Vec::new();
    }
    let text = analysis.text();
    let words = strip(text);
    let keeps = |edits: &[TextEdit]| strip(&apply_edits(text, edits)) == words;
    let all = kept.concat();
    if keeps(&all) {
        return all;
    }
    // Rare: the blocks one after another, each where it leaves the whole as it is.
    let mut out = Vec::new();
    for of_block in kept {
        let before = out.len();
        out.extend(of_block);
        if !keeps(&out) {
            out.truncate(before);
        }
    }
    out
}

/// The edit that takes `.draft` out of the attributes of `span`, whose block begins at `block`.
fn without_class(text: &str, span: &Span, block: TextSize) -> Option<TextEdit> {
    let word = span.classes.iter().find(|class| class.text == DRAFT)?.range + block;
    let (mut start, mut end) = (usize::from(word.start()) - 1, usize::from(word.end()));
    let before = text[..start].trim_end().len();
    if before < start {
        start = before;
    } else {
        end = text.len() - text[end..].trim_start().len();
    }
    Some(TextEdit { range: crate::text::range(start, end), new_text: String::new() })
}

/// The drafts of the article, each with the byte at which its block begins.
fn drafts(analysis: &Analysis) -> impl Iterator<Item = (&Span, TextSize)> {
    analysis.blocks().iter().flat_map(|block| {
        let drafts = block.markup.spans.iter().filter(|span| span.is_draft());
        drafts.map(|span| (span, block.range.start()))
    })
}

/// Spans that belong together: all of them are put, or none.
enum Unit {
    Said(Said),
    Actor { range: TextRange, id: Option<String> },
}

/// Something said: ranges are bytes of the article.
struct Said {
    /// Spans and actors that stand for a source already.
    by: Vec<String>,
    sources: Vec<(TextRange, Keys)>,
    cues: Vec<TextRange>,
    content: Vec<TextRange>,
    keys: Keys,
    /// The article cites nobody.
    of_nobody: bool,
}

impl Unit {
    fn ranges(&self) -> Vec<TextRange> {
        match self {
            Self::Said(said) => {
                let sources = said.sources.iter().map(|(range, _)| range);
                sources.chain(&said.cues).chain(&said.content).copied().collect()
            }
            Self::Actor { range, .. } => vec![*range],
        }
    }
}

/// The drafts of an article, as far as they do not cross.
struct Plan<'a> {
    analysis: &'a Analysis,
    ids: FreeIds<'a>,
    units: Vec<Unit>,
}

impl<'a> Plan<'a> {
    fn new(analysis: &'a Analysis) -> Self {
        let attributions = analysis.attributions();
        let claims = attributions.iter().filter(|found| found.is_claim());
        let found = claims.flat_map(Attribution::with_inner);
        let said = found.filter_map(|found| said(analysis, found)).map(Unit::Said);
        let mut taken: Vec<Vec<TextRange>> = vec![Vec::new(); analysis.blocks().len()];
        let mut units = Vec::new();
        for unit in said.chain(actors(analysis)) {
            let ranges = unit.ranges();
            let places: Vec<(usize, TextRange)> =
                ranges.iter().filter_map(|range| Some((block_of(analysis, *range)?, *range))).collect();
            let free = places.iter().all(|(block, range)| {
                taken[*block].iter().chain(&ranges).all(|other| !crosses(*other, *range))
            });
            if free && places.len() == ranges.len() {
                for (block, range) in places {
                    taken[block].push(range);
                }
                units.push(unit);
            }
        }
        Self { analysis, ids: FreeIds::new(analysis), units }
    }

    /// The spans of the units that the text takes, each with its class.
    fn spans(&self) -> Vec<(SpanClass, NewSpan)> {
        let text = self.analysis.text();
        let mut stretches: Vec<(TextRange, Stretch<'_>)> = Vec::new();
        let mut index = 0;
        while index < self.analysis.blocks().len() {
            let range = stretch(self.analysis, index);
            stretches.push((range, Stretch::new(text, range)));
            index = self.analysis.blocks().partition_point(|block| block.range.start() < range.end());
        }
        let mut of_stretch: Vec<Vec<usize>> = vec![Vec::new(); stretches.len()];
        for (unit, of) in self.units.iter().enumerate() {
            for range in of.ranges() {
                let at = stretches.partition_point(|(stretch, _)| stretch.end() < range.end());
                if let Some(list) = of_stretch.get_mut(at).filter(|list| list.last() != Some(&unit)) {
                    list.push(unit);
                }
            }
        }
        let mut kept = vec![true; self.units.len()];
        // What one stretch cannot hold is missing in others, where it may have stood between two that now meet.
        loop {
            let mut changed = false;
            for (at, (range, stretch)) in stretches.iter().enumerate() {
                let units: Vec<usize> = of_stretch[at].iter().copied().filter(|unit| kept[*unit]).collect();
                let holds = |units: &[usize]| {
                    let spans = self.compose(units).into_iter().map(|(_, span)| span);
                    let here: Vec<NewSpan> = spans.filter(|span| range.contains_range(span.range)).collect();
                    stretch.takes(&insertions(&here, &[]), &here)
                };
                let mut held = Vec::with_capacity(units.len());
                hold(&holds, &mut held, &units, &Cell::new(ATTEMPTS));
                for unit in units.into_iter().filter(|unit| !held.contains(unit)) {
                    kept[unit] = false;
                    changed = true;
                }
            }
            if !changed {
                break;
            }
        }
        let kept: Vec<usize> = (0..self.units.len()).filter(|unit| kept[*unit]).collect();
        self.compose(&kept)
    }

    /// The spans of `units`. Of two with one range the outer one comes first.
    fn compose(&self, units: &[usize]) -> Vec<(SpanClass, NewSpan)> {
        let (mut claim_ids, mut source_ids) = (self.ids.of('c'), self.ids.of('s'));
        let mut sources: BTreeMap<(TextSize, TextSize), (String, &Keys)> = BTreeMap::new();
        let mut cues: BTreeMap<(TextSize, TextSize), Vec<String>> = BTreeMap::new();
        let key = |range: &TextRange| (range.start(), range.end());
        let mut out = Vec::new();
        let mut push = |range: TextRange, class: SpanClass, id: Option<&str>, keys: &[(&str, &str)]| {
            let attributes = attributes(id, &[class.name(), DRAFT], keys);
            out.push((class, NewSpan { range, attributes }));
        };
        let said = units.iter().filter_map(|unit| match &self.units[*unit] {
            Unit::Said(said) => Some(said),
            Unit::Actor { .. } => None,
        });
        for said in said {
            let mut by = said.by.clone();
            for (range, keys) in &said.sources {
                let source = sources.entry(key(range));
                let (id, _) = source.or_insert_with(|| (source_ids.next().unwrap_or_default(), keys));
                by.push(id.clone());
            }
            let by = if said.of_nobody { NOBODY.to_owned() } else { by.join(" ") };
            let id = claim_ids.next().unwrap_or_default();
            let mut keys: Vec<(&str, &str)> = said.keys.iter().map(|(key, value)| (*key, &**value)).collect();
            if !by.is_empty() {
                keys.push(("by", &by));
            }
            for (piece, range) in said.content.iter().enumerate() {
                match piece {
                    0 => push(*range, SpanClass::Claim, Some(&id), &keys),
                    _ => push(*range, SpanClass::Claim, None, &[("part-of", &id)]),
                }
            }
            for range in &said.cues {
                cues.entry(key(range)).or_default().push(id.clone());
            }
        }
        for ((start, end), (id, keys)) in &sources {
            let keys: Vec<(&str, &str)> = keys.iter().map(|(key, value)| (*key, &**value)).collect();
            push(TextRange::new(*start, *end), SpanClass::Source, Some(id), &keys);
        }
        for ((start, end), claims) in &cues {
            push(TextRange::new(*start, *end), SpanClass::Cue, None, &[("for", &claims.join(" "))]);
        }
        for unit in units {
            // A source says itself who it is.
            if let Unit::Actor { range, id } = &self.units[*unit]
                && !sources.contains_key(&key(range))
            {
                let keys: Vec<(&str, &str)> = id.iter().map(|id| ("ref", id.as_str())).collect();
                push(*range, SpanClass::Actor, None, &keys);
            }
        }
        out
    }
}

/// Adds to `held` as many of `units` as `holds` allows.
fn hold(holds: &dyn Fn(&[usize]) -> bool, held: &mut Vec<usize>, units: &[usize], attempts: &Cell<usize>) {
    if units.is_empty() || attempts.get() == 0 {
        return;
    }
    attempts.set(attempts.get() - 1);
    let before = held.len();
    held.extend_from_slice(units);
    if holds(held) {
        return;
    }
    held.truncate(before);
    if units.len() > 1 {
        let (first, second) = units.split_at(units.len() / 2);
        hold(holds, held, first, attempts);
        hold(holds, held, second, attempts);
    }
}

/// The block in which `range` lies.
fn block_of(analysis: &Analysis, range: TextRange) -> Option<usize> {
    let index = analysis.blocks().partition_point(|block| block.range.end() < range.end());
    analysis.blocks().get(index).filter(|block| block.range.contains_range(range)).map(|_| index)
}

/// `range` so that a span around it crosses none that is there.
fn place(analysis: &Analysis, range: TextRange) -> Option<TextRange> {
    let block = &analysis.blocks()[block_of(analysis, range)?];
    Some(settle(&block.markup, range - block.range.start())? + block.range.start())
}

/// Whether a span of one of `classes` lies over some of the words at `range`.
fn is_marked(analysis: &Analysis, range: TextRange, wanted: impl Fn(&Span) -> bool) -> bool {
    let Some(block) = block_of(analysis, range).map(|index| &analysis.blocks()[index]) else { return false };
    let place = range - block.range.start();
    let touches = |span: &&Span| span.content.intersect(place).is_some_and(|shared| !shared.is_empty());
    block.markup.annotations().filter(touches).any(wanted)
}

/// What `found` attributes, as far as it is not marked; none where a person said whose words they are, or where a piece
/// would cross a span.
fn said(analysis: &Analysis, found: &Attribution) -> Option<Said> {
    let is_said =
        |span: &Span| matches!(span.class(), Some(SpanClass::Claim | SpanClass::Quote | SpanClass::Own));
    if found.content.is_empty() || found.content.iter().any(|piece| is_marked(analysis, *piece, is_said)) {
        return None;
    }
    let is_cue = |span: &Span| span.class() == Some(SpanClass::Cue);
    let all = |pieces: &[TextRange]| -> Option<Vec<TextRange>> {
        pieces.iter().map(|piece| place(analysis, *piece)).collect()
    };
    let cues: Vec<TextRange> =
        found.cue.iter().copied().filter(|cue| !is_marked(analysis, *cue, is_cue)).collect();
    let (mut by, mut sources) = (Vec::new(), Vec::new());
    for source in &found.source {
        if let Some(span) = marked_source(analysis, *source) {
            by.extend(span.id.as_ref().or_else(|| span.value("ref")).map(|word| word.text.clone()));
        } else {
            sources.push((place(analysis, *source)?, source_keys(analysis, *source, Some(found.kind))));
        }
    }
    by.dedup();
    Some(Said {
        by,
        sources,
        cues: all(&cues)?,
        content: all(&found.content)?,
        keys: stance_keys(analysis, found),
        of_nobody: found.source.is_empty() && !found.continues(),
    })
}

/// The names and offices of actors that are not marked.
fn actors(analysis: &Analysis) -> Vec<Unit> {
    let is_actor = |span: &Span| match span.class() {
        Some(SpanClass::Actor) => true,
        Some(SpanClass::Source) => span.value("ref").is_some(),
        _ => false,
    };
    let mut out = Vec::new();
    for (block, of) in analysis.blocks().iter().enumerate() {
        for (piece, placed) in of.pieces.iter().enumerate() {
            for (index, mention) in placed.mentions.iter().enumerate() {
                let Some(member) = analysis.member(block, piece, index) else { continue };
                let id = member.actor.and_then(|actor| analysis.registry().get(actor)).map(|actor| &actor.id);
                let speaks = member.kind != Some(ActorKind::Place)
                    && (mention.is_name() || mention.form == Form::Role && id.is_some());
                let words = analysis.to_article(block, piece, mention.range);
                if speaks
                    && !is_marked(analysis, words, is_actor)
                    && let Some(range) = place(analysis, words)
                {
                    out.push(Unit::Actor { range, id: id.map(ToString::to_string) });
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::text::{apply_edits, range};

    fn analyse(text: &str) -> Analysis {
        Analysis::new(Arc::from(text), Arc::default())
    }

    fn drafted(text: &str) -> String {
        apply_edits(text, &draft(&analyse(text)).edits)
    }

    fn removed(text: &str) -> String {
        apply_edits(text, &remove_drafts(&analyse(text)))
    }

    #[test]
    fn an_article_gets_its_actors_source_cue_and_claim() {
        assert_eq!(
            drafted("Joe Biden condemned the attack on Ukraine."),
            "[Joe Biden]{#s1 .source .draft anon=named ref=person/joe-biden} [condemned]{.cue .draft for=c1} [the attack on [Ukraine]{.actor .draft ref=ukr}]{#c1 .claim .draft by=s1 stance=oppose}."
        );
    }

    #[test]
    fn pieces_of_a_claim_name_the_first() {
        assert_eq!(
            drafted("“We lost,” the mayor said, “and we know why.”"),
            "[“We lost,”]{#c1 .claim .draft by=s1} [the mayor]{#s1 .source .draft anon=role} [said]{.cue .draft for=c1}, [“and we know why.”]{.claim .draft part-of=c1}"
        );
    }

    #[test]
    fn what_is_attributed_inside_a_claim_is_a_claim_inside_it() {
        assert_eq!(
            drafted("Lee said Kim had told him that the dam was old."),
            "[Lee]{#s1 .source .draft anon=named} [said]{.cue .draft for=c1} [[Kim]{#s2 .source .draft anon=named} [had told]{.cue .draft for=c2} him [that the dam was old]{#c2 .claim .draft by=s2}]{#c1 .claim .draft by=s1}."
        );
    }

    #[test]
    fn what_a_person_annotated_stays() {
        let text = "[The mayor]{#mayor .source} said the [road]{.own} was open. [[Joe Biden]{.actor ref=x} left]{.quote by=none}.";
        assert_eq!(drafted(text), text);
        assert_eq!(
            drafted("[The mayor]{#mayor .source} denied that the road was open."),
            "[The mayor]{#mayor .source} [denied]{.cue .draft for=c1} [that the road was open]{#c1 .claim .draft by=mayor stance=oppose voice=deny}."
        );
    }

    #[test]
    fn a_paragraph_wrapped_at_a_width_stays_one() {
        let text = "The harbour master said on Monday that the old pier\nwould be closed for the whole of the winter because\nof the storm.\n";
        let draft = drafted(text);
        assert!(draft.contains("{#c1 .claim .draft"), "{draft}");
        assert_eq!(analyse(&draft).blocks().len(), 1);
    }

    #[test]
    fn drafts_are_made_once() {
        let once = drafted(
            "Joe Biden condemned the attack on Ukraine. “We lost,” the mayor said, “and we know why.”",
        );
        assert_eq!(drafted(&once), once);
    }

    #[test]
    fn what_is_accepted_takes_along_what_it_names() {
        let text = "[Lee]{#s1 .source .draft} [said]{.cue .draft for=c1} [it [US]{.actor .draft ref=usa} failed]{#c1 .claim .draft by=s1}.";
        let accept = |from: &str, length: usize| {
            let at = text.find(from).unwrap();
            apply_edits(text, &accept_drafts(&analyse(text), range(at, at + length)))
        };
        assert_eq!(accept("US]", 0), text.replace(".actor .draft", ".actor"));
        assert_eq!(
            accept("it [", 0),
            text.replace("{#s1 .source .draft", "{#s1 .source").replace(".claim .draft", ".claim")
        );
        assert_eq!(accept("said", 0), text.replace(" .draft", "").replace(".actor", ".actor .draft"));
        assert_eq!(accept("[Lee", text.len()), text.replace(" .draft", ""));
        let odd = "[x]{.draft .own}";
        assert_eq!(apply_edits(odd, &accept_drafts(&analyse(odd), range(1, 1))), "[x]{.own}");
    }

    /// Pieces of articles, with what could be taken for markup.
    const PIECES: [&str; 30] = [
        "Joe Biden said that the road was open. ",
        "Pakistan condemned the raid on Ukraine. ",
        "“We lost,” the mayor said, “and we know why.” ",
        "According to Reuters, the vote [in May] was lost. ",
        "“He [Biden] left,” Maria Keller said. ",
        "The minister denied that C:\\[x] had failed. ",
        "Officials \\[told]{.own} The Guardian that it {rained}. ",
        "The council said the bill (see [1]{a}) was dead. ",
        "A vote is expected on Monday. ",
        "Keller ",
        "Pakistan",
        "\n\n",
        "\n",
        "\r\n\r\n",
        "[",
        "]",
        "]{",
        "{",
        "}",
        "\\",
        "]{.claim by=none}",
        "[Lee]{.actor}",
        "[the US ",
        "{.source #x}",
        "<!-- ",
        " -->",
        "“",
        "”",
        "date 2022-10-09 ",
        "é𝄞 ",
    ];

    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn drafts_leave_the_words_and_the_spans_and_go_without_a_trace(
            pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..24),
        ) {
            let text = pieces.concat();
            let before = analyse(&text);
            let draft = drafted(&text);
            let after = analyse(&draft);
            let words = |analysis: &Analysis| {
                let blocks = analysis.blocks().iter();
                blocks.map(|block| block.markup.prose.text().to_owned()).collect::<Vec<_>>()
            };
            prop_assert_eq!(words(&after), words(&before));
            let by_hand = |analysis: &Analysis| {
                let spans = analysis.blocks().iter().flat_map(|block| &block.markup.spans);
                spans.filter(|span| span.is_settled()).map(|span| (span.id.clone().map(|id| id.text), span.prose)).collect::<Vec<_>>()
            };
            prop_assert_eq!(by_hand(&after), by_hand(&before));
            prop_assert_eq!(removed(&draft), text);
        }
    }
}
