//! Finds a repository as git finds it.

use std::env;
use std::io;
use std::path::{Path, PathBuf};

use bstr::ByteSlice;

use super::command::{GitCommand, Output, bare_command, joined, run};
use super::{GitCli, objects};
use crate::git::error::{ErrorKind, FSCK, GitError, NONE_HERE, TRUST, cannot_open};
use crate::text::escape::Escaped;

/// For a git that does not know `--show-object-format`.
const UPDATE_GIT: &str = "update Git: version 2.31 or later is needed";

/// Who opens a repository.
#[derive(Debug, Clone, Copy)]
pub(in crate::git) enum OpenMode<'a> {
    /// A hook; the repository to use where `GIT_DIR` is not set. Git has already checked its owner.
    Hook(Option<&'a Path>),
    /// A person, in this folder or in the current one.
    Person(Option<&'a Path>),
}

impl GitCli {
    pub(in crate::git) fn open(mode: OpenMode<'_>) -> Result<Self, GitError> {
        let (in_hook, from_env) = match mode {
            OpenMode::Hook(_) => (true, true),
            OpenMode::Person(dir) => (false, dir.is_none()),
        };
        let place = match mode {
            OpenMode::Person(Some(dir)) => dir,
            OpenMode::Hook(_) | OpenMode::Person(None) => Path::new("."),
        };
        let ask = |questions: &[&str]| {
            let mut command = bare_command(from_env, in_hook);
            match mode {
                OpenMode::Person(Some(dir)) => drop(command.arg("-C").arg(dir)),
                OpenMode::Hook(Some(dir)) if env::var_os("GIT_DIR").is_none() => {
                    command.arg(joined("--git-dir=", dir));
                }
                OpenMode::Hook(_) | OpenMode::Person(None) => {}
            }
            command.arg("rev-parse").args(questions);
            run(&mut command, b"")
        };
        let found = ask(&[
            "--is-bare-repository",
            "--show-object-format",
            "--show-ref-format",
            "--absolute-git-dir",
        ])?;
        if !found.status.success() {
            return Err(open_error(&found, place));
        }
        let mut lines = found.line().splitn_str(4, "\n");
        let mut next = || lines.next().unwrap_or_default();
        let (is_bare, format, refs, git_dir) = (next() == b"true", next(), next(), next());
        let id_bytes = match format {
            b"sha1" => 20,
            b"sha256" => 32,
            // An older git prints the option.
            _ => {
                let why = format!(
                    "git reports an unknown object format: {}",
                    Escaped::new(format)
                );
                return Err(GitError::of(
                    ErrorKind::Unsupported,
                    cannot_open(place),
                    &why,
                    UPDATE_GIT,
                ));
            }
        };
        let git_dir = git_dir.to_path_lossy().into_owned();
        let work_dir = if is_bare {
            None
        } else {
            Some(ask(&["--show-toplevel"])?).and_then(|top| root(&top, &git_dir))
        };
        let common_dir = common_dir(&git_dir, from_env)?;
        Ok(Self {
            git: GitCommand {
                git_dir,
                common_dir,
                work_dir,
                is_bare,
                id_bytes,
                from_env,
                in_hook,
            },
            // A git that does not know the option knows no other format, and prints it.
            refs_are_files: matches!(refs, b"files" | b"--show-ref-format"),
            objects: objects::Objects::default(),
            refs: std::cell::OnceCell::new(),
        })
    }
}

/// The work tree. Inside the `.git` folder git knows none, or takes that folder for it.
fn root(answer: &Output, git_dir: &Path) -> Option<PathBuf> {
    let top = answer
        .status
        .success()
        .then(|| answer.line().to_path_lossy().into_owned());
    let top = top.filter(|top| !top.starts_with(git_dir));
    top.or_else(|| {
        git_dir
            .parent()
            .filter(|_| git_dir.ends_with(".git"))
            .map(Path::to_path_buf)
    })
}

/// The directory that linked work trees share, as their `commondir` file says.
fn common_dir(git_dir: &Path, from_env: bool) -> Result<PathBuf, GitError> {
    if let Some(dir) = env::var_os("GIT_COMMON_DIR").filter(|_| from_env) {
        return std::path::absolute(&dir).map_err(|error| no_common_dir(&error));
    }
    match std::fs::read(git_dir.join("commondir")) {
        Ok(line) => {
            let line = line
                .trim_end_with(|c| matches!(c, '\n' | '\r'))
                .to_path_lossy()
                .into_owned();
            git_dir
                .join(line)
                .canonicalize()
                .map_err(|error| no_common_dir(&error))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(git_dir.to_path_buf()),
        Err(error) => Err(no_common_dir(&error)),
    }
}

fn no_common_dir(error: &io::Error) -> GitError {
    GitError::new(
        "the common directory cannot be found",
        &error.to_string(),
        "git worktree repair",
    )
}

/// Why git could not open the repository.
fn open_error(answer: &Output, place: &Path) -> GitError {
    let why = answer.message();
    let (kind, remedy) = if why.contains("dubious ownership") {
        (ErrorKind::Other, TRUST)
    } else if why.contains("not a git repository") || why.contains("cannot change to") {
        (ErrorKind::NoRepository, NONE_HERE)
    } else if [
        "unknown repository extension",
        "repo version",
        "unknown ref storage",
        "unknown ref format",
    ]
    .iter()
    .any(|words| why.contains(words))
    {
        (
            ErrorKind::Unsupported,
            "update Git to a version that knows it, or run graven in a plain clone of the repository",
        )
    } else {
        (ErrorKind::Other, FSCK)
    };
    // Git lists unknown extensions on the next lines.
    let more = answer.err.lines().find_map(|line| line.strip_prefix(b"\t"));
    let why = more.map_or(why.clone(), |more| {
        format!("{} {}", why, more.to_str_lossy())
    });
    GitError::of(kind, cannot_open(place), &why, remedy)
}
