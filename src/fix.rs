//! What a person does instead of what is refused, worked out as edits: documents, a policy and a date in, files to write
//! out. Each edit is read again and held against what was wanted before it is handed over. It must not know Git, the
//! terminal or the clock.

use std::fmt;

use crate::repo::RepoPath;
use crate::report::Problem;

pub mod deprecate;
pub(crate) mod done;
pub mod file_name;
mod layout;
mod letter_case;
mod mark_superseded;
mod new_document;
pub mod next_number;
mod plain_record;
mod reference;
mod relation_line;
mod status_site;
pub mod succession;
pub mod supersede;
mod template;
#[cfg(test)]
mod tests;
mod text_edit;

/// Why a remedy cannot be carried out. Nothing is written then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CannotDo {
    /// One line, lower case, no full stop. Holds foreign text.
    pub what: String,
    /// The file it is about, where the line does not name it already.
    pub place: Option<RepoPath>,
    /// What can be done instead.
    pub remedy: String,
}

impl CannotDo {
    /// A complaint that names its place itself, or has none.
    #[must_use]
    pub fn new(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            place: None,
            remedy: remedy.into(),
        }
    }

    /// A complaint about one file.
    #[must_use]
    pub fn at(path: &RepoPath, what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            place: Some(path.clone()),
            ..Self::new(what, remedy)
        }
    }
}

impl std::error::Error for CannotDo {}

impl fmt::Display for CannotDo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Some(path) => write!(f, "{path}: {}", self.what),
            None => f.write_str(&self.what),
        }
    }
}

impl From<CannotDo> for Problem {
    fn from(error: CannotDo) -> Self {
        Self::not_judged(error.to_string(), error.remedy)
    }
}
