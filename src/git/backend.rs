//! The raw data of a repository, which judging needs: objects, refs, the index, configuration. [`super::libgit2`] reads
//! it fast, [`super::cli`] where libgit2 cannot. Backends interpret nothing, so that both give the same verdicts.

use std::fmt;

use bstr::{BStr, BString};

use super::cli::GitCommand;
use super::error::{GitError, LookupError};
use crate::repo::{Entry, ObjectId};

/// An opened repository. Every answer is complete, or an error.
pub(super) trait Backend {
    /// Its location, and the git command for it.
    fn git(&self) -> &GitCommand;

    /// A configuration value. In a hook only the repository's own configuration is read.
    fn config(&self, key: &str) -> Result<Option<String>, GitError>;

    /// The remotes that have a URL.
    fn remotes(&self) -> Result<Vec<BString>, GitError>;

    /// Size and kind of an object, without its body.
    fn header(&self, id: ObjectId) -> Result<Header, LookupError>;

    /// The body of an object with this header.
    fn body(&self, id: ObjectId, header: Header) -> Result<Vec<u8>, LookupError>;

    /// True when the object is here.
    fn contains(&self, id: ObjectId) -> Result<bool, LookupError>;

    /// One ref by its full name.
    fn find_ref(&self, name: &BStr) -> Result<Option<Target>, GitError>;

    /// Every ref whose full name begins with `prefix`, by full name.
    fn refs_with_prefix(&self, prefix: &BStr) -> Result<Vec<(BString, Target)>, GitError>;

    /// The commit that a revision names. The error says why it names none.
    fn resolve(&self, revision: &str) -> Result<ObjectId, String>;

    /// Every entry that a commit made now would contain. A conflict is an error.
    fn index(&self) -> Result<Vec<Entry>, GitError>;
}

/// Size and kind of an object.
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

/// What a ref points to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    Object(ObjectId),
    /// The full name of another ref.
    Symbolic(BString),
}
