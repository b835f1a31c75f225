use std::sync::Arc;

use crate::engine::{Batch, JudgeContext, Step, judge};
use crate::repo::memory::Memory;
use crate::repo::{Mode, ObjectId, Side};
use crate::report::{Origin, State};
use crate::rules::RULES;

const SPEC: &str = "sdd/specs/004-path.md";

const OTHER: &str = "sdd/specs/001-store.md";

const PUBLISHED: &str = "# Paths\n\n\
## PATH-001: Absolute paths\n\nEvery path is absolute after normalization.\n\n\
## PATH-002: Double dots\n\nA path that holds two dots in a row is rejected.\n\n\
## PATH-003: Empty segments\n\nRuns of slashes collapse into a single slash.\n";

/// Judges a line of revisions, the first of which begins the history: live findings that refuse, as `step rule subject`,
/// steps counted from the second revision.
fn refused(revisions: &[&[(&str, &str)]]) -> Vec<String> {
    let mut memory = Memory::default();
    let mut line: Vec<ObjectId> = Vec::new();
    for files in revisions {
        let files = files
            .iter()
            .map(|(path, text)| (*path, Mode::File, text.as_bytes()));
        line.push(memory.commit(line.last().copied(), files));
    }
    let steps = line.iter().enumerate().map(|(at, &commit)| {
        let before = at.checked_sub(1).map(|at| line[at]);
        let origin = Origin::Commit {
            before,
            commit,
            subject: String::new(),
            time: 0,
        };
        let (before, after) = (before.map(Side::Commit), Side::Commit(commit));
        Step {
            before,
            after,
            origin,
            published: None,
            subjects: None,
            other_parents: Vec::new(),
        }
    });
    let policy = Arc::new(crate::policy::built_in());
    let batch = Batch {
        policy,
        moves: Vec::new(),
        steps: steps.collect(),
        problems: Vec::new(),
    };
    let mut context = JudgeContext {
        objects: &memory,
        rules: RULES,
        rule_names: &[],
        progress: &mut |_, _| {},
    };
    let report = judge(&[batch], &mut context);
    assert!(report.problems.is_empty(), "{:?}", report.problems);
    let standing = report
        .findings
        .iter()
        .filter(|finding| finding.state == State::Live && finding.refuses());
    standing
        .map(|finding| {
            let step = line
                .iter()
                .position(|&commit| finding.origin.after() == Some(commit))
                .unwrap();
            format!("{step} {} {}", finding.rule, finding.subject)
        })
        .collect()
}

#[test]
fn putting_a_redefined_section_back_is_allowed_and_undoes_it() {
    let broken = PUBLISHED
        .replace("Empty segments", "Case folding")
        .replace("Runs of slashes collapse into a single", "No");
    assert_eq!(
        refused(&[&[(SPEC, PUBLISHED)], &[(SPEC, &broken)]]),
        ["1 section-redefined PATH-003"]
    );
    assert!(
        refused(&[
            &[(SPEC, PUBLISHED)],
            &[(SPEC, &broken)],
            &[(SPEC, PUBLISHED)]
        ])
        .is_empty()
    );
}

#[test]
fn counting_shifted_sections_back_is_allowed_and_undoes_it() {
    let inserted = PUBLISHED
        .replace("PATH-003", "PATH-004")
        .replace("PATH-002", "PATH-003")
        .replace(
            "## PATH-003",
            "## PATH-002: Null bytes\n\nA path never holds a null byte.\n\n## PATH-003",
        );
    assert_eq!(
        refused(&[&[(SPEC, PUBLISHED)], &[(SPEC, &inserted)]]),
        ["1 section-shifted PATH-002"]
    );
    assert!(
        refused(&[
            &[(SPEC, PUBLISHED)],
            &[(SPEC, &inserted)],
            &[(SPEC, PUBLISHED)]
        ])
        .is_empty()
    );
}

#[test]
fn giving_a_section_its_id_back_is_allowed_and_undoes_it() {
    let renumbered = PUBLISHED.replace("PATH-003", "PATH-030");
    assert_eq!(
        refused(&[&[(SPEC, PUBLISHED)], &[(SPEC, &renumbered)]]),
        ["1 section-renumbered PATH-003"]
    );
    assert!(
        refused(&[
            &[(SPEC, PUBLISHED)],
            &[(SPEC, &renumbered)],
            &[(SPEC, PUBLISHED)]
        ])
        .is_empty()
    );
}

#[test]
fn a_section_that_moves_back_as_it_was_published_is_allowed() {
    let without = PUBLISHED.split_once("## PATH-003").unwrap().0;
    let changed =
        "# Store\n\n## PATH-003: Case folding\n\nNames that differ in case are two files.\n";
    let broken = [(SPEC, without), (OTHER, changed)];
    assert_eq!(
        refused(&[&[(SPEC, PUBLISHED)], &broken]),
        ["1 section-redefined PATH-003"]
    );
    assert!(refused(&[&[(SPEC, PUBLISHED)], &broken, &[(SPEC, PUBLISHED)]]).is_empty());
}

#[test]
fn of_two_texts_that_came_at_once_none_takes_the_place_of_the_other() {
    let without = PUBLISHED.split_once("## PATH-003").unwrap().0;
    let other =
        "# Store\n\n## PATH-003: Case folding\n\nNames that differ in case are two files.\n";
    let line: [&[(&str, &str)]; 3] = [
        &[(SPEC, PUBLISHED), (OTHER, other)],
        &[(SPEC, without), (OTHER, other)],
        &[(SPEC, PUBLISHED)],
    ];
    assert_eq!(refused(&line), ["2 section-redefined PATH-003"]);
}

#[test]
fn putting_back_the_last_wording_of_a_section_is_allowed() {
    let polished = PUBLISHED.replace(
        "Runs of slashes collapse into a single slash",
        "Nothing stands between slashes",
    );
    let broken = PUBLISHED
        .replace("Empty segments", "Case folding")
        .replace("Runs of slashes collapse into a single", "No");
    let line: [&[(&str, &str)]; 4] = [
        &[(SPEC, PUBLISHED)],
        &[(SPEC, &polished)],
        &[(SPEC, &broken)],
        &[(SPEC, &polished)],
    ];
    assert_eq!(refused(&line[..3]), ["2 section-redefined PATH-003"]);
    assert!(refused(&line).is_empty());
}

#[test]
fn a_section_that_was_put_back_once_may_be_put_back_again() {
    let broken = PUBLISHED
        .replace("Empty segments", "Case folding")
        .replace("Runs of slashes collapse into a single", "No");
    let again = PUBLISHED
        .replace("Empty segments", "Null bytes")
        .replace("Runs of slashes collapse into", "Nobody holds");
    let line: [&[(&str, &str)]; 5] = [
        &[(SPEC, PUBLISHED)],
        &[(SPEC, &broken)],
        &[(SPEC, PUBLISHED)],
        &[(SPEC, &again)],
        &[(SPEC, PUBLISHED)],
    ];
    assert_eq!(refused(&line[..4]), ["3 section-redefined PATH-003"]);
    assert!(refused(&line).is_empty());
}

#[test]
fn a_duplicate_stays_one_when_its_elder_is_touched() {
    let copy = "# Store\n\n## PATH-001: Reading\n\nReading gives a stream of bytes.\n";
    let grown =
        format!("{PUBLISHED}\n## PATH-004: Null bytes\n\nA path never holds a null byte.\n");
    let found = refused(&[
        &[(SPEC, PUBLISHED)],
        &[(SPEC, PUBLISHED), (OTHER, copy)],
        &[(SPEC, &grown), (OTHER, copy)],
    ]);
    assert_eq!(found, ["1 section-duplicated PATH-001"]);
}

#[test]
fn a_document_that_nobody_can_read_takes_its_sections_away() {
    let broken = "# Paths\0";
    let mut memory = Memory::default();
    let before = memory.commit(None, [(SPEC, Mode::File, PUBLISHED.as_bytes())]);
    let after = memory.commit(Some(before), [(SPEC, Mode::File, broken.as_bytes())]);
    let origin = Origin::Range {
        before: Some(before),
        after,
        name: String::new(),
    };
    let (was, is) = (Side::Commit(before), Side::Commit(after));
    let step = Step {
        before: Some(was),
        after: is,
        origin,
        published: None,
        subjects: None,
        other_parents: Vec::new(),
    };
    let policy = Arc::new(crate::policy::built_in());
    let batch = Batch {
        policy,
        moves: Vec::new(),
        steps: vec![step],
        problems: Vec::new(),
    };
    let mut context = JudgeContext {
        objects: &memory,
        rules: RULES,
        rule_names: &[],
        progress: &mut |_, _| {},
    };
    let report = judge(&[batch], &mut context);
    let removed = report
        .findings
        .iter()
        .filter(|finding| finding.rule == "section-removed");
    assert_eq!(removed.count(), 3);
}

#[test]
fn a_whole_row_or_heading_shows_where_the_tombstone_goes() {
    let memory = {
        let mut memory = Memory::default();
        let text = "# Paths\n\n| ID | Rule |\n|---|---|\n| PATH-001 | Absolute: always |\n\n## PATH-002: `..` is rejected\n\nYes.\n";
        let commit = memory.commit(None, [(SPEC, Mode::File, text.as_bytes())]);
        (memory, commit)
    };
    let policy = crate::policy::built_in();
    let cache = crate::change::document_cache::DocumentCache::new(&memory.0, &policy);
    let snapshot = crate::change::snapshot::Snapshot::new(&cache, Side::Commit(memory.1));
    let index = snapshot.sections().unwrap();
    assert_eq!(
        super::tombstone(&index["PATH-001"][0]),
        "| PATH-001 [DEPRECATED] | Absolute: always |"
    );
    assert_eq!(
        super::tombstone(&index["PATH-002"][0]),
        "## PATH-002: [DEPRECATED] `..` is rejected"
    );
}
