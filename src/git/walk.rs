//! Walks along the history, by the parents as written in the commits.

use std::collections::HashSet;

use super::{Commit, Repository};
use crate::repo::{ObjectError, ObjectId};

impl Repository {
    /// The first-parent line that ends in `from`, newest first. Ends with an error where a shallow clone ends.
    pub fn first_parents(
        &self,
        from: ObjectId,
    ) -> impl Iterator<Item = Result<(ObjectId, Commit), ObjectError>> {
        let mut next = Some(Ok(from));
        std::iter::from_fn(move || {
            let read = next.take()?.and_then(|id| Ok((id, self.commit(id)?)));
            if let Ok((id, commit)) = &read {
                let parents = self.parents_of(*id, commit);
                next = parents.map(|parents| parents.first().copied()).transpose();
            }
            Some(read)
        })
    }

    /// Every commit that `from` reaches, each after its parents, first parents first.
    pub fn all_commits(&self, from: ObjectId) -> Result<Vec<(ObjectId, Commit)>, ObjectError> {
        let mut seen = HashSet::from([from]);
        let mut found = Vec::new();
        // A commit, and how many of its parents have been followed.
        let mut open = vec![(from, self.commit(from)?, 0)];
        while let Some((id, commit, followed)) = open.last_mut() {
            match self.parents_of(*id, commit)?.get(*followed).copied() {
                Some(parent) => {
                    *followed += 1;
                    if seen.insert(parent) {
                        open.push((parent, self.commit(parent)?, 0));
                    }
                }
                None => found.extend(open.pop().map(|(id, commit, _)| (id, commit))),
            }
        }
        Ok(found)
    }

    /// The commits of `after`'s first-parent line that follow `before`, oldest first; `None` when `before` is not on
    /// it.
    pub fn first_parents_between(
        &self,
        before: ObjectId,
        after: ObjectId,
    ) -> Result<Option<Vec<(ObjectId, Commit)>>, ObjectError> {
        // Common history shows early that the line can no longer meet `before`.
        let reach = self.reach(before, &[after])?;
        if !reach.others_reach(before) {
            return Ok(None);
        }
        let mut line = Vec::new();
        for step in self.first_parents(after) {
            let (id, commit) = step?;
            if id == before {
                line.reverse();
                return Ok(Some(line));
            }
            if reach.one_reaches(id) {
                return Ok(None);
            }
            line.push((id, commit));
        }
        Ok(None)
    }

    /// The subject lines of the commits of `after`'s first-parent line that `before` does not reach, oldest first; of
    /// more than `most` the newest. Merged commits are not part of the line.
    pub fn first_parent_subjects(
        &self,
        before: Option<ObjectId>,
        after: ObjectId,
        most: usize,
    ) -> Result<Vec<String>, ObjectError> {
        let reach = before
            .map(|before| self.reach(before, &[after]))
            .transpose()?;
        let mut subjects = Vec::new();
        for step in self.first_parents(after).take(most) {
            let (id, commit) = step?;
            if reach.as_ref().is_some_and(|reach| reach.one_reaches(id)) {
                break;
            }
            subjects.push(commit.subject);
        }
        subjects.reverse();
        Ok(subjects)
    }
}
