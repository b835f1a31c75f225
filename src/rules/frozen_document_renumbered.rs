//! A frozen document was given another number.

use super::shared::{frozen, suggestions};
use crate::change::Change;
use crate::repo::ObjectError;
use crate::report::{Level, WhichSide};
use crate::rules::rule::{Check, FindingDraft, Findings, Rule, RuleContext, label};

/// See the page.
pub(super) static RULE: Rule = Rule {
    id: "frozen-document-renumbered",
    summary: "a frozen document was renumbered",
    page: include_str!("../../docs/rules/frozen-document-renumbered.md"),
    since: "0.1.0",
    level: Level::Forbid,
    check: Check::Change(check),
};

#[expect(clippy::unnecessary_wraps, reason = "the shape of a check")]
fn check(
    change: &Change,
    _: &RuleContext<'_>,
    findings: &mut Findings<'_>,
) -> Result<(), ObjectError> {
    let Change::Moved { before, after } = change else {
        return Ok(());
    };
    let Some(frozen) = before.frozen().filter(|_| before.number != after.number) else {
        return Ok(());
    };
    let message = format!(
        "{} was renumbered to {}",
        frozen::describe(before, frozen),
        after.subject()
    );
    let draft = FindingDraft::for_document(
        before,
        message,
        label(WhichSide::After, after, None, "now here"),
    )
    .related(frozen::frozen_label(before, frozen))
    .versions(Some(before), Some(after));
    let command = format!(
        "git mv {} {}",
        suggestions::quote(&after.path),
        suggestions::quote(&before.path)
    );
    let draft = draft.help("restore its number", command);
    findings
        .add(draft.advice("if two documents share a number, renumber the one that is not frozen"));
    Ok(())
}
