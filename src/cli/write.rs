//! Writing a file whole or not at all.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use tempfile::NamedTempFile;

/// Puts `bytes` in the place of the file at `path`: whoever reads it sees all of the old or all of the new
/// ones, also when the power fails. Permissions stay; a link goes on pointing at its file.
///
/// # Errors
/// What the file system says; then the file is as it was.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    has_folder(path)?;
    let path = match fs::canonicalize(path) {
        Ok(path) => path,
        Err(error) if error.kind() == io::ErrorKind::NotFound => std::path::absolute(path)?,
        Err(error) => return Err(error),
    };
    if fs::metadata(&path).is_ok_and(|about| !about.is_file()) {
        // A pipe or a device keeps nothing, and its name is not to become that of a file.
        return fs::OpenOptions::new().write(true).open(&path)?.write_all(bytes);
    }
    let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
    let mut file = match fs::metadata(&path) {
        Ok(about) if about.permissions().readonly() => return Err(io::ErrorKind::PermissionDenied.into()),
        Ok(about) => {
            let file = NamedTempFile::new_in(folder)?;
            file.as_file().set_permissions(about.permissions())?;
            file
        }
        Err(_) => new(folder)?,
    };
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(&path)?;
    Ok(())
}

/// Whether the folder is there in which a file at `path` lies.
///
/// # Errors
/// Which folder is not.
pub(super) fn has_folder(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() && !folder.exists() => {
            let message = format!("the folder {} is not there; make it first", folder.display());
            Err(io::Error::new(io::ErrorKind::NotFound, message))
        }
        _ => Ok(()),
    }
}

/// A file that everybody may read whom the system lets.
#[cfg(unix)]
fn new(folder: &Path) -> io::Result<NamedTempFile> {
    use std::os::unix::fs::PermissionsExt as _;
    tempfile::Builder::new().permissions(fs::Permissions::from_mode(0o666)).tempfile_in(folder)
}

#[cfg(not(unix))]
fn new(folder: &Path) -> io::Result<NamedTempFile> {
    NamedTempFile::new_in(folder)
}
