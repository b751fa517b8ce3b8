//! What is offered to whom: `docs/protocol.md` is what the server says.
//!
//! `ONRECORD_BLESS=1` writes the page anew.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Map, Value, json};

use crate::client::Client;

/// What a client may say of itself, and what it gets for it beside what it is offered.
const SAYINGS: &[(&str, &str, &str)] = &[
    ("general.positionEncodings", r#"["utf-8"]"#, "columns are bytes, which need no conversion"),
    ("general.positionEncodings", r#"["utf-32"]"#, "columns are code points"),
    (
        "textDocument.diagnostic",
        "{}",
        "it asks for diagnostics, with result ids, also of files that are not open, and is never sent any; Neovim before 0.13 for open ones only",
    ),
    ("workspace.diagnostics.refreshSupport", "true", "it is told to ask again when its settings change"),
    ("textDocument.publishDiagnostics.relatedInformation", "true", "the places that bear on a diagnostic"),
    ("textDocument.publishDiagnostics.codeDescriptionSupport", "true", "the address of the rule's page"),
    (
        "textDocument.publishDiagnostics.tagSupport",
        r#"{"valueSet":[1]}"#,
        "a suppression comment that suppresses nothing is faded",
    ),
    ("textDocument.hover.contentFormat", r#"["markdown"]"#, "Markdown in hovers, else plain text"),
    (
        "textDocument.completion.completionItem.documentationFormat",
        r#"["markdown"]"#,
        "Markdown beside completions, else plain text",
    ),
    ("textDocument.completion.completionItem.snippetSupport", "true", "completions with tab stops"),
    (
        "textDocument.documentSymbol.hierarchicalDocumentSymbolSupport",
        "true",
        "the outline as a tree, else as a list",
    ),
    (
        "textDocument.codeAction.codeActionLiteralSupport",
        r#"{"codeActionKind":{"valueSet":["quickfix"]}}"#,
        "code actions with edits",
    ),
    (
        "textDocument.codeAction",
        r#"{"codeActionLiteralSupport":{"codeActionKind":{"valueSet":["source"]}},"dataSupport":true,"resolveSupport":{"properties":["edit"]}}"#,
        "\"Annotate this article\" without its edits, which are made when the action is taken",
    ),
    (
        "textDocument.codeAction.isPreferredSupport",
        "true",
        "the code action that keeps the meaning is marked",
    ),
    ("workspace.workspaceEdit.documentChanges", "true", "edits say which version of the text they are for"),
    (
        "workspace.workspaceEdit.resourceOperations",
        r#"["create"]"#,
        "code actions that make a file that is not there",
    ),
    ("workspace.applyEdit", "true", "commands that annotate the article they name"),
    (
        "workspace.didChangeWatchedFiles.dynamicRegistration",
        "true",
        "files changed outside the editor are seen at once",
    ),
    ("workspace.fileOperations", "{}", "it tells of files and folders its user makes, moves and removes"),
    ("window.workDoneProgress", "true", "it is told how far a long task is"),
    (
        "window.showDocument.support",
        "true",
        "`onrecord.report` opens its page as a file, else it answers with it",
    ),
    (
        "textDocument.completion.completionItem.resolveSupport.properties",
        r#"["documentation"]"#,
        "what an actor is when the list shows it, since there are thousands",
    ),
    ("workspace.configuration", "true", "it is asked for the section `onrecord` of its settings"),
    ("textDocument.formatting", "{}", "canonical markup, an edit for each span that is written otherwise"),
    ("textDocument.rangeFormatting", "{}", "the same for some lines"),
    ("textDocument.linkedEditingRange", "{}", "the id of a span is edited together with its uses"),
    (
        "textDocument.semanticTokens",
        r#"{"requests":{},"tokenTypes":[],"tokenModifiers":[],"formats":[]}"#,
        "names, sources, cues and annotation coloured by standard types; where its `tokenTypes` hold them, by their own",
    ),
    (
        "workspace.semanticTokens.refreshSupport",
        "true",
        "it is told to ask again when actors or settings change",
    ),
    ("textDocument.inlayHint", "{}", "stances, speakers and whom a pronoun means, between the words"),
    (
        "textDocument.inlayHint.resolveSupport.properties",
        r#"["tooltip"]"#,
        "the reason for a hint when it is asked for",
    ),
    ("workspace.inlayHint.refreshSupport", "true", "it is told to ask again when actors or settings change"),
    (
        "textDocument.codeLens",
        "{}",
        "nothing without `window.showDocument.support`; with it, a speaker's claims counted",
    ),
    ("workspace.codeLens.refreshSupport", "true", "it is told to ask again when actors or settings change"),
    ("textDocument.foldingRange", "{}", "the header, comments, sections"),
    ("textDocument.foldingRange.rangeLimit", "100", "no more folds than that"),
    ("textDocument.selectionRange", "{}", "selections that grow from the word to the article"),
    ("textDocument.documentLink", "{}", "web addresses that open"),
    ("workspace.didChangeConfiguration", "{}", "nothing: settings it sends are taken from any client"),
];

/// `value` under the dotted `path`.
fn nested(path: &str, value: Value) -> Value {
    path.rsplit('.').fold(value, |inner, key| json!({ key: inner }))
}

async fn offered(capabilities: Value) -> Map<String, Value> {
    let mut client = Client::silent();
    let params = json!({ "processId": null, "capabilities": capabilities });
    match client.ask("initialize", params).await["capabilities"].take() {
        Value::Object(offered) => offered,
        other => panic!("{other}"),
    }
}

async fn page() -> String {
    let base = offered(json!({})).await;
    let mut out = "# What is offered to whom\n\nWritten by a test from what the server says: \
        `ONRECORD_BLESS=1 cargo test --features fault-injection --test server offer`.\n\n\
        ## To every client\n\n"
        .to_owned();
    for (key, value) in &base {
        let _ = writeln!(out, "- `{key}`: `{value}`");
    }
    out += "\n## To a client that says more of itself\n\n| it says | it is offered | it gets |\n| --- | --- | --- |\n";
    for (path, value, gets) in SAYINGS.iter().copied() {
        let told = nested(path, serde_json::from_str(value).unwrap());
        let more: Vec<String> = offered(told)
            .await
            .into_iter()
            .filter(|(key, value)| base.get(key) != Some(value))
            .map(|(key, value)| format!("`{key}`: `{value}`"))
            .collect();
        let _ = writeln!(out, "| `{path}`: `{value}` | {} | {gets} |", more.join(", "));
    }
    out += "\n## In parts\n\nA request for references, workspace symbols or workspace diagnostics with a `partialResultToken` is \
        answered by `$/progress` as it is found, an article at a time, and its answer is empty.\n\n\
        ## What is left out\n\n\
        - `willSave`, `willSaveWaitUntil`: an editor that formats or mends on saving asks for `textDocument/formatting` \
        and for code actions of `source.fixAll.onrecord`, each of which its user can turn off.\n\
        - `didSave`: what is open counts as it is in the editor, and files on disk are watched.\n\
        - `workspace/willRenameFiles` and the like: no article names another by its path.\n\
        - `textDocument/declaration`, `typeDefinition`, `implementation`, `signatureHelp`, `documentColor`, call and type \
        hierarchy, monikers, inline values, `onTypeFormatting`: nothing in an article is that.\n";
    out
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_says_what_the_server_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/protocol.md");
    let page = page().await;
    if std::env::var_os("ONRECORD_BLESS").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap(), page, "write docs/protocol.md anew");
}
