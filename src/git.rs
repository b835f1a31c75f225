//! The only folder that talks to Git. Everything is asked of a [`Repository`]:
//!
//! | what | where |
//! |---|---|
//! | open it, in a hook or for a person | `open` |
//! | refs, branches, `HEAD`, revisions | `refs` |
//! | commits, trees and blobs; the trait [`crate::repo::Objects`] | `commit`, `tree`, `objects` |
//! | first parents, commit lists, merge bases | `walk`, `merge_base` |
//! | the index | `index` |
//! | hooks folder, configuration, partial clones | `inspect` |
//! | write files into the index and the work tree | `stage` |
//!
//! Raw data comes from a `Backend`: libgit2, or the git command where libgit2 cannot read. Commits and trees are parsed
//! here and not by libgit2, which refuses author lines that Git accepts, honours grafts, shows the boundary of a
//! shallow clone as a root, and accepts malformed trees. Does not depend on documents, policies or steps; only `stage`
//! touches the work tree.

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

/// Parses what a repository may hold. For the fuzzers only.
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
    /// The prefix that `GIT_NAMESPACE` gives every ref: empty, or ending in `/`.
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

    /// The root of the work tree, absolute. Only for writing files that a person asked for; judging never reads it.
    #[must_use]
    pub fn work_dir(&self) -> Option<&Path> {
        self.backend.git().work_dir.as_deref()
    }

    /// A configuration value. In a hook only the repository's own configuration is read.
    pub fn config(&self, key: &str) -> Result<Option<String>, GitError> {
        self.backend.config(key)
    }

    /// True for a shallow clone.
    #[must_use]
    pub fn is_shallow(&self) -> bool {
        !self.boundary.is_empty()
    }

    /// Hexadecimal digits of an object ID here: 40 or 64.
    #[must_use]
    pub fn id_digits(&self) -> usize {
        self.backend.git().id_bytes * 2
    }

    /// Why an object could not be read.
    fn unavailable(&self, what: String, error: &LookupError) -> ObjectError {
        // If that cannot be found out, the clone counts as complete: the object is missing either way.
        error::unavailable(
            what,
            error,
            *error == LookupError::Missing && self.is_partial().unwrap_or(false),
        )
    }

    /// Refuses an ID of the wrong length, which no backend must see.
    fn check_length(&self, id: ObjectId) -> Result<(), ObjectError> {
        if id.as_bytes().len() == self.backend.git().id_bytes {
            return Ok(());
        }
        let why = format!(
            "object IDs have {} digits in this repository",
            self.id_digits()
        );
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
