//! Git: it opens a repository, reads its objects raw, its refs and its index, and walks its history. It must not know what
//! a document, a policy or a step is, and it never reads the work tree.
//!
//! What is read comes from a `Backend`. Commits and trees are parsed here and not by libgit2, which refuses author lines
//! that Git accepts, honours grafts, shows the boundary of a shallow clone as a root, and takes malformed trees as they
//! come.

use std::cell::RefCell;
use std::collections::HashSet;
use std::path::Path;

use bstr::BString;

use crate::repo::{ObjectError, ObjectId};

mod backend;
mod cli;
mod commit;
mod error;
mod index;
mod inspect;
mod libgit2;
mod merge_base;
mod objects;
mod open;
mod refs;
mod stage;
mod tree;
mod walk;

pub use cli::ConfigScope;
pub use commit::{Commit, truncate_subject};
pub use error::{ErrorKind, GitError};
pub use refs::{Head, Reference};

use backend::Backend;
use error::LookupError;

/// Reads what a repository may hold, for the fuzzers: they alone see this.
#[cfg(fuzzing)]
pub fn fuzz(bytes: &[u8]) {
    for digits in [40, 64] {
        tree::fuzz(bytes.to_vec(), digits / 2);
        let _ = commit::parse(bytes, digits);
    }
    libgit2::fuzz(bytes);
}

/// An opened repository. Reading through it changes nothing on disk.
pub struct Repository {
    backend: Box<dyn Backend>,
    /// Commits whose parents this clone does not have.
    boundary: HashSet<ObjectId>,
    /// What stands before the name of every ref, empty or ending in `/`.
    namespace: BString,
    trees: RefCell<tree::TreeCache>,
    commits: RefCell<commit::CommitCache>,
}

impl Repository {
    /// The directory that holds `HEAD`, absolute.
    #[must_use]
    pub fn git_dir(&self) -> &Path {
        &self.backend.git().git_dir
    }

    /// True when it has no work tree.
    #[must_use]
    pub fn is_bare(&self) -> bool {
        self.backend.git().is_bare
    }

    /// The root of the work tree, absolute. Only for writing files a person asked for; judging never looks there.
    #[must_use]
    pub fn work_dir(&self) -> Option<&Path> {
        self.backend.git().work_dir.as_deref()
    }

    /// A configuration value; in a hook only the repository's own configuration is asked.
    pub fn config(&self, key: &str) -> Result<Option<String>, GitError> {
        self.backend.config(key)
    }

    /// True when parts of the history are missing on purpose.
    #[must_use]
    pub fn is_shallow(&self) -> bool {
        !self.boundary.is_empty()
    }

    /// Hexadecimal digits of an object name here: 40 or 64.
    #[must_use]
    pub fn id_digits(&self) -> usize {
        self.backend.git().id_bytes * 2
    }

    /// Why an object could not be had.
    fn unavailable(&self, what: String, lack: &LookupError) -> ObjectError {
        // One that cannot be told is taken for whole: what is missing is missing all the same.
        error::unavailable(
            what,
            lack,
            *lack == LookupError::Missing && self.is_partial().unwrap_or(false),
        )
    }

    /// Refuses a name of the wrong length: it names nothing here, and no backend must see it.
    fn check_length(&self, id: ObjectId) -> Result<(), ObjectError> {
        if id.as_bytes().len() == self.backend.git().id_bytes {
            return Ok(());
        }
        let why = format!("names have {} digits in this repository", self.id_digits());
        Err(ObjectError {
            what: format!("object {}", id.short()),
            why,
            remedy: error::FSCK.into(),
        })
    }
}

impl std::fmt::Debug for Repository {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Repository")
            .field("git_dir", &self.git_dir())
            .finish_non_exhaustive()
    }
}
