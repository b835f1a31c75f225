//! Ways round the rules, and what merely looks like one: every case is a real commit or push by the real git, against hooks
//! that `graven install` put in place. `tests/golden/evasion.md` lists them; `docs/evasion.md` says how
//! to try another tool on them.

mod case;
mod legal;
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
    &ways::letters::GROUP,
    &ways::paths::GROUP,
    &ways::bytes::GROUP,
    &ways::markup::GROUP,
    &ways::declared::GROUP,
    &legal::history::GROUP,
    &legal::branches::GROUP,
    &legal::refs::GROUP,
    &legal::records::GROUP,
    &legal::status::GROUP,
    &legal::specs::GROUP,
    &legal::tests::GROUP,
    &legal::backlog::GROUP,
    &legal::elsewhere::GROUP,
    &legal::scripts::GROUP,
    &legal::policy::GROUP,
    &legal::presets::GROUP,
    &legal::past::GROUP,
    &legal::unguarded::GROUP,
    &legal::commands::GROUP,
    &legal::remedies::GROUP,
    &legal::shown::GROUP,
];

// spec: EVADE-001
// spec: EVADE-002
// spec: EVADE-003
#[test]
fn ways_through_the_history_are_closed() {
    trial::hold(&ways::history::GROUP);
}

// spec: EVADE-008
#[test]
fn ways_by_merges_are_closed() {
    trial::hold(&ways::merges::GROUP);
}

// spec: EVADE-005
// spec: EVADE-006
#[test]
fn ways_by_the_names_of_refs_are_closed() {
    trial::hold(&ways::branches::GROUP);
}

#[test]
fn ways_by_the_place_of_a_record_are_closed() {
    trial::hold(&ways::places::GROUP);
}

// spec: EVADE-002
#[test]
fn ways_by_the_sections_of_a_spec_are_closed() {
    trial::hold(&ways::sections::GROUP);
}

// spec: EVADE-004
#[test]
fn ways_by_the_policy_are_closed() {
    trial::hold(&ways::policies::GROUP);
}

#[test]
fn ways_by_waivers_are_closed() {
    trial::hold(&ways::waivers::GROUP);
}

// spec: EVADE-007
#[test]
fn ways_by_odd_objects_are_closed() {
    trial::hold(&ways::objects::GROUP);
}

#[test]
fn ways_past_the_hooks_of_a_clone_are_closed() {
    trial::hold(&ways::clones::GROUP);
}

#[test]
fn ways_through_letters_are_closed() {
    trial::hold(&ways::letters::GROUP);
}

#[test]
fn ways_through_paths_are_closed() {
    trial::hold(&ways::paths::GROUP);
}

#[test]
fn ways_through_bytes_are_closed() {
    trial::hold(&ways::bytes::GROUP);
}

#[test]
fn ways_through_markup_are_closed() {
    trial::hold(&ways::markup::GROUP);
}

#[test]
fn ways_through_declarations_are_closed() {
    trial::hold(&ways::declared::GROUP);
}

#[test]
fn merges_reverts_and_picks_passes() {
    trial::hold(&legal::history::GROUP);
}

#[test]
fn what_happens_to_branches_passes() {
    trial::hold(&legal::branches::GROUP);
}

#[test]
fn what_is_pushed_and_is_no_branch_passes() {
    trial::hold(&legal::refs::GROUP);
}

#[test]
fn what_frozen_records_may_undergo_passes() {
    trial::hold(&legal::records::GROUP);
}

#[test]
fn the_life_of_a_record_passes() {
    trial::hold(&legal::status::GROUP);
}

#[test]
fn the_life_of_a_spec_passes() {
    trial::hold(&legal::specs::GROUP);
}

#[test]
fn work_on_tests_passes() {
    trial::hold(&legal::tests::GROUP);
}

#[test]
fn work_on_the_backlog_passes() {
    trial::hold(&legal::backlog::GROUP);
}

#[test]
fn what_is_odd_elsewhere_passes() {
    trial::hold(&legal::elsewhere::GROUP);
}

#[test]
fn text_in_every_script_passes() {
    trial::hold(&legal::scripts::GROUP);
}

#[test]
fn a_policy_that_grows_passes() {
    trial::hold(&legal::policy::GROUP);
}

#[test]
fn work_with_other_presets_passes() {
    trial::hold(&legal::presets::GROUP);
}

#[test]
fn work_beside_old_faults_passes() {
    trial::hold(&legal::past::GROUP);
}

#[test]
fn work_where_nothing_is_guarded_passes() {
    trial::hold(&legal::unguarded::GROUP);
}

#[test]
fn every_command_of_git_passes() {
    trial::hold(&legal::commands::GROUP);
}

#[test]
fn what_the_remedies_write_passes() {
    trial::hold(&legal::remedies::GROUP);
}

#[test]
fn what_is_only_shown_passes() {
    trial::hold(&legal::shown::GROUP);
}
