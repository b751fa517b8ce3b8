//! What an editor shows of an article beside its diagnostics: colours, hints, lenses, folds, links.

use serde_json::{Value, json};

use crate::client::{Client, URI, at, document, edit};

const TEXT: &str = "The deficit would fall, Maria Keller said on Monday.\n\n“We kept our word,” Keller said. She denied that the vote was lost.\n";

/// What a client that shows everything says of itself, with `tokens` beside it.
fn shows(tokens: Value) -> Value {
    let mut semantic = json!({ "requests": {}, "tokenTypes": [], "tokenModifiers": [], "formats": [] });
    if let (Some(all), Value::Object(more)) = (semantic.as_object_mut(), tokens) {
        all.extend(more);
    }
    let refresh = json!({ "refreshSupport": true });
    json!({
        "textDocument": {
            "semanticTokens": semantic,
            "inlayHint": { "resolveSupport": { "properties": ["tooltip"] } },
            "codeLens": {},
            "foldingRange": {},
            "selectionRange": {},
            "documentLink": {},
        },
        "window": { "showDocument": { "support": true } },
        "workspace": { "semanticTokens": refresh, "inlayHint": refresh, "codeLens": refresh },
    })
}

/// A client that shows everything and has `text` open.
async fn showing(text: &str) -> Client {
    let mut client = Client::start(shows(json!({}))).await;
    client.open(URI, "article", text).await;
    client
}

/// Parameters that name lines `from` to `to` of the article.
fn lines(from: u32, to: u32) -> Value {
    let mut params = document(URI);
    params["range"] =
        json!({ "start": { "line": from, "character": 0 }, "end": { "line": to, "character": 0 } });
    params
}

fn number(value: &Value) -> usize {
    usize::try_from(value.as_u64().unwrap()).unwrap()
}

/// The tokens in `data` as `type:words`, `types` being the legend.
fn tokens(data: &Value, types: &Value, text: &str) -> Vec<String> {
    let numbers: Vec<usize> = data.as_array().unwrap().iter().map(number).collect();
    let (mut line, mut column) = (0, 0);
    let mut out = Vec::new();
    for token in numbers.chunks_exact(5) {
        column = if token[0] == 0 { column + token[1] } else { token[1] };
        line += token[0];
        let units: Vec<u16> = text.lines().nth(line).unwrap().encode_utf16().collect();
        let words = String::from_utf16(&units[column..column + token[2]]).unwrap();
        out.push(format!("{}:{words}", types[token[3]].as_str().unwrap()));
    }
    out
}

async fn legend(client: &mut Client, capabilities: Value) -> Value {
    let params = json!({ "processId": null, "capabilities": capabilities });
    let mut answer = client.ask("initialize", params).await;
    answer["capabilities"]["semanticTokensProvider"]["legend"]["tokenTypes"].take()
}

#[tokio::test(flavor = "multi_thread")]
async fn names_sources_and_cues_are_coloured_by_the_standard_types() {
    let mut client = Client::silent();
    let types = legend(&mut client, shows(json!({}))).await;
    client.open(URI, "article", TEXT).await;
    let full = client.ask("textDocument/semanticTokens/full", document(URI)).await;
    assert_eq!(
        tokens(&full["data"], &types, TEXT),
        [
            "type:Maria Keller",
            "keyword:said",
            "type:Keller",
            "keyword:said",
            "parameter:She",
            "keyword:denied"
        ]
    );
    let range = client.ask("textDocument/semanticTokens/range", lines(0, 1)).await;
    assert_eq!(tokens(&range["data"], &types, TEXT), ["type:Maria Keller", "keyword:said"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_knows_them_is_told_the_types_of_their_own() {
    let mut client = Client::silent();
    let types =
        legend(&mut client, shows(json!({ "tokenTypes": ["actor", "source", "claim", "type"] }))).await;
    assert_eq!(
        (&types[0], &types[1], &types[2], &types[3]),
        (&json!("actor"), &json!("source"), &json!("keyword"), &json!("claim"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_go_over_lines_and_into_one_another_only_where_the_client_can() {
    let text = "[It closed a good deal earlier than\nfor [Lee]{.actor}]{.claim}";
    for (able, expected) in [
        (false, vec!["string:It closed a good deal earlier than", "string:for ", "type:Lee"]),
        (true, vec!["string 52", "type 3"]),
    ] {
        let mut client = Client::silent();
        let told = json!({ "overlappingTokenSupport": able, "multilineTokenSupport": able });
        let types = legend(&mut client, shows(told)).await;
        client.open(URI, "article", text).await;
        let full = client.ask("textDocument/semanticTokens/full", document(URI)).await;
        let found: Vec<String> = if able {
            let numbers: Vec<u64> =
                full["data"].as_array().unwrap().iter().map(|number| number.as_u64().unwrap()).collect();
            let named = |token: &[u64]| {
                format!("{} {}", types[usize::try_from(token[3]).unwrap()].as_str().unwrap(), token[2])
            };
            numbers.chunks_exact(5).map(named).collect()
        } else {
            tokens(&full["data"], &types, text)
        };
        let words = |token: &String| token.starts_with("string") || token.starts_with("type");
        assert_eq!(found.into_iter().filter(words).collect::<Vec<_>>(), expected);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn after_an_edit_only_the_tokens_that_changed_are_sent() {
    let mut client = Client::silent();
    let types = legend(&mut client, shows(json!({}))).await;
    client.open(URI, "article", TEXT).await;
    let full = client.ask("textDocument/semanticTokens/full", document(URI)).await;
    client.change(URI, 2, json!([edit([0, 24, 0, 29], "Anna")])).await;
    let mut params = document(URI);
    params["previousResultId"] = full["resultId"].clone();
    let delta = client.ask("textDocument/semanticTokens/full/delta", params.clone()).await;
    let change = &delta["edits"][0];
    let mut data = full["data"].as_array().unwrap().clone();
    let (start, gone) = (number(&change["start"]), number(&change["deleteCount"]));
    assert!(gone < data.len(), "{delta}");
    data.splice(start..start + gone, change["data"].as_array().unwrap().iter().cloned());
    let text = TEXT.replacen("Maria", "Anna", 1);
    assert_eq!(tokens(&json!(data), &types, &text)[0], "type:Anna Keller");
    let whole = client.ask("textDocument/semanticTokens/full", document(URI)).await;
    assert_eq!(json!(data), whole["data"]);
    let stale = client.ask("textDocument/semanticTokens/full/delta", params).await;
    assert!(stale["data"].is_array(), "{stale}");
}

/// The hints of an answer as `line:column label`.
fn labels(hints: &Value) -> Vec<String> {
    let label = |hint: &Value| {
        format!(
            "{}:{} {}",
            hint["position"]["line"],
            hint["position"]["character"],
            hint["label"].as_str().unwrap()
        )
    };
    hints.as_array().unwrap().iter().map(label).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn hints_say_whom_a_pronoun_means_and_where_a_source_stands() {
    let mut client = showing(TEXT).await;
    let hints = client.ask("textDocument/inlayHint", lines(0, 3)).await;
    assert_eq!(labels(&hints), ["2:36 = Maria Keller", "2:43 → oppose?"]);
    assert!(hints[0]["tooltip"].is_null(), "{hints}");
    let resolved = client.ask("inlayHint/resolve", hints[1].clone()).await;
    assert!(resolved["tooltip"]["value"].as_str().unwrap().contains("“denied”"), "{resolved}");
    assert_eq!(labels(&client.ask("textDocument/inlayHint", lines(0, 1)).await), Vec::<String>::new());
    client.change(URI, 2, json!([edit([0, 0, 0, 0], "x")])).await;
    let late = client.ask("inlayHint/resolve", hints[1].clone()).await;
    assert!(late["tooltip"].is_null(), "{late}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_setting_turns_a_kind_of_hint_off_at_once() {
    let mut client = showing(TEXT).await;
    let settings = json!({ "settings": { "onrecord": { "hints": { "pronoun": false } } } });
    client.notify("workspace/didChangeConfiguration", settings).await;
    client.told("workspace/inlayHint/refresh").await;
    assert_eq!(labels(&client.ask("textDocument/inlayHint", lines(0, 3)).await), ["2:43 → oppose?"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lens_counts_a_speakers_claims_and_shows_one_after_the_other() {
    let mut client = showing(TEXT).await;
    let lenses = client.ask("textDocument/codeLens", document(URI)).await;
    assert_eq!(lenses.as_array().unwrap().len(), 1, "{lenses}");
    assert_eq!(lenses[0]["range"]["start"], json!({ "line": 0, "character": 0 }));
    let lens = client.ask("codeLens/resolve", lenses[0].clone()).await;
    assert_eq!(lens["command"]["title"], "Maria Keller · 3 claims · 1 direct quote");
    for line in [0, 2] {
        let run = json!({ "command": lens["command"]["command"], "arguments": lens["command"]["arguments"] });
        client.ask("workspace/executeCommand", run).await;
        let shown = client.told("window/showDocument").await;
        assert_eq!((&shown["uri"], &shown["selection"]["start"]["line"]), (&json!(URI), &json!(line)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_cannot_show_a_document_is_offered_no_lens() {
    let mut capabilities = shows(json!({}));
    capabilities["window"] = json!({});
    let mut client = Client::silent();
    let params = json!({ "processId": null, "capabilities": capabilities });
    let offered = client.ask("initialize", params).await;
    assert!(offered["capabilities"]["codeLensProvider"].is_null(), "{offered}");
    assert_eq!(offered["capabilities"]["executeCommandProvider"]["commands"], json!(["onrecord.report"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_registry_that_changes_makes_the_client_ask_again() {
    let folder = tempfile::tempdir().unwrap();
    let uri = |name: &str| format!("file://{}/{name}", folder.path().canonicalize().unwrap().display());
    let mut client = Client::start(shows(json!({}))).await;
    client.open(&uri("a.article"), "article", TEXT).await;
    client.open(&uri("actors.toml"), "toml", "[keller]\nname = \"Maria Keller\"\n").await;
    for what in ["semanticTokens", "inlayHint", "codeLens"] {
        let method = format!("workspace/{what}/refresh");
        let asked = client.wait(|message| message["method"] == method).await;
        // Each waits for the answer to the one before.
        client.send(json!({ "jsonrpc": "2.0", "id": asked["id"], "result": null })).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_selection_grows_and_a_header_folds() {
    let mut client = showing("---\ndate: 2022-10-09\n---\n\nIt rained, Maria Keller said.\n").await;
    let folds = client.ask("textDocument/foldingRange", document(URI)).await;
    assert_eq!((&folds[0]["startLine"], &folds[0]["endLine"]), (&json!(0), &json!(2)));
    let mut params = document(URI);
    params["positions"] = json!([{ "line": 4, "character": 19 }]);
    let grown = client.ask("textDocument/selectionRange", params).await;
    let (word, name) = (&grown[0]["range"], &grown[0]["parent"]["range"]);
    assert_eq!((&word["start"]["character"], &name["start"]["character"]), (&json!(17), &json!(11)));
}

#[tokio::test(flavor = "multi_thread")]
async fn addresses_are_links_in_articles_and_registries() {
    let mut client = showing("It is at https://onrecord.example/a.\n").await;
    let links = client.ask("textDocument/documentLink", document(URI)).await;
    assert_eq!(
        (&links[0]["target"], &links[0]["range"]["end"]["character"]),
        (&json!("https://onrecord.example/a"), &json!(35))
    );
    let registry = "file:///news/actors.toml";
    client.open(registry, "toml", "[a]\nname = \"A\"\nlinks = { wikidata = \"Q42\" }\n").await;
    let links = client.ask("textDocument/documentLink", document(registry)).await;
    assert_eq!(links[0]["target"], "https://www.wikidata.org/wiki/Q42");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_what_is_no_article_nothing_is_shown() {
    let mut client = Client::start(shows(json!({}))).await;
    client.open("file:///notes.txt", "plaintext", TEXT).await;
    for method in ["semanticTokens/full", "codeLens", "foldingRange", "documentLink"] {
        let answer = client.ask(&format!("textDocument/{method}"), document("file:///notes.txt")).await;
        assert!(answer.is_null(), "{method}: {answer}");
    }
    let answer = client.ask("textDocument/inlayHint", at("file:///notes.txt", 0, 0)).await;
    assert!(answer.is_null(), "{answer}");
}
