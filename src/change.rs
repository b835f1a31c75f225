//! What a step did to each document: before and after paired once, by path, then by kind, number and content. Rules see
//! the result. Does not depend on which rule asks, nor what is allowed.

use std::sync::Arc;

use crate::document::Document;
use crate::policy::kind::Kind;
use crate::repo::{Mode, RepoPath};

pub mod diff;
pub mod document_cache;
pub mod edit;
pub mod entry;
pub mod history;
pub mod legality;
mod pair;
pub mod sections;
pub mod snapshot;

pub use pair::{Pairing, pair};

/// What happened to one document.
#[derive(Debug, Clone)]
pub enum Change {
    /// It is new.
    Added {
        /// The new document.
        after: Arc<Document>,
    },
    /// It is gone, and nothing like it stands elsewhere.
    Deleted {
        /// The document that is gone.
        before: Arc<Document>,
        /// What stands at its path instead, when it is not a file: a symbolic link or a submodule.
        replaced_by: Option<Mode>,
        /// The document that now bears its number, if any.
        heir: Option<Arc<Document>>,
    },
    /// It stands where it stood, with other content or another mode.
    Edited {
        /// The published version.
        before: Arc<Document>,
        /// The proposed version.
        after: Arc<Document>,
    },
    /// It stands elsewhere, under the same number or another, perhaps with other content.
    Moved {
        /// The published version.
        before: Arc<Document>,
        /// The proposed version.
        after: Arc<Document>,
    },
}

impl Change {
    /// The published version, if there is one.
    #[must_use]
    pub fn before(&self) -> Option<&Arc<Document>> {
        match self {
            Self::Added { .. } => None,
            Self::Deleted { before, .. }
            | Self::Edited { before, .. }
            | Self::Moved { before, .. } => Some(before),
        }
    }

    /// The proposed version, if there is one.
    #[must_use]
    pub fn after(&self) -> Option<&Arc<Document>> {
        match self {
            Self::Deleted { .. } => None,
            Self::Added { after } | Self::Edited { after, .. } | Self::Moved { after, .. } => {
                Some(after)
            }
        }
    }

    /// Both versions, when there are two.
    #[must_use]
    pub fn both(&self) -> Option<(&Arc<Document>, &Arc<Document>)> {
        Some((self.before()?, self.after()?))
    }

    /// The path a person looks for: the new one, else the one that is gone.
    #[must_use]
    pub fn path(&self) -> Option<&RepoPath> {
        self.after()
            .or(self.before())
            .map(|document| &document.path)
    }
}

/// A file that the step added near the documents of a kind, named so that it is none of them.
#[derive(Debug, Clone)]
pub struct Stray {
    /// Its place.
    pub path: RepoPath,
    /// The kind whose documents stand there.
    pub kind: Arc<Kind>,
}
