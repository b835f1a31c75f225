//! Writes files into a hooks folder atomically: each name there is always the old file or the new one,
//! never a part, and never missing. Does not depend on their content.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process;

/// What is at a path; links are not followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TargetState {
    /// Nothing.
    Nothing,
    /// A file or a link, which may lead nowhere.
    File,
    /// A folder, or something that is not a file at all.
    Other,
}

/// Looks without following links.
pub(super) fn look(path: &Path) -> io::Result<TargetState> {
    match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_file() || metadata.is_symlink() => Ok(TargetState::File),
        Ok(_) => Ok(TargetState::Other),
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
            ) =>
        {
            Ok(TargetState::Nothing)
        }
        Err(error) => Err(error),
    }
}

/// Writes an executable file (mode 0755) under another name and renames it to `path`. The existing file is kept as `keep`,
/// if given: the same file or link, with its mode. `keep` must not exist.
pub(super) fn write(path: &Path, text: &[u8], keep: Option<&Path>) -> io::Result<()> {
    let draft = draft_name(path);
    let written = write_draft(&draft, text).and_then(|()| match keep {
        Some(keep) => put_beside(path, keep, &draft),
        None => fs::rename(&draft, path),
    });
    if written.is_err() {
        // The first error is reported; a draft that is left over has a name that Git never runs.
        let _ = fs::remove_file(&draft);
    }
    written
}

fn put_beside(path: &Path, keep: &Path, draft: &Path) -> io::Result<()> {
    // A second name first, so that the place is never empty. It never replaces a file either, as a rename would.
    match fs::hard_link(path, keep) {
        Ok(()) => fs::rename(draft, path).inspect_err(|_| {
            let _ = fs::remove_file(keep);
        }),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
        // Not every file system has them, and Linux does not allow them on another user's file.
        Err(_) => fs::rename(path, keep).and_then(|()| {
            fs::rename(draft, path).inspect_err(|_| {
                let _ = fs::rename(keep, path);
            })
        }),
    }
}

fn write_draft(draft: &Path, text: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o700)
        .open(draft)?;
    file.write_all(text)?;
    // Set again, because the umask reduces the mode of a new file.
    file.set_permissions(fs::Permissions::from_mode(0o755))?;
    file.sync_all()
}

/// Hidden, so that no dispatcher runs it as one of `pre-receive.d/*`.
fn draft_name(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.graven-{}", process::id()))
}
