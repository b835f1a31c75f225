//! A protected branch that goes on from another line than the published one. What that line once said becomes the past of
//! the records, to which they may be put back, so it must not say what was never published. It must not know refs.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use super::Judge;
use crate::change::edit::Version;
use crate::change::legality::legal;
use crate::engine::Batch;
use crate::repo::{Difference, Entry, ObjectError, ObjectId, RepoPath, Side};
use crate::report::{Origin, Problem};
use crate::rules::rule::RefMove;

impl Judge<'_> {
    /// Notes what the new line of a branch says of records that stand frozen at its published tip.
    pub(super) fn check_line(&mut self, batch: &Batch) {
        let [step] = batch.steps.as_slice() else {
            return;
        };
        let Origin::Range {
            before: Some(before),
            after,
            ..
        } = step.origin
        else {
            return;
        };
        let moved =
            |it: &RefMove| it.protected && it.before == Some(before) && it.after == Some(after);
        if batch.moves.iter().any(moved) {
            match self.planted(before, after) {
                Ok(problems) => self.problems.extend(problems),
                Err(error) => self.problems.push(super::about(error, &step.origin)),
            }
        }
    }

    fn planted(&self, before: ObjectId, after: ObjectId) -> Result<Vec<Problem>, ObjectError> {
        let (mut line, mut said) = (BTreeSet::new(), BTreeSet::new());
        let entries =
            |differences: Vec<Difference>| differences.into_iter().filter_map(|it| it.after);
        self.objects.past(
            before,
            &self.policy.documents,
            &mut |commit, differences| {
                line.insert(commit);
                said.extend(entries(differences).map(|entry| (entry.path, entry.id)));
                ControlFlow::Continue(())
            },
        )?;
        let mut new: BTreeMap<RepoPath, Vec<(ObjectId, Entry)>> = BTreeMap::new();
        self.objects
            .past(after, &self.policy.documents, &mut |commit, differences| {
                if line.contains(&commit) {
                    return ControlFlow::Break(());
                }
                for entry in entries(differences)
                    .filter(|entry| !said.contains(&(entry.path.clone(), entry.id)))
                {
                    new.entry(entry.path.clone())
                        .or_default()
                        .push((commit, entry));
                }
                ControlFlow::Continue(())
            })?;
        let mut problems = Vec::new();
        for (path, versions) in new {
            let Some(kind) = self.policy.kind_of(&path) else {
                continue;
            };
            let Some(published) = self.objects.entry(&Side::Commit(before), &path)? else {
                continue;
            };
            let published = self.cache.document(&published, kind)?;
            if published.frozen().is_none() || !published.mode.is_file() {
                continue;
            }
            for (commit, entry) in versions
                .into_iter()
                .filter(|(_, entry)| entry.mode.is_file())
            {
                let version = self.cache.document(&entry, kind)?;
                if version.frozen().is_some()
                    && !legal(&Version::of(&published), &Version::of(&version))
                {
                    let message = format!(
                        "commit {} has {path} in words that were never published",
                        commit.short()
                    );
                    let advice = "let the branch go on from its published tip: merge into it, with that tip first";
                    problems.push(Problem::not_judged(message, advice));
                    break;
                }
            }
        }
        Ok(problems)
    }
}
