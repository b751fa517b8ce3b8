//! The settings a client holds for its user.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::Value;
use tower_lsp::Client;
use tower_lsp::ls_types::ConfigurationItem;

use super::session::Session;
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
    let ClientSettings { select, ignore, workspace_diagnostics } = settings;
    session.closed().set_wanted(workspace_diagnostics);
    if !session.set_settings(Settings { select, ignore, ..Settings::default() }) {
        return;
    }
    session.documents().set_setups(|uri| session.setup_of(uri));
    session.closed().forget_all();
    refresh(session, client).await;
}

/// Asks the client to ask for diagnostics again, where it can be asked. Waits for the client.
pub(super) async fn refresh(session: &Session, client: &Client) {
    if session.support().is_some_and(|support| support.pull && support.pull_refresh)
        && let Err(error) = client.workspace_diagnostic_refresh().await
    {
        tracing::warn!("the client does not ask for diagnostics again: {error}");
    }
}

/// The part of `settings` that is Onrecord's, from a client that sends all it has.
pub(super) fn section(mut settings: Value) -> Value {
    settings.get_mut(SECTION).map(Value::take).unwrap_or_default()
}
