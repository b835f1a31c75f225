//! Steps and a policy in, a report out.

use std::sync::Arc;

use crate::object::{ObjectId, Side};
use crate::policy::Policy;
use crate::report::{Origin, Problem};
use crate::rule::RefMove;

/// One way from a revision to the next.
#[derive(Debug, Clone)]
pub struct Step {
    /// The state before; `None` when nothing was published yet, so that nothing can have been broken.
    pub before: Option<Side>,
    /// The state after.
    pub after: Side,
    /// Where it comes from.
    pub origin: Origin,
    /// The tip of the protected branch, where it is neither side (numbers may have been taken there meanwhile).
    pub published: Option<Side>,
    /// Further parents of the commit, when every commit is judged: what stands in one of them as well was judged there.
    pub other_parents: Vec<ObjectId>,
}

/// What was asked about under one policy: the steps of one ref, or one staged change.
#[derive(Debug, Clone)]
pub struct Batch {
    /// The policy from before.
    pub policy: Arc<Policy>,
    /// The moves of refs that bring the steps.
    pub moves: Vec<RefMove>,
    /// The steps, oldest first.
    pub steps: Vec<Step>,
    /// What could not be judged while the steps were found.
    pub problems: Vec<Problem>,
}
