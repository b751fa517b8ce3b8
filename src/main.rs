//! The `onrecord` command: reads its arguments and hands over to the command line or the server.

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};
use onrecord::cli;

/// Puts every claim in a news article on the record: who said it, how well they are sourced.
#[derive(Parser)]
#[command(version, disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Actors(cli::actors::Arguments),
    Agreement(cli::agreement::Arguments),
    Annotate(cli::annotate::Arguments),
    Check(cli::check::Arguments),
    Config(cli::config::Arguments),
    Rule(cli::rule::Arguments),
    Export(cli::export::Arguments),
    Report(cli::figures::Report),
    Stats(cli::figures::Stats),
    Import(cli::import::Arguments),
    Strip(cli::strip::Arguments),
    Merge(cli::merge::Arguments),
    Fmt(cli::fmt::Arguments),
    Evaluate(cli::evaluate::Arguments),
    Train(cli::train::Arguments),
    Completions(cli::completions::Arguments),
    #[command(hide = true)]
    Man(cli::man::Arguments),
    /// Speak the Language Server Protocol on standard input and output.
    Server,
}

fn main() -> ExitCode {
    match Arguments::parse().command {
        Command::Actors(arguments) => cli::actors::run(&arguments),
        Command::Agreement(arguments) => cli::agreement::run(&arguments),
        Command::Annotate(arguments) => cli::annotate::run(&arguments),
        Command::Check(arguments) => cli::check::run(&arguments),
        Command::Config(arguments) => cli::config::run(&arguments),
        Command::Rule(arguments) => cli::rule::run(&arguments),
        Command::Export(arguments) => cli::export::run(&arguments),
        Command::Report(arguments) => cli::figures::write_report(&arguments),
        Command::Stats(arguments) => cli::figures::stats(&arguments),
        Command::Import(arguments) => cli::import::run(&arguments),
        Command::Strip(arguments) => cli::strip::run(&arguments),
        Command::Merge(arguments) => cli::merge::run(&arguments),
        Command::Fmt(arguments) => cli::fmt::run(&arguments),
        Command::Evaluate(arguments) => cli::evaluate::run(&arguments),
        Command::Train(arguments) => cli::train::run(&arguments),
        Command::Completions(arguments) => cli::completions::run(&arguments, Arguments::command()),
        Command::Man(arguments) => cli::man::run(&arguments, Arguments::command()),
        Command::Server => onrecord::server::run(),
    }
}
