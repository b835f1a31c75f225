//! A document states two different statuses.

use crate::change::Change;
use crate::document::{Status, Text};
use crate::repo::ObjectError;
use crate::report::{Level, WhichSide};
use crate::rules::rule::{Check, FindingDraft, Findings, Rule, RuleContext, label};

/// See the page.
pub(super) static RULE: Rule = Rule {
    id: "status-ambiguous",
    summary: "a document states its status twice, with different values",
    page: include_str!("../../docs/rules/status-ambiguous.md"),
    since: "0.1.0",
    level: Level::Warn,
    check: Check::Change(check),
};

#[expect(clippy::unnecessary_wraps, reason = "the shape of a check")]
fn check(
    change: &Change,
    _: &RuleContext<'_>,
    findings: &mut Findings<'_>,
) -> Result<(), ObjectError> {
    let Some((after, text)) = change
        .after()
        .and_then(|after| Some((after, after.text()?)))
    else {
        return Ok(());
    };
    let Some((main, other)) = disagreement(text) else {
        return Ok(());
    };
    let before = change.before().and_then(|before| before.text());
    let words =
        |(main, other): (&Status, &Status)| (main.word().to_owned(), other.word().to_owned());
    if before.and_then(|before| disagreement(before)).map(words) == Some(words((main, other))) {
        return Ok(());
    }
    let message = format!(
        "{} has both the status {} and the status {}; {} applies",
        after.subject(),
        main.word(),
        other.word(),
        main.word()
    );
    let draft = FindingDraft::for_document(
        after,
        message,
        label(
            WhichSide::After,
            after,
            Some(main.span),
            "this status applies",
        ),
    )
    .related(label(
        WhichSide::After,
        after,
        Some(other.span),
        "this status differs",
    ))
    .versions(change.before().map(AsRef::as_ref), Some(after));
    findings.add(draft.advice("make both the same, or remove one"));
    Ok(())
}

fn disagreement(text: &Text) -> Option<(&Status, &Status)> {
    let main = text.status.main.as_ref()?;
    let other = text
        .status
        .others
        .iter()
        .find(|other| other.word() != main.word())?;
    Some((main, other))
}
