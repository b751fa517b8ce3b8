//! `textDocument/documentHighlight`, `references`, `prepareRename`, `rename`, `workspace/symbol`: actors over
//! the whole workspace, and the ids of spans within their article.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ropey::Rope;
use rustc_hash::FxHashSet;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types as lsp;
use tower_lsp::ls_types::Uri;

use super::parts::Parts;
use super::{Backend, Reading, blocking, refused, span_ids};
use crate::analysis::Analysis;
use crate::ide::{self, OccurrenceKind};
use crate::server::knowledge::{path, registry_path};
use crate::server::session::Session;
use crate::server::snapshot::Snapshot;
use crate::server::{from_proto, to_proto};
use crate::text::{TextRange, TextSize};
use crate::workspace::{
    ACTORS_FILE, SIDECAR_ENDING, has_letters, hash, id_places, is_id, read, registry_key, sidecar_path,
};

/// Symbols a client gets at most.
const SYMBOLS: usize = 200;

pub(super) fn highlight(
    reading: &Reading<'_>,
    position: lsp::Position,
) -> Option<Vec<lsp::DocumentHighlight>> {
    let offset = reading.offset(position)?;
    if let Some(place) = ide::span_id_at(reading.analysis, offset) {
        return Some(span_ids::highlight(reading, &place.id));
    }
    let actor = ide::actor_at(reading.analysis, offset)?;
    let found = ide::occurrences(reading.analysis, &actor.id);
    let highlights = found.into_iter().map(|found| lsp::DocumentHighlight {
        range: reading.range(found.range),
        kind: Some(match found.kind {
            OccurrenceKind::Entry => lsp::DocumentHighlightKind::WRITE,
            OccurrenceKind::Mention | OccurrenceKind::Id => lsp::DocumentHighlightKind::READ,
        }),
    });
    Some(highlights.collect())
}

/// What stands at a place of an article or a registry.
struct At {
    id: String,
    range: TextRange,
    by_id: bool,
}

/// The actor at `position` of `snapshot`, an article or a registry. Blocks.
fn actor_at(snapshot: &Snapshot, session: &Session, position: lsp::Position) -> Option<At> {
    let rope = snapshot.rope.as_ref()?;
    let offset = from_proto::offset(rope, position, session.support()?.encoding).ok()?;
    if registry_path(snapshot.uri()).is_some() {
        let text = rope.to_string();
        let (id, range) = id_places(&text, None).into_iter().find(|(_, at)| at.contains_inclusive(offset))?;
        return Some(At { id, range, by_id: true });
    }
    let analysis = snapshot.analysis().ok().flatten()?;
    let found = ide::actor_at(&analysis, offset)?;
    Some(At { id: found.id, range: found.range, by_id: found.by_id })
}

/// All places that refer to the actor: the document's first, then the others'.
pub(super) async fn references(
    backend: &Backend,
    params: lsp::ReferenceParams,
) -> Result<Option<Vec<lsp::Location>>> {
    let position = params.text_document_position;
    let with_entry = params.context.include_declaration;
    let mut parts = Parts::new(&backend.session, params.partial_result_params.partial_result_token);
    backend
        .at(move |session, snapshot| {
            if let Some(found) = span_ids::at(snapshot, session, position.position) {
                let rope = snapshot.rope.as_ref()?;
                let ranges = found.places(with_entry);
                return Some(locations(session, snapshot.uri(), rope, ranges).collect());
            }
            let at = actor_at(snapshot, session, position.position)?;
            let mut seen: FxHashSet<PathBuf> = FxHashSet::default();
            let mut open = session.documents().all_waited_for();
            open.sort_by_key(|other| (other.uri() != snapshot.uri(), other.uri().as_str().to_owned()));
            for document in &open {
                seen.extend(path(document.uri()));
                let Some(rope) = &document.rope else { continue };
                let ranges = if registry_path(document.uri()).is_some() {
                    registry_places(&rope.to_string(), &at.id, with_entry)
                } else {
                    let Some(analysis) = document.analysis().ok().flatten() else { continue };
                    article_places(&analysis, &at.id, with_entry)
                };
                parts.add(locations(session, document.uri(), rope, ranges));
            }
            let articles: Vec<(PathBuf, u64, Vec<TextRange>)> = {
                let index = session.knowledge().index();
                index.mentions(&at.id).map(|(path, hash, ranges)| (path.to_owned(), hash, ranges)).collect()
            };
            let mut rest: Vec<_> = articles.into_iter().filter(|(path, ..)| !seen.contains(path)).collect();
            rest.sort_by(|a, b| a.0.cmp(&b.0));
            for (path, known, ranges) in rest {
                let Ok(source) = read(&path) else { continue };
                let Some(uri) = Uri::from_file_path(&path) else { continue };
                // The index may be behind what is on disk.
                let ranges = if hash(&source.text) == known {
                    ranges
                } else {
                    let setup = session.knowledge().setup_at(&path, session.setup());
                    article_places(&Analysis::new(source.text.as_str().into(), setup), &at.id, with_entry)
                };
                parts.add(locations(session, &uri, &Rope::from_str(&source.text), ranges));
            }
            let known = path(snapshot.uri()).map(|path| session.knowledge().actors(&path));
            for file in known.iter().flat_map(|known| &known.files).filter(|file| !seen.contains(&file.path))
            {
                let Some(uri) = Uri::from_file_path(&file.path) else { continue };
                let ranges = registry_places(&file.text, &at.id, with_entry);
                parts.add(locations(session, &uri, &Rope::from_str(&file.text), ranges));
            }
            Some(parts.finish())
        })
        .await
}

fn article_places(analysis: &Analysis, id: &str, with_entry: bool) -> Vec<TextRange> {
    let found = ide::occurrences(analysis, id).into_iter();
    let wanted = found.filter(|found| with_entry || found.kind != OccurrenceKind::Entry);
    let mut ranges: Vec<TextRange> = wanted.map(|found| found.range).collect();
    ranges.dedup();
    ranges
}

fn registry_places(text: &str, id: &str, with_entry: bool) -> Vec<TextRange> {
    if !with_entry || !text.contains(id) {
        return Vec::new();
    }
    id_places(text, Some(id)).into_iter().map(|(_, range)| range).collect()
}

fn locations<'a>(
    session: &Session,
    uri: &'a Uri,
    rope: &'a Rope,
    ranges: Vec<TextRange>,
) -> impl Iterator<Item = lsp::Location> + use<'a> {
    let encoding = session.support().map(|support| support.encoding).unwrap_or_default();
    ranges
        .into_iter()
        .map(move |range| lsp::Location { uri: uri.clone(), range: to_proto::range(rope, range, encoding) })
}

/// The id at the place, where it is one that can be renamed.
pub(super) async fn prepare_rename(
    backend: &Backend,
    params: lsp::TextDocumentPositionParams,
) -> Result<Option<lsp::PrepareRenameResponse>> {
    backend
        .at(move |session, snapshot| {
            let rope = snapshot.rope.as_ref()?;
            let encoding = session.support()?.encoding;
            if let Some(found) = span_ids::at(snapshot, session, params.position) {
                let range = to_proto::range(rope, found.place.range, encoding);
                let placeholder = found.place.id;
                return Some(lsp::PrepareRenameResponse::RangeWithPlaceholder { range, placeholder });
            }
            let at = actor_at(snapshot, session, params.position)?;
            let range = to_proto::range(rope, at.range, encoding);
            (at.by_id && !is_built_in(snapshot, session, &at.id))
                .then_some(lsp::PrepareRenameResponse::RangeWithPlaceholder { range, placeholder: at.id })
        })
        .await
}

/// Whether nobody but the gazetteer knows the id: those are never renamed.
fn is_built_in(snapshot: &Snapshot, session: &Session, id: &str) -> bool {
    let header = snapshot.analysis().ok().flatten();
    let declared = header.is_some_and(|analysis| declares(&analysis, id));
    let known = path(snapshot.uri()).map(|path| session.knowledge().actors(&path));
    let entered = known.is_some_and(|known| known.entry(id).is_some());
    !declared && !entered && crate::actors::Registry::built_in().find(id).is_some()
}

fn declares(analysis: &Analysis, id: &str) -> bool {
    analysis.header().actors.iter().any(|actor| actor.id.text == id)
}

/// One edit for all documents: those open with their version, those on disk without. An id the article's own
/// header declares is renamed there alone, and where a header declares an id of its own it stays.
pub(super) async fn rename(
    backend: &Backend,
    params: lsp::RenameParams,
) -> Result<Option<lsp::WorkspaceEdit>> {
    let position = params.text_document_position;
    let new = params.new_name;
    if !is_id(&new) {
        return Err(refused(format!("'{new}' is no id: letters, digits, '-', '_', '.' and '/' make one.")));
    }
    let session = Arc::clone(&backend.session);
    let Some(snapshot) = crate::server::ordered::Call::current().and_then(|call| call.snapshot()) else {
        return Ok(None);
    };
    blocking(move || rename_in(&session, &snapshot, position.position, &new)).await?
}

fn rename_in(
    session: &Session,
    snapshot: &Snapshot,
    position: lsp::Position,
    new: &str,
) -> Result<Option<lsp::WorkspaceEdit>> {
    if let (Some(found), Some(support), Some(rope)) =
        (span_ids::at(snapshot, session, position), session.support(), &snapshot.rope)
    {
        let beside = path(snapshot.uri()).and_then(|path| Beside::of(session, &path));
        found.takes(new, beside.as_ref().map(|beside| beside.text.as_str())).map_err(refused)?;
        let mut edits = Edits { support, new, done: Vec::new() };
        edits.add(snapshot.uri(), Some(snapshot.version), rope, found.places(true), false);
        if let Some(beside) = beside {
            edits.add_beside(&beside, found.places_beside(&beside.text));
        }
        return Ok(Some(edits.finish()));
    }
    let (Some(at), Some(support)) = (actor_at(snapshot, session, position), session.support()) else {
        return Ok(None);
    };
    if !at.by_id {
        return Err(refused("A name is renamed where its id stands.".to_owned()));
    }
    if is_built_in(snapshot, session, &at.id) {
        return Err(refused(format!("'{}' is built in, and built-in ids stay as they are.", at.id)));
    }
    let here = snapshot.analysis().ok().flatten();
    let local = here.as_ref().is_some_and(|analysis| declares(analysis, &at.id));
    let known = path(snapshot.uri()).map(|path| session.knowledge().actors(&path));
    let taken = if local {
        here.as_ref().is_some_and(|analysis| declares(analysis, new))
    } else {
        known.as_ref().is_some_and(|known| known.entry(new).is_some())
    };
    if taken {
        return Err(refused(format!("'{new}' is the id of another actor already.")));
    }
    let mut edits = Edits { support, new, done: Vec::new() };
    if let (true, Some(analysis), Some(rope)) = (local, &here, &snapshot.rope) {
        edits.add(snapshot.uri(), Some(snapshot.version), rope, article_ids(analysis, &at.id), false);
        let beside = path(snapshot.uri()).and_then(|path| Beside::of(session, &path));
        edits.add_actor_beside(analysis, beside.as_ref(), &at.id);
        return Ok(Some(edits.finish()));
    }
    let mut seen: FxHashSet<PathBuf> = FxHashSet::default();
    for document in session.documents().all_waited_for() {
        seen.extend(path(document.uri()));
        let Some(rope) = &document.rope else { continue };
        let is_registry = registry_path(document.uri()).is_some();
        let ranges = if is_registry {
            registry_places(&rope.to_string(), &at.id, true)
        } else {
            let Some(analysis) = document.analysis().ok().flatten() else { continue };
            if declares(&analysis, &at.id) {
                continue;
            }
            let beside = path(document.uri()).and_then(|path| Beside::of(session, &path));
            edits.add_actor_beside(&analysis, beside.as_ref(), &at.id);
            article_ids(&analysis, &at.id)
        };
        edits.add(document.uri(), Some(document.version), rope, ranges, is_registry);
    }
    let paths: Vec<PathBuf> = session.knowledge().index().paths().map(Path::to_owned).collect();
    for path in paths.iter().filter(|path| !seen.contains(*path)) {
        let Ok(source) = read(path) else { continue };
        let beside = Beside::of(session, path).filter(|beside| beside.text.contains(&at.id));
        if beside.is_none() && !source.text.contains(&at.id) {
            continue;
        }
        let setup = session.knowledge().setup_at(path, session.setup());
        let analysis = Analysis::new(source.text.as_str().into(), setup);
        let Some(uri) = Uri::from_file_path(path).filter(|_| !declares(&analysis, &at.id)) else { continue };
        edits.add(&uri, None, &Rope::from_str(&source.text), article_ids(&analysis, &at.id), false);
        edits.add_actor_beside(&analysis, beside.as_ref(), &at.id);
    }
    for file in known.iter().flat_map(|known| &known.files).filter(|file| !seen.contains(&file.path)) {
        let Some(uri) = Uri::from_file_path(&file.path) else { continue };
        edits.add(&uri, None, &Rope::from_str(&file.text), registry_places(&file.text, &at.id, true), true);
    }
    Ok(Some(edits.finish()))
}

fn article_ids(analysis: &Analysis, id: &str) -> Vec<TextRange> {
    ide::id_occurrences(analysis, id).into_iter().map(|found| found.range).collect()
}

/// The file beside an article: the open text or the one on disk.
struct Beside {
    uri: Uri,
    version: Option<i32>,
    text: String,
}

impl Beside {
    /// What stands beside the article at `article`. Blocks.
    fn of(session: &Session, article: &Path) -> Option<Self> {
        let at = sidecar_path(article);
        if !at.file_name()?.to_str()?.ends_with(SIDECAR_ENDING) {
            return None;
        }
        let mut open = session.documents().all().into_iter();
        if let Some(open) = open.find(|document| path(document.uri()).as_deref() == Some(&at)) {
            let text = open.rope.as_ref()?.to_string();
            return Some(Self { uri: open.uri().clone(), version: Some(open.version), text });
        }
        if !at.is_file() || session.knowledge().leads_outside(&at) {
            return None;
        }
        Some(Self { uri: Uri::from_file_path(&at)?, version: None, text: read(&at).ok()?.text })
    }
}

/// The edits of a rename.
struct Edits<'a> {
    support: &'a crate::server::capabilities::Support,
    new: &'a str,
    done: Vec<(Uri, Option<i32>, Vec<lsp::TextEdit>)>,
}

impl Edits<'_> {
    fn add(&mut self, uri: &Uri, version: Option<i32>, rope: &Rope, ranges: Vec<TextRange>, registry: bool) {
        if ranges.is_empty() {
            return;
        }
        let edit = |range: TextRange| {
            // Inside a string the id stands bare, as a key it may need quotation marks.
            let before = usize::from(range.start()).checked_sub(1).map(|at| rope.byte(at));
            let bare = !registry || matches!(before, Some(b'"' | b'\''));
            let new_text = if bare { self.new.to_owned() } else { registry_key(self.new) };
            lsp::TextEdit { range: to_proto::range(rope, range, self.support.encoding), new_text }
        };
        self.done.push((uri.clone(), version, ranges.into_iter().map(edit).collect()));
    }

    fn add_beside(&mut self, beside: &Beside, ranges: Vec<TextRange>) {
        self.add(&beside.uri, beside.version, &Rope::from_str(&beside.text), ranges, false);
    }

    /// The edits of `beside`, the file beside the article `analysis`, for the actor `id`.
    fn add_actor_beside(&mut self, analysis: &Analysis, beside: Option<&Beside>, id: &str) {
        if let Some(beside) = beside {
            self.add_beside(beside, ide::actor_id_places_beside(analysis, &beside.text, id));
        }
    }

    fn finish(self) -> lsp::WorkspaceEdit {
        if self.support.versioned_edits {
            let document =
                |(uri, version, edits): (Uri, Option<i32>, Vec<lsp::TextEdit>)| lsp::TextDocumentEdit {
                    text_document: lsp::OptionalVersionedTextDocumentIdentifier { uri, version },
                    edits: edits.into_iter().map(lsp::OneOf::Left).collect(),
                };
            let changes = lsp::DocumentChanges::Edits(self.done.into_iter().map(document).collect());
            return lsp::WorkspaceEdit { document_changes: Some(changes), ..lsp::WorkspaceEdit::default() };
        }
        let changes = self.done.into_iter().map(|(uri, _, edits)| (uri, edits)).collect();
        lsp::WorkspaceEdit { changes: Some(changes), ..lsp::WorkspaceEdit::default() }
    }
}

/// The actors of the registries and of the articles, each at its entry or its first mention.
#[expect(deprecated, reason = "the type has the field still")]
pub(super) fn workspace_symbols(
    session: &Session,
    query: &str,
    mut parts: Parts<lsp::SymbolInformation>,
) -> Option<Vec<lsp::SymbolInformation>> {
    let encoding = session.support()?.encoding;
    let symbol = |name: String, location: lsp::Location, beside: String| lsp::SymbolInformation {
        name,
        kind: lsp::SymbolKind::OBJECT,
        tags: None,
        deprecated: None,
        location,
        container_name: Some(beside),
    };
    let mut out = Vec::new();
    let mut seen: FxHashSet<String> = FxHashSet::default();
    for root in session.knowledge().roots() {
        for file in &session.knowledge().actors(&root.join(ACTORS_FILE)).files {
            let rope = Rope::from_str(&file.text);
            let Some(uri) = Uri::from_file_path(&file.path) else { continue };
            for entry in &file.content.entries {
                let actor = &entry.actor;
                let fits = has_letters(&actor.name, query) || has_letters(&actor.id, query);
                if fits && out.len() < SYMBOLS && seen.insert(actor.id.to_string()) {
                    let range = to_proto::range(&rope, entry.id, encoding);
                    let location = lsp::Location { uri: uri.clone(), range };
                    out.push(symbol(actor.name.to_string(), location, actor.kind.as_str().to_owned()));
                }
            }
        }
    }
    let left = SYMBOLS.saturating_sub(out.len());
    parts.add(out);
    let found: Vec<(String, String, PathBuf, TextRange)> = {
        let index = session.knowledge().index();
        let actors = index.search(query).into_iter().filter(|actor| !seen.contains(&*actor.id));
        actors
            .take(left)
            .filter_map(|actor| {
                let (path, _, range) = index.first_mention(&actor.id)?;
                let articles = actor.evidence.articles;
                let kind = actor.kind.map_or("actor", crate::actors::ActorKind::as_str);
                let beside = format!("{kind}, in {articles} article{}", if articles == 1 { "" } else { "s" });
                Some((actor.name.clone(), beside, path.to_owned(), range))
            })
            .collect()
    };
    for (name, beside, path, range) in found {
        let (Ok(source), Some(uri)) = (read(&path), Uri::from_file_path(&path)) else { continue };
        let range = to_proto::range(&Rope::from_str(&source.text), range, encoding);
        parts.add([symbol(name, lsp::Location { uri, range }, beside)]);
    }
    Some(parts.finish())
}

/// The entry of the actor at `offset` in a registry file, where it has one and the header none.
pub(super) fn entry(reading: &Reading<'_>, offset: TextSize) -> Option<lsp::Location> {
    let at = ide::actor_at(reading.analysis, offset)?;
    if declares(reading.analysis, &at.id) {
        return None;
    }
    let known = reading.session.knowledge().actors(&path(reading.snapshot.uri())?);
    let (file, entry) = known.entry(&at.id)?;
    let range = to_proto::range(&Rope::from_str(&file.text), entry.id, reading.support.encoding);
    Some(lsp::Location { uri: Uri::from_file_path(&file.path)?, range })
}
