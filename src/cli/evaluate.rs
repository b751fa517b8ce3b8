//! `onrecord evaluate`: how near attribution comes to what people marked.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use clap::Args;
use rayon::prelude::*;

use crate::analysis::{Analysis, Setup};
use crate::attribution::{Attribution, Model};
use crate::exchange::{AnnotatedSpan, Calibration, Evaluation, GoldArticle, GoldAttribution, Scores};
use crate::workspace::{ConfigError, Configs, discover};

/// Score attribution on articles in which people marked who said what.
#[derive(Args)]
pub struct Arguments {
    /// A corpus of JSON lines (doc id, text, attributions), or a folder of annotated .article files; those without
    /// any annotation are left out.
    #[arg(long, value_name = "CORPUS.jsonl|FOLDER")]
    gold: PathBuf,
    #[command(flatten)]
    model: super::ModelArgument,
    #[command(flatten)]
    least: super::ConfidenceArgument,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> ExitCode {
    let Ok(model) = arguments.model.read() else { return super::exit_code(true, false) };
    let (articles, unread) = gold(&arguments.gold);
    if articles.is_empty() {
        super::complain(&arguments.gold, "there is no annotated article in it");
        return super::exit_code(true, false);
    }
    let model = match model.map_or_else(|| configured(&arguments.gold), Ok) {
        Ok(model) => model,
        Err(error) => {
            anstream::eprintln!("error: {error}");
            return super::exit_code(true, false);
        }
    };
    let began = Instant::now();
    let found = find(&articles, model.above(arguments.least.confidence));
    let wall = began.elapsed().as_secs_f64();
    let evaluation = score(&articles, &found);
    let (articles, characters) = (evaluation.scores.articles, evaluation.scores.characters);
    let written = writeln!(
        io::stdout(),
        "articles {articles}  characters {characters}  wall {wall:.2} s\n{evaluation}"
    );
    let failed = written.is_err_and(|error| !super::is_broken_pipe(&error));
    super::exit_code(failed || unread, false)
}

/// The model that `onrecord.toml` names for what lies at `path`, or the built-in one.
fn configured(path: &Path) -> Result<Model, ConfigError> {
    let config = Configs::default().of(&super::article_at(path))?;
    Ok(config.map(|config| config.model().clone()).unwrap_or_default())
}

/// What the engine finds with `model` in each of `articles`, with its confidence.
pub(super) fn find(articles: &[GoldArticle], model: Model) -> Vec<Vec<(GoldAttribution, f32)>> {
    let setup = Arc::new(Setup { model, ..Setup::default() });
    let one = |article: &GoldArticle| {
        let analysis = Analysis::new(Arc::from(article.text.as_str()), Arc::clone(&setup));
        let with_confidence = |found: &Attribution| (GoldAttribution::from(found), found.confidence);
        analysis.attributions().iter().map(with_confidence).collect()
    };
    articles.par_iter().map(one).collect()
}

/// How near `found` comes to what people marked in `articles`.
pub(super) fn score(articles: &[GoldArticle], found: &[Vec<(GoldAttribution, f32)>]) -> Evaluation {
    let one = |(article, found): (&GoldArticle, &Vec<(GoldAttribution, f32)>)| {
        let calibration = Calibration::of(article, found);
        let found: Vec<GoldAttribution> = found.iter().map(|(found, _)| found.clone()).collect();
        (Scores::of(article, &found), calibration)
    };
    Evaluation::of(&articles.iter().zip(found).map(one).collect::<Vec<_>>())
}

/// The articles of `path`, and whether something could not be read, of which it complains. Of a folder's articles those
/// that nobody annotated are left out, and it says how many: in them nobody has said that nobody is cited.
pub(super) fn gold(path: &Path) -> (Vec<GoldArticle>, bool) {
    let mut articles = Vec::new();
    let (mut unread, mut bare) = (false, 0);
    let mut complain = |path: &Path, error: &dyn std::fmt::Display| {
        super::complain(path, error);
        unread = true;
    };
    if path.is_dir() {
        let found = discover(&[path.to_owned()]);
        found.errors.iter().for_each(|(path, error)| complain(path, error));
        let annotated = |file: &&PathBuf| file.extension().is_some_and(|name| name == "article");
        for file in found.files.iter().filter(annotated) {
            match super::source(file) {
                // What is wrong beside it is told, and the article goes without.
                Ok(source) => match super::annotations(file, &source.text) {
                    Ok(annotations) if annotations.spans.iter().any(AnnotatedSpan::is_settled) => {
                        articles.push(GoldArticle::of(&annotations));
                    }
                    Ok(_) => bare += 1,
                    Err(()) => complain(file, &"what stands beside it cannot be read"),
                },
                Err(error) => complain(file, &error),
            }
        }
    } else {
        match super::source(path) {
            Ok(source) => {
                for (at, line) in source.text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty())
                {
                    match GoldArticle::from_line(line) {
                        Ok(article) => articles.push(article),
                        Err(error) => complain(path, &format!("line {}: {error}", at + 1)),
                    }
                }
            }
            Err(error) => complain(path, &error),
        }
    }
    match bare {
        0 => {}
        1 => anstream::eprintln!("1 article is not annotated and was left out"),
        count => anstream::eprintln!("{count} articles are not annotated and were left out"),
    }
    (articles, unread)
}
