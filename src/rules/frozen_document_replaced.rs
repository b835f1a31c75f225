//! A frozen document is no longer a regular file.

use super::shared::{frozen, suggestions};
use crate::change::Change;
use crate::repo::ObjectError;
use crate::report::{Level, WhichSide};
use crate::rules::rule::{Check, FindingDraft, Findings, Rule, RuleContext, label};

/// See the page.
pub(super) static RULE: Rule = Rule {
    id: "frozen-document-replaced",
    summary: "a frozen document was replaced by something other than a regular file",
    page: include_str!("../../docs/rules/frozen-document-replaced.md"),
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
    let Some(before) = change.before() else {
        return Ok(());
    };
    let Some(frozen) = before.frozen() else {
        return Ok(());
    };
    match change {
        Change::Deleted {
            replaced_by: Some(mode),
            ..
        } => {
            let message = format!(
                "{} was replaced by {mode}",
                frozen::describe(before, frozen)
            );
            let primary = label(WhichSide::After, before, None, format!("now {mode}"));
            let draft = FindingDraft::for_document(before, message, primary)
                .related(frozen::frozen_label(before, frozen));
            findings.add(suggestions::restore(
                draft.versions(Some(before), None),
                findings.origin(),
                &before.path,
            ));
        }
        Change::Edited { after, .. } | Change::Moved { after, .. } if after.mode != before.mode => {
            let message = format!("{} became {}", frozen::describe(before, frozen), after.mode);
            let primary = label(WhichSide::After, after, None, "file mode changed");
            let draft = FindingDraft::for_document(before, message, primary)
                .level(Level::Warn.min(findings.level()));
            let draft = draft
                .related(frozen::frozen_label(before, frozen))
                .versions(Some(before), Some(after));
            findings.add(suggestions::restore(draft, findings.origin(), &before.path));
        }
        _ => {}
    }
    Ok(())
}
