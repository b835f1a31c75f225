//! Merge bases, by Git's own algorithm: both sides are painted from newest to oldest until only common history is left.
//! libgit2's would take the boundary of a shallow clone for a root.

use std::collections::{BinaryHeap, HashMap, HashSet};

use super::Repository;
use crate::repo::{ObjectError, ObjectId};

const ONE: u8 = 1;
const OTHER: u8 = 2;
const BOTH: u8 = ONE | OTHER;
/// An ancestor of a common commit.
const STALE: u8 = 4;
/// In the list of common commits.
const LISTED: u8 = 8;

/// The commits reached from one commit and from others.
#[derive(Debug, Default)]
pub(super) struct Reach {
    paint: HashMap<ObjectId, u8>,
    commits: HashMap<ObjectId, (i64, Vec<ObjectId>)>,
    /// Common commits, in the order they were met.
    common: Vec<ObjectId>,
}

impl Reach {
    /// True when `one` was reached from the others.
    pub(super) fn others_reach(&self, one: ObjectId) -> bool {
        self.has(one, OTHER)
    }

    /// True when it was reached from the one.
    pub(super) fn one_reaches(&self, id: ObjectId) -> bool {
        self.has(id, ONE)
    }

    fn has(&self, id: ObjectId, paint: u8) -> bool {
        self.paint.get(&id).is_some_and(|found| found & paint != 0)
    }
}

impl Repository {
    /// The best common ancestor of two commits: of several, the newest. `None` when they share no history; an error
    /// when a shallow clone hides it.
    pub fn merge_base(
        &self,
        one: ObjectId,
        other: ObjectId,
    ) -> Result<Option<ObjectId>, ObjectError> {
        self.merge_base_with_any(one, &[other])
    }

    /// The newest commit that `one` shares with any of the others.
    pub fn merge_base_with_any(
        &self,
        one: ObjectId,
        others: &[ObjectId],
    ) -> Result<Option<ObjectId>, ObjectError> {
        if others.is_empty() || others.contains(&one) {
            return Ok(others.first().map(|_| one));
        }
        let reach = self.reach(one, others)?;
        self.newest_independent(
            reach
                .common
                .iter()
                .copied()
                .filter(|id| !reach.has(*id, STALE))
                .collect(),
        )
    }

    /// The newest of those commits that no other of them reaches.
    pub fn newest_independent(
        &self,
        commits: Vec<ObjectId>,
    ) -> Result<Option<ObjectId>, ObjectError> {
        let mut best: Option<(i64, ObjectId)> = None;
        for id in self.independent(commits)? {
            best = best.max(Some((self.commit(id)?.time, id)));
        }
        Ok(best.map(|(_, id)| id))
    }

    /// The commits that no other of them reaches. Wrong dates can make the walk list others.
    fn independent(&self, mut candidates: Vec<ObjectId>) -> Result<Vec<ObjectId>, ObjectError> {
        candidates.sort();
        candidates.dedup();
        let mut at = 0;
        while candidates.len() > 1 && at < candidates.len() {
            let one = candidates[at];
            let others: Vec<ObjectId> =
                candidates.iter().copied().filter(|id| *id != one).collect();
            if self.reach(one, &others)?.others_reach(one) {
                candidates.remove(at);
            } else {
                at += 1;
            }
        }
        Ok(candidates)
    }

    /// Paints the history of one commit and of others until only common history is left to paint.
    pub(super) fn reach(&self, one: ObjectId, others: &[ObjectId]) -> Result<Reach, ObjectError> {
        let mut reach = Reach::default();
        let mut queue = BinaryHeap::new();
        // Queued commits that are not common history.
        let mut fresh = HashSet::new();
        let sides = std::iter::once((one, ONE)).chain(others.iter().map(|id| (*id, OTHER)));
        for (id, paint) in sides {
            self.touch(id, paint, &mut reach, &mut queue, &mut fresh)?;
        }
        while !fresh.is_empty()
            && let Some((_, id)) = queue.pop()
        {
            fresh.remove(&id);
            let found = reach.paint.entry(id).or_default();
            let mut paint = *found & !LISTED;
            if *found == BOTH {
                *found |= LISTED;
                reach.common.push(id);
            }
            if paint & BOTH == BOTH {
                paint |= STALE;
            }
            let Some((_, parents)) = reach.commits.get(&id) else {
                continue;
            };
            if self.boundary.contains(&id) && !parents.is_empty() {
                // Ancestors of common history cannot change the answer.
                if paint & STALE != 0 {
                    continue;
                }
                return Err(super::error::shallow(id));
            }
            for parent in parents.clone() {
                self.touch(parent, paint, &mut reach, &mut queue, &mut fresh)?;
            }
        }
        Ok(reach)
    }

    fn touch(
        &self,
        id: ObjectId,
        paint: u8,
        reach: &mut Reach,
        queue: &mut BinaryHeap<(i64, ObjectId)>,
        fresh: &mut HashSet<ObjectId>,
    ) -> Result<(), ObjectError> {
        let found = reach.paint.entry(id).or_default();
        if *found & paint == paint {
            return Ok(());
        }
        *found |= paint;
        let stale = *found & STALE != 0;
        let known = reach.commits.get(&id).map(|(time, _)| *time);
        let time = if let Some(time) = known {
            time
        } else {
            let commit = self.commit(id)?;
            reach.commits.insert(id, (commit.time, commit.parents));
            commit.time
        };
        queue.push((time, id));
        if stale {
            fresh.remove(&id);
        } else {
            fresh.insert(id);
        }
        Ok(())
    }
}
