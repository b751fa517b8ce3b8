//! `workspace/executeCommand`: the figures over the client's folders as a page.

use std::io::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use serde_json::Value;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::ls_types as lsp;
use tower_lsp::ls_types::Uri;

use super::{Backend, blocking, refused};
use crate::analysis::{Analysis, Setup};
use crate::exchange::{ArticleClaims, Statistics, report};
use crate::server::knowledge::path;
use crate::server::session::Session;
use crate::workspace::read;

/// The command that answers with the figures over the client's folders as a page.
pub(super) const REPORT: &str = "onrecord.report";

/// What the command may be given, as its one argument.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Wanted {
    /// The folder the page is about; without it all folders the client works in.
    folder: Option<Uri>,
    /// What comes back.
    answer: Option<Answer>,
}

/// In which form the page comes back.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Answer {
    /// The page itself, for clients that show it.
    Html,
    /// The address of a file, which the client is also asked to show.
    File,
}

/// Does what `params` names. Of a client that says nothing of what it wants: a file, if it can show one, else the page.
pub(super) async fn execute(backend: &Backend, params: lsp::ExecuteCommandParams) -> Result<Option<Value>> {
    let wanted = match params.arguments.into_iter().next() {
        Some(argument) => {
            serde_json::from_value::<Wanted>(argument).map_err(|error| refused(error.to_string()))?
        }
        None => Wanted::default(),
    };
    let shows = backend.session.support().is_some_and(|support| support.shows_documents);
    let answer = wanted.answer.unwrap_or(if shows { Answer::File } else { Answer::Html });
    let session = Arc::clone(&backend.session);
    let page = blocking(move || page(&session, wanted.folder.as_ref())).await??;
    if answer == Answer::Html {
        return Ok(Some(Value::String(page)));
    }
    let uri = blocking(move || file(&page)).await??;
    if shows {
        let client = backend.client.clone();
        let shown = lsp::ShowDocumentParams {
            uri: uri.clone(),
            external: Some(true),
            take_focus: Some(true),
            selection: None,
        };
        tokio::spawn(async move {
            if let Err(error) = client.show_document(shown).await {
                tracing::warn!("the client does not show the report: {error}");
            }
        });
    }
    Ok(Some(Value::String(uri.as_str().to_owned())))
}

/// The page over the articles of `folder`, or of all folders. What is open counts as it is typed.
fn page(session: &Session, folder: Option<&Uri>) -> Result<String> {
    let folders = match folder {
        Some(uri) => vec![path(uri).ok_or_else(|| refused("That is no folder on disk.".to_owned()))?],
        None => session.knowledge().roots(),
    };
    let open: FxHashMap<PathBuf, String> = session
        .documents()
        .all()
        .into_iter()
        .filter_map(|document| Some((path(document.uri())?, document.rope.as_ref()?.to_string())))
        .collect();
    let base = session.setup();
    let settings = ArticleClaims::settings(base.settings.clone());
    let base = Arc::new(Setup { settings, ..Setup::clone(&base) });
    let articles = session.knowledge().articles(&folders).into_par_iter().filter_map(|path| {
        let text = match open.get(&path) {
            Some(text) => text.clone(),
            None => read(&path).ok()?.text,
        };
        if !session.knowledge().is_article(&path, &text) {
            return None;
        }
        let setup = session.knowledge().setup_at(&path, Arc::clone(&base));
        let analysis = Analysis::new(text.into(), Arc::clone(&setup));
        Some(ArticleClaims::new(&path.display().to_string(), &analysis, &setup.registry))
    });
    let articles: Vec<ArticleClaims> = articles.collect();
    if articles.is_empty() {
        return Err(refused("There is no article to report on.".to_owned()));
    }
    let only = if let [only] = folders.as_slice() { Some(only.as_path()) } else { None };
    Ok(report(&Statistics::new(articles), only))
}

/// The address of a new file with `page`, which stays when the server ends.
fn file(page: &str) -> Result<Uri> {
    let failed = |error: &dyn std::fmt::Display| Error {
        code: ErrorCode::InternalError,
        message: format!("The report could not be written: {error}").into(),
        data: None,
    };
    let named = tempfile::Builder::new().prefix("onrecord-report-").suffix(".html").tempfile();
    let mut file = named.map_err(|error| failed(&error))?;
    file.write_all(page.as_bytes()).map_err(|error| failed(&error))?;
    let (_, path) = file.keep().map_err(|error| failed(&error))?;
    Uri::from_file_path(&path).ok_or_else(|| failed(&path.display()))
}
