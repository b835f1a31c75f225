//! `section-removed`.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::change::Change;
use crate::change::snapshot::Declared;
use crate::document::{Content, Document};
use crate::repo::{ObjectError, RepoPath};
use crate::report::Level;
use crate::report::{Label, WhichSide};
use crate::rules::rule::{Check, Findings, Rule, RuleContext, label};
use crate::text::Span;

use super::shared::{sections, suggestions};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "section-removed",
    summary: "a section ID that was published is declared nowhere any more",
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
            draft.advice(format!(
                "write its heading as it was: {}",
                sections::heading(lost)
            ))
        } else if lost.section.mark.is_some() {
            draft.advice(format!(
                "leave its tombstone where it was: {}",
                sections::tombstone(lost)
            ))
        } else {
            suggestions::deprecate(
                draft,
                "put it back and mark it [DEPRECATED] instead",
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

    /// What to say of a lost section, and the place in the text that is proposed that tells most about it.
    fn explain(&self, lost: &Declared) -> (String, Label) {
        let id = lost.id();
        if let Some((after, span)) = self.malformed.get(id) {
            let primary = label(
                WhichSide::After,
                after,
                Some(*span),
                "reads like a declaration, and is none",
            );
            return (
                format!("{id} can no longer be read as a section ID, so it is declared nowhere"),
                primary,
            );
        }
        let remain = self.documents.get(&lost.document.path);
        if let Some((remain, Content::Unreadable(why))) =
            remain.map(|remain| (remain, &remain.after.content))
        {
            let primary = label(WhichSide::After, remain.after, None, "declares nothing");
            return (
                format!("{id} can no longer be read: its document is {why}"),
                primary,
            );
        }
        let primary = remain.and_then(|remain| remain.nearest_section(lost));
        let primary =
            primary.unwrap_or_else(|| sections::label_before(lost, "declared here until now"));
        (
            format!("{id} was published and is declared nowhere any more"),
            primary,
        )
    }
}

impl Remain<'_> {
    /// What stands nearest to where a lost section stood: a neighbour in front, else one behind.
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
            .map(|span| (span, "behind"))
            .or_else(|| Some((behind()?, "in front of")))?;
        Some(label(
            WhichSide::After,
            self.after,
            Some(span),
            format!("{} stood {side} this one", lost.id()),
        ))
    }
}
