//! A new or changed document has no status.

use crate::change::Change;
use crate::document::Text;
use crate::policy::kind::{Freeze, StatusStage};
use crate::repo::ObjectError;
use crate::report::{Level, WhichSide};
use crate::rules::rule::{Check, FindingDraft, Findings, Rule, RuleContext, label};

/// See the page.
pub(super) static RULE: Rule = Rule {
    id: "status-missing",
    summary: "a document has no status, but its kind requires one",
    page: include_str!("../../docs/rules/status-missing.md"),
    since: "0.1.0",
    level: Level::Deny,
    check: Check::Change(check),
};

#[expect(clippy::unnecessary_wraps, reason = "the shape of a check")]
fn check(
    change: &Change,
    _: &RuleContext<'_>,
    findings: &mut Findings<'_>,
) -> Result<(), ObjectError> {
    let Some(after) = change
        .after()
        .filter(|after| after.kind.freeze == Freeze::WhenAccepted)
    else {
        return Ok(());
    };
    let Some(text) = after.text().filter(|text| is_missing(text)) else {
        return Ok(());
    };
    let before = change.before().and_then(|before| before.text());
    // An old fault stays an old fault, and a frozen document that lost its status has a rule of its own.
    if before.is_some_and(|before| is_missing(before)) || was_frozen(change) {
        return Ok(());
    }
    let subject = after.subject();
    let (message, at, label_text) = if let Some(hidden) = &text.status.main {
        (
            format!("the status of {subject} is hidden in a comment"),
            Some(hidden.span),
            "not visible to readers",
        )
    } else if let Some(span) = text.status.unfilled {
        (
            format!("the status of {subject} is not filled in"),
            Some(span),
            "placeholder",
        )
    } else {
        let title = text.title.as_ref().map(|title| title.span);
        (
            format!("{subject} has no status"),
            title,
            "expected a status below this title",
        )
    };
    let draft = FindingDraft::for_document(
        after,
        message,
        label(WhichSide::After, after, at, label_text),
    )
    .versions(change.before().map(AsRef::as_ref), Some(after));
    let words = after.kind.vocabulary.iter().flat_map(|words| &words.words);
    let mut open = words
        .filter(|word| word.standing == StatusStage::Open)
        .map(|word| word.canonical.as_str());
    let first = open.next().unwrap_or("Proposed");
    let word = open
        .find(|word| word.eq_ignore_ascii_case("proposed"))
        .unwrap_or(first);
    findings.add(draft.advice(format!(
        "add a section \"## Status\" with a status such as {word}"
    )));
    Ok(())
}

/// True when there is no status, or one in a comment alone that lets the document be edited: its readers may see another.
fn is_missing(text: &Text) -> bool {
    text.status
        .main
        .as_ref()
        .is_none_or(|status| text.status.hidden && status.standing() == Some(StatusStage::Open))
}

fn was_frozen(change: &Change) -> bool {
    change
        .before()
        .is_some_and(|before| before.frozen().is_some())
}
