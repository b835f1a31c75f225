//! What could not be judged in a batch: for good, or until a later step changes the file again.

use std::collections::BTreeMap;

use super::Step;
use crate::change::Change;
use crate::document::{Content, Document, Unreadable};
use crate::policy::kind::Freeze;
use crate::repo::{ObjectError, RepoPath};
use crate::report::{Origin, Problem};

/// The problems of a batch.
#[derive(Debug, Default)]
pub(super) struct BatchProblems {
    list: Vec<Problem>,
    /// What is wrong with a file, by path, until a later step changes that file.
    of_files: BTreeMap<RepoPath, Vec<Problem>>,
}

impl BatchProblems {
    pub(super) fn add(&mut self, problem: Problem) {
        self.list.push(problem);
    }

    pub(super) fn extend(&mut self, problems: impl IntoIterator<Item = Problem>) {
        self.list.extend(problems);
    }

    pub(super) fn add_error(&mut self, error: ObjectError, origin: &Origin) {
        self.list.push(problem_about(error, origin));
    }

    /// Sets the problems of a file, replacing the earlier ones.
    pub(super) fn set_of_file(&mut self, path: &RepoPath, problems: Vec<Problem>) {
        if problems.is_empty() {
            self.of_files.remove(path);
        } else {
            self.of_files.insert(path.clone(), problems);
        }
    }

    /// All of them: those of files come last, by path.
    pub(super) fn into_list(self) -> Vec<Problem> {
        let mut list = self.list;
        list.extend(self.of_files.into_values().flatten());
        list
    }
}

/// An error met while a step was judged.
pub(super) fn problem_about(error: ObjectError, origin: &Origin) -> Problem {
    let mut problem = Problem::from(error);
    problem.message.push_str(&at_commit(origin));
    problem
}

/// Names the commit of a step, for the end of a message.
pub(super) fn at_commit(origin: &Origin) -> String {
    match origin.after() {
        Some(commit) => format!(" (commit {})", commit.short()),
        None => String::new(),
    }
}

/// Notes the documents of a step that cannot be read and so not judged. Where a frozen version became unreadable, a rule
/// reports it.
pub(super) fn note_unreadable(changes: &[Change], step: &Step, problems: &mut BatchProblems) {
    for change in changes {
        for document in change.before().into_iter().chain(change.after()) {
            problems.set_of_file(&document.path, Vec::new());
        }
        if let Some((before, why)) = unreadable_frozen_before(change) {
            let message = format!(
                "the published {} cannot be compared{}: {why}",
                before.path,
                at_commit(&step.origin)
            );
            let advice =
                "leave it unchanged, or raise limits.blob in the policy if it is too large";
            // No later step can fix it: the published version is lost by then.
            problems.add(Problem::not_judged(message, advice));
        }
        let Some(after) = change.after() else {
            continue;
        };
        let Content::Unreadable(why) = &after.content else {
            continue;
        };
        if change.before().and_then(|before| before.frozen()).is_none() {
            let message = format!(
                "{} cannot be read{}: {why}",
                after.path,
                at_commit(&step.origin)
            );
            let advice = "save it as UTF-8 text no larger than limits.blob, or exclude it from the paths of its kind";
            // A first import cannot have broken anything; an audit reports what it could not read.
            let brought_in = step.before.is_none() && !matches!(step.origin, Origin::Commit { .. });
            let problem = if brought_in {
                Problem::warning
            } else {
                Problem::not_judged
            };
            problems.set_of_file(&after.path, vec![problem(message, advice)]);
        }
    }
}

/// The published version, where it may be frozen and cannot be compared with the one that replaces it. A version that
/// freezes by its status and is not text at all shows no status, and may be mended.
fn unreadable_frozen_before(change: &Change) -> Option<(&Document, &Unreadable)> {
    let before = change.before()?;
    let Content::Unreadable(why) = &before.content else {
        return None;
    };
    let may_be_frozen = match (before.kind.freeze, why) {
        // Its deletion is a finding.
        (Freeze::WhenCommitted, _) => change.after().is_some() && before.frozen().is_some(),
        (Freeze::WhenAccepted, Unreadable::TooLarge(..)) => true,
        (Freeze::WhenAccepted | Freeze::Never, _) => false,
    };
    may_be_frozen.then_some((before, why))
}
