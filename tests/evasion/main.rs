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
const GROUPS: &[&Group] = &[
    &ways::history::GROUP,
    &ways::merges::GROUP,
    &ways::branches::GROUP,
    &ways::places::GROUP,
    &ways::sections::GROUP,
    &ways::policies::GROUP,
    &ways::waivers::GROUP,
    &ways::objects::GROUP,
    &ways::clones::GROUP,
];

#[test]
fn ways_through_the_history_are_closed() {
    trial::hold(&ways::history::GROUP);
}

#[test]
fn ways_by_merges_are_closed() {
    trial::hold(&ways::merges::GROUP);
}

#[test]
fn ways_by_the_names_of_refs_are_closed() {
    trial::hold(&ways::branches::GROUP);
}

#[test]
fn ways_by_the_place_of_a_record_are_closed() {
    trial::hold(&ways::places::GROUP);
}

#[test]
fn ways_by_the_sections_of_a_spec_are_closed() {
    trial::hold(&ways::sections::GROUP);
}

#[test]
fn ways_by_the_policy_are_closed() {
    trial::hold(&ways::policies::GROUP);
}

#[test]
fn ways_by_waivers_are_closed() {
    trial::hold(&ways::waivers::GROUP);
}

#[test]
fn ways_by_odd_objects_are_closed() {
    trial::hold(&ways::objects::GROUP);
}

#[test]
fn ways_past_the_hooks_of_a_clone_are_closed() {
    trial::hold(&ways::clones::GROUP);
}
