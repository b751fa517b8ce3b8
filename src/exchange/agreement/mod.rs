//! How far two people who annotated the same articles agree.
//!
//! Whether a word belongs to a class is compared token by token, spans by pairs that overlap, what a claim says by the
//! claims so paired. The header is left out: nobody marks it, and all would agree on it.

mod coefficients;

use std::iter::Sum;
use std::ops::AddAssign;

use serde::Serialize;

use super::AnnotatedSpan;
use super::bootstrap::intervals;
use super::coding::{Comparison, said};
use super::evaluation::{Tally, covered, tokens, trim};
use crate::article::SpanClass;
use crate::text::{Place, TextRange};
use coefficients::{Table, alpha_u};

/// The classes compared, in the order of the tables.
const CLASSES: [SpanClass; 5] =
    [SpanClass::Actor, SpanClass::Source, SpanClass::Cue, SpanClass::Claim, SpanClass::Quote];

/// The keys of claims that are compared as categories.
const LABELS: [&str; 3] = ["stance", "voice", "act"];

/// Characters shown of a span's words.
const WORDS: usize = 60;

/// How far two people agree, over one article or many.
#[derive(Clone, Debug, Serialize)]
pub struct Agreement {
    /// Articles compared.
    pub articles: usize,
    /// Words and punctuation marks in them, headers aside.
    pub tokens: usize,
    /// Agreement on the classes that either marked.
    pub classes: Vec<ClassAgreement>,
    /// Agreement on what paired claims say, of the keys that either gave: `stance`, `voice`, `act`, and `by`.
    pub labels: Vec<LabelAgreement>,
    /// Where they disagree, by article and place.
    pub disagreements: Vec<Disagreement>,
}

/// A figure, none where it is not defined.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Figure {
    /// Its value over all articles.
    pub value: Option<f64>,
    /// Between what it lies in 95 of 100 samples of the articles; none for one article.
    pub interval: Option<[f64; 2]>,
}

/// Agreement on one class.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClassAgreement {
    /// The class.
    pub class: &'static str,
    /// Spans of the first person.
    pub a: u32,
    /// Spans of the second.
    pub b: u32,
    /// Krippendorff's alpha over tokens, each in the class or not.
    pub alpha: Figure,
    /// Krippendorff's alpha for unitizing, tokens being the continuum: how well the spans' borders agree.
    pub alpha_u: Figure,
    /// Cohen's kappa over tokens.
    pub kappa: Figure,
    /// F1 of spans with the same words, outer white space and punctuation aside.
    pub exact: Figure,
    /// F1 of spans that overlap, each paired once.
    pub overlap: Figure,
}

/// Agreement on what paired claims say under one key.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LabelAgreement {
    /// The key.
    pub key: &'static str,
    /// The paired claims of which either person says something under it; saying nothing is a category.
    pub claims: u32,
    /// The share of which both say the same.
    pub same: Figure,
    /// Krippendorff's alpha for nominal data; none for `by`, which has no categories.
    pub alpha: Figure,
    /// Cohen's kappa; none for `by`.
    pub kappa: Figure,
}

/// A place where two people disagree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Disagreement {
    /// The article, as an index into those compared.
    #[serde(skip)]
    pub article: usize,
    /// The class of the span, or what else it is called.
    pub class: String,
    /// The words in question.
    pub words: String,
    /// What the first person says.
    pub a: String,
    /// What the second says.
    pub b: String,
    /// Where that is in the first person's article.
    pub place_a: Place,
    /// Where that is in the second's.
    pub place_b: Place,
}

/// What is counted in one article.
#[derive(Clone, Default)]
struct Counts {
    tokens: u32,
    classes: [ClassCounts; CLASSES.len()],
    /// The values of each key, as indices into a list of all.
    labels: [Table<usize>; LABELS.len()],
    by: Table<bool>,
}

#[derive(Clone, Default)]
struct ClassCounts {
    spans: [u32; 2],
    tokens: Table<bool>,
    exact: Tally,
    overlap: Tally,
}

/// The token ranges of the spans of each class, nested ones aside, of both people.
type Units = [[Vec<(u32, u32)>; 2]; CLASSES.len()];

impl Agreement {
    /// The agreement over `articles`, each as two people annotated it.
    pub fn of(articles: &[Comparison<'_>]) -> Self {
        let mut values: Vec<String> = Vec::new();
        let mut disagreements = Vec::new();
        let mut units = Units::default();
        let mut length = 0;
        let mut counted = Vec::with_capacity(articles.len());
        for (article, comparison) in articles.iter().enumerate() {
            let (counts, here) = Counts::of(comparison, &mut values);
            for (all, here) in units.iter_mut().flatten().zip(here.into_iter().flatten()) {
                all.extend(here.into_iter().map(|(start, end)| (start + length, end + length)));
            }
            length += counts.tokens;
            counted.push(counts);
            disagreements.extend(comparison.disagreements(article));
        }
        let all: Counts = counted.iter().sum();
        let intervals = if counted.len() < 2 {
            Vec::new()
        } else {
            intervals(&counted, |draw| draw.iter().copied().sum::<Counts>().figures())
        };
        let mut intervals = intervals.into_iter();
        let mut figures =
            all.figures().into_iter().map(|value| Figure { value, interval: intervals.next().flatten() });
        let mut next = || figures.next().unwrap_or_default();
        let classes = CLASSES.iter().zip(&all.classes).zip(&units).map(|((class, counts), units)| {
            let [alpha, kappa, exact, overlap] = [next(), next(), next(), next()];
            let alpha_u = Figure { value: alpha_u(length, [&units[0], &units[1]]), interval: None };
            let [a, b] = counts.spans;
            ClassAgreement { class: class.name(), a, b, alpha, alpha_u, kappa, exact, overlap }
        });
        let mut classes: Vec<ClassAgreement> = classes.collect();
        classes.retain(|class| class.a + class.b > 0);
        let claims = all.labels.iter().map(Table::units).chain([all.by.units()]);
        let labels = LABELS.into_iter().chain(["by"]).zip(claims).map(|(key, claims)| {
            let [same, alpha, kappa] = [next(), next(), next()];
            LabelAgreement { key, claims, same, alpha, kappa }
        });
        let mut labels: Vec<LabelAgreement> = labels.collect();
        labels.retain(|label| label.claims > 0);
        Self { articles: articles.len(), tokens: length as usize, classes, labels, disagreements }
    }

    /// The lowest alpha of the tables; none where none is defined.
    pub fn lowest_alpha(&self) -> Option<f64> {
        let classes = self.classes.iter().map(|class| class.alpha.value);
        let alphas = classes.chain(self.labels.iter().map(|label| label.alpha.value));
        alphas.flatten().min_by(f64::total_cmp)
    }
}

impl Counts {
    /// What is counted of `comparison`; values of keys are added to `values`.
    fn of(comparison: &Comparison<'_>, values: &mut Vec<String>) -> (Self, Units) {
        let mut out = Self::default();
        let mut units = Units::default();
        let article = &comparison.a.annotations;
        let body: Vec<TextRange> =
            tokens(&article.text).filter(|token| usize::from(token.start()) >= article.body()).collect();
        out.tokens = number(body.len());
        let spans = [&article.spans, &comparison.b.annotations.spans];
        for ((class, counts), units) in CLASSES.iter().zip(&mut out.classes).zip(&mut units) {
            let mut marked = [vec![false; body.len()], vec![false; body.len()]];
            for (coder, spans) in spans.iter().enumerate() {
                for span in spans.iter().filter(|span| span.class() == Some(*class)) {
                    counts.spans[coder] += 1;
                    let mut inside = covered(std::slice::from_ref(&span.range), &body);
                    let Some(first) = inside.next() else { continue };
                    let end = inside.last().unwrap_or(first) + 1;
                    marked[coder][first..end].fill(true);
                    units[coder].push((number(first), number(end)));
                }
                outermost(&mut units[coder]);
            }
            let [a, b] = &marked;
            a.iter().zip(b).for_each(|(a, b)| counts.tokens.add(*a, *b, 1));
            let pairs = comparison.pairs.iter().map(|(a, b)| (&spans[0][*a], &spans[1][*b]));
            let pairs = pairs.filter(|(a, _)| a.class() == Some(*class));
            let same = |(a, b): &(&AnnotatedSpan, &AnnotatedSpan)| {
                trim(&article.text, &[a.range]) == trim(&article.text, &[b.range])
            };
            let tally = |right: usize| {
                let right = number(right);
                Tally { right, wrong: counts.spans[1] - right, missed: counts.spans[0] - right }
            };
            counts.overlap = tally(pairs.clone().count());
            counts.exact = tally(pairs.filter(same).count());
        }
        for (a, b) in comparison.pairs.iter().copied() {
            let (ours, theirs) = (&spans[0][a], &spans[1][b]);
            let is_further = ours.value("part-of").is_some() || theirs.value("part-of").is_some();
            if ours.class() != Some(SpanClass::Claim) || is_further {
                continue;
            }
            for (key, table) in LABELS.iter().zip(&mut out.labels) {
                let pair = [ours, theirs].map(|span| span.value(key));
                if pair.iter().any(Option::is_some) {
                    let [a, b] = pair.map(|value| number_of(values, value.unwrap_or_default()));
                    table.add(a, b, 1);
                }
            }
            let same = comparison.speakers((a, b));
            let [ours, theirs] = [ours, theirs].map(|span| span.value("by").is_some());
            if ours || theirs {
                out.by.add(same, true, 1);
            }
        }
        (out, units)
    }

    /// All figures in the order of the tables.
    fn figures(&self) -> Vec<Option<f64>> {
        let f1 = |tally: Tally| (tally != Tally::default()).then(|| tally.f1());
        let classes = self.classes.iter().flat_map(|class| {
            [class.tokens.alpha(), class.tokens.kappa(), f1(class.exact), f1(class.overlap)]
        });
        let labels = self.labels.iter().flat_map(|table| [table.same(), table.alpha(), table.kappa()]);
        classes.chain(labels).chain([self.by.same(), None, None]).collect()
    }
}

impl AddAssign<&Self> for Counts {
    fn add_assign(&mut self, other: &Self) {
        self.tokens += other.tokens;
        for (here, there) in self.classes.iter_mut().zip(&other.classes) {
            here.spans[0] += there.spans[0];
            here.spans[1] += there.spans[1];
            here.tokens.add_all(&there.tokens);
            here.exact += there.exact;
            here.overlap += there.overlap;
        }
        self.labels.iter_mut().zip(&other.labels).for_each(|(here, there)| here.add_all(there));
        self.by.add_all(&other.by);
    }
}

impl<'a> Sum<&'a Self> for Counts {
    fn sum<I: Iterator<Item = &'a Self>>(counts: I) -> Self {
        counts.fold(Self::default(), |mut all, one| {
            all += one;
            all
        })
    }
}

impl Comparison<'_> {
    /// Whether the claims of a pair are of the same speakers: the same spans or actors.
    fn speakers(&self, (a, b): (usize, usize)) -> bool {
        let ours = &self.a.annotations.spans;
        let of = |spans: &[AnnotatedSpan], claim: &AnnotatedSpan| {
            let who = |id: &str| {
                let actor = id.strip_prefix("actor:");
                let span = spans.iter().find(|span| span.id.as_deref() == Some(id));
                let named = span.and_then(|span| span.value("ref"));
                named.or(actor).unwrap_or(id).to_owned()
            };
            let mut who: Vec<String> = claim.values("by").map(who).collect();
            who.sort_unstable();
            who.dedup();
            who
        };
        of(ours, &ours[a]) == of(&self.translated, &self.translated[b])
            || said(&ours[a], "by") == said(&self.translated[b], "by")
    }

    /// Where the two people disagree, in text order.
    fn disagreements(&self, article: usize) -> Vec<Disagreement> {
        let (ours, theirs) = (&self.a.annotations, &self.b.annotations);
        let mut out: Vec<(TextRange, Disagreement)> = Vec::new();
        let mut add = |span: &AnnotatedSpan, places: [TextRange; 2], a: String, b: String| {
            let class = span.class().map_or_else(|| span.classes.join(" "), |class| class.name().to_owned());
            out.push((
                span.range,
                Disagreement {
                    article,
                    class,
                    words: excerpt(ours.words(span)),
                    a,
                    b,
                    place_a: self.a.place(places[0]),
                    place_b: self.b.place(places[1]),
                },
            ));
        };
        let mut paired = [vec![false; ours.spans.len()], vec![false; theirs.spans.len()]];
        for (a, b) in self.pairs.iter().copied() {
            (paired[0][a], paired[1][b]) = (true, true);
            let (one, other) = (&ours.spans[a], &theirs.spans[b]);
            let keys = self.differing_keys((a, b));
            let other_words = trim(&ours.text, &[one.range]) != trim(&ours.text, &[other.range]);
            let other_classes = one.classes.iter().any(|class| !other.classes.contains(class))
                || one.classes.len() != other.classes.len();
            if !other_words && !other_classes && keys.is_empty() {
                continue;
            }
            let told = |span: &AnnotatedSpan| {
                let words = other_words.then(|| format!("“{}”", excerpt(&ours.text[span.range])));
                let classes = other_classes.then(|| format!(".{}", span.classes.join(" .")));
                let keys = keys.iter().map(|key| match span.value(key) {
                    Some(value) => format!("{key}={value}"),
                    None => format!("no {key}"),
                });
                words.into_iter().chain(classes).chain(keys).collect::<Vec<_>>().join(", ")
            };
            add(one, [one.range, other.range], told(one), told(other));
        }
        let alone = |paired: &[bool], spans: &[AnnotatedSpan]| -> Vec<usize> {
            (0..spans.len()).filter(|at| !paired[*at]).collect()
        };
        let marked = || "marked".to_owned();
        let nothing = || "not marked".to_owned();
        for at in alone(&paired[0], &ours.spans) {
            let span = &ours.spans[at];
            add(span, [span.range; 2], marked(), nothing());
        }
        for at in alone(&paired[1], &theirs.spans) {
            let span = &theirs.spans[at];
            add(span, [span.range; 2], nothing(), marked());
        }
        out.sort_by(|(one, _), (other, _)| super::coding::in_order(*one, *other));
        out.into_iter().map(|(_, disagreement)| disagreement).collect()
    }
}

/// Leaves of `units` those that lie in no other, cut where they overlap, in order.
fn outermost(units: &mut Vec<(u32, u32)>) {
    units.sort_unstable_by_key(|(start, end)| (*start, std::cmp::Reverse(*end)));
    let mut done = 0;
    units.retain_mut(|(start, end)| {
        *start = done.max(*start);
        let is_left = *start < *end;
        done = done.max(*end);
        is_left
    });
}

/// The number of `value` in `values`, where it is put if it is new.
fn number_of(values: &mut Vec<String>, value: &str) -> usize {
    values.iter().position(|known| known == value).unwrap_or_else(|| {
        values.push(value.to_owned());
        values.len() - 1
    })
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// `words` on one line, cut where they are many.
fn excerpt(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(WORDS) {
        Some((cut, _)) => format!("{}…", line[..cut].trim_end()),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::super::coding::tests::coding;
    use super::*;

    const A: &str = "---\ndate: 2026-03-02\n---\n[Harbour staff]{#s1 .source} [said]{.cue for=c1} [the pier leaks]{#c1 .claim by=s1 stance=support}. [Lee]{#s2 .source ref=lee} [denied]{.cue for=c2} [it]{#c2 .claim by=s2 stance=oppose}.\n";
    const B: &str = "---\ndate: 2026-03-02\n---\n[Harbour staff]{#x .source} [said]{.cue for=y} [the pier]{#y .claim by=x stance=support}  leaks. Lee [denied]{.cue for=z} [it]{#z .claim by=lee stance=support}.\n";

    fn agreement(a: &str, b: &str) -> Agreement {
        let (a, b) = (coding(a), coding(b));
        Agreement::of(&[Comparison::new(&a, &b).unwrap()])
    }

    #[test]
    fn classes_labels_and_disagreements_are_those_of_the_two_articles() {
        let found = agreement(A, &B.replace("  leaks", " leaks"));
        assert_eq!(found.tokens, 11);
        let rows: Vec<String> = found
            .classes
            .iter()
            .map(|class| {
                let figures = [class.alpha, class.kappa, class.exact, class.overlap];
                let figures = figures.map(|figure| format!("{:.3}", figure.value.unwrap()));
                format!("{} {} {} {}", class.class, class.a, class.b, figures.join(" "))
            })
            .collect();
        assert_eq!(
            rows,
            [
                "source 2 1 0.753 0.744 0.667 0.667",
                "cue 2 2 1.000 1.000 1.000 1.000",
                "claim 2 2 0.800 0.792 0.500 1.000",
            ]
        );
        let labels: Vec<String> = found
            .labels
            .iter()
            .map(|label| format!("{} {} {:?}", label.key, label.claims, label.same.value))
            .collect();
        assert_eq!(labels, ["stance 2 Some(0.5)", "by 2 Some(1.0)"]);
        let told: Vec<String> = found
            .disagreements
            .iter()
            .map(|one| {
                let Place { line, column, .. } = one.place_a;
                format!("{line}:{column} {} “{}”: {} / {}", one.class, one.words, one.a, one.b)
            })
            .collect();
        assert_eq!(
            told,
            [
                "4:51 claim “the pier leaks”: “the pier leaks” / “the pier”",
                "4:102 source “Lee”: marked / not marked",
                "4:151 claim “it”: by=s2, stance=oppose / by=lee, stance=support",
            ]
        );
    }

    #[test]
    fn who_agrees_with_oneself_has_full_marks_and_no_disagreement() {
        let found = agreement(A, A);
        assert!(found.disagreements.is_empty());
        assert_eq!(found.lowest_alpha(), Some(1.0));
        assert!(found.classes.iter().all(|class| class.alpha_u.value == Some(1.0)), "{:?}", found.classes);
    }

    #[test]
    fn an_interval_needs_two_articles() {
        let texts = [coding(A), coding(&B.replace("  leaks", " leaks"))];
        let one = || Comparison::new(&texts[0], &texts[1]).unwrap();
        let same = || Comparison::new(&texts[0], &texts[0]).unwrap();
        assert_eq!(Agreement::of(&[one()]).classes[0].alpha.interval, None);
        let both = Agreement::of(&[one(), same()]).classes[0].alpha;
        let [low, high] = both.interval.unwrap();
        assert!(low < both.value.unwrap() && high >= both.value.unwrap(), "{both:?}");
    }
}
