//! Who decides where the rules leave a choice: the model, or in training what people marked.

use std::cell::RefCell;
use std::ops::Range;

use super::features::Features;
use super::model::Model;

/// A choice the rules leave open.
#[derive(Clone, Copy, Debug)]
pub(super) enum Question {
    /// Whether the verb at a token is a cue.
    Verb(usize),
    /// Whether the noun or adjective at a token is a cue.
    Nominal(usize),
    /// Whether the content that begins at the first token ends before the second.
    End(usize, usize),
    /// Whether the cue of the verb at the first token goes on to the second.
    Extension(usize, usize),
}

/// The log odds of what people marked.
const SURE: f32 = 20.0;

/// Answers the questions.
pub(super) enum Judge<'a> {
    /// By weights.
    Model(&'a Model),
    /// By what people marked, taking notes.
    Teacher(&'a Teacher<'a>),
}

impl Judge<'_> {
    /// The natural logarithm of the odds of "yes"; `describe` gives the features, if they are needed.
    pub(super) fn log_odds(&self, question: Question, describe: impl FnOnce(&mut Features)) -> f32 {
        match self {
            Self::Model(model) => {
                let mut features = Features::of(question);
                describe(&mut features);
                model.log_odds(features.list())
            }
            Self::Teacher(teacher) => {
                let Some(answer) = teacher.answer(question) else {
                    return teacher.pupil.map_or(0.0, |pupil| {
                        let mut features = Features::of(question);
                        describe(&mut features);
                        pupil.log_odds(features.list())
                    });
                };
                let mut features = Features::of(question);
                describe(&mut features);
                let said = teacher.pupil.map(|pupil| pupil.log_odds(features.list()));
                teacher.lessons.borrow_mut().push(Lesson { features: features.list().to_vec(), answer });
                said.unwrap_or(if answer { SURE } else { -SURE })
            }
        }
    }
}

/// A question with its answer.
pub(super) struct Lesson {
    pub(super) features: Vec<u32>,
    pub(super) answer: bool,
}

/// What people marked in one passage, in token indices, and the questions put so far.
#[derive(Default)]
pub(super) struct Teacher<'a> {
    /// Whose answers the engine goes by while the right ones are noted; without one it goes by those.
    pub(super) pupil: Option<&'a Model>,
    pub(super) cues: Vec<Range<usize>>,
    pub(super) contents: Vec<Range<usize>>,
    pub(super) lessons: RefCell<Vec<Lesson>>,
}

impl Teacher<'_> {
    /// The right answer, where there is one.
    fn answer(&self, question: Question) -> Option<bool> {
        let inside = |list: &[Range<usize>], at: usize| list.iter().any(|range| range.contains(&at));
        match question {
            Question::Verb(at) | Question::Nominal(at) => Some(inside(&self.cues, at)),
            Question::Extension(head, at) => {
                let cue = self.cues.iter().find(|range| range.contains(&head))?;
                Some(cue.contains(&at))
            }
            Question::End(start, at) => {
                let content = self.contents.iter().find(|range| range.contains(&start))?;
                Some(content.end <= at)
            }
        }
    }
}
