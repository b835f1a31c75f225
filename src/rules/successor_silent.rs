//! Only one of two documents states that one supersedes the other.

use super::shared::successor::{documents_named, targets};
use crate::change::Change;
use crate::document::{Document, Target, Verb};
use crate::repo::ObjectError;
use crate::report::{Level, WhichSide};
use crate::rules::rule::{Check, FindingDraft, Findings, Rule, RuleContext, label};

/// See the page.
pub(super) static RULE: Rule = Rule {
    id: "successor-silent",
    summary: "only one of two documents states that one supersedes the other",
    page: include_str!("../../docs/rules/successor-silent.md"),
    since: "0.1.0",
    level: Level::Warn,
    check: Check::Change(check),
};

fn check(
    change: &Change,
    context: &RuleContext<'_>,
    findings: &mut Findings<'_>,
) -> Result<(), ObjectError> {
    let Some(after) = change.after().filter(|after| after.text().is_some()) else {
        return Ok(());
    };
    for (verb, reply, words) in [
        (
            Verb::SupersededBy,
            Verb::Supersedes,
            ("is superseded by", "supersedes"),
        ),
        (
            Verb::Supersedes,
            Verb::SupersededBy,
            ("supersedes", "is superseded by"),
        ),
    ] {
        let known: Vec<Target> = change
            .before()
            .map(|before| targets(before, verb).into_iter().cloned().collect())
            .unwrap_or_default();
        for target in targets(after, verb)
            .into_iter()
            .filter(|target| !known.contains(target))
        {
            for name in documents_named(after, target, context.after)? {
                let other = context.after.document(name)?;
                if !is_answered(&other, reply, after, context)? {
                    findings.add(draft(change, after, &other, words, verb));
                }
            }
        }
    }
    Ok(())
}

fn is_answered(
    other: &Document,
    reply: Verb,
    document: &Document,
    context: &RuleContext<'_>,
) -> Result<bool, ObjectError> {
    for target in targets(other, reply) {
        if documents_named(other, target, context.after)?
            .iter()
            .any(|name| name.entry.path == document.path)
        {
            return Ok(true);
        }
    }
    Ok(false)
}

fn draft(
    change: &Change,
    document: &Document,
    other: &Document,
    words: (&str, &str),
    verb: Verb,
) -> FindingDraft {
    let (says, silent) = words;
    let (one, two) = (document.subject(), other.subject());
    let message = format!("{one} {says} {two}, but {two} does not state that it {silent} {one}");
    let relation = super::shared::successor::relations(document, verb)
        .first()
        .map(|relation| relation.span);
    let title = other
        .text()
        .and_then(|text| text.title.as_ref())
        .map(|title| title.span);
    FindingDraft::for_document(
        document,
        message,
        label(WhichSide::After, document, relation, "stated here"),
    )
    .related(label(WhichSide::After, other, title, "not stated here"))
    .versions(change.before().map(AsRef::as_ref), Some(document))
    .advice(format!("add it to the status of {}", other.path))
}
