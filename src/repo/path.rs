//! A path inside a repository.

use std::fmt;

use bstr::{BStr, BString, ByteSlice};

use crate::text::escape::Escaped;

/// A path inside the repository: bytes with `/` between the parts, relative to its root. Foreign text: shown escaped.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RepoPath(BString);

impl RepoPath {
    /// Takes the bytes as in a tree or an index.
    #[must_use]
    pub fn new(bytes: impl Into<BString>) -> Self {
        Self(bytes.into())
    }

    /// The bytes as in the tree.
    #[must_use]
    pub fn as_bstr(&self) -> &BStr {
        self.0.as_bstr()
    }

    /// The part after the last `/`.
    #[must_use]
    pub fn file_name(&self) -> &BStr {
        self.0
            .rsplit_once_str("/")
            .map_or(self.0.as_bstr(), |(_, name)| name.as_bstr())
    }

    /// The part before the last `/`, empty at the root.
    #[must_use]
    pub fn folder(&self) -> &BStr {
        self.0
            .rsplit_once_str("/")
            .map_or(BStr::new(""), |(folder, _)| folder.as_bstr())
    }
}

impl fmt::Display for RepoPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Escaped::new(&self.0).fmt(f)
    }
}
