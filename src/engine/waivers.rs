//! Waivers, applied when all steps of a batch are judged. They are read from its tip, for they are part of what is judged,
//! and waive the findings that they name; then the rules about waivers look at those that the batch added. Does not depend
//! on what any rule means.

use std::collections::{BTreeMap, BTreeSet};

use super::Step;
use super::findings::{BatchFindings, cap_first_step};
use super::inputs::BatchInputs;
use super::problems::BatchProblems;
use crate::report::{Finding, Help, Level, Origin, State, WaivedBy};
use crate::rules::rule::{AddedWaiver, Check, Findings, Rule, RuleOutput, WaiverOutcome};
use crate::text::escape::word;
use crate::waiver::{WaiverPlace, Waivers};

use files::{Added, WaiverFiles};

mod files;

/// A waiver may waive a finding about another waiver, which may waive one about a third; longer chains do not occur.
const MOST_ROUNDS: usize = 4;

/// The waivers of a batch.
#[derive(Debug)]
pub(super) struct BatchWaivers {
    /// True when the batch begins before anything was published: its waivers were published before, or are the first.
    from_root: bool,
    files: WaiverFiles,
    /// The waivers that each step added.
    added: Vec<Added>,
}

impl BatchWaivers {
    pub(super) fn new(from_root: bool) -> Self {
        Self {
            from_root,
            files: WaiverFiles::default(),
            added: Vec::new(),
        }
    }

    /// Waives what the waivers at the tip name, and judges the waivers that the steps added.
    pub(super) fn apply_at_tip(
        &mut self,
        inputs: &BatchInputs<'_>,
        tip: &Step,
        findings: &mut BatchFindings,
        problems: &mut BatchProblems,
    ) {
        if findings.iter().any(can_be_waived) || !self.added.is_empty() {
            match self.read_tip(inputs, tip, problems) {
                Ok(waivers) => self.apply(inputs, &waivers, findings),
                Err(error) => problems.add_error(error, &tip.origin),
            }
        }
        if !self.from_root {
            suggest_waivers(inputs, findings.as_mut_slice());
        }
    }

    fn apply(&self, inputs: &BatchInputs<'_>, waivers: &Waivers, findings: &mut BatchFindings) {
        let mut used = BTreeSet::new();
        waive(findings.as_mut_slice(), waivers, &mut used);
        let mut about_waivers = BTreeMap::new();
        for _ in 0..MOST_ROUNDS {
            about_waivers = self.check_added(inputs, waivers, &used);
            let known = used.len();
            for found in about_waivers.values_mut() {
                waive(found, waivers, &mut used);
            }
            if used.len() == known {
                break;
            }
        }
        findings.insert(about_waivers);
    }

    /// What the rules about waivers find in those that each step added, by the index of the step.
    fn check_added(
        &self,
        inputs: &BatchInputs<'_>,
        waivers: &Waivers,
        used: &BTreeSet<WaiverPlace>,
    ) -> BTreeMap<usize, Vec<Finding>> {
        let mut found: BTreeMap<usize, Vec<Finding>> = BTreeMap::new();
        for added in &self.added {
            // A waiver that is missing at the tip was judged when it was removed.
            let (Some(place), Some(step)) = (
                waivers.naming(added.fingerprint),
                inputs.batch.steps.get(added.step),
            ) else {
                continue;
            };
            let (file, waiver) = waivers.get(place);
            let outcome = self.outcome(inputs, waivers, (place, step), used);
            let added_waiver = AddedWaiver {
                file,
                waiver,
                outcome,
            };
            let mut output = RuleOutput::default();
            for (rule, level) in &inputs.enabled {
                if let Check::Waiver(check) = rule.check {
                    let mut findings = Findings::new(rule.id, *level, &step.origin, &mut output);
                    check(&added_waiver, &mut findings);
                }
            }
            cap_first_step(step, &mut output.findings);
            found.entry(added.step).or_default().extend(output.findings);
        }
        found
    }

    /// What became of a waiver that a step added.
    fn outcome(
        &self,
        inputs: &BatchInputs<'_>,
        waivers: &Waivers,
        (place, step): (WaiverPlace, &Step),
        used: &BTreeSet<WaiverPlace>,
    ) -> WaiverOutcome {
        let (file, waiver) = waivers.get(place);
        let needs_message = |name: &str| {
            let rule = inputs.rules.iter().find(|rule| rule.id == name);
            rule.is_some_and(|rule| rule.needs_message())
        };
        if let Some(fault) = waivers.reason_fault(place) {
            return WaiverOutcome::BadReason(fault);
        }
        if used.contains(&place) {
            return WaiverOutcome::Used;
        }
        // One step does not show what an audit found in the whole history.
        let of_audit = file.baseline && !self.from_root;
        // A history that comes as one step, to a new server, shows nothing that was ever found in it.
        let of_history = step.before.is_none() && inputs.batch.steps.len() == 1;
        // What it waives is found once the message is known.
        let of_message = step.subjects.is_none() && needs_message(&waiver.rule);
        if of_audit || of_history || of_message {
            WaiverOutcome::NotShown
        } else {
            WaiverOutcome::Unused
        }
    }
}

/// Marks the findings that a waiver names as waived, and notes which waivers are used.
fn waive(findings: &mut [Finding], waivers: &Waivers, used: &mut BTreeSet<WaiverPlace>) {
    // The move of a ref has no content that a waiver could name.
    for finding in findings
        .iter_mut()
        .filter(|finding| !matches!(finding.origin, Origin::Ref { .. }))
    {
        let Some(places) = waivers.lifting(finding) else {
            continue;
        };
        if can_be_waived(finding) {
            finding.state = State::Waived;
            let by = |place: &WaiverPlace| {
                let (file, waiver) = waivers.get(*place);
                WaivedBy {
                    path: file.path.clone(),
                    reason: waiver.reason.value.clone(),
                }
            };
            finding.waivers = places.iter().map(by).collect();
        } else if finding.state == State::Live {
            finding.help.push(Help {
                text: "a waiver names this finding, but a finding of level forbid cannot be waived"
                    .to_owned(),
                command: None,
            });
        }
        used.extend(places);
    }
}

/// Adds to each finding that a waiver could waive the command that writes one.
fn suggest_waivers(inputs: &BatchInputs<'_>, findings: &mut [Finding]) {
    let waivable: BTreeMap<&str, &Rule> = inputs
        .rules
        .iter()
        .filter(|rule| rule.is_waivable())
        .map(|rule| (rule.id, *rule))
        .collect();
    for finding in findings.iter_mut().filter(|it| can_be_waived(it)) {
        let Some(rule) = waivable.get(finding.rule) else {
            continue;
        };
        let mut steps = inputs.batch.steps.iter();
        let step = steps.find(|step| rule.needs_message() && step.origin == finding.origin);
        let message = step
            .and_then(|step| step.subjects.as_ref()?.last())
            .map_or_else(String::new, |last| format!(" --message {}", word(last)));
        let subject = word(&finding.subject);
        let command = format!(
            "graven waive --rule {} --subject {subject}{message} --reason \"…\"",
            finding.rule
        );
        finding.help.push(Help {
            text: "or waive it, with a reason".to_owned(),
            command: Some(command),
        });
    }
}

/// True for a finding that is live and not of the level `forbid`.
fn can_be_waived(finding: &Finding) -> bool {
    finding.state == State::Live && finding.level < Level::Forbid
}
