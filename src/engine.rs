//! Steps and a policy in, a report out. It must not know where the steps come from, nor what any single rule means.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::change::diff::TreeDiff;
use crate::change::document_cache::DocumentCache;
use crate::change::history::BatchHistory;
use crate::change::snapshot::Snapshot;
use crate::change::{Change, Pairing, pair};
use crate::document::{Content, Document, Unreadable};
use crate::policy::kind::Freeze;
use crate::policy::{self, FILE_NAME, Fault, Policy, RuleName, Weakening};
use crate::repo::{Difference, Entry, ObjectError, ObjectId, Objects, RepoPath, Side};
use crate::report::Level;
use crate::report::{Finding, Origin, Problem, Report, State};
use crate::rules::rule::{Check, Findings, PolicyChange, RefMove, Rule, RuleContext, RuleOutput};
use crate::text::Source;

use restored::Restorations;
use waivers::WaiverUse;

mod restored;
mod rewritten_line;
mod waivers;

/// One way from a revision to the next.
#[derive(Debug, Clone)]
pub struct Step {
    /// The state before; `None` when nothing was published yet, so that nothing can have been broken.
    pub before: Option<Side>,
    /// The state after.
    pub after: Side,
    /// Where it comes from.
    pub origin: Origin,
    /// The tip of the protected branch, where it is neither side (numbers may have been taken there meanwhile).
    pub published: Option<Side>,
    /// The subject lines of its commits, oldest first, where they are known. Foreign text.
    pub subjects: Option<Vec<String>>,
    /// Further parents of the commit, when every commit is judged: what stands in one of them as well was judged there.
    pub other_parents: Vec<ObjectId>,
}

/// What was asked about under one policy: the steps of one ref, or one staged change.
#[derive(Debug, Clone)]
pub struct Batch {
    /// The policy from before.
    pub policy: Arc<Policy>,
    /// The moves of refs that bring the steps.
    pub moves: Vec<RefMove>,
    /// The steps, oldest first.
    pub steps: Vec<Step>,
    /// What could not be judged while the steps were found.
    pub problems: Vec<Problem>,
}

/// What the engine needs beside the steps.
pub struct JudgeContext<'a> {
    /// Where documents are read.
    pub objects: &'a dyn Objects,
    /// The rules that judge, sorted by name.
    pub rules: &'a [&'static Rule],
    /// Every rule that a policy or a waiver may name, also where some rules alone judge.
    pub rule_names: &'a [RuleName],
    /// Told after each step how many of all steps are done.
    pub progress: &'a mut dyn FnMut(usize, usize),
}

/// Judges all steps of all batches. An error never ends the judging: it becomes a problem of its own.
pub fn judge(batches: &[Batch], bench: &mut JudgeContext<'_>) -> Report {
    let mut report = Report::default();
    let all: usize = batches.iter().map(|batch| batch.steps.len()).sum();
    let mut documents = BTreeSet::new();
    for batch in batches {
        report.problems.extend(batch.problems.iter().cloned());
        let mut judge = Judge::new(batch, bench.objects, bench.rules, bench.rule_names);
        for ref_move in &batch.moves {
            judge.check_move(ref_move);
        }
        judge.begin_steps();
        for step in &batch.steps {
            match judge.check_step(step) {
                Ok(changed) => {
                    report.scope.changes += changed.len();
                    documents.extend(changed);
                }
                Err(error) => judge.problems.push(about(error, &step.origin)),
            }
            judge.end_step();
            report.scope.steps += 1;
            (bench.progress)(report.scope.steps, all);
        }
        judge.check_line(batch);
        judge.close(&batch.steps);
        report.findings.append(&mut judge.findings);
        report.problems.append(&mut judge.problems);
        report
            .problems
            .extend(judge.standing.into_values().flatten());
    }
    report.scope.documents = documents.len();
    drop_repeated(&mut report);
    report
}

/// The judging of one batch.
struct Judge<'a> {
    policy: &'a Policy,
    objects: &'a dyn Objects,
    rules: Vec<(&'static Rule, Level)>,
    all_rules: &'a [&'static Rule],
    rule_names: &'a [RuleName],
    cache: DocumentCache<'a>,
    history: BatchHistory,
    restorations: Restorations,
    lifting: WaiverUse,
    findings: Vec<Finding>,
    problems: Vec<Problem>,
    /// What nobody can read, by path, until a later step mends it.
    standing: BTreeMap<RepoPath, Vec<Problem>>,
    /// What the next policy file is compared with.
    policy_baseline: PolicyBaseline,
}

/// What a policy file is compared with: the one before it, unless that is gone or has faults.
#[derive(Debug, Default)]
enum PolicyBaseline {
    #[default]
    Before,
    /// The last one that held, from before a file that is gone or has faults; `None` when there was none.
    Last(Option<Arc<Source>>),
}

impl<'a> Judge<'a> {
    fn new(
        batch: &'a Batch,
        objects: &'a dyn Objects,
        rules: &'a [&'static Rule],
        rule_names: &'a [RuleName],
    ) -> Self {
        let policy = batch.policy.as_ref();
        let leveled = rules
            .iter()
            .map(|rule| (*rule, policy.level(rule.id, rule.level)));
        Self {
            policy,
            objects,
            rules: leveled
                .filter(|(_, level)| *level != Level::Allow)
                .collect(),
            all_rules: rules,
            rule_names,
            cache: DocumentCache::new(objects, policy),
            history: history_of(&batch.steps),
            restorations: Restorations::default(),
            lifting: WaiverUse::new(&batch.steps),
            findings: Vec::new(),
            problems: Vec::new(),
            standing: BTreeMap::new(),
            policy_baseline: PolicyBaseline::default(),
        }
    }

    fn check_move(&mut self, ref_move: &RefMove) {
        let RefMove {
            name,
            before,
            after,
            ..
        } = ref_move;
        let origin = Origin::Ref {
            name: name.to_string(),
            before: *before,
            after: *after,
        };
        for (rule, level) in &self.rules {
            if let Check::Ref(check) = rule.check {
                let mut found = RuleOutput::default();
                check(
                    ref_move,
                    &mut Findings::new(rule.id, *level, &origin, &mut found),
                );
                self.findings.append(&mut found.findings);
            }
        }
    }

    /// Judges one step and gives the paths of the documents it changes.
    fn check_step(&mut self, step: &Step) -> Result<Vec<RepoPath>, ObjectError> {
        let differing = TreeDiff::new(
            self.objects,
            step.before.as_ref(),
            &step.after,
            &step.other_parents,
        );
        let compared = differing.between(&self.policy.watch)?;
        let differences = differing.left_over(&compared)?;
        let Pairing { changes, strays } = pair(&differences, &self.cache)?;
        self.note_unreadable(&changes, step);
        self.note_waivers(&differences, step)?;
        let policy_change = self.policy_change(&differences, step)?;
        let mut found = RuleOutput::default();
        {
            let open = |side: &Side| Snapshot::new(&self.cache, side.clone());
            let (before, after) = (step.before.as_ref().map(open), open(&step.after));
            let published = step.published.as_ref().map(open);
            let history =
                self.history
                    .view(&self.cache, step.before.as_ref(), step.published.as_ref());
            let context = RuleContext {
                policy: self.policy,
                changes: &changes,
                strays: &strays,
                files: &differences,
                differing: &differing,
                subjects: step.subjects.as_deref(),
                before: before.as_ref(),
                after: &after,
                published: published.as_ref(),
                policy_change: policy_change.as_ref(),
                history: &history,
                code: OnceCell::new(),
                fates: OnceCell::new(),
                books: OnceCell::new(),
                traced: OnceCell::new(),
            };
            for (rule, level) in &self.rules {
                let mut findings = Findings::new(rule.id, *level, &step.origin, &mut found);
                let checked = match rule.check {
                    Check::Ref(_) | Check::Waiver(_) => Ok(()),
                    Check::Step(check) | Check::Message(check) => check(&context, &mut findings),
                    Check::Change(check) => changes
                        .iter()
                        .try_for_each(|change| check(change, &context, &mut findings)),
                };
                if let Err(error) = checked {
                    self.problems.push(about(error, &step.origin));
                }
            }
            // Where it cannot be read the rules have said so.
            if let Ok(Some(books)) = context.backlog() {
                self.restorations
                    .note_backlog(&books.after, &mut self.findings);
            }
            if let Some(Some(traced)) = context.traced.get() {
                self.restorations
                    .note_citations(traced.cited.keys().map(String::as_str), &mut self.findings);
            }
        }
        let RuleOutput {
            findings: mut found,
            warnings,
        } = found;
        self.problems.extend(warnings);
        if step.before.is_none() {
            // Nothing was published, so nothing can have been broken: an existing repository can always be brought in.
            for finding in &mut found {
                finding.level = finding.level.min(Level::Warn);
            }
        }
        found.sort_by(|one, other| place(one).cmp(&place(other)));
        let standing = |path: &RepoPath| self.objects.entry(&step.after, path);
        self.restorations
            .note(&changes, &mut self.findings, &standing)?;
        if let Some(change) = &policy_change {
            self.restorations.note_policy(change, &mut self.findings);
        }
        self.restorations
            .watch(self.findings.len(), &found, &changes);
        self.findings.append(&mut found);
        if let Origin::Commit { before, commit, .. } = step.origin {
            self.history
                .record(&self.cache, (before, commit), &compared);
        }
        Ok(changes
            .iter()
            .filter_map(|change| change.path().cloned())
            .collect())
    }

    /// A new version that nobody can read cannot be judged. Where the version before was frozen there is a rule for it.
    fn note_unreadable(&mut self, changes: &[Change], step: &Step) {
        for change in changes {
            for document in change.before().into_iter().chain(change.after()) {
                self.standing.remove(&document.path);
            }
            if let Some((before, why)) = incomparable(change) {
                let message = format!(
                    "the published {} cannot be compared{}: {why}",
                    before.path,
                    of(&step.origin)
                );
                let advice = "leave it as it is, or raise limits.blob of the policy that judges where it is too large";
                // No later step can mend it: what was published is gone by then.
                self.problems.push(Problem::not_judged(message, advice));
            }
            let Some(after) = change.after() else {
                continue;
            };
            let Content::Unreadable(why) = &after.content else {
                continue;
            };
            if change.before().and_then(|before| before.frozen()).is_none() {
                let message = format!("{} cannot be read{}: {why}", after.path, of(&step.origin));
                let advice = "save it as UTF-8 text within the limit, or take it out of the paths of its kind";
                // What is brought in whole can have broken nothing; an audit says what it could not read.
                let brought_in =
                    step.before.is_none() && !matches!(step.origin, Origin::Commit { .. });
                let problem = if brought_in {
                    Problem::warning
                } else {
                    Problem::not_judged
                };
                self.standing
                    .insert(after.path.clone(), vec![problem(message, advice)]);
            }
        }
    }

    /// True when a version of the policy file is text without faults.
    fn holds(&self, version: Option<&Arc<Source>>) -> bool {
        version.is_some() && parsed(version, self.rule_names).is_ok()
    }

    /// The newest version of the policy file before a step that held, so that to mend a fault is no way to loosen it.
    fn last_that_held(
        &self,
        path: &RepoPath,
        step: &Step,
    ) -> Result<Option<Arc<Source>>, ObjectError> {
        let Some(Side::Commit(before)) = &step.before else {
            return Ok(None);
        };
        for entry in self
            .objects
            .versions(*before, path)?
            .into_iter()
            .filter_map(|version| version.entry)
        {
            let source = if entry.mode.is_file() {
                self.cache.source(&entry)?
            } else {
                None
            };
            if self.holds(source.as_ref()) {
                return Ok(source);
            }
        }
        Ok(None)
    }

    fn policy_change(
        &mut self,
        differences: &[Difference],
        step: &Step,
    ) -> Result<Option<PolicyChange>, ObjectError> {
        let path = RepoPath::new(FILE_NAME);
        let Some(difference) = differences
            .iter()
            .find(|difference| difference.path == path)
        else {
            return Ok(None);
        };
        self.standing.remove(&path);
        let text = |entry: &Entry| {
            if entry.mode.is_file() {
                self.cache.source(entry)
            } else {
                Ok(None)
            }
        };
        let read = |entry: &Option<Entry>| entry.as_ref().map(text).transpose();
        let (before, after) = (
            read(&difference.before)?.flatten(),
            read(&difference.after)?,
        );
        let (is_first, before) = match std::mem::take(&mut self.policy_baseline) {
            PolicyBaseline::Last(last) => (last.is_none(), last),
            PolicyBaseline::Before
                if difference.before.is_some() && !self.holds(before.as_ref()) =>
            {
                let last = self.last_that_held(&path, step)?;
                (last.is_none(), last)
            }
            PolicyBaseline::Before => (difference.before.is_none(), before),
        };
        if after.as_ref().is_some_and(Option::is_none) {
            let message = format!("{FILE_NAME} is no text file{}", of(&step.origin));
            let advice = "write it as UTF-8 text";
            self.standing
                .insert(path, vec![Problem::not_judged(message, advice)]);
            self.policy_baseline = PolicyBaseline::Last(before);
            return Ok(None);
        }
        let after = after.flatten();
        let judged = weakenings(before.as_ref(), after.as_ref(), self.rule_names);
        if after.is_none() || judged.is_err() {
            self.policy_baseline = PolicyBaseline::Last(before.clone());
        }
        match judged {
            // The first policy of a repository is free, as long as it has no faults.
            Ok(_) if is_first => Ok(None),
            Ok(weakenings) => Ok(Some(PolicyChange {
                path,
                weakenings,
                before,
                after,
            })),
            Err(faults) => {
                let problems = faults.into_iter().map(Problem::from);
                self.standing.insert(path, problems.collect());
                Ok(None)
            }
        }
    }
}

/// The policy of a version of its file; a missing file is the built-in preset.
fn parsed(version: Option<&Arc<Source>>, rules: &[RuleName]) -> Result<Policy, Vec<Fault>> {
    match version {
        Some(source) => policy::parse(Arc::clone(source), FILE_NAME, rules),
        None => Ok(policy::built_in()),
    }
}

/// What a changed policy file guards less than before. Faults when the version after has some; a version before that has
/// some cannot be weakened.
fn weakenings(
    before: Option<&Arc<Source>>,
    after: Option<&Arc<Source>>,
    rules: &[RuleName],
) -> Result<Vec<Weakening>, Vec<Fault>> {
    let policy_after = parsed(after, rules)?;
    let mut found = parsed(before, rules).map_or_else(
        |_| Vec::new(),
        |policy_before| policy::weakenings(&policy_before, &policy_after, rules),
    );
    if before.is_some() && after.is_none() {
        // Else two pushes would do what one may not: take the file away, and bring a weak one as the first.
        found.push(Weakening {
            key: "file".to_owned(),
            what: "the file is gone, so that the next one would be free as the first".to_owned(),
            span: None,
        });
    }
    Ok(found)
}

/// The history that the steps of a batch will make.
fn history_of(steps: &[Step]) -> BatchHistory {
    let from_root = steps.first().is_some_and(|step| step.before.is_none());
    let unbroken = steps
        .windows(2)
        .all(|pair| pair[1].origin.before() == pair[0].origin.after());
    BatchHistory::new(from_root, unbroken)
}

/// A published version that may be frozen and that nobody can compare with what takes its place. One that freezes by its
/// status and is no text at all shows no status, and may be mended.
fn incomparable(change: &Change) -> Option<(&Document, &Unreadable)> {
    let before = change.before()?;
    let Content::Unreadable(why) = &before.content else {
        return None;
    };
    let hidden = match (before.kind.freeze, why) {
        // That it is gone is a finding.
        (Freeze::WhenCommitted, _) => change.after().is_some() && before.frozen().is_some(),
        (Freeze::WhenAccepted, Unreadable::TooLarge(..)) => true,
        (Freeze::WhenAccepted | Freeze::Never, _) => false,
    };
    hidden.then_some((before, why))
}

/// The order of findings within a step: by path, line, column, rule, subject.
fn place(finding: &Finding) -> (&RepoPath, Option<(usize, usize)>, &'static str, &str) {
    (
        &finding.primary.path,
        finding.primary.position(),
        finding.rule,
        &finding.subject,
    )
}

fn about(error: ObjectError, origin: &Origin) -> Problem {
    let mut problem = Problem::from(error);
    problem.message.push_str(&of(origin));
    problem
}

fn of(origin: &Origin) -> String {
    match origin.after() {
        Some(commit) => format!(" (commit {})", commit.short()),
        None => String::new(),
    }
}

/// One commit pushed under two names is one step: what it breaks is said once. What weighs otherwise under the other name,
/// by the policy there or by what follows it, is another thing to say: a restored finding must not hide a live one.
fn drop_repeated(report: &mut Report) {
    let mut seen = BTreeSet::new();
    report.findings.retain(|finding| {
        let key = (
            finding.rule,
            finding.subject.clone(),
            finding.fingerprint,
            (finding.level, finding.state),
            finding.origin.before(),
            finding.origin.after(),
        );
        seen.insert(key)
    });
    let mut seen = BTreeSet::new();
    report
        .problems
        .retain(|problem| seen.insert((problem.message.clone(), problem.weight)));
}

/// True when a finding can be undone by a later step.
fn is_open(finding: &Finding) -> bool {
    finding.state == State::Live && finding.before.is_some()
}
