//! Steps and a policy in, a report out. Does not depend on where the steps come from, nor on what any single rule means.
//!
//! The steps of a batch are judged one after the other, each in the stages of `BatchJudge::judge_step`. When the last one
//! is judged, `BatchJudge::finish` applies the waivers that its tree holds.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::change::diff::TreeDiff;
use crate::change::document_cache::DocumentCache;
use crate::change::history::BatchHistory;
use crate::change::{Change, Pairing, pair};
use crate::policy::{Policy, RuleName};
use crate::repo::{ObjectError, ObjectId, Objects, RepoPath, Side};
use crate::report::{Origin, Problem, Report};
use crate::rules::rule::{RefMove, Rule};

use findings::{BatchFindings, cap_first_step, drop_repeated, sort};
use inputs::BatchInputs;
use policy_change::{PolicyBaseline, read_policy_change};
use problems::{BatchProblems, note_unreadable};
use restored::Restorations;
use run_rules::{PairedStep, check_moves, run_rules};
use waivers::BatchWaivers;

mod findings;
mod inputs;
mod policy_change;
mod problems;
mod restored;
mod rewritten_line;
mod run_rules;
mod waivers;

/// One way from a revision to the next.
#[derive(Debug, Clone)]
pub struct Step {
    /// The state before; `None` when nothing was published yet, so that nothing can have been broken.
    pub before: Option<Side>,
    /// The state after.
    pub after: Side,
    /// Where it comes from.
    pub origin: Origin,
    /// The tip of the protected branch, where it is neither side (numbers may have been taken there meanwhile).
    pub published: Option<Side>,
    /// The subject lines of its commits, oldest first, where they are known. Foreign text.
    pub subjects: Option<Vec<String>>,
    /// Further parents of the commit, when every commit is judged: what is the same in one of them was judged there.
    pub other_parents: Vec<ObjectId>,
}

/// What was asked about under one policy: the steps of one ref, or one staged change.
#[derive(Debug, Clone)]
pub struct Batch {
    /// The policy from before.
    pub policy: Arc<Policy>,
    /// The moves of refs that bring the steps.
    pub moves: Vec<RefMove>,
    /// The steps, oldest first.
    pub steps: Vec<Step>,
    /// What could not be judged while the steps were found.
    pub problems: Vec<Problem>,
}

/// What the engine needs beside the steps.
pub struct JudgeContext<'a> {
    /// Where documents are read.
    pub objects: &'a dyn Objects,
    /// The rules that judge, sorted by name.
    pub rules: &'a [&'static Rule],
    /// Every rule that a policy or a waiver may name, also where some rules alone judge.
    pub rule_names: &'a [RuleName],
    /// Called after each step with the number of steps that are done, and of all steps.
    pub progress: &'a mut dyn FnMut(usize, usize),
}

/// Judges all steps of all batches. An error never ends the judging: it becomes a problem of its own.
pub fn judge(batches: &[Batch], context: &mut JudgeContext<'_>) -> Report {
    let mut report = Report::default();
    let total: usize = batches.iter().map(|batch| batch.steps.len()).sum();
    let mut documents = BTreeSet::new();
    for batch in batches {
        report.problems.extend(batch.problems.iter().cloned());
        let cache = DocumentCache::new(context.objects, &batch.policy);
        let mut judge = BatchJudge::new(BatchInputs::new(
            batch,
            context.rules,
            context.rule_names,
            &cache,
        ));
        for (index, step) in batch.steps.iter().enumerate() {
            match judge.judge_step(index, step) {
                Ok(changed) => {
                    report.scope.changes += changed.len();
                    documents.extend(changed);
                }
                Err(error) => judge.problems.add_error(error, &step.origin),
            }
            judge.findings.end_step();
            report.scope.steps += 1;
            (context.progress)(report.scope.steps, total);
        }
        judge.finish(&mut report);
    }
    report.scope.documents = documents.len();
    drop_repeated(&mut report);
    report
}

/// The judging of one batch, as it goes from step to step.
struct BatchJudge<'a> {
    inputs: BatchInputs<'a>,
    findings: BatchFindings,
    problems: BatchProblems,
    waivers: BatchWaivers,
    policy_baseline: PolicyBaseline,
    restorations: Restorations,
    history: BatchHistory,
}

impl<'a> BatchJudge<'a> {
    fn new(inputs: BatchInputs<'a>) -> Self {
        let unbroken = inputs
            .batch
            .steps
            .windows(2)
            .all(|pair| pair[1].origin.before() == pair[0].origin.after());
        Self {
            findings: BatchFindings::new(check_moves(&inputs)),
            problems: BatchProblems::default(),
            waivers: BatchWaivers::new(inputs.starts_at_root()),
            policy_baseline: PolicyBaseline::default(),
            restorations: Restorations::default(),
            history: BatchHistory::new(inputs.starts_at_root(), unbroken),
            inputs,
        }
    }

    /// Judges one step and gives the paths of the documents it changes.
    fn judge_step(&mut self, index: usize, step: &Step) -> Result<Vec<RepoPath>, ObjectError> {
        let inputs = &self.inputs;
        let before = step.before.as_ref();
        let diff = TreeDiff::new(inputs.objects, before, &step.after, &step.other_parents);
        let since_parent = diff.between(&inputs.policy.watch)?;
        let files = diff.left_over(&since_parent)?;
        let Pairing { changes, strays } = pair(&files, inputs.cache)?;

        note_unreadable(&changes, step, &mut self.problems);
        self.waivers
            .read_changed(inputs, (index, step), &files, &mut self.problems)?;
        let policy_change = read_policy_change(
            inputs,
            step,
            &files,
            &mut self.policy_baseline,
            &mut self.problems,
        )?;

        let paired = PairedStep {
            step,
            diff: &diff,
            files: &files,
            changes: &changes,
            strays: &strays,
            policy_change: policy_change.as_ref(),
        };
        let view = self
            .history
            .view(inputs.cache, before, step.published.as_ref());
        let mut results = run_rules(inputs, &paired, &view);
        self.problems.extend(std::mem::take(&mut results.problems));
        cap_first_step(step, &mut results.findings);
        sort(&mut results.findings);

        let earlier = self.findings.as_mut_slice();
        self.restorations
            .mark_restored(inputs.objects, &paired, &results, earlier)?;
        self.restorations
            .track(self.findings.len(), &results.findings, &changes);
        self.findings.append(results.findings);

        if let Origin::Commit { before, commit, .. } = step.origin {
            self.history
                .record(inputs.cache, (before, commit), &since_parent);
        }
        Ok(changes.iter().filter_map(Change::path).cloned().collect())
    }

    /// Judges what shows only at the end of a batch, and adds everything to the report.
    fn finish(mut self, report: &mut Report) {
        let inputs = &self.inputs;
        self.problems.extend(rewritten_line::check(inputs));
        if let Some(tip) = inputs.batch.steps.last() {
            let findings = self.findings.as_mut_slice();
            if let Err(error) = self.restorations.recheck(inputs.objects, tip, findings) {
                self.problems.add_error(error, &tip.origin);
            }
            self.waivers
                .apply_at_tip(inputs, tip, &mut self.findings, &mut self.problems);
        }
        report.findings.extend(self.findings.into_list());
        report.problems.extend(self.problems.into_list());
    }
}
