//! A status changed in a way that the policy does not allow.

use super::shared::{frozen, suggestions};
use crate::change::Change;
use crate::change::edit::Version;
use crate::change::legality::is_reversed;
use crate::document::{Document, Status, StatusValue};
use crate::policy::kind::{StatusStage, StatusWord};
use crate::repo::ObjectError;
use crate::report::{Level, WhichSide};
use crate::rules::rule::{Check, FindingDraft, Findings, Rule, RuleContext, label};

/// See the page.
pub(super) static RULE: Rule = Rule {
    id: "status-reversed",
    summary: "a status changed in a way that the policy does not allow",
    page: include_str!("../../docs/rules/status-reversed.md"),
    since: "0.1.0",
    level: Level::Forbid,
    check: Check::Change(check),
};

fn check(
    change: &Change,
    context: &RuleContext<'_>,
    findings: &mut Findings<'_>,
) -> Result<(), ObjectError> {
    let Some((before, after)) = change.both() else {
        return Ok(());
    };
    let (Some(frozen), Some(text_before), Some(text_after)) =
        (before.frozen(), before.text(), after.text())
    else {
        return Ok(());
    };
    if !is_reversed(before, after)
        || frozen::restores(&Version::of(before), &Version::of(after), context)?
    {
        return Ok(());
    }
    let Some(from) = &text_before.status.main else {
        return Ok(());
    };
    let subject = before.subject();
    let (message, primary) = match &text_after.status.main {
        Some(to) => (
            format!(
                "the status of {subject} changed from {} to {}",
                from.word(),
                to.word()
            ),
            label(
                WhichSide::After,
                after,
                Some(to.span),
                "this change is not allowed",
            ),
        ),
        None => (
            format!(
                "the status of {subject}, which was {}, was removed",
                from.word()
            ),
            label(
                WhichSide::After,
                after,
                text_after.status.unfilled,
                "status removed",
            ),
        ),
    };
    let draft = FindingDraft::for_document(before, message, primary)
        .related(frozen::frozen_label(before, frozen))
        .versions(Some(before), Some(after));
    let draft = suggestions::restore(draft, findings.origin(), &before.path);
    let draft = draft.advice(legal_moves(before, from));
    findings.add(if from.standing() == Some(StatusStage::Frozen) {
        suggestions::write_successor(draft, before)
    } else {
        draft
    });
    Ok(())
}

fn legal_moves(document: &Document, status: &Status) -> String {
    let Some(words) = &document.kind.vocabulary else {
        return String::new();
    };
    let from = status.word();
    let leads = |to: &StatusWord| match status.value {
        StatusValue::Known(..) => to.canonical != from && words.permits(from, &to.canonical),
        StatusValue::Unknown => to.standing != StatusStage::Open,
    };
    let mut legal: Vec<&str> = Vec::new();
    for word in words
        .words
        .iter()
        .filter(|word| leads(word))
        .map(|word| word.canonical.as_str())
    {
        if !legal.contains(&word) {
            legal.push(word);
        }
    }
    match legal.as_slice() {
        [] => format!(
            "{from} cannot change: write a new {} instead",
            document.kind.name
        ),
        legal => format!("{from} may only change to {}", legal.join(", ")),
    }
}
