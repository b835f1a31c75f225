//! What a repository is asked for before anything is made of it. Two can answer: [`super::libgit2`] asks libgit2, and
//! [`super::cli`] asks git where libgit2 cannot read. Neither may interpret: objects come raw, refs with their targets
//! as they are written, the index entry by entry.

use std::fmt;

use bstr::{BStr, BString};

use super::cli::Git;
use super::error::{GitError, LookupError};
use crate::repo::{Entry, ObjectId};

/// One opened repository. Every answer is whole, or an error.
pub(super) trait Backend {
    /// Where it is, and how to call git there.
    fn git(&self) -> &Git;

    /// A configuration value; in a hook only the repository's own configuration is asked.
    fn config(&self, key: &str) -> Result<Option<String>, GitError>;

    /// The remotes that have an address.
    fn remotes(&self) -> Result<Vec<BString>, GitError>;

    /// Size and kind of an object, without its body.
    fn header(&self, id: ObjectId) -> Result<Header, LookupError>;

    /// The body of an object whose header was found to be this one.
    fn body(&self, id: ObjectId, header: Header) -> Result<Vec<u8>, LookupError>;

    /// True when the object is here.
    fn contains(&self, id: ObjectId) -> Result<bool, LookupError>;

    /// One ref by its full name.
    fn find_ref(&self, name: &BStr) -> Result<Option<Target>, GitError>;

    /// Every ref whose full name begins with `prefix`, by full name.
    fn refs_with_prefix(&self, prefix: &BStr) -> Result<Vec<(BString, Target)>, GitError>;

    /// The commit that something typed by a person names. The error is why it names none.
    fn resolve(&self, revision: &str) -> Result<ObjectId, String>;

    /// Every entry that a commit made now would hold. A conflict is an error.
    fn index(&self) -> Result<Vec<Entry>, GitError>;
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
