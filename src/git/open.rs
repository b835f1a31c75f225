//! Opens a repository: in a hook, where Git's environment says what is being pushed or committed, or for a person who
//! typed a command. Chooses the backend.

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
    /// Opens the repository that a hook runs in, with its quarantine, its index file and its namespace. Does not check
    /// the owner of the directory: Git did so before it ran the hook.
    pub fn open_in_hook() -> Result<Self, GitError> {
        let backend: Box<dyn Backend> = match Libgit2::open_in_hook() {
            Ok(opened) => Box::new(opened),
            Err(error) => match error.kind {
                ErrorKind::Unsupported => Box::new(Self::git_in_hook()?),
                // A verdict must not depend on it. libgit2 always reads it, but git can be told not to.
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

    /// Opens the repository that contains `dir`. Without `dir`, Git's environment and the current directory decide.
    pub fn open(dir: Option<&Path>) -> Result<Self, GitError> {
        match Libgit2::open(dir) {
            Err(error) if error.kind == ErrorKind::Unsupported => Self::open_through_git(dir),
            opened => Self::new(Box::new(opened?), dir.is_none()),
        }
    }

    /// Opens the same repository through the git command alone, as is done where libgit2 cannot read it. Slower, with
    /// the same answers: tests compare the two.
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

/// The commits whose parents are missing: in a shallow clone, or, in a hook, when a shallow clone pushes.
fn boundary(common_dir: &Path, from_env: bool) -> Result<HashSet<ObjectId>, GitError> {
    let pushed = env::var_os("GIT_SHALLOW_FILE").filter(|file| from_env && !file.is_empty());
    let mut found = HashSet::new();
    for file in std::iter::once(common_dir.join("shallow")).chain(pushed.map(PathBuf::from)) {
        let broken =
            |why: &str| GitError::new("the list of shallow commits cannot be read", why, FSCK);
        let lines = match std::fs::read(&file) {
            Ok(lines) => lines,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(broken(&error.to_string())),
        };
        for line in lines.lines() {
            found.insert(
                ObjectId::from_hex(line).ok_or_else(|| broken("a line is not a commit ID"))?,
            );
        }
    }
    Ok(found)
}
