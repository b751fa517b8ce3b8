//! Two people's annotations of one article, side by side: which of their spans are the same, or readings of the same
//! words.

use std::cmp::Ordering;

use rustc_hash::{FxHashMap, FxHashSet};

use super::annotations::{AnnotatedSpan, Annotations};
use crate::article::{ALTERNATIVE_KEYS, DRAFT, Stripped, stripped};
use crate::text::{Place, Places, TextRange, TextSize, range, size};

/// The keys whose words are ids, in no order.
const REFERENCES: [&str; 2] = ["by", "for"];

/// The key whose value is one id.
const PART_OF: &str = "part-of";

/// Characters shown of what differs.
const EXCERPT: usize = 24;

/// One person's annotations of an article, without drafts: they are nobody's.
pub struct Coding {
    /// The annotations; drafts are left out.
    pub annotations: Annotations,
    /// How many drafts were left out.
    pub drafts: usize,
    source: String,
    clean: Stripped,
}

/// Why two people's annotations cannot be compared.
#[derive(Debug, thiserror::Error)]
pub enum CodingError {
    /// They are not of one text.
    #[error(
        "{}:{}: here the text is '{a_words}', and '{b_words}' in the other, at {}:{}; both have to annotate the same text, header included",
        .a.line, .a.column, .b.line, .b.column
    )]
    Text {
        /// Where the first article differs, markup counted.
        a: Place,
        /// Where the second one does.
        b: Place,
        /// What stands there in the first.
        a_words: String,
        /// What stands there in the second.
        b_words: String,
    },
    /// One of them has alternatives of an earlier merge, or keys that mark them.
    #[error("{}:{}: here an alternative of an earlier merge waits; settle it first", .at.line, .at.column)]
    Waiting {
        /// Where.
        at: Place,
        /// Whether it is the second article.
        in_second: bool,
    },
}

impl Coding {
    /// `annotations`, which are those of `article`, a text with markup, and of the file beside it.
    pub fn new(mut annotations: Annotations, article: String) -> Self {
        let all = annotations.spans.len();
        annotations.spans.retain(|span| !span.classes.iter().any(|class| class == DRAFT));
        let clean = stripped(&article);
        Self { drafts: all - annotations.spans.len(), annotations, source: article, clean }
    }

    /// Where `range` of the text without markup begins in the article.
    pub fn place(&self, range: TextRange) -> Place {
        Places::new(&self.source).at(self.clean.annotated(range).start())
    }

    /// The first span that is an alternative, or has a key that only alternatives have.
    fn waiting(&self) -> Option<Place> {
        let marks = |span: &&AnnotatedSpan| {
            !span.is_settled() || ALTERNATIVE_KEYS.iter().any(|key| span.value(key).is_some())
        };
        self.annotations.spans.iter().find(marks).map(|span| self.place(span.range))
    }
}

/// Two people's annotations of one article.
pub struct Comparison<'a> {
    /// The first person's.
    pub a: &'a Coding,
    /// The second person's.
    pub b: &'a Coding,
    /// The spans of one class that overlap most, each at most once, as indices into both.
    pub(super) pairs: Vec<(usize, usize)>,
    /// The second person's spans as the first would write them: with the ids that the spans they are paired with have
    /// there, other ids where the first uses theirs for something else, and references to match.
    pub(super) translated: Vec<AnnotatedSpan>,
}

impl<'a> Comparison<'a> {
    /// Puts `a` and `b` side by side.
    ///
    /// # Errors
    /// Where their texts differ, or alternatives of an earlier merge wait.
    pub fn new(a: &'a Coding, b: &'a Coding) -> Result<Self, CodingError> {
        let (first, second) = (&a.annotations.text, &b.annotations.text);
        if first != second {
            let same = first.char_indices().zip(second.chars()).find(|((_, one), other)| one != other);
            let at = same.map_or(first.len().min(second.len()), |((at, _), _)| at);
            let words = |text: &str| match text.get(at..).unwrap_or_default() {
                "" => "at its end".to_owned(),
                rest => rest.chars().take(EXCERPT).collect::<String>().replace(['\n', '\r'], " "),
            };
            let place = range(at, at);
            let (a_words, b_words) = (words(first), words(second));
            return Err(CodingError::Text { a: a.place(place), b: b.place(place), a_words, b_words });
        }
        for (coding, in_second) in [(a, false), (b, true)] {
            if let Some(at) = coding.waiting() {
                return Err(CodingError::Waiting { at, in_second });
            }
        }
        let (ours, theirs) = (&a.annotations.spans, &b.annotations.spans);
        let pairs = pairs(ours, theirs);
        let translated = translate(ours, theirs, &pairs);
        Ok(Self { a, b, pairs, translated })
    }

    /// Whether both of a pair are one span: the same words, classes and keys. What an id is called says nothing.
    pub(super) fn is_agreed(&self, (a, b): (usize, usize)) -> bool {
        let (ours, theirs) = (&self.a.annotations.spans[a], &self.translated[b]);
        ours.range == theirs.range && same_classes(ours, theirs) && self.differing_keys((a, b)).is_empty()
    }

    /// The keys of which the two spans of a pair say something else.
    pub(super) fn differing_keys(&self, (a, b): (usize, usize)) -> Vec<&str> {
        let (ours, theirs) = (&self.a.annotations.spans[a], &self.translated[b]);
        let mut names: Vec<&str> =
            ours.keys.iter().chain(&theirs.keys).map(|(key, _)| key.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        names.retain(|key| said(ours, key) != said(theirs, key));
        names
    }
}

/// What `span` says under `key`; ids come in no order.
pub(super) fn said<'a>(span: &'a AnnotatedSpan, key: &str) -> Option<Vec<&'a str>> {
    let value = span.value(key)?;
    if !REFERENCES.contains(&key) {
        return Some(vec![value]);
    }
    let mut ids: Vec<&str> = value.split_ascii_whitespace().collect();
    ids.sort_unstable();
    Some(ids)
}

fn same_classes(a: &AnnotatedSpan, b: &AnnotatedSpan) -> bool {
    kind(a) == kind(b)
}

/// The classes of a span in no order.
fn kind(span: &AnnotatedSpan) -> Vec<&str> {
    let mut classes: Vec<&str> = span.classes.iter().map(String::as_str).collect();
    classes.sort_unstable();
    classes
}

/// What a span is paired by: the class the format knows, else all of them.
fn family(span: &AnnotatedSpan) -> Vec<&str> {
    span.class().map_or_else(|| kind(span), |class| vec![class.name()])
}

/// Pairs spans of one class that overlap, those first of which the largest share is common.
fn pairs(a: &[AnnotatedSpan], b: &[AnnotatedSpan]) -> Vec<(usize, usize)> {
    let mut candidates: Vec<(f64, usize, usize, usize)> = Vec::new();
    let mut order: Vec<usize> = (0..b.len()).collect();
    order.sort_by_key(|at| b[*at].range.start());
    let longest = b.iter().map(|span| span.range.len()).max().unwrap_or_default();
    for (ours, span) in a.iter().enumerate() {
        let near = span.range.start().checked_sub(longest).unwrap_or_default();
        let from = order.partition_point(|at| b[*at].range.start() < near);
        let reached = order[from..].iter().take_while(|at| b[**at].range.start() <= span.range.end());
        for theirs in reached.copied() {
            let other = &b[theirs];
            let share = common(span.range, other.range);
            if share > 0.0 && family(span) == family(other) {
                let same = span.keys.iter().filter(|key| other.keys.contains(key)).count();
                let same =
                    2 * same + usize::from(span.id == other.id) + usize::from(kind(span) == kind(other));
                candidates.push((share, same, ours, theirs));
            }
        }
    }
    candidates.sort_by(|one, other| {
        other.0.total_cmp(&one.0).then(other.1.cmp(&one.1)).then((one.2, one.3).cmp(&(other.2, other.3)))
    });
    let (mut of_a, mut of_b) = (vec![false; a.len()], vec![false; b.len()]);
    let mut out = Vec::new();
    for (_, _, ours, theirs) in candidates {
        if !of_a[ours] && !of_b[theirs] {
            (of_a[ours], of_b[theirs]) = (true, true);
            out.push((ours, theirs));
        }
    }
    out.sort_unstable();
    out
}

/// The share of the bytes of two ranges together that both have; 1 for two empty ones at one place.
fn common(a: TextRange, b: TextRange) -> f64 {
    if a == b {
        return 1.0;
    }
    let Some(both) = a.intersect(b) else { return 0.0 };
    let all = a.len() + b.len() - both.len();
    f64::from(u32::from(both.len())) / f64::from(u32::from(all)).max(1.0)
}

/// The spans `b` with the ids that `a` gives what they are paired with.
fn translate(a: &[AnnotatedSpan], b: &[AnnotatedSpan], pairs: &[(usize, usize)]) -> Vec<AnnotatedSpan> {
    let ids = |spans: &[AnnotatedSpan]| -> FxHashSet<String> {
        spans.iter().filter_map(|span| span.id.clone()).collect()
    };
    let named = |spans: &[AnnotatedSpan]| -> FxHashSet<String> {
        let keys = REFERENCES.into_iter().chain([PART_OF]);
        let words = keys.flat_map(|key| spans.iter().flat_map(move |span| span.values(key)));
        words.map(str::to_owned).collect()
    };
    let (ours, theirs) = (ids(a), ids(b));
    let mut taken: FxHashSet<String> = ours.clone();
    taken.extend(named(a));
    let unfit: FxHashSet<String> = named(b).union(&theirs).cloned().collect();
    let paired: FxHashMap<usize, usize> = pairs.iter().map(|(ours, theirs)| (*theirs, *ours)).collect();
    // What each id of `b` is called here: that of the first span that has it.
    let mut called: FxHashMap<String, String> = FxHashMap::default();
    let mut out: Vec<AnnotatedSpan> = b.to_vec();
    for (at, span) in out.iter_mut().enumerate() {
        let Some(id) = span.id.clone() else { continue };
        let is_first = !called.contains_key(&id);
        let of_pair = paired.get(&at).and_then(|ours| a[*ours].id.clone());
        let new = match of_pair {
            Some(ours) => ours,
            None if is_first && !taken.contains(&id) => id.clone(),
            None => {
                let free = |name: &String| !taken.contains(name) && !unfit.contains(name);
                let name = |n: usize| if n == 1 { format!("{id}-b") } else { format!("{id}-b{n}") };
                (1..=taken.len() + unfit.len() + 1).map(name).find(free).unwrap_or_else(|| id.clone())
            }
        };
        taken.insert(new.clone());
        if is_first {
            called.insert(id, new.clone());
        }
        span.id = Some(new);
    }
    for span in &mut out {
        for (key, value) in &mut span.keys {
            let is_list = REFERENCES.contains(&key.as_str());
            if !is_list && key != PART_OF {
                continue;
            }
            let word = |word: &str| match called.get(word) {
                Some(new) => new.clone(),
                // An actor here that is a span there.
                None if key == "by" && ours.contains(word) => format!("actor:{word}"),
                None => word.to_owned(),
            };
            let new: Vec<String> = value.split_ascii_whitespace().map(word).collect();
            if new.iter().map(String::as_str).ne(value.split_ascii_whitespace()) {
                *value = new.join(" ");
            }
        }
    }
    out
}

/// In the order of the text, an outer range first.
pub(super) fn in_order(one: TextRange, other: TextRange) -> Ordering {
    (one.start(), other.end()).cmp(&(other.start(), one.end()))
}

/// The bytes of `text` from `at` on that are `words`, white space being white space: see [`crate::article::words_at`].
pub(super) fn extent(text: &str, at: TextSize, words: &str) -> Option<TextRange> {
    let rest = text.get(usize::from(at)..)?;
    crate::article::words_at(rest, words).map(|length| TextRange::at(at, size(length)))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// The annotations in `article`.
    pub(in crate::exchange) fn coding(article: &str) -> Coding {
        Coding::new(Annotations::read("a", article), article.to_owned())
    }

    fn translated(a: &str, b: &str) -> Vec<String> {
        let (a, b) = (coding(a), coding(b));
        let comparison = Comparison::new(&a, &b).unwrap();
        comparison
            .translated
            .iter()
            .map(|span| crate::exchange::annotations::attributes(span).unwrap())
            .collect()
    }

    #[test]
    fn ids_are_those_of_the_paired_spans_and_references_follow() {
        assert_eq!(
            translated(
                "[Lee]{#s1 .source} [said]{.cue for=c1} [it failed]{#c1 .claim by=s1}.",
                "[Lee]{#lee .source} [said]{.cue for=c} [it]{.actor} [failed]{#c .claim by=lee}."
            ),
            ["{#s1 .source}", "{.cue for=c1}", "{.actor}", "{#c1 .claim by=s1}"]
        );
    }

    #[test]
    fn an_id_that_means_something_else_gets_another_name() {
        assert_eq!(
            translated(
                "[Lee]{#s1 .source} said [it failed]{.claim by=s1}, [Kim]{.source} said.",
                "Lee said [it failed]{.claim by=s2}, Kim [said]{#s1 .cue for=s1}."
            ),
            ["{.claim by=s2}", "{#s1-b .cue for=s1-b}"]
        );
        // By the one an actor, by the other a span.
        assert_eq!(
            translated("[Lee]{#lee .source} said so.", "Lee said [so]{.claim by=lee}."),
            ["{.claim by=actor:lee}"]
        );
        assert_eq!(
            translated("Lee said [so]{.claim by=lee}.", "[Lee]{#lee .source} said [so]{.claim by=lee}."),
            ["{#lee-b .source}", "{.claim by=lee-b}"]
        );
    }

    #[test]
    fn two_texts_are_told_apart_at_their_first_difference() {
        let (a, b) = (coding("[One]{.actor} two\nthree four"), coding("One two\n[three]{.actor} for"));
        let error = Comparison::new(&a, &b).err().map(|error| error.to_string());
        assert_eq!(
            error.as_deref(),
            Some(
                "2:9: here the text is 'ur', and 'r' in the other, at 2:19; both have to annotate the same text, header included"
            )
        );
    }
}
