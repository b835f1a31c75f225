//! Which findings a later step of the same batch undoes: the content is again what it was when it was broken. It must not
//! know rules.

use std::collections::BTreeMap;

use super::is_open;
use crate::change::Change;
use crate::report::{Finding, State};

/// Findings that still stand, by what they concern.
#[derive(Debug, Default)]
pub(super) struct Restorations {
    open: BTreeMap<String, Vec<usize>>,
}

impl Restorations {
    /// Keeps an eye on findings that are about to be appended behind the first `known` ones.
    pub(super) fn watch(&mut self, known: usize, found: &[Finding]) {
        for (offset, finding) in found.iter().enumerate().filter(|(_, finding)| is_open(finding)) {
            self.open.entry(finding.subject.clone()).or_default().push(known + offset);
        }
    }

    /// Marks the findings that these changes undo.
    pub(super) fn note(&mut self, changes: &[Change], findings: &mut [Finding]) {
        if self.open.is_empty() {
            return;
        }
        for document in changes.iter().filter_map(Change::after) {
            self.settle(&document.subject(), document.bytes(), findings);
            for section in document.text().map_or(&[][..], |text| &text.sections) {
                let whole = document.text().map(|text| text.section(section).as_bytes());
                self.settle(&section.id, whole, findings);
            }
        }
    }

    fn settle(&mut self, subject: &str, now: Option<&[u8]>, findings: &mut [Finding]) {
        let Some(open) = self.open.get_mut(subject) else { return };
        open.retain(|&place| {
            let restored = now.is_some() && findings[place].before.as_deref() == now;
            if restored {
                findings[place].state = State::Restored;
            }
            !restored
        });
    }
}
