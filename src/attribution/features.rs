//! Features: what the judge is told of a question, each a hash.
//!
//! A word stands for itself by its lower-case form; a name only by its shape. No feature holds more
//! than two words, and training drops those found in few articles.

use std::ops::Range;

use super::Link;
use super::cue::{self, Cue};
use super::judge::Question;
use super::model::{Model, Weights};
use super::reading::Reading;
use super::source;
use super::token_keys::{TokenKeys, combine};
use crate::language::{WordClass, letter};

/// The features of one question: weighed as they come, and listed only for a teacher.
pub(super) struct Features<'a> {
    question: u32,
    weights: Weights<'a>,
    sum: i32,
    list: Option<Vec<u32>>,
}

impl<'a> Features<'a> {
    /// None yet; `model` weighs them.
    pub(super) fn new(model: Option<&'a Model>, listed: bool) -> Self {
        let weights = model.map_or(Weights::NONE, Model::weights);
        Self { question: 0, weights, sum: 0, list: listed.then(Vec::new) }
    }

    /// Leaves the features of the question before and begins with those of `question`.
    pub(super) fn begin(&mut self, question: Question) {
        self.question = match question {
            Question::Verb(_) => 1,
            Question::Nominal(_) => 2,
            Question::End(..) => 3,
            Question::Extension(..) => 4,
            Question::CueStart(..) => 5,
            Question::CueEnd(..) => 6,
            Question::Start(..) => 7,
            Question::Source(..) => 8,
            Question::Tag(_) => 9,
            Question::Frame(_) => 10,
        };
        self.sum = 0;
        self.list.as_mut().map(Vec::clear);
        self.add(0, 0, 0);
    }

    /// The natural logarithm of the odds of "yes"; those of one half without a model.
    pub(super) fn log_odds(&self) -> f32 {
        self.weights.log_odds(self.sum)
    }

    /// All of them, if they are listed.
    pub(super) fn list(&self) -> Vec<u32> {
        self.list.clone().unwrap_or_default()
    }

    /// Adds what `template` says with the values `a` and `b`.
    pub(super) fn add(&mut self, template: u32, a: u32, b: u32) {
        self.each([(template, a, b)].into_iter());
    }

    /// Adds a template for each of `pairs`, from number 1 on.
    fn all(&mut self, pairs: &[(u32, u32)]) {
        self.each((1..).zip(pairs).map(|(template, (a, b))| (template, *a, *b)));
    }

    /// Adds templates with their two values.
    #[inline]
    fn each(&mut self, features: impl Iterator<Item = (u32, u32, u32)> + Clone) {
        let question = self.question << 16;
        let features =
            features.map(|(template, a, b)| scatter(fold(scatter(u64::from(question | template), a)), b));
        let weights = self.weights;
        self.sum += features.clone().map(|feature| weights.of(feature)).sum::<i32>();
        if let Some(list) = &mut self.list {
            list.extend(features.map(|hash| (fold(hash) >> 32) as u32));
        }
    }

    /// The words and word classes around `at`, beyond what belongs to the question itself.
    fn window(&mut self, reading: &Reading<'_>, at: usize, first: u32) {
        let place =
            |index: usize| at.checked_add(index).and_then(|at| at.checked_sub(3)).unwrap_or(usize::MAX);
        let around: [TokenKeys; 7] = std::array::from_fn(|index| reading.keys(place(index)));
        let words = (first..).zip(&around).flat_map(|(template, keys)| {
            [(template, keys.word, 0), (template + 10, keys.class, 0), (template + 30, keys.sense, 0)]
        });
        self.each(words);
        let [_, before_last, before, here, after, after_next, _] = around.map(|keys| keys.class);
        let pairs =
            [(before, here), (here, after), (before_last, before), (after, after_next), (before, after)];
        self.each((first + 20..).zip(pairs).map(|(template, (a, b))| (template, a, b)));
    }
}

/// What the engine knows beside the words when it comes to a cue.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Circumstance {
    /// The attributions found in the sentence already.
    pub(super) drafts: u32,
    /// Tokens since what is taken, at most 7.
    pub(super) gap: u32,
    /// Whether the sentence goes on with what is taken.
    pub(super) taken_after: bool,
    /// The last attribution was found in this sentence (0), the one before (1) or further back.
    pub(super) since: u32,
}

/// Describes the verb of `cue`.
#[expect(clippy::too_many_lines, reason = "one list of features, a line each")]
pub(super) fn verb(
    features: &mut Features<'_>,
    reading: &Reading<'_>,
    cue: &Cue,
    sentence: &Range<usize>,
    first: usize,
    limit: usize,
    beside: Circumstance,
) {
    let lemma = u32::try_from(cue.lemma.index()).unwrap_or(u32::MAX);
    let (form, after) = (cue.form as u32, cue.after as u32);
    let (start, end) = (cue.group.start, cue.group.end);
    features.window(reading, cue.head, 100);
    let subject = source::before(reading, first, start);
    let last = subject.end.checked_sub(1).filter(|_| !subject.is_empty());
    let kind = source::kind(reading, &reading.trimmed(subject.clone())) as u32;
    let subject_word = last.map_or(0, |last| word(reading, last));
    let opener = subject.start.checked_sub(1).filter(|at| *at >= sentence.start);
    let opener = opener.map_or(1, |opener| word(reading, opener));
    let score = bucket(cue.score, 4);
    let group = (start..cue.head).fold(1, |hash, at| combine(hash, word(reading, at)));
    let object_at = head_noun(reading, end, limit);
    let (object, follows, second) = (reading.keys(object_at), reading.keys(end), reading.keys(end + 1));
    let complement = complement(reading, end, limit);
    let before = start.checked_sub(1).filter(|at| *at >= sentence.start);
    let (before_word, before_class) = before.map_or((1, 1), |at| (word(reading, at), class(reading, at)));
    let rival = |at: Option<usize>| at.and_then(|at| cue::verb_cue(reading, at, sentence));
    let next = rival((end..limit).find(|at| reading.verb(*at).is_some()));
    let previous = rival((first..start).rev().find(|at| reading.verb(*at).is_some()));
    let its_score = |rival: &Option<Cue>| rival.as_ref().map_or(99, |rival| bucket(rival.score, 6));
    let its_form = |rival: &Option<Cue>| rival.as_ref().map_or(99, |rival| rival.form as u32);
    let its_lemma = |rival: &Option<Cue>| {
        rival.as_ref().map_or(u32::MAX, |rival| u32::try_from(rival.lemma.index()).unwrap_or(u32::MAX))
    };
    let context = form * 16 + after;
    let own = u32::from(cue.lemma.sense());
    let subject_sense = last.map_or(0, |last| sense(reading, last));
    let title = u32::from(reading.is_title_case(sentence.clone()));
    let own_suffix = own_suffix(cue);
    let place = u32::from(sentence.start == 0) * 2 + u32::from(sentence.end == reading.len());
    let noun = (end..limit.min(end + 6)).find(|at| cue::nominal(reading, *at).is_some());
    let quotes = u32::from(reading.has_quote(&(sentence.start..start))) * 2
        + u32::from(reading.has_quote(&(end..limit)));
    features.all(&[
        (lemma, 0),
        (lemma, after),
        (lemma, form),
        (lemma, complement),
        (lemma, before_class),
        (lemma, follows.word),
        (lemma, before_word),
        (lemma, subject_word),
        (lemma, kind),
        (lemma, object.word),
        (form, after),
        (form, before_class),
        (context, complement),
        (context, kind),
        (score, 0),
        (score, context),
        (score, kind),
        (kind, bucket_length(subject.len())),
        (subject_word, form),
        (subject_word, after),
        (opener, form),
        (opener, after),
        (group, form),
        (lemma, group),
        (complement, kind),
        (object.word, after),
        (object.class, after),
        (beside.drafts, form),
        (beside.gap, context),
        (u32::from(beside.taken_after), after),
        (beside.since, score),
        (bucket_length(cue.head - sentence.start), form),
        (bucket_length(sentence.end - cue.head), after),
        (bucket_length(sentence.len()), form),
        (u32::from(cue::takes_clause(cue.lemma)), context),
        (bucket_length(limit.saturating_sub(end)), after),
        (subject.start.checked_sub(1).map_or(1, |at| class(reading, at)), context),
        (title, context),
        (lemma, opener),
        (verbs_before(reading, sentence.start, start), context),
        (follows.class, second.class),
        (follows.word, second.word),
        (lemma, second.class),
        (its_score(&next), score),
        (its_score(&previous), score),
        (its_form(&next), context),
        (its_form(&previous), context),
        (lemma, its_lemma(&next)),
        (lemma, its_lemma(&previous)),
        (lemma, context),
        (lemma, kind * 16 + after),
        (lemma, object.class),
        (lemma, follows.class),
        (suffix(reading, object_at), after),
        (object.word, score),
        (noun.map_or(0, |at| word(reading, at)), context),
        (lemma, u32::from(noun.is_some())),
        (place, context),
        (place, score),
        (quotes, context),
        (lemma, quotes),
        (lemma, beside.since),
        (subject_word, score),
        (kind * 16 + after, follows.class),
        (lemma, title),
        (follows.word, context),
        (second.word, context),
        (before_word, context),
        (complement, context * 16 + kind),
        (follows.class, complement),
        (own_suffix, context),
        (own_suffix, kind),
        (subject_word, follows.class),
        (own, context),
        (own, kind),
        (own, complement),
        (own, object.sense),
        (own, object.word),
        (own, follows.class),
        (own, follows.word),
        (own, before_class),
        (own, subject_word),
        (own, subject_sense),
        (own, opener),
        (own, group),
        (own, u32::from(noun.is_some())),
        (own, beside.since),
        (lemma, object.sense),
        (lemma, subject_sense),
        (context, object.sense),
        (context, subject_sense),
        (subject_sense, object.sense),
        (score, object.sense),
        (score, subject_sense),
        (follows.class, object.sense),
        (follows.word, object.sense),
        (follows.word, second.sense),
    ]);
}

/// Describes the word or mark at `at` as a cue beside its source: "according to", a colon, "in a poll".
/// The rules took it for one of `type_of`.
pub(super) fn frame(
    features: &mut Features<'_>,
    reading: &Reading<'_>,
    at: usize,
    type_of: Link,
    source: &Range<usize>,
    content: &Range<usize>,
    sentence: &Range<usize>,
) {
    features.window(reading, at, 100);
    let type_of = type_of as u32;
    let kind = source::kind(reading, &reading.trimmed(source.clone())) as u32;
    let length = bucket_length(source.len());
    let rest = bucket_length(content.len());
    let finite = u32::from(reading.has_finite(content.clone()));
    let last = source.end.saturating_sub(1);
    let title = u32::from(reading.is_title_case(sentence.clone()));
    let place = u32::from(sentence.start == 0) * 2 + u32::from(sentence.end == reading.len());
    let quote = u32::from(reading.is_quote(content.start));
    features.all(&[
        (type_of, kind),
        (type_of, length),
        (type_of, rest),
        (type_of * 4 + quote, finite),
        (type_of, word(reading, last)),
        (type_of, word(reading, source.start)),
        (type_of, class(reading, last)),
        (type_of * 4 + quote, title),
        (type_of * 4 + quote, place),
        (type_of, word(reading, content.start)),
        (kind, place),
        (kind, length * 16 + type_of),
        (type_of, bucket_length(at - sentence.start.min(at))),
    ]);
}

/// Describes the noun or adjective at `at`; `marks` says what the rules take it for.
pub(super) fn nominal(
    features: &mut Features<'_>,
    reading: &Reading<'_>,
    at: usize,
    marks: u32,
    sentence: &Range<usize>,
    limit: usize,
    beside: Circumstance,
) {
    features.window(reading, at, 100);
    let own = word(reading, at);
    let own_sense = sense(reading, at);
    let link = word(reading, at + 1);
    let owner = (sentence.start..at).rev().take(4).find(|at| {
        reading.is_possessive(*at) || reading.is_any(*at, &["his", "her", "their", "its", "my", "our"])
    });
    let owned = u32::from(owner.is_some());
    let light = cue::light_verb(reading, sentence.start, at);
    let light = light.map_or(0, |light| word(reading, light));
    let complement = complement(reading, at + 2, limit);
    features.all(&[
        (own, link),
        (own, owned),
        (own, light),
        (own, marks),
        (link, marks),
        (link, owned),
        (marks, owned),
        (light, link),
        (complement, marks),
        (own, complement),
        (suffix(reading, at), link),
        (suffix(reading, at), owned),
        (beside.drafts, marks),
        (beside.gap, marks),
        (u32::from(beside.taken_after), marks),
        (own, at.checked_sub(1).map_or(1, |at| word(reading, at))),
        (class(reading, at + 2), link),
        (own, class(reading, at + 2)),
        (bucket_length(at - sentence.start), marks),
        (owned, complement),
        (own_sense, link),
        (own_sense, marks),
        (own_sense, owned),
        (own_sense, light),
        (own_sense, complement),
        (own_sense, at.checked_sub(1).map_or(1, |at| word(reading, at))),
        (own_sense, suffix(reading, at)),
        (own_sense, sense(reading, at + 2)),
        (own, sense(reading, at + 2)),
        (link, sense(reading, at + 2)),
    ]);
}

/// Describes the word at `at` as a part of `cue`; the rules say `ruled`.
pub(super) fn extension(
    features: &mut Features<'_>,
    reading: &Reading<'_>,
    cue: &Cue,
    at: usize,
    ruled: bool,
    limit: usize,
) {
    let lemma = u32::try_from(cue.lemma.index()).unwrap_or(u32::MAX);
    let (form, after) = (cue.form as u32, cue.after as u32);
    let ruled = u32::from(ruled);
    let own = word(reading, at);
    let next = at + 1;
    let complement = complement(reading, next, limit);
    features.all(&[
        (lemma, own),
        (own, ruled),
        (own, form),
        (own, class(reading, next)),
        (own, word(reading, next)),
        (own, complement),
        (lemma, ruled),
        (ruled, form * 16 + after),
        (own, u32::from(cue::takes_clause(cue.lemma))),
        (ruled, class(reading, next)),
        (lemma, class(reading, next)),
        (ruled, u32::try_from(at - cue.head).unwrap_or(9)),
    ]);
}

/// A cue as far as the extents of its attribution depend on it.
#[derive(Clone, Debug)]
pub(super) struct Anchor {
    /// The word itself.
    pub(super) head: usize,
    /// The lemma of a verb, else the word.
    key: u32,
    /// Its form with what follows it.
    shape: u32,
    /// Whether it takes a clause.
    clause: u32,
    /// The tokens of the cue.
    pub(super) group: Range<usize>,
}

impl Anchor {
    /// That of a verb.
    pub(super) fn of(cue: &Cue) -> Self {
        Self {
            head: cue.head,
            key: u32::try_from(cue.lemma.index()).unwrap_or(u32::MAX),
            shape: cue.form as u32 * 16 + cue.after as u32,
            clause: u32::from(cue::takes_clause(cue.lemma)),
            group: cue.group.clone(),
        }
    }

    /// That of a noun or adjective, with the tokens of its cue.
    pub(super) fn nominal(reading: &Reading<'_>, head: usize, adjective: bool, group: Range<usize>) -> Self {
        Self { head, key: word(reading, head), shape: 200 + u32::from(adjective), clause: 2, group }
    }
}

/// Describes `at` as the first token of the cue; the rules say `ruled`.
pub(super) fn cue_start(
    features: &mut Features<'_>,
    reading: &Reading<'_>,
    anchor: &Anchor,
    at: usize,
    ruled: usize,
    first: usize,
) {
    let own = word(reading, at);
    let before = at.checked_sub(1).filter(|at| *at >= first);
    let (before, before_class) = before.map_or((1, 1), |at| (word(reading, at), class(reading, at)));
    let far = u32::try_from(anchor.head - at).unwrap_or(9).min(9);
    let says = order(at, ruled);
    let verbs = verbs_before(reading, at, anchor.head);
    features.all(&[
        (says, 0),
        (says, far),
        (own, says),
        (before, says),
        (before_class, says),
        (own, before),
        (class(reading, at), before_class),
        (own, far),
        (before, far),
        (own, anchor.shape),
        (before, anchor.shape),
        (own, anchor.key),
        (anchor.key, says),
        (anchor.shape, says * 16 + far),
        (own, word(reading, at + 1)),
        (class(reading, at), class(reading, at + 1)),
        (verbs, says),
        (verbs, before_class),
        (class(reading, at), before),
    ]);
}

/// Describes `at` as the end of the cue; the rules say `ruled`.
pub(super) fn cue_end(
    features: &mut Features<'_>,
    reading: &Reading<'_>,
    anchor: &Anchor,
    at: usize,
    ruled: usize,
    limit: usize,
) {
    let last = at.saturating_sub(1);
    let (own, next) = (word(reading, last), word(reading, at));
    let (own_class, next_class) = (class(reading, last), class(reading, at));
    let far = u32::try_from(at - anchor.head).unwrap_or(9).min(9);
    let says = order(at, ruled);
    let path = (anchor.head + 1..at).fold(3, |hash, at| combine(hash, class(reading, at)));
    let to = (anchor.head + 1..at).find(|at| reading.is(*at, "to")).map_or(0, |to| word(reading, to + 1));
    let complement = complement(reading, at, limit);
    let object = word(reading, head_noun(reading, anchor.head + 1, limit));
    features.all(&[
        (says, 0),
        (says, far),
        (own, says),
        (next, says),
        (own_class, says),
        (next_class, says),
        (own, next),
        (own_class, next_class),
        (anchor.key, own),
        (anchor.key, next),
        (anchor.key, own_class),
        (anchor.key, next_class),
        (anchor.key, path),
        (anchor.key, says * 16 + far),
        (path, next_class),
        (path, own),
        (path, next),
        (path, anchor.shape),
        (own, anchor.shape),
        (next, anchor.shape),
        (next_class, anchor.shape * 16 + says),
        (far, complement),
        (own, complement),
        (anchor.clause * 16 + far, own),
        (anchor.clause * 16 + far, next),
        (anchor.clause, path),
        (next_class, class(reading, at + 1)),
        (next, word(reading, at + 1)),
        (to, own),
        (object, own),
        (own, far),
        (anchor.key, complement),
        (own_class, combine(next_class, class(reading, at + 1))),
        (sense(reading, last), says),
        (sense(reading, last), next_class),
        (sense(reading, last), next),
        (anchor.key, sense(reading, last)),
        (sense(reading, last), anchor.shape),
        (sense(reading, at), anchor.shape),
        (sense(reading, at), own),
        (sense(reading, at), says),
    ]);
}

/// Describes `at` as the first token of the content; the rules say `ruled`.
pub(super) fn start(
    features: &mut Features<'_>,
    reading: &Reading<'_>,
    anchor: &Anchor,
    at: usize,
    ruled: usize,
    limit: usize,
) {
    let (own, before) = (word(reading, at), word(reading, at.saturating_sub(1)));
    let (own_class, before_class) = (class(reading, at), class(reading, at.saturating_sub(1)));
    let far = u32::try_from(at.saturating_sub(anchor.group.end)).unwrap_or(12).min(12);
    let says = order(at, ruled);
    let complement = complement(reading, at, limit);
    let finite = u32::from(reading.has_finite(anchor.group.end..at));
    features.all(&[
        (says, 0),
        (says, far),
        (own, says),
        (before, says),
        (own_class, says),
        (before_class, says),
        (own, before),
        (own_class, before_class),
        (own, far),
        (anchor.key, says * 16 + far),
        (anchor.key, own),
        (anchor.key, own_class),
        (anchor.shape, own),
        (anchor.shape, says * 16 + far),
        (anchor.clause * 16 + far, own),
        (anchor.clause * 16 + says, before),
        (complement, says),
        (complement, far),
        (finite, says),
        (finite, own),
        (own, word(reading, at + 1)),
        (word(reading, anchor.group.end), own),
        (anchor.key, before),
        (word(reading, anchor.group.end), says * 16 + far),
        (sense(reading, at.saturating_sub(1)), own),
        (sense(reading, at.saturating_sub(1)), says),
        (sense(reading, at), says),
        (sense(reading, at), before),
    ]);
}

/// Describes the phrase `option` as the source; the rules say `ruled`, and `origin` tells where it
/// was found.
pub(super) fn source_option(
    features: &mut Features<'_>,
    reading: &Reading<'_>,
    anchor: &Anchor,
    option: &Range<usize>,
    origin: u32,
    ruled: &Range<usize>,
    sentence: &Range<usize>,
) {
    let none = option.is_empty();
    let before = option.start.checked_sub(1).filter(|at| !none && *at >= sentence.start);
    let (before, before_class) = before.map_or((1, 1), |at| (word(reading, at), class(reading, at)));
    let (own, own_class) =
        if none { (0, 0) } else { (word(reading, option.start), class(reading, option.start)) };
    let last = option.end.checked_sub(1).filter(|_| !none);
    let (last, last_class) = last.map_or((0, 0), |at| (word(reading, at), class(reading, at)));
    let (next, next_class) =
        if none { (0, 0) } else { (word(reading, option.end), class(reading, option.end)) };
    let last_sense = option.end.checked_sub(1).filter(|_| !none).map_or(0, |at| sense(reading, at));
    let next_sense = if none { 0 } else { sense(reading, option.end) };
    let same = u32::from(option == ruled);
    let says = if none {
        20
    } else if ruled.is_empty() {
        21
    } else {
        order(option.start, ruled.start) * 3 + order(option.end, ruled.end)
    };
    let (gap, side) = if none {
        (0, 0)
    } else if option.end <= anchor.group.start {
        (bucket_length(anchor.group.start - option.end), 1)
    } else {
        (bucket_length(option.start.saturating_sub(anchor.group.end)), 2)
    };
    let length = bucket_length(option.len());
    let kind = source::kind(reading, option) as u32;
    let comma = u32::from(reading.comma_count(option) > 0);
    let finite = verbs_before(reading, option.start, option.end);
    let between = if side == 1 { verbs_before(reading, option.end, anchor.group.start) } else { 9 };
    let place = gap * 4 + side;
    features.all(&[
        (origin, same),
        (origin, says),
        (says, length),
        (origin * 32 + says, anchor.shape),
        (anchor.key, origin),
        (anchor.key, says),
        (own, says),
        (before, says),
        (last, says),
        (next, says),
        (own_class, before_class),
        (own, before),
        (own_class, before),
        (own, before_class),
        (last_class, next_class),
        (last, next),
        (last_class, next),
        (kind, says),
        (kind, origin),
        (kind, anchor.key),
        (kind, length),
        (place, origin),
        (place, anchor.shape),
        (place, says),
        (comma * 4 + finite, says),
        (comma * 4 + finite, length),
        (between, origin),
        (between, place),
        (finite, last_class),
        (own, length),
        (before_class, says * 16 + length),
        (own_class, says * 16 + length),
        (last, origin),
        (own, origin),
        (next_class, place),
        (anchor.shape, kind * 16 + side),
        (last_sense, says),
        (last_sense, origin),
        (last_sense, next_class),
        (last_sense, anchor.shape),
        (last_sense, own_class),
        (next_sense, says),
        (next_sense, last_class),
        (next_sense, last),
    ]);
}

/// Whether `at` comes before (0), at (1) or after (2) `ruled`.
fn order(at: usize, ruled: usize) -> u32 {
    match at.cmp(&ruled) {
        std::cmp::Ordering::Less => 0,
        std::cmp::Ordering::Equal => 1,
        std::cmp::Ordering::Greater => 2,
    }
}

/// Describes the place `at` as the end of the content of `cue` that begins at `start`; the rules say
/// `ruled`.
pub(super) fn end(
    features: &mut Features<'_>,
    reading: &Reading<'_>,
    cue: &Cue,
    start: usize,
    at: usize,
    ruled: usize,
    limit: usize,
) {
    let lemma = u32::try_from(cue.lemma.index()).unwrap_or(u32::MAX);
    let (form, after) = (cue.form as u32, cue.after as u32);
    let says = order(at, ruled);
    features.window(reading, at, 100);
    let mark = word(reading, at);
    let next = word(reading, at + 1);
    let begins = word(reading, start);
    let finite = u32::from(reading.has_finite(start..at)) * 2 + u32::from(reading.has_finite(at + 1..limit));
    let commas = |range: Range<usize>| reading.comma_count(&range).min(3);
    let length = bucket_length(at - start);
    let rest = bucket_length(limit.saturating_sub(at));
    let quotes = u32::from(reading.has_quote(&(start..at))) * 2 + u32::from(reading.has_quote(&(at..limit)));
    let clause = u32::from(cue::takes_clause(cue.lemma));
    let next_verb = reading.verb(at + 1).map_or(0, |verb| verb.form as u32 + 1);
    let own_verb = (at + 1..limit).find_map(|at| reading.verb(at)).map_or(0, |verb| verb.form as u32 + 1);
    let cue_follows = cue::verb_cue(reading, at + 1, &(at..limit)).map_or(-100, |cue| cue.score);
    let later = (at + 1..limit.min(at + 9)).find(|at| reading.verb(*at).is_some());
    let later = later.and_then(|later| cue::verb_cue(reading, later, &(at..limit)));
    features.all(&[
        (says, mark),
        (says, next),
        (says, finite),
        (says * 256 + after * 16 + form, mark),
        (says, length),
        (says, rest),
        (says, lemma),
        (lemma, mark),
        (mark, next),
        (mark, finite * 4 + says),
        (mark, commas(start..at) * 4 + commas(at + 1..limit)),
        (mark, quotes * 4 + says),
        (begins, mark),
        (begins, next),
        (clause * 4 + says, mark),
        (clause * 4 + says, next),
        (after * 4 + says, next),
        (mark, class(reading, at + 1)),
        (class(reading, at + 1), class(reading, at + 2)),
        (mark, next_verb * 8 + own_verb),
        (bucket(cue_follows, 6), mark),
        (mark, length * 16 + rest),
        (next, word(reading, at + 2)),
        (after * 4 + says, finite * 16 + length),
        (next, finite),
        (lemma, next),
        (at.checked_sub(1).map_or(0, |at| class(reading, at)), class(reading, at + 1)),
        (begins, after * 16 + form),
        (later.map_or(99, |cue| bucket(cue.score, 6)), mark),
    ]);
}

/// What a clause, phrase or quotation after a cue looks like, in a few bits.
fn complement(reading: &Reading<'_>, start: usize, limit: usize) -> u32 {
    let near = start..limit.min(start + 8);
    let (mut that, mut to) = (false, false);
    for at in near.clone() {
        match reading.text(at).len() {
            2 => to |= reading.is(at, "to"),
            4 => that |= reading.is(at, "that"),
            _ => {}
        }
    }
    let quote = reading.has_quote(&(start..limit));
    let finite = reading.has_finite(near.clone());
    let subject = reading.is_subject(start);
    let comma = reading.comma_count(&near) > 0;
    let name = reading.is_capital(start);
    [that, to, quote, finite, subject, comma, name].iter().fold(0, |bits, bit| bits * 2 + u32::from(*bit))
}

/// The last word of the noun phrase that begins at `start`, as far as word classes tell.
fn head_noun(reading: &Reading<'_>, start: usize, limit: usize) -> usize {
    let stop = WordClass::PREPOSITION | WordClass::SUBORDINATOR | WordClass::WH | WordClass::COORDINATOR;
    let end = (start..limit.min(start + 6))
        .find(|at| {
            !reading.is_word(*at)
                || *at > start && reading.class(*at).intersects(stop)
                || *at > start && reading.is_finite(*at)
        })
        .unwrap_or(limit.min(start + 6));
    end.checked_sub(1).filter(|at| *at >= start).unwrap_or(start)
}

fn verbs_before(reading: &Reading<'_>, start: usize, end: usize) -> u32 {
    reading.finite_count(&(start..end)).min(3)
}

/// The word at `at`, or the shape of a name, number or mark.
fn word(reading: &Reading<'_>, at: usize) -> u32 {
    reading.keys(at).word
}

/// What kind of word stands at `at`.
fn class(reading: &Reading<'_>, at: usize) -> u32 {
    reading.keys(at).class
}

/// What the word at `at` speaks of.
fn sense(reading: &Reading<'_>, at: usize) -> u32 {
    reading.keys(at).sense
}

/// The last three letters of the cue's lemma.
fn own_suffix(cue: &Cue) -> u32 {
    cue.lemma.text().bytes().rev().take(3).fold(9, letter)
}

/// The last three letters of a word.
fn suffix(reading: &Reading<'_>, at: usize) -> u32 {
    let text = reading.text(at).as_bytes();
    text.iter().rev().take(3).fold(7, |hash, byte| letter(hash, *byte))
}

/// `value` in steps of `step`, cut at twelve either way.
fn bucket(value: i32, step: i32) -> u32 {
    u32::try_from((value / step).clamp(-12, 12) + 12).unwrap_or(0)
}

fn bucket_length(length: usize) -> u32 {
    match length {
        0..=4 => u32::try_from(length).unwrap_or(0),
        5..=6 => 5,
        7..=9 => 6,
        10..=14 => 7,
        15..=22 => 8,
        _ => 9,
    }
}

/// `hash` with `value`; its high bits depend on all of both.
fn scatter(hash: u64, value: u32) -> u64 {
    (hash ^ u64::from(value)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// `hash` with its high bits in the low ones too. The highest 31, to which a weight's place goes, stay as they are.
fn fold(hash: u64) -> u64 {
    hash ^ (hash >> 31)
}
