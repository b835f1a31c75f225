//! A force-push of a protected branch. The versions on its new line become the history of the records, to which they may be
//! put back, so that line must not hold a frozen version that was never published. Does not depend on refs.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use super::inputs::BatchInputs;
use super::problems::problem_about;
use crate::change::edit::Version;
use crate::change::legality::legal;
use crate::repo::{Difference, Entry, ObjectError, ObjectId, RepoPath, Side};
use crate::report::{Origin, Problem};
use crate::rules::rule::RefMove;

/// Per path, the entries that no tree of the published line had, with the commits that introduced them, newest first.
type NewVersions = BTreeMap<RepoPath, Vec<(ObjectId, Entry)>>;

/// The unpublished versions of frozen records that the new line of a branch holds.
pub(super) fn check(inputs: &BatchInputs<'_>) -> Vec<Problem> {
    let [step] = inputs.batch.steps.as_slice() else {
        return Vec::new();
    };
    let Origin::Range {
        before: Some(before),
        after,
        ..
    } = step.origin
    else {
        return Vec::new();
    };
    let moved = |it: &RefMove| it.protected && it.before == Some(before) && it.after == Some(after);
    if !inputs.batch.moves.iter().any(moved) {
        return Vec::new();
    }
    new_versions(inputs, before, after)
        .and_then(|versions| unpublished(inputs, before, versions))
        .unwrap_or_else(|error| vec![problem_about(error, &step.origin)])
}

/// Walks both lines and gives what only the new one holds.
fn new_versions(
    inputs: &BatchInputs<'_>,
    before: ObjectId,
    after: ObjectId,
) -> Result<NewVersions, ObjectError> {
    let documents = &inputs.policy.documents;
    let (mut line, mut known) = (BTreeSet::new(), BTreeSet::new());
    let entries = |differences: Vec<Difference>| differences.into_iter().filter_map(|it| it.after);
    inputs
        .objects
        .first_parent_changes(before, documents, &mut |commit, differences| {
            line.insert(commit);
            known.extend(entries(differences).map(|entry| (entry.path, entry.id)));
            ControlFlow::Continue(())
        })?;
    let mut new = NewVersions::new();
    inputs
        .objects
        .first_parent_changes(after, documents, &mut |commit, differences| {
            if line.contains(&commit) {
                return ControlFlow::Break(());
            }
            for entry in entries(differences)
                .filter(|entry| !known.contains(&(entry.path.clone(), entry.id)))
            {
                new.entry(entry.path.clone())
                    .or_default()
                    .push((commit, entry));
            }
            ControlFlow::Continue(())
        })?;
    Ok(new)
}

/// A problem for each record that is frozen at the published tip and has another frozen version among the new ones.
fn unpublished(
    inputs: &BatchInputs<'_>,
    before: ObjectId,
    versions: NewVersions,
) -> Result<Vec<Problem>, ObjectError> {
    let mut problems = Vec::new();
    for (path, versions) in versions {
        let Some(kind) = inputs.policy.kind_of(&path) else {
            continue;
        };
        let Some(published) = inputs.objects.entry(&Side::Commit(before), &path)? else {
            continue;
        };
        let published = inputs.cache.document(&published, kind)?;
        if published.frozen().is_none() || !published.mode.is_file() {
            continue;
        }
        for (commit, entry) in versions
            .into_iter()
            .filter(|(_, entry)| entry.mode.is_file())
        {
            let version = inputs.cache.document(&entry, kind)?;
            if version.frozen().is_some()
                && !legal(&Version::of(&published), &Version::of(&version))
            {
                let message = format!(
                    "commit {} contains a version of {path} that was never published",
                    commit.short()
                );
                let advice =
                    "rebase onto the published tip, or merge with that tip as the first parent";
                problems.push(Problem::not_judged(message, advice));
                break;
            }
        }
    }
    Ok(problems)
}
