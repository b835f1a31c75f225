//! The new version of a frozen document is not readable text.

use super::shared::{frozen, suggestions};
use crate::change::Change;
use crate::document::Content;
use crate::repo::ObjectError;
use crate::report::{Level, WhichSide};
use crate::rules::rule::{Check, FindingDraft, Findings, Rule, RuleContext, label};

/// See the page.
pub(super) static RULE: Rule = Rule {
    id: "frozen-document-unreadable",
    summary: "the new version of a frozen document is not readable text",
    page: include_str!("../../docs/rules/frozen-document-unreadable.md"),
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
    let Some((before, after)) = change.both() else {
        return Ok(());
    };
    let (Some(frozen), Content::Unreadable(why)) = (before.frozen(), &after.content) else {
        return Ok(());
    };
    if before.text().is_none() {
        return Ok(());
    }
    let message = format!(
        "{} became unreadable: {why}",
        frozen::describe(before, frozen)
    );
    let primary = label(WhichSide::After, after, None, "not readable text");
    let draft = FindingDraft::for_document(before, message, primary)
        .related(frozen::frozen_label(before, frozen))
        .versions(Some(before), None);
    findings.add(suggestions::restore(draft, findings.origin(), &before.path));
    Ok(())
}
