//! A superseded document does not name its successor.

use super::shared::successor::{documents_named, relations, resolve, targets};
use crate::change::Change;
use crate::document::{Document, Target, Verb};
use crate::policy::kind::StatusStage;
use crate::repo::ObjectError;
use crate::report::{Level, WhichSide};
use crate::rules::rule::{Check, FindingDraft, Findings, Rule, RuleContext, label};

/// See the page.
pub(super) static RULE: Rule = Rule {
    id: "successor-missing",
    summary: "a superseded document does not name an existing successor",
    page: include_str!("../../docs/rules/successor-missing.md"),
    since: "0.1.0",
    level: Level::Deny,
    check: Check::Change(check),
};

fn check(
    change: &Change,
    context: &RuleContext<'_>,
    findings: &mut Findings<'_>,
) -> Result<(), ObjectError> {
    let Some((after, text)) = change
        .after()
        .and_then(|after| Some((after, after.text()?)))
    else {
        return Ok(());
    };
    let Some(status) = text.status.main.as_ref().filter(|_| is_superseded(after)) else {
        return Ok(());
    };
    let before = change.before();
    let same_as_before = |before: &Document| {
        is_superseded(before) && claimed_successors(before) == claimed_successors(after)
    };
    if before.is_some_and(|before| same_as_before(before)) {
        return Ok(());
    }
    let claimed = targets(after, Verb::SupersededBy);
    for target in &claimed {
        if exists(after, target, context)? {
            return Ok(());
        }
    }
    let subject = after.subject();
    let (message, at, text) = match relations(after, Verb::SupersededBy).first() {
        Some(relation) if !claimed.is_empty() => {
            let message = format!("{subject} is superseded by a document that does not exist");
            (message, relation.span, "no such document")
        }
        _ => (
            format!("{subject} is superseded but does not name its successor"),
            status.span,
            "names no successor",
        ),
    };
    let primary = label(WhichSide::After, after, Some(at), text);
    let draft = FindingDraft::for_document(after, message, primary)
        .versions(change.before().map(AsRef::as_ref), Some(after));
    let kind = &after.kind.name;
    findings.add(draft.advice(format!(
        "name the {kind} that replaces it, for example: Superseded by [{0}-NNNN](NNNN-short-title.md)",
        kind.to_uppercase()
    )));
    Ok(())
}

/// True when the document's status means that another one replaces it.
fn is_superseded(document: &Document) -> bool {
    let status = document.text().and_then(|text| text.status.main.as_ref());
    status.is_some_and(|status| {
        let word = status.word().to_lowercase();
        status.standing() == Some(StatusStage::Terminal)
            && (word.starts_with("superseded") || word.starts_with("replaced"))
    })
}

fn claimed_successors(document: &Document) -> Vec<Target> {
    targets(document, Verb::SupersededBy)
        .into_iter()
        .cloned()
        .collect()
}

fn exists(
    document: &Document,
    target: &Target,
    context: &RuleContext<'_>,
) -> Result<bool, ObjectError> {
    if !documents_named(document, target, context.after)?.is_empty() {
        return Ok(true);
    }
    // A successor that no kind governs, such as a page elsewhere in the repository, is a document all the same.
    match target {
        Target::Link(link) if !link.contains("://") => {
            let path = resolve(document, link);
            Ok(path != document.path && context.after.entry(&path)?.is_some())
        }
        _ => Ok(false),
    }
}
