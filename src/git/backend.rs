//! What a repository is asked for before anything is made of it. Two can answer: [`super::libgit2`] asks libgit2, and
//! [`super::cli`] asks git where libgit2 cannot read. Neither may interpret: objects come raw, refs with their targets
//! as they are written, the index entry by entry.

use std::fmt;
use std::path::{Path, PathBuf};

use bstr::{BStr, BString};

use super::error::{GitError, LookupError};
use crate::repo::{Entry, ObjectId, RepoPath, Write};

/// One opened repository. Every answer is whole, or an error.
pub(super) trait Backend {
    /// The directory that holds `HEAD`, absolute.
    fn git_dir(&self) -> &Path;

    /// The directory that linked work trees share, absolute.
    fn common_dir(&self) -> &Path;

    /// The root of the work tree, absolute.
    fn work_dir(&self) -> Option<&Path>;

    /// True when it has no work tree.
    fn is_bare(&self) -> bool;

    /// Bytes of an object name here: 20 or 32.
    fn id_bytes(&self) -> usize;

    /// A configuration value; in a hook only the repository's own configuration is asked.
    fn config(&self, key: &str) -> Result<Option<String>, GitError>;

    /// A configuration value that is yes or no, from any file.
    fn flag(&self, key: &str) -> Result<Option<bool>, GitError>;

    /// Which configuration file says what a key is.
    fn scope(&self, key: &str) -> Result<Option<Scope>, GitError>;

    /// What `core.hooksPath` says, with a leading `~` made a directory.
    fn hooks_path(&self) -> Result<Option<PathBuf>, GitError>;

    /// The remotes that have an address.
    fn remotes(&self) -> Result<Vec<BString>, GitError>;

    /// Size and kind of an object, without its body.
    fn header(&self, id: ObjectId) -> Result<Header, LookupError>;

    /// The body of an object whose header was found to be this one.
    fn body(&self, id: ObjectId, header: Header) -> Result<Vec<u8>, LookupError>;

    /// True when the object is here.
    fn has(&self, id: ObjectId) -> Result<bool, LookupError>;

    /// One ref by its full name.
    fn find(&self, name: &BStr) -> Result<Option<Target>, GitError>;

    /// Every ref whose full name begins with `prefix`, by full name.
    fn below(&self, prefix: &BStr) -> Result<Vec<(BString, Target)>, GitError>;

    /// The commit that something typed by a person names. The error is why it names none.
    fn resolve(&self, revision: &str) -> Result<ObjectId, String>;

    /// Every entry that a commit made now would hold. A conflict is an error.
    fn index(&self) -> Result<Vec<Entry>, GitError>;

    /// How what stands at a path of the work tree compares with the index.
    fn standing(&self, path: &RepoPath) -> Result<WorktreeState, GitError>;

    /// Puts files into the index and the work tree at `root`: all of them or none.
    fn stage(&self, writes: &[Write], root: &Path) -> Result<(), GitError>;
}

/// What is known of an object before it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) size: usize,
    pub(super) kind: Kind,
}

/// The kinds of objects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Commit,
    Tree,
    Blob,
    Tag,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Commit => "commit",
            Self::Tree => "tree",
            Self::Blob => "blob",
            Self::Tag => "tag",
        })
    }
}

/// What a ref holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    Object(ObjectId),
    /// The full name of another ref.
    Symbolic(BString),
}

/// How a path of the work tree compares with the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WorktreeState {
    /// As the index has it, or not there: nothing would be lost.
    Kept,
    Conflicted,
    Untracked,
    Changed,
}

/// Which configuration file says something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// That of the machine.
    System,
    /// That of the person.
    Global,
    /// That of the repository.
    Local,
    /// That of one work tree.
    Worktree,
}
