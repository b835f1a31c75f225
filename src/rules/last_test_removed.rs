//! `last-test-removed`.

use std::collections::{BTreeMap, BTreeSet};

use crate::change::snapshot::Declared;
use crate::citations::{CitationPlace, cited_by_a_test};
use crate::repo::ObjectError;
use crate::report::{Level, WhichSide};
use crate::rules::rule::{Check, FindingDraft, Findings, Rule, RuleContext};

use super::shared::{citations, sections, suggestions};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "last-test-removed",
    summary: "the last test that cites a section was removed",
    page: include_str!("../../docs/rules/last-test-removed.md"),
    since: "0.1.0",
    level: Level::Deny,
    check: Check::Step(check),
};

fn check(context: &RuleContext<'_>, findings: &mut Findings<'_>) -> Result<(), ObjectError> {
    let Some(traced) = citations::changes(context, findings)? else {
        return Ok(());
    };
    let changes = context.sections()?;
    let is_new = |id: &str| changes.fresh.iter().any(|new| new.id() == id);
    let gone = traced
        .removed
        .iter()
        .filter(|(id, _)| !traced.cited.contains_key(*id) && !is_new(id));
    let gone: BTreeMap<&str, &Vec<CitationPlace>> =
        gone.map(|(id, places)| (id.as_str(), places)).collect();
    if gone.is_empty() {
        return Ok(());
    }
    let ids: Vec<&str> = gone.keys().copied().collect();
    let mut declared = citations::declarations(context, &ids)?;
    declared.retain(|_, declared| citations::is_live(declared));
    let live: BTreeSet<&str> = declared.keys().map(String::as_str).collect();
    let elsewhere = traced.cited_elsewhere(&live, context.policy, context.after)?;
    let mut unread = None;
    for (id, declared) in declared
        .iter()
        .filter(|(id, _)| !elsewhere.contains(id.as_str()))
    {
        let Some((places, section)) = gone.get(id.as_str()).zip(declared.first()) else {
            continue;
        };
        match places
            .iter()
            .find(|place| traced.unread.contains(&place.path))
        {
            Some(place) => unread = Some(too_large(place, id)),
            None => findings.add(removed(context, findings, places, section)),
        }
    }
    unread.map_or(Ok(()), Err)
}

fn removed(
    context: &RuleContext<'_>,
    findings: &Findings<'_>,
    places: &[CitationPlace],
    section: &Declared,
) -> FindingDraft {
    let id = section.id();
    let message = format!("the last test that cites {id} was removed");
    let draft = citations::draft(WhichSide::Before, id, places, message, "was cited here");
    let draft = draft.unwrap_or_else(|| {
        sections::draft(
            None,
            Some(section),
            String::new(),
            sections::label_after(section, ""),
        )
    });
    let draft = draft
        .kind(&section.document.kind.name)
        .related(sections::label_after(section, "still declared here"));
    let draft = draft.content(
        Some(cited_by_a_test(id).as_bytes()),
        Some(section.whole().as_bytes()),
    );
    let file = places.first().map(|place| place.path.as_ref());
    let gone = context
        .files
        .iter()
        .find(|difference| Some(&difference.path) == file && difference.after.is_none());
    let draft = match gone {
        Some(gone) => suggestions::restore(draft, findings.origin(), &gone.path),
        None => draft.advice(format!("keep this test, or cite {id} in another one")),
    };
    suggestions::deprecate(
        draft,
        format!("if {id} no longer applies, deprecate it in the same commit"),
        id,
    )
}

fn too_large(place: &CitationPlace, id: &str) -> ObjectError {
    ObjectError {
        what: format!("{}, the last test that cited {id},", place.path),
        why: "it is over limits.blob".to_owned(),
        remedy: "make it smaller, or raise limits.blob in the policy".to_owned(),
    }
}
