//! Starts git for one repository, with an environment that keeps everything out that could change what is read.

use std::ffi::OsStr;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use bstr::ByteSlice;

use crate::git::error::{ErrorKind, FSCK, GitError};

/// The remedy where git cannot be started.
const NO_GIT: &str = "install Git, or add its folder to PATH";

/// For every call: no replaced objects, no grafts, no optional locks, no fetching of missing objects. Older gits do not
/// know `GIT_NO_LAZY_FETCH`, so no transport is allowed either; the variable overrides any configuration.
const ENV: [(&str, &str); 9] = [
    ("GIT_NO_REPLACE_OBJECTS", "1"),
    ("GIT_GRAFT_FILE", "/dev/null"),
    ("GIT_SHALLOW_FILE", ""),
    ("GIT_OPTIONAL_LOCKS", "0"),
    ("GIT_NO_LAZY_FETCH", "1"),
    ("GIT_ALLOW_PROTOCOL", "none"),
    ("GIT_TERMINAL_PROMPT", "0"),
    ("LC_ALL", "C"),
    ("LANGUAGE", "C"),
];
/// Removed for every call. Ref names are given in full, so a namespace would be added twice.
const ENV_REMOVED: [&str; 7] = [
    "GIT_NAMESPACE",
    "GIT_CONFIG",
    "GIT_EXTERNAL_DIFF",
    "GIT_LITERAL_PATHSPECS",
    "GIT_GLOB_PATHSPECS",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_ICASE_PATHSPECS",
];
/// Says which repository is meant, so it is removed where a person named another.
const ENV_LOCATION: [&str; 9] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_COMMON_DIR",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_QUARANTINE_PATH",
    "GIT_PREFIX",
];
/// Makes git read no configuration but the repository's own.
const ENV_OWN_CONFIG: [(&str, &str); 2] = [
    ("GIT_CONFIG_GLOBAL", "/dev/null"),
    ("GIT_CONFIG_NOSYSTEM", "1"),
];
/// Configuration given by the caller.
const ENV_CALLER_CONFIG: [&str; 2] = ["GIT_CONFIG_PARAMETERS", "GIT_CONFIG_COUNT"];
/// Starts no file system monitor, and reads commits instead of a cache of them.
const SETTINGS: [&str; 4] = ["-c", "core.fsmonitor=false", "-c", "core.commitGraph=false"];

/// One repository: where it is, and how to call git there.
#[derive(Debug, Clone)]
pub(in crate::git) struct GitCommand {
    /// The directory that holds `HEAD`, absolute.
    pub(in crate::git) git_dir: PathBuf,
    /// The directory that linked work trees share, absolute.
    pub(in crate::git) common_dir: PathBuf,
    /// The root of the work tree, absolute.
    pub(in crate::git) work_dir: Option<PathBuf>,
    pub(in crate::git) is_bare: bool,
    /// Bytes of an object ID here: 20 or 32.
    pub(in crate::git) id_bytes: usize,
    /// Git's environment applies to this repository, as it does in a hook.
    pub(in crate::git) from_env: bool,
    /// In a hook only the repository's own configuration counts.
    pub(in crate::git) in_hook: bool,
}

/// The result of a call.
pub(super) struct Output {
    pub(super) status: ExitStatus,
    pub(super) out: Vec<u8>,
    pub(super) err: Vec<u8>,
}

impl Output {
    /// The first error, in git's words.
    pub(super) fn message(&self) -> String {
        let message = self.err.lines().find_map(error_message);
        message.unwrap_or_else(|| format!("git exited with {}", self.status))
    }

    /// Standard output without its last line feed.
    pub(super) fn line(&self) -> &[u8] {
        self.out.strip_suffix(b"\n").unwrap_or(&self.out)
    }
}

/// The message of an `error:` or `fatal:` line.
pub(super) fn error_message(line: &[u8]) -> Option<String> {
    let message = line
        .strip_prefix(b"error: ")
        .or_else(|| line.strip_prefix(b"fatal: "))?;
    Some(message.to_str_lossy().into_owned())
}

impl GitCommand {
    /// A call in this repository. With `GIT_DIR` set, git does not check its owner.
    pub(super) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = bare_command(self.from_env, self.in_hook);
        command.env("GIT_DIR", &self.git_dir);
        if let Some(root) = &self.work_dir {
            command.env("GIT_WORK_TREE", root);
        }
        command.args(arguments);
        command
    }

    /// Runs a call and waits.
    pub(super) fn output(&self, arguments: &[&str]) -> Result<Output, GitError> {
        run(&mut self.command(arguments), b"")
    }

    /// Runs a call that reads `what` and must succeed.
    pub(super) fn read(&self, what: &str, arguments: &[&str]) -> Result<Output, GitError> {
        let answer = self.output(arguments)?;
        if answer.status.success() {
            return Ok(answer);
        }
        Err(GitError::new(
            format!("{what} cannot be read"),
            &answer.message(),
            FSCK,
        ))
    }
}

/// A call for which git looks for the repository.
pub(super) fn bare_command(from_env: bool, in_hook: bool) -> Command {
    let mut command = Command::new("git");
    command.args(SETTINGS).stdin(Stdio::null());
    for name in ENV_REMOVED {
        command.env_remove(name);
    }
    if !from_env {
        for name in ENV_LOCATION {
            command.env_remove(name);
        }
    }
    if in_hook {
        for name in ENV_CALLER_CONFIG {
            command.env_remove(name);
        }
        command.envs(ENV_OWN_CONFIG);
    }
    command.envs(ENV);
    command
}

/// Runs a call with this standard input and waits.
pub(super) fn run(command: &mut Command, input: &[u8]) -> Result<Output, GitError> {
    let piped = if input.is_empty() {
        Stdio::null()
    } else {
        Stdio::piped()
    };
    let started = command
        .stdin(piped)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = started.map_err(|error| not_started(&error))?;
    if let Some(mut stdin) = child.stdin.take() {
        // If it stops reading early, its error says why.
        drop(stdin.write_all(input));
    }
    let ended = child
        .wait_with_output()
        .map_err(|error| not_started(&error))?;
    Ok(Output {
        status: ended.status,
        out: ended.stdout,
        err: ended.stderr,
    })
}

pub(super) fn not_started(error: &io::Error) -> GitError {
    let why = match error.kind() {
        io::ErrorKind::NotFound => "git is not on PATH".to_owned(),
        _ => error.to_string(),
    };
    GitError::of(
        ErrorKind::Unsupported,
        "git cannot be started",
        &why,
        NO_GIT,
    )
}

/// A path as an argument.
pub(super) fn joined(option: &str, path: &Path) -> std::ffi::OsString {
    let mut joined = OsStr::new(option).to_owned();
    joined.push(path);
    joined
}
