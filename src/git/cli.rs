//! The backend that asks git, for repositories that libgit2 cannot read. It goes no further than git's plumbing, whose
//! formats are made for programs, and it lets nothing in a repository start a program, reach a network or change what an
//! object says. It must not know what is made of its answers.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use bstr::{BStr, BString};

use super::backend::Scope;
use super::backend::{Backend, Header, Target, WorktreeState};
use super::error::{GitError, LookupError};
use crate::repo::{Entry, ObjectId, RepoPath, Write};

mod command;
mod config;
mod index;
mod objects;
mod open;
mod refs;
mod stage;

pub(super) use command::Git;
pub(super) use open::OpenMode;

/// A repository that git answers for.
pub(super) struct GitCli {
    git: Git,
    common_dir: PathBuf,
    bare: bool,
    id_bytes: usize,
    /// Refs are files, so that a name without a file is no symbolic ref.
    refs_are_files: bool,
    objects: objects::Objects,
    config: OnceCell<Vec<config::Setting>>,
    refs: OnceCell<BTreeMap<BString, Target>>,
}

impl Backend for GitCli {
    fn git_dir(&self) -> &Path {
        self.git.git_dir()
    }

    fn common_dir(&self) -> &Path {
        &self.common_dir
    }

    fn work_dir(&self) -> Option<&Path> {
        self.git.work_dir()
    }

    fn is_bare(&self) -> bool {
        self.bare
    }

    fn id_bytes(&self) -> usize {
        self.id_bytes
    }

    fn config(&self, key: &str) -> Result<Option<String>, GitError> {
        self.configured(key)
    }

    fn flag(&self, key: &str) -> Result<Option<bool>, GitError> {
        self.git.flag(key)
    }

    fn scope(&self, key: &str) -> Result<Option<Scope>, GitError> {
        self.git.scope(key)
    }

    fn hooks_path(&self) -> Result<Option<PathBuf>, GitError> {
        self.git.path_setting("core.hooksPath")
    }

    fn remotes(&self) -> Result<Vec<BString>, GitError> {
        self.addressed()
    }

    fn header(&self, id: ObjectId) -> Result<Header, LookupError> {
        self.objects.header(&self.git, id)
    }

    fn body(&self, id: ObjectId, header: Header) -> Result<Vec<u8>, LookupError> {
        self.objects.body(&self.git, id, header)
    }

    fn has(&self, id: ObjectId) -> Result<bool, LookupError> {
        match self.objects.header(&self.git, id) {
            Ok(_) => Ok(true),
            Err(LookupError::Missing) => Ok(false),
            Err(lack) => Err(lack),
        }
    }

    fn find(&self, name: &BStr) -> Result<Option<Target>, GitError> {
        self.target(name)
    }

    fn below(&self, prefix: &BStr) -> Result<Vec<(BString, Target)>, GitError> {
        self.starting(prefix)
    }

    fn resolve(&self, revision: &str) -> Result<ObjectId, String> {
        self.git.commit_called(revision)
    }

    fn index(&self) -> Result<Vec<Entry>, GitError> {
        self.git.index(self.id_bytes)
    }

    fn standing(&self, path: &RepoPath) -> Result<WorktreeState, GitError> {
        self.git.standing(path)
    }

    fn stage(&self, writes: &[Write], root: &Path) -> Result<(), GitError> {
        self.git.stage(writes, root)
    }
}
