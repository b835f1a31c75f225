//! A frozen document was deleted.

use super::shared::{frozen, suggestions};
use crate::change::Change;
use crate::repo::ObjectError;
use crate::report::{Level, WhichSide};
use crate::rules::rule::{Check, FindingDraft, Findings, Rule, RuleContext, label};

/// See the page.
pub(super) static RULE: Rule = Rule {
    id: "frozen-document-deleted",
    summary: "a frozen document was deleted",
    page: include_str!("../../docs/rules/frozen-document-deleted.md"),
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
    let Change::Deleted {
        before,
        replaced_by: None,
        heir,
    } = change
    else {
        return Ok(());
    };
    let Some(frozen) = before.frozen() else {
        return Ok(());
    };
    let message = format!("{} was deleted", frozen::describe(before, frozen));
    let mut draft =
        FindingDraft::for_document(before, message, frozen::frozen_label(before, frozen))
            .versions(Some(before), None);
    if let Some(heir) = heir {
        let title = heir
            .text()
            .and_then(|text| text.title.as_ref())
            .map(|title| title.span);
        draft = draft.related(label(
            WhichSide::After,
            heir,
            title,
            "this document now has its number",
        ));
    }
    let draft = suggestions::restore(draft, findings.origin(), &before.path);
    let draft = draft.advice("to retire a document, change its status instead of deleting it");
    findings.add(suggestions::write_successor(draft, before));
    Ok(())
}
