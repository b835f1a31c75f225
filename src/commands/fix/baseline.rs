//! `graven audit --write-baseline`: accepts existing findings as a baseline, so that only new ones are reported. A
//! baseline that exists grows only with `--accept-new`.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::waive::demand_substance;
use crate::cli::{Audit, Cli};
use crate::commands::pipeline::{deliver, judge};
use crate::commands::policy_source::{PolicySource, WarnAbout};
use crate::commands::{Streams, write_listing};
use crate::git::Repository;
use crate::policy::Policy;
use crate::render::lists::ActionsDone;
use crate::render::{Surface, View};
use crate::repo::{Blob, Objects, RepoPath, Write};
use crate::report::{Finding, Level, Origin, Outcome, Problem, Report, State};
use crate::rules::RULES;
use crate::steps;
use crate::text::Source;
use crate::text::escape::Escaped;
use crate::waiver::{self, WaiverFile, Waivers};

/// At most this many new findings are listed.
const LISTED: usize = 50;
/// The comment at the top of a baseline.
const HEAD: &str = "# Findings in the history when this baseline was written. Later findings get waivers of their own.\n";

/// The path of a baseline, and its present content.
struct Baseline {
    policy: Arc<Policy>,
    path: RepoPath,
    known: Option<WaiverFile>,
}

pub(in crate::commands) fn write_baseline(
    file: &Path,
    audit: &Audit,
    cli: &Cli,
    streams: &mut Streams<'_>,
) -> anyhow::Result<Outcome> {
    let reason = audit.reason.as_deref().unwrap_or_default();
    let repository = Repository::open(cli.repo.as_deref()).map_err(Problem::from)?;
    let policies = PolicySource::new(&repository, audit.judging.policy.as_deref())?;
    let revision = audit.revision.as_deref();
    let batches = steps::history(&repository, revision, audit.every_commit, &policies)?;
    // Before the history is judged, which may take a while.
    let opened = batches
        .first()
        .map(|batch| {
            demand_substance(reason, &batch.policy)?;
            Baseline::open(&repository, Arc::clone(&batch.policy), file)
        })
        .transpose()?;
    let report = judge(&batches, &policies, RULES, WarnAbout::All, streams.watched)?;
    let (true, Some(baseline)) = (report.is_complete(), opened) else {
        let view = View::new(Surface::Audit);
        return deliver(Ok(report.problems_only()), cli.format(), &view, streams.out);
    };
    let (done, outcome) = baseline.fill(&report, reason, audit.accept_new, &repository)?;
    write_listing(&ActionsDone { done }, cli, streams)?;
    Ok(outcome)
}

impl Baseline {
    fn open(repository: &Repository, policy: Arc<Policy>, file: &Path) -> Result<Self, Problem> {
        let Some(root) = repository.work_dir() else {
            let message = "nothing can be written: the repository has no work tree";
            return Err(Problem::not_judged(
                message,
                "run this in a clone that has one",
            ));
        };
        let path = inside(root, file)
            .filter(|path| policy.waivers.kind.paths.matches(path))
            .ok_or_else(|| {
                let folder = &policy.waivers.folder;
                let shown = Escaped::new(file.as_os_str().as_encoded_bytes()).to_string();
                let message = format!(
                    "{shown} is not a TOML file in the folder {folder}, so graven would not read it"
                );
                Problem::not_judged(
                    message,
                    format!("graven audit --write-baseline {folder}/baseline.toml --reason \"…\""),
                )
            })?;
        repository.ensure_can_write(&path)?;
        let known = match repository.entry(&repository.staged()?, &path)? {
            None => None,
            Some(entry) => match repository.blob(entry.id, policy.limits.blob)? {
                Blob::Bytes(bytes) => Some(String::from_utf8(bytes).map_err(|_| {
                    Problem::not_judged(format!("{path} is not a text file"), "choose another file")
                })?),
                Blob::TooLarge(size) => {
                    let message = format!(
                        "{path} has {size} bytes, over the limit of {}",
                        policy.limits.blob
                    );
                    return Err(Problem::not_judged(message, "choose another file"));
                }
            },
        };
        let known = known.map(|text| read(&path, text)).transpose()?;
        Ok(Self {
            policy,
            path,
            known,
        })
    }

    /// Writes the findings that the file does not hold yet; returns what was done, in sentences.
    fn fill(
        &self,
        report: &Report,
        reason: &str,
        accept_new: bool,
        repository: &Repository,
    ) -> Result<(Vec<String>, Outcome), Problem> {
        let live = || {
            report
                .findings
                .iter()
                .filter(|finding| finding.state == State::Live)
        };
        let covered = Waivers::new(
            self.known.clone().into_iter().map(Arc::new).collect(),
            self.policy.waivers.reason,
        );
        let new: Vec<&Finding> = live()
            .filter(|finding| {
                finding.level < Level::Forbid && !matches!(finding.origin, Origin::Ref { .. })
            })
            .filter(|finding| covered.lifting(finding).is_none())
            .collect();
        let forbidden = live()
            .filter(|finding| finding.level == Level::Forbid)
            .count();
        let mut done = Vec::new();
        if self.known.is_some() && !new.is_empty() && !accept_new {
            done.extend(new.iter().take(LISTED).map(|finding| listed(finding)));
            done.extend((new.len() > LISTED).then(|| format!("and {} more", new.len() - LISTED)));
            done.push(format!(
                "nothing was written: these findings are not in {}; --accept-new adds them",
                self.path
            ));
            return Ok((done, Outcome::Refused));
        }
        if new.is_empty() {
            done.push(
                "nothing was written: there is no finding that a waiver could lift".to_owned(),
            );
        } else {
            let number = self.put(&new, reason, repository)?;
            let noun = if number == 1 { "waiver" } else { "waivers" };
            done.push(format!("wrote and staged {number} {noun}: {}", self.path));
        }
        let outcome = if forbidden == 0 {
            Outcome::Allowed
        } else {
            Outcome::Refused
        };
        if forbidden > 0 {
            let (noun, verb) = if forbidden == 1 {
                ("finding", "remains")
            } else {
                ("findings", "remain")
            };
            done.push(format!(
                "{forbidden} {noun} of level forbid {verb} and cannot be waived; graven audit lists them"
            ));
        }
        done.extend((!new.is_empty()).then(|| "next: git commit".to_owned()));
        Ok((done, outcome))
    }

    /// Writes the file with these findings added; how many waivers that were.
    fn put(
        &self,
        new: &[&Finding],
        reason: &str,
        repository: &Repository,
    ) -> Result<usize, Problem> {
        let mut text = match &self.known {
            Some(file) => file.source.text().to_owned(),
            None => format!("{HEAD}{}", waiver::BASELINE),
        };
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        text.push_str(&waiver::waivers(new.iter().copied(), reason));
        let limit = self.policy.limits.blob;
        if text.len() as u64 > limit {
            let message = format!(
                "{} would have {} bytes, over the limit of {limit}",
                self.path,
                text.len()
            );
            return Err(Problem::not_judged(
                message,
                "raise limits.blob of the policy, or choose another file",
            ));
        }
        let written = read(&self.path, text.clone())?;
        let before = self.known.as_ref().map_or(0, |file| file.waivers.len());
        repository.stage(&[Write {
            path: self.path.clone(),
            content: Some(text.into_bytes()),
        }])?;
        Ok(written.waivers.len() - before)
    }
}

/// Reads a baseline, which must have no faults.
fn read(path: &RepoPath, text: String) -> Result<WaiverFile, Problem> {
    let names: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
    let file = waiver::read(path, Arc::new(Source::new(text)), &names);
    if let Some(fault) = file.faults.first() {
        return Err(fault.clone().into());
    }
    if !file.baseline {
        let message = format!("{path} is not a baseline: it does not set `baseline = true`");
        return Err(Problem::not_judged(message, "choose another file"));
    }
    Ok(file)
}

fn listed(finding: &Finding) -> String {
    let commit = finding
        .origin
        .after()
        .map(|commit| format!(" (commit {})", commit.short()))
        .unwrap_or_default();
    format!(
        "new: {} {} of {}{commit}: {}",
        finding.level, finding.rule, finding.subject, finding.message
    )
}

/// A path inside the work tree, as the repository names it; what is relative begins in the current directory, and else at
/// the root.
fn inside(root: &Path, file: &Path) -> Option<RepoPath> {
    let root = root.canonicalize().ok()?;
    let absolute = std::path::absolute(file).ok()?;
    below(&root, &absolute).or_else(|| below(&root, &root.join(file)))
}

fn below(root: &Path, file: &Path) -> Option<RepoPath> {
    // The folder may not exist yet, so its existing part is resolved.
    let there = file
        .ancestors()
        .skip(1)
        .find_map(|folder| Some((folder, folder.canonicalize().ok()?)))?;
    let path: PathBuf = there.1.join(file.strip_prefix(there.0).ok()?);
    let mut parts = Vec::new();
    for part in path.strip_prefix(root).ok()?.components() {
        let Component::Normal(part) = part else {
            return None;
        };
        parts.push(part.to_str()?);
    }
    Some(RepoPath::new(parts.join("/")))
}
