//! `onrecord completions`: what a shell needs to complete the program's arguments.

use std::process::ExitCode;

use clap::Args;
use clap_complete::Shell;

/// Print the completions of a shell.
///
/// For bash: onrecord completions bash > ~/.local/share/bash-completion/completions/onrecord
#[derive(Args)]
pub struct Arguments {
    /// The shell.
    shell: Shell,
}

/// Runs the command; `program` is all that can be completed.
pub fn run(arguments: &Arguments, mut program: clap::Command) -> ExitCode {
    let mut script = Vec::new();
    let name = program.get_name().to_owned();
    clap_complete::generate(arguments.shell, &mut program, name, &mut script);
    super::print(&script)
}
