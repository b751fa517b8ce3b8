//! The code action that writes an actor into the registry.

use std::borrow::Cow;
use std::path::PathBuf;

use ropey::Rope;
use tower_lsp::ls_types as lsp;
use tower_lsp::ls_types::Uri;

use super::Reading;
use crate::actors::{Actor, ActorKind, Alias, LayerKind, Reference, slug};
use crate::server::knowledge::path;
use crate::server::to_proto;
use crate::text::{TextSize, size};
use crate::workspace::{ACTORS_FILE, to_toml};

/// "Add … to actors.toml" for the name at `offset`, where no registry file and no header has it. Where there is
/// no file yet it is made, if the client can.
pub(super) fn register(reading: &Reading<'_>, offset: TextSize) -> Option<lsp::CodeActionOrCommand> {
    let found = reading.analysis.mention_at(offset).filter(|found| found.mention.is_name())?;
    let member = &reading.analysis.cast().members()[found.member?];
    let layer = member.actor.map(|actor| actor.layer);
    if matches!(layer, Some(LayerKind::Header | LayerKind::Folder | LayerKind::Workspace)) {
        return None;
    }
    let known_as = member.actor.and_then(|actor| reading.analysis.registry().get(actor));
    let name = reading.analysis.name_of(member).to_owned();
    let other = |text: &&String| **text != name;
    let alias = |text: &String| Alias { text: Cow::Owned(text.clone()), reference: Reference::Name };
    let kind = member.kind.or(found.mention.kind).unwrap_or(ActorKind::Person);
    let aliases =
        if known_as.is_some() { Vec::new() } else { member.names.iter().filter(other).map(alias).collect() };
    let id = known_as.map_or_else(|| Cow::Owned(slug(&name)), |known| known.id.clone());
    let actor = Actor { aliases, ..Actor::new(id, Cow::Owned(name), kind) };
    Some(lsp::CodeActionOrCommand::CodeAction(lsp::CodeAction {
        title: format!("Add {} to {ACTORS_FILE}", actor.name),
        kind: Some(lsp::CodeActionKind::QUICKFIX),
        edit: Some(edit(reading, &to_toml(&actor))?),
        ..lsp::CodeAction::default()
    }))
}

/// An edit that puts `entry` at the end of the nearest registry, or into a new one.
fn edit(reading: &Reading<'_>, entry: &str) -> Option<lsp::WorkspaceEdit> {
    let article = path(reading.snapshot.uri())?;
    let knowledge = reading.session.knowledge();
    let known = knowledge.actors(&article);
    let Some(file) = known.files.first() else {
        return create(reading, entry, &article.parent()?.to_owned());
    };
    let open = reading
        .session
        .documents()
        .all()
        .into_iter()
        .find(|document| path(document.uri()).as_deref() == Some(&file.path));
    let uri = open.as_ref().map(|open| open.uri().clone()).or_else(|| Uri::from_file_path(&file.path))?;
    let rope = Rope::from_str(&file.text);
    let end = to_proto::position(&rope, size(file.text.len()), reading.support.encoding);
    let gap = match &*file.text {
        "" => "",
        text if text.ends_with("\n\n") => "",
        text if text.ends_with('\n') => "\n",
        _ => "\n\n",
    };
    let text = lsp::TextEdit { range: lsp::Range { start: end, end }, new_text: format!("{gap}{entry}") };
    if !reading.support.versioned_edits {
        let changes = Some([(uri, vec![text])].into_iter().collect());
        return Some(lsp::WorkspaceEdit { changes, ..lsp::WorkspaceEdit::default() });
    }
    let version = open.map(|open| open.version);
    let edits = vec![document_edit(uri, version, text)];
    Some(lsp::WorkspaceEdit {
        document_changes: Some(lsp::DocumentChanges::Edits(edits)),
        ..lsp::WorkspaceEdit::default()
    })
}

fn document_edit(uri: Uri, version: Option<i32>, edit: lsp::TextEdit) -> lsp::TextDocumentEdit {
    lsp::TextDocumentEdit {
        text_document: lsp::OptionalVersionedTextDocumentIdentifier { uri, version },
        edits: vec![lsp::OneOf::Left(edit)],
    }
}

/// An edit that makes a registry with `entry`, at the client's folder or else beside the article.
fn create(reading: &Reading<'_>, entry: &str, folder: &PathBuf) -> Option<lsp::WorkspaceEdit> {
    if !reading.support.creates_files || !reading.support.versioned_edits {
        return None;
    }
    let roots = reading.session.knowledge().roots();
    let root = roots.iter().find(|root| folder.starts_with(root)).unwrap_or(folder);
    // The file is not there yet, so its folder's address leads to it.
    let folder = Uri::from_file_path(root)?;
    let uri: Uri = format!("{}/{ACTORS_FILE}", folder.as_str().trim_end_matches('/')).parse().ok()?;
    let options = lsp::CreateFileOptions { overwrite: Some(false), ignore_if_exists: Some(true) };
    let made = lsp::CreateFile { uri: uri.clone(), options: Some(options), annotation_id: None };
    let start = lsp::Position::default();
    let text = lsp::TextEdit { range: lsp::Range { start, end: start }, new_text: entry.to_owned() };
    Some(lsp::WorkspaceEdit {
        document_changes: Some(lsp::DocumentChanges::Operations(vec![
            lsp::DocumentChangeOperation::Op(lsp::ResourceOp::Create(made)),
            lsp::DocumentChangeOperation::Edit(document_edit(uri, None, text)),
        ])),
        ..lsp::WorkspaceEdit::default()
    })
}
