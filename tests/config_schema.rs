//! The JSON schema of `onrecord.toml` is what the parser reads.

use std::path::Path;

use onrecord::workspace::config_schema;
use serde_json::Value;

/// Where the schema stands in the repository.
const WRITTEN: &str = "docs/onrecord.schema.json";

fn root(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap_or_default()
}

#[test]
fn the_schema_in_the_repository_is_what_the_parser_reads() {
    let stale = format!("{WRITTEN} is stale: run 'onrecord config schema > {WRITTEN}'");
    assert_eq!(root(WRITTEN), config_schema(), "{stale}");
}

#[test]
fn the_extension_names_the_schema_where_the_schema_says_it_stands() {
    let extension: Value = serde_json::from_str(&root("editors/vscode/package.json")).unwrap();
    let schema: Value = serde_json::from_str(&config_schema()).unwrap();
    let url = &extension["contributes"]["tomlValidation"][0]["url"];
    assert_eq!(url, &schema["$id"]);
    assert!(url.as_str().unwrap().ends_with(WRITTEN), "{url}");
}
