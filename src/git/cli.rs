//! The git command. It is a backend for repositories that libgit2 cannot read, and for every repository it writes files,
//! reads configuration that judging does not need, and answers what libgit2 answers otherwise than Git.
//!
//! It goes no further than git's plumbing, whose formats are made for programs, and it lets nothing in a repository start
//! a program, reach a network or change what an object says.

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

pub(super) use command::Git;
pub use config::ConfigScope;
pub(super) use open::OpenMode;
pub(super) use stage::{WorktreeState, native};

/// A repository that git answers for.
pub(super) struct GitCli {
    git: Git,
    /// Refs are files, so that a name without a file is no symbolic ref.
    refs_are_files: bool,
    objects: objects::Objects,
    refs: OnceCell<BTreeMap<BString, Target>>,
}

impl Backend for GitCli {
    fn git(&self) -> &Git {
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
