"""What the server answers to editors, by what each of them said of itself when it was recorded."""
import asyncio
import json
import os
import pathlib

import pytest_lsp
from lsprotocol import converters
from lsprotocol import types as lsp
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

LOGS = pathlib.Path(__file__).parent / "logs"
#: As `record` heard them: Neovim 0.11.4, VS Code 1.100.3 with vscode-languageclient 11, Emacs 28.2 with Eglot 1.9;
#: and as pytest-lsp has them, which are others.
EDITORS = ["neovim", "vscode", "emacs", "neovim@v0.11.0", "visual-studio-code@v1.65.2", "emacs@v29.1"]
WIRE = "date 2022-10-09 Prime Minister Shehbaz Sharif met leaders.\n\nÉ 𝄞 It is believed that talks resume.\n"
MARKED = """\
---
date: 2022-10-09
---

[Lee]{#lee .source} [said]{.cue for=c1} [it failed]{#c1 .claim by=lee}. See https://onrecord.example/a.

[Lee]{.source} [added]{.cue for=c2} that [it was over]{#c2 .claim by=lee}.
"""


def recorded(editor):
    """What `editor` said first."""
    with open(LOGS / f"{editor}.jsonl", encoding="utf-8") as log:
        first = next(message for line in log if (message := json.loads(line)).get("method") == "initialize")
    return converters.get_converter().structure(first["params"], lsp.InitializeParams)


@pytest_lsp.fixture(config=ClientServerConfig(server_command=[os.environ["ONRECORD"], "server"]), params=EDITORS)
async def client(request, lsp_client: LanguageClient, tmp_path):
    if "@" in request.param:
        said = lsp.InitializeParams(capabilities=client_capabilities(request.param))
    else:
        said = recorded(request.param)
    said.root_path = said.root_uri = None
    said.workspace_folders = [lsp.WorkspaceFolder(uri=tmp_path.as_uri(), name="articles")]
    (tmp_path / "other.article").write_text("It is believed that the ferry of Anna Brandt stops.\n", encoding="utf-8")

    @lsp_client.feature(lsp.CLIENT_REGISTER_CAPABILITY)
    def _(params):
        """Files are watched; nothing changes on disk."""

    lsp_client.offered = (await lsp_client.initialize_session(said)).capabilities
    lsp_client.said = said.capabilities
    lsp_client.name = said.client_info.name if said.client_info else ""
    lsp_client.folder = tmp_path
    yield
    await lsp_client.shutdown_session()


def says(client, path):
    """What the editor said of `path`, None where it said nothing."""
    value = client.said
    for name in path.split("."):
        value = getattr(value, name, None)
    return value


def is_offered(client, provider, *paths):
    """Whether the editor is offered `provider`, which is to be so exactly where it said all of `paths`."""
    offered = bool(getattr(client.offered, provider))
    assert offered == all(says(client, path) for path in paths), provider
    return offered


def open_document(client, text, name="a.article", language="article"):
    uri = (client.folder / name).as_uri()
    item = lsp.TextDocumentItem(uri=uri, language_id=language, version=1, text=text)
    client.text_document_did_open(lsp.DidOpenTextDocumentParams(text_document=item))
    return lsp.TextDocumentIdentifier(uri=uri)


async def diagnostics(client, document):
    """Those of `document`, asked for where the editor asks and awaited where it does not."""
    if client.offered.diagnostic_provider:
        report = await client.text_document_diagnostic_async(lsp.DocumentDiagnosticParams(text_document=document))
        return report.items
    while document.uri not in client.diagnostics:
        await client.wait_for_notification(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    return client.diagnostics[document.uri]


def column(client, text, words):
    """Where `words` begin in `text`, one line, as the editor counts."""
    before = text[: text.index(words)]
    encoding = client.offered.position_encoding or lsp.PositionEncodingKind.Utf16
    units = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}
    codec, width = units[encoding.value if hasattr(encoding, "value") else encoding]
    return len(before.encode(codec)) // width


async def test_a_warning_stands_at_its_words(client):
    document = open_document(client, WIRE)
    (found,) = await diagnostics(client, document)
    line = WIRE.splitlines()[2]
    assert found.code == "ATT02"
    assert found.range.start == lsp.Position(line=2, character=column(client, line, "It is"))
    assert found.range.end == lsp.Position(line=2, character=column(client, line, " that"))


async def test_a_text_that_is_no_article_is_left_alone(client):
    document = open_document(client, WIRE.split("\n\n")[1], "letter.txt", "plaintext")
    if client.offered.diagnostic_provider:
        assert not await diagnostics(client, document)
    at = lsp.Position(line=0, character=8)
    assert await client.text_document_hover_async(lsp.HoverParams(text_document=document, position=at)) is None


async def test_hover_says_who_somebody_is_in_a_form_the_editor_shows(client):
    document = open_document(client, WIRE)
    at = lsp.Position(line=0, character=column(client, WIRE.splitlines()[0], "Sharif"))
    hover = await client.text_document_hover_async(lsp.HoverParams(text_document=document, position=at))
    assert "Prime Minister of Pakistan" in hover.contents.value
    assert hover.contents.kind in client.said.text_document.hover.content_format


async def test_completion_has_tab_stops_only_where_they_are_known(client):
    document = open_document(client, "[It failed]{}\n")
    at = lsp.Position(line=0, character=len("[It failed]{"))
    answer = await client.text_document_completion_async(lsp.CompletionParams(text_document=document, position=at))
    items = answer if isinstance(answer, list) else answer.items
    claim = next(item for item in items if item.label == ".claim")
    known = client.said.text_document.completion.completion_item.snippet_support
    assert ("$1" in claim.text_edit.new_text) == bool(known)
    assert (claim.insert_text_format == lsp.InsertTextFormat.Snippet) == bool(known)


async def test_the_outline_is_a_tree_where_that_is_known(client):
    document = open_document(client, "[Lee]{#s1 .source} said [it failed]{.claim by=s1}.\n")
    symbols = await client.text_document_document_symbol_async(lsp.DocumentSymbolParams(text_document=document))
    nested = client.said.text_document.document_symbol.hierarchical_document_symbol_support
    assert symbols[0].name == "Lee"
    if nested:
        assert [child.name for child in symbols[0].children] == ["it failed"]
    else:
        assert symbols[1].container_name == "Lee"


async def test_a_fix_is_an_edit_of_the_version_it_was_made_for(client):
    document = open_document(client, '"It is over, Lee said.\n')
    (found,) = await diagnostics(client, document)
    parameters = lsp.CodeActionParams(
        text_document=document, range=found.range, context=lsp.CodeActionContext(diagnostics=[found])
    )
    actions = await client.text_document_code_action_async(parameters)
    if client.said.text_document.code_action.code_action_literal_support is None:
        assert not actions
        return
    edit = actions[0].edit
    if client.said.workspace.workspace_edit and client.said.workspace.workspace_edit.document_changes:
        assert edit.document_changes[0].text_document.version == 1
    else:
        assert [change.new_text for change in edit.changes[document.uri]] == ['"']


def words(text, range):
    """What stands in `range`, within a line of ASCII."""
    return text.splitlines()[range.start.line][range.start.character : range.end.character]


def at(client, document, text, words):
    """Where `words` stand, as the parameters of a request."""
    line = next(number for number, line in enumerate(text.splitlines()) if words in line)
    place = lsp.Position(line=line, character=column(client, text.splitlines()[line], words))
    return {"text_document": document, "position": place}


async def test_above_a_paragraph_stands_how_much_a_speaker_claims_and_a_click_goes_there(client):
    document = open_document(client, MARKED)
    if not is_offered(client, "code_lens_provider", "text_document.code_lens", "window.show_document"):
        return
    (lens,) = await client.text_document_code_lens_async(lsp.CodeLensParams(text_document=document))
    lens = await client.code_lens_resolve_async(lens)
    assert lens.command.title.startswith("Lee · 2 claims")
    run = lsp.ExecuteCommandParams(command=lens.command.command, arguments=lens.command.arguments)
    await client.workspace_execute_command_async(run)
    # A request, which may come after the command's answer, and which pytest-lsp cannot wait for.
    while not client.shown_documents:
        await asyncio.sleep(0.05)
    (shown,) = client.shown_documents
    assert (shown.uri, words(MARKED, shown.selection)) == (document.uri, "it failed")


async def test_after_a_claim_stands_where_its_source_stands(client):
    text = "Maria Keller denied that the dam had failed.\n"
    document = open_document(client, text)
    if not is_offered(client, "inlay_hint_provider", "text_document.inlay_hint"):
        return
    whole = lsp.Range(start=lsp.Position(0, 0), end=lsp.Position(1, 0))
    (hint,) = await client.text_document_inlay_hint_async(lsp.InlayHintParams(text_document=document, range=whole))
    assert hint.label == "→ oppose?"
    assert hint.position == lsp.Position(0, len("Maria Keller denied"))
    if "tooltip" in (says(client, "text_document.inlay_hint.resolve_support.properties") or []):
        hint = await client.inlay_hint_resolve_async(hint)
    assert "“denied”" in hint.tooltip.value


async def test_who_speaks_and_what_is_claimed_have_colours_the_editor_knows(client):
    text = "[Lee]{#lee .source} [said]{.cue for=c1} [it failed]{#c1 .claim by=lee}.\n"
    document = open_document(client, text)
    if not is_offered(client, "semantic_tokens_provider", "text_document.semantic_tokens"):
        return
    legend = client.offered.semantic_tokens_provider.legend.token_types
    tokens = await client.text_document_semantic_tokens_full_async(lsp.SemanticTokensParams(text_document=document))
    coloured, start = {}, 0
    for _, step, length, kind, _ in zip(*[iter(tokens.data)] * 5):
        start += step
        coloured[text[start : start + length]] = legend[kind]
    assert {"Lee", "said", "it failed"} <= coloured.keys()
    assert set(coloured.values()) <= set(client.said.text_document.semantic_tokens.token_types)


async def test_typing_in_an_id_changes_its_uses_too(client):
    document = open_document(client, MARKED)
    if not is_offered(client, "linked_editing_range_provider", "text_document.linked_editing_range"):
        return
    place = lsp.LinkedEditingRangeParams(**at(client, document, MARKED, "lee .source"))
    linked = await client.text_document_linked_editing_range_async(place)
    assert [words(MARKED, range) for range in linked.ranges] == ["lee"] * 3


async def test_warnings_of_closed_articles_are_listed_where_the_editor_can_ask_for_them(client):
    open_document(client, MARKED)
    provider = client.offered.diagnostic_provider
    assert bool(provider) == bool(says(client, "text_document.diagnostic"))
    # Neovim 0.11 forgets those of open files when it is told of others.
    assert bool(provider and provider.workspace_diagnostics) == bool(provider and client.name != "Neovim")
    if not provider or not provider.workspace_diagnostics:
        return
    ask = lsp.WorkspaceDiagnosticParams(previous_result_ids=[])
    answer = await asyncio.wait_for(client.workspace_diagnostic_async(ask), timeout=20)
    other = (client.folder / "other.article").as_uri()
    assert [item.code for report in answer.items if report.uri == other for item in report.items] == ["ATT02"]


async def test_formatting_writes_markup_in_one_way(client):
    text = "[Lee]{  .source   #lee } [said]{.cue for=c1} [it failed]{#c1 .claim by=lee}.\n"
    document = open_document(client, text)
    if not is_offered(client, "document_formatting_provider", "text_document.formatting"):
        return
    options = lsp.FormattingOptions(tab_size=4, insert_spaces=True)
    ask = lsp.DocumentFormattingParams(text_document=document, options=options)
    (edit,) = await client.text_document_formatting_async(ask)
    start, end = edit.range.start.character, edit.range.end.character
    assert (text[:start] + edit.new_text + text[end:]).startswith("[Lee]{#lee .source} [said]")


async def test_a_header_folds(client):
    document = open_document(client, MARKED)
    if not is_offered(client, "folding_range_provider", "text_document.folding_range"):
        return
    folds = await client.text_document_folding_range_async(lsp.FoldingRangeParams(text_document=document))
    assert (folds[0].start_line, folds[0].end_line) == (0, 2)


async def test_a_selection_grows_from_a_word_to_its_span(client):
    document = open_document(client, MARKED)
    if not is_offered(client, "selection_range_provider", "text_document.selection_range"):
        return
    place = at(client, document, MARKED, "failed")
    ask = lsp.SelectionRangeParams(text_document=document, positions=[place["position"]])
    (grown,) = await client.text_document_selection_range_async(ask)
    steps = []
    while grown:
        steps.append(words(MARKED, grown.range))
        grown = grown.parent
    assert steps[:2] == ["failed", "it failed"]


async def test_an_address_in_the_text_opens(client):
    document = open_document(client, MARKED)
    if not is_offered(client, "document_link_provider", "text_document.document_link"):
        return
    (link,) = await client.text_document_document_link_async(lsp.DocumentLinkParams(text_document=document))
    assert (link.target, words(MARKED, link.range)) == ("https://onrecord.example/a", "https://onrecord.example/a")


async def test_an_id_is_renamed_everywhere_with_its_uses_listed_first(client):
    document = open_document(client, MARKED)
    place = at(client, document, MARKED, "lee .source")
    context = lsp.ReferenceContext(include_declaration=True)
    uses = await client.text_document_references_async(lsp.ReferenceParams(**place, context=context))
    assert {words(MARKED, use.range) for use in uses} == {"lee"} and len(uses) == 3
    named = await client.text_document_prepare_rename_async(lsp.PrepareRenameParams(**place))
    assert words(MARKED, getattr(named, "range", named)) == "lee"
    change = await client.text_document_rename_async(lsp.RenameParams(**place, new_name="kim"))
    if says(client, "workspace.workspace_edit.document_changes"):
        edits = change.document_changes[0].edits
    else:
        edits = change.changes[document.uri]
    assert [(words(MARKED, edit.range), edit.new_text) for edit in edits] == [("lee", "kim")] * 3


async def found(client, query, name):
    """Whether `query` is found in the file `name` before long, among the articles on disk."""
    uri = (client.folder / name).as_uri()
    for _ in range(100):
        symbols = await client.workspace_symbol_async(lsp.WorkspaceSymbolParams(query=query))
        if any(symbol.location.uri == uri for symbol in symbols or []):
            return True
        await asyncio.sleep(0.05)
    return False


async def test_a_speaker_is_found_in_articles_that_are_not_open_and_follows_a_file_that_is_moved(client):
    assert await found(client, "Brandt", "other.article")
    operations = client.offered.workspace.file_operations
    assert bool(operations) == bool(says(client, "workspace.file_operations"))
    if not operations:
        return
    (client.folder / "other.article").rename(client.folder / "moved.article")
    moved = lsp.FileRename(
        old_uri=(client.folder / "other.article").as_uri(), new_uri=(client.folder / "moved.article").as_uri()
    )
    client.workspace_did_rename_files(lsp.RenameFilesParams(files=[moved]))
    assert await found(client, "Brandt", "moved.article")


async def test_beside_an_actor_stands_who_it_is_also_where_that_is_looked_up_when_it_is_shown(client):
    text = "[Berlin]{.actor ref=}\n"
    document = open_document(client, text)
    place = lsp.Position(0, len("[Berlin]{.actor ref="))
    answer = await client.text_document_completion_async(lsp.CompletionParams(text_document=document, position=place))
    (item,) = [item for item in getattr(answer, "items", answer) if item.label == "deu"]
    lazy = "documentation" in (says(client, "text_document.completion.completion_item.resolve_support.properties") or [])
    assert bool(client.offered.completion_provider.resolve_provider) == lazy
    assert bool(item.documentation) != lazy
    if lazy:
        item = await client.completion_item_resolve_async(item)
    assert "Germany" in item.documentation.value
