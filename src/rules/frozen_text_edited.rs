//! A frozen document's content changed in a way that its kind does not allow.

use super::shared::{frozen, suggestions};
use crate::change::edit::{EditPlace, Version};
use crate::change::{Change, legality};
use crate::document::Document;
use crate::repo::ObjectError;
use crate::report::{EditClass, Label, Level, WhichSide};
use crate::rules::rule::{Check, FindingDraft, Findings, Rule, RuleContext, label};

/// See the page.
pub(super) static RULE: Rule = Rule {
    id: "frozen-text-edited",
    summary: "a frozen document was edited in a way that its kind does not allow",
    page: include_str!("../../docs/rules/frozen-text-edited.md"),
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
    let Some(frozen) = before
        .frozen()
        .filter(|_| before.text().is_some() && after.text().is_some())
    else {
        return Ok(());
    };
    let (version_before, version_after) = (Version::of(before), Version::of(after));
    let edit = version_before.edit_to(&version_after);
    let Some((class, level)) = legality::weigh(before, &edit) else {
        return Ok(());
    };
    if frozen::restores(&version_before, &version_after, context)? {
        return Ok(());
    }
    let place = edit.classes.get(&class).copied().unwrap_or_default();
    let message = format!(
        "{} was edited: {}",
        frozen::describe(before, frozen),
        class_phrase(class)
    );
    let draft =
        FindingDraft::for_document(before, message, edited_label(before, after, place, class))
            .class(class)
            .level(level.min(findings.level()))
            .related(frozen::frozen_label(before, frozen))
            .versions(Some(before), Some(after));
    let draft = suggestions::restore(draft, findings.origin(), &before.path);
    findings.add(suggestions::write_successor(draft, before));
    Ok(())
}

fn edited_label(before: &Document, after: &Document, place: EditPlace, class: EditClass) -> Label {
    match (place.after, place.before) {
        (None, Some(span)) => label(
            WhichSide::Before,
            before,
            Some(span),
            format!("removed ({class})"),
        ),
        (Some(span), None) => label(
            WhichSide::After,
            after,
            Some(span),
            format!("added ({class})"),
        ),
        (span, _) => label(WhichSide::After, after, span, format!("changed ({class})")),
    }
}

fn class_phrase(class: EditClass) -> &'static str {
    match class {
        EditClass::Status => "its status changed",
        EditClass::Relation => "a relation was added",
        EditClass::Whitespace => "whitespace changed",
        EditClass::Move => "it was moved",
        EditClass::LinkTarget => "a link target changed",
        EditClass::Markup => "its markup changed",
        EditClass::Metadata => "its metadata changed",
        EditClass::Text => "its text changed",
    }
}
