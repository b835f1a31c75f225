//! `section-prefix-undeclared`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::change::Change;
use crate::change::sections::prefix;
use crate::change::snapshot::{Declared, Snapshot};
use crate::document::Document;
use crate::policy::kind::PrefixForm;
use crate::repo::{ObjectError, RepoPath};
use crate::report::{Level, WhichSide};
use crate::rules::rule::{Check, FindingDraft, Findings, Rule, RuleContext, label};
use crate::text::Span;

use super::shared::sections;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "section-prefix-undeclared",
    summary: "a new section ID has a prefix that its spec does not declare, or that another spec uses",
    page: include_str!("../../docs/rules/section-prefix-undeclared.md"),
    since: "0.1.0",
    level: Level::Warn,
    check: Check::Step(check),
};

fn check(context: &RuleContext<'_>, findings: &mut Findings<'_>) -> Result<(), ObjectError> {
    let gained = &context.sections()?.gained;
    let mut documents: BTreeMap<&RepoPath, Vec<&Declared>> = BTreeMap::new();
    for new in gained
        .iter()
        .filter(|new| !matches!(prefix_form(&new.document), None | Some(PrefixForm::None)))
    {
        documents.entry(&new.document.path).or_default().push(new);
    }
    let earlier: BTreeMap<&RepoPath, &Arc<Document>> = context
        .changes
        .iter()
        .filter_map(Change::both)
        .map(|(before, after)| (&after.path, before))
        .collect();
    // Where a spec goes on under its own prefix, as most do, no other one has to be read.
    documents.retain(|path, new| {
        let own = earlier
            .get(path)
            .map(|own| prefixes_in_use(own))
            .unwrap_or_default();
        !new.iter().all(|new| own.contains(prefix(new.id())))
    });
    let Some(before) = context.before.filter(|_| !documents.is_empty()) else {
        return Ok(());
    };
    let owners = declaring_documents(before)?;
    for (path, new) in documents {
        let Some(document) = new.first().map(|new| &new.document) else {
            continue;
        };
        let own = earlier.get(path).copied();
        let customary = established_prefixes(before, own, document)?;
        // One cause, one finding: the first new ID of each prefix.
        let mut groups: BTreeMap<&str, Vec<&Declared>> = BTreeMap::new();
        for new in new
            .into_iter()
            .filter(|new| !customary.contains(prefix(new.id())))
        {
            groups.entry(prefix(new.id())).or_default().push(new);
        }
        let declared = declared_prefixes(document);
        for (prefix, new) in groups {
            let mut others = owners.get(prefix).into_iter().flatten();
            let owner = others.find(|(owner, _)| {
                owner.path != *path && own.is_none_or(|own| own.path != owner.path)
            });
            if let Some(draft) = foreign_prefix(prefix, &new, owner, &declared) {
                findings.add(draft);
            }
        }
    }
    Ok(())
}

/// The finding about the new IDs of one prefix in one document; `None` when the prefix is allowed there.
fn foreign_prefix(
    prefix: &str,
    new: &[&Declared],
    owner: Option<&(Arc<Document>, Span)>,
    declared: &BTreeMap<&str, Span>,
) -> Option<FindingDraft> {
    let (first, others) = new.split_first()?;
    let more = if others.is_empty() {
        String::new()
    } else {
        format!(" (and {} more new IDs)", others.len())
    };
    let primary = sections::label_after(first, "new section");
    let draft = if let Some((owner, span)) = owner {
        let message = format!("{} has the prefix of {}{more}", first.id(), owner.path);
        let related = label(
            WhichSide::Before,
            owner,
            Some(*span),
            format!("uses {prefix}"),
        );
        sections::draft(None, Some(first), message, primary).related(related)
    } else {
        if !matches!(prefix_form(&first.document), Some(PrefixForm::Line(_)))
            || declared.contains_key(prefix)
        {
            return None;
        }
        // A spec that declares nothing is not judged alone.
        let (known, span) = declared.iter().min_by_key(|(_, span)| span.start())?;
        let message = format!(
            "{} has the prefix {prefix}, which its spec does not declare{more}",
            first.id()
        );
        let related = label(
            WhichSide::After,
            &first.document,
            Some(*span),
            format!("declares {known}"),
        );
        sections::draft(None, Some(first), message, primary).related(related)
    };
    Some(draft.advice("use a prefix that this spec declares"))
}

fn prefix_form(document: &Document) -> Option<&PrefixForm> {
    document.kind.sections.as_ref().map(|forms| &forms.prefix)
}

/// The prefixes that a document declares, each with the first place that declares it.
fn declared_prefixes(document: &Document) -> BTreeMap<&str, Span> {
    let mut first = BTreeMap::new();
    let Some(text) = document.text() else {
        return first;
    };
    match prefix_form(document) {
        Some(PrefixForm::Line(_)) => {
            text.prefixes
                .iter()
                .for_each(|prefix| _ = first.entry(prefix.value.as_str()).or_insert(prefix.span));
        }
        Some(PrefixForm::FirstId) => {
            text.sections
                .iter()
                .for_each(|one| _ = first.entry(prefix(&one.id)).or_insert(one.declared));
        }
        Some(PrefixForm::None) | None => {}
    }
    first
}

/// The prefixes that a document had before, by declaration or by use, and those that sections brought which stood
/// elsewhere before.
fn established_prefixes(
    before: &Snapshot<'_>,
    own: Option<&Arc<Document>>,
    document: &Document,
) -> Result<BTreeSet<String>, ObjectError> {
    let known = before.sections()?;
    let sections = |document: &Document| {
        document
            .text()
            .map(|text| text.sections.clone())
            .unwrap_or_default()
    };
    let moved = sections(document)
        .into_iter()
        .filter(|section| known.contains_key(&section.id));
    let mut customary: BTreeSet<String> = moved
        .map(|section| prefix(&section.id).to_owned())
        .collect();
    customary.extend(
        own.into_iter()
            .flat_map(|own| prefixes_in_use(own))
            .map(str::to_owned),
    );
    Ok(customary)
}

/// The prefixes that a document declares or uses.
fn prefixes_in_use(document: &Document) -> BTreeSet<&str> {
    let sections = document.text().map_or(&[][..], |text| &text.sections);
    declared_prefixes(document)
        .into_keys()
        .chain(sections.iter().map(|section| prefix(&section.id)))
        .collect()
}

type Owners = BTreeMap<String, Vec<(Arc<Document>, Span)>>;

/// Which documents declare a prefix, sorted by path.
fn declaring_documents(snapshot: &Snapshot<'_>) -> Result<Owners, ObjectError> {
    let mut owners = Owners::new();
    for name in snapshot
        .names()?
        .iter()
        .filter(|name| name.kind.sections.is_some())
    {
        let document = snapshot.document(name)?;
        for (prefix, span) in declared_prefixes(&document) {
            owners
                .entry(prefix.to_owned())
                .or_default()
                .push((Arc::clone(&document), span));
        }
    }
    Ok(owners)
}
