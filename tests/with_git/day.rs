//! A day in the life of a team: graven is adopted in a project that has a past, and then records are made, changed and
//! ended in the ways that the process has for it, on branches, through real hooks and real pushes. Each right way is
//! followed by the wrong one, which is refused.

mod project;
mod records;
mod specs;
mod work;

use project::Project;

/// The parts of the day build on each other, so they are one test.
#[test]
fn a_day_in_the_life() {
    let project = Project::adopt();
    records::an_adr_is_proposed_and_accepted(&project);
    records::an_adr_is_superseded(&project);
    records::a_research_note_is_corrected(&project);
    specs::a_section_is_deprecated(&project);
    specs::a_section_moves_to_another_spec(&project);
    specs::a_spec_comes_with_its_tests(&project);
    work::a_backlog_item_is_finished(&project);
    work::a_bug_is_fixed(&project);
    project.ends_clean();
}
