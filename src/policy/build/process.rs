//! The tables of a policy beside kinds and levels, built: waivers, tests and code, the backlog, the workflow. A table of the
//! file lies over that of its preset, key by key.

use std::sync::Arc;

use super::pattern;
use crate::policy::kind::{Freeze, Kind, Pattern};
use crate::policy::raw::{RawBacklog, RawPolicy, RawTrace, RawWaivers, RawWorkflow};
use crate::policy::{Backlog, CitationForm, Trace, Waivers, Workflow};
use crate::repo::{PathSet, RepoPath};
use crate::report::EditClass;
use crate::report::file_faults::{Faults, shown};
use crate::text::guess::did_you_mean;

/// The kind of waivers; no policy can have another of this name.
pub(super) const WAIVER: &str = "waiver";
/// The folder of waivers where no preset says one.
const FOLDER: &str = "waivers";
/// The default for the least length of a reason: a short sentence.
const REASON: usize = 20;
/// The highest least length of a reason that a policy may require.
const LONGEST_REASON: usize = 1000;
/// More prefixes than any backlog has.
const MOST_PREFIXES: usize = 64;
/// The default patterns of a subject line that fixes or adds something.
const FIX: &str = r"^(?i:fix(?:e[sd])?)\b";
const FEATURE: &str = r"^(?i:feat(?:ure)?)\b";
/// The default forms of a citation.
const CITATIONS: [&str; 4] = ["pytest", "comment", "attribute", "tag"];

/// What this module builds.
pub(super) struct Process {
    pub(super) waivers: Waivers,
    pub(super) trace: Trace,
    pub(super) backlog: Option<Backlog>,
    pub(super) workflow: Workflow,
}

impl Process {
    /// Every path that these tables name, but for code: that is the largest part of most repositories, and few steps are
    /// asked about it.
    pub(super) fn globs(&self) -> impl Iterator<Item = String> {
        let watches = [&self.trace.tests, &self.workflow.changelog];
        watches
            .into_iter()
            .flat_map(|watch| watch.globs().to_vec())
            .chain(self.files())
    }

    /// The files of the backlog.
    pub(super) fn files(&self) -> impl Iterator<Item = String> {
        let backlog = self
            .backlog
            .iter()
            .flat_map(|backlog| [&backlog.open, &backlog.done]);
        backlog.map(|path| globset::escape(&path.as_bstr().to_string()))
    }
}

/// Builds the tables; `None` when something in them is at fault.
pub(super) fn build(
    raw: &mut RawPolicy,
    below: Option<&RawPolicy>,
    faults: &mut Faults,
) -> Option<Process> {
    let below = below.cloned().unwrap_or_default();
    let waivers = waivers(
        &std::mem::take(&mut raw.waivers).over(below.waivers),
        faults,
    );
    let trace = trace(std::mem::take(&mut raw.trace).over(below.trace), faults);
    let own_bugs = raw.backlog.bugs.is_some();
    let backlog = backlog(
        std::mem::take(&mut raw.backlog).over(below.backlog),
        own_bugs,
        faults,
    );
    let workflow = workflow(
        std::mem::take(&mut raw.workflow).over(below.workflow),
        faults,
    );
    Some(Process {
        waivers: waivers?,
        trace: trace?,
        backlog: backlog?,
        workflow: workflow?,
    })
}

fn waivers(written: &RawWaivers, faults: &mut Faults) -> Option<Waivers> {
    let folder = path(
        "waivers.folder",
        written.folder.as_deref().unwrap_or(FOLDER),
        "sdd/waivers",
        faults,
    )?
    .as_bstr()
    .to_string();
    let reason = written.reason.unwrap_or(REASON);
    if !(1..=LONGEST_REASON).contains(&reason) {
        let message =
            format!("`waivers.reason` is {reason} characters, outside 1 to {LONGEST_REASON}");
        faults.value("waivers.reason", message, None);
        return None;
    }
    let glob = format!("{}/*.toml", globset::escape(&folder));
    let files = pattern::or_fault("waivers.folder", PathSet::new([glob]), faults)?;
    Some(Waivers {
        folder,
        kind: Arc::new(kind(files)),
        reason,
    })
}

/// Waivers are records themselves: frozen when committed, but for what is added at the end.
fn kind(files: PathSet) -> Kind {
    let none =
        || PathSet::new::<_, String>([]).unwrap_or_else(|_| unreachable!("no glob is a good list"));
    Kind {
        index: 0,
        name: WAIVER.to_owned(),
        paths: files,
        near: none(),
        exempt: none(),
        file_name: None,
        template: None,
        number: None,
        freeze: Freeze::WhenCommitted,
        grows: true,
        vocabulary: None,
        edits: EditClass::ALL
            .map(|class| (class, class.default_level()))
            .into(),
        sections: None,
    }
}

fn trace(written: RawTrace, faults: &mut Faults) -> Option<Trace> {
    let tests = pattern::globs("trace.tests", written.tests.unwrap_or_default(), faults);
    let code = pattern::globs("trace.code", written.code.unwrap_or_default(), faults);
    let forms = written
        .citations
        .unwrap_or_else(|| CITATIONS.map(str::to_owned).to_vec());
    let mut citations = Vec::new();
    let mut good = true;
    for (index, form) in forms.iter().enumerate() {
        let key = format!("trace.citations[{index}]");
        citations.push(match form.as_str() {
            "pytest" => CitationForm::Pytest,
            "comment" => CitationForm::Comment,
            "attribute" => CitationForm::Attribute,
            "tag" => CitationForm::Tag,
            // An expression has a group, so a mere word is an unknown name.
            word if word.chars().all(|letter| letter.is_ascii_alphanumeric()) => {
                let help = did_you_mean(word, CITATIONS);
                faults.value(
                    &key,
                    format!("`{}` is not a citation form", shown(word)),
                    help,
                );
                good = false;
                continue;
            }
            expression => {
                let Some(pattern) = pattern::regex(&key, expression, &["id"], false, faults) else {
                    good = false;
                    continue;
                };
                CitationForm::Pattern(pattern)
            }
        });
    }
    good.then_some(Trace {
        tests: tests?,
        code: code?,
        citations,
    })
}

/// The outer `None` means at fault, the inner that there is no backlog. Bugs that the file itself names must be items; those
/// of a preset may have lost their prefix to the file.
#[expect(
    clippy::option_option,
    reason = "the outer says whether it is good, the inner whether there is one"
)]
fn backlog(written: RawBacklog, own_bugs: bool, faults: &mut Faults) -> Option<Option<Backlog>> {
    let prefixes = prefixes(
        "backlog.prefixes",
        written.prefixes.unwrap_or_default(),
        faults,
    );
    let bugs = self::prefixes("backlog.bugs", written.bugs.unwrap_or_default(), faults);
    let (open, done) = match (written.open, written.done) {
        (None, None) => return Some(None),
        (Some(open), Some(done)) => (
            path("backlog.open", &open, "sdd/BACKLOG.md", faults),
            path("backlog.done", &done, "sdd/BACKLOG-DONE.md", faults),
        ),
        (Some(_), None) => {
            faults.missing(
                "backlog.done",
                "`backlog` has no `done`",
                "add `done = \"…\"`",
            );
            return None;
        }
        (None, Some(_)) => {
            faults.missing(
                "backlog.open",
                "`backlog` has no `open`",
                "add `open = \"…\"`",
            );
            return None;
        }
    };
    let (open, done, prefixes, bugs) = (open?, done?, prefixes?, bugs?);
    if open == done {
        faults.value(
            "backlog.done",
            "open and finished items are in the same file",
            None,
        );
        return None;
    }
    if prefixes.is_empty() {
        let help = Some("add some: `prefixes = [\"BK\"]`".to_owned());
        faults.value(
            "backlog.prefixes",
            "`backlog` has no prefixes, so it has no items",
            help,
        );
        return None;
    }
    if let Some((index, bug)) = bugs
        .iter()
        .enumerate()
        .find(|(_, bug)| own_bugs && !prefixes.contains(bug))
    {
        let message = format!(
            "`{}` is not in `backlog.prefixes`, so no item has it",
            shown(bug)
        );
        let help = did_you_mean(bug, prefixes.iter().map(String::as_str));
        faults.value(&format!("backlog.bugs[{index}]"), message, help);
        return None;
    }
    Some(Some(Backlog {
        open,
        done,
        prefixes,
        bugs,
    }))
}

fn prefixes(key: &str, written: Vec<String>, faults: &mut Faults) -> Option<Vec<String>> {
    if written.len() > MOST_PREFIXES {
        faults.value(
            key,
            format!(
                "{} prefixes in `{key}`, over the limit of {MOST_PREFIXES}",
                written.len()
            ),
            None,
        );
        return None;
    }
    let mut good = true;
    for (index, prefix) in written.iter().enumerate() {
        let starts = prefix.starts_with(|first: char| first.is_ascii_alphabetic());
        if !starts
            || prefix.len() > 20
            || !prefix
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '_')
        {
            let message = format!("`{}` is not a valid item prefix", shown(prefix));
            let help = Some("use letters and digits, such as `BK` for `BK-001`".to_owned());
            faults.value(&format!("{key}[{index}]"), message, help);
            good = false;
        }
    }
    good.then_some(written)
}

fn workflow(written: RawWorkflow, faults: &mut Faults) -> Option<Workflow> {
    let mut subject = |key: &str, written: Option<String>, own: &'static str| match written {
        Some(written) => pattern::regex(key, &written, &[], false, faults),
        None => Some(Pattern::proven(own)),
    };
    let fix = subject("workflow.fix", written.fix, FIX);
    let feature = subject("workflow.feature", written.feature, FEATURE);
    let changelog = pattern::globs(
        "workflow.changelog",
        written.changelog.unwrap_or_default(),
        faults,
    );
    Some(Workflow {
        fix: fix?,
        feature: feature?,
        changelog: changelog?,
    })
}

/// A path from the root of the repository, without tricks in it. `example` is one that would do.
pub(super) fn path(
    key: &str,
    written: &str,
    example: &str,
    faults: &mut Faults,
) -> Option<RepoPath> {
    let trimmed = written.trim_end_matches('/');
    let inside = !trimmed.is_empty()
        && trimmed
            .split('/')
            .all(|part| !matches!(part, "" | "." | ".." | ".git"));
    let fault = if !inside || trimmed.contains(['\\', '\0']) || trimmed.len() > 1024 {
        "is not a path inside the repository"
    } else if trimmed.contains(['*', '?']) {
        "is a glob, expected a single path"
    } else {
        return Some(RepoPath::new(trimmed));
    };
    let help = format!("write a path from the root of the repository, such as `{example}`");
    faults.value(key, format!("`{}` {fault}", shown(written)), Some(help));
    None
}
