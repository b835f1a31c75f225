//! Ways round the rules, and what merely looks like one: every case is a real commit or push by the real git, against hooks
//! that `graven install` put in place. `docs/evasion.md` lists them, and how to try another tool on them.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]

#[path = "../support/mod.rs"]
mod support;

mod case;
mod list;
mod trial;

mod ways;

use case::Group;

/// Every group, in the order of the page.
const GROUPS: &[&Group] = &[&ways::history::GROUP];

#[test]
fn ways_through_the_history_are_closed() {
    trial::hold(&ways::history::GROUP);
}
