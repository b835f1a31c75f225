//! A new ID is written with look-alike letters.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::backlog::look_alikes;
use crate::change::Change;
use crate::change::snapshot::{Declared, Snapshot};
use crate::document::{Document, LookAlike};
use crate::repo::{Entry, ObjectError, RepoPath};
use crate::report::{Label, Level, WhichSide};
use crate::rules::rule::{Check, FindingDraft, Findings, Rule, RuleContext};
use crate::text::confusables::{first_non_ascii, name};
use crate::text::{Source, Spanned};

/// See the page.
pub(super) static RULE: Rule = Rule {
    id: "id-look-alike",
    summary: "a new heading, row or item has an ID with look-alike letters",
    page: include_str!("../../docs/rules/id-look-alike.md"),
    since: "0.1.0",
    level: Level::Deny,
    check: Check::Step(check),
};

/// The place of such an ID.
struct DeclaredId<'s> {
    path: &'s RepoPath,
    source: Arc<Source>,
    id: Spanned<LookAlike>,
}

fn check(context: &RuleContext<'_>, findings: &mut Findings<'_>) -> Result<(), ObjectError> {
    let mut after = section_look_alikes(context, Change::after);
    after.extend(backlog_look_alikes(
        context,
        Some(context.after),
        |difference| difference.after.as_ref(),
    )?);
    if after.is_empty() {
        return Ok(());
    }
    let mut before = section_look_alikes(context, Change::before);
    before.extend(backlog_look_alikes(
        context,
        context.before,
        |difference| difference.before.as_ref(),
    )?);
    let mut known: BTreeMap<LookAlike, usize> = BTreeMap::new();
    for found in before {
        *known.entry(found.id.value).or_default() += 1;
    }
    // An ID that is lost through this has a finding of its own.
    let lost: BTreeSet<&str> = context.sections()?.lost.iter().map(Declared::id).collect();
    for DeclaredId { path, source, id } in after {
        if let Some(count @ 1..) = known.get_mut(&id.value) {
            *count -= 1;
            continue;
        }
        let LookAlike { written, id: meant } = &id.value;
        if lost.contains(meant.as_str()) {
            continue;
        }
        let odd = first_non_ascii(written, meant).map_or_else(String::new, |letter| {
            format!(" but contains {}", name(letter))
        });
        let message = format!("\"{written}\" looks like the ID {meant}{odd}");
        let label = Label {
            side: WhichSide::After,
            path: path.clone(),
            text: "not read as an ID".to_owned(),
            place: Some((Arc::clone(&source), id.span)),
        };
        let draft = FindingDraft::new(written.as_str(), message, label)
            .content(None, Some(source.slice(id.span).as_bytes()));
        findings.add(draft.advice(format!("write {meant} in ASCII")));
    }
    Ok(())
}

fn section_look_alikes<'s>(
    context: &'s RuleContext<'_>,
    side: fn(&Change) -> Option<&Arc<Document>>,
) -> Vec<DeclaredId<'s>> {
    let documents = context
        .changes
        .iter()
        .filter_map(side)
        .filter_map(|document| Some((document, document.text()?)));
    let found = documents.flat_map(|(document, text)| {
        let found = |id: &Spanned<LookAlike>| DeclaredId {
            path: &document.path,
            source: Arc::clone(&text.source),
            id: id.clone(),
        };
        text.look_alikes.iter().map(found)
    });
    found.collect()
}

fn backlog_look_alikes<'s>(
    context: &'s RuleContext<'_>,
    snapshot: Option<&Snapshot<'_>>,
    side: fn(&crate::repo::Difference) -> Option<&Entry>,
) -> Result<Vec<DeclaredId<'s>>, ObjectError> {
    let (Some(backlog), Some(snapshot)) = (&context.policy.backlog, snapshot) else {
        return Ok(Vec::new());
    };
    let mut found = Vec::new();
    for difference in context
        .files
        .iter()
        .filter(|difference| [&backlog.open, &backlog.done].contains(&&difference.path))
    {
        let Some(entry) = side(difference).filter(|entry| entry.mode.is_file()) else {
            continue;
        };
        let Some(source) = snapshot.text(entry)? else {
            continue;
        };
        let ids = look_alikes(&source, &backlog.prefixes);
        found.extend(ids.into_iter().map(|id| DeclaredId {
            path: &difference.path,
            source: Arc::clone(&source),
            id,
        }));
    }
    Ok(found)
}
