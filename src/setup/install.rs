//! Installs graven's hooks in a repository and removes them, without losing existing hooks. Does not depend on Git
//! (the caller gives the hooks folder) and judges nothing.

use std::fs;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::{fmt, path};

use crate::report::Problem;
use crate::setup::chained_hook;
use crate::steps::hook::{Hook, HostSide};
use crate::text::escape::Escaped;

pub use host::{GHES, Host, install_for, uninstall_for};
pub use inspect::{HookFile, HookFileState, InstalledHook, inspect};

use atomic_write::TargetState;

mod atomic_write;
mod host;
mod inspect;
mod shim;

/// Where hooks go, from Git's configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    /// The folder Git runs hooks from (`git rev-parse --git-path hooks`). Created if it does not exist.
    pub hooks_dir: PathBuf,
    /// Whether the repository is bare, so that only the server hook makes sense.
    pub is_bare: bool,
}

/// One thing that was done, as one sentence without a full stop. Paths in it are escaped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done(String);

impl fmt::Display for Done {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Installs the client hooks (`pre-commit`, `pre-merge-commit`, `commit-msg`, `pre-push`) or, with `server` and in every bare
/// repository, the server hook (`pre-receive`). The hooks run `binary`.
///
/// When run again, it changes only its own hooks. Another hook is never overwritten: it is kept as
/// `<name>.chained` and runs before graven's, or it is left where it is when it runs a folder `<name>.d`, which graven's
/// then goes into. Everything is checked before anything is written.
pub fn install(places: &Places, server: bool, binary: &Path) -> Result<Vec<Done>, Problem> {
    let folder = places.hooks_dir.as_path();
    refuse_folder(folder)?;
    let binary = path::absolute(binary).map_err(|error| failed("the binary", binary, &error))?;
    let hooks = hooks(places, server)
        .map(|hook| HookPlace::find(folder, hook))
        .collect::<Result<Vec<_>, _>>()?;
    let plans = hooks
        .into_iter()
        .map(HookPlace::plan)
        .collect::<Result<Vec<_>, _>>()?;
    fs::create_dir_all(folder).map_err(|error| failed("the hooks folder", folder, &error))?;
    let mut done = Vec::new();
    for plan in plans {
        plan.carry_out(&binary, &mut done)?;
    }
    Ok(done)
}

/// Removes the hooks that [`install`] installed for the same `server`, and restores the hooks that it kept.
/// Files without graven's marker are not changed.
pub fn uninstall(places: &Places, server: bool) -> Result<Vec<Done>, Problem> {
    let mut done = Vec::new();
    for hook in hooks(places, server) {
        let path = places.hooks_dir.join(hook.name);
        remove(&inside_folder(&path), None, &mut done)?;
        remove(&path, Some(&chained(&path)), &mut done)?;
    }
    if done.is_empty() {
        let folder = show(&places.hooks_dir);
        done.push(Done(format!(
            "nothing to remove: there is no graven hook in {folder}"
        )));
    }
    Ok(done)
}

fn hooks(places: &Places, server: bool) -> impl Iterator<Item = &'static Hook> {
    Hook::installed_on(if server || places.is_bare {
        HostSide::Server
    } else {
        HostSide::Clone
    })
}

/// One hook and where graven's goes.
#[derive(Debug)]
struct HookPlace {
    shim: &'static str,
    /// The place of graven's own file.
    path: PathBuf,
    /// The other hook, which runs everything in graven's folder.
    dispatcher: Option<PathBuf>,
}

/// What to do about one hook, after all of them have been checked.
#[derive(Debug)]
enum Plan {
    Write(HookPlace),
    Update(HookPlace),
    /// The existing hook is moved aside first.
    Keep(HookPlace),
}

impl HookPlace {
    fn find(folder: &Path, hook: &Hook) -> Result<Self, Problem> {
        let (shim, path) = (hook.shim, folder.join(hook.name));
        if look(&path)? == TargetState::File && !is_ours(&path)? && runs_folder(&path)? {
            return Ok(Self {
                shim,
                path: inside_folder(&path),
                dispatcher: Some(path),
            });
        }
        Ok(Self {
            shim,
            path,
            dispatcher: None,
        })
    }

    fn plan(self) -> Result<Plan, Problem> {
        match look(&self.path)? {
            TargetState::Nothing => Ok(Plan::Write(self)),
            TargetState::File if is_ours(&self.path)? => Ok(Plan::Update(self)),
            TargetState::File if self.dispatcher.is_none() => self.refuse_second().map(Plan::Keep),
            TargetState::File => Err(taken(&self.path)),
            TargetState::Other => Err(problem(
                "the hook",
                &self.path,
                "it is not a file",
                format!("move it away: mv {0} {0}.aside", word(&self.path)),
            )),
        }
    }

    /// A hook can be kept when the name it is kept under is free, or was left behind by graven.
    fn refuse_second(self) -> Result<Self, Problem> {
        let chained = chained(&self.path);
        match look(&chained)? {
            TargetState::Nothing => Ok(self),
            TargetState::File if is_ours(&chained)? => Ok(self),
            TargetState::File | TargetState::Other => Err(problem(
                "the hook",
                &self.path,
                format!(
                    "it cannot be kept as {}, because another hook is already kept there",
                    show(&chained)
                ),
                "merge the two hooks or remove one, then install again",
            )),
        }
    }
}

impl Plan {
    fn carry_out(self, binary: &Path, done: &mut Vec<Done>) -> Result<(), Problem> {
        let (Self::Write(hook) | Self::Update(hook) | Self::Keep(hook)) = &self;
        let (path, script, chained) = (
            &hook.path,
            shim::script(hook.shim, binary),
            chained(&hook.path),
        );
        let keep = matches!(self, Self::Keep(_)).then_some(chained.as_path());
        if matches!(self, Self::Update(_)) && is_current(path, &script)? {
            done.push(Done(format!(
                "left {} unchanged: it is up to date",
                show(path)
            )));
            return Ok(());
        }
        if let Some(keep) = keep.filter(|keep| keep.exists()) {
            fs::remove_file(keep).map_err(|error| failed("graven's own hook", keep, &error))?;
        }
        atomic_write::write(path, &script, keep)
            .map_err(|error| failed("the hook", path, &error))?;
        let verb = if matches!(self, Self::Update(_)) {
            "updated"
        } else {
            "installed"
        };
        done.push(Done(format!("{verb} {}", show(path))));
        if let Some(dispatcher) = &hook.dispatcher {
            done.push(Done(format!(
                "left your hook {} unchanged: it runs graven's",
                show(dispatcher)
            )));
        } else if look(&chained)? == TargetState::File {
            let runs = if chained_hook::hint(&chained).is_some() {
                "does not run, because it is not executable"
            } else {
                "runs before graven"
            };
            done.push(Done(format!(
                "kept your hook as {}: it {runs}",
                show(&chained)
            )));
        }
        Ok(())
    }
}

/// The error when another file has graven's name in a folder of hooks.
fn taken(path: &Path) -> Problem {
    problem(
        "the hook",
        path,
        "the name is graven's, but the file is not",
        "rename it within the folder, then install again",
    )
}

/// Removes graven's file at `path`, and moves the hook that was kept back to its place.
fn remove(path: &Path, kept: Option<&Path>, done: &mut Vec<Done>) -> Result<(), Problem> {
    let standing = look(path)?;
    let ours = standing == TargetState::File && is_ours(path)?;
    let kept = match kept {
        Some(kept) if look(kept)? == TargetState::File => Some(kept),
        _ => None,
    };
    match kept {
        Some(kept) if ours || standing == TargetState::Nothing => {
            fs::rename(kept, path).map_err(|error| failed("your hook", kept, &error))?;
            done.push(Done(format!(
                "removed graven from {} and restored your own hook",
                show(path)
            )));
        }
        Some(kept) => {
            let (path, kept) = (show(path), show(kept));
            done.push(Done(format!(
                "left {path} and {kept} unchanged: {path} is not graven's"
            )));
        }
        None if ours => {
            fs::remove_file(path).map_err(|error| failed("the hook", path, &error))?;
            done.push(Done(format!("removed {}", show(path))));
        }
        None => {}
    }
    Ok(())
}

/// Where the existing hook at `path` is kept; the shims use the same name.
fn chained(path: &Path) -> PathBuf {
    with_suffix(path, ".chained")
}

/// Where graven's hook goes when the hook at `path` runs a folder of hooks.
fn inside_folder(path: &Path) -> PathBuf {
    with_suffix(path, ".d").join("graven")
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// Whether the hook at `path` runs the folder beside it, as those of GitLab and Gitea do. A script that never mentions `.d`
/// does not: in its folder graven would never run.
fn runs_folder(path: &Path) -> Result<bool, Problem> {
    if !with_suffix(path, ".d").is_dir() {
        return Ok(false);
    }
    shim::mentions_folder(path).map_err(|error| failed("the hook", path, &error))
}

fn is_current(path: &Path, script: &[u8]) -> Result<bool, Problem> {
    shim::is_current(path, script).map_err(|error| failed("the hook", path, &error))
}

fn is_ours(path: &Path) -> Result<bool, Problem> {
    shim::is_ours(path).map_err(|error| failed("the hook", path, &error))
}

fn look(path: &Path) -> Result<TargetState, Problem> {
    atomic_write::look(path).map_err(|error| failed("the hook", path, &error))
}

/// Folders in which a hook would never run, or not for long.
fn refuse_folder(folder: &Path) -> Result<(), Problem> {
    if folder.exists() && !folder.is_dir() {
        return Err(problem(
            "the hooks folder",
            folder,
            "it is not a folder, so Git runs no hooks in this repository",
            "set core.hooksPath to a folder, or unset it: git config --unset core.hooksPath",
        ));
    }
    if folder.ends_with(".husky/_") {
        return Err(problem(
            "the hooks folder",
            folder,
            "husky rewrites it whenever packages are installed",
            "begin .husky/pre-commit and .husky/pre-push with `graven hook pre-commit \"$@\" || exit` and \
                     `graven hook pre-push \"$@\" || exit`",
        ));
    }
    Ok(())
}

fn failed(thing: &str, path: &Path, error: &io::Error) -> Problem {
    let remedy = match error.kind() {
        io::ErrorKind::PermissionDenied => "run this as the user that owns the folder",
        io::ErrorKind::ReadOnlyFilesystem => {
            "remount the file system read-write, then run this again"
        }
        _ => "fix this and run the command again: it continues where it stopped",
    };
    problem(thing, path, error, remedy)
}

/// Why a hook cannot be installed or removed: the thing and its place, what is wrong with it, what to do.
fn problem(what: &str, path: &Path, why: impl fmt::Display, remedy: impl Into<String>) -> Problem {
    Problem::not_judged(format!("{what} {}: {why}", show(path)), remedy)
}

fn show(path: &Path) -> Escaped<'_> {
    Escaped::new(path.as_os_str().as_bytes())
}

/// A path as one word of a command that is shown.
fn word(path: &Path) -> String {
    Escaped::new(&shim::quote(path.as_os_str())).to_string()
}
