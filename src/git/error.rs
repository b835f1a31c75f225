//! What can go wrong between graven and a repository, in words a person can act on.

use std::path::Path;

use crate::repo::{ObjectError, ObjectId};
use crate::text::escape::Escaped;

/// What helps when objects are missing or damaged.
pub(super) const FSCK: &str = "look at the repository with git fsck --full";

/// What helps where a repository belongs to somebody else.
pub(super) const TRUST: &str = "if you trust it: git config --global --add safe.directory \"$PWD\"";
/// What helps where there is no repository.
pub(super) const NONE_HERE: &str = "go to a repository, or make one: git init";
/// What helps where something cannot be written.
pub(super) const NO_ROOM: &str = "see to its permissions and to the room on the disk";

/// Why something of a repository could not be had: the thing and its place, the cause, the remedy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what}: {why}")]
pub struct GitError {
    /// What sort of trouble it is, for those who can do something about it.
    pub kind: ErrorKind,
    /// The thing and what could not be done with it: `the index cannot be read`.
    pub what: String,
    /// What went wrong. Escaped already.
    pub why: String,
    /// What the person can do, as a command where there is one.
    pub remedy: String,
}

/// The sorts of trouble that callers tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// There is no repository.
    NoRepository,
    /// It belongs to somebody else.
    Owner,
    /// A configuration file outside the repository cannot be read.
    PersonalConfiguration,
    /// It uses something that cannot be read here.
    Unsupported,
    /// A name that a person typed means nothing.
    Unknown,
    /// Anything else.
    Other,
}

impl GitError {
    pub(super) fn new(
        kind: ErrorKind,
        what: impl Into<String>,
        why: &str,
        remedy: impl Into<String>,
    ) -> Self {
        Self {
            kind,
            what: what.into(),
            why: Escaped::new(why).to_string(),
            remedy: remedy.into(),
        }
    }
}

/// Why an object could not be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum LookupError {
    /// It is not in this repository.
    Missing,
    /// It cannot be read, in the words of whoever tried.
    Corrupt(String),
}

/// The repository at a place is there and does not open.
pub(super) fn cannot_open(place: &Path) -> String {
    format!(
        "cannot open the repository {}",
        Escaped::new(place.as_os_str().as_encoded_bytes())
    )
}

/// What libgit2 cannot read and git may, by libgit2's own words.
pub(super) fn unsupported(message: &str) -> bool {
    [
        "extensions.refstorage",
        "extensions.partialclone",
        "unsupported extension name",
        "unsupported mandatory extension",
        "unsupported repository version",
    ]
    .iter()
    .any(|words| message.contains(words))
}

/// An object that could not be had. A partial clone leaves some out on purpose.
pub(super) fn unavailable(what: String, lack: &LookupError, partial: bool) -> ObjectError {
    let (why, remedy) = match lack {
        LookupError::Missing if partial => (
            "history incomplete: this is a partial clone, and it was left out".to_owned(),
            "fetch all of it: git fetch --refetch --no-filter",
        ),
        LookupError::Missing => (
            "it is not in this repository".to_owned(),
            "find out what is missing: git fsck --full; then fetch it again: git fetch --refetch",
        ),
        LookupError::Corrupt(why) => (Escaped::new(why).to_string(), FSCK),
    };
    ObjectError {
        what,
        why,
        remedy: remedy.into(),
    }
}

/// A walk came to where a shallow clone ends.
pub(super) fn shallow(commit: ObjectId) -> ObjectError {
    ObjectError {
        what: format!("the parent of commit {}", commit.short()),
        why: "history incomplete: this is a shallow clone".into(),
        remedy: "fetch the whole history: git fetch --unshallow".into(),
    }
}

/// An object breaks the rules of its format.
pub(super) fn malformed(kind: &str, id: ObjectId, why: &str) -> ObjectError {
    ObjectError {
        what: format!("{kind} {}", id.short()),
        why: format!("malformed {kind}: {why}"),
        remedy: FSCK.into(),
    }
}
