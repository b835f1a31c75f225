//! The table of steps, row by row, on real repositories: what is compared with what, and under whose policy; and
//! the hooks that ask for it.

mod asked;
mod hook;
mod pushed;
mod staged;
mod subjects;

use graven::engine::Batch;
use graven::repo::{ObjectId, Side};

const MAIN: &[&str] = &["HEAD", "main", "master"];

fn commit(side: Option<&Side>) -> Option<ObjectId> {
    match side {
        Some(Side::Commit(commit)) => Some(*commit),
        Some(Side::Index(_)) => panic!("an index"),
        None => None,
    }
}

/// Before and after of every step; `None` after is the index.
fn sides(batch: &Batch) -> Vec<(Option<ObjectId>, Option<ObjectId>)> {
    assert!(batch.problems.is_empty(), "{:?}", batch.problems);
    let after = |side: &Side| {
        if let Side::Commit(commit) = side {
            Some(*commit)
        } else {
            None
        }
    };
    batch
        .steps
        .iter()
        .map(|step| (commit(step.before.as_ref()), after(&step.after)))
        .collect()
}
