//! How long it takes to find what an editor shows of an article of 1 MB: colours, hints, lenses, folds, links.
//!
//! `cargo bench --bench shown`

mod article;

use std::hint::black_box;
use std::time::Instant;

use onrecord::analysis::Analysis;
use onrecord::ide::{self, HintKinds};
use onrecord::text::{TextRange, size};

/// Places that are asked about.
const PLACES: usize = 500;

/// What a window shows, in bytes.
const WINDOW: usize = 6000;

fn main() {
    let analysis = Analysis::new(article::article(1_000_000).into(), std::sync::Arc::default());
    let began = Instant::now();
    black_box(analysis.cast());
    println!("who is who, once an edit: {:?}", began.elapsed());
    let length = analysis.text().len();
    let all = TextRange::up_to(size(length));
    windows("colours of a window", analysis.text(), |within| {
        black_box(ide::semantic_tokens(&analysis, within)).len()
    });
    windows("hints of a window", analysis.text(), |within| {
        black_box(ide::hints(&analysis, within, HintKinds::default())).len()
    });
    windows("steps of a selection", analysis.text(), |within| {
        black_box(ide::selections(&analysis, within.start())).len()
    });
    once("colours of all", || ide::flat(&ide::semantic_tokens(&analysis, all)).len());
    once("hints of all", || ide::hints(&analysis, all, HintKinds::default()).len());
    once("lenses", || ide::lenses(&analysis, &ide::speakers(&analysis)).len());
    once("outline", || ide::symbols(&analysis).len());
    once("folds", || ide::folds(&analysis).len());
    once("links", || ide::links(analysis.text(), analysis.header().range).len());
}

fn windows(what: &str, text: &str, ask: impl Fn(TextRange) -> usize) {
    let mut found = 0;
    let mut times: Vec<_> = (0..PLACES)
        .map(|number| {
            let start = size(boundary(text, number * 199_933 % text.len()));
            let end = (usize::from(start) + WINDOW).min(text.len());
            let within = TextRange::new(start, size(boundary(text, end)));
            let began = Instant::now();
            found += ask(within);
            began.elapsed()
        })
        .collect();
    times.sort_unstable();
    println!(
        "{what}: p50 {:?}, p99 {:?}, longest {:?}; {} on average",
        times[PLACES / 2],
        times[PLACES * 99 / 100],
        times[PLACES - 1],
        found / PLACES
    );
}

fn once(what: &str, ask: impl Fn() -> usize) {
    ask();
    let began = Instant::now();
    let found = ask();
    println!("{what}: {:?}; {found}", began.elapsed());
}

/// The beginning of the character that holds the byte `at`.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}
