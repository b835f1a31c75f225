//! `feature-without-spec`.

use super::shared::workflow;
use super::shared::workflow::{Work, written_files};
use crate::change::Change;
use crate::citations::Grammar;
use crate::repo::{Difference, ObjectError};
use crate::report::Level;
use crate::rules::rule::{Check, Findings, Rule, RuleContext};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "feature-without-spec",
    summary: "a feature changes code without a spec or a test that cites one",
    page: include_str!("../../docs/rules/feature-without-spec.md"),
    since: "0.1.0",
    level: Level::Warn,
    check: Check::Message(check),
};

fn check(context: &RuleContext<'_>, findings: &mut Findings<'_>) -> Result<(), ObjectError> {
    let Some(subjects) = context.subjects.filter(|_| context.before.is_some()) else {
        return Ok(());
    };
    if Work::of(subjects, &context.policy.workflow) != Work::Feature {
        return Ok(());
    }
    let code: Vec<&Difference> = context.code()?.iter().collect();
    let Some(first) = code.first() else {
        return Ok(());
    };
    // Without any kind of spec there is nothing to ask for.
    let has_specs = context
        .policy
        .kinds
        .iter()
        .any(|kind| kind.sections.is_some());
    if !has_specs || touches_spec(context) || tests_cite(context)? || !context.is_enrolled()? {
        return Ok(());
    }
    let message = "a feature changes code without a spec or a test that cites one".to_owned();
    let draft = workflow::draft(
        first.path.to_string(),
        message,
        (first, "changed by the feature"),
        &code,
    );
    findings.add(
        draft.advice("describe the behavior in a spec section, and cite the section in a test"),
    );
    Ok(())
}

fn touches_spec(context: &RuleContext<'_>) -> bool {
    let mut written = context.changes.iter().filter_map(Change::after);
    written.any(|document| document.kind.sections.is_some())
}

/// Whether a test that the step writes cites a section.
fn tests_cite(context: &RuleContext<'_>) -> Result<bool, ObjectError> {
    let Some(grammar) = Grammar::of(context.policy) else {
        return Ok(false);
    };
    let written =
        written_files(context, &context.policy.trace.tests).filter_map(|test| test.after.as_ref());
    for entry in written.filter(|entry| entry.mode.is_file()) {
        let bytes = context.after.bytes(entry)?;
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
