//! What several steps do together: edits that are undone, deletions that are put back, policies that change on the way.
//! Judged without Git, step by step.

use std::sync::Arc;

use graven::engine::{Batch, JudgeContext, Step, judge};
use graven::policy;
use graven::repo::memory::Memory;
use graven::repo::{Mode, ObjectId, Side};
use graven::report::Outcome;
use graven::report::{Origin, Report};
use graven::rules::RULES;

const ADR: &str = "sdd/adrs/0005-paths.md";
const SPEC: &str = "sdd/specs/004-paths.md";

fn adr(status: &str, decision: &str) -> String {
    format!("# Use pathlib\n\n## Status\n\n{status}\n\n## Decision\n\n{decision}\n")
}

fn accepted() -> String {
    adr("Accepted", "We use pathlib for every path.")
}

fn edited() -> String {
    adr("Accepted", "We use os.path for every path.")
}

fn spec(title: &str) -> String {
    format!("# Paths\n\n## PATH-001: {title}\n\nA path is checked before it is used.\n")
}

/// A line of revisions, each with one file or none.
struct Line {
    memory: Memory,
    commits: Vec<ObjectId>,
}

impl Line {
    fn of(path: &str, versions: &[Option<String>]) -> Self {
        Self::made(
            versions
                .iter()
                .map(|version| version.as_deref().map(|content| (path, content))),
        )
    }

    /// One text that stands at one path after the other.
    fn moved(content: &str, paths: &[&str]) -> Self {
        Self::made(paths.iter().map(|path| Some((*path, content))))
    }

    fn made<'a>(revisions: impl Iterator<Item = Option<(&'a str, &'a str)>>) -> Self {
        let mut memory = Memory::default();
        let mut commits: Vec<ObjectId> = Vec::new();
        for file in revisions {
            let files = file
                .into_iter()
                .map(|(path, content)| (path, Mode::File, content.as_bytes()));
            commits.push(memory.commit(commits.last().copied(), files));
        }
        Self { memory, commits }
    }

    /// Judges the steps from one revision on, all in one batch.
    fn judged_from(&self, first: usize) -> Report {
        let whole = first..self.commits.len();
        self.judged(std::slice::from_ref(&whole))
    }

    /// Judges ranges of steps, each in a batch of its own, as a push of several refs asks for them.
    fn judged(&self, ranges: &[std::ops::Range<usize>]) -> Report {
        let batches: Vec<Batch> = ranges
            .iter()
            .map(|range| self.batch(range.clone()))
            .collect();
        let mut bench = JudgeContext {
            objects: &self.memory,
            rules: RULES,
            rule_names: &graven::commands::rule_names(),
            progress: &mut |_, _| {},
        };
        judge(&batches, &mut bench)
    }

    fn batch(&self, range: std::ops::Range<usize>) -> Batch {
        let steps = range.map(|place| {
            let (before, after) = (
                place.checked_sub(1).map(|before| self.commits[before]),
                self.commits[place],
            );
            let origin = Origin::Commit {
                before,
                commit: after,
                subject: format!("step {place}"),
                time: 0,
            };
            let before = before.map(Side::Commit);
            Step {
                before,
                after: Side::Commit(after),
                origin,
                published: None,
                subjects: None,
                other_parents: Vec::new(),
            }
        });
        let policy = Arc::new(policy::built_in());
        Batch {
            policy,
            moves: Vec::new(),
            steps: steps.collect(),
            problems: Vec::new(),
        }
    }
}

/// Each finding as `state rule subject`.
fn told(report: &Report) -> Vec<String> {
    let finding = |finding: &graven::report::Finding| {
        format!(
            "{} {} {}",
            finding.state.as_str(),
            finding.rule,
            finding.subject
        )
    };
    report.findings.iter().map(finding).collect()
}

#[test]
fn an_edit_that_a_later_step_undoes_is_restored() {
    let line = Line::of(ADR, &[Some(accepted()), Some(edited()), Some(accepted())]);
    for first in [0, 1] {
        let report = line.judged_from(first);
        assert_eq!(told(&report), ["restored frozen-text-edited adr-0005"]);
        assert_eq!(report.outcome(), Outcome::Allowed);
    }
}

#[test]
fn what_one_branch_restores_stays_live_on_a_branch_that_does_not() {
    let line = Line::of(ADR, &[Some(accepted()), Some(edited()), Some(accepted())]);
    for ranges in [[1..3, 1..2], [1..2, 1..3]] {
        let report = line.judged(&ranges);
        assert_eq!(report.outcome(), Outcome::Refused, "{:?}", told(&report));
    }
}

#[test]
fn a_deletion_that_a_later_step_undoes_is_restored() {
    let line = Line::of(ADR, &[Some(accepted()), None, Some(accepted())]);
    assert_eq!(
        told(&line.judged_from(1)),
        ["restored frozen-document-deleted adr-0005"]
    );
}

#[test]
fn a_deletion_that_comes_back_edited_is_not_restored() {
    let line = Line::of(ADR, &[Some(accepted()), None, Some(edited())]);
    let report = line.judged_from(1);
    assert_eq!(told(&report), ["live frozen-document-deleted adr-0005"]);
    assert_eq!(report.outcome(), Outcome::Refused);
}

#[test]
fn putting_an_accepted_text_back_is_legal_by_itself() {
    let line = Line::of(ADR, &[Some(accepted()), Some(edited()), Some(accepted())]);
    assert_eq!(told(&line.judged_from(2)), [""; 0]);
}

// spec: EVADE-002
#[test]
fn putting_back_what_was_undone_is_an_edit() {
    let line = Line::of(
        ADR,
        &[
            Some(accepted()),
            Some(edited()),
            Some(accepted()),
            Some(edited()),
        ],
    );
    assert_eq!(
        told(&line.judged_from(3)),
        ["live frozen-text-edited adr-0005"]
    );
    let third = adr("Accepted", "We use strings for every path.");
    let line = Line::of(
        ADR,
        &[
            Some(accepted()),
            Some(edited()),
            Some(third),
            Some(accepted()),
            Some(edited()),
        ],
    );
    assert_eq!(
        told(&line.judged_from(4)),
        ["live frozen-text-edited adr-0005"]
    );
    let turned = |word: &str| Some(spec("Paths are checked").replace("is checked", word));
    let line = Line::of(
        SPEC,
        &[
            turned("MUST be checked"),
            turned("MUST NOT be checked"),
            turned("MUST be checked"),
            turned("MUST NOT be checked"),
        ],
    );
    assert_eq!(
        told(&line.judged_from(3)),
        ["live section-redefined PATH-001"]
    );
}

#[test]
fn a_document_that_was_moved_back_is_moved_when_it_leaves_again() {
    let other = "sdd/adrs/0005-pathlib.md";
    let line = Line::moved(&accepted(), &[ADR, other, ADR, other]);
    assert_eq!(
        told(&line.judged_from(2)),
        ["live frozen-document-moved adr-0005"]
    );
    let back = Line::moved(&accepted(), &[ADR, other, ADR]);
    assert_eq!(told(&back.judged_from(2)), [""; 0]);
}

#[test]
fn an_old_edit_that_nobody_undid_may_be_put_back() {
    let third = adr("Accepted", "We use strings for every path.");
    let line = Line::of(
        ADR,
        &[
            Some(accepted()),
            Some(edited()),
            Some(third),
            Some(edited()),
        ],
    );
    assert_eq!(told(&line.judged_from(3)), [""; 0]);
}

#[test]
fn putting_back_a_text_that_was_never_frozen_is_an_edit() {
    let draft = adr("Draft", "We use os.path for every path.");
    let line = Line::of(ADR, &[Some(draft), Some(accepted()), Some(edited())]);
    assert_eq!(
        told(&line.judged_from(2)),
        ["live frozen-text-edited adr-0005"]
    );
}

#[test]
fn a_superseded_document_is_not_brought_back_by_its_earlier_text() {
    let superseded = adr(
        "Superseded by [ADR-0006](0006-x.md)",
        "We use pathlib for every path.",
    );
    let line = Line::of(ADR, &[Some(accepted()), Some(superseded), Some(accepted())]);
    let told = told(&line.judged_from(2));
    assert!(
        told.contains(&"live status-reversed adr-0005".to_owned()),
        "{told:?}"
    );
}

#[test]
fn unaccepting_editing_and_accepting_again_is_refused_in_one_push_and_in_three() {
    let draft = adr("Draft", "We use pathlib for every path.");
    let other_draft = adr("Draft", "We use os.path for every path.");
    let line = Line::of(
        ADR,
        &[
            Some(accepted()),
            Some(draft),
            Some(other_draft),
            Some(edited()),
        ],
    );
    assert_eq!(
        told(&line.judged_from(1)),
        ["live status-reversed adr-0005"]
    );
    assert_eq!(line.judged_from(1).outcome(), Outcome::Refused);
}

#[test]
fn unaccepting_by_mistake_and_accepting_again_is_restored() {
    let line = Line::of(
        ADR,
        &[
            Some(accepted()),
            Some(adr("Draft", "We use pathlib for every path.")),
            Some(accepted()),
        ],
    );
    assert_eq!(
        told(&line.judged_from(1)),
        ["restored status-reversed adr-0005"]
    );
}

#[test]
fn a_section_that_gets_its_meaning_back_is_restored() {
    let line = Line::of(
        SPEC,
        &[
            Some(spec("Double dots are refused")),
            Some(spec("Encoding of file names")),
            Some(spec("Double dots are refused")),
        ],
    );
    let told = told(&line.judged_from(1));
    assert!(
        told.iter()
            .all(|finding| finding.starts_with("restored section-")),
        "{told:?}"
    );
    assert!(!told.is_empty());
}

// The repair of BUG-001.
#[test]
fn sections_that_shift_and_are_put_back_are_restored() {
    let spec = |titles: &[&str]| {
        let sections = titles.iter().enumerate().map(|(place, title)| {
            format!(
                "## PATH-00{}: {title}\n\n**Invariant:** {title} holds for every path that is given.\n\n",
                place + 1
            )
        });
        Some(format!(
            "# Paths\n\n{}",
            sections.collect::<Vec<_>>().concat()
        ))
    };
    let published = ["Leading slashes", "Double dots", "Null bytes"];
    let shifted = [
        "Leading slashes",
        "Empty names",
        "Double dots",
        "Null bytes",
    ];
    let line = Line::of(SPEC, &[spec(&published), spec(&shifted), spec(&published)]);
    let shift = Line::of(SPEC, &[spec(&published), spec(&shifted)]).judged_from(1);
    assert_eq!(told(&shift), ["live section-shifted PATH-002"]);
    let told = told(&line.judged_from(1));
    assert!(
        told.contains(&"restored section-shifted PATH-002".to_owned()),
        "{told:?}"
    );
    assert_eq!(line.judged_from(1).outcome(), Outcome::Allowed, "{told:?}");
}

#[test]
fn the_first_revision_is_warned_about_and_never_refused() {
    let line = Line::of(ADR, &[Some("# No status\n".to_owned())]);
    let report = line.judged_from(0);
    assert_eq!(told(&report), ["live status-missing adr-0005"]);
    assert_eq!(report.outcome(), Outcome::Allowed);
}

#[test]
fn a_faulty_policy_is_not_judged_until_a_later_step_mends_it() {
    let good = || Some("preset = \"sdd\"\n".to_owned());
    let faulty = || Some("presett = \"sdd\"\n".to_owned());
    let broken = Line::of("graven.toml", &[good(), faulty()]).judged_from(1);
    assert_eq!(broken.outcome(), Outcome::NotJudged);
    assert!(
        broken.problems[0].message.starts_with("graven.toml:1:1: "),
        "{}",
        broken.problems[0].message
    );
    let mended = Line::of("graven.toml", &[good(), faulty(), good()]).judged_from(1);
    assert_eq!(mended.outcome(), Outcome::Allowed, "{:?}", mended.problems);
}

#[test]
fn a_document_that_nobody_can_read_is_not_judged_until_a_later_step_mends_it() {
    let unreadable = || Some("# Draft\0\n".to_owned());
    let report = Line::of(ADR, &[None, unreadable()]).judged_from(1);
    assert_eq!(report.outcome(), Outcome::NotJudged);
    let mended = Line::of(ADR, &[None, unreadable(), Some(adr("Draft", "Yes."))]).judged_from(1);
    assert_eq!(mended.outcome(), Outcome::Allowed, "{:?}", mended.problems);
}

#[test]
fn a_published_version_that_nobody_can_read_is_not_edited_unjudged() {
    let audit = |text: &str| Some(format!("# Audit\0\n\n{text}\n"));
    let path = "sdd/audits/audit-001-all.md";
    for after in [
        audit("Two findings."),
        Some("# Audit\n\nNo findings.\n".to_owned()),
    ] {
        let report = Line::of(path, &[audit("Three findings."), after]).judged_from(1);
        assert_eq!(report.outcome(), Outcome::NotJudged, "{:?}", told(&report));
    }
    let large = adr("Accepted", &"We use pathlib. ".repeat(300_000));
    for after in [Some(adr("Accepted", "We use os.path.")), None] {
        let report = Line::of(ADR, &[Some(large.clone()), after]).judged_from(1);
        assert_eq!(report.outcome(), Outcome::NotJudged, "{:?}", told(&report));
        assert!(
            report.problems[0].message.contains(ADR),
            "{}",
            report.problems[0].message
        );
    }
    // Not even when a later step of the same push touches it again.
    let drafts =
        ["We use os.path.", "We use neither."].map(|decision| Some(adr("Draft", decision)));
    let [first, second] = drafts;
    assert_eq!(
        Line::of(ADR, &[Some(large), first, second])
            .judged_from(1)
            .outcome(),
        Outcome::NotJudged
    );
}

#[test]
fn the_same_edit_has_the_same_fingerprint_wherever_it_stands() {
    let alone = Line::of(ADR, &[Some(accepted()), Some(edited())]).judged_from(1);
    let later = Line::of(ADR, &[None, None, Some(accepted()), Some(edited())]).judged_from(3);
    assert_eq!(alone.findings[0].fingerprint, later.findings[0].fingerprint);
    let other = Line::of(
        ADR,
        &[Some(accepted()), Some(adr("Accepted", "We use neither."))],
    )
    .judged_from(1);
    assert_ne!(alone.findings[0].fingerprint, other.findings[0].fingerprint);
}
