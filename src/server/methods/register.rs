//! The code action that writes an actor into the registry.

use std::borrow::Cow;

use tower_lsp::ls_types as lsp;

use super::Reading;
use super::folder_edit::{FolderChange, FolderEdit};
use crate::actors::{Actor, ActorKind, Alias, LayerKind, Reference, slug};
use crate::server::knowledge::path;
use crate::text::{TextEdit, TextSize, range};
use crate::workspace::{ACTORS_FILE, to_toml};

/// "Add … to actors.toml" for the name at `offset`, where no registry file and no header has it. Where there is
/// no file yet it is made, by the client if it can and else by the server.
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
    let title = format!("Add {} to {ACTORS_FILE}", actor.name);
    let change = edit(reading, &to_toml(&actor), &title)?;
    Some(lsp::CodeActionOrCommand::CodeAction(lsp::CodeAction {
        title,
        kind: Some(lsp::CodeActionKind::QUICKFIX),
        edit: change.edit,
        command: change.command,
        ..lsp::CodeAction::default()
    }))
}

/// An edit that puts `entry` at the end of the nearest registry, or into a new one at the client's folder or else
/// beside the article.
fn edit(reading: &Reading<'_>, entry: &str, title: &str) -> Option<FolderChange> {
    let article = path(reading.snapshot.uri())?;
    let mut edit = FolderEdit::new(reading);
    let known = reading.session.knowledge().actors(&article);
    let Some(file) = known.files.first() else {
        let made = edit.root(&article)?.join(ACTORS_FILE);
        edit.add(&made, None, &TextEdit { range: range(0, 0), new_text: entry.to_owned() });
        return edit.finish(title);
    };
    let gap = match &*file.text {
        "" => "",
        text if text.ends_with("\n\n") => "",
        text if text.ends_with('\n') => "\n",
        _ => "\n\n",
    };
    let end = file.text.len();
    let entry = TextEdit { range: range(end, end), new_text: format!("{gap}{entry}") };
    edit.add(&file.path, Some(&file.text), &entry);
    edit.finish(title)
}
