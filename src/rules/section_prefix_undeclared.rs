//! `section-prefix-undeclared`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::change::sections::prefix;
use crate::change::shelf::{Declared, Shelf};
use crate::document::{Document, Span};
use crate::kind::PrefixForm;
use crate::level::Level;
use crate::object::{ObjectError, RepoPath};
use crate::report::{Label, WhichSide};
use crate::rule::{Check, Findings, Rule, Scene, label};

use super::sections;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "section-prefix-undeclared",
    summary: "a new section ID has a prefix that its spec does not declare, or that another spec declares",
    page: include_str!("../../docs/rules/section-prefix-undeclared.md"),
    since: "0.1.0",
    level: Level::Warn,
    check: Check::Step(check),
};

fn check(scene: &Scene<'_>, findings: &mut Findings<'_>) -> Result<(), ObjectError> {
    let gained = &scene.sections()?.gained;
    // One cause, one finding: the first new ID of each prefix in each document.
    let mut groups: BTreeMap<(&RepoPath, &str), Vec<&Declared>> = BTreeMap::new();
    for new in gained.iter().filter(|new| !matches!(form(&new.document), None | Some(PrefixForm::None))) {
        groups.entry((&new.document.path, prefix(new.id()))).or_default().push(new);
    }
    let Some(before) = scene.before.filter(|_| !groups.is_empty()) else { return Ok(()) };
    let owners = owners(before)?;
    for ((path, prefix), new) in groups {
        let Some(first) = new.first() else { continue };
        let change = scene.changes.iter().find(|change| change.after().is_some_and(|after| after.path == *path));
        let own = change.and_then(|change| change.before());
        if own.is_some_and(|own| declared(own).iter().any(|(known, _)| *known == prefix))
            || inherits(before, first, prefix)?
        {
            continue;
        }
        let mine = declared(&first.document);
        let says = mine.iter().any(|(known, _)| *known == prefix);
        let mut others = owners.get(prefix).into_iter().flatten();
        let owner = others.find(|(owner, _)| owner.path != *path && own.is_none_or(|own| own.path != owner.path));
        let message = match owner {
            Some((owner, _)) => format!("{} has a prefix that belongs to {}", first.id(), owner.path),
            None if says || mine.is_empty() || !matches!(form(&first.document), Some(PrefixForm::Line(_))) => continue,
            None => format!("{} has the prefix {prefix}, which its spec does not declare", first.id()),
        };
        let more = new.len() - 1;
        let message = if more == 0 { message } else { format!("{message} (and {more} more new IDs like it)") };
        let draft = sections::draft(None, Some(first), message, sections::is(first, "new here"));
        let related: Option<Label> = match owner {
            Some((owner, span)) => Some(label(WhichSide::Before, owner, Some(*span), format!("{prefix} belongs here"))),
            None => mine.first().map(|(known, span)| {
                label(WhichSide::After, &first.document, Some(*span), format!("declares {known} only"))
            }),
        };
        let draft = match related {
            Some(related) => draft.related(related),
            None => draft,
        };
        findings.add(draft.advice("give new sections a prefix that their own spec declares"));
    }
    Ok(())
}

fn form(document: &Document) -> Option<&PrefixForm> {
    document.kind.sections.as_ref().map(|forms| &forms.prefix)
}

/// The prefixes that a document declares, each with the first place that says so.
fn declared(document: &Document) -> Vec<(&str, Span)> {
    let Some(text) = document.text() else { return Vec::new() };
    let said: Vec<(&str, Span)> = match form(document) {
        Some(PrefixForm::Line(_)) => text.prefixes.iter().map(|prefix| (prefix.value.as_str(), prefix.span)).collect(),
        Some(PrefixForm::FirstId) => {
            text.sections.iter().map(|section| (prefix(&section.id), section.declared)).collect()
        }
        Some(PrefixForm::None) | None => Vec::new(),
    };
    let mut first: Vec<(&str, Span)> = Vec::new();
    let mut known = BTreeSet::new();
    for (prefix, span) in said {
        if known.insert(prefix) {
            first.push((prefix, span));
        }
    }
    first
}

type Owners = BTreeMap<String, Vec<(Arc<Document>, Span)>>;

/// Which documents declare a prefix, sorted by path.
fn owners(shelf: &Shelf<'_>) -> Result<Owners, ObjectError> {
    let mut owners = Owners::new();
    for name in shelf.names()?.iter().filter(|name| name.kind.sections.is_some()) {
        let document = shelf.document(name)?;
        for (prefix, span) in declared(&document) {
            owners.entry(prefix.to_owned()).or_default().push((Arc::clone(&document), span));
        }
    }
    Ok(owners)
}

/// True when a document holds an ID of this prefix that stood somewhere before: sections moved in, and their prefix with
/// them.
fn inherits(before: &Shelf<'_>, new: &Declared, wanted: &str) -> Result<bool, ObjectError> {
    let known = before.sections()?;
    let sections = new.document.text().map_or(&[][..], |text| &text.sections);
    Ok(sections.iter().any(|section| prefix(&section.id) == wanted && known.contains_key(&section.id)))
}
