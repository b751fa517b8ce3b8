//! The language server.

/// Serves standard input and output.
pub fn run() -> std::process::ExitCode {
    std::process::ExitCode::SUCCESS
}
