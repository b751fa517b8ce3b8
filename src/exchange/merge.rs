//! Two people's annotations of one article as one, with what they disagree on left to a third.
//!
//! What both marked stands in the merged article as they wrote it. All else is an alternative: a span with the class
//! `.alternative` beside its own, `from=a` or `from=b`, and `alt` with the number of the question it answers, one for a
//! pair of readings of the same words. An alternative that would cross another span is empty, stands where its words
//! begin and has them under `words`; one that has no place in the article at all goes beside it, as other spans do.

use super::annotations::{AnnotatedSpan, Annotations, Leftover, Misfit};
use super::coding::{Comparison, extent};
use crate::article::ALTERNATIVE;
use crate::text::TextRange;

/// A merged article.
#[derive(Clone, Debug)]
pub struct Merged {
    /// The article.
    pub article: String,
    /// Its text and all that is annotated in it and beside it.
    pub annotations: Annotations,
    /// The spans that stand beside it, in `NAME.article.json`.
    pub beside: Vec<Leftover>,
    /// How many spans both marked alike.
    pub agreed: usize,
    /// How many questions wait for a decision.
    pub questions: usize,
}

/// Why a merged article could not be written.
#[derive(Debug, thiserror::Error)]
pub enum MergeError {
    /// What was written does not read back.
    #[error(
        "the merged annotation cannot be written so that it reads back; settle what differs by hand first"
    )]
    Unwritable,
}

/// The annotations of both people of `comparison` in one article called `name`.
///
/// # Errors
/// [`MergeError`] where a text is such that the merged article would not read back as it was meant.
pub fn merge(name: &str, comparison: &Comparison<'_>) -> Result<Merged, MergeError> {
    let ours = &comparison.a.annotations;
    let mut paired = [vec![None; ours.spans.len()], vec![None; comparison.translated.len()]];
    let mut agreed = Vec::new();
    for (a, b) in comparison.pairs.iter().copied() {
        if comparison.is_agreed((a, b)) {
            let mut span = ours.spans[a].clone();
            span.id = span.id.or_else(|| comparison.translated[b].id.clone());
            agreed.push(span);
            (paired[0][a], paired[1][b]) = (Some(None), Some(None));
        } else {
            (paired[0][a], paired[1][b]) = (Some(Some((a, b))), Some(Some((a, b))));
        }
    }
    let mut open: Vec<Reading<'_>> = Vec::new();
    for (from, spans) in [("a", &ours.spans), ("b", &comparison.translated)] {
        let paired = &paired[usize::from(from == "b")];
        for (at, span) in spans.iter().enumerate() {
            match paired[at] {
                Some(None) => {}
                Some(Some(pair)) => open.push(Reading { from, span, of: Some(pair) }),
                None => open.push(Reading { from, span, of: None }),
            }
        }
    }
    let questions = number(&mut open.iter().collect::<Vec<_>>());
    let agreed_count = agreed.len();
    let mut spans = agreed;
    spans.extend(
        open.iter().zip(&questions.numbers).map(|(reading, question)| reading.alternative(*question)),
    );
    let mut comments = ours.comments.clone();
    let mut known = ours.comments.clone();
    for comment in &comparison.b.annotations.comments {
        match known.iter().position(|other| other == comment) {
            Some(at) => _ = known.swap_remove(at),
            None => comments.push(comment.clone()),
        }
    }
    comments.sort_by_key(|(at, _)| *at);
    let mut merged = Annotations { name: name.to_owned(), spans, comments, ..ours.clone() };
    let mut written = merged.write();
    let crossing: Vec<AnnotatedSpan> = written
        .leftovers
        .iter()
        .filter(|left| left.why == Misfit::Crosses)
        .map(|left| left.span.clone())
        .collect();
    if crossing.iter().any(|span| !span.is_settled()) {
        for span in merged.spans.iter_mut().filter(|span| !span.is_settled() && crossing.contains(span)) {
            if let Some(hole) = shrunken(&ours.text, span) {
                *span = hole;
            }
        }
        written = merged.write();
    }
    let read = Annotations::read(name, &written.article);
    let mut expected = merged.clone();
    for left in &written.leftovers {
        if let Some(at) = expected.spans.iter().position(|span| *span == left.span) {
            expected.spans.remove(at);
        }
    }
    expected.sort();
    if read.text != expected.text
        || !is_same(&read.spans, &expected.spans)
        || read.comments != expected.comments
    {
        return Err(MergeError::Unwritable);
    }
    Ok(Merged {
        article: written.article,
        annotations: merged,
        beside: written.leftovers,
        agreed: agreed_count,
        questions: questions.count,
    })
}

/// One person's span that the other does not have like this.
struct Reading<'a> {
    from: &'static str,
    span: &'a AnnotatedSpan,
    /// The pair it belongs to.
    of: Option<(usize, usize)>,
}

impl Reading<'_> {
    /// The span as an answer to the question numbered `question`.
    fn alternative(&self, question: usize) -> AnnotatedSpan {
        let mut out = self.span.clone();
        out.classes.push(ALTERNATIVE.to_owned());
        out.set("alt", &question.to_string());
        out.set("from", self.from);
        out
    }
}

/// The numbers of the questions that readings answer.
struct Questions {
    numbers: Vec<usize>,
    count: usize,
}

/// Numbers the questions from 1 in the order of the text; the readings of a pair answer one.
fn number(readings: &mut [&Reading<'_>]) -> Questions {
    let mut order: Vec<usize> = (0..readings.len()).collect();
    order.sort_by(|one, other| {
        super::coding::in_order(readings[*one].span.range, readings[*other].span.range)
            .then(readings[*one].from.cmp(readings[*other].from))
    });
    let mut numbers = vec![0; readings.len()];
    let mut of_pair = rustc_hash::FxHashMap::default();
    let mut count = 0;
    for at in order {
        let known = readings[at].of.and_then(|pair| of_pair.get(&pair).copied());
        numbers[at] = known.unwrap_or_else(|| {
            count += 1;
            count
        });
        if let Some(pair) = readings[at].of {
            of_pair.insert(pair, numbers[at]);
        }
    }
    Questions { numbers, count }
}

/// `span` as an empty one that says its words; none where they would not be found again.
fn shrunken(text: &str, span: &AnnotatedSpan) -> Option<AnnotatedSpan> {
    let mut out = span.clone();
    out.range = TextRange::empty(span.range.start());
    out.set("words", &text[span.range]);
    let words = out.value("words")?;
    (extent(text, span.range.start(), words) == Some(span.range)).then_some(out)
}

/// Whether two lists hold the same spans; those with one range may come in another order.
fn is_same(one: &[AnnotatedSpan], other: &[AnnotatedSpan]) -> bool {
    let sorted = |spans: &[AnnotatedSpan]| {
        let mut spans: Vec<AnnotatedSpan> = spans.to_vec();
        spans.sort_by(|a, b| {
            let key = |span: &AnnotatedSpan| (span.range.start(), span.range.end());
            let rest = |span: &AnnotatedSpan| (span.classes.clone(), span.id.clone(), span.keys.clone());
            key(a).cmp(&key(b)).then_with(|| rest(a).cmp(&rest(b)))
        });
        spans
    };
    sorted(one) == sorted(other)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::coding::tests::coding;
    use super::*;
    use crate::article::strip;
    use crate::text::range;

    fn merged(a: &str, b: &str) -> Merged {
        let (a, b) = (coding(a), coding(b));
        merge("c", &Comparison::new(&a, &b).unwrap()).unwrap()
    }

    #[test]
    fn what_both_marked_stays_and_the_rest_are_alternatives() {
        let merged = merged(
            "[Lee]{#s1 .source} [said]{.cue for=c1} [it failed]{#c1 .claim by=s1 stance=support}.\n",
            "[Lee]{#lee .source} [said]{.cue for=x} [it failed]{#x .claim by=lee stance=oppose}.\n",
        );
        assert_eq!(
            merged.article,
            "[Lee]{#s1 .source} [said]{.cue for=c1} [[it failed]{#c1 .claim .alternative alt=1 by=s1 from=b stance=oppose}]{#c1 .claim .alternative alt=1 by=s1 from=a stance=support}.\n"
        );
        assert_eq!((merged.agreed, merged.questions, merged.beside.len()), (2, 1, 0));
    }

    #[test]
    fn what_would_cross_is_empty_and_says_its_words() {
        let merged = merged(
            "[The pier leaks]{.claim by=none} and has to close, he said.\n",
            "The pier [leaks and has to close]{.claim by=none}, he [said]{.cue}.\n",
        );
        assert_eq!(
            merged.article,
            "[The pier []{.claim .alternative alt=1 by=none from=b words=\"leaks and has to close\"}leaks]{.claim .alternative alt=1 by=none from=a} and has to close, he [said]{.cue .alternative alt=2 from=b}.\n"
        );
        assert_eq!(merged.questions, 2);
    }

    #[test]
    fn comments_of_both_are_kept_once() {
        let merged = merged(
            "One <!-- to do -->two [three]{.own}.\n",
            "One <!-- to do -->two <!-- why? -->[three]{.own}.\n",
        );
        assert_eq!(merged.article, "One <!-- to do -->two <!-- why? -->[three]{.own}.\n");
    }

    /// Spans of one coder: where each begins, its length, its class, whether it has an id, its stance.
    fn spans() -> impl Strategy<Value = Vec<(usize, usize, usize, bool, usize)>> {
        prop::collection::vec((0..60_usize, 0..16_usize, 0..4_usize, any::<bool>(), 0..3_usize), 0..7)
    }

    fn article(text: &str, spans: &[(usize, usize, usize, bool, usize)]) -> String {
        let mut out = Annotations::of_text("a", text.to_owned());
        for (index, (start, length, class, named, stance)) in spans.iter().enumerate() {
            let classes = vec![["claim", "source", "cue", "frame"][*class].to_owned()];
            let mut span =
                AnnotatedSpan { classes, range: range(*start, start + length), ..AnnotatedSpan::default() };
            span.id = named.then(|| format!("s{index}"));
            match class {
                0 => span.set("stance", ["support", "oppose", "neutral"][*stance]),
                1 => span.set("ref", ["usa", "pak", "ind"][*stance]),
                2 => span.set("for", ["s0", "s1 s2", "s3"][*stance]),
                _ => span.set("note", "a \"b\" } c"),
            }
            out.spans.push(span);
        }
        out.write().article
    }

    /// `span` without what makes it an alternative, as its coder wrote it but for the names of ids.
    fn plain(text: &str, span: &AnnotatedSpan) -> (TextRange, Vec<String>, Vec<(String, String)>) {
        let words = span.value("words").and_then(|words| extent(text, span.range.start(), words));
        let classes = span.classes.iter().filter(|class| *class != ALTERNATIVE).cloned().collect();
        let is_own = |key: &str| !["alt", "from", "words", "for"].contains(&key);
        let keys = span.keys.iter().filter(|(key, _)| is_own(key)).cloned().collect();
        (words.unwrap_or(span.range), classes, keys)
    }

    proptest! {
        #[test]
        fn nothing_a_coder_wrote_is_lost(
            text in r#"([a-c]{1,4}[ ,]|é|\n\n|\n|[\[\]{}"\\]){1,24}"#,
            one in spans(),
            other in spans(),
        ) {
            let (a, b) = (coding(&article(&text, &one)), coding(&article(&text, &other)));
            let comparison = Comparison::new(&a, &b).unwrap();
            let Ok(merged) = merge("c", &comparison) else { return Err(TestCaseError::reject("does not read back")) };
            prop_assert_eq!(strip(&merged.article), a.annotations.text.clone());
            let mut all = Annotations::read("c", &merged.article).spans;
            all.extend(merged.beside.iter().map(|left| left.span.clone()));
            for (from, coder) in [("a", &a), ("b", &b)] {
                let mut here: Vec<_> = all
                    .iter()
                    .filter(|span| span.is_settled() || span.value("from") == Some(from))
                    .map(|span| plain(&text, span))
                    .collect();
                for span in &coder.annotations.spans {
                    let wanted = plain(&text, span);
                    let at = here.iter().position(|found| *found == wanted);
                    prop_assert!(at.is_some(), "{:?} of {} is not in {}", wanted, from, merged.article);
                    here.swap_remove(at.unwrap_or_default());
                }
                prop_assert!(here.is_empty(), "nobody wrote {:?}: {}", here, merged.article);
            }
        }
    }
}
