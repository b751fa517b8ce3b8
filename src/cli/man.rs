//! `onrecord man`: the manual pages.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

/// Print the manual page, or write the pages of all commands to a folder.
#[derive(Args)]
pub struct Arguments {
    /// Write a page for the program and one for each command to this folder.
    #[arg(long, value_name = "FOLDER")]
    output_dir: Option<PathBuf>,
}

/// Runs the command; `program` is what the pages are about.
pub fn run(arguments: &Arguments, program: clap::Command) -> ExitCode {
    let mut page = Vec::new();
    let (place, made) = match &arguments.output_dir {
        Some(folder) => {
            let written =
                std::fs::create_dir_all(folder).and_then(|()| clap_mangen::generate_to(program, folder));
            (folder.as_path(), written)
        }
        None => (Path::new("-"), clap_mangen::Man::new(program).render(&mut page)),
    };
    if let Err(error) = made {
        super::complain(place, error);
        return super::exit_code(true, false);
    }
    super::print(&page)
}
