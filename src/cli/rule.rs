//! `onrecord rule`: a rule's page.

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use crate::rules::{self, Rule};

/// Explain a rule: what it does, why it matters, with examples.
#[derive(Args)]
pub struct Arguments {
    /// The rule's code or name: ATT01, unattributed-claim.
    #[arg(required_unless_present = "all")]
    code: Option<String>,
    /// List all rules.
    #[arg(long, conflicts_with = "code")]
    all: bool,
    /// Write every rule's page, and a list of them, to this folder.
    #[arg(long, requires = "all", value_name = "FOLDER")]
    output_dir: Option<PathBuf>,
    /// How it is printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    output_format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// Markdown, as it stands in the documentation.
    Text,
    /// JSON.
    Json,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> ExitCode {
    if let Some(folder) = &arguments.output_dir {
        return match write_pages(folder) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                super::complain(folder, error);
                super::exit_code(true, false)
            }
        };
    }
    let Some(code) = &arguments.code else {
        print_all(arguments.output_format);
        return ExitCode::SUCCESS;
    };
    let found =
        rules::all().iter().copied().find(|rule| rule.code.eq_ignore_ascii_case(code) || rule.name == code);
    let Some(rule) = found else {
        let near = rules::all().iter().min_by_key(|rule| {
            strsim::levenshtein(rule.code, &code.to_ascii_uppercase())
                .min(strsim::levenshtein(rule.name, code))
        });
        let near = near.map_or(String::new(), |rule| format!(" Did you mean {} ({})?", rule.code, rule.name));
        anstream::eprintln!("error: there is no rule '{code}'.{near} 'onrecord rule --all' lists them.");
        return super::exit_code(true, false);
    };
    match arguments.output_format {
        Format::Text => anstream::println!("{}", rule.page.trim_end()),
        Format::Json => anstream::println!("{:#}", json(rule)),
    }
    ExitCode::SUCCESS
}

fn write_pages(folder: &Path) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    for (name, text) in rules::pages() {
        std::fs::write(folder.join(name), text)?;
    }
    Ok(())
}

fn print_all(format: Format) {
    match format {
        Format::Text => {
            for rule in rules::all() {
                anstream::println!("{}  {:<12} {}", rule.code, rule.severity.name(), rule.name);
            }
        }
        Format::Json => {
            let rows: Vec<_> = rules::all().iter().map(|rule| json(rule)).collect();
            anstream::println!("{:#}", serde_json::Value::from(rows));
        }
    }
}

fn json(rule: &Rule) -> serde_json::Value {
    serde_json::json!({
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity.name(),
        "page": rule.page,
        "url": rule.url(),
    })
}
