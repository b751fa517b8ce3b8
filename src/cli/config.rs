//! `onrecord config`: which settings hold and from where, and what can be set.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};

use crate::article::Header;
use crate::rules;
use crate::stance;
use crate::workspace::{ConfigError, Configs, config_schema};

/// Show which settings hold for a file or a folder and where they come from, or what can be set.
#[derive(Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// The settings in force for a file, or for the articles of a folder.
    Show {
        /// The article, which need not be there yet, or the folder.
        file: PathBuf,
    },
    /// The JSON schema of onrecord.toml.
    Schema,
}

/// Runs the command.
pub fn run(arguments: &Arguments) -> ExitCode {
    match &arguments.command {
        Command::Show { file } => match show(file) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                anstream::eprintln!("error: {error}");
                super::exit_code(true, false)
            }
        },
        Command::Schema => super::print(config_schema().as_bytes()),
    }
}

fn show(file: &Path) -> Result<(), ConfigError> {
    let file = &super::article_at(file);
    let config = Configs::default().of(file)?;
    let settings = config.as_ref().map(|config| config.settings(file)).unwrap_or_default();
    match &config {
        Some(config) => anstream::println!("# from {}", config.path().display()),
        None => anstream::println!("# no onrecord.toml above this file: the defaults"),
    }
    for line in config.iter().flat_map(|config| config.override_lines(file)) {
        anstream::println!("# and the override at its line {line}");
    }
    if let Some(baseline) = config.as_ref().and_then(|config| config.baseline()) {
        let missing = config.as_ref().is_some_and(|config| config.missing_baseline().is_some());
        let yet = if missing { ", which is not there yet" } else { "" };
        anstream::println!("# without the findings in {}{yet}", baseline.display());
    }
    anstream::println!("profile = {:?}", settings.profile.name());
    anstream::println!("select = {:?}", settings.select);
    anstream::println!("ignore = {:?}", settings.ignore);
    anstream::println!("own-outlets = {:?}", settings.own_outlets);
    for change in &settings.words {
        anstream::println!(
            "words.{} = {{ add = {:?}, remove = {:?} }}",
            change.code,
            change.add,
            change.remove
        );
    }
    for change in &settings.vocabularies {
        if let Some(list) = stance::vocabulary_in(&settings, &change.key) {
            let names: Vec<&str> = list.values.iter().map(|value| value.name.as_str()).collect();
            anstream::println!("# {} can be {}", change.key, names.join(", "));
        }
    }
    anstream::println!("[severity]");
    for rule in rules::all() {
        if rule.speaks(&settings, &Header::default()) {
            let severity = rule.severity_under(&settings).name();
            anstream::println!("{} = {severity:?} # {}", rule.code, rule.name);
        } else {
            anstream::println!("# {} is silent ({})", rule.code, rule.name);
        }
    }
    Ok(())
}
