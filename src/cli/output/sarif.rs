//! SARIF 2.1.0, one run: GitHub's code scanning, Azure DevOps and many viewers read it.
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html>

use std::io::{self, Write};

use serde_json::{Value, json};

use super::Checked;
use crate::cli::fingerprint::digests;
use crate::rules::{self, Finding, Fix, Rule, Severity};
use crate::text::{Places, TextRange};
use crate::workspace::portable;

/// Where the schema of the format stands.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Prints what stands before all results: the program and every rule with its page.
pub(super) fn begin(out: &mut impl Write) -> io::Result<()> {
    let driver = json!({
        "name": env!("CARGO_PKG_NAME"),
        "version": env!("CARGO_PKG_VERSION"),
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "informationUri": env!("CARGO_PKG_REPOSITORY"),
        "rules": rules::all().iter().map(|rule| described(rule)).collect::<Vec<_>>(),
    });
    // Columns are counted as everywhere else on the command line.
    write!(
        out,
        "{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[{{\"tool\":{{\"driver\":{driver}}},\n\
         \"columnKind\":\"unicodeCodePoints\",\"results\":["
    )
}

/// Prints the results of one article, a line each; `first` when none stands before them.
pub(super) fn print(out: &mut impl Write, checked: &Checked, first: bool) -> io::Result<()> {
    if checked.findings.is_empty() {
        return Ok(());
    }
    let article = Article {
        text: &checked.text,
        places: Places::new(&checked.text),
        uri: uri(&portable(&checked.path)),
    };
    let digests = digests(&checked.path, &checked.text, &checked.findings);
    for (index, (finding, digest)) in checked.findings.iter().zip(digests).enumerate() {
        out.write_all(if first && index == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &article.result(finding, &digest))?;
    }
    Ok(())
}

/// Prints what stands after all results; `complete` when everything asked for was checked.
pub(super) fn end(out: &mut impl Write, complete: bool) -> io::Result<()> {
    writeln!(out, "\n],\"invocations\":[{{\"executionSuccessful\":{complete}}}]}}]}}")
}

fn described(rule: &Rule) -> Value {
    let page = rule.page();
    let what = page.section("What it does").unwrap_or(page.title).replace('\n', " ");
    json!({
        "id": rule.code,
        "name": rule.name,
        "shortDescription": { "text": what.split_once(". ").map_or(&*what, |(first, _)| first) },
        "fullDescription": { "text": what },
        "help": { "text": page.text, "markdown": page.text },
        "helpUri": rule.url(),
        "defaultConfiguration": { "level": level(rule.severity) },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information | Severity::Hint => "note",
    }
}

/// An article and the way from its bytes to regions.
struct Article<'a> {
    text: &'a str,
    places: Places<'a>,
    uri: String,
}

impl Article<'_> {
    fn result(&self, finding: &Finding, digest: &str) -> Value {
        let index = rules::all().iter().position(|rule| *rule == finding.rule);
        let related = finding.related.iter().map(|related| {
            json!({ "message": { "text": related.message }, "physicalLocation": self.place(related.range) })
        });
        let fixes = finding.fixes.iter().filter(|fix| !fix.edits.is_empty()).map(|fix| self.fix(fix));
        let mut result = json!({
            "ruleId": finding.rule.code,
            "level": level(finding.severity),
            "message": { "text": &*finding.message },
            "locations": [{ "physicalLocation": self.place(finding.range) }],
            "relatedLocations": related.collect::<Vec<_>>(),
            "fixes": fixes.collect::<Vec<_>>(),
            "partialFingerprints": { "onrecord/v1": digest },
        });
        if let Some(index) = index {
            result["ruleIndex"] = index.into();
        }
        result
    }

    fn place(&self, range: TextRange) -> Value {
        let mut region = self.region(range);
        region["snippet"] =
            json!({ "text": self.text.get(std::ops::Range::<usize>::from(range)).unwrap_or("") });
        json!({ "artifactLocation": { "uri": self.uri }, "region": region })
    }

    fn region(&self, range: TextRange) -> Value {
        let (start, end) = (self.places.at(range.start()), self.places.at(range.end()));
        json!({
            "startLine": start.line,
            "startColumn": start.column,
            "endLine": end.line,
            "endColumn": end.column,
        })
    }

    fn fix(&self, fix: &Fix) -> Value {
        let replacements = fix.edits.iter().map(|edit| {
            json!({
                "deletedRegion": self.region(edit.range),
                "insertedContent": { "text": edit.new_text },
            })
        });
        json!({
            "description": { "text": fix.title },
            "artifactChanges": [{
                "artifactLocation": { "uri": self.uri },
                "replacements": replacements.collect::<Vec<_>>(),
            }],
        })
    }
}

/// `path` as a URI reference (RFC 3986, 3.3 and 4.2).
fn uri(path: &str) -> String {
    let mut out = String::new();
    if path.starts_with('/') {
        out.push_str("file://");
    }
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
