//! A new document reuses the number of a removed one.

use crate::change::Change;
use crate::change::history::NumberUse;
use crate::document::Document;
use crate::repo::ObjectError;
use crate::report::{Label, Level, WhichSide};
use crate::rules::rule::{Check, FindingDraft, Findings, Rule, RuleContext, label};
use crate::text::similarity::Words;

use super::number_taken;
use super::shared::suggestions;

/// See the page.
pub(super) static RULE: Rule = Rule {
    id: "number-retired",
    summary: "a new document reuses the number of a removed one",
    page: include_str!("../../docs/rules/number-retired.md"),
    since: "0.1.0",
    level: Level::Deny,
    check: Check::Change(check),
};

/// At most this many different earlier versions are compared by their words, newest first.
const COMPARED: usize = 64;

fn check(
    change: &Change,
    context: &RuleContext<'_>,
    findings: &mut Findings<'_>,
) -> Result<(), ObjectError> {
    let Some(after) = change.after().filter(|_| number_taken::is_new(change)) else {
        return Ok(());
    };
    if is_number_in_use(after, context)? {
        return Ok(());
    }
    let Some(number) = &after.number else {
        return Ok(());
    };
    let had = context.history.numbered(&after.kind, number)?;
    let Some(last) = had.first() else {
        return Ok(());
    };
    if is_return(after, &had, context)? {
        return Ok(());
    }
    let (subject, path) = (after.subject(), &last.name.entry.path);
    let message = format!("{subject} reuses the number of {path}, which was removed");
    let earlier = Label {
        side: WhichSide::Earlier,
        path: path.clone(),
        place: None,
        text: "first used here".to_owned(),
    };
    let draft = FindingDraft::for_document(
        after,
        message,
        label(WhichSide::After, after, None, "used again here"),
    )
    .related(earlier)
    .versions(None, Some(after));
    let draft = suggestions::next_unused(
        draft,
        format!("give {} an unused number", after.path),
        &after.kind.name,
    );
    findings.add(suggestions::show_earlier(
        draft,
        "see the earlier document",
        last.commit,
        path,
    ));
    Ok(())
}

/// True when a document had the number before: then it is taken, or passed on in this step.
fn is_number_in_use(after: &Document, context: &RuleContext<'_>) -> Result<bool, ObjectError> {
    let Some(number) = &after.number else {
        return Ok(false);
    };
    let had = |before: &Document| {
        before.kind.name == after.kind.name && before.number.as_ref() == Some(number)
    };
    if context
        .changes
        .iter()
        .filter_map(Change::before)
        .any(|before| had(before))
    {
        return Ok(true);
    }
    if let Some(published) = context.published
        && !published.numbered(&after.kind, number)?.is_empty()
    {
        return Ok(true);
    }
    // An unchanged document still has its number.
    Ok(number_taken::holder(after, context)?.is_some())
}

/// True when a document that had the number comes back: its bytes, its path, or most of its words.
fn is_return(
    after: &Document,
    had: &[NumberUse],
    context: &RuleContext<'_>,
) -> Result<bool, ObjectError> {
    let now = context.after.entry(&after.path)?.map(|entry| entry.id);
    if had
        .iter()
        .any(|held| held.name.entry.path == after.path || Some(held.name.entry.id) == now)
    {
        return Ok(true);
    }
    let Some(text) = after.text() else {
        return Ok(false);
    };
    let words = Words::of(text.source.text());
    for held in had.iter().take(COMPARED) {
        let earlier = context.history.document(&held.name)?;
        let least = context.policy.similarity.document;
        if earlier
            .text()
            .is_some_and(|text| Words::of(text.source.text()).alike_at_least(&words, least))
        {
            return Ok(true);
        }
    }
    Ok(false)
}
