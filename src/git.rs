//! Git: the only module that names git2. It opens a repository, reads its objects raw, its refs and its index, and walks
//! its history. It must not know what a document, a policy or a step is, and it never reads the work tree.
//!
//! Commits and trees are parsed here and not by libgit2, which refuses author lines that Git accepts, honours grafts, shows
//! the boundary of a shallow clone as a root, and takes malformed trees as they come.

use std::cell::RefCell;
use std::collections::HashSet;
use std::path::{Path, PathBuf};

use bstr::BString;

use crate::object::{ObjectError, ObjectId};

mod alternates;
mod commit;
mod error;
mod index;
mod merge_base;
mod objects;
mod open;
mod refs;
mod stage;
mod tree;
mod walk;

pub use commit::Commit;
pub use error::{GitError, Hurdle};
pub use open::restart_without_personal_configuration;
pub use refs::{Head, Reference};
pub use walk::FirstParents;

/// An opened repository. Reading through it changes nothing on disk.
pub struct Repository {
    inner: git2::Repository,
    /// Only what the repository itself configures, when a hook runs: the verdict must not depend on who pushes.
    in_hook: bool,
    bare: bool,
    /// The index to read when libgit2 cannot be asked for it.
    index_file: Option<PathBuf>,
    /// Commits whose parents this clone does not have.
    boundary: HashSet<ObjectId>,
    /// What stands before the name of every ref, empty or ending in `/`.
    namespace: BString,
    trees: RefCell<tree::Cache>,
    roots: RefCell<commit::Roots>,
}

impl Repository {
    /// The directory that holds `HEAD`, absolute.
    #[must_use]
    pub fn git_dir(&self) -> &Path {
        self.inner.path()
    }

    /// True when it has no work tree.
    #[must_use]
    pub fn is_bare(&self) -> bool {
        self.bare
    }

    /// The root of the work tree, absolute. Only for writing files a person asked for; judging never looks there.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the one place that hands it out, for `init` and `install`")]
    pub fn work_dir(&self) -> Option<&Path> {
        self.inner.workdir()
    }

    /// Where Git looks for hooks, absolute: `core.hooksPath` when it is set, else the folder in the common directory.
    pub fn hooks_dir(&self) -> Result<PathBuf, GitError> {
        let config = self.inner.config().map_err(|error| GitError::reading("the configuration", &error))?;
        match config.get_path("core.hooksPath") {
            // Git takes a relative path from where it runs hooks: the root of the work tree, or the bare repository.
            Ok(path) => Ok(self.work_dir().unwrap_or_else(|| self.git_dir()).join(path)),
            Err(error) if error.code() == git2::ErrorCode::NotFound => Ok(self.inner.commondir().join("hooks")),
            Err(error) => Err(GitError::reading("core.hooksPath", &error)),
        }
    }

    /// A configuration value; in a hook only the repository's own configuration is asked.
    pub fn config(&self, key: &str) -> Result<Option<String>, GitError> {
        let what = || format!("the configuration value {key}");
        let mut config = self.inner.config().map_err(|error| GitError::reading(&what(), &error))?;
        if self.in_hook {
            config = match config.open_level(git2::ConfigLevel::Local) {
                Ok(local) => local,
                Err(error) if error.code() == git2::ErrorCode::NotFound => return Ok(None),
                Err(error) => return Err(GitError::reading(&what(), &error)),
            };
        }
        let snapshot = config.snapshot().map_err(|error| GitError::reading(&what(), &error))?;
        match snapshot.get_string(key) {
            Ok(value) => Ok(Some(value)),
            Err(error) if error.code() == git2::ErrorCode::NotFound => Ok(None),
            Err(error) => Err(GitError::reading(&what(), &error)),
        }
    }

    /// True when parts of the history are missing on purpose.
    #[must_use]
    pub fn is_shallow(&self) -> bool {
        !self.boundary.is_empty()
    }

    /// Hexadecimal digits of an object name here: 40 or 64.
    #[must_use]
    pub fn id_digits(&self) -> usize {
        match self.inner.object_format() {
            git2::ObjectFormat::Sha1 => 40,
            git2::ObjectFormat::Sha256 => 64,
        }
    }

    /// The name for libgit2. One of the wrong length names nothing here, and libgit2 must not see it.
    fn oid(&self, id: ObjectId) -> Result<git2::Oid, ObjectError> {
        let wrong =
            |why: String| ObjectError { what: format!("object {}", id.short()), why, remedy: error::FSCK.into() };
        if id.as_bytes().len() * 2 != self.id_digits() {
            return Err(wrong(format!("names have {} digits in this repository", self.id_digits())));
        }
        git2::Oid::from_bytes(id.as_bytes()).map_err(|error| wrong(error.message().to_owned()))
    }
}

impl std::fmt::Debug for Repository {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Repository").field("git_dir", &self.git_dir()).finish_non_exhaustive()
    }
}
