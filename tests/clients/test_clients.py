"""What the server answers to editors, by what each of them said of itself when it was recorded."""
import os

import pytest
import pytest_lsp
from lsprotocol import types as lsp
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

EDITORS = ["neovim", "visual-studio-code", "emacs"]
URI = "file:///articles/a.article"
WIRE = "date 2022-10-09 Prime Minister Shehbaz Sharif met leaders.\n\nÉ 𝄞 It is believed that talks resume.\n"


@pytest_lsp.fixture(config=ClientServerConfig(server_command=[os.environ["ONRECORD"], "server"]), params=EDITORS)
async def client(request, lsp_client: LanguageClient):
    folder = lsp.WorkspaceFolder(uri="file:///articles", name="articles")
    capabilities = client_capabilities(request.param)

    @lsp_client.feature(lsp.CLIENT_REGISTER_CAPABILITY)
    def _(params):
        """Files are watched; nothing changes on disk."""

    result = await lsp_client.initialize_session(
        lsp.InitializeParams(capabilities=capabilities, workspace_folders=[folder])
    )
    lsp_client.offered = result.capabilities
    lsp_client.said = capabilities
    yield
    await lsp_client.shutdown_session()


def open_document(client, text, uri=URI, language="article"):
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
    document = open_document(client, WIRE.split("\n\n")[1], "file:///articles/letter.txt", "plaintext")
    if client.offered.diagnostic_provider:
        assert not await diagnostics(client, document)
    at = lsp.Position(line=0, character=8)
    assert await client.text_document_hover_async(lsp.HoverParams(text_document=document, position=at)) is None


async def test_hover_says_who_somebody_is_in_a_form_the_editor_shows(client):
    document = open_document(client, WIRE)
    at = lsp.Position(line=0, character=column(client, WIRE.splitlines()[0], "Sharif"))
    hover = await client.text_document_hover_async(lsp.HoverParams(text_document=document, position=at))
    assert "Prime Minister of Pakistan" in hover.contents.value
    formats = client.said.text_document.hover.content_format
    assert hover.contents.kind in formats


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
        assert [change.new_text for change in edit.changes[URI]] == ['"']
