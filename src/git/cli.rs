//! The git command: the backend for repositories that libgit2 cannot read, and for every repository the way to stage
//! files and to inspect its setup.
//!
//! Uses plumbing only, whose formats are stable. Nothing in a repository can start a program, reach a network or change
//! the content of an object.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use bstr::{BStr, BString};

use super::backend::{Backend, Header, Target};
use super::error::{GitError, LookupError};
use crate::repo::{Entry, ObjectId};

mod command;
mod config;
mod index;
mod objects;
mod open;
mod refs;
mod stage;

pub(super) use command::GitCommand;
pub use config::ConfigScope;
pub(super) use open::OpenMode;
pub(super) use stage::{WorktreeState, native};

/// A repository read through the git command.
pub(super) struct GitCli {
    git: GitCommand,
    /// Refs are files, so a name without a file is no symbolic ref.
    refs_are_files: bool,
    objects: objects::Objects,
    refs: OnceCell<BTreeMap<BString, Target>>,
}

impl Backend for GitCli {
    fn git(&self) -> &GitCommand {
        &self.git
    }

    fn config(&self, key: &str) -> Result<Option<String>, GitError> {
        self.git.config(key)
    }

    fn remotes(&self) -> Result<Vec<BString>, GitError> {
        self.git.remotes()
    }

    fn header(&self, id: ObjectId) -> Result<Header, LookupError> {
        self.objects.header(&self.git, id)
    }

    fn body(&self, id: ObjectId, header: Header) -> Result<Vec<u8>, LookupError> {
        self.objects.body(&self.git, id, header)
    }

    fn contains(&self, id: ObjectId) -> Result<bool, LookupError> {
        match self.objects.header(&self.git, id) {
            Ok(_) => Ok(true),
            Err(LookupError::Missing) => Ok(false),
            Err(error) => Err(error),
        }
    }

    fn find_ref(&self, name: &BStr) -> Result<Option<Target>, GitError> {
        self.ref_target(name)
    }

    fn refs_with_prefix(&self, prefix: &BStr) -> Result<Vec<(BString, Target)>, GitError> {
        self.refs_starting_with(prefix)
    }

    fn resolve(&self, revision: &str) -> Result<ObjectId, String> {
        self.git.resolve(revision)
    }

    fn index(&self) -> Result<Vec<Entry>, GitError> {
        self.git.index()
    }
}
