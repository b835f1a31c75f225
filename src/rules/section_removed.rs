//! `section-removed`.

use crate::change::sections::Fates;
use crate::change::shelf::Declared;
use crate::document::Content;
use crate::level::Level;
use crate::object::ObjectError;
use crate::report::{Label, WhichSide};
use crate::rule::{Check, Findings, Rule, Scene, label};

use super::{remedy, sections};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "section-removed",
    summary: "a section ID that was published is declared nowhere any more",
    page: include_str!("../../docs/rules/section-removed.md"),
    since: "0.1.0",
    level: Level::Deny,
    check: Check::Step(check),
};

fn check(scene: &Scene<'_>, findings: &mut Findings<'_>) -> Result<(), ObjectError> {
    let Fates { lost, .. } = scene.sections()?;
    for lost in lost {
        let id = lost.id();
        let (message, primary) = match malformed(scene, lost) {
            Some(label) => (format!("{id} can no longer be read as a section ID, so it is declared nowhere"), label),
            None => nearest(scene, lost),
        };
        let primary_before = primary.side == WhichSide::Before;
        let mut draft = sections::draft(Some(lost), None, message, primary);
        if !primary_before {
            draft = draft.related(sections::was(lost, "published here"));
        }
        if lost.section.mark.is_some() {
            draft = draft.advice(format!("leave its tombstone where it was: {}", sections::tombstone(lost)));
        } else {
            draft = draft.advice(format!("mark it [DEPRECATED] instead: {}", sections::tombstone(lost)));
        }
        let stands =
            scene.changes.iter().any(|change| change.both().is_some_and(|(one, _)| one.path == lost.document.path));
        draft = if stands {
            sections::recall(draft, findings, lost)
        } else {
            remedy::restore(draft, findings.origin(), &lost.document.path)
        };
        findings.add(draft);
    }
    Ok(())
}

/// The heading that still means this ID but cannot be read as a declaration.
fn malformed(scene: &Scene<'_>, lost: &Declared) -> Option<Label> {
    scene.changes.iter().filter_map(|change| change.after()).find_map(|after| {
        let heading = after.text()?.malformed.iter().find(|heading| heading.value == lost.id())?;
        Some(label(WhichSide::After, after, Some(heading.span), "reads like a declaration, and is none"))
    })
}

fn nearest(scene: &Scene<'_>, lost: &Declared) -> (String, Label) {
    let id = lost.id();
    let change = scene.changes.iter().find(|change| change.before().is_some_and(|one| one.path == lost.document.path));
    if let Some((_, after)) = change.and_then(|change| change.both())
        && let Content::Unreadable(why) = &after.content
    {
        let message = format!("{id} can no longer be read: its document is {why}");
        return (message, label(WhichSide::After, after, None, "declares nothing"));
    }
    let primary = sections::neighbour(scene, lost).unwrap_or_else(|| sections::was(lost, "declared here until now"));
    (format!("{id} was published and is declared nowhere any more"), primary)
}
