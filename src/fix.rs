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

pub mod supersede;
pub mod supersede_plan;
mod template;
#[cfg(test)]
mod tests;
mod text_edit;

/// A problem with one file: nothing is written then.
fn cannot(path: &RepoPath, what: impl fmt::Display, advice: impl Into<String>) -> Problem {
    Problem::not_judged(format!("{path}: {what}"), advice)
}
