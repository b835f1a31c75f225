//! The rules, run over the moves of refs and over one step.

use super::Step;
use super::inputs::BatchInputs;
use super::problems::problem_about;
use crate::backlog::BacklogChange;
use crate::change::diff::TreeDiff;
use crate::change::history::HistoryView;
use crate::change::snapshot::Snapshot;
use crate::change::{Change, Stray};
use crate::citations::CitationChanges;
use crate::repo::{Difference, Side};
use crate::report::{Finding, Origin, Problem};
use crate::rules::rule::{Check, Computed, Findings, PolicyChange, RuleContext, RuleOutput};

/// A step whose two sides were read and paired.
pub(super) struct PairedStep<'a> {
    pub(super) step: &'a Step,
    pub(super) diff: &'a TreeDiff<'a>,
    /// The watched paths that differ.
    pub(super) files: &'a [Difference],
    pub(super) changes: &'a [Change],
    pub(super) strays: &'a [Stray],
    pub(super) policy_change: Option<&'a PolicyChange>,
}

/// What the rules made of a step, and what they read for it.
pub(super) struct RuleResults {
    pub(super) findings: Vec<Finding>,
    pub(super) problems: Vec<Problem>,
    /// The backlog, where the step changes it and it can be read.
    pub(super) backlog: Option<BacklogChange>,
    /// The citations, where a rule asked for them.
    pub(super) citations: Option<CitationChanges>,
}

/// What the rules about refs find in the moves of a batch.
pub(super) fn check_moves(inputs: &BatchInputs<'_>) -> Vec<Finding> {
    let mut found = RuleOutput::default();
    for ref_move in &inputs.batch.moves {
        let origin = Origin::Ref {
            name: ref_move.name.to_string(),
            before: ref_move.before,
            after: ref_move.after,
        };
        for (rule, level) in &inputs.enabled {
            if let Check::Ref(check) = rule.check {
                check(
                    ref_move,
                    &mut Findings::new(rule.id, *level, &origin, &mut found),
                );
            }
        }
    }
    found.findings
}

/// Runs the rules over one step. A rule that cannot read something becomes a problem, and the others go on.
pub(super) fn run_rules(
    inputs: &BatchInputs<'_>,
    paired: &PairedStep<'_>,
    history: &HistoryView<'_>,
) -> RuleResults {
    let step = paired.step;
    let snapshot = |side: &Side| Snapshot::new(inputs.cache, side.clone());
    let (before, after) = (step.before.as_ref().map(snapshot), snapshot(&step.after));
    let published = step.published.as_ref().map(snapshot);
    let context = RuleContext {
        policy: inputs.policy,
        changes: paired.changes,
        strays: paired.strays,
        files: paired.files,
        diff: paired.diff,
        subjects: step.subjects.as_deref(),
        before: before.as_ref(),
        after: &after,
        published: published.as_ref(),
        policy_change: paired.policy_change,
        history,
        computed: Computed::default(),
    };
    let (mut output, mut problems) = (RuleOutput::default(), Vec::new());
    for (rule, level) in &inputs.enabled {
        let mut findings = Findings::new(rule.id, *level, &step.origin, &mut output);
        let checked = match rule.check {
            Check::Ref(_) | Check::Waiver(_) => Ok(()),
            Check::Step(check) | Check::Message(check) => check(&context, &mut findings),
            Check::Change(check) => paired
                .changes
                .iter()
                .try_for_each(|change| check(change, &context, &mut findings)),
        };
        problems.extend(
            checked
                .err()
                .map(|error| problem_about(error, &step.origin)),
        );
    }
    problems.append(&mut output.warnings);
    // Read also when no rule about the backlog is enabled; if it cannot be read, an enabled rule has reported that.
    let _ = context.backlog();
    RuleResults {
        findings: output.findings,
        problems,
        backlog: context.computed.backlog.into_inner().flatten(),
        citations: context.computed.citations.into_inner().flatten(),
    }
}
