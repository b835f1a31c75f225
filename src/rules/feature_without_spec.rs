//! `feature-without-spec`.

use super::shared::workflow;
use super::shared::workflow::{Work, written};
use crate::change::Change;
use crate::citations::Grammar;
use crate::repo::{Difference, ObjectError};
use crate::report::Level;
use crate::rules::rule::{Check, Findings, Rule, Scene};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "feature-without-spec",
    summary: "a feature that touches code, but no spec and no test that cites one",
    page: include_str!("../../docs/rules/feature-without-spec.md"),
    since: "0.1.0",
    level: Level::Warn,
    check: Check::Message(check),
};

fn check(scene: &Scene<'_>, findings: &mut Findings<'_>) -> Result<(), ObjectError> {
    let Some(subjects) = scene.subjects.filter(|_| scene.before.is_some()) else {
        return Ok(());
    };
    if Work::of(subjects, &scene.policy.workflow) != Work::Feature {
        return Ok(());
    }
    let code: Vec<&Difference> = scene.code()?.iter().collect();
    let Some(first) = code.first() else {
        return Ok(());
    };
    // Without any kind of spec there is nothing to ask for.
    let has_specs = scene
        .policy
        .kinds
        .iter()
        .any(|kind| kind.sections.is_some());
    if !has_specs || touches_spec(scene) || tests_cite(scene)? || !scene.is_enrolled()? {
        return Ok(());
    }
    let message = "a feature that touches code, but no spec and no test that cites one".to_owned();
    let draft = workflow::draft(
        first.path.to_string(),
        message,
        (first, "part of the feature"),
        &code,
    );
    findings.add(
        draft.advice("say in a spec section what it promises, and cite the section in a test"),
    );
    Ok(())
}

fn touches_spec(scene: &Scene<'_>) -> bool {
    let mut written = scene.changes.iter().filter_map(Change::after);
    written.any(|document| document.kind.sections.is_some())
}

/// Whether a test that the step writes cites a section.
fn tests_cite(scene: &Scene<'_>) -> Result<bool, ObjectError> {
    let Some(grammar) = Grammar::of(scene.policy) else {
        return Ok(false);
    };
    let written = written(scene, &scene.policy.trace.tests).filter_map(|test| test.after.as_ref());
    for entry in written.filter(|entry| entry.mode.is_file()) {
        let bytes = scene.after.bytes(entry)?;
        let cites = |bytes: Vec<u8>| {
            grammar
                .read(&entry.path, &bytes)
                .cited
                .iter()
                .any(|cited| cited.is_id)
        };
        if bytes.is_some_and(cites) {
            return Ok(true);
        }
    }
    Ok(false)
}
