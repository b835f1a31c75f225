//! Object IDs, tree entries, and the trait [`Objects`] through which documents are read. Does not depend on who
//! implements it.

use std::fmt;
use std::ops::ControlFlow;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::path::RepoPath;
use super::path_set::PathSet;

/// An object ID: 20 bytes in a SHA-1 repository, 32 in a SHA-256 one. Never the zero ID.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectId {
    bytes: [u8; 32],
    len: u8,
}

impl ObjectId {
    /// Takes 20 or 32 raw bytes; `None` for any other length and for the zero ID, which names no object.
    #[must_use]
    pub fn from_bytes(raw: &[u8]) -> Option<Self> {
        if !matches!(raw.len(), 20 | 32) || raw.iter().all(|&byte| byte == 0) {
            return None;
        }
        let mut bytes = [0; 32];
        bytes[..raw.len()].copy_from_slice(raw);
        Some(Self {
            bytes,
            len: if raw.len() == 20 { 20 } else { 32 },
        })
    }

    /// Reads 40 or 64 hexadecimal digits; `None` for anything else and for the zero ID.
    #[must_use]
    pub fn from_hex(digits: &[u8]) -> Option<Self> {
        if !matches!(digits.len(), 40 | 64) {
            return None;
        }
        let digit = |byte: u8| {
            char::from(byte)
                .to_digit(16)
                .and_then(|digit| u8::try_from(digit).ok())
        };
        let raw: Option<Vec<u8>> = digits
            .chunks_exact(2)
            .map(|pair| Some((digit(pair[0])? << 4) | digit(pair[1])?))
            .collect();
        Self::from_bytes(&raw?)
    }

    /// An ID for content that Git never sees.
    pub(super) fn from_sha256(parts: &[&[u8]]) -> Self {
        let mut hash = Sha256::new();
        for part in parts {
            hash.update(part);
        }
        let mut bytes: [u8; 32] = hash.finalize().into();
        // Never the zero ID.
        bytes[0] |= 1;
        Self { bytes, len: 32 }
    }

    /// The raw bytes, 20 or 32 of them.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes[..usize::from(self.len)]
    }

    /// The first twelve hexadecimal digits, as shown to people.
    #[must_use]
    pub fn short(&self) -> String {
        self.to_string()[..12].to_owned()
    }
}

impl fmt::Display for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for byte in self.as_bytes() {
            write!(f, "{byte:02x}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ObjectId({})", self.short())
    }
}

/// The mode of a tree entry; folders are never entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// An ordinary file (100644, and Git's historical 100664).
    File,
    /// A file with its run bit set (100755).
    Executable,
    /// A symbolic link (120000).
    Symlink,
    /// A submodule (160000).
    Submodule,
}

impl Mode {
    /// True for what has content of its own.
    #[must_use]
    pub fn is_file(self) -> bool {
        matches!(self, Self::File | Self::Executable)
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::File => "a file",
            Self::Executable => "an executable file",
            Self::Symlink => "a symbolic link",
            Self::Submodule => "a submodule",
        })
    }
}

/// One entry of a tree or an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its path.
    pub path: RepoPath,
    /// Its mode.
    pub mode: Mode,
    /// Its object (for a submodule: a commit of another repository).
    pub id: ObjectId,
}

/// One path whose entries differ between two sides; at least one side has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The path on both sides.
    pub path: RepoPath,
    /// The entry before, if any.
    pub before: Option<Entry>,
    /// The entry after, if any.
    pub after: Option<Entry>,
}

/// A file to write into the index and the work tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Write {
    /// Its path.
    pub path: RepoPath,
    /// Its whole content; `None` to remove it.
    pub content: Option<Vec<u8>>,
}

/// One state of the repository's content.
#[derive(Debug, Clone)]
pub enum Side {
    /// The tree of a commit, by the ID of the commit.
    Commit(ObjectId),
    /// The index that is about to be committed: its entries, sorted by path.
    Index(Arc<Vec<Entry>>),
}

/// The content of a blob.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Blob {
    /// Its whole content.
    Bytes(Vec<u8>),
    /// Its size in bytes; larger than the limit, so it was not read.
    TooLarge(u64),
}

/// The entry that one path had from one revision on, while walking a first-parent line backwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The oldest commit of the run of revisions in which the path had this entry.
    pub commit: ObjectId,
    /// The entry; `None` while the path did not exist.
    pub entry: Option<Entry>,
}

/// Called with each commit and what it changed; says whether to go on.
pub type ChangeVisitor<'v> = dyn FnMut(ObjectId, Vec<Difference>) -> ControlFlow<()> + 'v;

/// Why an object could not be read. It always means: not judged.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{what} cannot be read: {why}")]
pub struct ObjectError {
    /// The thing and its place, for example `tree 1a2b3c4d5e6f of sdd/adrs`.
    pub what: String,
    /// What went wrong.
    pub why: String,
    /// What to do, with a command where possible.
    pub remedy: String,
}

/// The content of a repository, read-only. Implemented by [`crate::git`] and by an in-memory store for tests.
///
/// Every answer is sorted by path, holds only paths that `watch` matches, and is complete: an error never shortens it.
pub trait Objects {
    /// All watched entries of one side.
    fn entries(&self, side: &Side, watch: &PathSet) -> Result<Vec<Entry>, ObjectError>;

    /// The watched paths that differ between two sides; without a before side, everything is new.
    fn differences(
        &self,
        before: Option<&Side>,
        after: &Side,
        watch: &PathSet,
    ) -> Result<Vec<Difference>, ObjectError>;

    /// The entry at one path, whatever it is.
    fn entry(&self, side: &Side, path: &RepoPath) -> Result<Option<Entry>, ObjectError>;

    /// The content of a blob of at most `limit` bytes; the size is asked for before the body is read.
    fn blob(&self, id: ObjectId, limit: u64) -> Result<Blob, ObjectError>;

    /// The versions of one path on the first-parent line that ends in `commit`, newest first. Commits in a row with the
    /// same entry are one version.
    fn versions(&self, commit: ObjectId, path: &RepoPath) -> Result<Vec<Version>, ObjectError>;

    /// Visits the commits of the first-parent line that ends in `commit`, newest first, each with its differences from
    /// its first parent in watched paths; for the root, everything. Stops, without an error, when `visit` breaks.
    fn first_parent_changes(
        &self,
        commit: ObjectId,
        watch: &PathSet,
        visit: &mut ChangeVisitor<'_>,
    ) -> Result<(), ObjectError>;
}
