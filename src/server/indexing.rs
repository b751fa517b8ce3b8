//! Indexing the articles of the client's folders, in the background.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use tower_lsp::Client;
use tower_lsp::ls_types::ProgressToken;

use super::session::Session;
use crate::analysis::{Analysis, Setup};
use crate::settings::Settings;
use crate::workspace::{ArticleSummary, discover, is_article, read};

/// The name of the progress, by which the client cancels it.
pub(super) const TOKEN: &str = "onrecord/indexing";

/// Articles that are indexed between two reports.
const BATCH: usize = 128;

/// Indexes all articles of the folders `roots`, telling how far it has come where the client can show it; one
/// call after another. Waits for the client: run it in a task of its own.
pub(super) async fn index_all(session: Arc<Session>, client: Client, roots: Vec<PathBuf>) {
    if roots.is_empty() {
        return;
    }
    let _turn = session.knowledge().begin_indexing().await;
    let Ok(files) = tokio::task::spawn_blocking(move || discover(&roots).files).await else { return };
    let token = ProgressToken::String(TOKEN.to_owned());
    let shown = session.support().is_some_and(|support| support.progress) && files.len() > BATCH;
    let shown = shown && client.create_work_done_progress(token.clone()).await.is_ok();
    let total = files.len();
    let progress = if shown {
        let begun = client.progress(token, "Indexing articles").with_percentage(0).with_cancel_button();
        Some(begun.begin().await)
    } else {
        None
    };
    let setup = setup(&session);
    let mut done = 0;
    for batch in files.chunks(BATCH) {
        if session.knowledge().is_cancelled() || session.is_shut_down() {
            break;
        }
        let (batch, session, setup) = (batch.to_vec(), Arc::clone(&session), Arc::clone(&setup));
        done += batch.len();
        if tokio::task::spawn_blocking(move || index(&session, &batch, &setup)).await.is_err() {
            tracing::error!("indexing an article panicked; the others of its batch are left out");
        }
        if let Some(progress) = &progress {
            let percent = u32::try_from(done * 100 / total).unwrap_or(100);
            progress.report_with_message(format!("{done} of {total}"), percent, Some(true)).await;
        }
    }
    if let Some(progress) = progress {
        progress.finish_with_message(format!("{done} of {total} articles")).await;
    }
}

/// Indexes the articles at `paths` anew; takes out those that are gone. Blocks.
pub(super) fn index_again(session: &Session, paths: &[PathBuf]) {
    index(session, paths, &setup(session));
}

/// What articles are indexed with: no rule speaks.
fn setup(session: &Session) -> Arc<Setup> {
    let settings = Settings { select: vec!["-".to_owned()], ..Settings::default() };
    Arc::new(Setup { settings, ..Setup::clone(&session.setup()) })
}

fn index(session: &Session, paths: &[PathBuf], setup: &Arc<Setup>) {
    let knowledge = session.knowledge();
    let summaries: Vec<Option<ArticleSummary>> =
        paths.par_iter().map(|path| summary(path, knowledge.setup_for_index(path, setup))).collect();
    for (path, summary) in paths.iter().zip(summaries) {
        // One article at a time: a hover that waits for the index does not wait for a whole batch.
        let mut index = knowledge.index_mut();
        match summary {
            Some(summary) => index.put(path, summary),
            None => {
                index.remove(path);
            }
        }
    }
}

/// The summary of the article at `path`; none when there is none.
fn summary(path: &Path, setup: Arc<Setup>) -> Option<ArticleSummary> {
    let text = read(path).ok()?.text;
    let extension = path.extension().and_then(|extension| extension.to_str());
    is_article(extension, &text).then(|| ArticleSummary::new(&Analysis::new(text.into(), setup)))
}
