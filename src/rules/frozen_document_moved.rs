//! A frozen document was moved; its content and number are unchanged.

use super::shared::{frozen, suggestions};
use crate::change::edit::classify;
use crate::change::{Change, legality};
use crate::repo::ObjectError;
use crate::report::{EditClass, Level, WhichSide};
use crate::rules::rule::{Check, FindingDraft, Findings, Rule, RuleContext, label};

/// See the page.
pub(super) static RULE: Rule = Rule {
    id: "frozen-document-moved",
    summary: "a frozen document was moved or renamed",
    page: include_str!("../../docs/rules/frozen-document-moved.md"),
    since: "0.1.0",
    level: Level::Warn,
    check: Check::Change(check),
};

fn check(
    change: &Change,
    context: &RuleContext<'_>,
    findings: &mut Findings<'_>,
) -> Result<(), ObjectError> {
    let Change::Moved { before, after } = change else {
        return Ok(());
    };
    let Some(frozen) = before.frozen().filter(|_| before.number == after.number) else {
        return Ok(());
    };
    let own = before
        .kind
        .edits
        .get(&EditClass::Move)
        .copied()
        .unwrap_or(EditClass::Move.default_level());
    // A document that was edited on its way is an edited document.
    if own == Level::Allow || legality::weigh(before, &classify(before, after)).is_some() {
        return Ok(());
    }
    if frozen::moves_back(before, after, context)? {
        return Ok(());
    }
    let message = format!(
        "{} was moved to {}",
        frozen::describe(before, frozen),
        after.path
    );
    let draft = FindingDraft::for_document(
        before,
        message,
        label(WhichSide::After, after, None, "now here"),
    )
    .class(EditClass::Move)
    .level(own.max(findings.level()))
    .related(label(
        WhichSide::Before,
        before,
        None,
        "was here; links to it may break",
    ))
    .versions(Some(before), Some(after));
    let command = format!(
        "git mv {} {}",
        suggestions::quote(&after.path),
        suggestions::quote(&before.path)
    );
    findings.add(draft.help("move it back", command));
    Ok(())
}
