//! Reads the hooks at the places where graven's go, and changes nothing. Does not judge whether they are good.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use super::atomic_write::TargetState;
use super::{
    Places, Problem, chained, failed, hooks, inside_folder, look, runs_folder, shim, with_suffix,
};

/// One of graven's hooks, and what is at its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstalledHook {
    /// What Git calls the hook.
    pub hook: &'static str,
    /// The file that Git runs.
    pub file: HookFile,
    /// Where graven's hook goes when that file runs a folder of hooks.
    pub inside: Option<HookFile>,
    /// The hook that graven's runs before it judges.
    pub chained: HookFile,
    /// The hook that pre-commit found here and runs before its own.
    pub legacy: HookFile,
}

/// A file in a hooks folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HookFile {
    /// Where it is, or would be.
    pub path: PathBuf,
    /// What is there.
    pub stands: HookFileState,
}

/// What is at the place of a hook. A link is followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HookFileState {
    /// Nothing.
    Nothing,
    /// A dangling link.
    Lost,
    /// A folder, or something else that is not a file.
    Other,
    /// A file.
    File {
        /// Whether it is executable. Git ignores a hook that is not.
        runs: bool,
        /// For a hook that graven wrote, the binary that it names.
        binary: Option<PathBuf>,
        /// Its first 64 KiB. Foreign bytes.
        head: Vec<u8>,
    },
}

/// Looks at every hook that [`super::install`] would write for the same `server`.
pub fn inspect(places: &Places, server: bool) -> Result<Vec<InstalledHook>, Problem> {
    let folder = places.hooks_dir.as_path();
    hooks(places, server)
        .map(|hook| found(hook.name, &folder.join(hook.name)))
        .collect()
}

fn found(hook: &'static str, path: &Path) -> Result<InstalledHook, Problem> {
    let file = HookFile::at(path)?;
    let dispatches =
        matches!(&file.stands, HookFileState::File { binary: None, .. }) && runs_folder(path)?;
    Ok(InstalledHook {
        hook,
        file,
        inside: if dispatches {
            Some(HookFile::at(&inside_folder(path))?)
        } else {
            None
        },
        chained: HookFile::at(&chained(path))?,
        legacy: HookFile::at(&with_suffix(path, ".legacy"))?,
    })
}

impl HookFile {
    fn at(path: &Path) -> Result<Self, Problem> {
        let stands = match look(path)? {
            TargetState::Nothing => HookFileState::Nothing,
            TargetState::Other => HookFileState::Other,
            TargetState::File => match fs::metadata(path) {
                Ok(metadata) if metadata.is_file() => HookFileState::File {
                    runs: metadata.permissions().mode() & 0o111 != 0,
                    binary: shim::binary(path).map_err(|error| failed("the hook", path, &error))?,
                    head: shim::head(path).map_err(|error| failed("the hook", path, &error))?,
                },
                Ok(_) => HookFileState::Other,
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => HookFileState::Lost,
                Err(error) => return Err(failed("the hook", path, &error)),
            },
        };
        Ok(Self {
            path: path.to_path_buf(),
            stands,
        })
    }
}
