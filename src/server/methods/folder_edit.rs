//! Edits of the files about a folder's articles: of the open text or the one on disk, and of files that are not
//! there yet.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ropey::Rope;
use tower_lsp::ls_types as lsp;
use tower_lsp::ls_types::Uri;

use super::Reading;
use super::create::{self, NewFile};
use crate::server::knowledge::{FolderFile, path};
use crate::server::snapshot::Snapshot;
use crate::server::to_proto;
use crate::text::TextEdit;

/// What a code action does with them: the client makes the edits first and then calls the command.
pub(super) struct FolderChange {
    pub(super) edit: Option<lsp::WorkspaceEdit>,
    pub(super) command: Option<lsp::Command>,
}

/// Edits of several such files, made together.
pub(super) struct FolderEdit<'a> {
    reading: &'a Reading<'a>,
    /// The open documents, so that an edit has the version of the text it was made for.
    open: Vec<Arc<Snapshot>>,
    operations: Vec<lsp::DocumentChangeOperation>,
    /// The files that the server makes, for a client that makes none.
    new_files: Vec<NewFile>,
    /// The client cannot make one of the edits, so it gets none.
    impossible: bool,
}

impl<'a> FolderEdit<'a> {
    pub(super) fn new(reading: &'a Reading<'a>) -> Self {
        let open = reading.session.documents().all();
        Self { reading, open, operations: Vec::new(), new_files: Vec::new(), impossible: false }
    }

    /// The text of the file at `at` as it counts: the open one, or else the one on disk.
    pub(super) fn text(&self, at: &Path) -> Option<String> {
        match self.open(at) {
            Some(open) => open.rope.as_ref().map(Rope::to_string),
            None => std::fs::read_to_string(at).ok(),
        }
    }

    /// Makes `edit` of the file at `at`, whose text is `text`; of none, the file is made. Where the file is open and
    /// nobody knows its text, nothing can be made.
    pub(super) fn add(&mut self, at: &Path, text: Option<&str>, edit: &TextEdit) {
        let support = self.reading.support;
        let open = self.open(at);
        let uri = open.as_ref().map(|open| open.uri().clone()).or_else(|| uri(at));
        let is_lost = open.as_ref().is_some_and(|open| open.rope.is_none());
        let Some(uri) = uri.filter(|_| !is_lost) else {
            self.impossible = true;
            return;
        };
        if text.is_none() {
            if !(support.creates_files && support.versioned_edits) {
                self.impossible |= FolderFile::named(&uri).is_none();
                self.new_files.push(NewFile { uri, text: edit.new_text.clone() });
                return;
            }
            let options = lsp::CreateFileOptions { overwrite: Some(false), ignore_if_exists: Some(true) };
            let made = lsp::CreateFile { uri: uri.clone(), options: Some(options), annotation_id: None };
            self.operations.push(lsp::DocumentChangeOperation::Op(lsp::ResourceOp::Create(made)));
        }
        let rope = Rope::from_str(text.unwrap_or(""));
        let edit = to_proto::text_edit(&rope, edit, support.encoding);
        let version = open.map(|open| open.version);
        self.operations.push(lsp::DocumentChangeOperation::Edit(lsp::TextDocumentEdit {
            text_document: lsp::OptionalVersionedTextDocumentIdentifier { uri, version },
            edits: vec![lsp::OneOf::Left(edit)],
        }));
    }

    /// All of it as the client can take it; none where it cannot. `title` is what a menu says of it.
    pub(super) fn finish(mut self, title: &str) -> Option<FolderChange> {
        if self.impossible {
            return None;
        }
        let new_files = std::mem::take(&mut self.new_files);
        Some(FolderChange {
            command: (!new_files.is_empty()).then(|| create::command(title, &new_files)),
            edit: (!self.operations.is_empty()).then(|| self.edit()),
        })
    }

    fn edit(self) -> lsp::WorkspaceEdit {
        let edit = |operation| match operation {
            lsp::DocumentChangeOperation::Edit(edit) => Some(edit),
            lsp::DocumentChangeOperation::Op(_) => None,
        };
        let edits: Option<Vec<_>> = self.operations.iter().cloned().map(edit).collect();
        let Some(edits) = edits else {
            return lsp::WorkspaceEdit {
                document_changes: Some(lsp::DocumentChanges::Operations(self.operations)),
                ..lsp::WorkspaceEdit::default()
            };
        };
        if self.reading.support.versioned_edits {
            let document_changes = Some(lsp::DocumentChanges::Edits(edits));
            return lsp::WorkspaceEdit { document_changes, ..lsp::WorkspaceEdit::default() };
        }
        let plain = |edit: lsp::TextDocumentEdit| {
            let texts = edit.edits.into_iter().filter_map(|edit| match edit {
                lsp::OneOf::Left(edit) => Some(edit),
                lsp::OneOf::Right(_) => None,
            });
            (edit.text_document.uri, texts.collect())
        };
        let changes = Some(edits.into_iter().map(plain).collect());
        lsp::WorkspaceEdit { changes, ..lsp::WorkspaceEdit::default() }
    }

    /// The folder of the client's that `article` lies in, or else its own.
    pub(super) fn root(&self, article: &Path) -> Option<PathBuf> {
        let folder = article.parent()?;
        let roots = self.reading.session.knowledge().roots();
        Some(roots.into_iter().find(|root| folder.starts_with(root)).unwrap_or_else(|| folder.to_owned()))
    }

    fn open(&self, at: &Path) -> Option<Arc<Snapshot>> {
        self.open.iter().find(|document| path(document.uri()).as_deref() == Some(at)).cloned()
    }
}

/// The address of `at`. A file that is not there yet has none of its own, so its folder's leads to it.
fn uri(at: &Path) -> Option<Uri> {
    Uri::from_file_path(at).or_else(|| {
        let folder = Uri::from_file_path(at.parent()?)?;
        let name = at.file_name()?.to_str()?;
        format!("{}/{name}", folder.as_str().trim_end_matches('/')).parse().ok()
    })
}
