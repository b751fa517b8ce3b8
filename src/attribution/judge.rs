//! Who decides where the rules leave a choice: the model, or in training what people marked.

use std::cell::RefCell;
use std::ops::Range;

use super::features::Features;
use super::model::{Model, log_odds};

/// A choice the rules leave open.
#[derive(Clone, Copy, Debug)]
pub(super) enum Question {
    /// Whether the verb at a token is a cue.
    Verb(usize),
    /// Whether the verb at a token is the cue of what stands before it.
    Tag(usize),
    /// Whether the word or mark at a token is a cue beside its source: "according to", a colon.
    Frame(usize),
    /// Whether the noun or adjective at a token is a cue.
    Nominal(usize),
    /// Whether the content that begins at the first token ends before the second.
    End(usize, usize),
    /// Whether the cue of the verb at the first token goes on to the second.
    Extension(usize, usize),
    /// Whether the cue of the word at the first token begins with the second.
    CueStart(usize, usize),
    /// Whether the cue of the word at the first token ends before the second.
    CueEnd(usize, usize),
    /// Whether the content of the cue of the word at the first token begins with the second.
    Start(usize, usize),
    /// Whether the source of the cue of the word at the token is the phrase from the second token to
    /// before the third; one without tokens is no source.
    Source(usize, usize, usize),
}

/// The log odds of what people marked.
pub(super) const SURE: f32 = 20.0;

/// Answers the questions.
pub(super) enum Judge<'a> {
    /// By the rules alone.
    Rules,
    /// By weights.
    Model(&'a Model),
    /// By what people marked, taking notes.
    Teacher(&'a Teacher<'a>),
}

impl<'a> Judge<'a> {
    /// The judge that goes by `model`.
    pub(super) fn of(model: &'a Model) -> Self {
        if model.is_rules() { Self::Rules } else { Self::Model(model) }
    }

    /// A candidate is an attribution above these log odds.
    pub(super) fn least(&self) -> f32 {
        match self {
            Self::Rules => 0.0,
            Self::Model(model) => model.least,
            Self::Teacher(_) => log_odds(Model::BALANCED),
        }
    }

    /// The natural logarithm of the odds of "yes"; the rules hold `ruled`, and `describe` gives the features.
    pub(super) fn log_odds(
        &self,
        question: Question,
        ruled: f32,
        describe: impl FnOnce(&mut Features<'_>),
    ) -> f32 {
        if matches!(self, Self::Rules) {
            return ruled;
        }
        let mut features = self.features();
        features.begin(question);
        describe(&mut features);
        let said = self.model().map(|_| features.log_odds());
        let Self::Teacher(teacher) = self else { return said.unwrap_or_default() };
        let Some(answer) = teacher.answer(question) else { return said.unwrap_or_default() };
        teacher
            .lessons
            .borrow_mut()
            .push(Lesson { options: vec![features.list(), Vec::new()], right: usize::from(!answer) });
        said.unwrap_or(if answer { SURE } else { -SURE })
    }

    fn features(&self) -> Features<'_> {
        Features::new(self.model(), matches!(self, Self::Teacher(_)))
    }

    /// Whose answers the engine goes by.
    fn model(&self) -> Option<&Model> {
        match self {
            Self::Rules => None,
            Self::Model(model) => Some(model),
            Self::Teacher(teacher) => teacher.pupil,
        }
    }

    /// The likeliest of `ruled`, which is what the rules say, and `others`, which are not looked for where that settles
    /// it.
    ///
    /// `question` asks of an option whether it is the right one, `describe` gives its features.
    pub(super) fn choose<T>(
        &self,
        ruled: T,
        others: impl FnOnce() -> Vec<T>,
        question: impl Fn(&T) -> Question,
        describe: impl Fn(&mut Features<'_>, &T),
    ) -> T {
        if matches!(self, Self::Rules) {
            return ruled;
        }
        let teacher = if let Self::Teacher(teacher) = self { Some(teacher) } else { None };
        let mut features = self.features();
        let (mut told, mut right) = (Vec::new(), None);
        let mut weigh = |option: &T| {
            features.begin(question(option));
            describe(&mut features, option);
            let Some(teacher) = teacher else { return features.log_odds() };
            told.push(features.list());
            let is_right = right.is_none() && teacher.answer(question(option)) == Some(true);
            if is_right {
                right = Some(told.len() - 1);
            }
            if is_right && teacher.pupil.is_none() { f32::INFINITY } else { features.log_odds() }
        };
        let mut most = weigh(&ruled);
        if teacher.is_none() && most > settled(question(&ruled)) {
            return ruled;
        }
        let mut choice = ruled;
        for option in others() {
            let log_odds = weigh(&option);
            if log_odds > most {
                (most, choice) = (log_odds, option);
            }
        }
        if let (Some(teacher), Some(right)) = (teacher, right)
            && told.len() > 1
        {
            teacher.lessons.borrow_mut().push(Lesson { options: told, right });
        }
        choice
    }
}

/// Where the rules' option has more than these log odds, it is chosen without a look at the others. Of 70,000 choices in
/// `PolNeAR` and GUM none is another for it, and half of all options are not weighed. That holds for the weights that come
/// with the program; a model of another scale asks for other bounds.
fn settled(question: Question) -> f32 {
    match question {
        Question::Source(..) => 5.2,
        Question::CueStart(..) => 2.0,
        _ => 4.0,
    }
}

/// A choice with the right option.
///
/// A question of yes or no has two: its features, and none.
pub(super) struct Lesson {
    pub(super) options: Vec<Vec<u32>>,
    pub(super) right: usize,
}

/// What people marked in one passage, in token indices, and the questions put so far.
#[derive(Default)]
pub(super) struct Teacher<'a> {
    /// Whose answers the engine goes by while the right ones are noted; without one it goes by those.
    pub(super) pupil: Option<&'a Model>,
    pub(super) marked: Vec<Marked<Range<usize>>>,
    pub(super) lessons: RefCell<Vec<Lesson>>,
}

/// The pieces of an attribution that people marked.
#[derive(Clone, Debug, Default)]
pub struct Marked<T> {
    /// Who is cited; empty where nobody is.
    pub source: Vec<T>,
    /// The reporting words.
    pub cue: Vec<T>,
    /// What is said.
    pub content: Vec<T>,
}

impl Teacher<'_> {
    /// The right answer, where there is one.
    fn answer(&self, question: Question) -> Option<bool> {
        let cue = |at: usize| {
            let cues = self.marked.iter().flat_map(|marked| marked.cue.iter().map(move |cue| (marked, cue)));
            cues.into_iter().find(|(_, cue)| cue.contains(&at))
        };
        match question {
            Question::Verb(at) | Question::Nominal(at) | Question::Frame(at) => Some(cue(at).is_some()),
            Question::Tag(at) => Some(cue(at).is_some_and(|(marked, cue)| {
                marked.content.first().is_some_and(|content| content.start < cue.start)
            })),
            Question::Extension(head, at) => Some(cue(head)?.1.contains(&at)),
            Question::CueStart(head, at) => Some(cue(head)?.1.start == at),
            Question::CueEnd(head, at) => Some(cue(head)?.1.end == at),
            Question::Start(head, at) => Some(cue(head)?.0.content.iter().any(|content| content.start == at)),
            Question::End(start, at) => {
                let contents = self.marked.iter().flat_map(|marked| &marked.content);
                let content = contents.into_iter().find(|content| content.contains(&start))?;
                Some(content.end <= at)
            }
            Question::Source(head, start, end) => {
                let marked = cue(head)?.0;
                Some(match (marked.source.first(), marked.source.last()) {
                    (Some(first), Some(last)) => (first.start, last.end) == (start, end),
                    _ => start == end,
                })
            }
        }
    }
}
