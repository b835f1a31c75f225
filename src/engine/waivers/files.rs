//! The waiver files of a batch: those that its steps change, and all that its tip holds.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::super::Step;
use super::super::inputs::BatchInputs;
use super::super::problems::{BatchProblems, at_commit};
use super::BatchWaivers;
use crate::repo::{Difference, Entry, ObjectError, ObjectId, RepoPath};
use crate::report::{Fingerprint, Problem, Weight};
use crate::waiver::{self, WaiverFile, WaiverPlace, Waivers};

/// Bytes of waiver files that are kept in memory.
const CACHED_BYTES: usize = 16 << 20;
/// Findings with two waivers that are reported.
const MOST_DUPLICATES: usize = 100;

/// Waiver files, each read once.
#[derive(Debug, Default)]
pub(super) struct WaiverFiles {
    cached: BTreeMap<(RepoPath, ObjectId), Arc<WaiverFile>>,
    cached_bytes: usize,
    /// Files that some step changed: their faults were reported there.
    changed: BTreeSet<RepoPath>,
}

/// A waiver that a step added.
#[derive(Debug)]
pub(super) struct Added {
    /// The index of the step.
    pub(super) step: usize,
    pub(super) fingerprint: Fingerprint,
}

impl WaiverFiles {
    /// The waiver file at an entry; `None` where there is not text file.
    fn read(
        &mut self,
        inputs: &BatchInputs<'_>,
        entry: Option<&Entry>,
    ) -> Result<Option<Arc<WaiverFile>>, ObjectError> {
        let Some(entry) = entry.filter(|entry| entry.mode.is_file()) else {
            return Ok(None);
        };
        let key = (entry.path.clone(), entry.id);
        if let Some(known) = self.cached.get(&key) {
            return Ok(Some(Arc::clone(known)));
        }
        let Some(source) = inputs.cache.source(entry)? else {
            return Ok(None);
        };
        let names: Vec<&str> = inputs.rule_names.iter().map(|rule| rule.id).collect();
        let file = Arc::new(waiver::read(&entry.path, source, &names));
        if self.cached_bytes > CACHED_BYTES {
            self.cached.clear();
            self.cached_bytes = 0;
        }
        self.cached_bytes += file.source.text().len();
        self.cached.insert(key, Arc::clone(&file));
        Ok(Some(file))
    }
}

impl BatchWaivers {
    /// Reads the waiver files that a step changes: notes the waivers it adds, and what is wrong with the files.
    pub(in crate::engine) fn read_changed(
        &mut self,
        inputs: &BatchInputs<'_>,
        (index, step): (usize, &Step),
        files: &[Difference],
        problems: &mut BatchProblems,
    ) -> Result<(), ObjectError> {
        let (mut known, mut now) = (BTreeSet::new(), Vec::new());
        let paths = &inputs.policy.waivers.kind.paths;
        for difference in files.iter().filter(|it| paths.matches(&it.path)) {
            self.files.changed.insert(difference.path.clone());
            if let Some(file) = self.files.read(inputs, difference.before.as_ref())? {
                known.extend(file.waivers.iter().map(|waiver| waiver.fingerprint.value));
            }
            let mut faults = Vec::new();
            let after = self.files.read(inputs, difference.after.as_ref())?;
            match (&difference.after, after) {
                (_, Some(file)) => {
                    faults.extend(file.faults.iter().cloned().map(Problem::from));
                    now.extend(file.waivers.iter().map(|waiver| waiver.fingerprint.value));
                }
                (Some(entry), None) if !entry.mode.is_file() => {
                    let message = format!(
                        "{} is {}, not a waiver file{}",
                        entry.path,
                        entry.mode,
                        at_commit(&step.origin)
                    );
                    faults.push(Problem::not_judged(
                        message,
                        "write the waivers to a regular file",
                    ));
                }
                // It was noted as unreadable when the documents were paired.
                (Some(_), None) => continue,
                (None, None) => {}
            }
            let faults = faults.into_iter().map(|fault| self.weigh(fault));
            problems.set_of_file(&difference.path, faults.collect());
        }
        self.added.extend(
            now.into_iter()
                .filter(|fingerprint| !known.contains(fingerprint))
                .map(|fingerprint| Added {
                    step: index,
                    fingerprint,
                }),
        );
        Ok(())
    }

    /// All waivers in the tree of the tip.
    pub(super) fn read_tip(
        &mut self,
        inputs: &BatchInputs<'_>,
        tip: &Step,
        problems: &mut BatchProblems,
    ) -> Result<Waivers, ObjectError> {
        let kind = &inputs.policy.waivers.kind;
        let mut files = Vec::new();
        for entry in inputs.objects.entries(&tip.after, &kind.paths)? {
            let changed = self.files.changed.contains(&entry.path);
            match self.files.read(inputs, Some(&entry))? {
                Some(file) => {
                    if !changed {
                        let faults = file.faults.iter().cloned().map(Problem::from);
                        problems.extend(faults.map(published_before));
                    }
                    files.push(file);
                }
                None if changed => {}
                None => {
                    let message = format!(
                        "{} is not readable text, so its waivers have no effect",
                        entry.path
                    );
                    problems.add(Problem::warning(
                        message,
                        "move its waivers to another file",
                    ));
                }
            }
        }
        let waivers = Waivers::new(files, inputs.policy.waivers.reason);
        let added: BTreeSet<Fingerprint> = self.added.iter().map(|it| it.fingerprint).collect();
        for &(first, second) in waivers.twice().iter().take(MOST_DUPLICATES) {
            let problem = duplicate(&waivers, first, second);
            let fingerprint = waivers.get(first).1.fingerprint.value;
            let is_new = !self.from_root && added.contains(&fingerprint);
            problems.add(if is_new {
                problem
            } else {
                published_before(problem)
            });
        }
        Ok(waivers)
    }

    /// A faulty waiver file stops the step that brings it; where a whole history is judged it is a warning.
    fn weigh(&self, problem: Problem) -> Problem {
        Problem {
            weight: if self.from_root {
                Weight::Warning
            } else {
                Weight::NotJudged
            },
            ..problem
        }
    }
}

/// Two files with a waiver for one finding.
fn duplicate(waivers: &Waivers, first: WaiverPlace, second: WaiverPlace) -> Problem {
    let place = |place: WaiverPlace| {
        let (file, waiver) = waivers.get(place);
        let (line, column) = file.source.position(waiver.fingerprint.span.start());
        format!("{}:{line}:{column}", file.path)
    };
    let message = format!(
        "{}: duplicate waiver: {} waives the same finding",
        place(second),
        place(first)
    );
    Problem::not_judged(message, "remove the new one")
}

/// Makes a warning of a problem that was published before: it is worth knowing, but does not refuse the step.
fn published_before(mut problem: Problem) -> Problem {
    problem
        .message
        .push_str(" (already published; it has no effect)");
    Problem {
        weight: Weight::Warning,
        help: Vec::new(),
        ..problem
    }
}
