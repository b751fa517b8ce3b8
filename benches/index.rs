//! The index over a folder: how fast it is made, how much memory it takes, and how long a hover takes with it.
//!
//! `cargo bench --bench index`, or with another number of articles after `--` (10,000 by default), or with a folder whose
//! files are read as articles: real text meets more different words than the bench's own.

mod article;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use onrecord::analysis::{Analysis, Setup};
use onrecord::ide;
use onrecord::settings::Settings;
use onrecord::workspace::{ArticleSummary, Index, IndexCache, Stamp, hash, read};
use rayon::prelude::*;

/// Articles that are analysed before they are put into the index, as the server does.
const BATCH: usize = 128;
const HOVERS: usize = 5000;

fn main() -> io::Result<()> {
    let asked = std::env::args().skip(1).find(|word| word != "--bench");
    let articles = match asked.as_deref().map(|word| (word, word.parse())) {
        None => written(10_000),
        Some((_, Ok(count))) => written(count),
        Some((folder, Err(_))) => found(Path::new(folder))?,
    };
    let count = articles.len();
    let settings = Settings { select: vec!["-".to_owned()], ..Settings::default() };
    let setup = Arc::new(Setup { settings, ..Setup::default() });
    let bytes: usize = articles.iter().map(|(_, text)| text.len()).sum();
    let mut index = Index::default();
    let began = Instant::now();
    for batch in articles.chunks(BATCH) {
        let summaries: Vec<ArticleSummary> = batch
            .par_iter()
            .map(|(_, text)| ArticleSummary::new(&Analysis::new(text.as_str().into(), Arc::clone(&setup))))
            .collect();
        for ((path, _), summary) in batch.iter().zip(summaries) {
            index.put(path, summary);
        }
    }
    let taken = began.elapsed().as_secs_f64();
    let megabytes = f64::from(u32::try_from(bytes).unwrap_or(u32::MAX)) / 1e6;
    println!(
        "indexed {count} articles, {megabytes:.1} MB, in {taken:.2} s: {:.1} MB/s on {} threads",
        megabytes / taken,
        rayon::current_num_threads()
    );
    let mentions = index.mention_count();
    println!(
        "index {} bytes, {mentions} mentions: {} bytes a mention",
        index.bytes(),
        index.bytes() / mentions.max(1)
    );
    from_cache(&articles, &setup);
    let long = Analysis::new(article::article(1_000_000).into(), Arc::default());
    let length = long.text().len();
    // The first hover brings the article's mentions together; an editor's has done so.
    ide::hover_in_folder(&long, 0.into(), &index);
    let mut times: Vec<_> = (0..HOVERS)
        .map(|number| {
            let mut at = number * 199_933 % length;
            while !long.text().is_char_boundary(at) {
                at -= 1;
            }
            let began = Instant::now();
            std::hint::black_box(ide::hover_in_folder(&long, onrecord::text::size(at), &index));
            began.elapsed()
        })
        .collect();
    times.sort_unstable();
    println!(
        "hover in 1 MB: p50 {:?}, p99 {:?}, longest {:?}",
        times[HOVERS / 2],
        times[HOVERS * 99 / 100],
        times[HOVERS - 1]
    );
    Ok(())
}

/// `count` articles of the bench's own sentences.
fn written(count: usize) -> Vec<(PathBuf, String)> {
    let text = article::article(4000);
    (0..count)
        .map(|number| {
            // Each names somebody nobody else does, as articles do.
            let local = format!("{text}\n\nMaria K{number}er left, K{number}er said.");
            (Path::new("/news").join(format!("{number}.article")), local)
        })
        .collect()
}

/// The files of `folder`, not of those within it.
fn found(folder: &Path) -> io::Result<Vec<(PathBuf, String)>> {
    let mut articles = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_file() {
            let text = read(&path).map_err(io::Error::other)?.text;
            articles.push((path, text));
        }
    }
    Ok(articles)
}

/// Prints how long it takes until the index of `articles`, in files, can be used: analysed, and from the cache that a
/// session before left.
fn from_cache(articles: &[(PathBuf, String)], setup: &Arc<Setup>) {
    let (Ok(root), Ok(kept)) = (tempfile::tempdir(), tempfile::tempdir()) else { return };
    let paths: Vec<PathBuf> =
        articles.iter().filter_map(|(path, _)| Some(root.path().join(path.file_name()?))).collect();
    for (path, (_, text)) in paths.iter().zip(articles) {
        if std::fs::write(path, text).is_err() {
            return;
        }
    }
    for session in ["cold", "from the cache"] {
        let began = Instant::now();
        let cache = std::sync::Mutex::new(IndexCache::open(Some(kept.path()), root.path()));
        let mut index = Index::default();
        let mut stamps = rustc_hash::FxHashMap::default();
        for batch in paths.chunks(BATCH) {
            let summaries: Vec<Option<(Stamp, ArticleSummary)>> = batch
                .par_iter()
                .map(|path| {
                    let text = read(path).ok()?.text;
                    let stamp = Stamp::new(path, &text, hash(""))?;
                    let known = cache.lock().ok()?.take(path, stamp);
                    let analyse =
                        || ArticleSummary::new(&Analysis::new(text.as_str().into(), Arc::clone(setup)));
                    Some((stamp, known.unwrap_or_else(analyse)))
                })
                .collect();
            for (path, (stamp, summary)) in batch.iter().zip(summaries.into_iter().flatten()) {
                index.put(path, summary);
                stamps.insert(path.clone(), stamp);
            }
        }
        println!("usable index of {} articles in files, {session}: {:.2?}", index.len(), began.elapsed());
        if let Err(error) = IndexCache::open(Some(kept.path()), root.path()).write(&index, &stamps) {
            println!("nothing could be kept: {error}");
        }
    }
}
