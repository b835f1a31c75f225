//! A new document has the number of an existing one of its kind.

use crate::change::Change;
use crate::change::entry::DocumentEntry;
use crate::document::Document;
use crate::repo::{ObjectError, RepoPath};
use crate::report::{Label, Level, WhichSide};
use crate::rules::rule::{Check, FindingDraft, Findings, Rule, RuleContext, label};

use super::shared::suggestions;

/// See the page.
pub(super) static RULE: Rule = Rule {
    id: "number-taken",
    summary: "a new document has the number of an existing one",
    page: include_str!("../../docs/rules/number-taken.md"),
    since: "0.1.0",
    level: Level::Deny,
    check: Check::Change(check),
};

fn check(
    change: &Change,
    context: &RuleContext<'_>,
    findings: &mut Findings<'_>,
) -> Result<(), ObjectError> {
    let Some(after) = change.after() else {
        return Ok(());
    };
    if !is_new(change) {
        return Ok(());
    }
    let Some((side, holder)) = holder(after, context)? else {
        return Ok(());
    };
    let subject = after.subject();
    let place = if side == WhichSide::Published {
        " on the protected branch"
    } else {
        ""
    };
    let message = format!("{subject} is already taken by {}{place}", holder.entry.path);
    let taken = Label {
        side,
        path: holder.entry.path.clone(),
        place: None,
        text: "already has this number".to_owned(),
    };
    let draft = FindingDraft::for_document(
        after,
        message,
        label(WhichSide::After, after, None, "same number"),
    )
    .related(taken)
    .versions(None, Some(after));
    findings.add(suggestions::next_unused(
        draft,
        format!("give {} the next free number", after.path),
        &after.kind.name,
    ));
    Ok(())
}

/// True when a document has a number that it did not have before. The number 0 does not count.
pub(super) fn is_new(change: &Change) -> bool {
    let number = change
        .after()
        .and_then(|after| after.number.as_ref())
        .filter(|number| number.value != 0);
    number.is_some()
        && change
            .before()
            .is_none_or(|before| before.number.as_ref() != number)
}

/// Another document that has the number of one that is new under it, and the side it is on.
pub(super) fn holder<'s>(
    after: &Document,
    context: &'s RuleContext<'_>,
) -> Result<Option<(WhichSide, &'s DocumentEntry)>, ObjectError> {
    let Some(number) = &after.number else {
        return Ok(None);
    };
    let here = context.after.numbered(&after.kind, number)?.into_iter();
    // Of several that are new in this step the first by path keeps the number; the others take it.
    let mut here = here.filter(|name| {
        is_another(name, after)
            && (name.entry.path < after.path || !is_new_path(&name.entry.path, context))
    });
    match here.next() {
        Some(name) => Ok(Some((WhichSide::After, name))),
        None => published_holder(after, context),
    }
}

fn is_another(name: &DocumentEntry, document: &Document) -> bool {
    name.entry.path != document.path
}

/// True when the document at this path is new under its number in this step.
fn is_new_path(path: &RepoPath, context: &RuleContext<'_>) -> bool {
    context.changes.iter().any(|change| {
        change.after().is_some_and(|after| {
            after.path == *path
                && change
                    .before()
                    .is_none_or(|before| before.number != after.number)
        })
    })
}

/// A document that came to the protected branch meanwhile, from another branch.
fn published_holder<'s>(
    document: &Document,
    context: &'s RuleContext<'_>,
) -> Result<Option<(WhichSide, &'s DocumentEntry)>, ObjectError> {
    let (Some(published), Some(number)) = (context.published, &document.number) else {
        return Ok(None);
    };
    for name in published.numbered(&document.kind, number)? {
        let known = match context.before {
            Some(before) => before.entry(&name.entry.path)?.is_some(),
            None => false,
        };
        if is_another(name, document) && !known {
            return Ok(Some((WhichSide::Published, name)));
        }
    }
    Ok(None)
}
