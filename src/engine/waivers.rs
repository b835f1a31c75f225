//! The closing pass over a batch: waivers are read from its tip, for they are part of what is judged, and lift what they
//! name; then the rules about waivers look at those that the batch added. It must not know what any rule means.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Judge, Step, about, of, place};
use crate::repo::{Difference, Entry, ObjectError, ObjectId, RepoPath};
use crate::report::Level;
use crate::report::{Finding, Fingerprint, Help, Origin, Problem, State, WaivedBy, Weight};
use crate::rules::rule::{AddedWaiver, Check, Fate, Findings, Rule, RuleOutput};
use crate::text::escape::word;
use crate::waiver::{self, WaiverFile, WaiverPlace, Waivers};

/// A waiver may lift what is said of another, which may lift what is said of a third; nobody writes more.
const ROUNDS: usize = 4;
/// So many bytes of files of waivers are remembered.
const REMEMBERED: usize = 16 << 20;
/// So many waivers for one finding are told of.
const TOLD: usize = 100;

/// What is remembered of waivers until a batch ends.
#[derive(Debug, Default)]
pub(super) struct WaiverUse {
    /// True when the batch begins before anything was published: what it holds is past, or the first there is.
    whole: bool,
    read: BTreeMap<(RepoPath, ObjectId), Arc<WaiverFile>>,
    bytes: usize,
    /// The waivers that each step added.
    added: Vec<Added>,
    /// How many findings there were before the first step.
    start: usize,
    /// Files that some step changed: what is wrong with them was said there.
    touched: BTreeSet<RepoPath>,
    /// How many findings there were after each step.
    ends: Vec<usize>,
}

/// A waiver that a step added.
#[derive(Debug)]
struct Added {
    step: usize,
    fingerprint: Fingerprint,
}

impl WaiverUse {
    pub(super) fn new(steps: &[Step]) -> Self {
        Self {
            whole: steps.first().is_some_and(|step| step.before.is_none()),
            ..Self::default()
        }
    }

    /// What is wrong with waivers stands in the way of the step that brings it; what is past is only worth knowing.
    fn weigh(&self, problem: Problem) -> Problem {
        Problem {
            weight: if self.whole {
                Weight::Warning
            } else {
                Weight::NotJudged
            },
            ..problem
        }
    }
}

impl Judge<'_> {
    /// Notes that the first step is about to be judged.
    pub(super) fn begin_steps(&mut self) {
        self.lifting.start = self.findings.len();
    }

    /// Notes that a step is over, judged or not.
    pub(super) fn end_step(&mut self) {
        self.lifting.ends.push(self.findings.len());
    }

    /// Reads the files of waivers that a step changes.
    pub(super) fn note_waivers(
        &mut self,
        differences: &[Difference],
        step: &Step,
    ) -> Result<(), ObjectError> {
        let (mut known, mut now) = (BTreeSet::new(), Vec::new());
        for difference in differences
            .iter()
            .filter(|it| self.policy.waivers.kind.paths.matches(&it.path))
        {
            self.lifting.touched.insert(difference.path.clone());
            if let Some(file) = self.waiver_file(difference.before.as_ref())? {
                known.extend(file.waivers.iter().map(|waiver| waiver.fingerprint.value));
            }
            let mut faults = Vec::new();
            match (
                &difference.after,
                self.waiver_file(difference.after.as_ref())?,
            ) {
                (_, Some(file)) => {
                    faults.extend(file.faults.iter().cloned().map(Problem::from));
                    now.extend(file.waivers.iter().map(|waiver| waiver.fingerprint.value));
                }
                (Some(entry), None) if !entry.mode.is_file() => {
                    let message = format!(
                        "{} is {}, and no file of waivers{}",
                        entry.path,
                        entry.mode,
                        of(&step.origin)
                    );
                    faults.push(Problem::not_judged(message, "write the waivers to a file"));
                }
                // That no text can be read there was said when the documents were read.
                (Some(_), None) => continue,
                (None, None) => {}
            }
            let faults: Vec<Problem> = faults
                .into_iter()
                .map(|fault| self.lifting.weigh(fault))
                .collect();
            if faults.is_empty() {
                self.standing.remove(&difference.path);
            } else {
                self.standing.insert(difference.path.clone(), faults);
            }
        }
        let step = self.lifting.ends.len();
        let new = now
            .into_iter()
            .filter(|fingerprint| !known.contains(fingerprint));
        self.lifting
            .added
            .extend(new.map(|fingerprint| Added { step, fingerprint }));
        Ok(())
    }

    /// The file of waivers at an entry; `None` when no text stands there.
    fn waiver_file(
        &mut self,
        entry: Option<&Entry>,
    ) -> Result<Option<Arc<WaiverFile>>, ObjectError> {
        let Some(entry) = entry.filter(|entry| entry.mode.is_file()) else {
            return Ok(None);
        };
        let key = (entry.path.clone(), entry.id);
        if let Some(known) = self.lifting.read.get(&key) {
            return Ok(Some(Arc::clone(known)));
        }
        let Some(source) = self.cache.source(entry)? else {
            return Ok(None);
        };
        let names: Vec<&str> = self.rule_names.iter().map(|rule| rule.id).collect();
        let file = Arc::new(waiver::read(&entry.path, source, &names));
        if self.lifting.bytes > REMEMBERED {
            self.lifting.read.clear();
            self.lifting.bytes = 0;
        }
        self.lifting.bytes += file.source.text().len();
        self.lifting.read.insert(key, Arc::clone(&file));
        Ok(Some(file))
    }

    /// Lifts what the waivers at the tip name, and judges the waivers that the steps added.
    pub(super) fn close(&mut self, steps: &[Step]) {
        let Some(tip) = steps.last() else { return };
        let standing = |path: &RepoPath| self.objects.entry(&tip.after, path);
        if let Err(error) = self.restorations.close(&mut self.findings, &standing) {
            self.problems.push(about(error, &tip.origin));
        }
        let liftable = self
            .findings
            .iter()
            .any(|finding| is_live(finding) && finding.level < Level::Forbid);
        if liftable || !self.lifting.added.is_empty() {
            match self.waivers(tip) {
                Ok(waivers) => self.apply(&waivers, steps),
                Err(error) => self.problems.push(about(error, &tip.origin)),
            }
        }
        if !self.lifting.whole {
            self.offer_waivers(steps);
        }
    }

    /// All waivers at the tip of the batch.
    fn waivers(&mut self, tip: &Step) -> Result<Waivers, ObjectError> {
        let mut files = Vec::new();
        for entry in self
            .objects
            .entries(&tip.after, &self.policy.waivers.kind.paths)?
        {
            let known = self.lifting.touched.contains(&entry.path);
            match self.waiver_file(Some(&entry))? {
                Some(file) => {
                    if !known {
                        let published = file.faults.iter().cloned().map(Problem::from);
                        self.problems.extend(published.map(past));
                    }
                    files.push(file);
                }
                None if known => {}
                None => {
                    let message = format!(
                        "{} is no text that can be read, so its waivers lift nothing",
                        entry.path
                    );
                    self.problems.push(Problem::warning(
                        message,
                        "write its waivers to another file",
                    ));
                }
            }
        }
        let waivers = Waivers::new(files, self.policy.waivers.reason);
        let added: BTreeSet<Fingerprint> = self
            .lifting
            .added
            .iter()
            .map(|added| added.fingerprint)
            .collect();
        for &(first, second) in waivers.twice().iter().take(TOLD) {
            let problem = twice(&waivers, first, second);
            let new =
                !self.lifting.whole && added.contains(&waivers.get(first).1.fingerprint.value);
            self.problems
                .push(if new { problem } else { past(problem) });
        }
        Ok(waivers)
    }

    fn apply(&mut self, waivers: &Waivers, steps: &[Step]) {
        let mut used = BTreeSet::new();
        lift(&mut self.findings, waivers, &mut used);
        let mut found = BTreeMap::new();
        for _ in 0..ROUNDS {
            found = self.about_waivers(waivers, &used, steps);
            let known = used.len();
            for found in found.values_mut() {
                lift(found, waivers, &mut used);
            }
            if used.len() == known {
                break;
            }
        }
        self.insert(found);
    }

    /// What the rules say of the waivers that each step added.
    fn about_waivers(
        &self,
        waivers: &Waivers,
        used: &BTreeSet<WaiverPlace>,
        steps: &[Step],
    ) -> BTreeMap<usize, Vec<Finding>> {
        let mut found: BTreeMap<usize, Vec<Finding>> = BTreeMap::new();
        for added in &self.lifting.added {
            // What is gone again at the tip was seen to when it went.
            let (Some(place), Some(step)) =
                (waivers.naming(added.fingerprint), steps.get(added.step))
            else {
                continue;
            };
            let (file, waiver) = waivers.get(place);
            let fate = match waivers.hollow(place) {
                Some(hollow) => Fate::Hollow(hollow),
                None if used.contains(&place) => Fate::Used,
                // One step does not show what an audit found in the whole history.
                None if file.baseline && !self.lifting.whole => Fate::Past,
                // A history that comes as one step, to a new server, shows nothing that was ever found in it.
                None if step.before.is_none() && steps.len() == 1 => Fate::Past,
                // What it lifts is found once the message is known.
                None if step.subjects.is_none() && self.needs_message(&waiver.rule) => Fate::Past,
                None => Fate::Unused,
            };
            let about = AddedWaiver { file, waiver, fate };
            let mut list = RuleOutput::default();
            for (rule, level) in &self.rules {
                if let Check::Waiver(check) = rule.check {
                    check(
                        &about,
                        &mut Findings::new(rule.id, *level, &step.origin, &mut list),
                    );
                }
            }
            for finding in &mut list.findings {
                finding.level = if step.before.is_none() {
                    finding.level.min(Level::Warn)
                } else {
                    finding.level
                };
            }
            found
                .entry(added.step)
                .or_default()
                .append(&mut list.findings);
        }
        found
    }

    fn needs_message(&self, rule: &str) -> bool {
        self.all_rules
            .iter()
            .any(|one| one.id == rule && one.needs_message())
    }

    /// Puts findings among those of their steps.
    fn insert(&mut self, mut found: BTreeMap<usize, Vec<Finding>>) {
        found.retain(|_, found| !found.is_empty());
        // From behind, so that the places in front stay what they are.
        for (step, mut more) in found.into_iter().rev() {
            let end = self.lifting.ends[step];
            let start = if step == 0 {
                self.lifting.start
            } else {
                self.lifting.ends[step - 1]
            };
            let mut all: Vec<Finding> = self.findings.drain(start..end).collect();
            all.append(&mut more);
            all.sort_by(|one, other| place(one).cmp(&place(other)));
            self.findings.splice(start..start, all);
        }
    }

    /// Says of each finding that a waiver could lift how one is written.
    fn offer_waivers(&mut self, steps: &[Step]) {
        let rules: BTreeMap<&str, &Rule> = self
            .rules
            .iter()
            .map(|(rule, _)| (rule.id, *rule))
            .collect();
        for finding in self
            .findings
            .iter_mut()
            .filter(|finding| is_live(finding) && finding.level < Level::Forbid)
        {
            let Some(rule) = rules.get(finding.rule).filter(|rule| rule.is_waivable()) else {
                continue;
            };
            let step = steps
                .iter()
                .find(|step| rule.needs_message() && step.origin == finding.origin);
            let message = step
                .and_then(|step| step.subjects.as_ref()?.last())
                .map_or_else(String::new, |own| format!(" --message {}", word(own)));
            let subject = word(&finding.subject);
            let command = format!(
                "graven waive --rule {} --subject {subject}{message} --reason \"…\"",
                finding.rule
            );
            finding.help.push(Help {
                text: "or let it stand, and say why".to_owned(),
                command: Some(command),
            });
        }
    }
}

/// Lifts the findings that a waiver names, and notes which waivers are of use.
fn lift(findings: &mut [Finding], waivers: &Waivers, used: &mut BTreeSet<WaiverPlace>) {
    // The move of a ref lies in no content, so nothing in the content can lift it.
    for finding in findings
        .iter_mut()
        .filter(|finding| !matches!(finding.origin, Origin::Ref { .. }))
    {
        let Some(places) = waivers.lifting(finding) else {
            continue;
        };
        if is_live(finding) && finding.level == Level::Forbid {
            let text = "a waiver names this finding, but forbid cannot be waived".to_owned();
            finding.help.push(Help {
                text,
                command: None,
            });
        } else if is_live(finding) {
            finding.state = State::Waived;
            let by = |place: &WaiverPlace| {
                let (file, waiver) = waivers.get(*place);
                WaivedBy {
                    path: file.path.clone(),
                    reason: waiver.reason.value.clone(),
                }
            };
            finding.waivers = places.iter().map(by).collect();
        }
        used.extend(places);
    }
}

fn is_live(finding: &Finding) -> bool {
    finding.state == State::Live
}

/// Two files with a waiver for one finding.
fn twice(waivers: &Waivers, first: WaiverPlace, second: WaiverPlace) -> Problem {
    let place = |place: WaiverPlace| {
        let (file, waiver) = waivers.get(place);
        let (line, column) = file.source.position(waiver.fingerprint.span.start());
        format!("{}:{line}:{column}", file.path)
    };
    let message = format!(
        "{}: two waivers for one finding: {} names it too",
        place(second),
        place(first)
    );
    Problem::not_judged(message, "take out the one that is new")
}

/// What was published before says something worth knowing, and stands in nobody's way.
fn past(mut problem: Problem) -> Problem {
    problem
        .message
        .push_str(" (published before; it lifts nothing)");
    Problem {
        weight: Weight::Warning,
        help: Vec::new(),
        ..problem
    }
}
