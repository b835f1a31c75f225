//! Which paths a step changes, among those that somebody asks about. Does not depend on what stands at a path.

use std::borrow::Cow;
use std::fmt;

use crate::repo::{Difference, ObjectError, ObjectId, Objects, PathSet, Side};

/// The two sides of a step, held against each other.
pub struct TreeDiff<'a> {
    objects: &'a dyn Objects,
    before: Option<&'a Side>,
    after: &'a Side,
    /// Further parents of the commit, when every commit is judged.
    other_parents: &'a [ObjectId],
}

impl<'a> TreeDiff<'a> {
    /// Nothing is compared yet. Without a before side everything is new.
    #[must_use]
    pub fn new(
        objects: &'a dyn Objects,
        before: Option<&'a Side>,
        after: &'a Side,
        other_parents: &'a [ObjectId],
    ) -> Self {
        Self {
            objects,
            before,
            after,
            other_parents,
        }
    }

    /// What differs between the two sides, sorted by path.
    pub fn between(&self, globs: &PathSet) -> Result<Vec<Difference>, ObjectError> {
        self.objects.differences(self.before, self.after, globs)
    }

    /// The part of it that stands in no other parent of the commit: the rest was judged there.
    pub fn left_over<'d>(
        &self,
        compared: &'d [Difference],
    ) -> Result<Cow<'d, [Difference]>, ObjectError> {
        let mut differences = Cow::Borrowed(compared);
        for parent in self.other_parents {
            let side = Side::Commit(*parent);
            let mut left = Vec::new();
            for difference in differences.iter() {
                if self.objects.entry(&side, &difference.path)? != difference.after {
                    left.push(difference.clone());
                }
            }
            differences = Cow::Owned(left);
        }
        Ok(differences)
    }
}

impl fmt::Debug for TreeDiff<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TreeDiff({:?} to {:?})", self.before, self.after)
    }
}
