//! `section-renumbered`.

use crate::repo::ObjectError;
use crate::report::Level;
use crate::rules::rule::{Check, Findings, Rule, RuleContext};

use super::shared::sections;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "section-renumbered",
    summary: "a published section was given another ID",
    page: include_str!("../../docs/rules/section-renumbered.md"),
    since: "0.1.0",
    level: Level::Deny,
    check: Check::Step(check),
};

fn check(context: &RuleContext<'_>, findings: &mut Findings<'_>) -> Result<(), ObjectError> {
    let mut published = sections::PublishedSections::of(context);
    for pair in &context.sections()?.renumbered {
        if published.restores(pair)? {
            continue;
        }
        let (old_id, new_id) = (pair.before.id(), pair.after.id());
        let message = format!("published section {old_id} was renumbered to {new_id}");
        let draft = sections::draft(
            Some(&pair.before),
            Some(&pair.after),
            message,
            sections::label_after(&pair.after, format!("was {old_id}")),
        );
        findings.add(draft.related(sections::label_before(&pair.before, "published under this ID")).advice(format!(
            "restore the ID {old_id}, or leave a tombstone at {old_id} marked [MOVED TO {new_id}]"
        )));
    }
    Ok(())
}
