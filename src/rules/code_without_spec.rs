//! `code-without-spec`.

use crate::change::sections::SectionChanges;
use crate::repo::{Difference, ObjectError};
use crate::report::Level;
use crate::rules::rule::{Check, Findings, Rule, RuleContext};

use super::shared::workflow;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "code-without-spec",
    summary: "code changed without a spec section or a test that cites one",
    page: include_str!("../../docs/rules/code-without-spec.md"),
    since: "0.1.0",
    level: Level::Allow,
    check: Check::Step(check),
};

fn check(context: &RuleContext<'_>, findings: &mut Findings<'_>) -> Result<(), ObjectError> {
    let code: Vec<&Difference> = context.code()?.iter().collect();
    let Some(first) = code.first() else {
        return Ok(());
    };
    if touches_section(context.sections()?) {
        return Ok(());
    }
    let Some(traced) = context.citations()? else {
        return Ok(());
    };
    if traced.cited.values().any(|place| place.is_id) {
        return Ok(());
    }
    let message = "code changed without a spec section or a test that cites one".to_owned();
    let draft = workflow::draft(
        first.path.to_string(),
        message,
        (first, "changed here"),
        &code,
    );
    findings.add(
        draft.advice("describe the behavior in a spec section, and cite the section in a test"),
    );
    Ok(())
}

fn touches_section(changes: &SectionChanges) -> bool {
    let SectionChanges {
        lost,
        gained,
        renumbered,
        shifts,
        kept,
        fresh: _,
        doubled: _,
    } = changes;
    !(lost.is_empty()
        && gained.is_empty()
        && renumbered.is_empty()
        && shifts.is_empty()
        && kept.is_empty())
}
