//! `section-removed`.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::change::Change;
use crate::change::snapshot::Declared;
use crate::document::{Content, Document};
use crate::repo::{ObjectError, RepoPath};
use crate::report::{Label, Level, WhichSide};
use crate::rules::rule::{Check, Findings, Rule, RuleContext, label};
use crate::text::Span;

use super::shared::{sections, suggestions};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "section-removed",
    summary: "a published section ID is no longer declared",
    page: include_str!("../../docs/rules/section-removed.md"),
    since: "0.1.0",
    level: Level::Deny,
    check: Check::Step(check),
};

fn check(context: &RuleContext<'_>, findings: &mut Findings<'_>) -> Result<(), ObjectError> {
    let lost = &context.sections()?.lost;
    if lost.is_empty() {
        return Ok(());
    }
    let remains = Remains::of(context);
    for lost in lost {
        let (message, primary) = remains.explain(lost);
        let declared_here = primary.side == WhichSide::Before;
        let mut draft = sections::draft(Some(lost), None, message, primary);
        if !declared_here {
            draft = draft.related(sections::label_before(lost, "published here"));
        }
        draft = if remains.documents.contains_key(&lost.document.path) {
            sections::suggest_published(draft, findings, lost)
        } else {
            suggestions::restore(draft, findings.origin(), &lost.document.path)
        };
        draft = if remains.malformed.contains_key(lost.id()) {
            draft.advice(format!("restore its heading: {}", sections::heading(lost)))
        } else if lost.section.mark.is_some() {
            draft.advice(format!(
                "restore its tombstone: {}",
                sections::tombstone(lost)
            ))
        } else {
            suggestions::deprecate(
                draft,
                "restore it and mark it [DEPRECATED] instead",
                lost.id(),
            )
        };
        findings.add(draft);
    }
    Ok(())
}

/// What is left of the documents that sections were lost from.
struct Remains<'a> {
    /// By path before.
    documents: BTreeMap<&'a RepoPath, Remain<'a>>,
    /// Headings that mean an ID and declare nothing.
    malformed: BTreeMap<&'a str, (&'a Arc<Document>, Span)>,
}

/// What is left of one document.
struct Remain<'a> {
    before: &'a Arc<Document>,
    after: &'a Arc<Document>,
    /// The sections it still declares.
    stands: BTreeMap<&'a str, Span>,
}

impl<'a> Remains<'a> {
    fn of(context: &'a RuleContext<'_>) -> Self {
        let mut malformed = BTreeMap::new();
        for after in context.changes.iter().filter_map(Change::after) {
            for heading in after.text().map_or(&[][..], |text| &text.malformed) {
                malformed
                    .entry(heading.value.as_str())
                    .or_insert((after, heading.span));
            }
        }
        let documents = context
            .changes
            .iter()
            .filter_map(Change::both)
            .map(|(before, after)| {
                let sections = after.text().map_or(&[][..], |text| &text.sections);
                let stands = sections
                    .iter()
                    .map(|section| (section.id.as_str(), section.declared))
                    .collect();
                (
                    &before.path,
                    Remain {
                        before,
                        after,
                        stands,
                    },
                )
            });
        Self {
            documents: documents.collect(),
            malformed,
        }
    }

    /// The message about a lost section, and the most helpful place in the new text.
    fn explain(&self, lost: &Declared) -> (String, Label) {
        let id = lost.id();
        if let Some((after, span)) = self.malformed.get(id) {
            let primary = label(
                WhichSide::After,
                after,
                Some(*span),
                "looks like a declaration but is not one",
            );
            return (
                format!("{id} was published, but its heading no longer declares it"),
                primary,
            );
        }
        let remain = self.documents.get(&lost.document.path);
        if let Some((remain, Content::Unreadable(why))) =
            remain.map(|remain| (remain, &remain.after.content))
        {
            let primary = label(WhichSide::After, remain.after, None, "not readable");
            return (
                format!("{id} was published, but its document became unreadable: {why}"),
                primary,
            );
        }
        let primary = remain.and_then(|remain| remain.nearest_section(lost));
        let primary = primary.unwrap_or_else(|| sections::label_before(lost, "was declared here"));
        (
            format!("{id} was published, but no spec declares it now"),
            primary,
        )
    }
}

impl Remain<'_> {
    /// The section nearest to the place of a lost one: the one before it, else the one after it.
    fn nearest_section(&self, lost: &Declared) -> Option<Label> {
        /// How far to look.
        const NEAR: usize = 32;
        let sections = &self.before.text()?.sections;
        let at = sections
            .partition_point(|section| section.declared.start() < lost.section.declared.start());
        let stands = |id: &str| self.stands.get(id).copied();
        let front = sections
            .get(..at)?
            .iter()
            .rev()
            .take(NEAR)
            .find_map(|section| stands(&section.id));
        let behind = || {
            sections
                .get(at..)?
                .iter()
                .take(NEAR)
                .find_map(|section| stands(&section.id))
        };
        let (span, side) = front
            .map(|span| (span, "after"))
            .or_else(|| Some((behind()?, "before")))?;
        Some(label(
            WhichSide::After,
            self.after,
            Some(span),
            format!("{} was {side} this section", lost.id()),
        ))
    }
}
