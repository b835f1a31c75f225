//! Inspects the hooks folder and the graven binaries that its hooks run.

use std::ffi::OsStr;
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::text;
use crate::git::{ConfigScope, Repository};
use crate::report::Problem;
use crate::setup::doctor::MANAGED;
use crate::setup::doctor::facts::{Binary, FoundHook, Hooks, Managed};
use crate::setup::install;
use crate::setup::install::{HookFile, HookFileState, InstalledHook, Places};
use crate::steps::hook::{Hook, HostSide};

/// How long a binary may take to print its version.
const LONGEST: Duration = Duration::from_secs(5);

/// The version of this program.
const VERSION: &str = env!("CARGO_PKG_VERSION");

pub(super) fn facts(repository: &Repository, place: HostSide) -> Result<Hooks, Problem> {
    let folder = repository.hooks_dir()?;
    let is_folder = folder.is_dir() || !folder.exists();
    let is_server = place == HostSide::Server;
    let look = |folder: &Path| {
        let places = Places {
            hooks_dir: folder.to_path_buf(),
            is_bare: repository.is_bare(),
        };
        install::inspect(&places, is_server)
    };
    let found = if is_folder {
        look(&folder)?
    } else {
        Vec::new()
    };
    let own = repository.default_hooks_dir();
    let ours = |found: &InstalledHook| {
        matches!(
            &found.file.stands,
            HookFileState::File {
                binary: Some(_),
                ..
            }
        )
    };
    let shadowed = folder != own && look(&own)?.iter().any(ours);
    Ok(Hooks {
        is_folder,
        configured: repository.config_scope("core.hooksPath")?.map(option),
        shadowed: shadowed.then_some(own),
        found: found
            .into_iter()
            .map(|found| FoundHook {
                binary: binary(&found),
                found,
            })
            .collect(),
        managed: repository.work_dir().map(managed).unwrap_or_default(),
        version: VERSION,
        says_server: !repository.is_bare(),
        folder,
    })
}

fn option(scope: ConfigScope) -> &'static str {
    match scope {
        ConfigScope::System => "--system",
        ConfigScope::Global => "--global",
        ConfigScope::Local => "--local",
        ConfigScope::Worktree => "--worktree",
    }
}

fn managed(root: &Path) -> Vec<Managed> {
    let husky = Hook::installed_on(HostSide::Clone).map(|hook| format!(".husky/{}", hook.name));
    let paths = MANAGED.iter().map(|path| (*path).to_owned()).chain(husky);
    paths
        .filter_map(|path| text(&root.join(&path)).map(|text| Managed { path, text }))
        .collect()
}

/// The graven that runs for a hook: the one that the shim names, or the hook itself.
fn binary(found: &InstalledHook) -> Option<Binary> {
    let file = found.inside.as_ref().unwrap_or(&found.file);
    let HookFileState::File { binary, .. } = &file.stands else {
        return None;
    };
    match binary {
        Some(path) => Some(named(path)),
        None => itself(file),
    }
}

fn named(path: &Path) -> Binary {
    let is_gone = !is_program(path);
    Binary {
        path: path.to_path_buf(),
        version: if is_gone { None } else { version(path) },
        is_gone,
        fallback: if is_gone { on_path() } else { None },
    }
}

/// A copy of this program, or a link to a graven, under the name of a hook is that hook.
fn itself(file: &HookFile) -> Option<Binary> {
    let path = file.path.canonicalize().ok()?;
    let known = path.file_name() == Some(OsStr::new("graven")) || is_this(&path);
    let version = if known { version(&path) } else { None };
    version.map(|version| Binary {
        path,
        version: Some(version),
        is_gone: false,
        fallback: None,
    })
}

/// The version that a graven reports.
fn version(path: &Path) -> Option<String> {
    if is_this(path) {
        return Some(VERSION.to_owned());
    }
    let mut child = Command::new(path)
        .arg("--version")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let begun = Instant::now();
    let ended = loop {
        match child.try_wait() {
            Ok(Some(status)) => break status.success(),
            Ok(None) if begun.elapsed() < LONGEST => std::thread::sleep(Duration::from_millis(5)),
            Ok(None) | Err(_) => break false,
        }
    };
    if !ended {
        // It may have ended by itself in the meantime.
        let _ = child.kill();
        let _ = child.wait();
        return None;
    }
    let mut said = String::new();
    child
        .stdout
        .take()?
        .take(1024)
        .read_to_string(&mut said)
        .ok()?;
    let version = said
        .strip_prefix("graven ")?
        .lines()
        .next()?
        .split(' ')
        .next()?;
    Some(version.to_owned())
}

/// Whether it is this very program.
fn is_this(path: &Path) -> bool {
    let this = std::env::current_exe().and_then(|this| this.canonicalize());
    let (Ok(this), Ok(path)) = (this, path.canonicalize()) else {
        return false;
    };
    let length = |path: &Path| path.metadata().map(|metadata| metadata.len()).ok();
    this == path
        || (length(&this) == length(&path)
            && std::fs::read(&this).ok() == std::fs::read(&path).ok())
}

fn on_path() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join("graven"))
        .find(|file| is_program(file))
}

fn is_program(path: &Path) -> bool {
    path.metadata()
        .is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o111 != 0)
}
