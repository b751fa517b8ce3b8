//! Deciding between two coders' readings, which a merge left in an article as alternatives.

use super::shorten;
use super::spans::{NewSpan, insertions, settle};
use crate::analysis::Analysis;
use crate::article::{ALTERNATIVE, ALTERNATIVE_KEYS, Markup, Span, attributes, words_at};
use crate::text::{TextEdit, TextRange, TextSize, apply_edits, range};

/// The keys whose words are ids.
const REFERENCES: [&str; 3] = ["by", "for", "part-of"];

/// Characters of a reading's words in a title.
const WORDS: usize = 40;

/// A way to settle a disagreement between two coders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settlement {
    /// What it does: `Take A's: claim, stance=support`.
    pub title: String,
    /// The edits that do it.
    pub edits: Vec<TextEdit>,
}

/// The ways to settle the disagreement of which an alternative, the innermost one, stands at `at`: the first coder's
/// reading, the second's, or both. What is taken comes out as its coder wrote it; a way that spans which wait elsewhere
/// are in the way of is left out.
pub fn settlements(analysis: &Analysis, at: TextSize) -> Vec<Settlement> {
    let all: Vec<Placed<'_>> = placed(analysis).collect();
    let around =
        all.iter().filter(|placed| placed.span.is_alternative() && placed.range().contains_inclusive(at));
    let Some(here) = around.min_by_key(|placed| placed.range().len()) else { return Vec::new() };
    let question = here.value("alt");
    let answers = |placed: &&Placed<'_>| {
        let same = question.is_some() && placed.value("alt") == question;
        placed.span.is_alternative() && (same || std::ptr::eq(placed.span, here.span))
    };
    let answers: Vec<Placed<'_>> = all.iter().filter(answers).copied().collect();
    let of =
        |from: &str| answers.iter().copied().filter(|placed| placed.value("from") == Some(from)).collect();
    let (a, b): (Vec<Placed<'_>>, Vec<Placed<'_>>) = (of("a"), of("b"));
    let mut out = Vec::new();
    for (name, kept) in [("A", &a), ("B", &b)] {
        if let Some(edits) = settle_with(analysis, &all, &answers, kept) {
            out.push(Settlement { title: format!("Take {name}'s: {}", told(analysis, kept)), edits });
        }
    }
    if !a.is_empty()
        && !b.is_empty()
        && let Some(edits) = settle_with(analysis, &all, &answers, &answers)
    {
        out.push(Settlement { title: "Take both".to_owned(), edits });
    }
    out
}

/// A span with the byte at which its block begins.
#[derive(Clone, Copy)]
struct Placed<'a> {
    span: &'a Span,
    block: usize,
    start: TextSize,
}

impl<'a> Placed<'a> {
    fn range(&self) -> TextRange {
        self.span.range + self.start
    }

    fn value(&self, key: &str) -> Option<&'a str> {
        self.span.value(key).map(|word| word.text.as_str())
    }

    fn id(&self) -> Option<&'a str> {
        self.span.id.as_ref().map(|id| id.text.as_str())
    }

    /// The edit that writes its attributes anew.
    fn rewritten(&self, id: Option<&str>, is_settled: bool, word: &dyn Fn(&str) -> String) -> TextEdit {
        let classes: Vec<&str> = self.span.classes.iter().map(|class| class.text.as_str()).collect();
        let classes: Vec<&str> =
            classes.into_iter().filter(|class| !(is_settled && *class == ALTERNATIVE)).collect();
        let keys = self.span.keys.iter().map(|key| (key.name.text.as_str(), key.value.text.as_str()));
        let keys = keys.filter(|(key, _)| !(is_settled && ALTERNATIVE_KEYS.contains(key)));
        let keys: Vec<(&str, String)> = keys
            .map(|(key, value)| {
                let ids = || value.split_ascii_whitespace().map(word).collect::<Vec<_>>().join(" ");
                (key, if REFERENCES.contains(&key) { ids() } else { value.to_owned() })
            })
            .collect();
        let keys: Vec<(&str, &str)> = keys.iter().map(|(key, value)| (*key, value.as_str())).collect();
        TextEdit { range: self.span.attributes + self.start, new_text: attributes(id, &classes, &keys) }
    }
}

fn placed(analysis: &Analysis) -> impl Iterator<Item = Placed<'_>> {
    analysis.blocks().iter().enumerate().flat_map(|(block, analysed)| {
        let start = analysed.range.start();
        analysed.markup.spans.iter().map(move |span| Placed { span, block, start })
    })
}

/// The edits that leave `kept` of `answers` in the article; none where they would cross another span.
fn settle_with(
    analysis: &Analysis,
    all: &[Placed<'_>],
    answers: &[Placed<'_>],
    kept: &[Placed<'_>],
) -> Option<Vec<TextEdit>> {
    let same = |one: &Placed<'_>, other: &Placed<'_>| std::ptr::eq(one.span, other.span);
    let is_kept = |placed: &Placed<'_>| kept.iter().any(|other| same(placed, other));
    // Of two readings that both stay only one keeps the id they share.
    let clash = kept.iter().enumerate().find_map(|(index, placed)| {
        let id = placed.id()?;
        kept[..index].iter().any(|before| before.id() == Some(id)).then_some((placed, id))
    });
    let new = clash.map(|(placed, id)| {
        let is_free = |name: &String| all.iter().all(|other| other.id() != Some(name.as_str()));
        let name = (2..all.len() + 3).map(|number| format!("{id}-{number}")).find(is_free);
        (*placed, id, name.unwrap_or_default())
    });
    let mut edits = Vec::new();
    let mut holes = Vec::new();
    for placed in all {
        if answers.iter().any(|answer| same(answer, placed)) {
            let opening =
                TextRange::new(placed.span.range.start(), placed.span.content.start()) + placed.start;
            let closing = TextRange::new(placed.span.content.end(), placed.span.range.end()) + placed.start;
            let is_hole = placed.value("words").is_some();
            if is_kept(placed) {
                let renamed = new.as_ref().filter(|(other, ..)| same(other, placed));
                let id = renamed.map_or(placed.id(), |(.., name)| Some(name.as_str()));
                let written = placed.rewritten(id, true, &str::to_owned);
                if is_hole {
                    holes.push((*placed, written.new_text));
                } else {
                    edits.push(written);
                    continue;
                }
            }
            edits.extend([opening, closing].map(|range| TextEdit { range, new_text: String::new() }));
        } else if let Some((_, id, name)) = &new {
            let names = REFERENCES.iter().any(|key| placed.span.values(key).any(|(word, _)| word == *id));
            let of_b = placed.value("from") == Some("b");
            if names && (of_b || placed.span.is_settled()) {
                let word = |word: &str| match (word == *id, of_b) {
                    (false, _) => word.to_owned(),
                    (true, true) => name.clone(),
                    (true, false) => format!("{word} {name}"),
                };
                let single = placed.value("part-of") == Some(*id) && !of_b;
                if !single {
                    edits.push(placed.rewritten(placed.id(), false, &word));
                }
            }
        }
    }
    edits.sort_by_key(|edit| edit.range.start());
    if holes.is_empty() {
        return Some(edits);
    }
    widen(analysis, edits, &holes)
}

/// `edits`, and spans with the attributes of `holes` around the words these say; none where a span would cross another.
fn widen(analysis: &Analysis, edits: Vec<TextEdit>, holes: &[(Placed<'_>, String)]) -> Option<Vec<TextEdit>> {
    let block = holes.first()?.0.block;
    let analysed = analysis.blocks().get(block)?;
    let place = analysed.range;
    let (inside, mut edits): (Vec<TextEdit>, Vec<TextEdit>) =
        edits.into_iter().partition(|edit| place.contains_range(edit.range));
    let inside: Vec<TextEdit> =
        inside.into_iter().map(|edit| TextEdit { range: edit.range - place.start(), ..edit }).collect();
    let mut text = apply_edits(&analysis.text()[place], &inside);
    for (hole, attributes) in holes.iter().filter(|(hole, _)| hole.block == block) {
        let before = Markup::parse(&text);
        let start = hole.span.prose.start();
        let rest = before.prose.text().get(usize::from(start)..)?;
        let length = words_at(rest, hole.value("words")?)?;
        let words = range(usize::from(start), usize::from(start) + length);
        let settled = settle(&before, before.prose.to_source(words))?;
        let span = NewSpan { range: settled, attributes: attributes.clone() };
        let after_text = apply_edits(&text, &insertions(&[span], &[]));
        let after = Markup::parse(&after_text);
        let is_there =
            after.spans.iter().any(|span| span.prose == words && &after_text[span.attributes] == attributes);
        if !is_there
            || after.prose.text() != before.prose.text()
            || after.spans.len() != before.spans.len() + 1
        {
            return None;
        }
        text = after_text;
    }
    edits.push(TextEdit { range: place, new_text: text });
    edits.sort_by_key(|edit| edit.range.start());
    Some(edits)
}

/// What `readings` say, for a title.
fn told(analysis: &Analysis, readings: &[Placed<'_>]) -> String {
    if readings.is_empty() {
        return "nothing".to_owned();
    }
    let one = |placed: &Placed<'_>| {
        let words = placed
            .value("words")
            .map_or_else(|| super::prose(analysis, placed.span.content + placed.start), str::to_owned);
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let class = placed.span.classes.first().map_or("", |class| class.text.as_str());
        let keys = placed.span.keys.iter().filter(|key| !ALTERNATIVE_KEYS.contains(&key.name.text.as_str()));
        let keys = keys.map(|key| format!(", {}={}", key.name.text, key.value.text));
        format!("{class} “{}”{}", shorten(&words, WORDS), keys.collect::<String>())
    };
    readings.iter().map(one).collect::<Vec<_>>().join("; ")
}
