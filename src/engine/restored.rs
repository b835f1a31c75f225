//! Which findings a later step of the same batch undoes: the content is again what it was when it was broken. It must not
//! know rules.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::is_open;
use crate::backlog::BacklogSide;
use crate::change::Change;
use crate::citations::cited_by_a_test;
use crate::document::Document;
use crate::repo::{Entry, ObjectError, RepoPath};
use crate::report::EditClass;
use crate::report::Level;
use crate::report::{Finding, Label, State, WhichSide};
use crate::rules::rule::PolicyChange;

/// Findings that still stand, by what they concern, oldest first.
#[derive(Debug, Default)]
pub(super) struct Restorations {
    open: BTreeMap<String, Vec<usize>>,
    /// Findings about parts of a document, by where it stood: what it said then, and the finding.
    parts: BTreeMap<RepoPath, Vec<(Arc<Document>, usize)>>,
    /// Findings that are undone by what stands at another place, for as long as it stands there.
    elsewhere: Vec<(usize, Entry)>,
}

impl Restorations {
    /// Keeps an eye on findings that are about to be appended behind the first `known` ones.
    pub(super) fn watch(&mut self, known: usize, found: &[Finding], changes: &[Change]) {
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
            self.open
                .entry(finding.subject.clone())
                .or_default()
                .push(known + offset);
            let whole = before_label(finding).and_then(|label| before.get(&label.path));
            if let Some(whole) = whole.filter(|whole| whole.subject() != finding.subject) {
                self.parts
                    .entry(whole.path.clone())
                    .or_default()
                    .push((Arc::clone(whole), known + offset));
            }
        }
    }

    /// Marks the findings that these changes undo. `standing` says what stands at a path afterwards.
    pub(super) fn note(
        &mut self,
        changes: &[Change],
        findings: &mut [Finding],
        standing: &dyn Fn(&RepoPath) -> Result<Option<Entry>, ObjectError>,
    ) -> Result<(), ObjectError> {
        if self.open.is_empty() {
            return Ok(());
        }
        for document in changes.iter().filter_map(Change::after) {
            if let Some(open) = self.open.get_mut(&document.subject()) {
                // What still stands where it was broken has not come back by a copy, nor by another one of its number.
                let mut occupied = BTreeSet::new();
                for path in open
                    .iter()
                    .filter_map(|place| before_label(&findings[*place]))
                    .map(|label| &label.path)
                {
                    if *path != document.path && standing(path)?.is_some() {
                        occupied.insert(path.clone());
                    }
                }
                let before = open.clone();
                undo_since(document.bytes(), open, findings, |finding| {
                    let gone =
                        before_label(finding).is_none_or(|label| !occupied.contains(&label.path));
                    gone && is_in_place(document, finding)
                });
                for place in before.into_iter().filter(|place| !open.contains(place)) {
                    if before_label(&findings[place])
                        .is_some_and(|label| label.path != document.path)
                    {
                        self.elsewhere
                            .extend(standing(&document.path)?.map(|entry| (place, entry)));
                    }
                }
            }
            for section in document.text().map_or(&[][..], |text| &text.sections) {
                let whole = document.text().map(|text| text.section(section).as_bytes());
                self.settle(&section.id, whole, findings);
            }
            self.settle_parts(document, findings);
        }
        Ok(())
    }

    /// Takes back what was undone at another place where that is not so in the end. What was another record there may be
    /// put back in its turn, and the first one would be gone.
    pub(super) fn close(
        &self,
        findings: &mut [Finding],
        standing: &dyn Fn(&RepoPath) -> Result<Option<Entry>, ObjectError>,
    ) -> Result<(), ObjectError> {
        for (place, entry) in &self.elsewhere {
            if standing(&entry.path)?.as_ref() != Some(entry) {
                findings[*place].state = State::Live;
            }
        }
        Ok(())
    }

    /// A document that says again, to the letter, what it said has all its parts back, however many were broken at once.
    fn settle_parts(&mut self, document: &Document, findings: &mut [Finding]) {
        let Some(parts) = self.parts.get_mut(&document.path) else {
            return;
        };
        parts.retain(|(before, place)| {
            let restored = document.bytes().is_some() && document.bytes() == before.bytes();
            if restored && is_open(&findings[*place]) {
                findings[*place].state = State::Restored;
            }
            !restored
        });
    }

    /// Marks the findings about the policy file that this change of it undoes.
    pub(super) fn note_policy(&mut self, change: &PolicyChange, findings: &mut [Finding]) {
        let now = change.after.as_ref().map(|source| source.text().as_bytes());
        let about = format!("{}:", change.path);
        let of_policy = |subject: &String| subject.starts_with(&about);
        let mut open: Vec<usize> = self
            .open
            .iter()
            .filter(|(subject, _)| of_policy(subject))
            .flat_map(|(_, open)| open.clone())
            .collect();
        open.sort_unstable();
        undo_since(now, &mut open, findings, |_| true);
        for (_, places) in self
            .open
            .iter_mut()
            .filter(|(subject, _)| of_policy(subject))
        {
            places.retain(|place| open.contains(place));
        }
    }

    /// Marks the findings about the backlog that this state of it undoes: the item is there again, once, or the whole file.
    pub(super) fn note_backlog(&mut self, after: &BacklogSide, findings: &mut [Finding]) {
        if self.open.is_empty() {
            return;
        }
        for key in after.keys() {
            let mut declared = after.declared(key);
            if let (Some(item), None) = (declared.next(), declared.next()) {
                self.settle(&item.item.id, Some(item.name().as_bytes()), findings);
            }
        }
        for listing in [&after.open, &after.done].into_iter().flatten() {
            self.settle(
                &listing.path.to_string(),
                Some(listing.source.text().as_bytes()),
                findings,
            );
        }
    }

    /// Marks the findings about sections without a test that these citations undo.
    pub(super) fn note_citations<'c>(
        &mut self,
        cited: impl Iterator<Item = &'c str>,
        findings: &mut [Finding],
    ) {
        if !self.open.is_empty() {
            cited.for_each(|id| self.settle(id, Some(cited_by_a_test(id).as_bytes()), findings));
        }
    }

    fn settle(&mut self, subject: &str, now: Option<&[u8]>, findings: &mut [Finding]) {
        let Some(open) = self.open.get_mut(subject) else {
            return;
        };
        open.retain(|&place| {
            let restored = now.is_some() && findings[place].before.as_deref() == now;
            if restored {
                findings[place].state = State::Restored;
            }
            !restored
        });
    }
}

/// Marks what broke this content, and what came after: it changed what should never have been there.
fn undo_since(
    now: Option<&[u8]>,
    open: &mut Vec<usize>,
    findings: &mut [Finding],
    in_place: impl Fn(&Finding) -> bool,
) {
    let mut undone = false;
    open.retain(|&place| {
        let in_place = in_place(&findings[place]);
        undone |= in_place && now.is_some() && findings[place].before.as_deref() == now;
        let restored = undone && in_place;
        if restored {
            findings[place].state = State::Restored;
        }
        !restored
    });
}

/// The first place of a finding on the before side.
fn before_label(finding: &Finding) -> Option<&Label> {
    let mut labels = std::iter::once(&finding.primary).chain(&finding.related);
    labels.find(|label: &&Label| label.side == WhichSide::Before)
}

/// True when the document stands where it stood, or where its kind lets it go. What was wrong about a move is the place.
fn is_in_place(document: &Document, finding: &Finding) -> bool {
    let before = before_label(finding);
    let may_move = || {
        let level = document
            .kind
            .edits
            .get(&EditClass::Move)
            .copied()
            .unwrap_or(EditClass::Move.default_level());
        level < Level::Deny && finding.class != Some(EditClass::Move)
    };
    before.is_none_or(|label| label.path == document.path) || may_move()
}
