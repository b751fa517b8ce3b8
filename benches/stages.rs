//! How many bytes a second each stage of the analysis reads, on one core.
//!
//! `cargo bench --bench stages`

mod article;

use std::sync::Arc;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use onrecord::analysis::{Analysis, Setup};
use onrecord::article::{Header, Markup, blocks};
use onrecord::attribution::{Model, State, attribute};
use onrecord::language::{Passage, tokenize};

fn main() {
    divan::main();
}

const BYTES: usize = 1_000_000;

fn passages(text: &str) -> Vec<Passage> {
    let from = Header::parse(text).range.end().into();
    blocks(text, from).iter().map(|block| Passage::read(&text[block.range])).collect()
}

#[divan::bench]
fn block_split(bencher: Bencher) {
    let text = article::article(BYTES);
    bencher.counter(BytesCount::of_str(&text)).bench(|| blocks(black_box(&text), 0));
}

#[divan::bench]
fn markup(bencher: Bencher) {
    let text = article::article(BYTES);
    let blocks = blocks(&text, 0);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| blocks.iter().map(|block| Markup::parse(&text[block.range]).spans.len()).sum::<usize>());
}

#[divan::bench]
fn tokens(bencher: Bencher) {
    let text = article::article(BYTES);
    bencher.counter(BytesCount::of_str(&text)).bench(|| tokenize(black_box(&text)));
}

#[divan::bench]
fn passage(bencher: Bencher) {
    let text = article::article(BYTES);
    bencher.counter(BytesCount::of_str(&text)).bench(|| passages(black_box(&text)));
}

#[divan::bench]
fn attribution(bencher: Bencher) {
    let text = article::article(BYTES);
    let passages = passages(&text);
    bencher.counter(BytesCount::of_str(&text)).bench(|| {
        let mut state = State::default();
        let mut count = 0;
        for passage in &passages {
            let found = attribute(passage, &state, Model::built_in());
            count += found.attributions.len();
            state = found.outgoing;
        }
        count
    });
}

#[divan::bench]
fn model_load(bencher: Bencher) {
    let file = Model::built_in().write();
    bencher.bench(|| Model::read(black_box(file.clone()).into()));
}

#[divan::bench]
fn whole_analysis(bencher: Bencher) {
    let text: Arc<str> = article::article(BYTES).into();
    let setup = Arc::new(Setup::default());
    bencher.counter(BytesCount::of_str(&text)).bench(|| Analysis::new(Arc::clone(&text), Arc::clone(&setup)));
}

#[divan::bench]
fn one_key(bencher: Bencher) {
    let text = article::article(BYTES);
    let setup = Arc::new(Setup::default());
    let before = Analysis::new(text.as_str().into(), Arc::clone(&setup));
    let middle = text[text.len() / 2..].find(' ').map_or(0, |at| text.len() / 2 + at);
    let after: Arc<str> = format!("{}x{}", &text[..middle], &text[middle..]).into();
    bencher.bench(|| Analysis::update(Arc::clone(&after), Arc::clone(&setup), Some(&before), &|| false));
}
