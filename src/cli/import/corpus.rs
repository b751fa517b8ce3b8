//! Files that hold many annotated articles.

use std::path::Path;
use std::process::ExitCode;

use super::Arguments;
use super::annotations::write;
use crate::cli::{Folder, complain, exit_code};
use crate::exchange::CorpusFormat;
use crate::settings::Settings;
use crate::workspace::Configs;

/// Imports the files of `format`.
pub(super) fn import(arguments: &Arguments, format: CorpusFormat) -> ExitCode {
    let mut failed = false;
    let (named, extension) = format.file();
    for path in arguments.files(&[extension], &mut failed) {
        // In a folder the other tables are read with the first.
        let is_one = named.is_none_or(|name| path.file_name().is_some_and(|file| file == name));
        if !is_one && !arguments.paths.contains(&path) {
            continue;
        }
        let folder = arguments.folder(&path);
        let Ok(settings) = settings(&folder) else {
            failed = true;
            continue;
        };
        let mut out = Folder::new(Some(folder), arguments.force);
        let Ok(bytes) = std::fs::read(&path).map_err(|error| complain(&path, error)) else {
            failed = true;
            continue;
        };
        let beside = |name: &str| {
            let beside = path.with_file_name(name);
            std::fs::read(&beside).map_err(|error| format!("{}: {error}", beside.display()))
        };
        let imported = format.import(bytes, &beside, &settings);
        match imported {
            Ok(articles) => {
                for article in articles {
                    failed |= write(&path, &article, &mut out).is_err();
                }
            }
            Err(error) => {
                let file = error.file.map_or_else(|| path.clone(), |file| path.with_file_name(file));
                anstream::eprintln!("error: {}:{}", file.display(), error.error);
                failed = true;
            }
        }
    }
    exit_code(failed, false)
}

/// The settings of articles in `folder`; complains where they cannot be read.
fn settings(folder: &Path) -> Result<Settings, ()> {
    let article = folder.join("any.article");
    let config = Configs::default().of(&article).map_err(|error| anstream::eprintln!("error: {error}"))?;
    Ok(config.map(|config| config.settings(&article)).unwrap_or_default())
}
