//! `onrecord train`: a model of attribution from articles in which people marked who said what.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::evaluate::{find, gold, score};
use crate::attribution::{Model, ModelError, Training};
use crate::exchange::marked_passages;

/// Train the model that finds who said what.
#[derive(Args)]
pub struct Arguments {
    /// A corpus of JSON lines (doc id, text, attributions), or a folder of annotated .article files; those without
    /// any annotation are left out.
    #[arg(long, value_name = "CORPUS.jsonl|FOLDER")]
    gold: PathBuf,
    /// Articles to score the new model on, in either form.
    #[arg(long, value_name = "CORPUS.jsonl|FOLDER")]
    dev: Option<PathBuf>,
    /// The file to write the model to; one that is there is written over where it is a model.
    #[arg(short, long, value_name = "MODEL")]
    output: PathBuf,
    /// The order of the lessons follows from it; the same seed and articles give the same file.
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    seed: u64,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> ExitCode {
    let is_model = |file: Vec<u8>| Model::read(file.into()) != Err(ModelError::NoModel);
    if super::spare_foreign(&arguments.output, "model", is_model).is_err() {
        return super::exit_code(true, false);
    }
    let (articles, unread) = gold(&arguments.gold);
    let (dev, dev_unread) = arguments.dev.as_deref().map(gold).unwrap_or_default();
    if articles.is_empty() {
        super::complain(&arguments.gold, "there is no annotated article in it");
        return super::exit_code(true, false);
    }
    anstream::eprintln!("reading {}", super::counted(articles.len(), "article"));
    let passages: Vec<_> = articles.iter().map(marked_passages).collect();
    let training = Training { seed: arguments.seed, ..Training::default() };
    let steps = training.steps();
    let model: Model = training.run(&passages, |epoch, loss| {
        anstream::eprintln!("epoch {epoch}/{steps}: {loss:.4} bits a decision");
    });
    let written = super::write::replace(&arguments.output, &model.write());
    if let Err(error) = &written {
        super::complain(&arguments.output, error);
    }
    if !dev.is_empty() {
        anstream::eprintln!("{}", score(&dev, &find(&dev, model.above(Model::BALANCED))));
    }
    super::exit_code(written.is_err() || unread || dev_unread, false)
}
