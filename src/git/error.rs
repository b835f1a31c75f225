//! Errors of reading and writing a repository, each with a remedy.

use std::path::Path;

use crate::repo::{ObjectError, ObjectId};
use crate::report::Problem;
use crate::text::escape::Escaped;

/// The remedy for missing or damaged objects.
pub(super) const FSCK: &str = "check the repository: git fsck --full";

/// The remedy for a repository of another owner.
pub(super) const TRUST: &str = "if you trust it: git config --global --add safe.directory \"$PWD\"";
/// The remedy where there is no repository.
pub(super) const NONE_HERE: &str = "run this in a repository, or create one: git init";
/// The remedy where something cannot be written.
pub(super) const NO_ROOM: &str = "check its permissions and the free disk space";

/// What could not be done with a repository, why, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what}: {why}")]
pub struct GitError {
    /// The kind, for callers that can handle it.
    pub kind: ErrorKind,
    /// The thing and what could not be done with it: `the index cannot be read`.
    pub what: String,
    /// What went wrong, escaped.
    pub why: String,
    /// What to do, with a command where possible.
    pub remedy: String,
}

/// The kinds of errors that callers distinguish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// There is no repository.
    NoRepository,
    /// A configuration file outside the repository cannot be read.
    PersonalConfiguration,
    /// The repository uses a feature that this backend cannot read.
    Unsupported,
    /// Anything else.
    Other,
}

impl GitError {
    /// An error that callers do not distinguish from others.
    pub(super) fn new(what: impl Into<String>, why: &str, remedy: impl Into<String>) -> Self {
        Self::of(ErrorKind::Other, what, why, remedy)
    }

    pub(super) fn of(
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

impl From<GitError> for Problem {
    fn from(error: GitError) -> Self {
        Self::not_judged(error.to_string(), error.remedy)
    }
}

/// Why an object could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum LookupError {
    /// It is not in this repository.
    Missing,
    /// It cannot be read, in the backend's words.
    Corrupt(String),
}

/// What failed: a repository that exists does not open.
pub(super) fn cannot_open(place: &Path) -> String {
    format!(
        "cannot open the repository {}",
        Escaped::new(place.as_os_str().as_encoded_bytes())
    )
}

/// True for messages of libgit2 about features that git may be able to read.
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

/// An object that could not be read.
pub(super) fn unavailable(what: String, error: &LookupError, partial: bool) -> ObjectError {
    let (why, remedy) = match error {
        LookupError::Missing if partial => (
            "history incomplete: this is a partial clone, and it was not fetched".to_owned(),
            "fetch all of it: git fetch --refetch --no-filter",
        ),
        LookupError::Missing => (
            "it is not in this repository".to_owned(),
            "list what is missing: git fsck --full; then fetch it again: git fetch --refetch",
        ),
        LookupError::Corrupt(why) => (Escaped::new(why).to_string(), FSCK),
    };
    ObjectError {
        what,
        why,
        remedy: remedy.into(),
    }
}

/// A walk reached the end of a shallow clone.
pub(super) fn shallow(commit: ObjectId) -> ObjectError {
    ObjectError {
        what: format!("the parent of commit {}", commit.short()),
        why: "history incomplete: this is a shallow clone".into(),
        remedy: "fetch the whole history: git fetch --unshallow".into(),
    }
}

/// An object is malformed.
pub(super) fn malformed(kind: &str, id: ObjectId, why: &str) -> ObjectError {
    ObjectError {
        what: format!("{kind} {}", id.short()),
        why: format!("malformed {kind}: {why}"),
        remedy: FSCK.into(),
    }
}
