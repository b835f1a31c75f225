//! What a step does to the citations: which its changed tests have more of, which less. Only the tests that it changes are
//! read, until somebody asks whether any other test cites a section. It must not know what is allowed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::pattern::floor;
use super::{Broken, Citations, Cited, Grammar};
use crate::change::snapshot::{Snapshot, any_of};
use crate::policy::Policy;
use crate::repo::{Difference, Entry, ObjectError, RepoPath};
use crate::text::{Source, Span};

/// What a step does to the citations.
#[derive(Debug, Default)]
pub struct CitationChanges {
    /// Citations that the step adds, by what they name, with their places after.
    pub added: BTreeMap<String, Vec<CitationPlace>>,
    /// What its tests cite after the step less often than before, with the places before.
    pub removed: BTreeMap<String, Vec<CitationPlace>>,
    /// What its tests cite after it, and where first.
    pub cited: BTreeMap<String, CitationPlace>,
    /// Tests that cannot be read whole after it.
    pub broken: Vec<(RepoPath, Arc<Source>, Broken)>,
    /// Tests that are over the limit after it, so their citations are unknown.
    pub unread: BTreeSet<RepoPath>,
    /// What seems to cite something after it and cannot be read.
    pub notes: Vec<(CitationPlace, &'static str)>,
    /// The tests that it changes.
    changed: BTreeSet<RepoPath>,
}

/// A place in a test.
#[derive(Debug, Clone)]
pub struct CitationPlace {
    /// The test. Shared: it may cite very often, and paths may be long.
    pub path: Arc<RepoPath>,
    /// Its text.
    pub source: Arc<Source>,
    /// Where in it.
    pub span: Span,
    /// False when no section can have the ID that is cited there.
    pub is_id: bool,
}

impl CitationPlace {
    /// The line and column, counted from 1.
    #[must_use]
    pub fn position(&self) -> (usize, usize) {
        self.source.position(self.span.start())
    }
}

/// One changed test.
struct Test {
    path: Arc<RepoPath>,
    before: Option<Citations>,
    after: Option<Citations>,
}

/// Lines from a citation on by which it is known again, and the most bytes of them: many citations may stand on one line.
const CONTEXT: usize = 3;
const CONTEXT_BYTES: usize = 512;

impl CitationChanges {
    /// Reads the changed tests on both sides. `None` where the policy names no tests, or nothing that they could cite.
    pub fn read(
        policy: &Policy,
        files: &[Difference],
        before: Option<&Snapshot<'_>>,
        after: &Snapshot<'_>,
    ) -> Result<Option<Self>, ObjectError> {
        let Some(grammar) = Grammar::of(policy) else {
            return Ok(None);
        };
        let mut traced = Self::default();
        let mut tests = Vec::new();
        for difference in files
            .iter()
            .filter(|difference| policy.trace.tests.matches(&difference.path))
        {
            let path = difference.path.clone();
            traced.changed.insert(path.clone());
            let id = |entry: &Option<Entry>| {
                entry
                    .as_ref()
                    .filter(|entry| entry.mode.is_file())
                    .map(|entry| entry.id)
            };
            let is_same =
                id(&difference.before).is_some() && id(&difference.before) == id(&difference.after);
            let was = match (&difference.before, before) {
                (Some(entry), Some(snapshot)) if !is_same => {
                    citations(&grammar, snapshot, entry)?.unwrap_or_default()
                }
                _ => None,
            };
            let is = match &difference.after {
                Some(entry) => citations(&grammar, after, entry)?,
                None => Some(None),
            };
            if is.is_none() {
                traced.unread.insert(path.clone());
            }
            let is = is.flatten();
            let was = if is_same { is.clone() } else { was };
            tests.push(Test {
                path: Arc::new(path),
                before: was,
                after: is,
            });
        }
        for test in &tests {
            let Some(after) = &test.after else { continue };
            traced.broken.extend(
                after
                    .broken
                    .map(|why| (test.path.as_ref().clone(), Arc::clone(&after.source), why)),
            );
            traced.notes.extend(
                after
                    .notes
                    .iter()
                    .map(|note| (place(&test.path, after, note.span, true), note.why)),
            );
            for cited in &after.cited {
                let place = || place(&test.path, after, cited.span, cited.is_id);
                traced.cited.entry(cited.id.clone()).or_insert_with(place);
            }
        }
        traced.compare(&tests);
        Ok(Some(traced))
    }

    /// Finds what there is more of, and less of, all changed tests together: a citation that moved is neither.
    fn compare(&mut self, tests: &[Test]) {
        let mut balance: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for test in tests {
            test.before
                .iter()
                .flat_map(|side| &side.cited)
                .for_each(|one| balance.entry(&one.id).or_default().0 += 1);
            test.after
                .iter()
                .flat_map(|side| &side.cited)
                .for_each(|one| balance.entry(&one.id).or_default().1 += 1);
        }
        let more: BTreeSet<&str> = balance
            .iter()
            .filter(|(_, (was, is))| is > was)
            .map(|(id, _)| *id)
            .collect();
        let less: BTreeSet<&str> = balance
            .iter()
            .filter(|(_, (was, is))| is < was)
            .map(|(id, _)| *id)
            .collect();
        for test in tests {
            for (side, other, wanted, found) in [
                (&test.after, &test.before, &more, &mut self.added),
                (&test.before, &test.after, &less, &mut self.removed),
            ] {
                let Some(side) = side else { continue };
                for cited in surplus(side, other.as_ref(), wanted) {
                    let place = place(&test.path, side, cited.span, cited.is_id);
                    found.entry(cited.id.clone()).or_default().push(place);
                }
            }
        }
    }

    /// Which of these IDs a test cites that the step does not change. A test that does not hold one of them letter for
    /// letter is not parsed.
    pub fn cited_elsewhere<'i>(
        &self,
        ids: &BTreeSet<&'i str>,
        policy: &Policy,
        after: &Snapshot<'_>,
    ) -> Result<BTreeSet<&'i str>, ObjectError> {
        let mut found = BTreeSet::new();
        let Some(grammar) = Grammar::of(policy).filter(|_| !ids.is_empty()) else {
            return Ok(found);
        };
        let sought = any_of(&ids.iter().copied().collect::<Vec<_>>());
        for entry in after.files(&policy.trace.tests)? {
            if found.len() == ids.len() {
                break;
            }
            if self.changed.contains(&entry.path) {
                continue;
            }
            let Some(bytes) = after.bytes(&entry)? else {
                continue;
            };
            if sought
                .as_ref()
                .is_some_and(|sought| !sought.is_match(&bytes))
            {
                continue;
            }
            for cited in grammar.read(&entry.path, &bytes).cited {
                found.extend(ids.get(cited.id.as_str()));
            }
        }
        Ok(found)
    }
}

/// What a file of one side cites; the outer `None` when it is over the limit, the inner when it is not a file.
#[expect(
    clippy::option_option,
    reason = "the outer says whether it could be read, the inner whether there is text"
)]
fn citations(
    grammar: &Grammar<'_>,
    snapshot: &Snapshot<'_>,
    entry: &Entry,
) -> Result<Option<Option<Citations>>, ObjectError> {
    if !entry.mode.is_file() {
        return Ok(Some(None));
    }
    Ok(snapshot
        .bytes(entry)?
        .map(|bytes| Some(grammar.read(&entry.path, &bytes))))
}

/// The citations of one side that the other side of the same file has not: those that differ, and of those that
/// are alike the last.
fn surplus<'c>(
    side: &'c Citations,
    other: Option<&Citations>,
    wanted: &BTreeSet<&str>,
) -> Vec<&'c Cited> {
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    let mut alike: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    if let Some(other) = other {
        for cited in other
            .cited
            .iter()
            .filter(|cited| wanted.contains(cited.id.as_str()))
        {
            *known.entry(&cited.id).or_default() += 1;
            *alike.entry((&cited.id, context(other, cited))).or_default() += 1;
        }
    }
    let mut surplus: BTreeMap<&str, usize> = BTreeMap::new();
    let all: Vec<&Cited> = side
        .cited
        .iter()
        .filter(|cited| wanted.contains(cited.id.as_str()))
        .collect();
    for cited in &all {
        *surplus.entry(&cited.id).or_default() += 1;
    }
    for (id, count) in &mut surplus {
        *count = count.saturating_sub(known.get(id).copied().unwrap_or(0));
    }
    let is_new: Vec<bool> = all
        .iter()
        .map(
            |cited| match alike.get_mut(&(cited.id.as_str(), context(side, cited))) {
                Some(left) if *left > 0 => {
                    *left -= 1;
                    false
                }
                _ => true,
            },
        )
        .collect();
    let mut found = Vec::new();
    for wanted in [true, false] {
        for (cited, _) in all
            .iter()
            .zip(&is_new)
            .rev()
            .filter(|(_, is_new)| **is_new == wanted)
        {
            if let Some(left) = surplus.get_mut(cited.id.as_str()).filter(|left| **left > 0) {
                *left -= 1;
                found.push(*cited);
            }
        }
    }
    found.sort_by_key(|cited| cited.span);
    found
}

/// The lines by which a citation is known again.
fn context<'c>(side: &'c Citations, cited: &Cited) -> &'c str {
    let start = side.source.line_at(cited.span.start()).start();
    let rest = side.source.text().get(start..).unwrap_or_default();
    let rest = &rest[..floor(rest, CONTEXT_BYTES)];
    let end = rest
        .match_indices('\n')
        .nth(CONTEXT - 1)
        .map_or(rest.len(), |(at, _)| at);
    &rest[..end]
}

pub(super) fn place(
    path: &Arc<RepoPath>,
    side: &Citations,
    span: Span,
    is_id: bool,
) -> CitationPlace {
    CitationPlace {
        path: Arc::clone(path),
        source: Arc::clone(&side.source),
        span,
        is_id,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // spec: CITE-005
    #[test]
    fn many_citations_on_one_line_are_told_apart() {
        let policy = crate::policy::built_in();
        let grammar = Grammar::of(&policy).unwrap();
        let read = |count: usize| {
            grammar.read(
                &RepoPath::new("tests/it.rs"),
                "/* spec: A-001 */ ".repeat(count).as_bytes(),
            )
        };
        let (before, after) = (read(100_000), read(100_001));
        let surplus = surplus(&after, Some(&before), &BTreeSet::from(["A-001"]));
        assert_eq!(surplus.len(), 1);
    }
}
