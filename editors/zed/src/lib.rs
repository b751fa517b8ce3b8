//! Onrecord in Zed: finds the server or downloads it from the releases.

use std::fs;

use zed_extension_api::settings::LspSettings;
use zed_extension_api::{
    self as zed, Architecture, Command, DownloadedFileType, GithubReleaseOptions, LanguageServerId,
    LanguageServerInstallationStatus as Status, Os, Result, Worktree, serde_json::Value,
};

const REPOSITORY: &str = "onrecord/onrecord";

struct Onrecord;

impl zed::Extension for Onrecord {
    fn new() -> Self {
        Self
    }

    fn language_server_command(&mut self, id: &LanguageServerId, worktree: &Worktree) -> Result<Command> {
        let chosen = LspSettings::for_worktree(id.as_ref(), worktree)?.binary;
        let (path, arguments) = chosen.map_or((None, None), |binary| (binary.path, binary.arguments));
        Ok(Command {
            command: match path.or_else(|| worktree.which("onrecord")) {
                Some(path) => path,
                None => released(id)?,
            },
            args: arguments.unwrap_or_else(|| vec!["server".to_owned()]),
            env: worktree.shell_env(),
        })
    }

    fn language_server_workspace_configuration(
        &mut self,
        id: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Option<Value>> {
        Ok(LspSettings::for_worktree(id.as_ref(), worktree)?.settings)
    }
}

/// The path of the newest release's program, downloaded when it is not there yet.
fn released(id: &LanguageServerId) -> Result<String> {
    zed::set_language_server_installation_status(id, &Status::CheckingForUpdate);
    let options = GithubReleaseOptions { require_assets: true, pre_release: false };
    let release = zed::latest_github_release(REPOSITORY, options)?;
    let (os, architecture) = zed::current_platform();
    let target = target(os, architecture)
        .ok_or("There is no released program for this machine: put `onrecord` on the PATH.")?;
    let (extension, kind, program) = match os {
        Os::Windows => ("zip", DownloadedFileType::Zip, "onrecord.exe"),
        Os::Mac | Os::Linux => ("tar.gz", DownloadedFileType::GzipTar, "onrecord"),
    };
    let name = format!("onrecord-{target}.{extension}");
    let asset = release
        .assets
        .iter()
        .find(|asset| asset.name == name)
        .ok_or_else(|| format!("Release {} has no {name}.", release.version))?;
    let folder = format!("onrecord-{}", release.version);
    let path = format!("{folder}/{program}");
    if !fs::exists(&path).unwrap_or(false) {
        zed::set_language_server_installation_status(id, &Status::Downloading);
        zed::download_file(&asset.download_url, &folder, kind)?;
        zed::make_file_executable(&path)?;
    }
    Ok(path)
}

/// The name releases have for a platform; none where there is no build for it.
fn target(os: Os, architecture: Architecture) -> Option<&'static str> {
    match (os, architecture) {
        (Os::Linux, Architecture::X8664) => Some("x86_64-unknown-linux-musl"),
        (Os::Linux, Architecture::Aarch64) => Some("aarch64-unknown-linux-musl"),
        (Os::Mac, Architecture::X8664) => Some("x86_64-apple-darwin"),
        (Os::Mac, Architecture::Aarch64) => Some("aarch64-apple-darwin"),
        (Os::Windows, Architecture::X8664) => Some("x86_64-pc-windows-msvc"),
        (Os::Windows, Architecture::Aarch64) => Some("aarch64-pc-windows-msvc"),
        (_, Architecture::X86) => None,
    }
}

zed::register_extension!(Onrecord);
