//! What a new rule consists of.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The rule and its page with an example of its own; `CODE`, `NAME` and `FAMILY` stand for the new rule's.
const RULE: &str = include_str!("rule.rs.template");
const PAGE: &str = include_str!("page.md.template");

/// The families by the letters their codes begin with.
const FAMILIES: [(&str, &str); 10] = [
    ("ATT", "Claim"),
    ("NUM", "Claim"),
    ("SRC", "Sourcing"),
    ("QUO", "Quotation"),
    ("VRB", "Wording"),
    ("LNG", "Wording"),
    ("ENT", "Name"),
    ("TMP", "Time"),
    ("ANN", "Format"),
    ("HDR", "Format"),
];

/// Why there is no new rule; nothing was written then.
#[derive(Debug, thiserror::Error)]
pub enum ScaffoldError {
    /// The code is no code.
    #[error("'{0}' is no code: three capitals and two digits, as in LNG02")]
    Code(String),
    /// The name is no name.
    #[error("'{0}' is no name: small letters and hyphens, as in sweeping-word")]
    Name(String),
    /// There is such a rule.
    #[error("{0} is there already")]
    Taken(String),
    /// The registry does not look as it should.
    #[error("src/rules/mod.rs has no lists of rules to add to")]
    Registry,
    /// The file system said no.
    #[error("{0}")]
    Io(#[from] io::Error),
}

/// Writes the rule `code` with the name `name` into `rules`, the folder of the rules, and enters it in their
/// registry; the files that were written or changed.
///
/// # Errors
/// See [`ScaffoldError`].
pub fn scaffold(rules: &Path, code: &str, name: &str) -> Result<Vec<PathBuf>, ScaffoldError> {
    let letters = code.get(..3).unwrap_or_default();
    let digits = code.get(3..).unwrap_or_default();
    let is_code = letters.bytes().all(|byte| byte.is_ascii_uppercase())
        && digits.len() == 2
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_code {
        return Err(ScaffoldError::Code(code.to_owned()));
    }
    if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-') {
        return Err(ScaffoldError::Name(name.to_owned()));
    }
    let family = FAMILIES.iter().find(|(begins, _)| *begins == letters).map_or("Claim", |(_, family)| family);
    let module = code.to_ascii_lowercase();
    let (rule, page) = (rules.join(format!("{module}.rs")), rules.join(format!("{code}.md")));
    let registry = rules.join("mod.rs");
    let listed = fs::read_to_string(&registry)?;
    if rule.exists() || page.exists() || listed.contains(&format!("&{module}::RULE")) {
        return Err(ScaffoldError::Taken(code.to_owned()));
    }
    let listed = entered(&listed, &module).ok_or(ScaffoldError::Registry)?;
    let filled = |text: &str| text.replace("CODE", code).replace("NAME", name).replace("FAMILY", family);
    fs::write(&rule, filled(RULE))?;
    fs::write(&page, filled(PAGE))?;
    fs::write(&registry, listed)?;
    Ok(vec![rule, page, registry])
}

/// The `registry` with `module` among its modules, in order, and at the end of its list.
fn entered(registry: &str, module: &str) -> Option<String> {
    let line = format!("mod {module};");
    let is_rule = |line: &&str| {
        let name = line.strip_prefix("mod ").and_then(|rest| rest.strip_suffix(';'));
        name.is_some_and(|name| name.len() == 5 && name.ends_with(|last: char| last.is_ascii_digit()))
    };
    let modules: Vec<&str> = registry.lines().filter(is_rule).collect();
    let next = modules.iter().find(|other| ***other > *line);
    let (at, new) = if let Some(next) = next {
        (registry.find(&format!("\n{next}"))? + 1, format!("{line}\n"))
    } else {
        let last = modules.last()?;
        (registry.find(&format!("\n{last}"))? + 1 + last.len(), format!("\n{line}"))
    };
    let mut out = registry.to_owned();
    out.insert_str(at, &new);
    let end = out.find("        ];\n        all.sort_by_key")?;
    out.insert_str(end, &format!("            &{module}::RULE,\n"));
    Some(out)
}
