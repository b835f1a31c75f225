//! The backlog rules over several steps, and over files that cannot be read. Judged without Git.

use std::sync::Arc;

use graven::engine::{Batch, JudgeContext, Step, judge};
use graven::policy;
use graven::repo::memory::Memory;
use graven::repo::{Mode, ObjectId, Side};
use graven::report::Outcome;
use graven::report::{Origin, Report};
use graven::rules::RULES;

const OPEN: &str = "sdd/BACKLOG.md";
const DONE: &str = "sdd/BACKLOG-DONE.md";

/// Judges a line of revisions, all in one batch, the first of which is published already.
fn judged(revisions: &[&[(&str, &[u8])]]) -> Report {
    judged_from(1, revisions)
}

/// Judges a line of revisions, all in one batch, of which so many are published already.
fn judged_from(published: usize, revisions: &[&[(&str, &[u8])]]) -> Report {
    let mut memory = Memory::default();
    let mut commits: Vec<ObjectId> = Vec::new();
    for files in revisions {
        let files = files
            .iter()
            .map(|(path, content)| (*path, Mode::File, *content));
        commits.push(memory.commit(commits.last().copied(), files));
    }
    let step = |(place, &commit): (usize, &ObjectId)| Step {
        before: place
            .checked_sub(1)
            .map(|before| Side::Commit(commits[before])),
        after: Side::Commit(commit),
        origin: Origin::Commit {
            before: place.checked_sub(1).map(|before| commits[before]),
            commit,
            subject: String::new(),
            time: 0,
        },
        published: None,
        subjects: None,
        other_parents: Vec::new(),
    };
    let steps = commits
        .iter()
        .enumerate()
        .skip(published)
        .map(step)
        .collect();
    let batch = Batch {
        policy: Arc::new(policy::built_in()),
        moves: Vec::new(),
        steps,
        problems: Vec::new(),
    };
    let mut bench = JudgeContext {
        objects: &memory,
        rules: RULES,
        rule_names: &graven::commands::rule_names(),
        progress: &mut |_, _| {},
    };
    judge(&[batch], &mut bench)
}

/// Each finding as `state rule subject`, each problem as its message.
fn told(report: &Report) -> Vec<String> {
    let findings = report.findings.iter();
    let findings =
        findings.map(|found| format!("{} {} {}", found.state.as_str(), found.rule, found.subject));
    findings
        .chain(
            report
                .problems
                .iter()
                .map(|problem| problem.message.clone()),
        )
        .collect()
}

const TWO: &[u8] = b"- [ ] **BK-001 \xe2\x80\x94 Globs**\n- [ ] **BK-002 \xe2\x80\x94 Lists**\n";
const SECOND: &[u8] = b"- [ ] **BK-002 \xe2\x80\x94 Lists**\n";
const FIRST_DONE: &[u8] = b"- [x] **BK-001 \xe2\x80\x94 Globs**\n  Shipped.\n";

#[test]
fn an_item_that_a_later_step_brings_back_is_restored() {
    for last in [&[(OPEN, TWO)][..], &[(OPEN, SECOND), (DONE, FIRST_DONE)]] {
        let report = judged(&[&[(OPEN, TWO)], &[(OPEN, SECOND)], last]);
        assert_eq!(told(&report), ["restored backlog-item-lost BK-001"]);
        assert_eq!(report.outcome(), Outcome::Allowed);
    }
}

#[test]
fn an_item_that_stays_away_stays_a_finding() {
    let more = [SECOND, b"- [ ] BK-003: More\n"].concat();
    let report = judged(&[&[(OPEN, TWO)], &[(OPEN, SECOND)], &[(OPEN, &more)]]);
    assert_eq!(told(&report), ["live backlog-item-lost BK-001"]);
}

#[test]
fn a_file_that_a_later_step_brings_back_is_restored() {
    let report = judged(&[&[(OPEN, TWO)], &[], &[(OPEN, TWO)]]);
    assert_eq!(
        told(&report),
        [format!("restored backlog-item-lost {OPEN}")]
    );
}

#[test]
fn an_item_that_stands_in_one_place_again_is_restored() {
    let both: &[(&str, &[u8])] = &[(OPEN, TWO), (DONE, FIRST_DONE)];
    let report = judged(&[&[(OPEN, TWO)], both, &[(OPEN, SECOND), (DONE, FIRST_DONE)]]);
    assert_eq!(told(&report), ["restored backlog-item-duplicated BK-001"]);
    let report = judged(&[
        &[(OPEN, TWO)],
        both,
        &[
            (OPEN, TWO),
            (DONE, b"- [x] **BK-001 \xe2\x80\x94 Globs**\n"),
        ],
    ]);
    assert_eq!(told(&report), ["live backlog-item-duplicated BK-001"]);
}

#[test]
fn a_backlog_that_is_no_text_is_not_judged() {
    let large = [TWO, &vec![b'x'; 5 << 20]].concat();
    for broken in [&b"- [ ] BK-001: \xff\n"[..], &large] {
        let report = judged(&[&[(OPEN, TWO)], &[(OPEN, broken)]]);
        assert_eq!(report.outcome(), Outcome::NotJudged);
        assert!(
            told(&report)[0].starts_with("sdd/BACKLOG.md cannot be read: "),
            "{:?}",
            told(&report)
        );
    }
}

#[test]
fn an_existing_backlog_that_is_no_text_can_be_brought_in_and_is_told_of_until_it_is_mended() {
    let broken = b"- [ ] BK-001: \xff\n";
    let said = "the published version of sdd/BACKLOG.md is not readable text, so its items were not checked";
    let report = judged_from(0, &[&[(OPEN, broken)], &[(OPEN, TWO)]]);
    assert_eq!(
        (told(&report), report.outcome()),
        (vec![said.to_owned()], Outcome::Allowed)
    );
    let report = judged(&[&[(OPEN, broken)], &[(OPEN, b"- [ ] BK-001: \xfe\n")]]);
    assert_eq!(
        (told(&report), report.outcome()),
        (vec![said.to_owned()], Outcome::Allowed)
    );
    let report = judged(&[&[(OPEN, broken)], &[(OPEN, broken), (DONE, FIRST_DONE)]]);
    assert_eq!(
        (told(&report), report.outcome()),
        (vec![said.to_owned()], Outcome::Allowed)
    );
}

#[test]
fn a_backlog_that_was_no_text_can_be_mended() {
    let report = judged(&[&[(OPEN, b"\xff")], &[(OPEN, TWO)]]);
    assert_eq!(told(&report), [""; 0]);
}

#[test]
fn a_lost_item_is_called_by_its_title_and_a_renumbered_one_by_its_new_id() {
    let report = judged(&[&[(OPEN, TWO)], &[(OPEN, SECOND)]]);
    assert_eq!(
        report.findings[0].message,
        "BK-001 (Globs) was removed from the backlog"
    );
    let report = judged(&[
        &[(OPEN, TWO)],
        &[(OPEN, b"- BK-002: Lists\n- BK-009: globs\n")],
    ]);
    assert_eq!(
        report.findings[0].message,
        "BK-001 was renumbered to BK-009"
    );
}

#[test]
fn a_hostile_title_is_shown_escaped() {
    let report = judged(&[
        &[(OPEN, "- BK-001: a\u{202e}b\x1b[31m\n".as_bytes())],
        &[(OPEN, b"")],
    ]);
    let message = &report.findings[0].message;
    assert!(
        !message.contains(['\u{202e}', '\x1b']) && message.contains("\\u{202e}"),
        "{message}"
    );
}

#[test]
fn thousands_of_lost_items_are_told_one_by_one_in_a_file_that_stands() {
    let many: Vec<String> = (1..=2_000)
        .map(|number| format!("- [ ] BK-{number:04}: Item {number}"))
        .collect();
    let many = many.join("\n");
    let report = judged(&[&[(OPEN, many.as_bytes())], &[(OPEN, b"# Backlog\n")]]);
    assert_eq!(report.findings.len(), 2_000);
    let report = judged(&[&[(OPEN, many.as_bytes())], &[]]);
    assert_eq!(report.findings.len(), 1);
    assert!(
        report.findings[0].message.contains("2000 items"),
        "{}",
        report.findings[0].message
    );
}
