//! What a step does to the policy file. Does not depend on what a policy says.

use std::sync::Arc;

use super::Step;
use super::inputs::BatchInputs;
use super::problems::{BatchProblems, at_commit};
use crate::policy::{self, FILE_NAME, Fault, Policy, RuleName, Weakening};
use crate::repo::{Difference, Entry, ObjectError, RepoPath, Side};
use crate::report::Problem;
use crate::rules::rule::PolicyChange;
use crate::text::Source;

/// What the next policy file is compared with.
#[derive(Debug, Default)]
pub(super) enum PolicyBaseline {
    /// The version before it.
    #[default]
    Before,
    /// The last version without faults, if the one before is missing or has faults; `None` when there was none.
    Last(Option<Arc<Source>>),
}

/// Reads what a step does to the policy; `None` where it does nothing to judge. Faults of the new version become problems,
/// and what the version after that is compared with goes into `baseline`.
pub(super) fn read_policy_change(
    inputs: &BatchInputs<'_>,
    step: &Step,
    files: &[Difference],
    baseline: &mut PolicyBaseline,
    problems: &mut BatchProblems,
) -> Result<Option<PolicyChange>, ObjectError> {
    let path = RepoPath::new(FILE_NAME);
    let Some(difference) = files.iter().find(|difference| difference.path == path) else {
        return Ok(None);
    };
    problems.set_of_file(&path, Vec::new());
    let before = text(inputs, difference.before.as_ref())?;
    let after = text(inputs, difference.after.as_ref())?;
    let (is_first, before) = match std::mem::take(baseline) {
        PolicyBaseline::Last(last) => (last.is_none(), last),
        PolicyBaseline::Before
            if difference.before.is_some() && !is_sound(before.as_ref(), inputs.rule_names) =>
        {
            let last = last_sound(inputs, step, &path)?;
            (last.is_none(), last)
        }
        PolicyBaseline::Before => (difference.before.is_none(), before),
    };
    if difference.after.is_some() && after.is_none() {
        let message = format!("{FILE_NAME} is not a text file{}", at_commit(&step.origin));
        problems.set_of_file(
            &path,
            vec![Problem::not_judged(message, "save it as UTF-8 text")],
        );
        *baseline = PolicyBaseline::Last(before);
        return Ok(None);
    }
    let weakenings = weakenings(before.as_ref(), after.as_ref(), inputs.rule_names);
    if after.is_none() || weakenings.is_err() {
        *baseline = PolicyBaseline::Last(before.clone());
    }
    match weakenings {
        // The first policy of a repository is free, as long as it has no faults.
        Ok(_) if is_first => Ok(None),
        Ok(weakenings) => Ok(Some(PolicyChange {
            path,
            weakenings,
            before,
            after,
        })),
        Err(faults) => {
            problems.set_of_file(&path, faults.into_iter().map(Problem::from).collect());
            Ok(None)
        }
    }
}

/// The text at an entry; `None` where there is not text file.
fn text(
    inputs: &BatchInputs<'_>,
    entry: Option<&Entry>,
) -> Result<Option<Arc<Source>>, ObjectError> {
    let file = entry.filter(|entry| entry.mode.is_file());
    let text = file.map(|entry| inputs.cache.source(entry)).transpose()?;
    Ok(text.flatten())
}

/// The newest version of the policy file before a step that has no faults, so that fixing a fault cannot weaken the policy.
fn last_sound(
    inputs: &BatchInputs<'_>,
    step: &Step,
    path: &RepoPath,
) -> Result<Option<Arc<Source>>, ObjectError> {
    let Some(Side::Commit(before)) = &step.before else {
        return Ok(None);
    };
    for version in inputs.objects.versions(*before, path)? {
        let source = text(inputs, version.entry.as_ref())?;
        if is_sound(source.as_ref(), inputs.rule_names) {
            return Ok(source);
        }
    }
    Ok(None)
}

/// True when a version of the policy file is text without faults.
fn is_sound(version: Option<&Arc<Source>>, rules: &[RuleName]) -> bool {
    version.is_some() && parsed(version, rules).is_ok()
}

/// The policy of a version of its file; a missing file is the built-in preset.
fn parsed(version: Option<&Arc<Source>>, rules: &[RuleName]) -> Result<Policy, Vec<Fault>> {
    match version {
        Some(source) => policy::parse(Arc::clone(source), FILE_NAME, rules),
        None => Ok(policy::built_in()),
    }
}

/// What a changed policy file protects less than before. Faults when the version after has some; a version before that has
/// some cannot be weakened.
fn weakenings(
    before: Option<&Arc<Source>>,
    after: Option<&Arc<Source>>,
    rules: &[RuleName],
) -> Result<Vec<Weakening>, Vec<Fault>> {
    let policy_after = parsed(after, rules)?;
    let mut found = parsed(before, rules).map_or_else(
        |_| Vec::new(),
        |policy_before| policy::weakenings(&policy_before, &policy_after, rules),
    );
    if before.is_some() && after.is_none() {
        // Else two pushes would do what one may not: take the file away, and bring a weak one as the first.
        found.push(Weakening {
            key: "file".to_owned(),
            what: "the file was removed, so the next policy would not be compared with it"
                .to_owned(),
            span: None,
        });
    }
    Ok(found)
}
