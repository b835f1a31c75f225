//! Opening a repository: in a hook, where Git's environment says what is being pushed or committed, and for a command that
//! a person starts.

use std::cell::RefCell;
use std::collections::HashSet;
use std::env;
use std::io;
use std::path::{Path, PathBuf};

use bstr::ByteSlice;

use super::backend::Backend;
use super::cli::{GitCli, OpenMode};
use super::error::{ErrorKind, FSCK, GitError};
use super::libgit2::Libgit2;
use super::{Repository, refs};
use crate::repo::ObjectId;

impl Repository {
    /// Opens the repository that a hook runs in: its quarantine, its index file, its namespace. Git has decided already
    /// that this user may run hooks here, so the owner of the directory is not asked again.
    pub fn open_in_hook() -> Result<Self, GitError> {
        let backend: Box<dyn Backend> = match Libgit2::open_in_hook() {
            Ok(opened) => Box::new(opened),
            Err(error) => match error.kind {
                ErrorKind::Unsupported => Box::new(Self::git_in_hook()?),
                // libgit2 always reads the configuration of the person; git can be told not to, and it must not matter.
                ErrorKind::PersonalConfiguration => {
                    Box::new(Self::git_in_hook().map_err(|_| error)?)
                }
                _ => return Err(error),
            },
        };
        Self::new(backend, true)
    }

    fn git_in_hook() -> Result<GitCli, GitError> {
        GitCli::open(OpenMode::Hook(Libgit2::discover().as_deref()))
    }

    /// Opens the repository that a person means: the one that `dir` is or lies in; without one, what Git's environment
    /// and the current directory say.
    pub fn open(dir: Option<&Path>) -> Result<Self, GitError> {
        match Libgit2::open(dir) {
            Err(error) if error.kind == ErrorKind::Unsupported => Self::open_through_git(dir),
            opened => Self::new(Box::new(opened?), dir.is_none()),
        }
    }

    /// Opens the same repository with git's plumbing alone, as is done where libgit2 cannot read. Slower, and the same
    /// answers: for whoever wants to hold the two against each other, or trusts only one.
    pub fn open_through_git(dir: Option<&Path>) -> Result<Self, GitError> {
        Self::new(
            Box::new(GitCli::open(OpenMode::Person(dir))?),
            dir.is_none(),
        )
    }

    fn new(backend: Box<dyn Backend>, from_env: bool) -> Result<Self, GitError> {
        let boundary = boundary(&backend.git().common_dir, from_env)?;
        let namespace = env::var_os("GIT_NAMESPACE")
            .filter(|_| from_env)
            .unwrap_or_default();
        let namespace = refs::namespace(namespace.as_encoded_bytes());
        Ok(Self {
            backend,
            boundary,
            namespace,
            trees: RefCell::default(),
            commits: RefCell::default(),
        })
    }
}

/// The commits whose parents were left out when this clone was made, or, in a hook, when a shallow clone pushes.
fn boundary(common_dir: &Path, from_env: bool) -> Result<HashSet<ObjectId>, GitError> {
    let pushed = env::var_os("GIT_SHALLOW_FILE").filter(|file| from_env && !file.is_empty());
    let mut found = HashSet::new();
    for file in std::iter::once(common_dir.join("shallow")).chain(pushed.map(PathBuf::from)) {
        let broken = |why: &str| {
            GitError::new(
                ErrorKind::Other,
                "the list of shallow commits cannot be read",
                why,
                FSCK,
            )
        };
        let lines = match std::fs::read(&file) {
            Ok(lines) => lines,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(broken(&error.to_string())),
        };
        for line in lines.lines() {
            found.insert(
                ObjectId::from_hex(line).ok_or_else(|| broken("a line of it names no commit"))?,
            );
        }
    }
    Ok(found)
}
