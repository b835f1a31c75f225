//! `graven doctor`: gathers the facts about a repository. [`crate::setup::doctor`] interprets them.

use std::path::Path;

use super::policy_source::PolicySource;
use super::{Streams, write};
use crate::cli::{Cli, Doctor};
use crate::git::Repository;
use crate::policy::{FILE_NAME, Policy};
use crate::render;
use crate::repo::{Blob, Entry, Mode, Objects, PathSet, RepoPath, Side};
use crate::report::{Outcome, Problem};
use crate::setup::doctor;
use crate::setup::doctor::facts;
use crate::setup::doctor::facts::{Branches, CiFile, Facts, History, PolicyFacts, WorkTree};
use crate::steps::hook::HostSide;
use crate::steps::{self, Guarded};

mod hooks;

/// Bytes of a file that are read at most.
const LONGEST: u64 = 1 << 18;

/// The configuration files of CI.
const CI: [&str; 3] = [
    ".github/workflows/*.yml",
    ".github/workflows/*.yaml",
    ".gitlab-ci.yml",
];

/// `graven doctor`
pub(super) fn doctor(
    asked: &Doctor,
    cli: &Cli,
    streams: &mut Streams<'_>,
) -> anyhow::Result<Outcome> {
    let repository = Repository::open(cli.repo.as_deref()).map_err(Problem::from)?;
    let place = if asked.server || repository.is_bare() {
        HostSide::Server
    } else {
        HostSide::Clone
    };
    let diagnosis = doctor::diagnose(&facts(&repository, place)?);
    write(render::listing(&diagnosis, cli.json(), streams.out))?;
    write(std::io::Write::flush(streams.out))?;
    Ok(diagnosis.outcome())
}

fn facts(repository: &Repository, place: HostSide) -> Result<Facts, Problem> {
    let head = repository.head()?.commit().map(Side::Commit);
    let (policy, guarded) = policy(repository, place, head.as_ref())?;
    let remote = repository.default_remote()?;
    let remote = match remote {
        Some(remote) if !repository.remote_branches(remote.as_ref())?.is_empty() => Some(remote),
        _ => None,
    };
    let folder = repository
        .work_dir()
        .unwrap_or_else(|| repository.git_dir());
    Ok(Facts {
        folder: folder.components().as_path().display().to_string(),
        place,
        hooks: hooks::facts(repository, place)?,
        policy,
        branches: Branches { guarded, remote },
        repository: health(repository)?,
        ci: head
            .as_ref()
            .map(|side| ci(repository, side))
            .transpose()?
            .unwrap_or_default(),
    })
}

/// The policy that judges the next change, and the branches that it protects.
fn policy(
    repository: &Repository,
    place: HostSide,
    head: Option<&Side>,
) -> Result<(PolicyFacts, Option<Guarded>), Problem> {
    let unread = |problem| {
        (
            PolicyFacts {
                source: Err(problem),
                work_tree: WorkTree::Same,
                documents: None,
            },
            None,
        )
    };
    let policies = match PolicySource::new(repository, None) {
        Ok(policies) => policies,
        Err(problem) => return Ok(unread(problem)),
    };
    let guarded = steps::guarded(repository, place == HostSide::Server, &policies)?;
    let tip = guarded.tip.map(Side::Commit).or_else(|| head.cloned());
    let policy = match policies.sound(tip.as_ref()) {
        Ok(policy) => policy,
        Err(problem) => return Ok(unread(problem)),
    };
    let entry = |side: &Side| repository.entry(side, &RepoPath::new(FILE_NAME));
    let in_tree = tip.as_ref().map(entry).transpose()?.flatten();
    let source = match (policies.file(), &tip, &in_tree) {
        (Some(file), ..) => facts::PolicySource::File(file.to_path_buf()),
        (None, Some(Side::Commit(commit)), Some(_)) => facts::PolicySource::Tree(commit.short()),
        _ => facts::PolicySource::BuiltIn(policy.preset.clone()),
    };
    let judging = match (policies.file(), &in_tree) {
        (Some(file), _) => std::fs::read(file).ok(),
        (None, Some(entry)) => read(repository, entry)?,
        (None, None) => None,
    };
    let work_tree = if place == HostSide::Clone {
        work_tree(repository, judging.as_deref())
    } else {
        WorkTree::Same
    };
    let documents = tip
        .as_ref()
        .map(|side| documents(repository, &policy, side))
        .transpose()?;
    // A file outside the tree judges instead, so none is expected in the tree.
    let work_tree = if policies.file().is_some() && work_tree == WorkTree::Gone {
        WorkTree::Same
    } else {
        work_tree
    };
    Ok((
        PolicyFacts {
            source: Ok(source),
            work_tree,
            documents,
        },
        Some(guarded),
    ))
}

fn documents(repository: &Repository, policy: &Policy, side: &Side) -> Result<usize, Problem> {
    let entries = repository.entries(side, &policy.documents)?;
    Ok(entries
        .iter()
        .filter(|entry| {
            policy
                .kinds
                .iter()
                .any(|kind| kind.paths.matches(&entry.path))
        })
        .count())
}

/// How the policy file of the work tree compares with what judges, line ends apart.
fn work_tree(repository: &Repository, judging: Option<&[u8]>) -> WorkTree {
    let plain = |bytes: &[u8]| {
        bytes
            .iter()
            .copied()
            .filter(|byte| *byte != b'\r')
            .collect::<Vec<u8>>()
    };
    let file = repository
        .work_dir()
        .and_then(|root| std::fs::read(root.join(FILE_NAME)).ok());
    match (file, judging) {
        (None, None) => WorkTree::Same,
        (None, Some(_)) => WorkTree::Gone,
        (Some(file), judging) if judging.is_some_and(|judging| plain(judging) == plain(&file)) => {
            WorkTree::Same
        }
        (Some(_), _) => WorkTree::Differs,
    }
}

fn health(repository: &Repository) -> Result<facts::Repository, Problem> {
    let checked = match repository.config_bool("receive.fsckObjects")? {
        Some(checked) => checked,
        None => repository
            .config_bool("transfer.fsckObjects")?
            .unwrap_or(false),
    };
    let history = match (repository.is_shallow(), repository.is_partial()?) {
        (true, _) => History::Shallow,
        (false, true) => History::Partial,
        (false, false) => History::Whole,
    };
    Ok(facts::Repository {
        history,
        replaced: repository.replacements()?,
        grafts: repository.grafts_file(),
        checks_objects: checked,
        takes_shallow: repository
            .config_bool("receive.shallowUpdate")?
            .unwrap_or(false),
    })
}

fn ci(repository: &Repository, side: &Side) -> Result<Vec<CiFile>, Problem> {
    let watch =
        PathSet::new(CI).map_err(|error| Problem::not_judged(error.to_string(), "report this"))?;
    let entries = repository.entries(side, &watch)?;
    let file = |entry: &Entry| {
        let text = read(repository, entry)?.and_then(|bytes| String::from_utf8(bytes).ok());
        Ok(CiFile {
            path: String::from_utf8_lossy(entry.path.as_bstr()).into_owned(),
            text,
        })
    };
    entries
        .iter()
        .filter(|entry| matches!(entry.mode, Mode::File | Mode::Executable))
        .map(file)
        .collect()
}

/// The content of a regular file of a tree; `None` when it is too long.
fn read(repository: &Repository, entry: &Entry) -> Result<Option<Vec<u8>>, Problem> {
    match repository.blob(entry.id, LONGEST)? {
        Blob::Bytes(bytes) => Ok(Some(bytes)),
        Blob::TooLarge(_) => Ok(None),
    }
}

/// The text of a file of the work tree; `None` when it does not exist, is too long, or is not text.
fn text(file: &Path) -> Option<String> {
    let metadata = std::fs::metadata(file).ok()?;
    let is_short = metadata.is_file() && metadata.len() <= LONGEST;
    is_short
        .then(|| std::fs::read_to_string(file).ok())
        .flatten()
}
