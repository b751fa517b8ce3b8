//! The code action that accepts a finding: it is written into the baseline and not reported again.

use tower_lsp::ls_types as lsp;

use super::Reading;
use super::folder_edit::FolderEdit;
use crate::rules::Finding;
use crate::server::knowledge::path;
use crate::server::to_proto;
use crate::text::{TextEdit, range};
use crate::workspace::{BASELINE_FILE, Baseline, CONFIG_FILE, ConfigKey};

/// "Accept … here" for `finding`. Where the folder names no baseline yet it does from then on, and where there is no
/// file yet it is made, by the client if it can and else by the server.
pub(super) fn accept(reading: &Reading<'_>, finding: &Finding) -> Option<lsp::CodeActionOrCommand> {
    let article = path(reading.snapshot.uri())?;
    let mut edit = FolderEdit::new(reading);
    let config = reading.session.knowledge().config(&article);
    let named = config.as_ref().and_then(|config| config.baseline());
    let config = match &config {
        Some(config) => config.path().to_owned(),
        None => edit.root(&article)?.join(CONFIG_FILE),
    };
    let baseline = named.map_or_else(|| config.with_file_name(BASELINE_FILE), ToOwned::to_owned);
    let content = edit.text(&baseline);
    let text = reading.analysis.text();
    let accepted =
        Baseline::accept(&baseline, content.as_deref().unwrap_or(""), &article, text, finding).ok()?;
    edit.add(&baseline, content.as_deref(), &accepted);
    if named.is_none() {
        let line = format!("{} = \"{BASELINE_FILE}\"\n", ConfigKey::Baseline.name());
        // Before the first table a key holds for the whole file.
        edit.add(&config, edit.text(&config).as_deref(), &TextEdit { range: range(0, 0), new_text: line });
    }
    let title = format!("Accept {} here", finding.rule.code);
    let change = edit.finish(&title)?;
    Some(lsp::CodeActionOrCommand::CodeAction(lsp::CodeAction {
        title,
        kind: Some(lsp::CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![to_proto::diagnostic(finding, reading.rope, reading.support.encoding)]),
        edit: change.edit,
        command: change.command,
        ..lsp::CodeAction::default()
    }))
}
