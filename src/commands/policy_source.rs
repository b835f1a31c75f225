//! Which policy judges: the file of `--policy`, else the one that `graven.policy` in the repository's configuration
//! names, else the one in the tree before the step, else the built-in preset.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::engine::Batch;
use crate::git::Repository;
use crate::policy::{self, FILE_NAME, Fault, Policy, RuleName};
use crate::repo::{Blob, Entry, ObjectId, Objects, RepoPath, Side};
use crate::report::{Problem, Weight};
use crate::rules::RULES;
use crate::steps::Policies;
use crate::text::Source;

/// Which globs that match nothing are warned about.
#[derive(Debug, Clone, Copy)]
pub(super) enum WarnAbout {
    /// All, for a person who asks.
    All,
    /// Those that the steps add, for a hook: a kind may be planned before its first document.
    New,
}

/// Finds the policy of a side of a repository, reading each file once.
pub(super) struct PolicySource<'a> {
    repository: &'a Repository,
    /// The policy from outside the tree and its file, if there is one.
    fixed: Option<(PathBuf, Arc<Policy>)>,
    read: RefCell<BTreeMap<ObjectId, Arc<Policy>>>,
    built_in: OnceCell<Arc<Policy>>,
    /// Faults of the policies that were read.
    faults: RefCell<Vec<Problem>>,
}

impl<'a> PolicySource<'a> {
    /// `file` is what the person named on the command line.
    pub(super) fn new(repository: &'a Repository, file: Option<&Path>) -> Result<Self, Problem> {
        let configured = repository.config("graven.policy").map_err(|error| {
            Problem::not_judged(
                error.to_string(),
                "set it to a file: git config graven.policy /path/to/graven.toml",
            )
        })?;
        let file = file
            .map(Path::to_path_buf)
            .or(configured.map(|name| repository.git_dir().join(PathBuf::from(name))));
        let fixed = file
            .map(|file| from_disk(&file).map(|policy| (file, Arc::new(policy))))
            .transpose()?;
        Ok(Self {
            repository,
            fixed,
            read: RefCell::default(),
            built_in: OnceCell::new(),
            faults: RefCell::default(),
        })
    }

    /// The file outside the tree that judges, if one does.
    pub(super) fn file(&self) -> Option<&Path> {
        self.fixed.as_ref().map(|(file, _)| file.as_path())
    }

    /// The repository whose policies these are.
    pub(super) fn repository(&self) -> &'a Repository {
        self.repository
    }

    /// Built only where nothing else judges.
    fn built_in(&self) -> Arc<Policy> {
        Arc::clone(self.built_in.get_or_init(|| Arc::new(policy::built_in())))
    }

    fn in_tree(&self, side: &Side) -> Result<Arc<Policy>, Problem> {
        let Some(entry) = self.repository.entry(side, &RepoPath::new(FILE_NAME))? else {
            return Ok(self.built_in());
        };
        if let Some(known) = self.read.borrow().get(&entry.id) {
            return Ok(Arc::clone(known));
        }
        let policy = match self
            .text(&entry)
            .and_then(|source| parse(&source, FILE_NAME))
        {
            Ok(policy) => Arc::new(policy),
            Err(problem) => {
                self.faults.borrow_mut().push(problem);
                self.last_good(side)?
            }
        };
        self.read.borrow_mut().insert(entry.id, Arc::clone(&policy));
        Ok(policy)
    }

    /// The newest version of the policy before a faulty one that has no faults, or the built-in preset.
    fn last_good(&self, side: &Side) -> Result<Arc<Policy>, Problem> {
        let Side::Commit(commit) = side else {
            return Ok(self.built_in());
        };
        let versions = self
            .repository
            .versions(*commit, &RepoPath::new(FILE_NAME))?;
        let read = |entry: &Entry| {
            self.text(entry)
                .and_then(|source| parse(&source, FILE_NAME))
        };
        let good = versions
            .iter()
            .filter_map(|version| version.entry.as_ref())
            .find_map(|entry| read(entry).ok());
        Ok(good.map_or_else(|| self.built_in(), Arc::new))
    }

    /// The policy of a side to be shown, which must have no faults: what is shown is to be what judges.
    pub(super) fn sound(&self, side: Option<&Side>) -> Result<Arc<Policy>, Problem> {
        let policy = self.at(side)?;
        match self.faults.borrow().first() {
            Some(fault) => Err(fault.clone()),
            None => Ok(policy),
        }
    }

    /// Faults of the policies that were read. A faulty policy judges nothing, so its faults stop
    /// every step but those that fix it: these are judged by the last version without faults.
    pub(super) fn faults(&self, batches: &[Batch]) -> Result<Vec<Problem>, Problem> {
        let mut faults = self.faults.borrow().clone();
        if faults.is_empty() || !self.all_mend(batches)? {
            return Ok(faults);
        }
        for fault in &mut faults {
            fault.weight = Weight::Warning;
            fault
                .message
                .push_str(" (fixed in this step, which is judged by the last valid policy)");
        }
        Ok(faults)
    }

    /// Globs of kinds that match nothing after the last step: perhaps typing errors.
    pub(super) fn unmatched_globs(
        &self,
        batch: &Batch,
        warn_about: WarnAbout,
    ) -> Result<Vec<Problem>, Problem> {
        let (Some(first), Some(last)) = (batch.steps.first(), batch.steps.last()) else {
            return Ok(Vec::new());
        };
        match warn_about {
            WarnAbout::All => unmatched(&batch.policy, self.repository, &last.after),
            WarnAbout::New
                if self.fixed.is_some()
                    || self.file_at(first.before.as_ref())?
                        == self.file_at(Some(&last.after))? =>
            {
                Ok(Vec::new())
            }
            WarnAbout::New => {
                unmatched(&*self.at(Some(&last.after))?, self.repository, &last.after)
            }
        }
    }

    fn file_at(&self, side: Option<&Side>) -> Result<Option<ObjectId>, Problem> {
        let entry = side
            .map(|side| self.repository.entry(side, &RepoPath::new(FILE_NAME)))
            .transpose()?;
        Ok(entry.flatten().map(|entry| entry.id))
    }

    fn all_mend(&self, batches: &[Batch]) -> Result<bool, Problem> {
        let mut steps = batches
            .iter()
            .filter_map(|batch| batch.steps.last())
            .peekable();
        if steps.peek().is_none() {
            return Ok(false);
        }
        for step in steps {
            let entry = self
                .repository
                .entry(&step.after, &RepoPath::new(FILE_NAME))?;
            // No policy file at all is the built-in preset, which has no faults.
            let good = entry.is_none_or(|entry| {
                self.text(&entry)
                    .and_then(|source| parse(&source, FILE_NAME))
                    .is_ok()
            });
            if !good {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn text(&self, entry: &Entry) -> Result<Arc<Source>, Problem> {
        if !entry.mode.is_file() {
            let message = format!("{FILE_NAME} is {}", entry.mode);
            return Err(Problem::not_judged(message, "make it a regular file"));
        }
        match self.repository.blob(entry.id, policy::MAX_BYTES)? {
            Blob::TooLarge(size) => {
                let message = format!("{FILE_NAME}: {}", policy::too_large(size));
                Err(Problem::not_judged(
                    message,
                    "check the file: a policy is a few lines long",
                ))
            }
            Blob::Bytes(bytes) => text_of(bytes, FILE_NAME),
        }
    }
}

impl Policies for PolicySource<'_> {
    fn at(&self, side: Option<&Side>) -> Result<Arc<Policy>, Problem> {
        match (&self.fixed, side) {
            (Some((_, fixed)), _) => Ok(Arc::clone(fixed)),
            (None, Some(side)) => self.in_tree(side),
            (None, None) => Ok(self.built_in()),
        }
    }
}

/// The rules that a policy may name.
#[must_use]
pub fn rule_names() -> Vec<RuleName> {
    RULES.iter().map(|rule| rule.name()).collect()
}

fn unmatched(
    policy: &Policy,
    repository: &Repository,
    side: &Side,
) -> Result<Vec<Problem>, Problem> {
    let written = |kind: &str| policy.places.key(&format!("kind.{kind}.paths")).is_some();
    if !policy.kinds.iter().any(|kind| written(&kind.name)) {
        return Ok(Vec::new());
    }
    let entries = repository.entries(side, &policy.watch)?;
    let mut problems = Vec::new();
    for kind in policy.kinds.iter().filter(|kind| written(&kind.name)) {
        for glob in kind
            .paths
            .unmatched(entries.iter().map(|entry| &entry.path))
        {
            let message = format!(
                "{FILE_NAME}: the glob \"{glob}\" of kind.{}.paths matches nothing",
                kind.name
            );
            problems.push(Problem::warning(message, "correct it or remove it"));
        }
    }
    Ok(problems)
}

fn from_disk(file: &Path) -> Result<Policy, Problem> {
    let shown = file.display().to_string();
    let bytes = std::fs::read(file).map_err(|error| {
        let message = format!("the policy {shown} cannot be read: {error}");
        Problem::not_judged(
            message,
            "name a readable file with --policy, or with git config graven.policy",
        )
    })?;
    parse(&text_of(bytes, &shown)?, &shown)
}

fn text_of(bytes: Vec<u8>, name: &str) -> Result<Arc<Source>, Problem> {
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Arc::new(Source::new(text))),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            Err(Problem::not_judged(
                format!("{name} is not valid UTF-8 at byte {at}"),
                "save it as UTF-8",
            ))
        }
    }
}

fn parse(source: &Arc<Source>, name: &str) -> Result<Policy, Problem> {
    policy::parse(Arc::clone(source), name, &rule_names()).map_err(joined)
}

/// All faults of a file as one problem: the first one's place, and every complaint.
fn joined(faults: Vec<Fault>) -> Problem {
    let mut problems = faults.into_iter().map(Problem::from);
    let Some(mut first) = problems.next() else {
        return Problem::not_judged("the policy cannot be read", "check graven.toml");
    };
    for further in problems {
        first.message = format!("{}; {}", first.message, further.message);
        first.help.extend(further.help);
    }
    first
}
