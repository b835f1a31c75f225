//! The findings of a batch in the order in which they are reported.

use std::collections::{BTreeMap, BTreeSet};

use super::Step;
use crate::repo::RepoPath;
use crate::report::{Finding, Level, Report};

/// The findings of a batch: those about moves of refs, then those of each step.
#[derive(Debug)]
pub(super) struct BatchFindings {
    list: Vec<Finding>,
    /// Where the findings of each step begin, and behind that where those of the next one will.
    starts: Vec<usize>,
}

impl BatchFindings {
    pub(super) fn new(of_moves: Vec<Finding>) -> Self {
        Self {
            starts: vec![of_moves.len()],
            list: of_moves,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    pub(super) fn as_mut_slice(&mut self) -> &mut [Finding] {
        &mut self.list
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Finding> {
        self.list.iter()
    }

    /// Adds findings of the step that is being judged.
    pub(super) fn append(&mut self, findings: Vec<Finding>) {
        self.list.extend(findings);
    }

    /// Notes that a step is over, judged or not.
    pub(super) fn end_step(&mut self) {
        self.starts.push(self.list.len());
    }

    /// Sorts further findings in among those of their steps, given by index. Positions are not kept up to date after this.
    pub(super) fn insert(&mut self, found: BTreeMap<usize, Vec<Finding>>) {
        // From behind, so that the positions in front stay right.
        for (step, mut more) in found.into_iter().rev().filter(|(_, it)| !it.is_empty()) {
            let range = self.starts[step]..self.starts[step + 1];
            let start = range.start;
            let mut all: Vec<Finding> = self.list.drain(range).collect();
            all.append(&mut more);
            sort(&mut all);
            self.list.splice(start..start, all);
        }
    }

    pub(super) fn into_list(self) -> Vec<Finding> {
        self.list
    }
}

/// Sorts the findings of a step: by path, line, column, rule, subject.
pub(super) fn sort(findings: &mut [Finding]) {
    findings.sort_by(|one, other| sort_key(one).cmp(&sort_key(other)));
}

fn sort_key(finding: &Finding) -> (&RepoPath, Option<(usize, usize)>, &'static str, &str) {
    (
        &finding.primary.path,
        finding.primary.position(),
        finding.rule,
        &finding.subject,
    )
}

/// Lowers the findings of a step without a before side to warnings. Nothing was published, so nothing can have been broken:
/// an existing repository can always be imported.
pub(super) fn cap_first_step(step: &Step, findings: &mut [Finding]) {
    if step.before.is_none() {
        for finding in findings {
            finding.level = finding.level.min(Level::Warn);
        }
    }
}

/// One commit pushed under two names is one step, so its findings are reported once. A finding with another level or state
/// under the other name, by the policy there or by what follows it, is kept: a restored one must not hide a live one.
pub(super) fn drop_repeated(report: &mut Report) {
    let mut seen = BTreeSet::new();
    report.findings.retain(|finding| {
        let key = (
            finding.rule,
            finding.subject.clone(),
            finding.fingerprint,
            (finding.level, finding.state),
            finding.origin.before(),
            finding.origin.after(),
        );
        seen.insert(key)
    });
    let mut seen = BTreeSet::new();
    report
        .problems
        .retain(|problem| seen.insert((problem.message.clone(), problem.weight)));
}
