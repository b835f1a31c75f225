//! How steps are put together makes no difference to what is found: one push of many commits, many pushes of one, and refs
//! in any order find the same.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use graven::engine::{Batch, JudgeContext, Step, judge};
use graven::policy::{Policy, built_in};
use graven::repo::memory::Memory;
use graven::repo::{ObjectId, Side};
use graven::report::{Finding, Origin, Report, State};
use graven::rules::RULES;

use crate::judged::Files;
use crate::rules::page::Page;

static POLICY: LazyLock<Arc<Policy>> = LazyLock::new(|| Arc::new(built_in()));

/// States that follow each other, from the cases of the pages, in lines of so many. Waivers lift what is pushed with them,
/// and a policy judges what is pushed after it: there it does make a difference.
fn lines(length: usize) -> Vec<Vec<Files>> {
    let plain = |files: &Files| {
        !files
            .keys()
            .any(|path| path == "graven.toml" || path.starts_with("sdd/waivers/"))
    };
    let cases = Page::all()
        .into_iter()
        .flat_map(|page| page.cases)
        .map(|case| case.step);
    let cases = cases.filter(|case| case.policy.is_none() && !case.first);
    let sides = cases
        .flat_map(|case| [case.before, case.after])
        .filter(|files| plain(files) && !files.is_empty());
    let states: Vec<Files> = sides.collect();
    // Each line goes back to where it began, so that some of what it breaks is restored.
    let closed = |line: &[Files]| line.iter().chain(line.first()).cloned().collect();
    states.chunks(length).map(closed).collect()
}

/// A line of commits in memory.
struct Line {
    memory: Memory,
    commits: Vec<ObjectId>,
}

impl Line {
    fn of(states: &[Files]) -> Self {
        let (mut memory, mut commits) = (Memory::default(), Vec::new());
        for files in states {
            let files = files
                .iter()
                .map(|(path, (mode, content))| (path.as_str(), *mode, content.as_bytes()));
            commits.push(memory.commit(commits.last().copied(), files));
        }
        Self { memory, commits }
    }

    /// The steps behind the first commit.
    fn steps(&self) -> Vec<Step> {
        let step = |pair: &[ObjectId]| Step {
            before: Some(Side::Commit(pair[0])),
            after: Side::Commit(pair[1]),
            origin: Origin::Commit {
                before: Some(pair[0]),
                commit: pair[1],
                subject: String::new(),
                time: 0,
            },
            published: None,
            subjects: None,
            other_parents: Vec::new(),
        };
        self.commits.windows(2).map(step).collect()
    }

    fn judged<'s>(&self, batches: impl IntoIterator<Item = &'s [Step]>) -> Report {
        let batch = |steps: &[Step]| Batch {
            policy: Arc::clone(&POLICY),
            moves: Vec::new(),
            steps: steps.to_vec(),
            problems: Vec::new(),
        };
        let batches: Vec<Batch> = batches.into_iter().map(batch).collect();
        let rule_names = &graven::commands::rule_names();
        judge(
            &batches,
            &mut JudgeContext {
                objects: &self.memory,
                rules: RULES,
                rule_names,
                progress: &mut |_, _| {},
            },
        )
    }
}

/// What names a finding, and what weighs it.
fn named(finding: &Finding) -> String {
    let Finding {
        rule,
        subject,
        level,
        fingerprint,
        origin,
        ..
    } = finding;
    format!(
        "{level} {rule} {subject} {fingerprint} in {:?}",
        origin.after()
    )
}

fn told(report: &Report, wanted: impl Fn(&Finding) -> bool) -> BTreeSet<String> {
    report
        .findings
        .iter()
        .filter(|finding| wanted(finding))
        .map(named)
        .collect()
}

#[test]
fn many_steps_at_once_find_what_each_finds_by_itself() {
    let (mut all, mut restored) = (0, 0);
    for states in lines(5) {
        let line = Line::of(&states);
        let steps = line.steps();
        let (one, each) = (line.judged([&steps[..]]), line.judged(steps.chunks(1)));
        assert!(
            each.findings
                .iter()
                .all(|finding| finding.state == State::Live),
            "nothing follows what is alone"
        );
        assert_eq!(told(&one, |_| true), told(&each, |_| true), "{states:?}");
        all += each.findings.len();
        restored += one
            .findings
            .iter()
            .filter(|finding| finding.state == State::Restored)
            .count();
    }
    assert!(
        all > 100 && restored > 10,
        "{all} findings and {restored} restored ones show little"
    );
}

#[test]
fn the_order_of_batches_makes_no_difference() {
    for states in lines(7) {
        let line = Line::of(&states);
        let steps = line.steps();
        let mut batches: Vec<&[Step]> = vec![
            &steps[..3.min(steps.len())],
            &steps[1..],
            &steps[..],
            &steps[..1],
        ];
        let weighed = |report: &Report| -> BTreeSet<(String, State)> {
            report
                .findings
                .iter()
                .map(|finding| (named(finding), finding.state))
                .collect()
        };
        let forwards = weighed(&line.judged(batches.iter().copied()));
        batches.reverse();
        assert_eq!(forwards, weighed(&line.judged(batches)), "{states:?}");
    }
}
