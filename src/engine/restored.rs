//! Which findings a later step of the same batch undoes: the content is again what it was when it was broken. Does not
//! depend on rules.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Step;
use super::run_rules::{PairedStep, RuleResults};
use crate::backlog::BacklogSide;
use crate::change::Change;
use crate::citations::cited_by_a_test;
use crate::document::Document;
use crate::repo::{Entry, ObjectError, Objects, RepoPath, Side};
use crate::report::{EditClass, Finding, Label, Level, State, WhichSide};
use crate::rules::rule::PolicyChange;

/// Findings that can still be restored. They are held by their index among all of a batch.
#[derive(Debug, Default)]
pub(super) struct Restorations {
    /// By subject, oldest first.
    open: BTreeMap<String, Vec<usize>>,
    /// Findings about parts of a document, by its path: the document as it was before, and the finding.
    parts: BTreeMap<RepoPath, Vec<(Arc<Document>, usize)>>,
    /// Findings that an entry at another path restored. It must still be there at the end.
    elsewhere: Vec<(usize, Entry)>,
}

impl Restorations {
    /// Tracks the findings of a step, which are about to be appended behind `count` earlier ones.
    pub(super) fn track(&mut self, count: usize, found: &[Finding], changes: &[Change]) {
        let before: BTreeMap<&RepoPath, &Arc<Document>> = changes
            .iter()
            .filter_map(Change::before)
            .map(|before| (&before.path, before))
            .collect();
        for (offset, finding) in found
            .iter()
            .enumerate()
            .filter(|(_, finding)| is_open(finding))
        {
            let index = count + offset;
            self.open
                .entry(finding.subject.clone())
                .or_default()
                .push(index);
            let document = before_label(finding).and_then(|label| before.get(&label.path));
            if let Some(document) = document.filter(|it| it.subject() != finding.subject) {
                self.parts
                    .entry(document.path.clone())
                    .or_default()
                    .push((Arc::clone(document), index));
            }
        }
    }

    /// Marks the earlier findings that a step restores.
    pub(super) fn mark_restored(
        &mut self,
        objects: &dyn Objects,
        paired: &PairedStep<'_>,
        results: &RuleResults,
        findings: &mut [Finding],
    ) -> Result<(), ObjectError> {
        if self.open.is_empty() {
            return Ok(());
        }
        if let Some(backlog) = &results.backlog {
            self.mark_backlog(&backlog.after, findings);
        }
        for id in results.citations.iter().flat_map(|it| it.cited.keys()) {
            self.mark_equal(id, Some(cited_by_a_test(id).as_bytes()), findings);
        }
        for document in paired.changes.iter().filter_map(Change::after) {
            self.mark_document(document, findings, (objects, &paired.step.after))?;
            for section in document.text().map_or(&[][..], |text| &text.sections) {
                let whole = document.text().map(|text| text.section(section).as_bytes());
                self.mark_equal(&section.id, whole, findings);
            }
            self.mark_parts(document, findings);
        }
        if let Some(change) = paired.policy_change {
            self.mark_policy(change, findings);
        }
        Ok(())
    }

    /// Unmarks what was restored at another path and is gone from there at the tip: the document that was there may be put
    /// back in its turn, and the restored one would be lost.
    pub(super) fn recheck(
        &self,
        objects: &dyn Objects,
        tip: &Step,
        findings: &mut [Finding],
    ) -> Result<(), ObjectError> {
        for (index, entry) in &self.elsewhere {
            if objects.entry(&tip.after, &entry.path)?.as_ref() != Some(entry) {
                findings[*index].state = State::Live;
            }
        }
        Ok(())
    }

    /// Marks the findings about a document that is put back.
    fn mark_document(
        &mut self,
        document: &Document,
        findings: &mut [Finding],
        (objects, after): (&dyn Objects, &Side),
    ) -> Result<(), ObjectError> {
        let Some(open) = self.open.get_mut(&document.subject()) else {
            return Ok(());
        };
        // A document that is still where it was broken is not restored by a copy, nor by another one of its number.
        let mut occupied = BTreeSet::new();
        for path in open
            .iter()
            .filter_map(|index| before_label(&findings[*index]))
            .map(|label| &label.path)
        {
            if *path != document.path && objects.entry(after, path)?.is_some() {
                occupied.insert(path.clone());
            }
        }
        let before = open.clone();
        mark_since(document.bytes(), open, findings, |finding| {
            let gone = before_label(finding).is_none_or(|label| !occupied.contains(&label.path));
            gone && is_in_place(document, finding)
        });
        for index in before.into_iter().filter(|index| !open.contains(index)) {
            if before_label(&findings[index]).is_some_and(|label| label.path != document.path) {
                let entry = objects.entry(after, &document.path)?;
                self.elsewhere.extend(entry.map(|entry| (index, entry)));
            }
        }
        Ok(())
    }

    /// Marks the findings about parts of a document that is to the letter what it was, however many were broken at once.
    fn mark_parts(&mut self, document: &Document, findings: &mut [Finding]) {
        let Some(parts) = self.parts.get_mut(&document.path) else {
            return;
        };
        parts.retain(|(before, index)| {
            let restored = document.bytes().is_some() && document.bytes() == before.bytes();
            if restored && is_open(&findings[*index]) {
                findings[*index].state = State::Restored;
            }
            !restored
        });
    }

    /// Marks the findings about the policy file that this change of it undoes.
    fn mark_policy(&mut self, change: &PolicyChange, findings: &mut [Finding]) {
        let now = change.after.as_ref().map(|source| source.text().as_bytes());
        let prefix = format!("{}:", change.path);
        let of_policy = |subject: &String| subject.starts_with(&prefix);
        let mut open: Vec<usize> = self
            .open
            .iter()
            .filter(|(subject, _)| of_policy(subject))
            .flat_map(|(_, open)| open.clone())
            .collect();
        open.sort_unstable();
        mark_since(now, &mut open, findings, |_| true);
        for (_, indices) in self
            .open
            .iter_mut()
            .filter(|(subject, _)| of_policy(subject))
        {
            indices.retain(|index| open.contains(index));
        }
    }

    /// Marks the findings about the backlog that this state of it undoes: the item is there again, once, or the whole file.
    fn mark_backlog(&mut self, after: &BacklogSide, findings: &mut [Finding]) {
        for key in after.keys() {
            let mut declared = after.declared(key);
            if let (Some(item), None) = (declared.next(), declared.next()) {
                self.mark_equal(&item.item.id, Some(item.name().as_bytes()), findings);
            }
        }
        for listing in [&after.open, &after.done].into_iter().flatten() {
            let text = listing.source.text().as_bytes();
            self.mark_equal(&listing.path.to_string(), Some(text), findings);
        }
    }

    /// Marks the findings about a subject whose content was what it is now.
    fn mark_equal(&mut self, subject: &str, now: Option<&[u8]>, findings: &mut [Finding]) {
        let Some(open) = self.open.get_mut(subject) else {
            return;
        };
        open.retain(|&index| {
            let restored = now.is_some() && findings[index].before.as_deref() == now;
            if restored {
                findings[index].state = State::Restored;
            }
            !restored
        });
    }
}

/// Marks the finding whose content was what it is now, and those after it: they changed what should never have been there.
fn mark_since(
    now: Option<&[u8]>,
    open: &mut Vec<usize>,
    findings: &mut [Finding],
    in_place: impl Fn(&Finding) -> bool,
) {
    let mut undone = false;
    open.retain(|&index| {
        let in_place = in_place(&findings[index]);
        undone |= in_place && now.is_some() && findings[index].before.as_deref() == now;
        let restored = undone && in_place;
        if restored {
            findings[index].state = State::Restored;
        }
        !restored
    });
}

/// True when a finding can be undone by a later step.
fn is_open(finding: &Finding) -> bool {
    finding.state == State::Live && finding.before.is_some()
}

/// The first label of a finding on the before side.
fn before_label(finding: &Finding) -> Option<&Label> {
    let mut labels = std::iter::once(&finding.primary).chain(&finding.related);
    labels.find(|label: &&Label| label.side == WhichSide::Before)
}

/// True when the document is where it was, or where its kind lets it move. What was wrong about a move is the path.
fn is_in_place(document: &Document, finding: &Finding) -> bool {
    let may_move = || {
        let level = document
            .kind
            .edits
            .get(&EditClass::Move)
            .copied()
            .unwrap_or(EditClass::Move.default_level());
        level < Level::Deny && finding.class != Some(EditClass::Move)
    };
    before_label(finding).is_none_or(|label| label.path == document.path) || may_move()
}
