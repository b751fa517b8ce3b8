//! `textDocument/codeLens`, `codeLens/resolve`, and the command behind a lens.

use std::sync::PoisonError;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tower_lsp::Client;
use tower_lsp::ls_types as lsp;
use tower_lsp::ls_types::Uri;

use super::Reading;
use crate::ide;
use crate::server::session::Session;
use crate::server::to_proto;

/// The command of a lens: it shows a speaker's claims, each time the next one. Its arguments are the
/// document and the speaker's name.
pub(super) const SHOW_CLAIMS: &str = "onrecord.showClaims";

/// What a lens without its command was made from.
#[derive(Debug, Serialize, Deserialize)]
struct From {
    uri: Uri,
    version: i32,
    speaker: usize,
}

pub(super) fn code_lens(reading: &Reading<'_>) -> Vec<lsp::CodeLens> {
    let (uri, version) = (reading.snapshot.uri(), reading.snapshot.version);
    let speakers = reading.snapshot.speakers(reading.analysis);
    let found = ide::lenses(reading.analysis, speakers);
    found
        .into_iter()
        .map(|lens| lsp::CodeLens {
            range: reading.range(lens.range),
            command: None,
            data: serde_json::to_value(From { uri: uri.clone(), version, speaker: lens.speaker }).ok(),
        })
        .collect()
}

/// `lens` with its command. Of a text that has changed since it says nothing: the client asks for its
/// lenses again.
pub(super) fn resolve(session: &Session, mut lens: lsp::CodeLens) -> lsp::CodeLens {
    let data = lens.data.take();
    let command = data.and_then(|data| command(session, data));
    let silent = || lsp::Command { title: String::new(), command: String::new(), arguments: None };
    lens.command = Some(command.unwrap_or_else(silent));
    lens
}

fn command(session: &Session, data: Value) -> Option<lsp::Command> {
    let from: From = serde_json::from_value(data).ok()?;
    let snapshot = session.documents().snapshot(from.uri.as_str())?;
    if snapshot.version != from.version {
        return None;
    }
    let analysis = snapshot.analysis().ok().flatten()?;
    let speakers = snapshot.speakers(&analysis);
    let lens = ide::lenses(&analysis, speakers).into_iter().find(|lens| lens.speaker == from.speaker)?;
    let name = &speakers.get(from.speaker)?.name;
    Some(lsp::Command {
        title: lens.title,
        command: SHOW_CLAIMS.to_owned(),
        arguments: Some(vec![json!(from.uri), json!(name)]),
    })
}

/// Shows a claim: the first of the speaker, or the one after that which was shown last.
pub(super) fn show_claims(session: &Session, client: &Client, arguments: &[Value]) -> Option<()> {
    let (uri, name) = (arguments.first()?.as_str()?, arguments.get(1)?.as_str()?);
    let snapshot = session.documents().snapshot(uri)?;
    let (support, rope) = (session.support()?, snapshot.rope.as_ref()?);
    let analysis = snapshot.analysis().ok().flatten()?;
    let speaker = snapshot.speakers(&analysis).iter().find(|speaker| speaker.name == name)?;
    let mut shown = snapshot.opened.shown.lock().unwrap_or_else(PoisonError::into_inner);
    let next = shown.as_ref().filter(|(last, _)| last == name).map_or(0, |(_, at)| at + 1);
    let at = next % speaker.claims.len().max(1);
    let range = to_proto::range(rope, speaker.claims.get(at)?.content, support.encoding);
    *shown = Some((name.to_owned(), at));
    let params = lsp::ShowDocumentParams {
        uri: snapshot.uri().clone(),
        external: None,
        take_focus: Some(true),
        selection: Some(range),
    };
    let client = client.clone();
    tokio::spawn(async move {
        if let Err(error) = client.show_document(params).await {
            tracing::warn!("the client does not show a claim: {error}");
        }
    });
    Some(())
}
