//! The settings a client holds for its user.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::Value;
use tower_lsp::Client;
use tower_lsp::ls_types::ConfigurationItem;

use super::session::Session;
use crate::ide::HintKinds;
use crate::settings::Settings;

/// The section of the client's settings that is Onrecord's.
const SECTION: &str = "onrecord";

/// The settings as a client writes them. Keys that are not known here are not ours to judge: a
/// client keeps its own settings in the same section.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ClientSettings {
    select: Vec<String>,
    ignore: Vec<String>,
    /// Whether articles that are not open have their warnings in the editor's list of problems.
    #[serde(rename = "workspaceDiagnostics")]
    workspace_diagnostics: Option<bool>,
    hints: HintKinds,
}

/// Asks the client for its settings and puts them in force. Waits for the client: run it in a task
/// of its own.
pub(super) async fn ask(session: Arc<Session>, client: Client) {
    let item = ConfigurationItem { scope_uri: None, section: Some(SECTION.to_owned()) };
    match client.configuration(vec![item]).await {
        Ok(mut answers) if !answers.is_empty() => take(&session, &client, answers.swap_remove(0)).await,
        Ok(_) => {}
        Err(error) => tracing::warn!("the client does not tell its settings: {error}"),
    }
}

/// Puts the client's `settings` in force: `null`, or what stands in its section for Onrecord.
pub(super) async fn take(session: &Session, client: &Client, settings: Value) {
    let settings = match Option::<ClientSettings>::deserialize(settings) {
        Ok(settings) => settings.unwrap_or_default(),
        Err(error) => {
            tracing::warn!("the client's settings could not be read, the ones before stay: {error}");
            return;
        }
    };
    let ClientSettings { select, ignore, workspace_diagnostics, hints } = settings;
    session.closed().set_wanted(workspace_diagnostics);
    let hints_changed = session.set_hints(hints);
    if session.set_settings(Settings { select, ignore, ..Settings::default() }) {
        session.documents().set_setups(|uri| session.setup_of(uri));
        session.closed().forget_all();
        refresh(session, client).await;
    } else if hints_changed {
        refresh_hints(session, client).await;
    }
}

/// Asks the client to ask again, where it can be asked, for all that depends on settings and on what its
/// folders know: diagnostics, tokens, hints and lenses. Waits for the client.
pub(super) async fn refresh(session: &Session, client: &Client) {
    let Some(support) = session.support() else { return };
    if support.pull && support.pull_refresh {
        told("diagnostics", client.workspace_diagnostic_refresh().await);
    }
    if support.tokens.is_some() && support.tokens_refresh {
        told("semantic tokens", client.semantic_tokens_refresh().await);
    }
    refresh_hints(session, client).await;
    if support.lenses && support.lenses_refresh {
        told("lenses", client.code_lens_refresh().await);
    }
}

async fn refresh_hints(session: &Session, client: &Client) {
    if session.support().is_some_and(|support| support.hints && support.hints_refresh) {
        told("hints", client.inlay_hint_refresh().await);
    }
}

fn told(what: &str, answer: tower_lsp::jsonrpc::Result<()>) {
    if let Err(error) = answer {
        tracing::warn!("the client does not ask for {what} again: {error}");
    }
}

/// The part of `settings` that is Onrecord's, from a client that sends all it has.
pub(super) fn section(mut settings: Value) -> Value {
    settings.get_mut(SECTION).map(Value::take).unwrap_or_default()
}
